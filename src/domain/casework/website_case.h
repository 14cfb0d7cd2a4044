/* domain/casework/website_case.h: the life of a report on a website and of its case: the rows W01 to W17 of requirements 2.2 as a table. */
#pragma once
#include "base/life.h"

enum website_state {
    SITE_START, /* before anything */
    SITE_SUBMITTED,
    SITE_REJECTED,
    SITE_ACCEPTED,
    SITE_STOPPED,
    SITE_STAGE1_SENT,
    SITE_STAGE2_SENT,
    SITE_STAGE3_SENT,
    SITE_INVESTIGATING,
    SITE_FIXING,
    SITE_FIXED,
    SITE_CLOSED,
    SITE_CLOSED_NOT_VULN,
    SITE_UNHANDLEABLE,
    SITE_CLOSED_ALERT,
    SITE_STATES
};

enum website_event {
    ON_SITE_SUBMIT,
    ON_SITE_REJECT,
    ON_SITE_ACCEPT,
    ON_SITE_STOP,
    ON_STAGE1,
    ON_STAGE2,
    ON_STAGE3,
    ON_SITE_RECEIVED, /* the operator confirms that it has the details */
    ON_SITE_CONFIRM,  /* the operator finds that it is a vulnerability */
    ON_SITE_NOT_VULN,
    ON_SITE_FIX,
    ON_SITE_CLOSE,
    ON_SITE_UNHANDLEABLE,
    ON_SITE_ALERT,
    ON_SITE_LONG,   /* 90 days: a flag, the state stays */
    ON_SITE_DIRECT, /* operator and finder may write to each other: a flag, the state stays */
    WEBSITE_EVENTS
};

/* What the guards look at; filled by the command that asks. */
struct website_facts {
    bool has_reason;             /* a code of the closed list, and words for the finder */
    bool is_complete;            /* items (1) to (3) of INT-02 are there */
    bool is_in_scope;            /* GEN-01, GEN-03 */
    bool has_stop_cause;         /* one of the five of INT-09; the operator's two: it has said so */
    bool has_address;            /* of the contact that the site shows */
    bool has_detail_contact;     /* the operator has named whom to write to */
    bool is_encryption_agreed;   /* CFD-09 */
    bool says_not_vulnerable;    /* the operator's result, with which the receiving body agrees */
    bool is_fix_reported_whole;  /* handling number, address and what was done (WEB-13) */
    bool is_finder_told;         /* N20 is on its way */
    bool was_contact_tried;      /* for "no answer": attempts are on record (WEB-22) */
    bool has_alert;              /* which alert it was */
    bool is_ninety_days_unfixed; /* since the detail notice */
    bool do_both_consent;        /* operator and finder (FND-14) */
};

extern const struct life website_life;

/* The label of figure 1-3 for statistics, as msgid. */
const char *website_public_label(enum website_state state);
/* No more work is expected. */
bool website_is_closed(enum website_state state);
/* The operator has the details and the site is not fixed yet. */
bool website_is_with_operator(enum website_state state);

/* The phase A to F of the visibility matrix (requirements 5.2). */
enum website_phase { SITE_A, SITE_B, SITE_C, SITE_D, SITE_E, SITE_F, SITE_PHASES };
enum website_phase website_phase(enum website_state state);
