#include "domain/casework/website_case.h"

#include "base/tr.h"
#include "domain/access/subject.h"

#define FACTS const struct website_facts *f = facts

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

static bool website_stop_cause_given(const void *facts)
{
    FACTS;
    return f->has_reason && f->has_stop_cause;
}

static bool contact_address_given(const void *facts)
{
    FACTS;
    return f->has_address;
}

static bool detail_contact_named(const void *facts)
{
    FACTS;
    return f->has_detail_contact;
}

static bool encryption_agreed(const void *facts)
{
    FACTS;
    return f->is_encryption_agreed;
}

static bool operator_says_not_vulnerable(const void *facts)
{
    FACTS;
    return f->says_not_vulnerable && f->has_reason;
}

static bool number_address_and_content_given(const void *facts)
{
    FACTS;
    return f->is_fix_reported_whole;
}

static bool finder_is_told(const void *facts)
{
    FACTS;
    return f->is_finder_told;
}

static bool unhandleable_reason_given(const void *facts)
{
    FACTS;
    return f->has_reason && f->was_contact_tried;
}

static bool alert_named(const void *facts)
{
    FACTS;
    return f->has_alert;
}

static bool ninety_days_have_passed(const void *facts)
{
    FACTS;
    return f->is_ninety_days_unfixed;
}

static bool both_consent(const void *facts)
{
    FACTS;
    return f->do_both_consent;
}

static const char *const states[SITE_STATES] = {
    "START",       "SUBMITTED",   "REJECTED",        "ACCEPTED",      "STOPPED",
    "STAGE1_SENT", "STAGE2_SENT", "STAGE3_SENT",     "INVESTIGATING", "FIXING",
    "FIXED",       "CLOSED",      "CLOSED_NOT_VULN", "UNHANDLEABLE",  "CLOSED_ALERT",
};

static const char *const events[WEBSITE_EVENTS] = {
    "submit",       "reject",  "accept",  "stop",     "send_stage1", "send_stage2",
    "send_stage3",  "receive", "confirm", "not_vuln", "fix",         "close",
    "unhandleable", "alert",   "long",    "direct",
};

#define RB    ROLE_RB
#define WO    ROLE_OPERATOR
#define CLOCK ROLE_CLOCK

/* clang-format off */
static const struct move moves[] = {
    { SITE_START,         ROLE_FINDER, ON_SITE_SUBMIT,  SITE_SUBMITTED,     ALWAYS,                               "INT-02 W01",               "" },
    { SITE_SUBMITTED,     RB,    ON_SITE_REJECT,        SITE_REJECTED,      IF(reason_given),                     "INT-04 INT-05 INT-19 WEB-19 W02", "" },
    { SITE_SUBMITTED,     RB,    ON_SITE_ACCEPT,        SITE_ACCEPTED,      IF(report_complete_and_in_scope),     "INT-03 W03",               "" },
    { SITE_ACCEPTED,      RB,    ON_SITE_STOP,          SITE_STOPPED,       IF(website_stop_cause_given),         "INT-09 INT-10 W04",        "" },
    { SITE_STAGE1_SENT,   RB,    ON_SITE_STOP,          SITE_STOPPED,       IF(website_stop_cause_given),         "INT-09 INT-10 W04",        "" },
    { SITE_STAGE2_SENT,   RB,    ON_SITE_STOP,          SITE_STOPPED,       IF(website_stop_cause_given),         "INT-09 INT-10 W04",        "" },
    { SITE_STAGE3_SENT,   RB,    ON_SITE_STOP,          SITE_STOPPED,       IF(website_stop_cause_given),         "INT-09 INT-10 W04",        "" },
    { SITE_INVESTIGATING, RB,    ON_SITE_STOP,          SITE_STOPPED,       IF(website_stop_cause_given),         "INT-09 INT-10 W04 W16",    "" },
    { SITE_FIXING,        RB,    ON_SITE_STOP,          SITE_STOPPED,       IF(website_stop_cause_given),         "INT-09 INT-10 W04",        "" },
    { SITE_ACCEPTED,      RB,    ON_STAGE1,             SITE_STAGE1_SENT,   IF(contact_address_given),            "WEB-01 WEB-02 WEB-03 W05", "" },
    { SITE_STAGE1_SENT,   RB,    ON_STAGE2,             SITE_STAGE2_SENT,   IF(detail_contact_named),             "WEB-03 WEB-04 W06",        "" },
    { SITE_STAGE2_SENT,   RB,    ON_STAGE3,             SITE_STAGE3_SENT,   IF(encryption_agreed),                "WEB-05 WEB-06 CFD-09 W07", "" },
    { SITE_STAGE3_SENT,   WO,    ON_SITE_RECEIVED,      SITE_INVESTIGATING, ALWAYS,                               "WEB-07 W08",               "" },
    { SITE_INVESTIGATING, RB,    ON_SITE_NOT_VULN,      SITE_CLOSED_NOT_VULN, IF(operator_says_not_vulnerable),   "WEB-17 W09",               "" },
    { SITE_INVESTIGATING, WO,    ON_SITE_CONFIRM,       SITE_FIXING,        ALWAYS,                               "WEB-09 WEB-10 W10",        "" },
    { SITE_STAGE3_SENT,   WO,    ON_SITE_FIX,           SITE_FIXED,         IF(number_address_and_content_given), "WEB-13 WEB-15 W11",        "" },
    { SITE_INVESTIGATING, WO,    ON_SITE_FIX,           SITE_FIXED,         IF(number_address_and_content_given), "WEB-13 WEB-15 W11",        "" },
    { SITE_FIXING,        WO,    ON_SITE_FIX,           SITE_FIXED,         IF(number_address_and_content_given), "WEB-13 WEB-15 W11",        "" },
    { SITE_FIXED,         RB,    ON_SITE_CLOSE,         SITE_CLOSED,        IF(finder_is_told),                   "FND-07 WEB-14 W12",        "" },
    { SITE_STAGE3_SENT,   CLOCK, ON_SITE_LONG,          SITE_STAGE3_SENT,   IF(ninety_days_have_passed),          "WEB-12 W13",               "" },
    { SITE_INVESTIGATING, CLOCK, ON_SITE_LONG,          SITE_INVESTIGATING, IF(ninety_days_have_passed),          "WEB-12 W13",               "" },
    { SITE_FIXING,        CLOCK, ON_SITE_LONG,          SITE_FIXING,        IF(ninety_days_have_passed),          "WEB-12 W13",               "" },
    { SITE_ACCEPTED,      RB,    ON_SITE_UNHANDLEABLE,  SITE_UNHANDLEABLE,  IF(unhandleable_reason_given),        "WEB-18 WEB-22 W14",        "" },
    { SITE_STAGE1_SENT,   RB,    ON_SITE_UNHANDLEABLE,  SITE_UNHANDLEABLE,  IF(unhandleable_reason_given),        "WEB-18 WEB-22 W14",        "" },
    { SITE_STAGE2_SENT,   RB,    ON_SITE_UNHANDLEABLE,  SITE_UNHANDLEABLE,  IF(unhandleable_reason_given),        "WEB-18 WEB-22 W14",        "" },
    { SITE_STAGE3_SENT,   RB,    ON_SITE_UNHANDLEABLE,  SITE_UNHANDLEABLE,  IF(unhandleable_reason_given),        "WEB-18 WEB-22 W14",        "" },
    { SITE_INVESTIGATING, RB,    ON_SITE_UNHANDLEABLE,  SITE_UNHANDLEABLE,  IF(unhandleable_reason_given),        "WEB-18 WEB-22 W14",        "" },
    { SITE_FIXING,        RB,    ON_SITE_UNHANDLEABLE,  SITE_UNHANDLEABLE,  IF(unhandleable_reason_given),        "WEB-18 WEB-22 W14",        "" },
    { SITE_ACCEPTED,      RB,    ON_SITE_ALERT,         SITE_CLOSED_ALERT,  IF(alert_named),                      "WEB-16 W15",               "" },
    { SITE_STAGE1_SENT,   RB,    ON_SITE_ALERT,         SITE_CLOSED_ALERT,  IF(alert_named),                      "WEB-16 W15",               "" },
    { SITE_STAGE2_SENT,   RB,    ON_SITE_ALERT,         SITE_CLOSED_ALERT,  IF(alert_named),                      "WEB-16 W15",               "" },
    { SITE_STAGE3_SENT,   RB,    ON_SITE_ALERT,         SITE_CLOSED_ALERT,  IF(alert_named),                      "WEB-16 W15",               "" },
    { SITE_INVESTIGATING, RB,    ON_SITE_ALERT,         SITE_CLOSED_ALERT,  IF(alert_named),                      "WEB-16 W15",               "" },
    { SITE_FIXING,        RB,    ON_SITE_ALERT,         SITE_CLOSED_ALERT,  IF(alert_named),                      "WEB-16 W15",               "" },
    { SITE_STAGE3_SENT,   RB,    ON_SITE_DIRECT,        SITE_STAGE3_SENT,   IF(both_consent),                     "FND-14 W17",               "" },
    { SITE_INVESTIGATING, RB,    ON_SITE_DIRECT,        SITE_INVESTIGATING, IF(both_consent),                     "FND-14 W17",               "" },
    { SITE_FIXING,        RB,    ON_SITE_DIRECT,        SITE_FIXING,        IF(both_consent),                     "FND-14 W17",               "" },
};
/* clang-format on */

const struct life website_life = {
    .name = "website_case",
    .states = states,
    .events = events,
    .state_count = SITE_STATES,
    .event_count = WEBSITE_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 1u << SITE_REJECTED | 1u << SITE_STOPPED | 1u << SITE_CLOSED |
                    1u << SITE_CLOSED_NOT_VULN | 1u << SITE_UNHANDLEABLE | 1u << SITE_CLOSED_ALERT,
};

const char *website_public_label(enum website_state state)
{
    switch (state) {
    case SITE_REJECTED:
        return N_("Not accepted");
    case SITE_STOPPED:
        return N_("Processing stopped");
    case SITE_FIXED:
    case SITE_CLOSED:
        return N_("Fixed");
    case SITE_CLOSED_NOT_VULN:
        return N_("Not a vulnerability");
    case SITE_UNHANDLEABLE:
        return N_("Cannot be handled");
    case SITE_CLOSED_ALERT:
        return N_("Alert issued");
    default:
        return N_("In handling");
    }
}

bool website_is_closed(enum website_state state) { return website_life.final_states >> state & 1; }

bool website_is_with_operator(enum website_state state)
{
    return state == SITE_STAGE3_SENT || state == SITE_INVESTIGATING || state == SITE_FIXING;
}

enum website_phase website_phase(enum website_state state)
{
    switch (state) {
    case SITE_START:
    case SITE_SUBMITTED:
        return SITE_A;
    case SITE_ACCEPTED:
    case SITE_STAGE1_SENT:
        return SITE_B;
    case SITE_STAGE2_SENT:
        return SITE_C;
    case SITE_STAGE3_SENT:
    case SITE_INVESTIGATING:
    case SITE_FIXING:
        return SITE_D;
    case SITE_FIXED:
    case SITE_CLOSED:
        return SITE_E;
    default:
        return SITE_F;
    }
}
