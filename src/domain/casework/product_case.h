/* domain/casework/product_case.h: the life of a product report and case: the rows of requirements 2.1 as a table. */
#pragma once
#include "base/life.h"
#include "base/utc.h"

enum product_state {
    CASE_START, /* before anything */
    CASE_SUBMITTED,
    CASE_UNDER_REVIEW,
    CASE_REJECTED,
    CASE_ACCEPTED,
    CASE_STOPPED,
    CASE_WITH_CB,
    CASE_VENDOR_IDENTIFIED,
    CASE_COORDINATING,
    CASE_DATE_SET,
    CASE_PUBLISHED,
    CASE_CANCELLED_KNOWN,
    CASE_CLOSED_NOT_VULN,
    CASE_CLOSED_INDIVIDUAL,
    CASE_SELF_PRODUCT, /* a developer's own product: both bodies have it, the date is still to be set */
    CASE_FOREIGN,      /* notice from outside the Partnership: no developer has been chosen */
    CASE_CLOSED_EOL_A, /* support had ended, the developer was told, the impact is small */
    CASE_COMMITTEE,    /* before the publication judgement committee: refused, or nobody answers */
    CASE_MERGED,       /* rests: it is handled in another case (belongs.h) */
    CASE_STATES
};

enum product_event {
    ON_SUBMIT,
    ON_OPEN,
    ON_REJECT,
    ON_ACCEPT,
    ON_STOP,
    ON_FORWARD,
    ON_TAKE,
    ON_IDENTIFY,
    ON_CONTACT,
    ON_SET_DATE,
    ON_CHANGE_DATE,
    ON_PUBLISH,
    ON_UPDATE,
    ON_CANCEL_KNOWN,
    ON_CANCEL_NOT_VULN,
    ON_CLOSE_INDIVIDUAL,
    ON_REPORT_OWN,
    ON_PROVIDE, /* to critical infrastructure, before publication */
    ON_NOTICE,  /* from a foreign coordinator, or collected by the coordinating body */
    ON_CLOSE_EOL,
    ON_REFER,  /* to the committee */
    ON_RETURN, /* from it: declined, or the developer can be coordinated with again */
    ON_MERGE,
    ON_RELEASE_WITH_CB, /* taken out again: each state that was left has its own way back */
    ON_RELEASE_IDENTIFIED,
    ON_RELEASE_COORDINATING,
    ON_RELEASE_FOREIGN,
    ON_FOLLOW,        /* the case it rests in was published */
    ON_SPLIT_WITH_CB, /* a new case begins where the one it was part of stands */
    ON_SPLIT_IDENTIFIED,
    ON_SPLIT_COORDINATING,
    ON_SPLIT_DATED,
    PRODUCT_EVENTS
};

/* What the guards look at; filled by the command that asks. */
struct product_facts {
    bool has_reason;  /* a reason code, and words for the finder */
    bool is_complete; /* items (1) to (3) of INT-01 are there */
    bool is_in_scope; /* GEN-01 */
    bool
        has_stop_cause; /* one of the five of INT-08; for the two that come from CB, CB's notice is recorded */
    int64_t developers;        /* in the case, not removed */
    int64_t notified;          /* of them, have got the summary */
    int64_t known, unaffected; /* of the notified, by their last report */
    bool has_date;             /* a date that lies ahead */
    bool has_basis; /* verification reports are in, or the basis says why not (COO-18 to 20) */
    bool
        developers_heard; /* the others were consulted about a change (COO-21), or the one about its date (COO-30) */
    bool has_second_person;  /* or needs none: the date was not changed too often yet (COO-21) */
    bool has_countermeasure; /* made, or agreed to stop using it (COO-30, PRI-01) */
    bool consulted;          /* the other body and every developer concerned have agreed (PRI-02) */
    bool finder_told;        /* beforehand, or there is none (FND-08) */
    bool leak_ruled_out;     /* CFD-11 */
    int64_t recipients;      /* whose agreement stands and who have confirmed all conditions */
    bool date_has_come;
    bool
        both_approved; /* reviewed by a second person of CB and confirmed by RB, as it is now (PUB-01) */
    bool content_passes;   /* the publishing filter (CFD-04) */
    bool is_eol_a;         /* of the cases of ended support (EOL-02) */
    bool is_agreed;        /* an agreement on individual handling is recorded (COO-32) */
    bool is_referable;     /* a cause for the committee stands (UNR-04) */
    bool committee_allows; /* decided to publish, and the procedure is confirmed (UNR-05) */
};

extern const struct life product_life;

/* The event that leads a merged case back to the state it left, and the one that begins a case split off one in that state; -1 when none does. */
int product_release(enum product_state left);
int product_split(enum product_state whole);

/* The label of figure 1-2 for statistics: 取扱い中, 公表済み, 個別対応, 脆弱性ではない, 不受理 … as msgid. */
const char *product_public_label(enum product_state state);
/* No more work is expected in it; in a merged case, while it rests. */
bool product_is_closed(enum product_state state);
/* The phase A to F of the visibility matrix (requirements 5.1). has_detail: some developer has been given the detail; has_countermeasure: one is ready. */
enum phase { PHASE_A, PHASE_B, PHASE_C, PHASE_D, PHASE_E, PHASE_F, PHASES };
enum phase product_phase(enum product_state state, bool has_detail, bool has_countermeasure);
