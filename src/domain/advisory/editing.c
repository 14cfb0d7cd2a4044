#include "domain/advisory/editing.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/access/outbox.h"
#include "domain/advisory/editing.sql.h"
#include "domain/casework/answer.h"
#include "domain/casework/committee.h"
#include "domain/casework/cve.h"
#include "domain/casework/eol.h"
#include "domain/casework/exchange.h"
#include "domain/casework/intake.h"
#include "domain/casework/observation.h"
#include "store/store.h"

enum { NUMBER_TRIES = 50, REASON_MAX = 5000 };

static struct str about_draft(const struct advisory *a, struct arena *arena)
{
    return arena_printf(arena, "advisory %lld draft", (long long)a->id);
}

static struct advisory advisory_from_row(struct rows *rows)
{
    return (struct advisory){
        .id = row_int(rows, "id"),
        .public_id = row_text(rows, "public_id"),
        .case_id = row_int(rows, "case_id"),
        .case_public_id = row_text(rows, "case_public_id"),
        .number = row_text(rows, "number"),
        .state = (enum advisory_state)life_state(&advisory_life, row_text(rows, "state")),
        .revision = row_int(rows, "revision"),
        .draft_version = row_int(rows, "draft_version"),
        .author_id = row_int(rows, "author_id"),
        .reviewer_id = row_int(rows, "reviewer_id"),
        .reviewed_version = row_int(rows, "reviewed_version"),
        .confirmed_by = row_int(rows, "confirmed_by"),
        .confirmed_version = row_int(rows, "confirmed_version"),
        .rehearsed_at = row_utc(rows, "rehearsed_at"),
        .rehearsed_version = row_int(rows, "rehearsed_version"),
        .rehearsal_faults = row_int(rows, "rehearsal_faults"),
        .published_at = row_utc(rows, "published_at"),
        .updated_at = row_utc(rows, "updated_at"),
        .changed_at = row_utc(rows, "changed_at"),
        .version = row_int(rows, "version"),
    };
}

bool advisory_load(struct tx *tx, struct str public_id, struct arena *arena, struct advisory *out,
                   struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_advisory_by_public_id, BINDS(bind_text("public_id", public_id)),
                      arena, &rows, err) ||
        !rows_one(rows, STR("an advisory"), err))
        return PASS(err);
    *out = advisory_from_row(rows);
    return true;
}

bool advisory_load_of(struct tx *tx, int64_t case_id, struct arena *arena, struct advisory *out,
                      bool *found, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *found = false;
    if (!store_select(tx, &sql_advisory_of_case, BINDS(bind_int("case_id", case_id)), arena, &rows,
                      err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got < 0)
        return PASS(err);
    if (got > 0) {
        *out = advisory_from_row(rows);
        *found = true;
    }
    return true;
}

bool advisory_list(struct tx *tx, struct str state, int64_t limit, int64_t offset,
                   struct arena *arena, struct advisories *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct advisories){ 0 };
    if (!store_select(
            tx, &sql_advisory_list,
            BINDS(bind_some("state", state), bind_int("limit", limit), bind_int("offset", offset)),
            arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, advisory_from_row(rows));
    return got == 0 ? true : PASS(err);
}

/* ---- writing ---- */

/* Eight random digits: a number says nothing of the order or the count of what is still dark (T24). */
static bool number_new(struct tx *tx, struct str prefix, struct arena *arena, struct str *out,
                       struct err *err)
{
    for (int i = 0; i < NUMBER_TRIES; i++) {
        struct str number =
            arena_printf(arena, "%.*s#%08u", STR_ARG(prefix), 10000000 + random_below(90000000));
        int64_t taken;

        if (!store_number(tx, &sql_advisory_number_taken, BINDS(bind_text("number", number)), 0,
                          &taken, err))
            return PASS(err);
        if (!taken) {
            *out = number;
            return true;
        }
    }
    return FAIL(err, UNAVAILABLE, STR("a free number"));
}

/* The rows of the affected products, from what the developers reported. */
static bool fill_products(struct tx *tx, const struct product_case *c, struct arena *arena,
                          struct advisory_view *view, struct err *err)
{
    struct developers developers;

    if (!developers_load(tx, c->id, arena, &developers, err))
        return PASS(err);
    for (size_t i = 0; i < developers.len; i++) {
        struct developer_report report;

        if (!answer_load(tx, c, &developers.at[i], arena, &report, err))
            return PASS(err);
        for (size_t j = 0; j < report.products.len; j++) {
            const struct product_result *p = &report.products.at[j];

            if (str_eq(p->affected, STR("YES")))
                VEC_PUSH(
                    arena, &view->products,
                    (struct advisory_product){ .vendor_ja = developers.at[i].organisation_name_ja,
                                               .vendor_en = developers.at[i].organisation_name_en,
                                               .product = p->name,
                                               .versions = p->affected_versions,
                                               .versions_en = p->affected_versions,
                                               .fixed = p->fixed_versions });
        }
    }
    return true;
}

/* A row for each vulnerability that has a number. Rule: COO-39 */
static bool fill_numbers(struct tx *tx, const struct product_case *c, struct arena *arena,
                         struct advisory_view *view, struct err *err)
{
    struct cve_numbers own;

    if (!cve_of_case(tx, c, arena, &own, err))
        return PASS(err);
    for (size_t i = 0; i < own.len; i++) {
        if (own.at[i].state != CVE_REJECTED)
            VEC_PUSH(arena, &view->weaknesses, (struct advisory_weakness){ .cve = own.at[i].cve });
    }
    return true;
}

/* The foreign coordinator that a case came from is named. Rule: COO-34 */
static bool credit_coordinator(struct tx *tx, const struct product_case *c, struct arena *arena,
                               struct advisory_view *view, struct err *err)
{
    static const char words[] =
        N_("{name} reported this vulnerability, and it was coordinated with the developers.");
    struct exchanges all;

    if (!exchanges_of_case(tx, c->id, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        const struct exchange *e = &all.at[i];
        struct str en =
            e->organisation_name_en.len > 0 ? e->organisation_name_en : e->organisation_name_ja;

        if (!e->is_origin)
            continue;
        view->ja.credit =
            tr_fill(arena, LANG_JA, words, TR_ARGS({ "name", e->organisation_name_ja }));
        view->en.credit = tr_fill(arena, LANG_EN, words, TR_ARGS({ "name", en }));
    }
    return true;
}

/* What can be said at once when it is known outside or used: nothing that the case alone knows (CFD-15, CFD-04). */
static bool fill_urgent(struct tx *tx, const struct product_case *c, struct arena *arena,
                        struct advisory_view *out, struct err *err)
{
    static const char action[] = N_(
        "Please lessen the effect with the workarounds, and update as soon as a fixed version is there.");
    static const char leak[] =
        N_("Information about this vulnerability has become public before its publication.");
    static const char used[] = N_("A means of attack for this vulnerability is known.");
    static const char attacks[] = N_("Attacks that use this vulnerability have been seen.");
    const char *impact;
    struct str kind;

    if (!observation_adopted(tx, c->id, arena, &kind, err))
        return PASS(err);
    if (kind.len == 0)
        return true;
    impact = str_eq(kind, STR("ATTACK")) ? attacks : str_eq(kind, STR("EXPLOIT")) ? used : leak;
    out->is_critical = true;
    out->ja.action = tr(LANG_JA, action);
    out->en.action = tr(LANG_EN, action);
    out->ja.impact = tr(LANG_JA, impact);
    out->en.impact = tr(LANG_EN, impact);
    return true;
}

static bool first_draft(const struct casework *w, struct tx *tx, const struct product_case *c,
                        struct str number, struct arena *arena, struct advisory_view *out,
                        struct err *err)
{
    struct advisory_view view = { .number = number, .ja = { .title = c->title }, .revision = 0 };
    struct str credit;

    if (!fill_products(tx, c, arena, &view, err) || !identity_credit(w, tx, c, arena, &credit, err))
        return PASS(err);
    view.ja.credit = view.en.credit = credit;
    if (!fill_urgent(tx, c, arena, &view, err))
        return PASS(err);
    if (str_eq(c->origin, STR("SELF"))) {
        static const char words[] = N_(
            "The product developer reported this vulnerability of its own product to the two bodies, so that its users are told.");

        view.ja.credit = tr(LANG_JA, words);
        view.en.credit = tr(LANG_EN, words);
    }
    *out = view;
    if (!fill_numbers(tx, c, arena, out, err))
        return PASS(err);
    return credit_coordinator(tx, c, arena, out, err) ? true : PASS(err);
}

/* EOL-07, EOL-10: of a product whose support has ended, the advice stands where the solution would. */
static bool advise(struct tx *tx, const struct product_case *c, struct utc now, struct arena *arena,
                   struct advisory_view *view, struct err *err)
{
    static const struct {
        const char *code, *words;
    } rows[] = {
        { "WORKAROUND",
          N_("Support of this product has ended. No fixed version will be provided. Please use the workaround.") },
        { "STOP_USE",
          N_("Support of this product has ended. No fixed version will be provided. Please stop using the product.") },
        { "SUCCESSOR",
          N_("Support of this product has ended. No fixed version will be provided. Please stop using the product and move to {successor}.") },
    };
    struct eol eol;

    if (!eol_load(tx, c, arena, &eol, err))
        return PASS(err);
    for (size_t i = 0; eol_has_ended(&eol, now) && i < COUNT(rows); i++) {
        if (!str_eq_z(eol.facts.advice, rows[i].code))
            continue;
        view->ja.solution =
            tr_fill(arena, LANG_JA, rows[i].words, TR_ARGS({ "successor", eol.facts.successor }));
        view->en.solution =
            tr_fill(arena, LANG_EN, rows[i].words, TR_ARGS({ "successor", eol.facts.successor }));
    }
    return true;
}

bool advisory_create(const struct casework *w, struct tx *tx, const struct subject *who,
                     struct product_case *c, const struct number_prefixes *prefixes, struct utc now,
                     struct arena *arena, struct advisory *out, struct err *err)
{
    struct advisory a = {
        .case_id = c->id, .state = ADVISORY_START, .author_id = who->account_id, .draft_version = 1
    };
    struct advisory_facts facts = { 0 };
    struct details details = { 0 };
    struct advisory_view view;
    struct entry entry;
    struct str record;
    bool found;
    int to;

    if (c->state != CASE_COORDINATING && c->state != CASE_DATE_SET &&
        c->state != CASE_SELF_PRODUCT && c->state != CASE_COMMITTEE)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (!advisory_load_of(tx, c->id, arena, &a, &found, err))
        return PASS(err);
    if (found)
        return FAIL(err, CHANGED_MEANWHILE, a.number);
    if (!life_next(&advisory_life, ADVISORY_START, who->roles, ON_ADVISORY_CREATE, &facts, &to,
                   err) ||
        !number_new(tx, prefixes->of[source_find(c->source)->series], arena, &a.number, err) ||
        !store_number(tx, &sql_advisory_next, NO_BINDS, 1, &a.id, err) ||
        !first_draft(w, tx, c, a.number, arena, &view, err) ||
        !advise(tx, c, now, arena, &view, err) || !advisory_to_record(&view, arena, &record, err))
        return PASS(err);
    a.public_id = public_id_new(arena);
    a.case_public_id = c->public_id;
    a.state = (enum advisory_state)to;
    details.ref = a.id;
    if (!store_exec(
            tx, &sql_advisory_add,
            BINDS(bind_int("id", a.id), bind_text("public_id", a.public_id),
                  bind_int("case_id", c->id), bind_text("number", a.number),
                  bind_text("state", str_from_z(advisory_life.states[to])),
                  bind_int("author_id", who->account_id),
                  bind_blob("draft", seal_text(&c->key.key, about_draft(&a, arena), record, arena)),
                  bind_utc("now", now)),
            NULL, err) ||
        !case_note(tx, who, c, 0, "advisory.created", &details, now, arena, &entry, err))
        return PASS(err);
    *out = a;
    return true;
}

static struct str status_word(enum vendor_status status)
{
    static const char *const words[VENDOR_STATUSES] = {
        "vulnerable",    "vulnerable_investigating",
        "notvulnerable", "notvulnerable_investigating",
        "unknown",       "informed",
        "no_report",
    };

    return str_from_z(words[status]);
}

/* UNR-05, EOL-05, EOL-06: what the committee judged is said with its reason; of an ended product, that it is not to be used any more. */
static bool fill_judgement(struct tx *tx, const struct product_case *c, struct arena *arena,
                           struct docket *docket, struct advisory_view *view, struct err *err)
{
    static const char refused[] = N_(
        "No agreement with the product developer could be reached. The publication judgement committee judged that this vulnerability is to be published.\n\n{reason}");
    static const char unreachable[] = N_(
        "The product developer cannot be reached. The publication judgement committee judged that this vulnerability is to be published.\n\n{reason}");
    const char *words;
    struct eol eol;

    view->ja.judgement = view->en.judgement = STR_NONE;
    if (!docket_load(tx, c, arena, docket, err) || !eol_load(tx, c, arena, &eol, err))
        return PASS(err);
    if (!docket_is_ordered(docket))
        return true;
    words = docket_cannot_be_reached(docket) ? unreachable : refused;
    view->ja.judgement = tr_fill(arena, LANG_JA, words, TR_ARGS({ "reason", docket->public_ja }));
    view->en.judgement = tr_fill(arena, LANG_EN, words, TR_ARGS({ "reason", docket->public_en }));
    view->is_stop_use |= str_eq(eol.facts.advice, STR("STOP_USE"));
    return true;
}

/* UNR-05: the one that was judged about is named, and its view is printed. */
static bool is_judged(const struct docket *docket, const struct developer *d)
{
    return docket_is_ordered(docket) && docket->participant_id == d->id;
}

/* PUB-03, COO-11: every notified developer that took the detail, or agreed to be named; never what it told in confidence. */
static bool fill_vendors(struct tx *tx, const struct product_case *c, const struct docket *docket,
                         struct arena *arena, struct advisory_view *view, struct err *err)
{
    struct developers developers;

    view->vendors.len = view->vendors.cap = 0;
    view->vendors.at = NULL;
    if (!developers_load(tx, c->id, arena, &developers, err))
        return PASS(err);
    for (size_t i = 0; i < developers.len; i++) {
        const struct developer *d = &developers.at[i];
        struct developer_report report;
        bool judged = is_judged(docket, d);

        if (!judged && (!d->summary_at.ms || (!d->detail_at.ms && !d->name_consent)))
            continue;
        if (!answer_load(tx, c, d, arena, &report, err))
            return PASS(err);
        if (judged && docket->view_ja.len > 0) {
            report.statement_ja = docket->view_ja;
            report.statement_en = docket->view_en;
        }
        VEC_PUSH(arena, &view->vendors,
                 (struct advisory_vendor){
                     .name_ja = d->organisation_name_ja,
                     .name_en = d->organisation_name_en,
                     .status = status_word(developer_vendor_status(d->state, d->affected, true)),
                     .at = d->status_at.ms ? d->status_at : d->verified_at,
                     .url = report.url,
                     .statement_ja = report.statement_ja,
                     .statement_en = report.statement_en });
    }
    return true;
}

bool advisory_draft(struct tx *tx, const struct product_case *c, const struct advisory *a,
                    struct arena *arena, struct advisory_view *out, struct err *err)
{
    struct docket docket;
    struct str sealed, record;

    {
        CLEANUP(rows_end_var) struct rows *rows = NULL;

        if (!store_select(tx, &sql_advisory_draft_of, BINDS(bind_int("id", a->id)), arena, &rows,
                          err))
            return PASS(err);
        if (rows_next(rows, err) != 1)
            return FAIL(err, ABSENT, STR("an advisory"));
        sealed = row_text(rows, "draft_sealed");
    }
    if (!seal_open(&c->key.key, about_draft(a, arena), sealed, arena, &record, err) ||
        !advisory_from_record(record, arena, out, err))
        return PASS(err);
    out->number = a->number;
    out->revision = a->revision;
    out->published_at = a->published_at;
    out->updated_at = a->updated_at;
    return fill_judgement(tx, c, arena, &docket, out, err) &&
                   fill_vendors(tx, c, &docket, arena, out, err)
               ? true
               : PASS(err);
}

bool advisory_save(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct advisory *a, const struct advisory_view *view, int64_t version,
                   struct utc now, struct arena *arena, struct err *err)
{
    struct advisory_view kept = *view;
    struct cve_list named = { 0 };
    struct str record;
    int64_t changed;

    if (!(who->roles & ROLE_CB))
        return FAIL(err, NOT_YOUR_MOVE, STR("write"));
    if (a->state != ADVISORY_DRAFT)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(advisory_life.states[a->state]));
    kept.number = a->number;
    kept.vendors.len = 0;
    for (size_t i = 0; i < kept.weaknesses.len; i++)
        VEC_PUSH(arena, &named, kept.weaknesses.at[i].cve);
    if (!cve_assign(tx, who, c, &named, now, arena, err) ||
        !advisory_to_record(&kept, arena, &record, err) ||
        !store_exec(
            tx, &sql_advisory_save,
            BINDS(bind_blob("draft", seal_text(&c->key.key, about_draft(a, arena), record, arena)),
                  bind_int("author_id", who->account_id), bind_utc("now", now),
                  bind_int("id", a->id), bind_int("draft_version", version)),
            &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, a->number);
    a->draft_version++;
    a->author_id = who->account_id;
    return true;
}

bool advisory_keep_published(struct tx *tx, const struct product_case *c, const struct advisory *a,
                             const struct advisory_view *view, struct arena *arena, struct err *err)
{
    struct advisory_view kept = *view;
    struct str record;

    kept.vendors.len = 0;
    return advisory_to_record(&kept, arena, &record, err) &&
                   store_exec(tx, &sql_advisory_set_draft,
                              BINDS(bind_blob("draft", seal_text(&c->key.key, about_draft(a, arena),
                                                                 record, arena)),
                                    bind_int("id", a->id)),
                              NULL, err)
               ? true
               : PASS(err);
}

/* ---- moving ---- */

static const char *const kinds[ADVISORY_EVENTS] = {
    "advisory.created",   "advisory.submitted", "advisory.returned", "advisory.approved",
    "advisory.returned",  "advisory.confirmed", "advisory.returned", "advisory.rehearsed",
    "advisory.published", "advisory.created",
};

static bool set_state(struct tx *tx, struct advisory *a, int to, struct utc now, struct err *err)
{
    int64_t changed;

    if (!store_exec(tx, &sql_advisory_set_state,
                    BINDS(bind_text("state", str_from_z(advisory_life.states[to])),
                          bind_utc("now", now), bind_int("id", a->id),
                          bind_text("from", str_from_z(advisory_life.states[a->state]))),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, a->number);
    a->state = (enum advisory_state)to;
    return true;
}

/* Who has to act next hears of it. */
static bool tell_next(struct tx *tx, const struct product_case *c, enum advisory_event event,
                      int64_t seq, struct utc now, struct err *err)
{
    struct news news = { .notice = "ADVISORY", .case_id = c->id, .seq = seq };

    switch (event) {
    case ON_ADVISORY_APPROVE:
        return outbox_to_role(tx, &news, ROLE_RB, now, err);
    case ON_ADVISORY_SUBMIT:
    case ON_ADVISORY_RETURN:
    case ON_ADVISORY_OBJECT:
    case ON_ADVISORY_CONFIRM:
        return outbox_to_role(tx, &news, ROLE_CB, now, err);
    default:
        return true;
    }
}

static bool remember_who(struct tx *tx, const struct subject *who, struct advisory *a,
                         enum advisory_event event, struct err *err)
{
    if (event == ON_ADVISORY_APPROVE) {
        a->reviewer_id = who->account_id;
        a->reviewed_version = a->draft_version;
        return store_exec(tx, &sql_advisory_set_review,
                          BINDS(bind_int("who", who->account_id), bind_int("id", a->id)), NULL,
                          err);
    }
    if (event == ON_ADVISORY_CONFIRM) {
        a->confirmed_by = who->account_id;
        a->confirmed_version = a->draft_version;
        return store_exec(tx, &sql_advisory_set_confirmation,
                          BINDS(bind_int("who", who->account_id), bind_int("id", a->id)), NULL,
                          err);
    }
    return true;
}

static bool words_payload(struct arena *arena, struct str words, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, words.len + 64);

    *out = STR_NONE;
    if (words.len == 0)
        return true;
    record_put(&buf, "text", words);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool advisory_can(const struct subject *who, const struct advisory *a, enum advisory_event event)
{
    struct advisory_facts all = { .is_complete = true,
                                  .has_reason = true,
                                  .is_second_person = a->author_id != who->account_id,
                                  .rehearsal_passed = true,
                                  .date_has_come = true };

    return life_can(&advisory_life, (int)a->state, who->roles, (int)event, &all);
}

bool advisory_move(const struct casework *w, struct tx *tx, const struct subject *who,
                   struct product_case *c, struct advisory *a, enum advisory_event event,
                   struct str words, struct utc now, struct arena *arena, struct err *err)
{
    struct advisory_facts facts = { .is_second_person = a->author_id != who->account_id };
    struct details details = { .ref = a->id };
    struct advisory_faults faults = { 0 };
    struct advisory_view view;
    struct entry entry;
    int64_t publishing;
    int to;

    (void)w;
    if (!store_number(tx, &sql_advisory_is_publishing, BINDS(bind_int("id", a->id)), 0, &publishing,
                      err))
        return PASS(err);
    if (publishing)
        return FAIL(err, CHANGED_MEANWHILE, a->number);
    words = str_trim(words);
    if (words.len > 0 &&
        (!str_is_utf8(words) || !str_is_plain(words, true) || str_code_points(words) > REASON_MAX))
        return FAIL(err, INPUT, STR("words"));
    facts.has_reason = words.len > 0;
    if (!advisory_draft(tx, c, a, arena, &view, err))
        return PASS(err);
    advisory_check(&view, arena, &faults);
    facts.is_complete = faults.len == 0;
    if (!life_next(&advisory_life, (int)a->state, who->roles, (int)event, &facts, &to, err) ||
        !set_state(tx, a, to, now, err) || !remember_who(tx, who, a, event, err) ||
        !words_payload(arena, words, &details.payload, err))
        return PASS(err);
    details.code = str_from_z(advisory_life.events[event]);
    if (!case_note(tx, who, c, 0, kinds[event], &details, now, arena, &entry, err))
        return PASS(err);
    return tell_next(tx, c, event, entry.seq, now, err) ? true : PASS(err);
}

bool advisory_rehearsed(struct tx *tx, const struct subject *who, struct product_case *c,
                        struct advisory *a, const struct advisory_faults *faults, struct utc now,
                        struct arena *arena, struct err *err)
{
    struct advisory_facts facts = { .rehearsal_passed = faults->len == 0 };
    struct details details = { .ref = a->id,
                               .code = faults->len > 0 ? STR("faults") : STR("passed"),
                               .n = { (int64_t)faults->len } };
    struct entry entry;
    int to;

    if (!(who->roles & (ROLE_CB | ROLE_CLOCK)))
        return FAIL(err, NOT_YOUR_MOVE, str_from_z(advisory_life.events[ON_ADVISORY_REHEARSE]));
    if (!store_exec(tx, &sql_advisory_set_rehearsal,
                    BINDS(bind_utc("now", now), bind_int("faults", (int64_t)faults->len),
                          bind_int("id", a->id)),
                    NULL, err) ||
        !advisory_faults_to_record(faults, arena, &details.payload, err) ||
        !case_note(tx, who, c, 0, "advisory.rehearsed", &details, now, arena, &entry, err))
        return PASS(err);
    a->rehearsed_at = now;
    a->rehearsed_version = a->draft_version;
    a->rehearsal_faults = (int64_t)faults->len;
    if (faults->len > 0)
        return outbox_to_role(
                   tx, &(struct news){ .notice = "REHEARSAL", .case_id = c->id, .seq = entry.seq },
                   ROLE_CB, now, err)
                   ? true
                   : PASS(err);
    if (a->state != ADVISORY_CONFIRMED)
        return true;
    if (!life_next(&advisory_life, (int)a->state, who->roles, ON_ADVISORY_REHEARSE, &facts, &to,
                   err) ||
        !set_state(tx, a, to, now, err))
        return PASS(err);
    details = (struct details){ .ref = a->id };
    return case_note(tx, who, c, 0, "advisory.scheduled", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool advisory_is_approved_by_both(const struct advisory *a)
{
    return a->reviewed_version == a->draft_version && a->confirmed_version == a->draft_version &&
           a->reviewer_id && a->confirmed_by;
}

bool advisory_revision_load(struct tx *tx, const struct product_case *c, const struct advisory *a,
                            int64_t revision, struct arena *arena, struct advisory_view *out,
                            struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str record;

    if (!store_select(tx, &sql_advisory_revision_of,
                      BINDS(bind_int("advisory_id", a->id), bind_int("revision", revision)), arena,
                      &rows, err) ||
        !rows_one(rows, STR("a revision"), err))
        return PASS(err);
    return seal_open(&c->key.key,
                     arena_printf(arena, "advisory %lld revision %lld", (long long)a->id,
                                  (long long)revision),
                     row_text(rows, "content_sealed"), arena, &record, err) &&
                   advisory_from_record(record, arena, out, err)
               ? true
               : PASS(err);
}
