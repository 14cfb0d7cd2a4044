#include "domain/casework/list.h"

#include "base/err.h"
#include "base/fold.h"
#include "base/record.h"
#include "base/tr.h"
#include "domain/casework/committee.h"
#include "domain/casework/developer_view.h"
#include "domain/casework/inquiry.sql.h"
#include "domain/casework/list.sql.h"
#include "domain/casework/observation.sql.h"
#include "domain/casework/rediscovery.h"
#include "domain/casework/visibility.h"
#include "domain/casework/website.h"
#include "domain/casework/withdrawal.sql.h"
#include "store/store.h"
#include <stdlib.h>

enum { NAME_MIN = 4 /* bytes of a name that may stand within another */ };

/* The title is sealed: it is opened with the case's key, one row at a time. */
static bool open_title(const struct casework *w, struct tx *tx, int64_t case_id, int64_t seq,
                       struct arena *arena, struct str *out, struct err *err)
{
    struct case_key key;
    struct str record;

    *out = STR_NONE;
    if (!seq)
        return true;
    if (!case_key_load(tx, w->vault, case_id, arena, &key, err) ||
        !ledger_payload(tx, &key, seq, arena, &record, err))
        return PASS(err);
    *out = record_get(record, "text");
    seal_key_wipe(&key.key);
    return true;
}

static struct case_line line_from_row(const struct casework *w, struct rows *rows)
{
    bool is_website = row_int(rows, "is_website") != 0;
    struct str state = row_text(rows, "state");

    return (struct case_line){
        .id = row_int(rows, "id"),
        .public_id = row_text(rows, "public_id"),
        .number = row_text(rows, "number"),
        .is_website = is_website,
        .state = is_website ? CASE_START : (enum product_state)life_state(&product_life, state),
        .site_state =
            is_website ? (enum website_state)life_state(&website_life, state) : SITE_START,
        .submitted_at = row_utc(rows, "submitted_at"),
        .accepted_at = row_utc(rows, "accepted_at"),
        .start_at =
            row_utc(rows, w->start_is_handling_start ? "handling_started_at" : "first_contact_at"),
        .publication_date = row_utc(rows, "publication_date"),
        .changed_at = row_utc(rows, "changed_at"),
        .impact_grade = row_text(rows, "impact_grade"),
        .impact_score = row_int(rows, "impact_score"),
        .category = row_text(rows, "category"),
        .rb_officer = row_text(rows, "rb_officer"),
        .cb_officer = row_text(rows, "cb_officer"),
        .developers = row_int(rows, "developers"),
        .verified = row_int(rows, "verified"),
        .own_state = row_text(rows, "own_state"),
        .own_due = row_utc(rows, "own_due"),
    };
}

static bool select_lines(const struct casework *w, struct tx *tx, const struct subject *who,
                         const struct case_filter *f, struct utc now, struct arena *arena,
                         struct rows **rows, struct err *err)
{
    bool open = str_eq(f->state, STR("open")), closed = str_eq(f->state, STR("closed")),
         waiting = str_eq(f->state, STR("waiting"));
    struct str state = open || closed || waiting ? STR_NONE : f->state;

    (void)w;
    if (who->roles & (ROLE_RB | ROLE_CB))
        return store_select(
            tx, &sql_list_bodies,
            BINDS(bind_int("is_rb", (who->roles & ROLE_RB) != 0), bind_some("state", state),
                  f->kind == CASES_OF_ANY_KIND ? bind_null("website")
                                               : bind_int("website", f->kind == CASES_OF_WEBSITES),
                  bind_id("group_open", open), bind_id("group_closed", closed),
                  bind_id("group_waiting", waiting), bind_id("mine", f->mine ? who->account_id : 0),
                  bind_utc("now", now), bind_int("sort", (int64_t)f->sort)),
            arena, rows, err);
    if (who->roles & (ROLE_PM | ROLE_PD))
        return store_select(tx, &sql_list_developer,
                            BINDS(bind_int("organisation_id", who->organisation_id),
                                  bind_id("group_open", open), bind_id("group_closed", closed),
                                  bind_some("after", f->after), bind_int("sort", (int64_t)f->sort)),
                            arena, rows, err);
    return FAIL(err, ABSENT, STR("cases"));
}

static bool unread_in(struct tx *tx, const struct subject *who, int64_t case_id, int64_t *out,
                      struct err *err)
{
    bool rb = who->roles & ROLE_RB, cb = who->roles & ROLE_CB,
         developer = who->roles & (ROLE_PM | ROLE_PD);

    return store_number(tx, &sql_list_unread,
                        BINDS(bind_int("case_id", case_id), bind_int("account_id", who->account_id),
                              bind_int("is_rb", rb), bind_int("is_cb", cb),
                              bind_int("is_body", rb || cb), bind_int("is_developer", developer),
                              bind_int("organisation_id", who->organisation_id)),
                        0, out, err)
               ? true
               : PASS(err);
}

/* The words in any width and case; receipts are there for the receiving body alone, which finders tell them to. */
static bool is_found(const struct case_line *line, struct str receipts, struct str search,
                     struct arena *arena)
{
    return str_contains(fold(arena, line->title), search) ||
           str_contains(fold(arena, line->number), search) ||
           (receipts.len > 0 && str_contains(fold(arena, receipts), search));
}

bool cases_list(const struct casework *w, struct tx *tx, const struct subject *who,
                const struct case_filter *f, struct utc now, struct arena *arena,
                struct case_lines *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str search = fold(arena, f->search);
    int64_t skipped = 0;
    int got;

    *out = (struct case_lines){ 0 };
    if (!select_lines(w, tx, who, f, now, arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct case_line line = line_from_row(w, rows);

        if (f->search.len == 0 && skipped < f->offset) {
            skipped++;
            continue;
        }
        if ((int64_t)out->len == f->limit) {
            out->has_more = true;
            break;
        }
        if (!open_title(w, tx, line.id, row_int(rows, "title_seq"), arena, &line.title, err))
            return PASS(err);
        if (f->search.len > 0 && !is_found(&line, row_text(rows, "receipts"), search, arena))
            continue;
        if (skipped < f->offset) {
            skipped++;
            continue;
        }
        if (!unread_in(tx, who, line.id, &line.unread, err))
            return PASS(err);
        VEC_PUSH(arena, out, line);
    }
    return got >= 0 ? true : PASS(err);
}

/* ---- changes ---- */

bool cases_changes(struct tx *tx, const struct subject *who, int64_t since, int64_t limit,
                   struct arena *arena, struct case_changes *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct case_changes){ .seq = since };
    if (!(who->roles & (ROLE_PM | ROLE_PD)))
        return FAIL(err, ABSENT, STR("cases"));
    if (!store_select(
            tx, &sql_list_changes,
            BINDS(bind_int("organisation_id", who->organisation_id), bind_int("since", since)),
            arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct developer own = { .id = row_int(rows, "own_id") };
        struct entry entry = { .kind = row_text(rows, "kind"),
                               .participant_id = row_int(rows, "participant_id") };

        if ((int64_t)out->len == limit) {
            out->has_more = true;
            return true;
        }
        out->seq = row_int(rows, "seq");
        if (developer_sees_entry(&own, &entry))
            VEC_PUSH(arena, out,
                     (struct case_change){ out->seq, row_utc(rows, "at"), entry.kind,
                                           row_text(rows, "public_id") });
    }
    return got == 0 ? true : PASS(err);
}

/* ---- duplicates ---- */

static unsigned kinds_of(const struct meetings *met, int64_t case_id)
{
    for (size_t i = 0; i < met->len; i++) {
        if (met->at[i].case_id == case_id)
            return met->at[i].kinds;
    }
    return 0;
}

static bool is_named_alike(struct str one, struct str other)
{
    return one.len >= NAME_MIN && other.len >= NAME_MIN &&
           (str_contains(other, one) || str_contains(one, other));
}

static int alarms_first(const void *a, const void *b)
{
    const struct duplicate *one = a, *other = b;
    bool alarm = coincidence_is_alarm(one->kinds);

    if (alarm != coincidence_is_alarm(other->kinds))
        return alarm ? -1 : 1;
    return (one->submitted_at.ms > other->submitted_at.ms) -
           (one->submitted_at.ms < other->submitted_at.ms);
}

bool cases_like(const struct casework *w, struct tx *tx, const struct subject *who,
                const struct product_case *c, struct arena *arena, struct duplicates *out,
                struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str mine = rediscovery_name(c->title, arena);
    struct meetings met;
    int got;

    *out = (struct duplicates){ 0 };
    if (!(who->roles & (ROLE_RB | ROLE_CB)))
        return true;
    if (!rediscovery_meetings(tx, c->id, arena, &met, err) ||
        !store_select(tx, &sql_list_titles,
                      BINDS(bind_int("id", c->id), bind_int("is_rb", (who->roles & ROLE_RB) != 0)),
                      arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        int64_t id = row_int(rows, "id");
        struct duplicate d = { .public_id = row_text(rows, "public_id"),
                               .number = row_text(rows, "number"),
                               .kinds = kinds_of(&met, id),
                               .state = (enum product_state)life_state(&product_life,
                                                                       row_text(rows, "state")),
                               .submitted_at = row_utc(rows, "submitted_at") };

        if (!open_title(w, tx, id, row_int(rows, "title_seq"), arena, &d.title, err))
            return PASS(err);
        if (is_named_alike(mine, rediscovery_name(d.title, arena)))
            d.kinds |= SAME_PRODUCT;
        if (coincidence_is_hint(d.kinds))
            VEC_PUSH(arena, out, d);
    }
    if (out->len > 1)
        qsort(out->at, out->len, sizeof out->at[0], alarms_first);
    return got == 0 ? true : PASS(err);
}

/* ---- the day's list ---- */

static void add_task(struct arena *arena, struct tasks *out, const struct case_line *line,
                     struct utc due, const char *words, struct str waits_for, const char *room)
{
    VEC_PUSH(
        arena, out,
        (struct task){ .due = due,
                       .words = words,
                       .case_public_id = line->public_id,
                       .number = line->number,
                       .title = line->title,
                       .waits_for = waits_for,
                       .path = arena_printf(arena, "/%s/%.*s", room, STR_ARG(line->public_id)) });
}

/* The receiving body: open new reports, decide, forward, answer; confirm advisories. */
static void tasks_rb(struct arena *arena, const struct case_line *line, struct str advisory,
                     struct tasks *out)
{
    if (line->state == CASE_SUBMITTED)
        add_task(arena, out, line, utc_add_days(line->submitted_at, 1), N_("Open the new report"),
                 STR_NONE, "reports");
    if (line->state == CASE_UNDER_REVIEW)
        add_task(arena, out, line, utc_add_days(line->submitted_at, 7),
                 N_("Decide whether it is accepted"), STR_NONE, "reports");
    if (line->state == CASE_ACCEPTED)
        add_task(arena, out, line, utc_add_days(line->accepted_at, 1),
                 N_("Forward it to the coordinating body"), STR_NONE, "reports");
    if (str_eq(advisory, STR("APPROVED")))
        add_task(arena, out, line, line->publication_date, N_("Confirm the advisory"), STR_NONE,
                 "cases");
    if (line->unread > 0)
        add_task(arena, out, line, (struct utc){ 0 }, N_("Read new messages"), STR_NONE, "reports");
}

/* A leak, an exploit, an attack: at once. Rule: CFD-15 */
static bool tasks_observed(struct tx *tx, const struct subject *who, const struct case_line *line,
                           struct arena *arena, struct tasks *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_observation_open, BINDS(bind_int("case_id", line->id)), arena, &rows,
                      err) ||
        !rows_one(rows, STR("observations"), err))
        return PASS(err);
    if (row_int(rows, "claimed_at"))
        add_task(arena, out, line, row_utc(rows, "claimed_at"),
                 N_("Confirm the leak, exploit or attack, or say that it is none"), STR_NONE,
                 "cases");
    if (row_int(rows, "adopted_at") && (who->roles & ROLE_CB))
        add_task(arena, out, line, row_utc(rows, "adopted_at"),
                 N_("Decide at once: a leak, exploit or attack has been confirmed"), STR_NONE,
                 "cases");
    return true;
}

/* A finder's request and question are to be answered within this. */
enum { ANSWER_FINDER_DAYS = 7 };

/* FND-12: the finder has asked to be released from silence. */
static bool task_of_withdrawal(struct tx *tx, const struct case_line *line, struct arena *arena,
                               struct tasks *out, struct err *err)
{
    struct utc asked;

    if (!store_number(tx, &sql_withdrawal_open, BINDS(bind_int("case_id", line->id)), 0, &asked.ms,
                      err))
        return PASS(err);
    if (asked.ms)
        add_task(arena, out, line, utc_add_days(asked, ANSWER_FINDER_DAYS),
                 N_("Answer the finder, who asks to be released from silence after one year"),
                 STR_NONE, "reports");
    return true;
}

/* Before the committee: the receiving body takes each step, the developer may speak. Rule: UNR-04 UNR-08 */
static void task_of_docket(const struct subject *who, const struct case_line *line,
                           struct rows *rows, struct utc now, struct arena *arena,
                           struct tasks *out)
{
    static const struct {
        const char *words;
        int days; /* after it was put before the committee */
    } steps[DOCKET_STATES] = {
        [DOCKET_PROPOSED] = { N_("Check the criteria for the committee"), 14 },
        [DOCKET_CHECKED] = { N_("Give notice to the developer that the committee judges"), 14 },
        [DOCKET_HEARD] = { N_("Call a meeting of the committee"), 60 },
        [DOCKET_DELIBERATED] = { N_("Decide on the committee's result"), 0 },
        [DOCKET_TO_PUBLISH] = { N_("Set the publication date that the committee's judgement allows"),
                                0 },
    };
    int state = life_state(&docket_life, row_text(rows, "state"));
    struct utc meeting = row_utc(rows, "meeting_at"), hearing = row_utc(rows, "hearing_until");

    if ((who->roles & ROLE_RB) && state >= 0 && steps[state].words)
        add_task(arena, out, line,
                 steps[state].days ? utc_add_days(row_utc(rows, "proposed_at"), steps[state].days)
                                   : meeting,
                 steps[state].words, STR_NONE, "cases");
    if ((who->roles & ROLE_RB) && state == DOCKET_NOTICE_GIVEN && hearing.ms <= now.ms)
        add_task(arena, out, line, hearing, N_("End the time for the developer's opinion"),
                 STR_NONE, "cases");
    if ((who->roles & ROLE_RB) && state == DOCKET_CONVENED)
        add_task(arena, out, line, meeting, N_("Keep the minutes of the judgement"), STR_NONE,
                 "cases");
    if ((who->roles & ROLE_PM) && state == DOCKET_NOTICE_GIVEN && hearing.ms > now.ms &&
        row_int(rows, "organisation_id") == who->organisation_id)
        add_task(arena, out, line, hearing, N_("Give your opinion to the committee"), STR_NONE,
                 "cases");
}

static bool tasks_committee(struct tx *tx, const struct subject *who, const struct case_line *line,
                            struct utc now, struct arena *arena, struct tasks *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_tasks_docket, BINDS(bind_int("case_id", line->id)), arena, &rows,
                      err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got > 0)
        task_of_docket(who, line, rows, now, arena, out);
    return got >= 0 ? true : PASS(err);
}

/* Who does not answer is asked again after this. */
enum { ASK_AGAIN_DAYS = 14 };

/* The receiving body with a website: decide, write to its operator in three stages, decide on its answers. Rule: WEB-01 WEB-11 WEB-14 */
static bool tasks_website(struct tx *tx, const struct case_line *line, struct arena *arena,
                          struct tasks *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct utc now = { 0 }, target;
    struct str result;

    if (!store_select(tx, &sql_tasks_website, BINDS(bind_int("id", line->id)), arena, &rows, err) ||
        !rows_one(rows, STR("a website"), err))
        return PASS(err);
    result = row_text(rows, "result");
    target = row_utc(rows, "estimate");
    if (!target.ms && row_utc(rows, "stage3_at").ms)
        target = utc_add_months(row_utc(rows, "stage3_at"), WEBSITE_TARGET_MONTHS);
    switch (line->site_state) {
    case SITE_SUBMITTED:
        add_task(arena, out, line, utc_add_days(line->submitted_at, 7),
                 N_("Decide whether it is accepted"), STR_NONE, "reports");
        break;
    case SITE_ACCEPTED:
        add_task(arena, out, line, utc_add_days(line->accepted_at, 1),
                 N_("Write to the operator of the website"), STR_NONE, "reports");
        break;
    case SITE_STAGE1_SENT:
        if (row_int(rows, "contact_seq"))
            add_task(arena, out, line, now, N_("Ask how mails to the operator are to be protected"),
                     STR_NONE, "reports");
        else
            add_task(arena, out, line, utc_add_days(row_utc(rows, "stage1_at"), ASK_AGAIN_DAYS),
                     N_("Ask the operator again"), STR_NONE, "reports");
        break;
    case SITE_STAGE2_SENT:
        if (row_text(rows, "encryption").len > 0)
            add_task(arena, out, line, now, N_("Send the details to the operator"), STR_NONE,
                     "reports");
        else
            add_task(arena, out, line, utc_add_days(row_utc(rows, "stage2_at"), ASK_AGAIN_DAYS),
                     N_("Ask the operator again"), STR_NONE, "reports");
        break;
    case SITE_STAGE3_SENT:
        add_task(arena, out, line, utc_add_days(row_utc(rows, "stage3_at"), ASK_AGAIN_DAYS),
                 N_("Ask the operator again"), STR_NONE, "reports");
        break;
    case SITE_INVESTIGATING:
    case SITE_FIXING:
        if (result.len > 0 && !str_eq(result, STR("AFFECTED")))
            add_task(arena, out, line, now, N_("Decide on the operator's result"), STR_NONE,
                     "reports");
        else
            add_task(arena, out, line, target, N_("A report of the fix is expected"), STR_NONE,
                     "reports");
        break;
    case SITE_FIXED:
        add_task(arena, out, line, utc_add_days(row_utc(rows, "fixed_at"), 1),
                 N_("Look at the report of the fix and close the case"), STR_NONE, "reports");
        break;
    default:
        break;
    }
    if (row_utc(rows, "direct_agreed_at").ms && !row_utc(rows, "direct_at").ms &&
        website_is_with_operator(line->site_state))
        add_task(arena, out, line, now, N_("Open the direct exchange of finder and operator"),
                 STR_NONE, "reports");
    if (line->unread > 0)
        add_task(arena, out, line, now, N_("Read new messages"), STR_NONE, "reports");
    return true;
}

static bool tasks_of_developers(struct tx *tx, const struct case_line *line, struct utc now,
                                struct arena *arena, struct tasks *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_tasks_participants, BINDS(bind_int("case_id", line->id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str state = row_text(rows, "state"), name = row_text(rows, "name_ja");
        struct utc due = row_utc(rows, "answer_due");

        if (str_eq(state, STR("IDENTIFIED")))
            add_task(arena, out, line, (struct utc){ 0 }, N_("Send the summary"), name, "cases");
        else if (str_eq(state, STR("DETAIL_REQUESTED")))
            add_task(arena, out, line, utc_add_days(row_utc(rows, "detail_requested_at"), 1),
                     N_("Give the detail that was asked for"), name, "cases");
        else if (due.ms && due.ms < now.ms)
            add_task(arena, out, line, due, N_("Ask again: the answer is overdue"), name, "cases");
        else if (due.ms && due.ms < now.ms + 3 * UTC_DAY)
            add_task(arena, out, line, due, N_("An answer is expected"), name, "cases");
    }
    return got == 0 ? true : PASS(err);
}

/* The coordinating body: take, choose, ask, decide dates and wishes, write and review. */
static bool tasks_cb(const struct casework *w, struct tx *tx, const struct subject *who,
                     const struct case_line *line, struct str advisory, int64_t author_id,
                     struct utc now, struct arena *arena, struct tasks *out, struct err *err)
{
    int64_t wishes, hints;

    if (!store_number(tx, &sql_tasks_open_wishes, BINDS(bind_int("case_id", line->id)), 0, &wishes,
                      err) ||
        !store_number(tx, &sql_tasks_open_hints, BINDS(bind_int("case_id", line->id)), 0, &hints,
                      err))
        return PASS(err);
    if (line->state == CASE_WITH_CB || line->state == CASE_FOREIGN)
        add_task(arena, out, line, utc_add_days(line->changed_at, 1), N_("Choose the developers"),
                 STR_NONE, "cases");
    if (wishes > 0)
        add_task(arena, out, line, utc_add_days(line->changed_at, 1),
                 N_("Answer the wish to move the date"), STR_NONE, "cases");
    if (hints > 0)
        add_task(arena, out, line, (struct utc){ 0 },
                 N_("Look into a hint that others are affected"), STR_NONE, "cases");
    if (line->state == CASE_SELF_PRODUCT)
        add_task(arena, out, line, utc_add_days(line->submitted_at, w->target_days),
                 N_("Hear the developer and decide the publication date"), STR_NONE, "cases");
    if (line->state == CASE_COORDINATING && line->start_at.ms)
        add_task(arena, out, line, utc_add_days(line->start_at, w->target_days),
                 N_("Decide the publication date"), STR_NONE, "cases");
    if ((line->state == CASE_DATE_SET ||
         (line->state == CASE_COMMITTEE && line->publication_date.ms)) &&
        (advisory.len == 0 || str_eq(advisory, STR("DRAFT"))))
        add_task(arena, out, line, utc_add_days(line->publication_date, -7),
                 N_("Write the advisory"), STR_NONE, "cases");
    if (str_eq(advisory, STR("REVIEW")) && author_id != who->account_id)
        add_task(arena, out, line, utc_add_days(line->publication_date, -3),
                 N_("Review the advisory"), STR_NONE, "cases");
    if (line->unread > 0)
        add_task(arena, out, line, (struct utc){ 0 }, N_("Read new messages"), STR_NONE, "cases");
    return tasks_of_developers(tx, line, now, arena, out, err);
}

static void tasks_developer(struct arena *arena, const struct case_line *line, struct tasks *out)
{
    struct str s = line->own_state;

    if (str_eq(s, STR("SUMMARY_SENT")))
        add_task(arena, out, line, line->own_due, N_("Say whether your products may be concerned"),
                 STR_NONE, "cases");
    else if (str_eq(s, STR("DETAIL_SENT")))
        add_task(arena, out, line, line->own_due, N_("Verify your products and report the result"),
                 STR_NONE, "cases");
    else if (str_eq(s, STR("VERIFIED")) || str_eq(s, STR("MITIGATING")))
        add_task(arena, out, line, line->own_due.ms ? line->own_due : line->publication_date,
                 N_("Report your response status"), STR_NONE, "cases");
    if (line->unread > 0)
        add_task(arena, out, line, (struct utc){ 0 }, N_("Read new messages"), STR_NONE, "cases");
}

static bool advisory_of(struct tx *tx, int64_t case_id, struct arena *arena, struct str *state,
                        int64_t *author, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *state = STR_NONE;
    *author = 0;
    if (!store_select(tx, &sql_tasks_advisory, BINDS(bind_int("case_id", case_id)), arena, &rows,
                      err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got > 0) {
        *state = row_text(rows, "state");
        *author = row_int(rows, "author_id");
    }
    return got >= 0 ? true : PASS(err);
}

/* Oldest deadline first; what has none comes after what is due within the day. */
static int by_due(const void *a, const void *b)
{
    const struct task *x = a, *y = b;
    int64_t dx = x->due.ms ? x->due.ms : INT64_MAX, dy = y->due.ms ? y->due.ms : INT64_MAX;

    return dx < dy ? -1 : dx > dy;
}

/* INT-12: a finder's question is consulted on, then answered. */
static bool tasks_of_inquiries(struct tx *tx, const struct subject *who,
                               const struct case_line *line, struct arena *arena, struct tasks *out,
                               struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_inquiries_waiting, BINDS(bind_int("case_id", line->id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        bool is_asked = str_eq(row_text(rows, "state"), STR("CONSULTING"));

        if ((who->roles & ROLE_RB) && !is_asked)
            add_task(arena, out, line, utc_add_days(row_utc(rows, "at"), ANSWER_FINDER_DAYS),
                     row_int(rows, "advised_at")
                         ? N_("Answer the finder's question: it has been consulted on")
                         : N_("Consult on the finder's question, and answer it"),
                     STR_NONE, "reports");
        if ((who->roles & ROLE_CB) && is_asked)
            add_task(arena, out, line,
                     utc_add_days(row_utc(rows, "consulted_at"), ANSWER_FINDER_DAYS),
                     N_("Say what the finder may be told"), STR_NONE, "cases");
    }
    return got == 0 ? true : PASS(err);
}

/* A finder's request is answered in whatever case it was made: one that rests in another one, or has ended, as well. */
static bool tasks_of_finders(const struct casework *w, struct tx *tx, const struct subject *who,
                             bool mine, struct utc now, struct arena *arena, struct tasks *out,
                             struct err *err)
{
    struct case_filter filter = { .state = STR("waiting"), .mine = mine, .limit = 1000 };
    struct case_lines lines;

    if (!(who->roles & (ROLE_RB | ROLE_CB)))
        return true;
    if (!cases_list(w, tx, who, &filter, now, arena, &lines, err))
        return PASS(err);
    for (size_t i = 0; i < lines.len; i++) {
        if (((who->roles & ROLE_RB) && !task_of_withdrawal(tx, &lines.at[i], arena, out, err)) ||
            !tasks_of_inquiries(tx, who, &lines.at[i], arena, out, err))
            return PASS(err);
    }
    return true;
}

bool tasks_today(const struct casework *w, struct tx *tx, const struct subject *who, bool mine,
                 struct utc now, struct arena *arena, struct tasks *out, struct err *err)
{
    struct case_filter filter = { .state = STR("open"), .mine = mine, .limit = 1000 };
    struct case_lines lines;

    *out = (struct tasks){ 0 };
    if (!cases_list(w, tx, who, &filter, now, arena, &lines, err))
        return PASS(err);
    for (size_t i = 0; i < lines.len; i++) {
        struct str advisory;
        int64_t author;

        if (lines.at[i].is_website) {
            if (!tasks_website(tx, &lines.at[i], arena, out, err))
                return PASS(err);
            continue;
        }
        if (!advisory_of(tx, lines.at[i].id, arena, &advisory, &author, err))
            return PASS(err);
        if ((who->roles & (ROLE_RB | ROLE_CB)) && lines.at[i].state >= CASE_WITH_CB &&
            !tasks_observed(tx, who, &lines.at[i], arena, out, err))
            return PASS(err);
        if (lines.at[i].state == CASE_COMMITTEE &&
            !tasks_committee(tx, who, &lines.at[i], now, arena, out, err))
            return PASS(err);
        if (who->roles & ROLE_RB)
            tasks_rb(arena, &lines.at[i], advisory, out);
        if ((who->roles & ROLE_CB) &&
            !tasks_cb(w, tx, who, &lines.at[i], advisory, author, now, arena, out, err))
            return PASS(err);
        if (who->roles & (ROLE_PM | ROLE_PD))
            tasks_developer(arena, &lines.at[i], out);
    }
    if (!tasks_of_finders(w, tx, who, mine, now, arena, out, err))
        return PASS(err);
    if (out->len > 1)
        qsort(out->at, out->len, sizeof out->at[0], by_due);
    return true;
}
