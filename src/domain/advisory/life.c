#include "domain/access/subject.h"
#include "domain/advisory/editing.h"

#define FACTS const struct advisory_facts *f = facts

static bool text_complete(const void *facts)
{
    FACTS;
    return f->is_complete;
}

static bool reason_given(const void *facts)
{
    FACTS;
    return f->has_reason;
}

static bool reviewed_by_a_second_person(const void *facts)
{
    FACTS;
    return f->is_second_person && f->is_complete;
}

static bool rehearsal_passed(const void *facts)
{
    FACTS;
    return f->rehearsal_passed;
}

static bool date_has_come(const void *facts)
{
    FACTS;
    return f->date_has_come;
}

static const char *const states[ADVISORY_STATES] = { "START",    "DRAFT",     "REVIEW",
                                                     "APPROVED", "CONFIRMED", "SCHEDULED",
                                                     "PUBLISHED" };
static const char *const events[ADVISORY_EVENTS] = {
    "create",  "submit", "return",   "approve", "object",
    "confirm", "reopen", "rehearse", "publish", "revise",
};

#define RB    ROLE_RB
#define CB    ROLE_CB
#define CLOCK ROLE_CLOCK

/* clang-format off */
static const struct move moves[] = {
    { ADVISORY_START,     CB,         ON_ADVISORY_CREATE,   ADVISORY_DRAFT,     ALWAYS,                          "PUB-01",        "" },
    { ADVISORY_DRAFT,     CB,         ON_ADVISORY_SUBMIT,   ADVISORY_REVIEW,    IF(text_complete),               "PUB-01 CFD-04", "" },
    { ADVISORY_REVIEW,    CB,         ON_ADVISORY_RETURN,   ADVISORY_DRAFT,     IF(reason_given),                "PUB-01",        "" },
    { ADVISORY_REVIEW,    CB,         ON_ADVISORY_APPROVE,  ADVISORY_APPROVED,  IF(reviewed_by_a_second_person), "PUB-01",        "" },
    { ADVISORY_APPROVED,  RB,         ON_ADVISORY_OBJECT,   ADVISORY_DRAFT,     IF(reason_given),                "PUB-01",        "" },
    { ADVISORY_APPROVED,  RB,         ON_ADVISORY_CONFIRM,  ADVISORY_CONFIRMED, ALWAYS,                          "PUB-01 PUB-02", "" },
    { ADVISORY_APPROVED,  CB,         ON_ADVISORY_REOPEN,   ADVISORY_DRAFT,     IF(reason_given),                "PUB-01",        "" },
    { ADVISORY_CONFIRMED, CB,         ON_ADVISORY_REOPEN,   ADVISORY_DRAFT,     IF(reason_given),                "PUB-01",        "" },
    { ADVISORY_SCHEDULED, CB,         ON_ADVISORY_REOPEN,   ADVISORY_DRAFT,     IF(reason_given),                "PUB-01",        "" },
    { ADVISORY_CONFIRMED, CB | CLOCK, ON_ADVISORY_REHEARSE, ADVISORY_SCHEDULED, IF(rehearsal_passed),            "PUB-01",        "" },
    { ADVISORY_SCHEDULED, CLOCK,      ON_ADVISORY_PUBLISH,  ADVISORY_PUBLISHED, IF(date_has_come),               "PUB-01 CFD-06", "" },
    { ADVISORY_PUBLISHED, CB,         ON_ADVISORY_REVISE,   ADVISORY_DRAFT,     ALWAYS,                          "PUB-16 COO-26", "" },
};
/* clang-format on */

const struct life advisory_life = {
    .name = "advisory",
    .states = states,
    .events = events,
    .state_count = ADVISORY_STATES,
    .event_count = ADVISORY_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 0,
};
