#include "domain/casework/developer_in_case.h"

#include "base/tr.h"
#include "domain/access/subject.h"

#define FACTS const struct developer_facts *f = facts

static bool registered_and_summary_written(const void *facts)
{
    FACTS;
    return f->is_registered && f->has_summary;
}

static bool warning_acknowledged(const void *facts)
{
    FACTS;
    return f->warning_acknowledged;
}

static bool affected_and_novelty_given(const void *facts)
{
    FACTS;
    return f->result_given;
}

static bool result_given_and_detail_had(const void *facts)
{
    FACTS;
    return f->result_given && f->had_detail;
}

static bool countermeasure_given(const void *facts)
{
    FACTS;
    return f->countermeasure_given;
}

static bool registered_and_countermeasure_given(const void *facts)
{
    FACTS;
    return f->is_registered && f->countermeasure_given;
}

static bool was_reminded(const void *facts)
{
    FACTS;
    return f->was_reminded;
}

static bool reason_given(const void *facts)
{
    FACTS;
    return f->has_reason;
}

static bool had_no_detail(const void *facts)
{
    FACTS;
    return !f->had_detail;
}

static bool warning_acknowledged_and_had_no_detail(const void *facts)
{
    FACTS;
    return f->warning_acknowledged && !f->had_detail;
}

static bool confirmed_by_two(const void *facts)
{
    FACTS;
    return f->confirmed_by_two;
}

static const char *const states[DEVELOPER_STATES] = {
    "START",       "IDENTIFIED", "SUMMARY_SENT", "NO_PRODUCT", "DETAIL_REQUESTED",
    "DETAIL_SENT", "VERIFIED",   "MITIGATING",   "READY",      "PUBLISHED",
    "NO_REPLY",    "REFUSED",    "UNREACHABLE",  "RESUMED",
};

static const char *const events[DEVELOPER_EVENTS] = {
    "add",
    "send_summary",
    "no_product",
    "request_detail",
    "send_detail",
    "verify_affected",
    "verify_clear",
    "plan",
    "ready",
    "publish",
    "update",
    "silent",
    "refuse",
    "report_own_product",
    "unreachable",
    "resume",
    "return_identified",
    "return_summary_sent",
    "return_detail_requested",
    "return_detail_sent",
    "return_verified",
    "return_mitigating",
    "return_no_reply",
};

#define CB ROLE_CB
#define PM ROLE_PM

/* clang-format off */
static const struct move moves[] = {
    { DEVELOPER_START,            CB, ON_ADD,             DEVELOPER_IDENTIFIED,       ALWAYS,                              "COO-06 COO-07 V01", "" },
    { DEVELOPER_IDENTIFIED,       CB, ON_SEND_SUMMARY,    DEVELOPER_SUMMARY_SENT,     IF(registered_and_summary_written),  "COO-08 V02",        "rm:r vfd:V pec:INVITE" },
    { DEVELOPER_SUMMARY_SENT,     PM, ON_NO_PRODUCT,      DEVELOPER_NO_PRODUCT,       ALWAYS,                              "COO-09 V03",        "rm:i rm:c" },
    { DEVELOPER_SUMMARY_SENT,     PM, ON_REQUEST_DETAIL,  DEVELOPER_DETAIL_REQUESTED, IF(warning_acknowledged),            "COO-09 COO-11 V04", "rm:v? pec:ACCEPT" },
    { DEVELOPER_DETAIL_REQUESTED, CB, ON_SEND_DETAIL,     DEVELOPER_DETAIL_SENT,      ALWAYS,                              "COO-10 V05",        "em:a?" },
    { DEVELOPER_DETAIL_SENT,      PM, ON_VERIFY_AFFECTED, DEVELOPER_VERIFIED,         IF(affected_and_novelty_given),      "COO-12 V06",        "rm:a?" },
    { DEVELOPER_DETAIL_SENT,      PM, ON_VERIFY_CLEAR,    DEVELOPER_VERIFIED,         IF(affected_and_novelty_given),      "COO-12 V06",        "rm:d?" },
    { DEVELOPER_VERIFIED,         PM, ON_VERIFY_AFFECTED, DEVELOPER_VERIFIED,         IF(affected_and_novelty_given),      "COO-12 V06",        "rm:a?" },
    { DEVELOPER_VERIFIED,         PM, ON_VERIFY_CLEAR,    DEVELOPER_VERIFIED,         IF(affected_and_novelty_given),      "COO-12 V06",        "rm:d?" },
    { DEVELOPER_MITIGATING,       PM, ON_VERIFY_AFFECTED, DEVELOPER_MITIGATING,       IF(affected_and_novelty_given),      "COO-12 V06",        "rm:a?" },
    { DEVELOPER_MITIGATING,       PM, ON_VERIFY_CLEAR,    DEVELOPER_VERIFIED,         IF(affected_and_novelty_given),      "COO-12 V06",        "rm:d?" },
    { DEVELOPER_VERIFIED,         PM, ON_PLAN,            DEVELOPER_MITIGATING,       ALWAYS,                              "COO-25 V07",        "rm:a?" },
    { DEVELOPER_VERIFIED,         PM, ON_READY,           DEVELOPER_READY,            IF(countermeasure_given),            "COO-24 COO-25 V08", "rm:a? vfd:F?" },
    { DEVELOPER_MITIGATING,       PM, ON_READY,           DEVELOPER_READY,            IF(countermeasure_given),            "COO-24 COO-25 V08", "rm:a? vfd:F?" },
    { DEVELOPER_READY,            PM, ON_READY,           DEVELOPER_READY,            IF(countermeasure_given),            "COO-24 V08",        "" },
    { DEVELOPER_READY,            ROLE_CLOCK, ON_DEVELOPER_PUBLISH, DEVELOPER_PUBLISHED, ALWAYS,                           "PUB-05 V09",        "" },
    { DEVELOPER_PUBLISHED,        PM, ON_DEVELOPER_UPDATE, DEVELOPER_PUBLISHED,       ALWAYS,                              "COO-26 V14",        "" },
    { DEVELOPER_SUMMARY_SENT,     CB, ON_SILENT,          DEVELOPER_NO_REPLY,         IF(was_reminded),                    "COO-19 UNR-10 V10", "" },
    { DEVELOPER_DETAIL_SENT,      CB, ON_SILENT,          DEVELOPER_NO_REPLY,         IF(was_reminded),                    "COO-19 UNR-10 V10", "" },
    { DEVELOPER_VERIFIED,         CB, ON_SILENT,          DEVELOPER_NO_REPLY,         IF(was_reminded),                    "COO-19 UNR-10 V10", "" },
    { DEVELOPER_MITIGATING,       CB, ON_SILENT,          DEVELOPER_NO_REPLY,         IF(was_reminded),                    "COO-19 UNR-10 V10", "" },
    { DEVELOPER_NO_REPLY,         PM, ON_NO_PRODUCT,      DEVELOPER_NO_PRODUCT,       IF(had_no_detail),                   "COO-09 V03",        "rm:i? rm:c?" },
    { DEVELOPER_NO_REPLY,         PM, ON_REQUEST_DETAIL,  DEVELOPER_DETAIL_REQUESTED, IF(warning_acknowledged_and_had_no_detail), "COO-09 V04", "rm:v? pec:ACCEPT" },
    { DEVELOPER_NO_REPLY,         PM, ON_VERIFY_AFFECTED, DEVELOPER_VERIFIED,         IF(result_given_and_detail_had),     "COO-12 V06",        "rm:a?" },
    { DEVELOPER_NO_REPLY,         PM, ON_VERIFY_CLEAR,    DEVELOPER_VERIFIED,         IF(result_given_and_detail_had),     "COO-12 V06",        "rm:d?" },
    { DEVELOPER_SUMMARY_SENT,     PM, ON_REFUSE,          DEVELOPER_REFUSED,          IF(reason_given),                    "COO-38 V13",        "rm:i?" },
    { DEVELOPER_DETAIL_SENT,      PM, ON_REFUSE,          DEVELOPER_REFUSED,          IF(reason_given),                    "COO-38 V13",        "rm:d?" },
    { DEVELOPER_VERIFIED,         PM, ON_REFUSE,          DEVELOPER_REFUSED,          IF(reason_given),                    "COO-38 V13",        "rm:d?" },
    { DEVELOPER_IDENTIFIED,       CB, ON_UNREACHABLE,     DEVELOPER_UNREACHABLE,      IF(confirmed_by_two),                "UNR-01 V11",        "" },
    { DEVELOPER_SUMMARY_SENT,     CB, ON_UNREACHABLE,     DEVELOPER_UNREACHABLE,      IF(confirmed_by_two),                "UNR-01 V11",        "" },
    { DEVELOPER_DETAIL_REQUESTED, CB, ON_UNREACHABLE,     DEVELOPER_UNREACHABLE,      IF(confirmed_by_two),                "UNR-01 V11",        "" },
    { DEVELOPER_DETAIL_SENT,      CB, ON_UNREACHABLE,     DEVELOPER_UNREACHABLE,      IF(confirmed_by_two),                "UNR-01 V11",        "" },
    { DEVELOPER_VERIFIED,         CB, ON_UNREACHABLE,     DEVELOPER_UNREACHABLE,      IF(confirmed_by_two),                "UNR-01 V11",        "" },
    { DEVELOPER_MITIGATING,       CB, ON_UNREACHABLE,     DEVELOPER_UNREACHABLE,      IF(confirmed_by_two),                "UNR-01 V11",        "" },
    { DEVELOPER_NO_REPLY,         CB, ON_UNREACHABLE,     DEVELOPER_UNREACHABLE,      IF(confirmed_by_two),                "UNR-01 V11",        "" },
    { DEVELOPER_UNREACHABLE,      CB | PM, ON_RESUME,     DEVELOPER_RESUMED,          ALWAYS,                              "UNR-03 V12",        "" },
    { DEVELOPER_RESUMED,          CB | PM, ON_RETURN_IDENTIFIED, DEVELOPER_IDENTIFIED, ALWAYS, "UNR-03 V12", "" },
    { DEVELOPER_RESUMED,          CB | PM, ON_RETURN_SUMMARY_SENT, DEVELOPER_SUMMARY_SENT, ALWAYS, "UNR-03 V12", "" },
    { DEVELOPER_RESUMED,          CB | PM, ON_RETURN_DETAIL_REQUESTED, DEVELOPER_DETAIL_REQUESTED, ALWAYS, "UNR-03 V12", "" },
    { DEVELOPER_RESUMED,          CB | PM, ON_RETURN_DETAIL_SENT, DEVELOPER_DETAIL_SENT, ALWAYS, "UNR-03 V12", "" },
    { DEVELOPER_RESUMED,          CB | PM, ON_RETURN_VERIFIED, DEVELOPER_VERIFIED, ALWAYS, "UNR-03 V12", "" },
    { DEVELOPER_RESUMED,          CB | PM, ON_RETURN_MITIGATING, DEVELOPER_MITIGATING, ALWAYS, "UNR-03 V12", "" },
    { DEVELOPER_RESUMED,          CB | PM, ON_RETURN_NO_REPLY, DEVELOPER_NO_REPLY, ALWAYS, "UNR-03 V12", "" },
    { DEVELOPER_START,            PM, ON_REPORT_OWN_PRODUCT, DEVELOPER_READY,         IF(registered_and_countermeasure_given), "INT-18 COO-30 P24", "rm:r rm:v rm:a vfd:V vfd:F pec:ACCEPT" },
};
/* clang-format on */

const struct life developer_life = {
    .name = "developer_in_case",
    .states = states,
    .events = events,
    .state_count = DEVELOPER_STATES,
    .event_count = DEVELOPER_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 1u << DEVELOPER_NO_PRODUCT | 1u << DEVELOPER_REFUSED,
};

int developer_return(enum developer_state left)
{
    for (int event = ON_RETURN_IDENTIFIED; event <= ON_RETURN_NO_REPLY; event++) {
        for (size_t i = 0; i < COUNT(moves); i++) {
            if (moves[i].event == event && moves[i].to == (int)left)
                return event;
        }
    }
    return -1;
}

enum vendor_status developer_vendor_status(enum developer_state state, struct str affected,
                                           bool published)
{
    switch (state) {
    case DEVELOPER_NO_PRODUCT:
        return VENDOR_NOT_AFFECTED;
    case DEVELOPER_REFUSED:
    case DEVELOPER_UNREACHABLE:
        return VENDOR_UNKNOWN;
    case DEVELOPER_VERIFIED:
    case DEVELOPER_MITIGATING:
    case DEVELOPER_READY:
    case DEVELOPER_PUBLISHED:
        if (str_eq(affected, STR("NO")))
            return VENDOR_NOT_AFFECTED;
        if (str_eq(affected, STR("INVESTIGATING")))
            return VENDOR_NOT_AFFECTED_INVESTIGATING;
        return state == DEVELOPER_VERIFIED || state == DEVELOPER_MITIGATING
                   ? VENDOR_AFFECTED_INVESTIGATING
                   : VENDOR_AFFECTED;
    case DEVELOPER_NO_REPLY:
        return VENDOR_NO_REPORT;
    default:
        return published ? VENDOR_NO_REPORT : VENDOR_NOTIFIED;
    }
}

const char *vendor_status_words(enum vendor_status status)
{
    static const char *const words[VENDOR_STATUSES] = {
        N_("Vulnerable"),     N_("Vulnerable, investigating"),
        N_("Not vulnerable"), N_("Not vulnerable, investigating"),
        N_("Unknown"),        N_("Vulnerability information provided"),
        N_("No report"),
    };

    return words[status];
}
