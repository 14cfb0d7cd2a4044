#include "domain/casework/coordination.h"

#include "domain/access/outbox.h"
#include "domain/casework/committee.h"
#include "domain/casework/coordination.sql.h"
#include "domain/casework/direct.h"
#include "domain/casework/eol.h"
#include "domain/casework/timer.h"
#include "domain/casework/withdrawal.h"
#include "domain/casework/words.h"
#include "store/store.h"

const char *const date_bases[] = { "AGREED", "INDEPENDENT", "NO_REPLY", "UNREACHABLE", NULL };

enum { TARGET_WARNING_DAYS = 7, YEAR_WARNING_DAYS = 30, STATUS_WARNING_DAYS = 7 };

static bool is_one_of(struct str word, const char *const *list)
{
    for (; *list; list++) {
        if (str_eq_z(word, *list))
            return true;
    }
    return false;
}

static bool is_coordinator(const struct subject *who, struct err *err)
{
    return who->roles & ROLE_CB ? true : FAIL(err, NOT_YOUR_MOVE, STR("coordinate"));
}

static bool is_open(const struct product_case *c, struct err *err)
{
    if (c->state >= CASE_WITH_CB && !product_is_closed(c->state))
        return true;
    return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
}

bool coordination_may(const struct subject *who, const struct product_case *c, struct err *err)
{
    return is_coordinator(who, err) && is_open(c, err) ? true : PASS(err);
}

bool coordination_may_add(const struct subject *who, const struct product_case *c, struct err *err)
{
    if (str_eq(c->origin, STR("SELF"))) /* limited to its own product, else it is COO-31 */
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    return coordination_may(who, c, err) ? true : PASS(err);
}

static struct news news_of(const char *notice, const struct product_case *c,
                           const struct developer *d, int64_t seq)
{
    return (struct news){ .notice = notice,
                          .case_id = c->id,
                          .participant_id = d ? d->id : 0,
                          .report_id = c->report_id,
                          .seq = seq };
}

static bool tell_developer(struct tx *tx, const char *notice, const struct product_case *c,
                           const struct developer *d, int64_t seq, struct utc now, struct err *err)
{
    struct news news = news_of(notice, c, d, seq);

    return outbox_to_managers(tx, &news, d->organisation_id, now, err) ? true : PASS(err);
}

/* COO-17, COO-22: RB and every developer that was notified in this case. */
static bool tell_all(struct tx *tx, const char *notice, const struct product_case *c,
                     const struct developers *developers, int64_t seq, struct utc now,
                     struct err *err)
{
    struct news news = news_of(notice, c, NULL, seq);

    if (!outbox_to_role(tx, &news, ROLE_RB, now, err))
        return PASS(err);
    for (size_t i = 0; i < developers->len; i++) {
        if (developers->at[i].summary_at.ms &&
            !tell_developer(tx, notice, c, &developers->at[i], seq, now, err))
            return PASS(err);
    }
    return true;
}

bool coordination_take(const struct casework *w, struct tx *tx, const struct subject *who,
                       struct product_case *c, struct utc now, struct arena *arena, struct err *err)
{
    struct product_facts facts = { 0 };
    struct details details = { 0 };
    struct entry entry;

    if (!case_move(tx, who, c, ON_TAKE, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    if (!c->handling_started_at.ms)
        c->handling_started_at = now;
    return coordination_expect_target(w, tx, c, err) ? true : PASS(err);
}

/* ---- developers ---- */

bool coordination_joining(struct tx *tx, const struct product_case *c, struct str public_id,
                          struct arena *arena, enum joining *out, int64_t *organisation_id,
                          struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int64_t id, taken;
    int got;

    if (!store_select(tx, &sql_coordination_developer, BINDS(bind_text("public_id", public_id)),
                      arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got < 0)
        return PASS(err);
    *out = JOINING_NO_DEVELOPER;
    if (got == 0 || !str_eq(row_text(rows, "kind"), STR("PD")))
        return true;
    id = row_int(rows, "id");
    if (organisation_id)
        *organisation_id = id;
    if (!store_number(tx, &sql_coordination_is_in,
                      BINDS(bind_int("case_id", c->id), bind_int("organisation_id", id)), 0, &taken,
                      err))
        return PASS(err);
    *out = taken                                 ? JOINING_IN_CASE
           : row_int(rows, "handling_suspended") ? JOINING_LEFT_OUT /* CFD-07 */
                                                 : JOINING_MAY;
    return true;
}

static bool add_to_case(struct tx *tx, const struct subject *who, struct product_case *c,
                        struct developer *d, struct utc now, struct arena *arena, struct err *err)
{
    struct buf facts = buf_new(arena, 256);
    struct details details = { 0 };
    struct developer_facts none = { 0 };
    struct entry entry;

    /* Towards each developer the finder has another name (A5): two developers cannot compare notes. */
    d->alias = arena_printf(arena, "F-%.*s", STR_ARG(random_code(arena, 1, 6)));
    d->public_id = public_id_new(arena);
    record_put(&facts, "public_id", d->public_id);
    record_put(&facts, "alias", d->alias);
    return buf_done(&facts, &details.facts, err) &&
                   developer_move(tx, who, c, d, ON_ADD, &none, &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool coordination_add(const struct casework *w, struct tx *tx, const struct subject *who,
                      struct product_case *c, struct str organisation_id, struct utc now,
                      struct arena *arena, struct developer *out, struct err *err)
{
    struct developer d = { .case_id = c->id, .state = DEVELOPER_START };
    struct product_facts facts = { .developers = 1 };
    struct details details = { 0 };
    bool waits = c->state == CASE_WITH_CB || c->state == CASE_FOREIGN; /* for its developers */
    enum joining joining;
    struct entry entry;

    if (!coordination_may_add(who, c, err) ||
        !coordination_joining(tx, c, organisation_id, arena, &joining, &d.organisation_id, err))
        return PASS(err);
    if (joining != JOINING_MAY)
        return FAIL(err, INPUT,
                    joining == JOINING_LEFT_OUT ? STR("developer_left_out") : STR("developer"));
    if (waits && !c->handling_started_at.ms && !coordination_take(w, tx, who, c, now, arena, err))
        return PASS(err);
    if (!store_number(tx, &sql_participant_next_for_add, NO_BINDS, 1, &d.id, err) ||
        !add_to_case(tx, who, c, &d, now, arena, err))
        return PASS(err);
    if (waits && !case_move(tx, who, c, ON_IDENTIFY, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    *out = d;
    return true;
}

bool coordination_remove(struct tx *tx, const struct subject *who, struct product_case *c,
                         struct developer *d, struct str reason, struct utc now,
                         struct arena *arena, struct err *err)
{
    struct details details = { 0 };
    struct entry entry;

    if (!is_coordinator(who, err) || !is_open(c, err))
        return PASS(err);
    if (!words_are_fine(reason))
        return FAIL(err, INPUT, STR("reason"));
    return words_record(arena, reason, &details.payload, err) &&
                   docket_cause_falls(tx, who, c, d, now, arena, err) &&
                   case_note(tx, who, c, d->id, "participant.removed", &details, now, arena, &entry,
                             err) &&
                   timer_clear(tx, c->id, d->id, TIMER_ANSWER, now, err)
               ? true
               : PASS(err);
}

bool coordination_write_summary(struct tx *tx, const struct subject *who, struct product_case *c,
                                struct str text, struct utc now, struct arena *arena,
                                struct err *err)
{
    struct details details = { 0 };
    struct entry entry;

    if (!is_coordinator(who, err) || !is_open(c, err))
        return PASS(err);
    if (!words_are_fine(text))
        return FAIL(err, INPUT, STR("summary"));
    if (!words_record(arena, text, &details.payload, err) ||
        !case_note(tx, who, c, 0, "case.summarised", &details, now, arena, &entry, err))
        return PASS(err);
    c->summary = str_trim(text);
    return true;
}

bool coordination_start_clock(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *c, struct utc now, struct arena *arena,
                              struct err *err)
{
    struct product_facts facts = { 0 };
    struct details details = { 0 };
    struct entry entry;

    if (c->state != CASE_VENDOR_IDENTIFIED)
        return true;
    if (!case_move(tx, who, c, ON_CONTACT, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    c->first_contact_at = now;
    return coordination_expect_target(w, tx, c, err) ? true : PASS(err);
}

bool coordination_expect_target(const struct casework *w, struct tx *tx,
                                const struct product_case *c, struct err *err)
{
    struct utc start = case_start(w, c), target = utc_add_days(start, w->target_days);

    if (!start.ms)
        return true;
    return timer_set(tx, c->id, 0, TIMER_TARGET, utc_add_days(target, -TARGET_WARNING_DAYS), err) &&
                   timer_set(tx, c->id, 0, TIMER_TARGET_AT, target, err) &&
                   (!c->report_id || /* only a finder keeps silent for somebody else */
                    timer_set(tx, c->id, 0, TIMER_YEAR,
                              utc_add_days(withdrawal_from(w, c), -YEAR_WARNING_DAYS), err))
               ? true
               : PASS(err);
}

static bool expect_answer(struct tx *tx, const struct product_case *c, const struct developer *d,
                          struct utc due, struct utc now, struct err *err)
{
    if (!timer_clear(tx, c->id, d->id, TIMER_ANSWER, now, err))
        return PASS(err);
    return timer_set(tx, c->id, d->id, TIMER_ANSWER, due, err) ? true : PASS(err);
}

static bool due_lies_ahead(struct utc due, struct utc now, struct err *err)
{
    return due.ms > now.ms ? true : FAIL(err, INPUT, STR("answer_due"));
}

bool coordination_send_summary(const struct casework *w, struct tx *tx, const struct subject *who,
                               struct product_case *c, struct developer *d, struct utc answer_due,
                               struct utc now, struct arena *arena, struct err *err)
{
    struct developer_facts facts = { .has_summary = c->summary.len > 0 };
    struct details details = { .n = answer_due };
    struct entry entry;
    int64_t managers;

    if (!is_coordinator(who, err) || !is_open(c, err) || !due_lies_ahead(answer_due, now, err) ||
        !store_number(
            tx, &sql_coordination_managers,
            BINDS(bind_int("organisation_id", d->organisation_id), bind_int("roles", ROLE_PM)), 0,
            &managers, err))
        return PASS(err);
    facts.is_registered = managers > 0 && str_eq(d->organisation_state, STR("REGISTERED"));
    if (!developer_move(tx, who, c, d, ON_SEND_SUMMARY, &facts, &details, now, arena, &entry,
                        err) ||
        !coordination_start_clock(w, tx, who, c, now, arena, err) ||
        !expect_answer(tx, c, d, answer_due, now, err))
        return PASS(err);
    d->summary_at = now;
    return tell_developer(tx, "N07", c, d, entry.seq, now, err);
}

bool coordination_send_summaries(const struct casework *w, struct tx *tx, const struct subject *who,
                                 struct product_case *c, struct developers *developers,
                                 struct utc answer_due, struct utc now, struct arena *arena,
                                 int64_t *sent, struct err *err)
{
    *sent = 0;
    if (!is_coordinator(who, err) || !is_open(c, err) || !due_lies_ahead(answer_due, now, err))
        return PASS(err);
    for (size_t i = 0; i < developers->len; i++) {
        struct developer *d = &developers->at[i];
        struct err why = { 0 };

        if (d->state != DEVELOPER_IDENTIFIED)
            continue;
        if (coordination_send_summary(w, tx, who, c, d, answer_due, now, arena, &why)) {
            ++*sent;
        } else if (why.code != ERR_NOT_READY) { /* not registered: asked by itself, later */
            *err = why;
            return PASS(err);
        }
    }
    return *sent > 0 ? true : FAIL(err, NOT_READY, STR("registered_and_summary_written"));
}

bool coordination_send_detail(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct developer *d, struct utc answer_due, struct utc now,
                              struct arena *arena, struct err *err)
{
    struct developer_facts facts = { 0 };
    struct details details = { .n = answer_due };
    struct entry entry;

    if (!is_coordinator(who, err) || !is_open(c, err) || !due_lies_ahead(answer_due, now, err) ||
        !developer_move(tx, who, c, d, ON_SEND_DETAIL, &facts, &details, now, arena, &entry, err) ||
        !expect_answer(tx, c, d, answer_due, now, err))
        return PASS(err);
    d->detail_at = now;
    return tell_developer(tx, "N08", c, d, entry.seq, now, err);
}

bool coordination_remind(struct tx *tx, const struct subject *who, struct product_case *c,
                         struct developer *d, struct utc answer_due, struct utc now,
                         struct arena *arena, struct err *err)
{
    struct details details = { .n = answer_due };
    struct entry entry;

    if (!(who->roles & (ROLE_CB | ROLE_CLOCK)))
        return FAIL(err, NOT_YOUR_MOVE, STR("remind"));
    if (!is_open(c, err) || !due_lies_ahead(answer_due, now, err))
        return PASS(err);
    if (!d->summary_at.ms)
        return FAIL(err, NOT_READY, STR("summary"));
    return case_note(tx, who, c, d->id, "reminder.sent", &details, now, arena, &entry, err) &&
                   case_note(tx, who, c, d->id, "answer.asked", &details, now, arena, &entry,
                             err) &&
                   expect_answer(tx, c, d, answer_due, now, err) &&
                   tell_developer(tx, "REMIND", c, d, entry.seq, now, err)
               ? true
               : PASS(err);
}

bool coordination_remind_all(struct tx *tx, const struct subject *who, struct product_case *c,
                             struct developers *developers, bool overdue_only,
                             struct utc answer_due, struct utc now, struct arena *arena,
                             int64_t *sent, struct err *err)
{
    *sent = 0;
    if (!is_coordinator(who, err) || !is_open(c, err) || !due_lies_ahead(answer_due, now, err))
        return PASS(err);
    for (size_t i = 0; i < developers->len; i++) {
        struct developer *d = &developers->at[i];

        if (!coordination_owes(d) || (overdue_only && d->answer_due.ms > now.ms))
            continue;
        if (!coordination_remind(tx, who, c, d, answer_due, now, arena, err))
            return PASS(err);
        ++*sent;
    }
    return *sent > 0 ? true : FAIL(err, NOT_READY, STR("somebody_owes_an_answer"));
}

bool coordination_ask_status(struct tx *tx, const struct subject *who, struct product_case *c,
                             const struct developers *developers, struct utc answer_due,
                             struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { .n = answer_due };
    struct entry entry;
    bool asked = false;

    if (!is_coordinator(who, err) || !is_open(c, err) || !due_lies_ahead(answer_due, now, err))
        return PASS(err);
    for (size_t i = 0; i < developers->len; i++) {
        const struct developer *d = &developers->at[i];

        if (!d->detail_at.ms || str_eq(d->affected, STR("NO")))
            continue;
        if (!case_note(tx, who, c, d->id, "answer.asked", &details, now, arena, &entry, err) ||
            !expect_answer(tx, c, d, answer_due, now, err) ||
            !tell_developer(tx, "N36", c, d, entry.seq, now, err))
            return PASS(err);
        asked = true;
    }
    return asked ? true : FAIL(err, NOT_READY, STR("a developer with the detail"));
}

bool coordination_mark_silent(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct developer *d, struct utc now, struct arena *arena,
                              struct err *err)
{
    struct developer_facts facts = { .was_reminded = d->reminders > 0 };
    struct details details = { 0 };
    struct entry entry;

    return is_open(c, err) &&
                   developer_move(tx, who, c, d, ON_SILENT, &facts, &details, now, arena, &entry,
                                  err) &&
                   timer_clear(tx, c->id, d->id, TIMER_ANSWER, now, err)
               ? true
               : PASS(err);
}

/* ---- the date ---- */

/* The verification reports are in, or the basis says why the date is set without them. */
static bool has_basis(const struct developers *developers, struct str basis)
{
    bool any_report = false;

    for (size_t i = 0; i < developers->len; i++)
        any_report |= developers->at[i].verified_at.ms != 0;
    return str_eq(basis, STR("AGREED")) ? any_report : is_one_of(basis, date_bases);
}

bool coordination_expect_publication(struct tx *tx, const struct product_case *c, struct utc date,
                                     struct utc now, struct err *err)
{
    return timer_clear(tx, c->id, 0, TIMER_PUBLISH, now, err) &&
                   timer_clear(tx, c->id, 0, TIMER_STATUS, now, err) &&
                   timer_set(tx, c->id, 0, TIMER_PUBLISH, date, err) &&
                   timer_set(tx, c->id, 0, TIMER_STATUS, utc_add_days(date, -STATUS_WARNING_DAYS),
                             err)
               ? true
               : PASS(err);
}

bool coordination_set_date(const struct casework *w, struct tx *tx, const struct subject *who,
                           struct product_case *c, const struct developers *developers,
                           struct utc date, struct str why, struct utc now, struct arena *arena,
                           struct err *err)
{
    struct str basis = record_get(why, "basis");
    struct utc target = utc_add_days(case_start(w, c), w->target_days);
    struct product_facts facts = { .has_date = date.ms > now.ms,
                                   .has_basis = has_basis(developers, basis),
                                   .developers_heard = record_get(why, "heard").len > 0 };
    struct details details = { .code = basis, .n = date, .payload = why };
    struct entry entry;

    if (c->first_contact_at.ms && date.ms > target.ms && !words_are_fine(record_get(why, "reason")))
        return FAIL(err, INPUT, STR("reason"));
    if (!docket_allows(tx, c, arena, &facts.committee_allows, err) ||
        !case_move(tx, who, c, ON_SET_DATE, &facts, &details, now, arena, &entry, err) ||
        !coordination_expect_publication(tx, c, date, now, err))
        return PASS(err);
    return tell_all(tx, "N09", c, developers, entry.seq, now, err) ? true : PASS(err);
}

bool coordination_wants_second(const struct casework *w, const struct product_case *c,
                               struct utc date)
{
    return date.ms > c->publication_date.ms && c->date_changes >= w->date_changes_alone;
}

/* P10, once everything that it wants is there. */
static bool change_date(struct tx *tx, const struct subject *who, struct product_case *c,
                        const struct developers *developers, const struct product_facts *facts,
                        struct details *details, struct str reason, struct utc now,
                        struct arena *arena, struct err *err)
{
    struct entry entry;

    if (!words_record(arena, reason, &details->payload, err) ||
        !case_move(tx, who, c, ON_CHANGE_DATE, facts, details, now, arena, &entry, err) ||
        !coordination_expect_publication(tx, c, details->n, now, err))
        return PASS(err);
    c->date_changes++;
    return tell_all(tx, "N10", c, developers, entry.seq, now, err) ? true : PASS(err);
}

bool coordination_change_date(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *c, const struct developers *developers,
                              struct utc date, bool others_heard, struct str reason, struct utc now,
                              struct arena *arena, struct err *err)
{
    struct product_facts facts = { .has_date = date.ms > now.ms,
                                   .developers_heard = others_heard,
                                   .has_reason = words_are_fine(reason),
                                   .has_second_person = !coordination_wants_second(w, c, date) };
    struct details details = { .n = date };

    return change_date(tx, who, c, developers, &facts, &details, reason, now, arena, err)
               ? true
               : PASS(err);
}

bool coordination_later_date(struct tx *tx, const struct product_case *c, struct arena *arena,
                             struct later_date *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str record;
    int got;

    *out = (struct later_date){ 0 };
    if (!store_select(tx, &sql_coordination_later_date, BINDS(bind_int("case_id", c->id)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    *out = (struct later_date){ .seq = row_int(rows, "seq"),
                                .proposed_by = row_int(rows, "proposed_by"),
                                .proposed = row_utc(rows, "proposed"),
                                .at = row_utc(rows, "at"),
                                .proposed_by_name = row_text(rows, "name") };
    if (!ledger_payload(tx, &c->key, out->seq, arena, &record, err))
        return PASS(err);
    out->reason = record_get(record, "text");
    return true;
}

bool coordination_propose_date(struct tx *tx, const struct subject *who, struct product_case *c,
                               struct utc date, bool others_heard, struct str reason,
                               struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { .n = date };
    struct news news;
    struct entry entry;

    if (!is_coordinator(who, err))
        return PASS(err);
    if (c->state != CASE_DATE_SET)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (date.ms <= c->publication_date.ms || date.ms <= now.ms)
        return FAIL(err, INPUT, STR("date"));
    if (!others_heard)
        return FAIL(err, INPUT, STR("others_heard"));
    if (!words_are_fine(reason))
        return FAIL(err, INPUT, STR("reason"));
    if (!words_record(arena, reason, &details.payload, err) ||
        !case_note(tx, who, c, 0, "date.proposed", &details, now, arena, &entry, err))
        return PASS(err);
    news = news_of("DATE_PROPOSED", c, NULL, entry.seq);
    return outbox_to_role(tx, &news, ROLE_CB, now, err) ? true : PASS(err);
}

bool coordination_decide_later_date(struct tx *tx, const struct subject *who,
                                    struct product_case *c, const struct developers *developers,
                                    bool is_agreed, struct str words, struct utc now,
                                    struct arena *arena, struct err *err)
{
    struct product_facts facts = { .developers_heard = true, .has_reason = true };
    struct details details = { 0 };
    struct later_date proposal;
    struct entry entry;

    if (!is_coordinator(who, err) || !coordination_later_date(tx, c, arena, &proposal, err))
        return PASS(err);
    if (!proposal.seq)
        return FAIL(err, CHANGED_MEANWHILE, c->number);
    details.ref = proposal.seq;
    if (!is_agreed) {
        if (!words_are_fine(words))
            return FAIL(err, INPUT, STR("words"));
        return words_record(arena, words, &details.payload, err) &&
                       case_note(tx, who, c, 0, "date.proposal_declined", &details, now, arena,
                                 &entry, err)
                   ? true
                   : PASS(err);
    }
    if (proposal.proposed_by == who->account_id)
        return FAIL(err, NOT_READY, STR("second_person_agrees"));
    details.n = proposal.proposed;
    facts.has_date = proposal.proposed.ms > now.ms;
    facts.has_second_person = true;
    return change_date(tx, who, c, developers, &facts, &details, proposal.reason, now, arena, err)
               ? true
               : PASS(err);
}

static bool wish_owner(struct tx *tx, const struct product_case *c, int64_t id, struct arena *arena,
                       struct developer *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_coordination_wish_participant,
                      BINDS(bind_int("id", id), bind_int("case_id", c->id)), arena, &rows, err) ||
        !rows_one(rows, STR("a wish"), err))
        return PASS(err);
    *out = (struct developer){ .id = row_int(rows, "participant_id"),
                               .organisation_id = row_int(rows, "organisation_id") };
    return true;
}

bool coordination_decide_request(struct tx *tx, const struct subject *who, struct product_case *c,
                                 int64_t id, bool adopted, struct str words, struct utc now,
                                 struct arena *arena, struct err *err)
{
    struct details details = { .code = adopted ? STR("ADOPTED") : STR("DECLINED"), .ref = id };
    struct developer owner;
    struct entry entry;
    int64_t open;

    if (!is_coordinator(who, err) ||
        !store_number(tx, &sql_coordination_wish_open,
                      BINDS(bind_int("id", id), bind_int("case_id", c->id)), 0, &open, err))
        return PASS(err);
    if (!open)
        return FAIL(err, CHANGED_MEANWHILE, STR("wish"));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!wish_owner(tx, c, id, arena, &owner, err) ||
        !words_record(arena, words, &details.payload, err) ||
        !case_note(tx, who, c, owner.id, "date.decided", &details, now, arena, &entry, err))
        return PASS(err);
    return tell_developer(tx, "WISH_DECIDED", c, &owner, entry.seq, now, err);
}

bool coordination_handle_hint(struct tx *tx, const struct subject *who, struct product_case *c,
                              int64_t id, struct str words, struct utc now, struct arena *arena,
                              struct err *err)
{
    struct details details = { .ref = id };
    struct entry entry;
    int64_t open;

    if (!is_coordinator(who, err) ||
        !store_number(tx, &sql_coordination_hint_open,
                      BINDS(bind_int("id", id), bind_int("case_id", c->id)), 0, &open, err))
        return PASS(err);
    if (!open)
        return FAIL(err, CHANGED_MEANWHILE, STR("hint"));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    return words_record(arena, words, &details.payload, err) &&
                   case_note(tx, who, c, 0, "hint.handled", &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

/* ---- ending without publication ---- */

bool coordination_close(struct tx *tx, const struct subject *who, struct product_case *c,
                        const struct developers *developers, enum product_event event,
                        struct str words, struct utc now, struct arena *arena, struct err *err)
{
    struct product_facts facts = { .has_reason = words_are_fine(words),
                                   .is_agreed = event == ON_CLOSE_INDIVIDUAL };
    struct details details = { .code = str_from_z(product_life.events[event]) };
    struct news news;
    struct eol eol;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("words"));
    if (!eol_load(tx, c, arena, &eol, err))
        return PASS(err);
    facts.is_eol_a = eol_case_of(&eol, developers, now) == EOL_A;
    product_facts_count(developers, &facts);
    if (!words_record(arena, words, &details.payload, err) ||
        !case_move(tx, who, c, event, &facts, &details, now, arena, &entry, err) ||
        !timer_clear(tx, c->id, 0, TIMER_PUBLISH, now, err) ||
        !timer_clear(tx, c->id, 0, TIMER_STATUS, now, err) ||
        !timer_clear(tx, c->id, 0, TIMER_TARGET, now, err) ||
        !timer_clear(tx, c->id, 0, TIMER_TARGET_AT, now, err))
        return PASS(err);
    for (size_t i = 0; i < developers->len; i++) {
        if (!timer_clear(tx, c->id, developers->at[i].id, TIMER_ANSWER, now, err))
            return PASS(err);
    }
    news = news_of("N14", c, NULL, entry.seq);
    return tell_all(tx, "N14", c, developers, entry.seq, now, err) &&
                   (!c->report_id || outbox_to_finder(tx, &news, now, err)) &&
                   direct_tell_end(tx, c, entry.seq, now, err)
               ? true
               : PASS(err);
}

/* ---- what waits ---- */

bool coordination_wishes(struct tx *tx, const struct product_case *c, struct arena *arena,
                         struct wishes *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct wishes){ 0 };
    if (!store_select(tx, &sql_coordination_wishes, BINDS(bind_int("case_id", c->id)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str record;

        if (!ledger_payload(tx, &c->key, row_int(rows, "seq"), arena, &record, err))
            return PASS(err);
        VEC_PUSH(arena, out,
                 (struct wish){ .id = row_int(rows, "id"),
                                .participant_id = row_int(rows, "participant_id"),
                                .proposed = row_utc(rows, "proposed"),
                                .at = row_utc(rows, "at"),
                                .reason = record_get(record, "text"),
                                .state = row_text(rows, "state"),
                                .organisation_name = row_text(rows, "name_ja") });
    }
    return got == 0 ? true : PASS(err);
}

bool coordination_hints(struct tx *tx, const struct product_case *c, struct arena *arena,
                        struct other_hints *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct other_hints){ 0 };
    if (!store_select(tx, &sql_coordination_hints, BINDS(bind_int("case_id", c->id)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct str record;

        if (!ledger_payload(tx, &c->key, row_int(rows, "seq"), arena, &record, err))
            return PASS(err);
        VEC_PUSH(arena, out,
                 (struct other_hint){ .id = row_int(rows, "id"),
                                      .participant_id = row_int(rows, "participant_id"),
                                      .at = row_utc(rows, "at"),
                                      .developer = record_get(record, "developer"),
                                      .product = record_get(record, "product"),
                                      .reason = record_get(record, "text"),
                                      .organisation_name = row_text(rows, "name_ja"),
                                      .is_handled = !row_is_null(rows, "handled_seq") });
    }
    return got == 0 ? true : PASS(err);
}
