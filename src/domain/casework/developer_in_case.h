/* domain/casework/developer_in_case.h: the life of a developer in a case: the rows of requirements 2.3 as a table. */
#pragma once
#include "base/life.h"

enum developer_state {
    DEVELOPER_START,
    DEVELOPER_IDENTIFIED,
    DEVELOPER_SUMMARY_SENT,
    DEVELOPER_NO_PRODUCT,
    DEVELOPER_DETAIL_REQUESTED,
    DEVELOPER_DETAIL_SENT,
    DEVELOPER_VERIFIED,
    DEVELOPER_MITIGATING,
    DEVELOPER_READY,
    DEVELOPER_PUBLISHED,
    DEVELOPER_NO_REPLY,
    DEVELOPER_REFUSED,
    DEVELOPER_UNREACHABLE,
    DEVELOPER_RESUMED, /* contact was made; the state before follows at once */
    DEVELOPER_STATES
};

enum developer_event {
    ON_ADD,
    ON_SEND_SUMMARY,
    ON_NO_PRODUCT,
    ON_REQUEST_DETAIL,
    ON_SEND_DETAIL,
    ON_VERIFY_AFFECTED,
    ON_VERIFY_CLEAR, /* not affected, or already known */
    ON_PLAN,
    ON_READY,
    ON_DEVELOPER_PUBLISH,
    ON_DEVELOPER_UPDATE,
    ON_SILENT,
    ON_REFUSE,
    ON_REPORT_OWN_PRODUCT, /* its own product, with the countermeasure (P24) */
    ON_UNREACHABLE,
    ON_RESUME,
    ON_RETURN_IDENTIFIED, /* V12: each state that was left has its own way back */
    ON_RETURN_SUMMARY_SENT,
    ON_RETURN_DETAIL_REQUESTED,
    ON_RETURN_DETAIL_SENT,
    ON_RETURN_VERIFIED,
    ON_RETURN_MITIGATING,
    ON_RETURN_NO_REPLY,
    DEVELOPER_EVENTS
};

struct developer_facts {
    bool is_registered;        /* has an account, has agreed to the terms (COO-02, COO-07) */
    bool has_summary;          /* the summary text of the case is written */
    bool warning_acknowledged; /* COO-11 */
    bool result_given;         /* affected and novelty (COO-12) */
    bool countermeasure_given; /* at least a workaround (COO-25) */
    bool had_detail;
    bool was_reminded; /* the reminder history before "no reply" (V10) */
    bool has_reason;
    bool confirmed_by_two; /* tried as the rules of the house ask, and two persons say so (V11) */
};

extern const struct life developer_life;
/* The event of V12 that leads back to the state that was left; -1 when none does. */
int developer_return(enum developer_state left);

/* JVN's word for a developer's status (jvn-formats 4.1) as a msgid: 該当製品あり, 該当製品無し, …, 報告なし. */
enum vendor_status {
    VENDOR_AFFECTED,
    VENDOR_AFFECTED_INVESTIGATING,
    VENDOR_NOT_AFFECTED,
    VENDOR_NOT_AFFECTED_INVESTIGATING,
    VENDOR_UNKNOWN,
    VENDOR_NOTIFIED,
    VENDOR_NO_REPORT,
    VENDOR_STATUSES
};
/* affected: "YES", "NO", "INVESTIGATING" or empty; published: after publication silence reads "no report" (PUB-03, UNR-10). */
enum vendor_status developer_vendor_status(enum developer_state state, struct str affected,
                                           bool published);
const char *vendor_status_words(enum vendor_status status);
