#include "domain/access/partner.h"

#include "base/err.h"
#include "base/tr.h"
#include "domain/access/organisation.h"
#include "domain/access/partner.sql.h"

const struct sector sectors[] = {
    { "TELECOM", N_("Information and communication") },
    { "FINANCE", N_("Finance") },
    { "AVIATION", N_("Aviation") },
    { "RAILWAY", N_("Railway") },
    { "POWER", N_("Electric power") },
    { "GAS", N_("Gas") },
    { "MEDICAL", N_("Medical care") },
    { "WATER", N_("Water supply") },
    { "LOGISTICS", N_("Logistics") },
    { "GOVERNMENT", N_("Government and administrative bodies") },
    { NULL, NULL },
};

const struct partner_kind partner_kinds[] = {
    { "CI", ROLE_CI, N_("Recipient of priority provision") },
    { "AN", ROLE_AN, N_("Third party that analyses") },
    { "FB", ROLE_FB, N_("Foreign coordinator") },
    { "PC", ROLE_PC, N_("Publication judgement committee") },
    { 0 },
};

const char *sector_words(struct str code)
{
    for (const struct sector *s = sectors; s->code; s++) {
        if (str_eq_z(code, s->code))
            return s->words;
    }
    return NULL;
}

const char *partner_condition_words(enum partner_condition condition)
{
    /* clang-format off */
    static const char *const words[PARTNER_CONDITIONS] = {
        N_("We keep what is provided secret inside our organisation until it is published"),
        N_("We see to it that contractors who have to know of it keep it secret as well"),
        N_("We use it for the protection of our own systems alone"),
    };
    /* clang-format on */

    return words[condition];
}

bool partner_is_ready(const struct partner *p)
{
    bool ready = !p->ended_at.ms && p->people > 0;

    for (int i = 0; i < PARTNER_CONDITIONS && str_eq(p->values.kind, STR("CI")); i++)
        ready = ready && p->confirmed_at[i].ms;
    return ready;
}

static bool is_kind(struct str kind)
{
    for (const struct partner_kind *k = partner_kinds; k->kind; k++) {
        if (str_eq_z(kind, k->kind))
            return true;
    }
    return false;
}

static bool is_words(struct str words)
{
    return str_trim(words).len > 0 && str_is_utf8(words) && str_is_plain(words, true) &&
           str_code_points(words) <= PARTNER_WORDS_MAX;
}

static struct organisation_values organisation_of(const struct partner_values *v)
{
    return (struct organisation_values){ .kind = v->kind,
                                         .name_ja = v->name_ja,
                                         .name_en = v->name_en,
                                         .developer_basis = STR("other"),
                                         .languages =
                                             str_eq(v->kind, STR("FB")) ? STR("en") : STR("ja"),
                                         .url = STR(""),
                                         .window_email = STR(""),
                                         .window_phone = STR(""),
                                         .postal_address = STR(""),
                                         .keywords = STR(""),
                                         .note = STR(""),
                                         .kana = STR(""),
                                         .designation_basis = STR("") };
}

void partner_check(const struct partner_values *v, struct utc now, struct arena *arena,
                   struct form_faults *faults)
{
    struct organisation_values o = organisation_of(v);
    bool is_ci = str_eq(v->kind, STR("CI"));

    o.kind = STR("CI"); /* which of ours it is, is looked at here */
    organisation_check(&o, arena, faults);
    if (!is_kind(v->kind))
        VEC_PUSH(arena, faults,
                 (struct form_fault){ "kind", N_("Please choose one of the kinds.") });
    if (is_ci && !sector_words(v->sector))
        VEC_PUSH(arena, faults, (struct form_fault){ "sector", N_("Please choose the sector.") });
    if (!is_words(v->agreement))
        VEC_PUSH(arena, faults,
                 (struct form_fault){
                     "agreement",
                     N_("Please write what has been agreed, and where the agreement is kept.") });
    if (!v->agreed_at.ms || v->agreed_at.ms > now.ms)
        VEC_PUSH(
            arena, faults,
            (struct form_fault){
                "agreed_at", N_("Please enter the day of the agreement; it lies in the past.") });
}

bool partner_add(const struct deed *deed, const struct partner_values *v, struct str *public_id,
                 struct err *err)
{
    struct organisation_values o = organisation_of(v);
    int64_t id;

    if (!(deed->who->roles & (ROLE_RB | ROLE_CB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("partner"));
    return organisation_add(deed, &o, &id, public_id, err) &&
                   store_exec(
                       deed->tx, &sql_partner_add,
                       BINDS(bind_int("id", id),
                             bind_text("sector", str_eq(v->kind, STR("CI")) ? v->sector : STR("")),
                             bind_text("agreement", str_trim(v->agreement)),
                             bind_utc("agreed_at", v->agreed_at)),
                       NULL, err)
               ? true
               : PASS(err);
}

bool partner_end(const struct deed *deed, int64_t id, struct str reason, struct err *err)
{
    int64_t changed;

    if (!(deed->who->roles & (ROLE_RB | ROLE_CB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("partner"));
    if (!is_words(reason))
        return FAIL(err, INPUT, STR("reason"));
    if (!store_exec(deed->tx, &sql_partner_end,
                    BINDS(bind_int("id", id), bind_utc("now", deed->now),
                          bind_text("reason", str_trim(reason))),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, STR("partner"));
    return access_note(deed, ACCESS_AGREEMENT_ENDED, 0, id, STR(""), err) ? true : PASS(err);
}

bool partner_confirm(const struct deed *deed, enum partner_condition condition, struct err *err)
{
    static const char *const names[PARTNER_CONDITIONS] = { "inside", "contractors", "protection" };
    int64_t changed;

    if (!(deed->who->roles & ROLE_CI))
        return FAIL(err, NOT_YOUR_MOVE, STR("partner"));
    if (!store_exec(deed->tx, &sql_partner_confirm,
                    BINDS(bind_int("id", deed->who->organisation_id), bind_utc("now", deed->now),
                          bind_int("condition", condition)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, ABSENT, STR("partner"));
    return access_note(deed, ACCESS_CONDITION_CONFIRMED, 0, deed->who->organisation_id,
                       str_from_z(names[condition]), err)
               ? true
               : PASS(err);
}

/* ---- reading ---- */

static bool read_list(struct tx *tx, struct str kind, struct str public_id, int64_t id,
                      struct arena *arena, struct partners *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct partners){ 0 };
    if (!store_select(
            tx, &sql_partner_list,
            BINDS(bind_some("kind", kind), bind_some("public_id", public_id), bind_id("id", id)),
            arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct partner){ .organisation_id = row_int(rows, "id"),
                                   .public_id = row_text(rows, "public_id"),
                                   .people = row_int(rows, "people"),
                                   .end_reason = row_text(rows, "end_reason"),
                                   .ended_at = row_utc(rows, "ended_at"),
                                   .confirmed_at = { row_utc(rows, "inside_at"),
                                                     row_utc(rows, "contractors_at"),
                                                     row_utc(rows, "protection_at") },
                                   .values = { .kind = row_text(rows, "kind"),
                                               .name_ja = row_text(rows, "name_ja"),
                                               .name_en = row_text(rows, "name_en"),
                                               .sector = row_text(rows, "sector"),
                                               .agreement = row_text(rows, "agreement"),
                                               .agreed_at = row_utc(rows, "agreed_at") } });
    return got == 0 ? true : PASS(err);
}

bool partner_list(struct tx *tx, struct str kind, struct arena *arena, struct partners *out,
                  struct err *err)
{
    return read_list(tx, kind, STR_NONE, 0, arena, out, err) ? true : PASS(err);
}

static bool the_one(const struct partners *found, struct partner *out, struct err *err)
{
    if (found->len != 1)
        return FAIL(err, ABSENT, STR("partner"));
    *out = found->at[0];
    return true;
}

bool partner_by_public_id(struct tx *tx, struct str public_id, struct arena *arena,
                          struct partner *out, struct err *err)
{
    struct partners found;

    if (public_id.len == 0)
        return FAIL(err, ABSENT, STR("partner"));
    return read_list(tx, STR_NONE, public_id, 0, arena, &found, err) && the_one(&found, out, err)
               ? true
               : PASS(err);
}

bool partner_of(struct tx *tx, int64_t organisation_id, struct arena *arena, struct partner *out,
                struct err *err)
{
    struct partners found;

    return read_list(tx, STR_NONE, STR_NONE, organisation_id, arena, &found, err) &&
                   the_one(&found, out, err)
               ? true
               : PASS(err);
}
