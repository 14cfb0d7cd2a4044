#include "domain/casework/committee.h"

#include "domain/access/outbox.h"
#include "domain/casework/committee.sql.h"
#include "domain/casework/contact.h"
#include "domain/casework/coordination.h"
#include "domain/casework/eol.h"
#include "domain/casework/observation.h"
#include "domain/casework/timer.h"
#include "domain/casework/unreachable.h"
#include "domain/casework/words.h"
#include "store/store.h"

enum { BUNDLE_MAX = 1 << 20, FACTS_MAX = 16384 };

/* ---- its life ---- */

#define FACTS const struct docket_facts *f = facts

static bool cause_stands(const void *facts)
{
    FACTS;
    return f->cause_stands && f->has_reason;
}

static bool all_criteria_judged(const void *facts)
{
    FACTS;
    return f->all_criteria_judged;
}

static bool notice_and_deadline_given(const void *facts)
{
    FACTS;
    return f->has_reason && f->has_deadline;
}

static bool opinion_given(const void *facts)
{
    FACTS;
    return f->has_reason && !f->hearing_is_over;
}

static bool hearing_is_over(const void *facts)
{
    FACTS;
    return f->hearing_is_over;
}

static bool members_and_day_given(const void *facts)
{
    FACTS;
    return f->has_members && f->enough_cases_wait;
}

static bool member_gives_reason(const void *facts)
{
    FACTS;
    return f->may_vote && f->has_reason;
}

static bool quorum_has_voted(const void *facts)
{
    FACTS;
    return f->has_quorum && f->has_reason;
}

static bool all_criteria_hold_and_committee_agrees(const void *facts)
{
    FACTS;
    return f->all_criteria_hold && f->advises_publication && f->has_reason;
}

static bool reason_given(const void *facts)
{
    FACTS;
    return f->has_reason;
}

static bool committee_is_against(const void *facts)
{
    FACTS;
    return f->advises_not && f->has_reason;
}

static bool view_given(const void *facts)
{
    FACTS;
    return f->has_reason;
}

static bool confirmed_and_date_given(const void *facts)
{
    FACTS;
    return f->is_confirmed && f->has_date && f->advice_fits;
}

static const char *const states[DOCKET_STATES] = {
    "START",           "PROPOSED",    "EVIDENCE_CHECKED", "NOTICE_GIVEN", "HEARD",
    "CONVENED",        "DELIBERATED", "DECIDED_PUBLISH",  "ORDERED",      "EXECUTED",
    "DECIDED_NOT_YET", "DECIDED_NOT", "SUSPENDED",
};
static const char *const events[DOCKET_EVENTS] = {
    "propose", "check",     "notify",     "speak",          "end_hearing",    "convene",
    "recuse",  "vote",      "deliberate", "decide_publish", "decide_not_yet", "decide_not",
    "order",   "give_view", "execute",    "suspend",
};

#define RB      ROLE_RB
#define CB      ROLE_CB
#define PC      ROLE_PC
#define PM      ROLE_PM
#define CLOCK   ROLE_CLOCK
#define ANYBODY (ROLE_RB | ROLE_CB | ROLE_PM)

/* clang-format off */
static const struct move moves[] = {
    { DOCKET_START,        CB,      ON_DOCKET_PROPOSE,     DOCKET_PROPOSED,     IF(cause_stands),                           "UNR-04 UNR-11 EOL-05 EOL-06 P17", "" },
    { DOCKET_PROPOSED,     RB,      ON_DOCKET_CHECK,       DOCKET_CHECKED,      IF(all_criteria_judged),                    "UNR-04",            "" },
    { DOCKET_CHECKED,      RB,      ON_DOCKET_NOTIFY,      DOCKET_NOTICE_GIVEN, IF(notice_and_deadline_given),              "UNR-04",            "" },
    { DOCKET_NOTICE_GIVEN, PM,      ON_DOCKET_SPEAK,       DOCKET_HEARD,        IF(opinion_given),                          "UNR-04",            "" },
    { DOCKET_NOTICE_GIVEN, RB,      ON_DOCKET_END_HEARING, DOCKET_HEARD,        IF(hearing_is_over),                        "UNR-04",            "" },
    { DOCKET_HEARD,        RB,      ON_DOCKET_CONVENE,     DOCKET_CONVENED,     IF(members_and_day_given),                  "UNR-04 UNR-07",     "" },
    { DOCKET_CONVENED,     RB,      ON_DOCKET_CONVENE,     DOCKET_CONVENED,     IF(members_and_day_given),                  "UNR-04",            "" },
    { DOCKET_CONVENED,     PC,      ON_DOCKET_RECUSE,      DOCKET_CONVENED,     IF(member_gives_reason),                    "UNR-04",            "" },
    { DOCKET_CONVENED,     PC,      ON_DOCKET_VOTE,        DOCKET_CONVENED,     IF(member_gives_reason),                    "UNR-04",            "" },
    { DOCKET_CONVENED,     RB,      ON_DOCKET_DELIBERATE,  DOCKET_DELIBERATED,  IF(quorum_has_voted),                       "UNR-04",            "" },
    { DOCKET_DELIBERATED,  RB,      ON_DOCKET_PUBLISH,     DOCKET_TO_PUBLISH,   IF(all_criteria_hold_and_committee_agrees), "UNR-05",            "" },
    { DOCKET_DELIBERATED,  RB,      ON_DOCKET_NOT_YET,     DOCKET_NOT_YET,      IF(reason_given),                           "UNR-06 P19",        "" },
    { DOCKET_DELIBERATED,  RB,      ON_DOCKET_NOT,         DOCKET_NOT,          IF(committee_is_against),                   "UNR-06 P19",        "" },
    { DOCKET_TO_PUBLISH,   RB,      ON_DOCKET_ORDER,       DOCKET_ORDERED,      IF(confirmed_and_date_given),               "UNR-05 EOL-05 EOL-06", "" },
    { DOCKET_ORDERED,      RB,      ON_DOCKET_ORDER,       DOCKET_ORDERED,      IF(confirmed_and_date_given),               "UNR-05",            "" },
    { DOCKET_TO_PUBLISH,   PM,      ON_DOCKET_VIEW,        DOCKET_TO_PUBLISH,   IF(view_given),                             "UNR-05",            "" },
    { DOCKET_ORDERED,      PM,      ON_DOCKET_VIEW,        DOCKET_ORDERED,      IF(view_given),                             "UNR-05",            "" },
    { DOCKET_ORDERED,      CLOCK,   ON_DOCKET_EXECUTE,     DOCKET_EXECUTED,     ALWAYS,                                     "UNR-05 P18",        "" },
    { DOCKET_PROPOSED,     ANYBODY, ON_DOCKET_SUSPEND,     DOCKET_SUSPENDED,    IF(reason_given),                           "UNR-03 P19",        "" },
    { DOCKET_CHECKED,      ANYBODY, ON_DOCKET_SUSPEND,     DOCKET_SUSPENDED,    IF(reason_given),                           "UNR-03 P19",        "" },
    { DOCKET_NOTICE_GIVEN, ANYBODY, ON_DOCKET_SUSPEND,     DOCKET_SUSPENDED,    IF(reason_given),                           "UNR-03 P19",        "" },
    { DOCKET_HEARD,        ANYBODY, ON_DOCKET_SUSPEND,     DOCKET_SUSPENDED,    IF(reason_given),                           "UNR-03 P19",        "" },
    { DOCKET_CONVENED,     ANYBODY, ON_DOCKET_SUSPEND,     DOCKET_SUSPENDED,    IF(reason_given),                           "UNR-03 P19",        "" },
    { DOCKET_DELIBERATED,  ANYBODY, ON_DOCKET_SUSPEND,     DOCKET_SUSPENDED,    IF(reason_given),                           "UNR-03 P19",        "" },
    { DOCKET_TO_PUBLISH,   ANYBODY, ON_DOCKET_SUSPEND,     DOCKET_SUSPENDED,    IF(reason_given),                           "UNR-03 P19",        "" },
    { DOCKET_ORDERED,      ANYBODY, ON_DOCKET_SUSPEND,     DOCKET_SUSPENDED,    IF(reason_given),                           "UNR-03 P19",        "" },
};
/* clang-format on */

const struct life docket_life = {
    .name = "docket",
    .states = states,
    .events = events,
    .state_count = DOCKET_STATES,
    .event_count = DOCKET_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states =
        1u << DOCKET_EXECUTED | 1u << DOCKET_NOT_YET | 1u << DOCKET_NOT | 1u << DOCKET_SUSPENDED,
};

static const char *const kinds[DOCKET_EVENTS] = {
    "docket.proposed",    "docket.evidence_checked",
    "docket.notice_sent", "docket.opinion_received",
    "docket.heard",       "docket.convened",
    "docket.recused",     "docket.voted",
    "docket.deliberated", "docket.decided",
    "docket.declined",    "docket.declined",
    "docket.ordered",     "docket.view_given",
    "docket.executed",    "docket.suspended",
};

const struct code docket_causes[] = {
    { "REFUSED", N_("The developer does not agree") },
    { "UNREACHABLE", N_("The developer cannot be reached") },
    { NULL, NULL },
};

const struct code docket_criteria[] = {
    { "a", N_("Coordination with the developer is really impossible") },
    { "b", N_("The vulnerability exists under normal use, and the developer cannot refute it") },
    { "c", N_("There may be users who cannot learn of it unless it is published") },
    { "d", N_("Nothing makes publication inappropriate") },
    { NULL, NULL },
};

const struct code docket_votes[] = {
    { "PUBLISH", N_("Publish") },
    { "NOT_YET", N_("Not yet") },
    { "NOT", N_("Do not publish") },
    { NULL, NULL },
};

bool docket_is_over(enum docket_state state) { return docket_life.final_states >> state & 1; }

bool docket_cannot_be_reached(const struct docket *d)
{
    return str_eq(d->cause, STR("UNREACHABLE"));
}

int64_t docket_waiting_days(const struct docket *d, struct utc now)
{
    return d->proposed_at.ms ? utc_days_between(d->proposed_at, d->ended_at.ms ? d->ended_at : now)
                             : 0;
}

bool docket_is_ordered(const struct docket *d)
{
    return d->state == DOCKET_ORDERED || d->state == DOCKET_EXECUTED;
}

bool docket_advice(const struct docket *d, struct ssvc_choice *out, struct err *err)
{
    const struct ssvc_table *table = ssvc_find(STR("coordinator-publish"));

    *out = (struct ssvc_choice){ 0 };
    return ssvc_choose(table, STR("SINV"), STR("UU"), out) &&
                   ssvc_choose(table, STR("E"), d->exploitation, out) &&
                   ssvc_choose(table, STR("PVA"), d->value_added, out)
               ? true
               : FAIL(err, BAD_REQUEST, STR("ssvc"));
}

/* ---- reading ---- */

static bool record_of(struct tx *tx, const struct product_case *c, int64_t seq, struct arena *arena,
                      struct str *out, struct err *err)
{
    *out = STR_NONE;
    return !seq || ledger_payload(tx, &c->key, seq, arena, out, err) ? true : PASS(err);
}

static bool read_members(struct tx *tx, const struct product_case *c, struct arena *arena,
                         struct docket *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_docket_members, BINDS(bind_int("docket_id", out->id)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct docket_member m = {
            .account_id = row_int(rows, "account_id"),
            .name = row_text(rows, "name"),
            .organisation_name_ja = row_text(rows, "name_ja"),
            .organisation_name_en = row_text(rows, "name_en"),
            .vote = row_text(rows, "vote"),
            .at = row_utc(rows, "at"),
            .is_recused = row_int(rows, "is_recused") != 0,
        };

        if (!ledger_field(tx, &c->key, row_int(rows, "seq"), "text", arena, &m.reason, err))
            return PASS(err);
        VEC_PUSH(arena, &out->members, m);
    }
    return got == 0 ? true : PASS(err);
}

static bool read_texts(struct tx *tx, const struct product_case *c, struct rows *rows,
                       struct arena *arena, struct docket *out, struct err *err)
{
    struct str checked, view, decision, bundle;

    if (!ledger_field(tx, &c->key, row_int(rows, "proposed_seq"), "text", arena, &out->reason,
                      err) ||
        !record_of(tx, c, out->checked_seq, arena, &checked, err) ||
        !ledger_field(tx, &c->key, row_int(rows, "notice_seq"), "text", arena, &out->notice, err) ||
        !ledger_field(tx, &c->key, row_int(rows, "opinion_seq"), "text", arena, &out->opinion,
                      err) ||
        !record_of(tx, c, row_int(rows, "view_seq"), arena, &view, err) ||
        !ledger_field(tx, &c->key, row_int(rows, "minutes_seq"), "text", arena, &out->minutes,
                      err) ||
        !record_of(tx, c, row_int(rows, "decided_seq"), arena, &decision, err) ||
        !ledger_field(tx, &c->key, row_int(rows, "ordered_seq"), "text", arena, &out->confirmation,
                      err))
        return PASS(err);
    for (size_t i = 0; i < DOCKET_CRITERIA; i++)
        out->criterion[i] = record_get(checked, docket_criteria[i].code);
    bundle = record_get(checked, "bundle");
    out->exploitation = record_get(bundle, "exploitation");
    out->value_added = record_get(checked, "value_added");
    out->view_ja = record_get(view, "ja");
    out->view_en = record_get(view, "en");
    out->decision = record_get(decision, "text");
    out->public_ja = record_get(decision, "public_ja");
    out->public_en = record_get(decision, "public_en");
    return true;
}

bool docket_load(struct tx *tx, const struct product_case *c, struct arena *arena,
                 struct docket *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct docket){ .case_id = c->id };
    if (!store_select(tx, &sql_docket_of, BINDS(bind_int("case_id", c->id)), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    *out = (struct docket){
        .id = row_int(rows, "id"),
        .case_id = c->id,
        .participant_id = row_int(rows, "participant_id"),
        .state = (enum docket_state)life_state(&docket_life, row_text(rows, "state")),
        .cause = row_text(rows, "cause"),
        .criteria = row_text(rows, "criteria"),
        .bundle_hash = row_text(rows, "bundle_hash"),
        .proposed_at = row_utc(rows, "proposed_at"),
        .checked_at = row_utc(rows, "checked_at"),
        .notice_at = row_utc(rows, "notice_at"),
        .hearing_until = row_utc(rows, "hearing_until"),
        .heard_at = row_utc(rows, "heard_at"),
        .meeting_at = row_utc(rows, "meeting_at"),
        .deliberated_at = row_utc(rows, "deliberated_at"),
        .decided_at = row_utc(rows, "decided_at"),
        .ordered_at = row_utc(rows, "ordered_at"),
        .executed_at = row_utc(rows, "executed_at"),
        .ended_at = row_utc(rows, "ended_at"),
        .checked_seq = row_int(rows, "checked_seq"),
    };
    return read_texts(tx, c, rows, arena, out, err) && read_members(tx, c, arena, out, err)
               ? true
               : PASS(err);
}

/* The developer it is about; ERR_ABSENT when it was taken out of the case. */
static bool developer_of(struct tx *tx, const struct product_case *c, const struct docket *d,
                         struct arena *arena, struct developer *out, struct err *err)
{
    struct developers all;

    if (!developers_load(tx, c->id, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i].id == d->participant_id) {
            *out = all.at[i];
            return true;
        }
    }
    return FAIL(err, ABSENT, STR("a developer"));
}

const struct docket_member *docket_member_of(const struct docket *d, const struct subject *who)
{
    for (size_t i = 0; i < d->members.len; i++) {
        if (who->account_id && d->members.at[i].account_id == who->account_id)
            return &d->members.at[i];
    }
    return NULL;
}

/* ---- what the guards ask ---- */

static bool may_vote(const struct docket *d, const struct subject *who)
{
    const struct docket_member *m = docket_member_of(d, who);

    return m && !m->is_recused && m->vote.len == 0;
}

static void count_votes(const struct docket *d, int64_t quorum, struct docket_facts *out)
{
    int64_t votes = 0, publish = 0, not = 0;

    for (size_t i = 0; i < d->members.len; i++) {
        struct str vote = d->members.at[i].vote;

        votes += vote.len > 0;
        publish += str_eq(vote, STR("PUBLISH"));
        not += str_eq(vote, STR("NOT"));
    }
    out->has_quorum = votes > 0 && votes >= quorum;
    out->advises_publication = publish * 2 > votes;
    out->advises_not = not *2 > votes;
}

static bool advice_fits(struct tx *tx, const struct product_case *c, struct utc now,
                        struct arena *arena, bool *out, struct err *err)
{
    struct eol eol;

    if (!eol_load(tx, c, arena, &eol, err))
        return PASS(err);
    *out = !eol_has_ended(&eol, now) || str_eq(eol.facts.advice, STR("STOP_USE"));
    return true;
}

static bool enough_cases_wait(const struct casework *w, struct tx *tx, bool *out, struct err *err)
{
    int64_t ready;

    if (!store_number(tx, &sql_docket_ready, NO_BINDS, 0, &ready, err))
        return PASS(err);
    *out = ready >= w->committee_cases;
    return true;
}

bool docket_cause_of(struct tx *tx, const struct product_case *c, const struct developer *d,
                     struct arena *arena, struct str *out, struct err *err)
{
    struct unreachable u;

    *out = STR_NONE;
    if (d->state == DEVELOPER_REFUSED)
        *out = STR("REFUSED");
    if (d->state == DEVELOPER_NO_REPLY)
        *out = STR("UNREACHABLE");
    if (d->state != DEVELOPER_UNREACHABLE)
        return true;
    if (!unreachable_load(tx, c, d, arena, &u, err))
        return PASS(err);
    if (u.state == UNREACHABLE_DEADLINE_SET)
        *out = STR("UNREACHABLE");
    return true;
}

bool docket_can(const struct casework *w, struct tx *tx, const struct subject *who,
                const struct product_case *c, const struct docket *d, enum docket_event event,
                struct utc now, struct arena *arena, bool *out, struct err *err)
{
    struct docket_facts facts = {
        .has_reason = true,
        .cause_stands = true,
        .all_criteria_judged = true,
        .all_criteria_hold = d->criteria.len == DOCKET_CRITERIA,
        .has_deadline = true,
        .hearing_is_over = d->hearing_until.ms && d->hearing_until.ms <= now.ms,
        .has_members = true,
        .may_vote = may_vote(d, who),
        .has_date = true,
        .is_confirmed = true,
    };

    count_votes(d, w->committee_quorum, &facts);
    if (!advice_fits(tx, c, now, arena, &facts.advice_fits, err) ||
        !enough_cases_wait(w, tx, &facts.enough_cases_wait, err))
        return PASS(err);
    *out = life_can(&docket_life, (int)d->state, who->roles, (int)event, &facts);
    return true;
}

/* ---- telling ---- */

static struct news news_of(const char *notice, const struct product_case *c, int64_t seq)
{
    return (struct news){ .notice = notice, .case_id = c->id, .seq = seq };
}

static bool tell_bodies(struct tx *tx, const struct product_case *c, int64_t seq, struct utc now,
                        struct err *err)
{
    struct news news = news_of("DOCKET", c, seq);

    return outbox_to_role(tx, &news, ROLE_RB | ROLE_CB, now, err) ? true : PASS(err);
}

static bool tell_developer(struct tx *tx, const char *notice, const struct product_case *c,
                           const struct developer *d, int64_t seq, struct utc now, struct err *err)
{
    struct news news = news_of(notice, c, seq);

    news.participant_id = d->id;
    return outbox_to_managers(tx, &news, d->organisation_id, now, err) ? true : PASS(err);
}

/* N34: that there is a case, and of which developer; its contents are for the members that are called. */
static bool tell_committee(struct tx *tx, const struct product_case *c, const struct developer *d,
                           int64_t seq, struct utc now, struct err *err)
{
    struct news news = news_of("N34", c, seq);

    news.participant_id = d->id;
    return outbox_to_role(tx, &news, ROLE_PC, now, err) ? true : PASS(err);
}

static bool tell_members(struct tx *tx, const struct product_case *c, const struct docket *d,
                         int64_t seq, struct utc now, struct err *err)
{
    struct news news = news_of("DOCKET_MEETING", c, seq);

    for (size_t i = 0; i < d->members.len; i++) {
        if (!outbox_to_account(tx, &news, d->members.at[i].account_id, now, err))
            return PASS(err);
    }
    return true;
}

/* ---- moves ---- */

static bool step(struct tx *tx, const struct subject *who, struct product_case *c, struct docket *d,
                 enum docket_event event, const struct docket_facts *facts,
                 const struct details *details, struct utc now, struct arena *arena,
                 struct entry *entry, struct err *err)
{
    struct case_step one = { .life = &docket_life,
                             .from = (int)d->state,
                             .event = (int)event,
                             .kind = kinds[event],
                             .ref = d->id };
    int to;

    if (!case_step(tx, who, c, &one, facts, details, now, arena, &to, entry, err))
        return PASS(err);
    d->state = (enum docket_state)to;
    return true;
}

static bool end_date(struct tx *tx, const struct product_case *c, struct utc now, struct err *err)
{
    return timer_clear(tx, c->id, 0, TIMER_PUBLISH, now, err) &&
                   timer_clear(tx, c->id, 0, TIMER_STATUS, now, err)
               ? true
               : PASS(err);
}

/* P19 */
static bool give_back(struct tx *tx, const struct subject *who, struct product_case *c,
                      struct utc now, struct arena *arena, struct err *err)
{
    struct product_facts facts = { 0 };
    struct details details = { 0 };
    struct entry entry;

    return case_move(tx, who, c, ON_RETURN, &facts, &details, now, arena, &entry, err) &&
                   end_date(tx, c, now, err)
               ? true
               : PASS(err);
}

bool docket_propose(struct tx *tx, const struct subject *who, struct product_case *c,
                    const struct developer *developer, struct str reason, struct utc now,
                    struct arena *arena, struct err *err)
{
    struct buf buf = buf_new(arena, FACTS_MAX);
    struct docket_facts facts = { .has_reason = words_are_fine(reason) };
    struct product_facts of_case = { .has_reason = facts.has_reason };
    struct details details = { 0 }, none = { 0 };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("reason"));
    if (!docket_load(tx, c, arena, &d, err) ||
        !docket_cause_of(tx, c, developer, arena, &details.code, err))
        return PASS(err);
    if (docket_is_over(d.state)) /* another round */
        d.state = DOCKET_START;
    facts.cause_stands = of_case.is_referable = details.code.len > 0;
    record_put_int(&buf, "participant", developer->id);
    details.facts = buf_str(&buf);
    return words_record(arena, reason, &details.payload, err) &&
                   store_number(tx, &sql_docket_next, NO_BINDS, 1, &d.id, err) &&
                   case_move(tx, who, c, ON_REFER, &of_case, &none, now, arena, &entry, err) &&
                   end_date(tx, c, now, err) &&
                   step(tx, who, c, &d, ON_DOCKET_PROPOSE, &facts, &details, now, arena, &entry,
                        err) &&
                   tell_bodies(tx, c, entry.seq, now, err) &&
                   tell_committee(tx, c, developer, entry.seq, now, err)
               ? true
               : PASS(err);
}

/* ---- the bundle and the criteria ---- */

static void put_time(struct buf *buf, const char *name, struct utc t, struct arena *arena)
{
    if (t.ms)
        record_put(buf, name, utc_iso_jst(arena, t));
}

static void put_attempts(struct buf *buf, const struct contact_attempts *attempts,
                         struct arena *arena)
{
    for (size_t i = 0; i < attempts->len; i++) {
        const struct contact_attempt *a = &attempts->at[i];
        struct buf one = buf_new(arena, BUNDLE_MAX);

        put_time(&one, "made_at", a->made_at, arena);
        record_put(&one, "channel", a->channel);
        record_put(&one, "result", a->result);
        record_put(&one, "to", a->to);
        record_put(&one, "words", a->words);
        record_put(&one, "evidence", a->evidence);
        record_put(buf, "attempt", buf_str(&one));
    }
}

/* SSVC's point, from what was observed and confirmed. */
static bool exploitation_of(struct tx *tx, const struct product_case *c, struct arena *arena,
                            struct str *out, struct err *err)
{
    struct str kind;

    if (!observation_adopted(tx, c->id, arena, &kind, err))
        return PASS(err);
    *out = str_eq(kind, STR("ATTACK"))    ? STR("A")
           : str_eq(kind, STR("EXPLOIT")) ? STR("P")
                                          : STR("N");
    return true;
}

static bool bundle_new(struct tx *tx, const struct product_case *c, const struct docket *d,
                       struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, BUNDLE_MAX);
    struct contact_attempts attempts;
    struct developer developer;
    struct str exploitation;
    struct eol eol;

    if (!developer_of(tx, c, d, arena, &developer, err) ||
        !exploitation_of(tx, c, arena, &exploitation, err) ||
        !contact_list(tx, c, &developer, arena, &attempts, err) ||
        !eol_load(tx, c, arena, &eol, err))
        return PASS(err);
    record_put(&buf, "number", c->number);
    record_put(&buf, "cause", d->cause);
    record_put(&buf, "title", c->title);
    record_put(&buf, "summary", c->summary);
    record_put(&buf, "developer", developer.organisation_name_ja);
    record_put(&buf, "developer_state", str_from_z(developer_life.states[developer.state]));
    record_put(&buf, "affected", developer.affected);
    record_put_int(&buf, "reminders", developer.reminders);
    put_time(&buf, "submitted_at", c->submitted_at, arena);
    put_time(&buf, "accepted_at", c->accepted_at, arena);
    put_time(&buf, "handling_started_at", c->handling_started_at, arena);
    put_time(&buf, "first_contact_at", c->first_contact_at, arena);
    put_time(&buf, "summary_at", developer.summary_at, arena);
    put_time(&buf, "detail_at", developer.detail_at, arena);
    put_time(&buf, "verified_at", developer.verified_at, arena);
    put_time(&buf, "support_ends_at", eol.facts.ends_at, arena);
    record_put(&buf, "advice", eol.facts.advice);
    record_put(&buf, "exploitation", exploitation);
    put_attempts(&buf, &attempts, arena);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool docket_bundle(struct tx *tx, const struct product_case *c, const struct docket *d,
                   struct arena *arena, struct str *out, struct err *err)
{
    struct str record;

    if (!record_of(tx, c, d->checked_seq, arena, &record, err))
        return PASS(err);
    *out = record_get(record, "bundle");
    return true;
}

bool docket_check(struct tx *tx, const struct subject *who, struct product_case *c,
                  const struct docket_judgement judged[DOCKET_CRITERIA], struct str value_added,
                  struct utc now, struct arena *arena, struct err *err)
{
    struct docket_facts facts = { .all_criteria_judged = true };
    struct ssvc_choice ignored = { 0 };
    struct buf letters = buf_new(arena, DOCKET_CRITERIA), plain = buf_new(arena, FACTS_MAX),
               sealed = buf_new(arena, BUNDLE_MAX * 2);
    struct details details = { 0 };
    struct str bundle;
    struct docket d;
    struct entry entry;

    if (!docket_load(tx, c, arena, &d, err))
        return PASS(err);
    for (size_t i = 0; i < DOCKET_CRITERIA; i++) {
        if (!words_are_fine(judged[i].words))
            return FAIL(err, INPUT, str_from_z(docket_criteria[i].code));
        if (judged[i].holds)
            buf_add(&letters, str_from_z(docket_criteria[i].code));
    }
    if (!ssvc_choose(ssvc_find(STR("coordinator-publish")), STR("PVA"), value_added, &ignored))
        return FAIL(err, INPUT, STR("value_added"));
    if (d.state != DOCKET_PROPOSED) /* without a developer there is nothing to gather */
        return FAIL(err, NO_SUCH_MOVE, str_from_z(states[d.state]));
    if (!bundle_new(tx, c, &d, arena, &bundle, err))
        return PASS(err);
    record_put(&sealed, "bundle", bundle);
    record_put(&sealed, "value_added", value_added);
    for (size_t i = 0; i < DOCKET_CRITERIA; i++)
        record_put(&sealed, docket_criteria[i].code, str_trim(judged[i].words));
    record_put(&plain, "bundle_hash", hash_hex(hash_of(bundle), arena));
    details.code = buf_str(&letters);
    details.facts = buf_str(&plain);
    return buf_done(&sealed, &details.payload, err) &&
                   step(tx, who, c, &d, ON_DOCKET_CHECK, &facts, &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

/* ---- the developer's chance to speak ---- */

/* Where it cannot be told, the day that the public list has announced (guideline, appendix 5). */
static bool deadline_of(struct tx *tx, const struct product_case *c,
                        const struct developer *developer, struct utc until, struct utc now,
                        struct arena *arena, struct utc *out, struct err *err)
{
    struct unreachable u;

    *out = until.ms > now.ms ? until : (struct utc){ 0 };
    if (developer->state != DEVELOPER_UNREACHABLE)
        return true;
    if (!unreachable_load(tx, c, developer, arena, &u, err))
        return PASS(err);
    *out = u.deadline;
    return true;
}

bool docket_notify(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct str words, struct utc until, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct docket_facts facts = { .has_reason = words_are_fine(words) };
    struct details details = { 0 };
    struct developer developer;
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("words"));
    if (!docket_load(tx, c, arena, &d, err) || !developer_of(tx, c, &d, arena, &developer, err) ||
        !deadline_of(tx, c, &developer, until, now, arena, &details.n, err) ||
        !words_record(arena, words, &details.payload, err))
        return PASS(err);
    facts.has_deadline = details.n.ms != 0;
    return step(tx, who, c, &d, ON_DOCKET_NOTIFY, &facts, &details, now, arena, &entry, err) &&
                   (developer.state == DEVELOPER_UNREACHABLE ||
                    tell_developer(tx, "DOCKET_NOTICE", c, &developer, entry.seq, now, err))
               ? true
               : PASS(err);
}

/* The docket is about the reader's own organisation; ERR_ABSENT */
static bool own_docket(struct tx *tx, const struct subject *who, const struct product_case *c,
                       struct arena *arena, struct docket *out, struct err *err)
{
    struct developer developer;

    if (!docket_load(tx, c, arena, out, err) || !developer_of(tx, c, out, arena, &developer, err))
        return PASS(err);
    return developer.organisation_id == who->organisation_id ? true
                                                             : FAIL(err, ABSENT, STR("a docket"));
}

bool docket_speak(struct tx *tx, const struct subject *who, struct product_case *c,
                  struct str opinion, struct utc now, struct arena *arena, struct err *err)
{
    struct docket_facts facts = { .has_reason = words_are_fine(opinion) };
    struct details details = { 0 };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("opinion"));
    if (!own_docket(tx, who, c, arena, &d, err))
        return PASS(err);
    facts.hearing_is_over = d.hearing_until.ms <= now.ms;
    return words_record(arena, opinion, &details.payload, err) &&
                   step(tx, who, c, &d, ON_DOCKET_SPEAK, &facts, &details, now, arena, &entry,
                        err) &&
                   tell_bodies(tx, c, entry.seq, now, err)
               ? true
               : PASS(err);
}

bool docket_end_hearing(struct tx *tx, const struct subject *who, struct product_case *c,
                        struct utc now, struct arena *arena, struct err *err)
{
    struct docket_facts facts = { 0 };
    struct details details = { 0 };
    struct docket d;
    struct entry entry;

    if (!docket_load(tx, c, arena, &d, err))
        return PASS(err);
    facts.hearing_is_over = d.hearing_until.ms && d.hearing_until.ms <= now.ms;
    return step(tx, who, c, &d, ON_DOCKET_END_HEARING, &facts, &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

/* ---- the meeting ---- */

static bool put_members(struct tx *tx, const struct docket_members *members, struct buf *facts,
                        struct err *err)
{
    for (size_t i = 0; i < members->len; i++) {
        int64_t may;

        if (!store_number(tx, &sql_docket_may_judge,
                          BINDS(bind_int("id", members->at[i]), bind_int("role", ROLE_PC)), 0, &may,
                          err))
            return PASS(err);
        for (size_t k = 0; k < i; k++) {
            if (members->at[k] == members->at[i])
                may = 0;
        }
        if (!may)
            return FAIL(err, INPUT, STR("members"));
        record_put_int(facts, "member", members->at[i]);
    }
    return true;
}

/* Those who judge already and have not stood aside, and those who join them. */
static bool reach_quorum(const struct docket *d, const struct docket_members *members,
                         int64_t quorum)
{
    int64_t count = (int64_t)members->len;

    for (size_t i = 0; i < d->members.len; i++) {
        bool is_named = false;

        for (size_t k = 0; k < members->len; k++)
            is_named |= members->at[k] == d->members.at[i].account_id;
        if (d->members.at[i].is_recused)
            count -= is_named;
        else
            count += !is_named;
    }
    return count >= quorum;
}

bool docket_convene(const struct casework *w, struct tx *tx, const struct subject *who,
                    struct product_case *c, const struct docket_members *members,
                    struct utc meeting_at, struct utc now, struct arena *arena, struct err *err)
{
    struct buf buf = buf_new(arena, FACTS_MAX);
    struct details details = { .n = meeting_at };
    struct docket_facts facts = { 0 };
    struct docket d;
    struct entry entry;

    if (meeting_at.ms < now.ms)
        return FAIL(err, INPUT, STR("meeting_at"));
    if (members->len == 0)
        return FAIL(err, INPUT, STR("members"));
    if (!docket_load(tx, c, arena, &d, err) || !put_members(tx, members, &buf, err) ||
        !buf_done(&buf, &details.facts, err) ||
        !enough_cases_wait(w, tx, &facts.enough_cases_wait, err))
        return PASS(err);
    facts.has_members = reach_quorum(&d, members, w->committee_quorum);
    return step(tx, who, c, &d, ON_DOCKET_CONVENE, &facts, &details, now, arena, &entry, err) &&
                   docket_load(tx, c, arena, &d, err) &&
                   tell_members(tx, c, &d, entry.seq, now, err)
               ? true
               : PASS(err);
}

static bool judge(struct tx *tx, const struct subject *who, struct product_case *c,
                  enum docket_event event, struct str vote, struct str reason, struct utc now,
                  struct arena *arena, struct err *err)
{
    struct docket_facts facts = { .has_reason = words_are_fine(reason) };
    struct details details = { .code = vote };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("reason"));
    if (!docket_load(tx, c, arena, &d, err) || !words_record(arena, reason, &details.payload, err))
        return PASS(err);
    facts.may_vote = may_vote(&d, who);
    return step(tx, who, c, &d, event, &facts, &details, now, arena, &entry, err) ? true
                                                                                  : PASS(err);
}

bool docket_recuse(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct str reason, struct utc now, struct arena *arena, struct err *err)
{
    return judge(tx, who, c, ON_DOCKET_RECUSE, STR_NONE, reason, now, arena, err) ? true
                                                                                  : PASS(err);
}

bool docket_vote(struct tx *tx, const struct subject *who, struct product_case *c, struct str vote,
                 struct str reason, struct utc now, struct arena *arena, struct err *err)
{
    if (!code_words(docket_votes, vote))
        return FAIL(err, INPUT, STR("vote"));
    return judge(tx, who, c, ON_DOCKET_VOTE, vote, reason, now, arena, err) ? true : PASS(err);
}

bool docket_deliberate(const struct casework *w, struct tx *tx, const struct subject *who,
                       struct product_case *c, struct str minutes, struct utc now,
                       struct arena *arena, struct err *err)
{
    struct docket_facts facts = { .has_reason = words_are_fine(minutes) };
    struct details details = { 0 };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("minutes"));
    if (!docket_load(tx, c, arena, &d, err) || !words_record(arena, minutes, &details.payload, err))
        return PASS(err);
    count_votes(&d, w->committee_quorum, &facts);
    return step(tx, who, c, &d, ON_DOCKET_DELIBERATE, &facts, &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

/* ---- the decision and what follows ---- */

/* The bodies, and the developer where it can be told. */
static bool tell_result(struct tx *tx, const struct product_case *c, const struct docket *d,
                        int64_t seq, struct utc now, struct arena *arena, struct err *err)
{
    struct developer developer;

    return tell_bodies(tx, c, seq, now, err) && developer_of(tx, c, d, arena, &developer, err) &&
                   (docket_cannot_be_reached(d) ||
                    tell_developer(tx, "DOCKET_DECIDED", c, &developer, seq, now, err))
               ? true
               : PASS(err);
}

/* The published reason: in both languages, and only of what is published. */
static bool is_public_reason(const struct docket_decision *decision, struct str words)
{
    return decision->event != ON_DOCKET_PUBLISH || words_are_fine(words);
}

bool docket_decide(struct tx *tx, const struct subject *who, struct product_case *c,
                   const struct docket_decision *decision, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct buf buf = buf_new(arena, BUNDLE_MAX);
    struct docket_facts facts = { .has_reason = words_are_fine(decision->reason) };
    struct details details = { .code = str_from_z(events[decision->event]) };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("reason"));
    if (!is_public_reason(decision, decision->public_ja))
        return FAIL(err, INPUT, STR("public_ja"));
    if (!is_public_reason(decision, decision->public_en))
        return FAIL(err, INPUT, STR("public_en"));
    record_put(&buf, "text", str_trim(decision->reason));
    if (decision->event == ON_DOCKET_PUBLISH) {
        record_put(&buf, "public_ja", str_trim(decision->public_ja));
        record_put(&buf, "public_en", str_trim(decision->public_en));
    }
    if (!docket_load(tx, c, arena, &d, err) || !buf_done(&buf, &details.payload, err))
        return PASS(err);
    facts.all_criteria_hold = d.criteria.len == DOCKET_CRITERIA;
    count_votes(&d, 0, &facts);
    return step(tx, who, c, &d, decision->event, &facts, &details, now, arena, &entry, err) &&
                   (!docket_is_over(d.state) || give_back(tx, who, c, now, arena, err)) &&
                   tell_result(tx, c, &d, entry.seq, now, arena, err)
               ? true
               : PASS(err);
}

bool docket_order(const struct casework *w, struct tx *tx, const struct subject *who,
                  struct product_case *c, const struct developers *developers,
                  struct str confirmation, struct utc date, struct utc now, struct arena *arena,
                  struct err *err)
{
    struct docket_facts facts = { .has_date = date.ms > now.ms };
    struct buf why = buf_new(arena, FACTS_MAX * 4);
    struct details details = { .n = date };
    struct docket d;
    struct entry entry;

    if (!docket_load(tx, c, arena, &d, err) ||
        !advice_fits(tx, c, now, arena, &facts.advice_fits, err))
        return PASS(err);
    facts.is_confirmed = docket_cannot_be_reached(&d) || words_are_fine(confirmation);
    if (!facts.is_confirmed || !words_are_fine_or_none(confirmation))
        return FAIL(err, INPUT, STR("confirmation"));
    record_put(&why, "basis", STR("COMMITTEE"));
    record_put(&why, "reason", d.public_ja);
    return words_record(arena, confirmation, &details.payload, err) &&
                   step(tx, who, c, &d, ON_DOCKET_ORDER, &facts, &details, now, arena, &entry,
                        err) &&
                   coordination_set_date(w, tx, who, c, developers, date, buf_str(&why), now, arena,
                                         err)
               ? true
               : PASS(err);
}

bool docket_give_view(struct tx *tx, const struct subject *who, struct product_case *c,
                      struct str view_ja, struct str view_en, struct utc now, struct arena *arena,
                      struct err *err)
{
    struct buf buf = buf_new(arena, BUNDLE_MAX);
    struct docket_facts facts = { .has_reason = words_are_fine(view_ja) };
    struct details details = { 0 };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("view_ja"));
    if (!words_are_fine_or_none(view_en))
        return FAIL(err, INPUT, STR("view_en"));
    record_put(&buf, "ja", str_trim(view_ja));
    record_put(&buf, "en", str_trim(view_en));
    return own_docket(tx, who, c, arena, &d, err) && buf_done(&buf, &details.payload, err) &&
                   step(tx, who, c, &d, ON_DOCKET_VIEW, &facts, &details, now, arena, &entry,
                        err) &&
                   tell_bodies(tx, c, entry.seq, now, err)
               ? true
               : PASS(err);
}

bool docket_allows(struct tx *tx, const struct product_case *c, struct arena *arena, bool *out,
                   struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = false;
    if (!store_select(tx, &sql_docket_state, BINDS(bind_int("case_id", c->id)), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got > 0)
        *out = life_state(&docket_life, row_text(rows, "state")) == DOCKET_ORDERED;
    return got >= 0 ? true : PASS(err);
}

bool docket_execute(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct utc now, struct arena *arena, struct err *err)
{
    struct docket_facts facts = { 0 };
    struct details details = { 0 };
    struct docket d;
    struct entry entry;

    return docket_load(tx, c, arena, &d, err) && step(tx, who, c, &d, ON_DOCKET_EXECUTE, &facts,
                                                      &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

static bool suspend(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct docket *d, const struct details *details, struct utc now,
                    struct arena *arena, struct err *err)
{
    struct docket_facts facts = { .has_reason = true };
    struct entry entry;

    return step(tx, who, c, d, ON_DOCKET_SUSPEND, &facts, details, now, arena, &entry, err) &&
                   give_back(tx, who, c, now, arena, err) && tell_bodies(tx, c, entry.seq, now, err)
               ? true
               : PASS(err);
}

bool docket_suspend(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct str reason, struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { 0 };
    struct docket d;

    /* A developer's own move takes it back too, by docket_cause_falls: not its word alone. */
    if (!(who->roles & (ROLE_RB | ROLE_CB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("suspend"));
    if (!words_are_fine(reason))
        return FAIL(err, INPUT, STR("reason"));
    return docket_load(tx, c, arena, &d, err) &&
                   words_record(arena, reason, &details.payload, err) &&
                   suspend(tx, who, c, &d, &details, now, arena, err)
               ? true
               : PASS(err);
}

bool docket_cause_falls(struct tx *tx, const struct subject *who, struct product_case *c,
                        const struct developer *developer, struct utc now, struct arena *arena,
                        struct err *err)
{
    struct details details = { 0 };
    struct docket d;

    if (!docket_load(tx, c, arena, &d, err))
        return PASS(err);
    if (d.state == DOCKET_START || docket_is_over(d.state) || d.participant_id != developer->id)
        return true;
    return suspend(tx, who, c, &d, &details, now, arena, err) ? true : PASS(err);
}

/* ---- who judges, and what it sees ---- */

bool docket_judges(struct tx *tx, struct arena *arena, struct accounts *out, struct err *err)
{
    struct accounts all;

    *out = (struct accounts){ 0 };
    if (!account_list(tx, 0, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i].state == ACCOUNT_ACTIVE && (all.at[i].roles & ROLE_PC))
            VEC_PUSH(arena, out, all.at[i]);
    }
    return true;
}

bool docket_cases(struct tx *tx, const struct subject *who, struct arena *arena,
                  struct docket_cases *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    bool is_body = who->roles & (ROLE_RB | ROLE_CB);
    int got;

    *out = (struct docket_cases){ 0 };
    if (!is_body && !(who->roles & ROLE_PC))
        return FAIL(err, ABSENT, STR("dockets"));
    if (!store_select(tx, &sql_docket_cases,
                      BINDS(bind_id("member", is_body ? 0 : who->account_id)), arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, row_text(rows, "public_id"));
    return got == 0 ? true : PASS(err);
}

bool docket_grant(struct tx *tx, const struct subject *who, const struct product_case *c,
                  const struct developers *developers, struct arena *arena, struct grant *out,
                  struct err *err)
{
    const struct docket_member *m;
    struct docket d;

    if (!docket_load(tx, c, arena, &d, err))
        return PASS(err);
    m = docket_member_of(&d, who);
    if (!(who->roles & ROLE_PC) || !m || m->is_recused ||
        (docket_is_over(d.state) && d.state != DOCKET_EXECUTED))
        return FAIL(err, ABSENT, STR("a case"));
    if (!visibility_grant_partner(AUDIENCE_PC, c, developers, STR("VSM"), out, err))
        return PASS(err);
    out->full |= out->part; /* the row's condition, that it is its own case, is met */
    return true;
}
