#include "domain/casework/product_case.h"

#include "base/tr.h"
#include "domain/access/subject.h"

#define FACTS const struct product_facts *f = facts

static bool reason_given(const void *facts)
{
    FACTS;
    return f->has_reason;
}

static bool report_complete_and_in_scope(const void *facts)
{
    FACTS;
    return f->is_complete && f->is_in_scope;
}

static bool stop_cause_given(const void *facts)
{
    FACTS;
    return f->has_reason && f->has_stop_cause;
}

static bool developer_chosen(const void *facts)
{
    FACTS;
    return f->developers > 0;
}

static bool date_and_basis_given(const void *facts)
{
    FACTS;
    return f->has_date && f->has_basis;
}

static bool date_given_others_heard_and_not_too_often(const void *facts)
{
    FACTS;
    return f->has_date && f->developers_heard && f->has_reason && f->has_second_person;
}

static bool both_approved_and_date_has_come(const void *facts)
{
    FACTS;
    return f->both_approved && f->date_has_come && f->content_passes;
}

static bool both_approved_and_content_passes(const void *facts)
{
    FACTS;
    return f->both_approved && f->content_passes;
}

static bool all_notified_say_known(const void *facts)
{
    FACTS;
    return f->notified > 0 && f->known == f->notified;
}

static bool all_notified_say_unaffected(const void *facts)
{
    FACTS;
    return f->notified > 0 && f->unaffected == f->notified;
}

static bool countermeasure_made(const void *facts)
{
    FACTS;
    return f->has_countermeasure;
}

static bool date_given_and_developer_heard(const void *facts)
{
    FACTS;
    return f->has_date && f->developers_heard;
}

static bool provision_prepared(const void *facts)
{
    FACTS;
    return f->has_countermeasure && f->consulted && f->finder_told && f->leak_ruled_out &&
           f->recipients > 0;
}

static bool committee_allows_and_provision_prepared(const void *facts)
{
    FACTS;
    return f->committee_allows && provision_prepared(facts);
}

static bool agreement_recorded(const void *facts)
{
    FACTS;
    return f->is_agreed && f->has_reason;
}

static bool told_and_impact_small(const void *facts)
{
    FACTS;
    return f->is_eol_a && f->has_reason;
}

static bool cause_stands(const void *facts)
{
    FACTS;
    return f->is_referable && f->has_reason;
}

static bool committee_allows_and_date_given(const void *facts)
{
    FACTS;
    return f->committee_allows && f->has_date;
}

static bool committee_allows_and_both_approved_and_date_has_come(const void *facts)
{
    FACTS;
    return f->committee_allows && both_approved_and_date_has_come(facts);
}

static const char *const states[CASE_STATES] = {
    "START",           "SUBMITTED",         "UNDER_REVIEW", "REJECTED",
    "ACCEPTED",        "STOPPED",           "WITH_CB",      "VENDOR_IDENTIFIED",
    "COORDINATING",    "DATE_SET",          "PUBLISHED",    "CANCELLED_KNOWN",
    "CLOSED_NOT_VULN", "CLOSED_INDIVIDUAL", "SELF_PRODUCT", "FOREIGN",
    "CLOSED_EOL_A",    "COMMITTEE",         "MERGED",
};

static const char *const events[PRODUCT_EVENTS] = {
    "submit",
    "open",
    "reject",
    "accept",
    "stop",
    "forward",
    "take",
    "identify",
    "contact",
    "set_date",
    "change_date",
    "publish",
    "update",
    "cancel_known",
    "cancel_not_vuln",
    "close_individual",
    "report_own",
    "provide",
    "notice",
    "close_eol",
    "refer",
    "return",
    "merge",
    "release_with_cb",
    "release_identified",
    "release_coordinating",
    "release_foreign",
    "follow",
    "split_with_cb",
    "split_identified",
    "split_coordinating",
    "split_dated",
};

#define RB    ROLE_RB
#define CB    ROLE_CB
#define FB    ROLE_FB
#define CLOCK ROLE_CLOCK

/* clang-format off */
static const struct move moves[] = {
    { CASE_START,             ROLE_FINDER, ON_SUBMIT, CASE_SUBMITTED,          ALWAYS,                               "INT-01 P01",               "rb:r" },
    { CASE_SUBMITTED,         RB,    ON_OPEN,             CASE_UNDER_REVIEW,   ALWAYS,                               "INT-06 P02",               "" },
    { CASE_UNDER_REVIEW,      RB,    ON_REJECT,           CASE_REJECTED,       IF(reason_given),                     "INT-04 INT-05 INT-19 P03", "rb:i rb:c" },
    { CASE_UNDER_REVIEW,      RB,    ON_ACCEPT,           CASE_ACCEPTED,       IF(report_complete_and_in_scope),     "INT-03 P04",               "rb:v rb:a" },
    { CASE_ACCEPTED,          RB,    ON_STOP,             CASE_STOPPED,        IF(stop_cause_given),                 "INT-08 INT-10 P05",        "rb:c" },
    { CASE_WITH_CB,           RB,    ON_STOP,             CASE_STOPPED,        IF(stop_cause_given),                 "INT-08 INT-10 P05",        "rb:c cb:i? cb:c" },
    { CASE_VENDOR_IDENTIFIED, RB,    ON_STOP,             CASE_STOPPED,        IF(stop_cause_given),                 "INT-08 INT-10 P05",        "rb:c cb:c em:t?" },
    { CASE_COORDINATING,      RB,    ON_STOP,             CASE_STOPPED,        IF(stop_cause_given),                 "INT-08 INT-10 P05",        "rb:c cb:c em:r? em:t?" },
    { CASE_ACCEPTED,          RB,    ON_FORWARD,          CASE_WITH_CB,        ALWAYS,                               "INT-07 P06",               "cb:r" },
    { CASE_WITH_CB,           CB,    ON_TAKE,             CASE_WITH_CB,        ALWAYS,                               "COO-37",                   "cb:v? cb:a?" },
    { CASE_WITH_CB,           CB,    ON_IDENTIFY,         CASE_VENDOR_IDENTIFIED, IF(developer_chosen),              "COO-06 COO-07 P07",        "cb:v? cb:a?" },
    { CASE_VENDOR_IDENTIFIED, CB,    ON_CONTACT,          CASE_COORDINATING,   ALWAYS,                               "COO-08 COO-37 P08",        "em:p" },
    { CASE_COORDINATING,      CB,    ON_SET_DATE,         CASE_DATE_SET,       IF(date_and_basis_given),             "COO-14 COO-18 COO-19 COO-20 P09", "em:a?" },
    { CASE_DATE_SET,          CB,    ON_CHANGE_DATE,      CASE_DATE_SET,       IF(date_given_others_heard_and_not_too_often), "COO-21 COO-22 P10",        "em:p em:a" },
    { CASE_DATE_SET,          RB | CB, ON_PROVIDE,        CASE_DATE_SET,       IF(provision_prepared),               "PRI-01 PRI-02 PRI-05 FND-08 CFD-11 P11", "" },
    { CASE_DATE_SET,          CLOCK, ON_PUBLISH,          CASE_PUBLISHED,      IF(both_approved_and_date_has_come),  "PUB-01 CFD-04 CFD-06 P12", "em:t pxa:P" },
    { CASE_COORDINATING,      CB,    ON_CANCEL_KNOWN,     CASE_CANCELLED_KNOWN, IF(all_notified_say_known),          "COO-28 P13",               "em:r? em:t? cb:c" },
    { CASE_DATE_SET,          CB,    ON_CANCEL_KNOWN,     CASE_CANCELLED_KNOWN, IF(all_notified_say_known),          "COO-28 P13",               "em:t cb:c" },
    { CASE_COORDINATING,      CB,    ON_CANCEL_NOT_VULN,  CASE_CLOSED_NOT_VULN, IF(all_notified_say_unaffected),     "COO-29 COO-33 P14",        "em:r? em:t? cb:c" },
    { CASE_DATE_SET,          CB,    ON_CANCEL_NOT_VULN,  CASE_CLOSED_NOT_VULN, IF(all_notified_say_unaffected),     "COO-29 COO-33 P14",        "em:t cb:c" },
    { CASE_COORDINATING,      CB,    ON_CLOSE_INDIVIDUAL, CASE_CLOSED_INDIVIDUAL, IF(agreement_recorded),            "COO-32 P15",               "em:r? em:t? cb:c" },
    { CASE_COORDINATING,      CB,    ON_CLOSE_EOL,        CASE_CLOSED_EOL_A,   IF(told_and_impact_small),            "EOL-02 P16",               "em:r? em:t? cb:c" },
    { CASE_COORDINATING,      CB,    ON_REFER,            CASE_COMMITTEE,      IF(cause_stands),                     "UNR-04 EOL-05 EOL-06 P17", "" },
    { CASE_DATE_SET,          CB,    ON_REFER,            CASE_COMMITTEE,      IF(cause_stands),                     "UNR-04 EOL-05 EOL-06 P17", "" },
    { CASE_COMMITTEE,         RB,    ON_SET_DATE,         CASE_COMMITTEE,      IF(committee_allows_and_date_given),  "UNR-05",                   "em:a?" },
    { CASE_COMMITTEE,         RB | CB, ON_PROVIDE,        CASE_COMMITTEE,      IF(committee_allows_and_provision_prepared), "UNR-09 PRI-07",          "" },
    { CASE_COMMITTEE,         CLOCK, ON_PUBLISH,          CASE_PUBLISHED,      IF(committee_allows_and_both_approved_and_date_has_come), "UNR-05 EOL-05 EOL-06 P18", "em:r? em:t? pxa:P" },
    { CASE_COMMITTEE,         RB | CB | ROLE_PM, ON_RETURN, CASE_COORDINATING, ALWAYS,                               "UNR-03 UNR-06 P19",        "" },
    { CASE_START,             ROLE_PM, ON_REPORT_OWN,     CASE_SELF_PRODUCT,   IF(countermeasure_made),              "INT-18 COO-30 P24",        "rb:r rb:v rb:a cb:r cb:v cb:a em:p" },
    { CASE_SELF_PRODUCT,      CB,    ON_TAKE,             CASE_SELF_PRODUCT,   ALWAYS,                               "COO-37",                   "" },
    { CASE_SELF_PRODUCT,      RB,    ON_STOP,             CASE_STOPPED,        IF(stop_cause_given),                 "INT-08 P05",               "rb:c cb:c em:r" },
    { CASE_SELF_PRODUCT,      CB,    ON_SET_DATE,         CASE_DATE_SET,       IF(date_given_and_developer_heard),   "COO-30 PUB-12 P24",        "em:a" },
    { CASE_START,             CB | FB, ON_NOTICE,         CASE_FOREIGN,        ALWAYS,                               "COO-34 PUB-08 P25",        "rb:r rb:v rb:a cb:r" },
    { CASE_FOREIGN,           CB,    ON_TAKE,             CASE_FOREIGN,        ALWAYS,                               "COO-37",                   "cb:v? cb:a?" },
    { CASE_FOREIGN,           CB,    ON_IDENTIFY,         CASE_VENDOR_IDENTIFIED, IF(developer_chosen),              "COO-34 P25",               "cb:v? cb:a?" },
    { CASE_FOREIGN,           RB,    ON_STOP,             CASE_STOPPED,        IF(stop_cause_given),                 "INT-08 P05",               "rb:c cb:i? cb:c" },
    { CASE_WITH_CB,           CB,    ON_MERGE,            CASE_MERGED,         IF(reason_given),                     "COO-16",                   "rb:d cb:v? cb:a? cb:d" },
    { CASE_VENDOR_IDENTIFIED, CB,    ON_MERGE,            CASE_MERGED,         IF(reason_given),                     "COO-16",                   "rb:d cb:d" },
    { CASE_COORDINATING,      CB,    ON_MERGE,            CASE_MERGED,         IF(reason_given),                     "COO-16",                   "rb:d cb:d" },
    { CASE_DATE_SET,          CB,    ON_MERGE,            CASE_MERGED,         IF(reason_given),                     "COO-16",                   "rb:d cb:d" },
    { CASE_FOREIGN,           CB,    ON_MERGE,            CASE_MERGED,         IF(reason_given),                     "COO-16",                   "rb:d cb:v? cb:a? cb:d" },
    { CASE_MERGED,            RB | CB, ON_RELEASE_WITH_CB, CASE_WITH_CB,       ALWAYS,                               "COO-16",                   "rb:a cb:a" },
    { CASE_MERGED,            RB | CB, ON_RELEASE_IDENTIFIED, CASE_VENDOR_IDENTIFIED, ALWAYS,                        "COO-16",                   "rb:a cb:a" },
    { CASE_MERGED,            RB | CB, ON_RELEASE_COORDINATING, CASE_COORDINATING, ALWAYS,                           "COO-16",                   "rb:a cb:a em:p?" },
    { CASE_MERGED,            RB | CB, ON_RELEASE_FOREIGN, CASE_FOREIGN,       ALWAYS,                               "COO-16",                   "rb:a cb:a" },
    { CASE_MERGED,            CLOCK, ON_FOLLOW,           CASE_PUBLISHED,      ALWAYS,                               "PUB-10 FND-06",            "em:r? em:t? pxa:P?" },
    { CASE_START,             CB,    ON_SPLIT_WITH_CB,    CASE_WITH_CB,        ALWAYS,                               "COO-16",                   "rb:r rb:v rb:a cb:r cb:v cb:a" },
    { CASE_START,             CB,    ON_SPLIT_IDENTIFIED, CASE_VENDOR_IDENTIFIED, ALWAYS,                            "COO-16",                   "rb:r rb:v rb:a cb:r cb:v cb:a" },
    { CASE_START,             CB,    ON_SPLIT_COORDINATING, CASE_COORDINATING, ALWAYS,                               "COO-16",                   "rb:r rb:v rb:a cb:r cb:v cb:a em:p" },
    { CASE_START,             CB,    ON_SPLIT_DATED,      CASE_DATE_SET,       ALWAYS,                               "COO-16",                   "rb:r rb:v rb:a cb:r cb:v cb:a em:p em:a" },
    { CASE_PUBLISHED,         CLOCK, ON_UPDATE,           CASE_PUBLISHED,      IF(both_approved_and_content_passes), "COO-26 PUB-16 P22",        "" },
};
/* clang-format on */

const struct life product_life = {
    .name = "product_case",
    .states = states,
    .events = events,
    .state_count = CASE_STATES,
    .event_count = PRODUCT_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 1u << CASE_REJECTED | 1u << CASE_STOPPED | 1u << CASE_CANCELLED_KNOWN |
                    1u << CASE_CLOSED_NOT_VULN | 1u << CASE_CLOSED_INDIVIDUAL |
                    1u << CASE_CLOSED_EOL_A,
};

const char *product_public_label(enum product_state state)
{
    switch (state) {
    case CASE_REJECTED:
        return N_("Not accepted");
    case CASE_PUBLISHED:
        return N_("Published");
    case CASE_CLOSED_NOT_VULN:
        return N_("Not a vulnerability");
    case CASE_CLOSED_INDIVIDUAL:
        return N_("Handled individually");
    case CASE_CLOSED_EOL_A:
        return N_("Handling ended");
    case CASE_STOPPED:
        return N_("Processing stopped");
    case CASE_CANCELLED_KNOWN:
        return N_("Publication cancelled (already known)");
    default:
        return N_("In handling");
    }
}

bool product_is_closed(enum product_state state)
{
    return state == CASE_PUBLISHED || state == CASE_MERGED ||
           (product_life.final_states >> state & 1);
}

int product_release(enum product_state left)
{
    switch (left) {
    case CASE_WITH_CB:
        return ON_RELEASE_WITH_CB;
    case CASE_VENDOR_IDENTIFIED:
        return ON_RELEASE_IDENTIFIED;
    case CASE_COORDINATING:
    case CASE_DATE_SET: /* its date is to be set anew */
        return ON_RELEASE_COORDINATING;
    case CASE_FOREIGN:
        return ON_RELEASE_FOREIGN;
    default:
        return -1;
    }
}

int product_split(enum product_state whole)
{
    switch (whole) {
    case CASE_WITH_CB:
    case CASE_FOREIGN:
        return ON_SPLIT_WITH_CB;
    case CASE_VENDOR_IDENTIFIED:
        return ON_SPLIT_IDENTIFIED;
    case CASE_COORDINATING:
        return ON_SPLIT_COORDINATING;
    case CASE_DATE_SET:
        return ON_SPLIT_DATED;
    default:
        return -1;
    }
}

enum phase product_phase(enum product_state state, bool has_detail, bool has_countermeasure)
{
    switch (state) {
    case CASE_START:
    case CASE_SUBMITTED:
    case CASE_UNDER_REVIEW:
        return PHASE_A;
    case CASE_PUBLISHED:
        return PHASE_E;
    case CASE_REJECTED:
    case CASE_STOPPED:
    case CASE_CANCELLED_KNOWN:
    case CASE_CLOSED_NOT_VULN:
    case CASE_CLOSED_INDIVIDUAL:
    case CASE_CLOSED_EOL_A:
    case CASE_MERGED:
        return PHASE_F;
    default:
        if (has_countermeasure)
            return PHASE_D;
        return has_detail || state == CASE_DATE_SET || state == CASE_COMMITTEE ? PHASE_C : PHASE_B;
    }
}
