#include "domain/access/organisation.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/fold.h"
#include "base/tr.h"
#include "domain/access/address.h"
#include "domain/access/organisation.sql.h"
#include "domain/access/outbox.h"
#include "seal/seal.h"

/* ---- what was typed ---- */
static bool is_one_of(struct str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq_z(text, words[i]))
            return true;
    }
    return false;
}

static void check_length(struct arena *arena, struct form_faults *faults, const char *field,
                         struct str text, size_t max, bool lines)
{
    if (str_code_points(text) > max)
        VEC_PUSH(arena, faults, (struct form_fault){ field, N_("This is too long.") });
    else if (!str_is_plain(text, lines))
        VEC_PUSH(
            arena, faults,
            (struct form_fault){ field, N_("There are characters in it that cannot be shown.") });
}

static bool is_phone(struct str text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c >= '0' && c <= '9')
            digits++;
        else if (!str_contains(STR("+-() ."), (struct str){ &c, 1 }))
            return false;
    }
    return digits >= 5 && text.len <= 40;
}

void organisation_check(const struct organisation_values *values, struct arena *arena,
                        struct form_faults *faults)
{
    static const char *const kinds[] = { "RB", "CB", "PD", "FB", "AN", "CI", "PC", "WO", "PU" };
    static const char *const bases[] = { "developer", "processor", "importer", "seller", "other" };
    static const char *const languages[] = { "ja", "en", "ja en", "en ja" };
    struct str rest = values->products, line;
    size_t products = 0;

    if (!is_one_of(values->kind, kinds, COUNT(kinds)))
        VEC_PUSH(arena, faults,
                 (struct form_fault){ "kind", N_("Please choose one of the kinds.") });
    if (values->name_ja.len == 0)
        VEC_PUSH(arena, faults, (struct form_fault){ "name_ja", N_("Please enter the name.") });
    check_length(arena, faults, "name_ja", values->name_ja, ORGANISATION_NAME_MAX, false);
    check_length(arena, faults, "name_en", values->name_en, ORGANISATION_NAME_MAX, false);
    check_length(arena, faults, "kana", values->kana, ORGANISATION_NAME_MAX, false);
    if (!is_one_of(values->developer_basis, bases, COUNT(bases)))
        VEC_PUSH(
            arena, faults,
            (struct form_fault){ "developer_basis",
                                 N_("Please choose why this organisation is the developer.") });
    if (values->url.len > 0 && !str_starts(values->url, STR("https://")) &&
        !str_starts(values->url, STR("http://")))
        VEC_PUSH(
            arena, faults,
            (struct form_fault){ "url", N_("Please enter an address that begins with https://.") });
    check_length(arena, faults, "url", values->url, ORGANISATION_TEXT_MAX, false);
    if (values->window_email.len > 0 && address_normal(arena, values->window_email).len == 0)
        VEC_PUSH(arena, faults,
                 (struct form_fault){
                     "window_email", N_("Please enter a mail address such as psirt@example.jp.") });
    if (values->window_phone.len > 0 && !is_phone(values->window_phone))
        VEC_PUSH(arena, faults,
                 (struct form_fault){
                     "window_phone",
                     N_("Please enter a telephone number with digits, such as 03-1234-5678.") });
    if (!is_one_of(values->languages, languages, COUNT(languages)))
        VEC_PUSH(arena, faults,
                 (struct form_fault){ "languages", N_("Please choose at least one language.") });
    check_length(arena, faults, "postal_address", values->postal_address, ORGANISATION_TEXT_MAX,
                 true);
    check_length(arena, faults, "keywords", values->keywords, ORGANISATION_TEXT_MAX, true);
    check_length(arena, faults, "note", values->note, ORGANISATION_TEXT_MAX, true);
    if (values->discloses_after_days < 0 || values->discloses_after_days > ORGANISATION_DAYS_MAX)
        VEC_PUSH(arena, faults,
                 (struct form_fault){ "discloses_after_days",
                                      N_("Please enter a number of days, or nothing.") });
    check_length(arena, faults, "reports_to", values->reports_to, ORGANISATION_NAME_MAX, false);
    check_length(arena, faults, "designation_basis", values->designation_basis,
                 ORGANISATION_TEXT_MAX, false);
    while (rest.len > 0 && str_split(&rest, '\n', &line)) {
        products++;
        if (str_code_points(line) > ORGANISATION_NAME_MAX)
            VEC_PUSH(arena, faults,
                     (struct form_fault){ "products", N_("A product's name is too long.") });
    }
    if (products > ORGANISATION_PRODUCTS_MAX)
        VEC_PUSH(arena, faults,
                 (struct form_fault){
                     "products",
                     N_("There are too many products; please name product families instead.") });
    check_length(arena, faults, "products", values->products,
                 (size_t)ORGANISATION_PRODUCTS_MAX * ORGANISATION_NAME_MAX, true);
}

/* ---- writing ---- */

/* Names, kana and keywords, a line each: a word can then not be found across two of them. */
static struct str searchable(struct arena *arena, const struct organisation_values *values)
{
    struct buf buf = buf_new(arena, (size_t)ORGANISATION_TEXT_MAX * 16);
    struct str rest = values->keywords, word;

    buf_add(&buf, fold(arena, values->name_ja));
    buf_byte(&buf, '\n');
    buf_add(&buf, fold(arena, values->name_en));
    buf_byte(&buf, '\n');
    buf_add(&buf, fold(arena, values->kana));
    while (rest.len > 0 && str_split(&rest, '\n', &word)) {
        struct str part;

        while (word.len > 0 && str_split(&word, ',', &part)) {
            buf_byte(&buf, '\n');
            buf_add(&buf, fold(arena, part));
        }
    }
    return buf_str(&buf);
}

static bool save_products(const struct deed *deed, int64_t id, struct str products, struct err *err)
{
    struct str line;

    if (!store_exec(deed->tx, &sql_organisation_products_clear, BINDS(bind_int("id", id)), NULL,
                    err))
        return PASS(err);
    while (products.len > 0 && str_split(&products, '\n', &line)) {
        struct str name = str_trim(line), folded = fold(deed->arena, name);

        if (folded.len > 0 && !store_exec(deed->tx, &sql_organisation_product_insert,
                                          BINDS(bind_int("id", id), bind_text("name", name),
                                                bind_text("folded", folded)),
                                          NULL, err))
            return PASS(err);
    }
    return true;
}

bool organisation_add(const struct deed *deed, const struct organisation_values *values,
                      int64_t *id, struct str *public_id, struct err *err)
{
    bool is_developer = str_eq_z(values->kind, "PD");
    enum registration_state state = REGISTRATION_REGISTERED;
    int to;

    if (is_developer) {
        if (!life_next(&registration_life, REGISTRATION_START, deed->who->roles, STEP_LIST, NULL,
                       &to, err))
            return PASS(err);
        state = (enum registration_state)to;
    }
    *public_id = public_id_new(deed->arena);
    if (!store_insert(
            deed->tx, &sql_organisation_insert,
            BINDS(bind_text("public_id", *public_id), bind_text("kind", values->kind),
                  bind_text("name_ja", values->name_ja), bind_text("name_en", values->name_en),
                  bind_text("kana", values->kana),
                  bind_text("state", str_from_z(registration_life.states[state])),
                  bind_text("developer_basis", values->developer_basis),
                  bind_text("url", values->url), bind_text("window_email", values->window_email),
                  bind_text("window_phone", values->window_phone),
                  bind_text("postal_address", values->postal_address),
                  bind_text("languages", values->languages),
                  bind_text("keywords", values->keywords), bind_text("note", values->note),
                  bind_int("is_listed_publicly", values->is_listed_publicly),
                  bind_int("takes_direct_reports", values->takes_direct_reports),
                  bind_int("discloses_after_days", values->discloses_after_days),
                  bind_text("reports_to", values->reports_to),
                  bind_text("designation_basis", values->designation_basis),
                  bind_utc("designated_at", values->designated_at),
                  bind_text("folded", searchable(deed->arena, values)), bind_utc("now", deed->now)),
            id, err) ||
        !save_products(deed, *id, values->products, err) ||
        !access_note(deed, ACCESS_ORGANISATION_ADDED, 0, *id, values->kind, err))
        return PASS(err);
    return true;
}

static bool log_change(const struct deed *deed, int64_t id, const char *field, struct str before,
                       struct str after, bool *changed, struct err *err)
{
    if (str_eq(before, after))
        return true;
    *changed = true;
    if (!store_exec(deed->tx, &sql_contact_change_insert,
                    BINDS(bind_int("id", id), bind_utc("now", deed->now),
                          bind_id("actor", deed->who->account_id),
                          bind_text("field", str_from_z(field)), bind_text("before", before),
                          bind_text("after", after)),
                    NULL, err))
        return PASS(err);
    return true;
}

static bool log_contact(const struct deed *deed, int64_t id, const struct organisation_values *was,
                        const struct organisation_values *is, bool *changed, struct err *err)
{
    return log_change(deed, id, "window_email", was->window_email, is->window_email, changed,
                      err) &&
                   log_change(deed, id, "window_phone", was->window_phone, is->window_phone,
                              changed, err) &&
                   log_change(deed, id, "postal_address", was->postal_address, is->postal_address,
                              changed, err) &&
                   log_change(deed, id, "languages", was->languages, is->languages, changed, err)
               ? true
               : PASS(err);
}

static struct str days_text(struct arena *arena, int64_t days)
{
    return days > 0 ? arena_printf(arena, "%lld", (long long)days) : STR("");
}

static bool log_policy(const struct deed *deed, int64_t id, const struct organisation_values *was,
                       const struct organisation_values *is, bool *changed, struct err *err)
{
    return log_change(deed, id, "discloses_after_days",
                      days_text(deed->arena, was->discloses_after_days),
                      days_text(deed->arena, is->discloses_after_days), changed, err) &&
                   log_change(deed, id, "reports_to", was->reports_to, is->reports_to, changed, err)
               ? true
               : PASS(err);
}

bool organisation_edit(const struct deed *deed, int64_t id, int64_t version,
                       const struct organisation_values *values, struct err *err)
{
    struct organisation *was = NULL;
    int64_t changed;
    bool contact_changed = false, policy_changed = false;

    if (!organisation_by_id(deed->tx, id, deed->arena, &was, err))
        return PASS(err);
    if (!was)
        return FAIL(err, ABSENT, STR("organisation"));
    if (!store_exec(
            deed->tx, &sql_organisation_update,
            BINDS(bind_int("id", id), bind_int("version", version),
                  bind_text("name_ja", values->name_ja), bind_text("name_en", values->name_en),
                  bind_text("kana", values->kana),
                  bind_text("developer_basis", values->developer_basis),
                  bind_text("url", values->url), bind_text("window_email", values->window_email),
                  bind_text("window_phone", values->window_phone),
                  bind_text("postal_address", values->postal_address),
                  bind_text("languages", values->languages),
                  bind_text("keywords", values->keywords), bind_text("note", values->note),
                  bind_int("is_listed_publicly", values->is_listed_publicly),
                  bind_int("takes_direct_reports", values->takes_direct_reports),
                  bind_int("discloses_after_days", values->discloses_after_days),
                  bind_text("reports_to", values->reports_to),
                  bind_text("designation_basis", values->designation_basis),
                  bind_utc("designated_at", values->designated_at),
                  bind_text("folded", searchable(deed->arena, values)), bind_utc("now", deed->now)),
            &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, values->name_ja);
    if (!log_contact(deed, id, &was->values, values, &contact_changed, err) ||
        !log_policy(deed, id, &was->values, values, &policy_changed, err) ||
        !save_products(deed, id, values->products, err) ||
        (contact_changed && !access_note(deed, ACCESS_CONTACT_CHANGED, 0, id, STR_NONE, err)) ||
        (policy_changed && !access_note(deed, ACCESS_POLICY_CHANGED, 0, id, STR_NONE, err)))
        return PASS(err);
    /* N15: a developer's own change is told to CB. */
    if ((contact_changed || policy_changed) && (deed->who->roles & ROLE_PM) &&
        !outbox_to_role(deed->tx, &(struct news){ .notice = "N15" }, ROLE_CB, deed->now, err))
        return PASS(err);
    return true;
}

/* ---- reading ---- */
static struct organisation *from_row(struct rows *rows, struct arena *arena)
{
    struct organisation *o = ARENA_NEW(arena, struct organisation);

    *o = (struct organisation){
        .id = row_int(rows, "id"),
        .version = row_int(rows, "version"),
        .public_id = row_text(rows, "public_id"),
        .values = {
            .kind = row_text(rows, "kind"),
            .name_ja = row_text(rows, "name_ja"),
            .name_en = row_text(rows, "name_en"),
            .kana = row_text(rows, "kana"),
            .developer_basis = row_text(rows, "developer_basis"),
            .url = row_text(rows, "url"),
            .window_email = row_text(rows, "window_email"),
            .window_phone = row_text(rows, "window_phone"),
            .postal_address = row_text(rows, "postal_address"),
            .languages = row_text(rows, "languages"),
            .keywords = row_text(rows, "keywords"),
            .note = row_text(rows, "note"),
            .is_listed_publicly = row_int(rows, "is_listed_publicly") != 0,
            .takes_direct_reports = row_int(rows, "takes_direct_reports") != 0,
            .discloses_after_days = row_int(rows, "discloses_after_days"),
            .reports_to = row_text(rows, "reports_to"),
            .designation_basis = row_text(rows, "designation_basis"),
            .designated_at = row_utc(rows, "designated_at"),
        },
        .state = (enum registration_state)life_state(&registration_life, row_text(rows, "state")),
        .terms_version = row_text(rows, "terms_version"),
        .identity_checked_how = row_text(rows, "identity_checked_how"),
        .protection = row_text(rows, "protection"),
        .terms_agreed_at = row_utc(rows, "terms_agreed_at"),
        .identity_checked_at = row_utc(rows, "identity_checked_at"),
        .guideline_read_at = row_utc(rows, "guideline_read_at"),
        .handling_rules_at = row_utc(rows, "handling_rules_at"),
        .created_at = row_utc(rows, "created_at"),
        .changed_at = row_utc(rows, "changed_at"),
        .handling_suspended = row_int(rows, "handling_suspended") != 0,
    };
    return o;
}

static struct str product_lines(struct arena *arena, const struct organisation_products *products)
{
    struct buf buf = buf_new(arena, (size_t)1 << 20);

    for (size_t i = 0; i < products->len; i++) {
        if (i > 0)
            buf_byte(&buf, '\n');
        buf_add(&buf, products->at[i]);
    }
    return buf_str(&buf);
}

static bool get(struct tx *tx, const struct bind *binds, size_t count, struct arena *arena,
                struct organisation **out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct organisation_products products = { 0 };
    int more;

    *out = NULL;
    if (!store_select(tx, &sql_organisation_get, binds, count, arena, &rows, err))
        return PASS(err);
    more = rows_next(rows, err);
    if (more < 0)
        return PASS(err);
    if (more == 0)
        return true;
    *out = from_row(rows, arena);
    if (!organisation_products(tx, (*out)->id, arena, &products, err))
        return PASS(err);
    (*out)->values.products = product_lines(arena, &products);
    return true;
}

bool organisation_by_public_id(struct tx *tx, struct str public_id, struct arena *arena,
                               struct organisation **out, struct err *err)
{
    *out = NULL;
    if (!public_id_is(public_id))
        return true;
    return get(tx, BINDS(bind_null("id"), bind_text("public_id", public_id), bind_null("name")),
               arena, out, err)
               ? true
               : PASS(err);
}

bool organisation_by_id(struct tx *tx, int64_t id, struct arena *arena, struct organisation **out,
                        struct err *err)
{
    return get(tx, BINDS(bind_int("id", id), bind_null("public_id"), bind_null("name")), arena, out,
               err)
               ? true
               : PASS(err);
}

bool organisation_by_name(struct tx *tx, struct str name, struct arena *arena,
                          struct organisation **out, struct err *err)
{
    return get(tx, BINDS(bind_null("id"), bind_null("public_id"), bind_text("name", name)), arena,
               out, err)
               ? true
               : PASS(err);
}

bool organisation_products(struct tx *tx, int64_t id, struct arena *arena,
                           struct organisation_products *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    *out = (struct organisation_products){ 0 };
    if (!store_select(tx, &sql_organisation_product_list, BINDS(bind_int("id", id)), arena, &rows,
                      err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, row_text(rows, "name"));
    return more == 0 ? true : PASS(err);
}

/* %word% with the wildcards of LIKE quoted. */
static struct str pattern(struct arena *arena, struct str word)
{
    struct buf buf = buf_new(arena, word.len * 2 + 2);

    buf_byte(&buf, '%');
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '%' || word.ptr[i] == '_' || word.ptr[i] == '!')
            buf_byte(&buf, '!');
        buf_byte(&buf, word.ptr[i]);
    }
    buf_byte(&buf, '%');
    return buf_str(&buf);
}

bool organisation_list(struct tx *tx, const struct organisation_filter *filter, struct arena *arena,
                       struct organisation_rows *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str rest = fold(arena, str_take_code_points(filter->text, 200)),
               words[3] = { STR_NONE, STR_NONE, STR_NONE }, word;
    size_t count = 0;
    int more;

    *out = (struct organisation_rows){ 0 };
    /* The third word takes the rest of the line: nothing that was typed is dropped. */
    while (count < 3 && rest.len > 0) {
        if (count == 2) {
            word = rest;
            rest = STR_NONE;
        } else {
            (void)str_split(&rest, ' ', &word);
        }
        words[count++] = pattern(arena, word);
    }
    if (!store_number(tx, &sql_organisation_count,
                      BINDS(bind_some("kind", filter->kind), bind_some("state", filter->state),
                            bind_some("word1", words[0]), bind_some("word2", words[1]),
                            bind_some("word3", words[2])),
                      0, &out->total, err))
        return PASS(err);
    if (!store_select(tx, &sql_organisation_list,
                      BINDS(bind_some("kind", filter->kind), bind_some("state", filter->state),
                            bind_some("word1", words[0]), bind_some("word2", words[1]),
                            bind_some("word3", words[2]), bind_int("manager_role", ROLE_PM),
                            bind_id("by_state", filter->sort == ORGANISATION_BY_STATE),
                            bind_id("by_change", filter->sort == ORGANISATION_BY_CHANGE),
                            bind_int("limit", ORGANISATION_PAGE),
                            bind_int("offset", filter->page * ORGANISATION_PAGE)),
                      arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct organisation_row){
                     .id = row_int(rows, "id"),
                     .public_id = row_text(rows, "public_id"),
                     .kind = row_text(rows, "kind"),
                     .name_ja = row_text(rows, "name_ja"),
                     .name_en = row_text(rows, "name_en"),
                     .window_email = row_text(rows, "window_email"),
                     .manager = row_text(rows, "manager"),
                     .state = (enum registration_state)life_state(&registration_life,
                                                                  row_text(rows, "state")),
                     .products = row_int(rows, "products"),
                     .people = row_int(rows, "people"),
                     .has_key = row_int(rows, "keys") > 0,
                     .key_until = row_utc(rows, "key_until"),
                     .is_left_out = row_int(rows, "handling_suspended") != 0,
                     .changed_at = row_utc(rows, "changed_at"),
                 });
    return more == 0 ? true : PASS(err);
}

bool organisation_contact_changes(struct tx *tx, int64_t id, struct arena *arena,
                                  struct contact_changes *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    *out = (struct contact_changes){ 0 };
    if (!store_select(tx, &sql_contact_change_list, BINDS(bind_int("id", id)), arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct contact_change){ row_utc(rows, "at"), row_text(rows, "actor_name"),
                                          row_text(rows, "field"), row_text(rows, "before"),
                                          row_text(rows, "after") });
    return more == 0 ? true : PASS(err);
}

const char *contact_field_words(struct str field)
{
    static const struct {
        const char *field, *words;
    } rows[] = {
        { "window_email", N_("Mail address of the window") },
        { "window_phone", N_("Telephone number of the window") },
        { "postal_address", N_("Postal address") },
        { "languages", N_("Languages of correspondence") },
        { "discloses_after_days", N_("Days after which it publishes by itself") },
        { "reports_to", N_("Must report to") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq_z(field, rows[i].field))
            return rows[i].words;
    }
    return "";
}
