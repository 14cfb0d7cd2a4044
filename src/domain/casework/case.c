#include "domain/casework/case.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/access/hook.h"
#include "domain/casework/apply.sql.h"
#include "domain/casework/belongs.h"
#include "domain/casework/case.sql.h"
#include "domain/casework/developer_view.h"
#include "domain/casework/source.h"
#include "domain/casework/website.sql.h"
#include "store/store.h"

enum { REBUILD_AT_ONCE = 500 };

struct casework casework_from(const struct settings *s, const struct vault *vault)
{
    return (struct casework){
        .vault = vault,
        .target_days = s->target_days,
        .date_changes_alone = s->date_changes_alone,
        .start_is_handling_start = str_eq(s->start_clock, STR("handling_started")),
        .priority_sender = str_eq(s->priority_sender, STR("RB")) ? ROLE_RB : ROLE_CB,
        .case_prefix = s->case_prefix,
        .report_prefix = s->report_prefix,
        .handling_prefix = s->handling_prefix,
        .inquiry_prefix = s->inquiry_prefix,
        .unreachable_months = s->unreachable_months,
        .unreachable_product_months = s->unreachable_product_months,
        .unreachable_channels = s->unreachable_channels,
        .committee_quorum = s->committee_quorum,
        .committee_cases = s->committee_cases,
        .priority_after_committee = s->priority_provision_after_committee,
    };
}

struct utc case_start(const struct casework *w, const struct product_case *c)
{
    return w->start_is_handling_start ? c->handling_started_at : c->first_contact_at;
}

/* ---- loading ---- */

static bool case_from_rows(const struct casework *w, struct tx *tx, struct rows *rows,
                           struct arena *arena, struct product_case *out, struct err *err)
{
    int64_t title_seq, summary_seq;

    if (!rows_one(rows, STR("a case"), err))
        return PASS(err);
    *out = (struct product_case){
        .id = row_int(rows, "id"),
        .public_id = row_text(rows, "public_id"),
        .number = row_text(rows, "number"),
        .state = (enum product_state)life_state(&product_life, row_text(rows, "state")),
        .origin = row_text(rows, "origin"),
        .source = row_text(rows, "source"),
        .legal_basis = row_text(rows, "legal_basis"),
        .submitted_at = row_utc(rows, "submitted_at"),
        .reviewed_at = row_utc(rows, "reviewed_at"),
        .accepted_at = row_utc(rows, "accepted_at"),
        .handling_started_at = row_utc(rows, "handling_started_at"),
        .first_contact_at = row_utc(rows, "first_contact_at"),
        .publication_date = row_utc(rows, "publication_date"),
        .published_at = row_utc(rows, "published_at"),
        .closed_at = row_utc(rows, "closed_at"),
        .changed_at = row_utc(rows, "changed_at"),
        .date_basis = row_text(rows, "date_basis"),
        .close_code = row_text(rows, "close_code"),
        .impact_range = row_text(rows, "impact_range"),
        .impact_grade = row_text(rows, "impact_grade"),
        .category = row_text(rows, "category"),
        .em = row_text(rows, "em"),
        .pxa = row_text(rows, "pxa"),
        .date_changes = row_int(rows, "date_changes"),
        .impact_score = row_int(rows, "impact_score"),
        .rb_officer_id = row_int(rows, "rb_officer_id"),
        .cb_officer_id = row_int(rows, "cb_officer_id"),
        .version = row_int(rows, "version"),
        .report_id = row_int(rows, "report_id"),
    };
    if (out->source.len == 0)
        out->source = str_from_z(source_of_origin(out->origin)->code);
    title_seq = row_int(rows, "title_seq");
    summary_seq = row_int(rows, "summary_seq");
    return case_key_load(tx, w->vault, out->id, arena, &out->key, err) &&
                   ledger_field(tx, &out->key, title_seq, "text", arena, &out->title, err) &&
                   ledger_field(tx, &out->key, summary_seq, "text", arena, &out->summary, err)
               ? true
               : PASS(err);
}

bool case_load(const struct casework *w, struct tx *tx, struct str public_id, struct arena *arena,
               struct product_case *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_case_by_public_id, BINDS(bind_text("public_id", public_id)), arena,
                      &rows, err))
        return PASS(err);
    return case_from_rows(w, tx, rows, arena, out, err) ? true : PASS(err);
}

bool case_load_by_id(const struct casework *w, struct tx *tx, int64_t id, struct arena *arena,
                     struct product_case *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_case_by_id, BINDS(bind_int("id", id)), arena, &rows, err))
        return PASS(err);
    return case_from_rows(w, tx, rows, arena, out, err) ? true : PASS(err);
}

bool case_load_any(const struct casework *w, struct tx *tx, int64_t id, struct arena *arena,
                   struct product_case *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_case_any, BINDS(bind_int("id", id)), arena, &rows, err) ||
        !rows_one(rows, STR("a case"), err))
        return PASS(err);
    *out = (struct product_case){ .id = id,
                                  .public_id = row_text(rows, "public_id"),
                                  .number = row_text(rows, "number") };
    return case_key_load(tx, w->vault, id, arena, &out->key, err) ? true : PASS(err);
}

static struct developer developer_from_row(struct rows *rows)
{
    return (struct developer){
        .id = row_int(rows, "id"),
        .case_id = row_int(rows, "case_id"),
        .organisation_id = row_int(rows, "organisation_id"),
        .public_id = row_text(rows, "public_id"),
        .alias = row_text(rows, "alias"),
        .organisation_name_ja = row_text(rows, "name_ja"),
        .organisation_name_en = row_text(rows, "name_en"),
        .organisation_public_id = row_text(rows, "organisation_public_id"),
        .organisation_state = row_text(rows, "organisation_state"),
        .state = (enum developer_state)life_state(&developer_life, row_text(rows, "state")),
        .resume_state = row_text(rows, "resume_state"),
        .contact = row_text(rows, "contact"),
        .level = row_text(rows, "level"),
        .rm = row_text(rows, "rm"),
        .pec = row_text(rows, "pec"),
        .vfd = row_text(rows, "vfd"),
        .affected = row_text(rows, "affected"),
        .novelty = row_text(rows, "novelty"),
        .countermeasure = row_text(rows, "countermeasure"),
        .summary_at = row_utc(rows, "summary_at"),
        .seen_at = row_utc(rows, "seen_at"),
        .warning_acknowledged_at = row_utc(rows, "warning_acknowledged_at"),
        .detail_requested_at = row_utc(rows, "detail_requested_at"),
        .detail_at = row_utc(rows, "detail_at"),
        .verified_at = row_utc(rows, "verified_at"),
        .status_at = row_utc(rows, "status_at"),
        .answer_due = row_utc(rows, "answer_due"),
        .reminded_at = row_utc(rows, "reminded_at"),
        .last_move_at = row_utc(rows, "last_move_at"),
        .name_consent = row_int(rows, "name_consent") != 0,
        .is_removed = row_int(rows, "is_removed") != 0,
        .result_seq = row_int(rows, "result_seq"),
        .status_seq = row_int(rows, "status_seq"),
        .reminders = row_int(rows, "reminders"),
        .version = row_int(rows, "version"),
    };
}

bool developers_load(struct tx *tx, int64_t case_id, struct arena *arena, struct developers *out,
                     struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct developers){ 0 };
    if (!store_select(tx, &sql_developers_of_case, BINDS(bind_int("case_id", case_id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, developer_from_row(rows));
    return got == 0 ? true : PASS(err);
}

static bool one_developer(struct rows *rows, struct developer *out, struct err *err)
{
    if (!rows_one(rows, STR("a developer in a case"), err))
        return PASS(err);
    *out = developer_from_row(rows);
    return true;
}

bool developer_load(struct tx *tx, struct str public_id, struct arena *arena, struct developer *out,
                    struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_developer_by_public_id, BINDS(bind_text("public_id", public_id)),
                      arena, &rows, err))
        return PASS(err);
    return one_developer(rows, out, err);
}

bool developer_load_of(struct tx *tx, int64_t case_id, int64_t organisation_id, struct arena *arena,
                       struct developer *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(
            tx, &sql_developer_of_organisation,
            BINDS(bind_int("case_id", case_id), bind_int("organisation_id", organisation_id)),
            arena, &rows, err))
        return PASS(err);
    return one_developer(rows, out, err);
}

/* ---- moving ---- */

static const char *const product_kinds[PRODUCT_EVENTS] = {
    "report.submitted",
    "report.opened",
    "report.not_accepted",
    "report.accepted",
    "case.stopped",
    "case.forwarded",
    "case.taken",
    "case.developers_identified",
    "clock.started",
    "date.set",
    "date.changed",
    "case.published",
    "case.updated",
    "case.cancelled_known",
    "case.cancelled_not_vuln",
    "case.closed_individual",
    "report.own_product",
    "priority.provided",
    "report.foreign",
    "case.closed_eol",
    "case.referred",
    "case.returned",
    "case.merged",
    "case.released",
    "case.released",
    "case.released",
    "case.released",
    "case.followed",
    "case.split_off",
    "case.split_off",
    "case.split_off",
    "case.split_off",
};

static const char *const developer_kinds[DEVELOPER_EVENTS] = {
    "participant.added",
    "summary.sent",
    "participant.no_product",
    "detail.requested",
    "detail.sent",
    "result.reported",
    "result.reported",
    "countermeasure.planned",
    "countermeasure.ready",
    "participant.published",
    "participant.updated",
    "participant.silent",
    "participant.refused",
    "participant.reported_own",
    "participant.unreachable",
    "participant.resumed",
    "participant.returned",
    "participant.returned",
    "participant.returned",
    "participant.returned",
    "participant.returned",
    "participant.returned",
    "participant.returned",
};

/* The row that life_next has just chosen. */
static const struct move *row_of(const struct life *life, int from, int event, unsigned roles,
                                 int to)
{
    for (size_t i = 0; i < life->move_count; i++) {
        const struct move *move = &life->moves[i];

        if (move->from == from && move->event == event && move->to == to && (move->who & roles))
            return move;
    }
    return NULL;
}

static struct event note_event(const struct product_case *c, const char *kind,
                               const struct details *details)
{
    return (struct event){ .kind = kind,
                           .case_id = c->id,
                           .code = details->code,
                           .n = details->n,
                           .ref = details->ref,
                           .facts = details->facts,
                           .payload = details->payload };
}

static struct event move_event(const struct life *life, const struct move *move,
                               const struct product_case *c, const char *kind,
                               const struct details *details)
{
    struct event e = note_event(c, kind, details);

    e.from = str_from_z(life->states[move->from]);
    e.to = str_from_z(life->states[move->to]);
    e.rule = str_from_z(move->rule);
    e.carries = str_from_z(move->carries);
    return e;
}

/* Programs of developers hear of what their people may know of. */
static bool tell_programs(struct tx *tx, const struct entry *entry, struct utc now, struct err *err)
{
    struct developer concerned = { .id = entry->participant_id }, others = { .id = -1 };
    struct hook_news news = { .case_id = entry->case_id,
                              .participant_id = entry->participant_id,
                              .seq = entry->seq,
                              .kind = entry->kind,
                              .is_for_all = developer_sees_entry(&others, entry) };

    if (!news.is_for_all && !(concerned.id && developer_sees_entry(&concerned, entry)))
        return true;
    return hook_queue(tx, &news, now, err) ? true : PASS(err);
}

static bool append_and_apply(struct tx *tx, const struct subject *who, struct product_case *c,
                             const struct event *event, struct utc now, struct arena *arena,
                             struct entry *out, struct err *err)
{
    if (!ledger_append(tx, &c->key, who, event, now, arena, out, err) ||
        !case_apply(tx, out, arena, err))
        return PASS(err);
    c->version++;
    c->changed_at = now;
    return tell_programs(tx, out, now, err) ? true : PASS(err);
}

bool case_step(struct tx *tx, const struct subject *who, struct product_case *c,
               const struct case_step *step, const void *facts, const struct details *details,
               struct utc now, struct arena *arena, int *to, struct entry *out, struct err *err)
{
    const struct move *move;
    struct event e;

    if (!life_next(step->life, step->from, who->roles, step->event, facts, to, err))
        return PASS(err);
    move = row_of(step->life, step->from, step->event, who->roles, *to);
    e = move_event(step->life, move, c, step->kind, details);
    e.participant_id = step->participant_id;
    if (step->ref)
        e.ref = step->ref;
    return append_and_apply(tx, who, c, &e, now, arena, out, err) ? true : PASS(err);
}

/* Between its beginning and its end nothing but the clock moves what is being published: a date changed then would be a date that was
 * not kept. */
static bool is_not_going_out(struct tx *tx, const struct product_case *c, const struct subject *who,
                             struct err *err)
{
    int64_t going_out;

    if (who->roles & ROLE_CLOCK)
        return true;
    if (!store_number(tx, &sql_case_is_going_out, BINDS(bind_int("id", c->id)), 0, &going_out, err))
        return PASS(err);
    return going_out == 0 ? true : FAIL(err, CHANGED_MEANWHILE, c->number);
}

bool case_move(struct tx *tx, const struct subject *who, struct product_case *c,
               enum product_event event, const struct product_facts *facts,
               const struct details *details, struct utc now, struct arena *arena,
               struct entry *out, struct err *err)
{
    struct case_step step = { .life = &product_life,
                              .from = (int)c->state,
                              .event = (int)event,
                              .kind = product_kinds[event] };
    int to;

    if (!is_not_going_out(tx, c, who, err) ||
        !case_step(tx, who, c, &step, facts, details, now, arena, &to, out, err))
        return PASS(err);
    c->state = (enum product_state)to;
    if (event == ON_SET_DATE || event == ON_CHANGE_DATE)
        c->publication_date = details->n;
    if (event == ON_REFER || event == ON_RETURN)
        c->publication_date = (struct utc){ 0 };
    return !product_is_closed(c->state) || c->state == CASE_MERGED || event == ON_UPDATE ||
                   belongs_after_end(tx, who, c, now, arena, err)
               ? true
               : PASS(err);
}

bool developer_move(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct developer *d, enum developer_event event,
                    const struct developer_facts *facts, const struct details *details,
                    struct utc now, struct arena *arena, struct entry *out, struct err *err)
{
    struct case_step step = { .life = &developer_life,
                              .from = (int)d->state,
                              .event = (int)event,
                              .kind = developer_kinds[event],
                              .participant_id = d->id,
                              .ref = d->state == DEVELOPER_START ? d->organisation_id : 0 };
    int to;

    if (!case_step(tx, who, c, &step, facts, details, now, arena, &to, out, err))
        return PASS(err);
    d->state = (enum developer_state)to;
    d->last_move_at = now;
    d->version++;
    return true;
}

bool case_note(struct tx *tx, const struct subject *who, struct product_case *c,
               int64_t participant_id, const char *kind, const struct details *details,
               struct utc now, struct arena *arena, struct entry *out, struct err *err)
{
    struct event e = note_event(c, kind, details);

    e.participant_id = participant_id;
    return append_and_apply(tx, who, c, &e, now, arena, out, err) ? true : PASS(err);
}

void product_facts_count(const struct developers *developers, struct product_facts *facts)
{
    facts->developers = facts->notified = facts->known = facts->unaffected = 0;
    for (size_t i = 0; i < developers->len; i++) {
        const struct developer *d = &developers->at[i];

        facts->developers++;
        if (!d->summary_at.ms)
            continue;
        facts->notified++;
        facts->known += str_eq(d->novelty, STR("KNOWN"));
        facts->unaffected += str_eq(d->affected, STR("NO"));
    }
}

bool case_check_version(const struct product_case *c, int64_t version, struct err *err)
{
    return version == 0 || version == c->version ? true : FAIL(err, CHANGED_MEANWHILE, c->number);
}

/* ---- rebuilding ---- */

struct lines {
    VEC_OF(struct str);
};

static bool dump_some(struct tx *tx, const struct query *query, struct arena *arena,
                      struct lines *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, query, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, row_text(rows, "line"));
    return got == 0 ? true : PASS(err);
}

static bool dump(struct tx *tx, struct arena *arena, struct lines *out, struct err *err)
{
    *out = (struct lines){ 0 };
    return dump_some(tx, &sql_cache_dump, arena, out, err) &&
                   dump_some(tx, &sql_cache_dump_more, arena, out, err) &&
                   dump_some(tx, &sql_cache_dump_docket, arena, out, err)
               ? true
               : PASS(err);
}

static bool rebuild(struct tx *tx, struct err *err)
{
    static const struct query *const clear[] = {
        &sql_cache_clear_case,
        &sql_cache_clear_report,
        &sql_cache_clear_participant,
        &sql_cache_clear_date_request,
        &sql_cache_clear_hint,
        &sql_cache_clear_message,
        &sql_cache_clear_contact_attempt,
        &sql_cache_clear_breach,
        &sql_cache_clear_disclosure,
        &sql_website_cache_clear,
        &sql_cache_clear_priority_plan,
        &sql_cache_clear_priority_answer,
        &sql_cache_clear_provision,
        &sql_cache_clear_analysis,
        &sql_cache_clear_unreachable,
        &sql_cache_clear_eol,
        &sql_cache_clear_exchange,
        &sql_cache_clear_exchange_message,
        &sql_cache_clear_unreachable_answer,
        &sql_cache_clear_observation,
        &sql_cache_clear_later_date,
        &sql_cache_clear_docket,
        &sql_cache_clear_docket_member,
        &sql_cache_clear_belongs,
        &sql_cache_clear_withdrawal,
        &sql_cache_clear_inquiry,
        &sql_cache_clear_room,
        &sql_cache_clear_room_part,
        &sql_cache_clear_room_message,
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)64 << 20);
    struct entries entries;
    int64_t after = 0;

    for (size_t i = 0; i < COUNT(clear); i++) {
        if (!store_exec(tx, clear[i], NO_BINDS, NULL, err))
            return PASS(err);
    }
    do {
        arena_reset(arena);
        if (!ledger_read(tx, 0, after, REBUILD_AT_ONCE, arena, &entries, err))
            return PASS(err);
        for (size_t i = 0; i < entries.len; i++) {
            if (!case_apply(tx, &entries.at[i], arena, err))
                return PASS(err);
            after = entries.at[i].seq;
        }
    } while (entries.len > 0);
    return true;
}

bool casework_verify(const struct casework *w, struct tx *write, int64_t *entries,
                     struct hash *head, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 30);
    struct lines is, should;

    if (!ledger_verify(write, w->vault, entries, head, err) || !dump(write, arena, &is, err) ||
        !rebuild(write, err) || !dump(write, arena, &should, err))
        return PASS(err);
    for (size_t i = 0; i < is.len || i < should.len; i++) {
        struct str a = i < is.len ? is.at[i] : STR("(missing)"),
                   b = i < should.len ? should.at[i] : STR("(missing)");

        if (!str_eq(a, b))
            return FAIL(err, LEDGER_BROKEN, i < is.len ? a : b);
    }
    return true;
}
