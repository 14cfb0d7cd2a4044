/* domain/casework/committee/life.c: the life of a docket, and what can be told of it at sight. */
#include "domain/casework/committee.h"

#include "base/tr.h"
#include "domain/access/subject.h"

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
