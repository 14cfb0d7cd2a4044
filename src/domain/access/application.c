#include "domain/access/application.h"

#include "base/err.h"
#include "base/tr.h"
#include "domain/access/application.sql.h"
#include "domain/access/outbox.h"

void application_check(const struct application *application, struct arena *arena,
                       struct form_faults *faults)
{
    organisation_check(&application->values, arena, faults);
    if (application->values.window_email.len == 0)
        VEC_PUSH(arena, faults,
                 (struct form_fault){
                     "window_email", N_("Please enter a mail address such as psirt@example.jp.") });
    if (application->values.window_phone.len == 0)
        VEC_PUSH(arena, faults,
                 (struct form_fault){
                     "window_phone",
                     N_("Please enter a telephone number with digits, such as 03-1234-5678.") });
    if (application->person.len == 0 || str_code_points(application->person) > ACCOUNT_NAME_MAX ||
        !str_is_plain(application->person, false))
        VEC_PUSH(
            arena, faults,
            (struct form_fault){ "person", N_("Please enter the name, at most 100 characters.") });
    if (str_code_points(application->words) > ORGANISATION_TEXT_MAX ||
        !str_is_plain(application->words, true))
        VEC_PUSH(arena, faults, (struct form_fault){ "words", N_("This is too long.") });
}

bool application_send(const struct gate *gate, const struct visit *visit,
                      const struct application *application, struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct organisation_values *values = &application->values;
    struct throttle throttle = { &gate->vault->lookups, gate->limits.tries,
                                 gate->limits.window_ms };
    int64_t id, open;

    if (!tx_begin(gate->store, TX_WRITE, &tx, err) ||
        !throttle_take(tx, &throttle, "application", address_block(arena, visit->address),
                       visit->now, arena, &id, err) ||
        !application_count(tx, &open, err))
        return PASS(err);
    if (open >= APPLICATIONS_MAX)
        return FAIL(err, TOO_MANY, STR("application"));
    if (!store_insert(
            tx, &sql_application_insert,
            BINDS(bind_text("public_id", public_id_new(arena)),
                  bind_text("name_ja", values->name_ja), bind_text("name_en", values->name_en),
                  bind_text("kana", values->kana), bind_text("url", values->url),
                  bind_text("window_email", values->window_email),
                  bind_text("window_phone", values->window_phone),
                  bind_text("products", values->products), bind_text("person", application->person),
                  bind_text("words", application->words), bind_utc("now", visit->now)),
            &id, err) ||
        !outbox_to_role(tx, &(struct news){ .notice = "N15" }, ROLE_CB, visit->now, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return true;
}

static bool read_open(struct tx *tx, struct str public_id, struct arena *arena,
                      struct applications *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_application_open, BINDS(bind_some("public_id", public_id)), arena,
                      &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct application){
                     .id = row_int(rows, "id"),
                     .public_id = row_text(rows, "public_id"),
                     .person = row_text(rows, "person"),
                     .words = row_text(rows, "words"),
                     .created_at = row_utc(rows, "created_at"),
                     .values = { .kind = STR("PD"),
                                 .name_ja = row_text(rows, "name_ja"),
                                 .name_en = row_text(rows, "name_en"),
                                 .kana = row_text(rows, "kana"),
                                 .developer_basis = STR("developer"),
                                 .url = row_text(rows, "url"),
                                 .window_email = row_text(rows, "window_email"),
                                 .window_phone = row_text(rows, "window_phone"),
                                 .postal_address = STR(""),
                                 .languages = STR("ja"),
                                 .keywords = STR(""),
                                 .note = row_text(rows, "words"),
                                 .products = row_text(rows, "products"),
                                 .designation_basis = STR("") },
                 });
    return more == 0 ? true : PASS(err);
}

bool application_list(struct tx *tx, struct arena *arena, struct applications *out, struct err *err)
{
    return read_open(tx, STR_NONE, arena, out, err) ? true : PASS(err);
}

bool application_count(struct tx *tx, int64_t *out, struct err *err)
{
    return store_number(tx, &sql_application_count, NO_BINDS, 0, out, err) ? true : PASS(err);
}

static bool decide(const struct deed *deed, const struct application *application, struct str state,
                   int64_t organisation_id, struct err *err)
{
    int64_t changed;

    if (!store_exec(deed->tx, &sql_application_decide,
                    BINDS(bind_int("id", application->id), bind_text("state", state),
                          bind_utc("now", deed->now), bind_id("who", deed->who->account_id),
                          bind_id("organisation", organisation_id)),
                    &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, CHANGED_MEANWHILE, STR("application"));
}

static bool find(const struct deed *deed, struct str public_id, struct application *out,
                 struct err *err)
{
    struct applications found = { 0 };

    if (!(deed->who->roles & ROLE_CB) || !public_id_is(public_id))
        return FAIL(err, ABSENT, STR("application"));
    if (!read_open(deed->tx, public_id, deed->arena, &found, err))
        return PASS(err);
    if (found.len == 0)
        return FAIL(err, ABSENT, STR("application"));
    *out = found.at[0];
    return true;
}

bool application_take(const struct deed *deed, struct str public_id,
                      struct str *organisation_public_id, struct err *err)
{
    struct application application;
    int64_t id;

    return find(deed, public_id, &application, err) &&
                   organisation_add(deed, &application.values, &id, organisation_public_id, err) &&
                   decide(deed, &application, STR("TAKEN"), id, err)
               ? true
               : PASS(err);
}

bool application_decline(const struct deed *deed, struct str public_id, struct err *err)
{
    struct application application;

    return find(deed, public_id, &application, err) &&
                   decide(deed, &application, STR("DECLINED"), 0, err)
               ? true
               : PASS(err);
}
