#include "domain/casework/priority.h"

#include "domain/access/outbox.h"
#include "domain/casework/answer.h"
#include "domain/casework/committee.h"
#include "domain/casework/intake.h"
#include "domain/casework/priority.sql.h"
#include "domain/casework/report_form.h"
#include "domain/casework/words.h"
#include "store/store.h"

enum { TEXT_MAX = 200000, RECIPIENTS_MAX = 200 };

/* ---- the plan ---- */

static bool load_answers(struct tx *tx, const struct product_case *c, struct arena *arena,
                         struct priority_plan *plan, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_priority_answers, BINDS(bind_int("plan_id", plan->id)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct priority_answer a = { .participant_id = row_int(rows, "participant_id"),
                                     .answer = row_text(rows, "answer"),
                                     .at = row_utc(rows, "at") };
        struct str record = STR_NONE;

        if (row_int(rows, "seq") &&
            !ledger_payload(tx, &c->key, row_int(rows, "seq"), arena, &record, err))
            return PASS(err);
        a.words = record_get(record, "text");
        VEC_PUSH(arena, &plan->answers, a);
    }
    return got == 0 ? true : PASS(err);
}

bool priority_load(struct tx *tx, const struct product_case *c, struct arena *arena,
                   struct priority_plan *out, bool *found, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str record;
    int got;

    *out = (struct priority_plan){ 0 };
    *found = false;
    if (!store_select(tx, &sql_priority_plan_of, BINDS(bind_int("case_id", c->id)), arena, &rows,
                      err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    *found = true;
    *out = (struct priority_plan){ .id = row_int(rows, "id"),
                                   .state = row_text(rows, "state"),
                                   .sectors = row_text(rows, "sectors"),
                                   .parts = row_text(rows, "parts"),
                                   .planned_at = row_utc(rows, "at"),
                                   .finder_told_at = row_utc(rows, "finder_told_at") };
    if (!ledger_payload(tx, &c->key, row_int(rows, "seq"), arena, &record, err) ||
        !load_answers(tx, c, arena, out, err))
        return PASS(err);
    out->reason = record_get(record, "text");
    return true;
}

/* ERR_NOT_READY when none waits to be carried out; with the end of its case a plan is over. */
static bool open_plan(struct tx *tx, const struct product_case *c, struct arena *arena,
                      struct priority_plan *out, struct err *err)
{
    bool found;

    if (product_is_closed(c->state))
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (!priority_load(tx, c, arena, out, &found, err))
        return PASS(err);
    return found && str_eq(out->state, STR("PLANNED"))
               ? true
               : FAIL(err, NOT_READY, STR("a plan of priority provision"));
}

bool priority_is_agreed(const struct priority_plan *plan, const struct product_case *c)
{
    size_t least = c->state == CASE_COMMITTEE ? 1 : 2; /* the other body, and a developer */

    for (size_t i = 0; i < plan->answers.len; i++) {
        if (!str_eq(plan->answers.at[i].answer, STR("AGREED")))
            return false;
    }
    return plan->answers.len >= least;
}

bool priority_concerns(const struct developer *d)
{
    return d->detail_at.ms && !d->is_removed && str_eq(d->affected, STR("YES")) &&
           d->state != DEVELOPER_REFUSED;
}

/* In case C of ended support the agreed advice to stop using it takes the countermeasure's place; in D and E there is none yet. Rule: PRI-07 EOL-03 EOL-04 */
static bool is_made(const struct developers *developers)
{
    for (size_t i = 0; i < developers->len; i++) {
        if (developers->at[i].state == DEVELOPER_READY)
            return true;
    }
    return false;
}

static bool is_coordinated(const struct product_case *c)
{
    return c->state == CASE_DATE_SET || c->state == CASE_COORDINATING ||
           c->state == CASE_SELF_PRODUCT;
}

/* It is ordered to be published: in D and E the advice to stop using it takes the countermeasure's place, if the setting allows it. */
static bool committee_allows(const struct casework *w, struct tx *tx, const struct product_case *c,
                             struct arena *arena, bool *out, struct err *err)
{
    *out = false;
    if (c->state != CASE_COMMITTEE || !w->priority_after_committee)
        return true;
    return docket_allows(tx, c, arena, out, err) ? true : PASS(err);
}

bool priority_is_possible(const struct casework *w, struct tx *tx, const struct product_case *c,
                          const struct developers *developers, struct arena *arena, bool *out,
                          struct err *err)
{
    if (!committee_allows(w, tx, c, arena, out, err))
        return PASS(err);
    *out |= is_coordinated(c) && is_made(developers);
    return true;
}

static bool is_sender(const struct casework *w, const struct subject *who, struct err *err)
{
    return who->roles & w->priority_sender ? true : FAIL(err, NOT_YOUR_MOVE, STR("provide"));
}

static bool are_sectors(struct str list)
{
    struct str code;

    if (list.len == 0)
        return false;
    while (list.len > 0 && str_split(&list, ' ', &code)) {
        if (!sector_words(code))
            return false;
    }
    return true;
}

static bool has_sector(struct str list, struct str code)
{
    struct str one;

    while (list.len > 0 && str_split(&list, ' ', &one)) {
        if (str_eq(one, code))
            return true;
    }
    return false;
}

/* N40: the case and the sectors, to whoever is consulted. */
static bool consult(const struct casework *w, struct tx *tx, const struct product_case *c,
                    const struct developers *developers, int64_t seq, struct utc now,
                    struct err *err)
{
    struct news news = { .notice = "N40", .case_id = c->id, .seq = seq };

    if (!outbox_to_role(tx, &news, w->priority_sender == ROLE_RB ? ROLE_CB : ROLE_RB, now, err))
        return PASS(err);
    for (size_t i = 0; i < developers->len; i++) {
        news.participant_id = developers->at[i].id;
        if (priority_concerns(&developers->at[i]) &&
            !outbox_to_managers(tx, &news, developers->at[i].organisation_id, now, err))
            return PASS(err);
    }
    return true;
}

bool priority_plan(const struct casework *w, struct tx *tx, const struct subject *who,
                   struct product_case *c, const struct developers *developers,
                   const struct priority_wish *wish, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct buf facts = buf_new(arena, 65536);
    struct priority_plan last;
    struct details details = { 0 };
    struct entry entry;
    bool found, is_possible;

    if (!is_sender(w, who, err) || !priority_load(tx, c, arena, &last, &found, err) ||
        !priority_is_possible(w, tx, c, developers, arena, &is_possible, err))
        return PASS(err);
    if (!is_coordinated(c) && !is_possible)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (found && !str_eq(last.state, STR("DROPPED")))
        return FAIL(err, NOT_READY, STR("no other plan"));
    if (!is_possible)
        return FAIL(err, NOT_READY, STR("a countermeasure"));
    if (!are_sectors(wish->sectors))
        return FAIL(err, INPUT, STR("sector"));
    if (!words_are_fine(wish->reason))
        return FAIL(err, INPUT, STR("reason"));
    record_put(&facts, "sectors", wish->sectors);
    record_put(&facts, "parts",
               arena_printf(arena, "VM%s%s", wish->with_verification ? "T" : "",
                            wish->with_attack ? "X" : ""));
    record_put_int(&facts, "asked", 0);
    for (size_t i = 0; i < developers->len; i++) {
        if (priority_concerns(&developers->at[i]))
            record_put_int(&facts, "asked", developers->at[i].id);
    }
    return buf_done(&facts, &details.facts, err) &&
                   words_record(arena, wish->reason, &details.payload, err) &&
                   store_number(tx, &sql_priority_plan_next, NO_BINDS, 1, &details.ref, err) &&
                   case_note(tx, who, c, 0, "priority.planned", &details, now, arena, &entry,
                             err) &&
                   consult(w, tx, c, developers, entry.seq, now, err)
               ? true
               : PASS(err);
}

bool priority_answer(const struct casework *w, struct tx *tx, const struct subject *who,
                     struct product_case *c, const struct developer *own, bool agrees,
                     struct str words, struct utc now, struct arena *arena, struct err *err)
{
    unsigned other = w->priority_sender == ROLE_RB ? ROLE_CB : ROLE_RB;
    struct details details = { .code = agrees ? STR("AGREED") : STR("OBJECTED") };
    struct news news = { .notice = "PRIORITY_ANSWERED", .case_id = c->id };
    struct priority_plan plan;
    struct entry entry;
    bool asked = false;

    if (!(who->roles & (own ? (unsigned)ROLE_PM : other)))
        return FAIL(err, NOT_YOUR_MOVE, STR("answer"));
    if (!open_plan(tx, c, arena, &plan, err))
        return PASS(err);
    for (size_t i = 0; i < plan.answers.len; i++)
        asked |= plan.answers.at[i].participant_id == (own ? own->id : 0);
    if (!asked)
        return FAIL(err, ABSENT, STR("a consultation"));
    if (agrees ? !words_are_fine_or_none(words) : !words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    details.ref = plan.id;
    if (!words_record(arena, words, &details.payload, err) ||
        !case_note(tx, who, c, own ? own->id : 0, "priority.answered", &details, now, arena, &entry,
                   err))
        return PASS(err);
    news.seq = entry.seq;
    news.participant_id = own ? own->id : 0;
    return outbox_to_role(tx, &news, w->priority_sender, now, err) ? true : PASS(err);
}

bool priority_tell_finder(struct tx *tx, const struct subject *who, struct product_case *c,
                          struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { 0 };
    struct priority_plan plan;
    struct entry entry;

    if (!(who->roles & ROLE_RB))
        return FAIL(err, NOT_YOUR_MOVE, STR("tell"));
    if (!c->report_id)
        return FAIL(err, ABSENT, STR("a finder"));
    if (!open_plan(tx, c, arena, &plan, err))
        return PASS(err);
    if (plan.finder_told_at.ms)
        return true;
    details.ref = plan.id;
    return case_note(tx, who, c, 0, "priority.finder_told", &details, now, arena, &entry, err) &&
                   outbox_to_finder(tx,
                                    &(struct news){ .notice = "N12",
                                                    .case_id = c->id,
                                                    .report_id = c->report_id,
                                                    .seq = entry.seq },
                                    now, err)
               ? true
               : PASS(err);
}

bool priority_drop(const struct casework *w, struct tx *tx, const struct subject *who,
                   struct product_case *c, struct str words, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct details details = { 0 };
    struct priority_plan plan;
    struct entry entry;

    if (!is_sender(w, who, err) || !open_plan(tx, c, arena, &plan, err))
        return PASS(err);
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    details.ref = plan.id;
    return words_record(arena, words, &details.payload, err) &&
                   case_note(tx, who, c, 0, "priority.dropped", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

/* ---- giving it ---- */

static void add_lines(struct buf *buf, struct str text)
{
    if (text.len == 0)
        return;
    if (buf_str(buf).len > 0)
        buf_add(buf, STR("\n\n"));
    buf_add(buf, text);
}

static bool draft_countermeasure(struct tx *tx, const struct product_case *c,
                                 const struct developers *developers, struct arena *arena,
                                 struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, TEXT_MAX);

    for (size_t i = 0; i < developers->len; i++) {
        const struct developer *d = &developers->at[i];
        struct developer_report report;

        if (!d->status_at.ms || !priority_concerns(d))
            continue;
        if (!answer_load(tx, c, d, arena, &report, err))
            return PASS(err);
        add_lines(&buf, d->organisation_name_ja);
        for (size_t j = 0; j < report.products.len; j++) {
            const struct product_result *p = &report.products.at[j];

            if (str_eq(p->affected, STR("YES")))
                buf_printf(&buf, "\n%.*s %.*s → %.*s", STR_ARG(p->name),
                           STR_ARG(p->affected_versions), STR_ARG(p->fixed_versions));
        }
        if (report.statement_ja.len > 0) {
            buf_byte(&buf, '\n');
            buf_add(&buf, report.statement_ja);
        }
    }
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool priority_draft(struct tx *tx, const struct product_case *c,
                    const struct developers *developers, const struct grant *grant,
                    const struct priority_plan *plan, struct arena *arena,
                    struct priority_text *out, struct err *err)
{
    struct buf vulnerability = buf_new(arena, TEXT_MAX);
    struct str record;

    *out = (struct priority_text){ 0 };
    if (!report_texts(tx, c, grant, arena, &record, err))
        return PASS(err);
    add_lines(&vulnerability, record_get(record, "product_name"));
    add_lines(&vulnerability, record_get(record, "vuln_info"));
    add_lines(&vulnerability, record_get(record, "vuln_impact"));
    if (str_contains(plan->parts, STR("T")))
        out->verification = record_get(record, "verification");
    if (str_contains(plan->parts, STR("X")))
        out->attack = record_get(record, "attack");
    return buf_done(&vulnerability, &out->vulnerability, err) &&
                   draft_countermeasure(tx, c, developers, arena, &out->countermeasure, err)
               ? true
               : PASS(err);
}

static bool is_text(struct str text, bool is_required)
{
    text = str_trim(text);
    return (text.len > 0 || !is_required) && str_is_utf8(text) && str_is_plain(text, true) &&
           str_code_points(text) <= 20000;
}

static bool text_record(const struct priority_text *text, struct str parts, struct str leak,
                        struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, TEXT_MAX * 2);
    bool t = str_contains(parts, STR("T")), x = str_contains(parts, STR("X"));

    if (!is_text(text->vulnerability, true))
        return FAIL(err, INPUT, STR("vulnerability"));
    if (!is_text(text->countermeasure, true))
        return FAIL(err, INPUT, STR("countermeasure_text"));
    if (!is_text(text->verification, false) || !is_text(text->attack, false))
        return FAIL(err, INPUT, STR("verification"));
    record_put(&buf, "vulnerability", str_trim(text->vulnerability));
    record_put(&buf, "countermeasure", str_trim(text->countermeasure));
    if (t)
        record_put(&buf, "verification", str_trim(text->verification));
    if (x)
        record_put(&buf, "attack", str_trim(text->attack));
    record_put(&buf, "leak", str_trim(leak));
    return buf_done(&buf, out, err) ? true : PASS(err);
}

/* Each of them stands in the register, is ready and of a sector that was planned. */
static bool read_recipients(struct tx *tx, const struct priority_plan *plan,
                            const struct recipients *recipients, struct arena *arena,
                            struct partners *out, struct err *err)
{
    *out = (struct partners){ 0 };
    if (recipients->len > RECIPIENTS_MAX)
        return FAIL(err, TOO_LARGE, STR("the list of recipients"));
    for (size_t i = 0; i < recipients->len; i++) {
        struct partner p;

        if (!partner_by_public_id(tx, recipients->at[i], arena, &p, err))
            return PASS(err);
        for (size_t j = 0; j < out->len; j++) {
            if (out->at[j].organisation_id == p.organisation_id)
                return FAIL(err, INPUT, STR("recipient"));
        }
        if (!partner_is_ready(&p) || !str_eq(p.values.kind, STR("CI")) ||
            !has_sector(plan->sectors, p.values.sector))
            return FAIL(err, INPUT, STR("recipient"));
        VEC_PUSH(arena, out, p);
    }
    return true;
}

/* PRI-08: an entry for each. seq: of the text. */
static bool give(struct tx *tx, const struct subject *who, struct product_case *c,
                 const struct priority_plan *plan, const struct partner *to, int64_t seq,
                 struct utc now, struct arena *arena, struct err *err)
{
    struct buf facts = buf_new(arena, 1024);
    struct details details = { .code = to->values.sector };
    struct news news = { .notice = "N11", .case_id = c->id };
    struct entry entry;

    record_put_int(&facts, "plan", plan->id);
    record_put(&facts, "public_id", public_id_new(arena));
    record_put_int(&facts, "organisation", to->organisation_id);
    record_put(&facts, "parts", plan->parts);
    record_put_int(&facts, "text", seq);
    if (!buf_done(&facts, &details.facts, err) ||
        !store_number(tx, &sql_provision_next, NO_BINDS, 1, &details.ref, err) ||
        !case_note(tx, who, c, 0, "provision.made", &details, now, arena, &entry, err))
        return PASS(err);
    news.seq = entry.seq;
    return outbox_to_people(tx, &news, to->organisation_id, ROLE_CI, now, err) ? true : PASS(err);
}

bool priority_provide(const struct casework *w, struct tx *tx, const struct subject *who,
                      struct product_case *c, const struct developers *developers,
                      const struct priority_text *text, const struct recipients *recipients,
                      struct str leak, struct utc now, struct arena *arena, struct err *err)
{
    struct buf facts = buf_new(arena, 256);
    struct priority_plan plan;
    struct partners to;
    struct details details = { .n = c->publication_date };
    struct product_facts guard = { .leak_ruled_out = words_are_fine(leak),
                                   .recipients = (int64_t)recipients->len };
    struct entry entry;

    if (!is_sender(w, who, err) || !open_plan(tx, c, arena, &plan, err) ||
        !committee_allows(w, tx, c, arena, &guard.committee_allows, err) ||
        !priority_is_possible(w, tx, c, developers, arena, &guard.has_countermeasure, err))
        return PASS(err);
    guard.consulted = priority_is_agreed(&plan, c);
    guard.finder_told = !c->report_id || plan.finder_told_at.ms;
    details.ref = plan.id;
    record_put(&facts, "parts", plan.parts);
    record_put_int(&facts, "days_before", utc_days_between(now, c->publication_date));
    if (!text_record(text, plan.parts, leak, arena, &details.payload, err) ||
        !read_recipients(tx, &plan, recipients, arena, &to, err) ||
        !buf_done(&facts, &details.facts, err) ||
        !case_move(tx, who, c, ON_PROVIDE, &guard, &details, now, arena, &entry, err))
        return PASS(err);
    for (size_t i = 0; i < to.len; i++) {
        if (!give(tx, who, c, &plan, &to.at[i], entry.seq, now, arena, err))
            return PASS(err);
    }
    return true;
}

/* ---- what was given ---- */

static bool read_provisions(struct tx *tx, int64_t case_id, int64_t organisation_id,
                            struct str public_id, struct arena *arena, struct provisions *out,
                            struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct provisions){ 0 };
    if (!store_select(tx, &sql_provisions,
                      BINDS(bind_id("case_id", case_id),
                            bind_id("organisation_id", organisation_id),
                            bind_some("public_id", public_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct provision){ .id = row_int(rows, "id"),
                                     .case_id = row_int(rows, "case_id"),
                                     .organisation_id = row_int(rows, "organisation_id"),
                                     .seq = row_int(rows, "seq"),
                                     .public_id = row_text(rows, "public_id"),
                                     .sector = row_text(rows, "sector"),
                                     .parts = row_text(rows, "parts"),
                                     .organisation_name_ja = row_text(rows, "name_ja"),
                                     .organisation_name_en = row_text(rows, "name_en"),
                                     .at = row_utc(rows, "at"),
                                     .seen_at = row_utc(rows, "seen_at"),
                                     .received_at = row_utc(rows, "received_at") });
    return got == 0 ? true : PASS(err);
}

bool provisions_of_case(struct tx *tx, int64_t case_id, struct arena *arena, struct provisions *out,
                        struct err *err)
{
    return read_provisions(tx, case_id, 0, STR_NONE, arena, out, err) ? true : PASS(err);
}

bool provisions_of_organisation(struct tx *tx, int64_t organisation_id, struct arena *arena,
                                struct provisions *out, struct err *err)
{
    return read_provisions(tx, 0, organisation_id, STR_NONE, arena, out, err) ? true : PASS(err);
}

bool provision_load(const struct casework *w, struct tx *tx, const struct subject *who,
                    struct str public_id, struct arena *arena, struct provision *out,
                    struct product_case *c, struct grant *grant, struct err *err)
{
    struct developers developers;
    struct provisions found;

    if (!(who->roles & ROLE_CI) || public_id.len == 0)
        return FAIL(err, ABSENT, STR("a provision"));
    if (!read_provisions(tx, 0, who->organisation_id, public_id, arena, &found, err))
        return PASS(err);
    if (found.len != 1)
        return FAIL(err, ABSENT, STR("a provision"));
    *out = found.at[0];
    return case_load_by_id(w, tx, out->case_id, arena, c, err) &&
                   developers_load(tx, c->id, arena, &developers, err) &&
                   visibility_grant_partner(AUDIENCE_CI, c, &developers, out->parts, grant, err)
               ? true
               : PASS(err);
}

bool provision_text(struct tx *tx, const struct product_case *c, const struct provision *provision,
                    const struct grant *grant, struct arena *arena, struct priority_text *out,
                    struct err *err)
{
    unsigned sees = grant->full | grant->part;
    struct str record;

    *out = (struct priority_text){ 0 };
    if (!ledger_payload(tx, &c->key, provision->seq, arena, &record, err))
        return PASS(err);
    if (sees & SEES_V)
        out->vulnerability = record_get(record, "vulnerability");
    if (sees & SEES_M)
        out->countermeasure = record_get(record, "countermeasure");
    if (sees & SEES_T)
        out->verification = record_get(record, "verification");
    if (sees & SEES_X)
        out->attack = record_get(record, "attack");
    return true;
}

bool provision_see(struct tx *tx, const struct subject *who, struct product_case *c,
                   const struct provision *provision, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct details details = { .ref = provision->id };
    struct entry entry;

    if (provision->seen_at.ms)
        return true;
    return case_note(tx, who, c, 0, "provision.seen", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool provision_receive(struct tx *tx, const struct subject *who, struct product_case *c,
                       const struct provision *provision, struct utc now, struct arena *arena,
                       struct err *err)
{
    struct details details = { .ref = provision->id };
    struct entry entry;

    if (provision->received_at.ms)
        return true;
    return case_note(tx, who, c, 0, "provision.received", &details, now, arena, &entry, err) &&
                   outbox_to_role(tx,
                                  &(struct news){ .notice = "PRIORITY_RECEIVED",
                                                  .case_id = c->id,
                                                  .seq = entry.seq },
                                  ROLE_RB | ROLE_CB, now, err)
               ? true
               : PASS(err);
}
