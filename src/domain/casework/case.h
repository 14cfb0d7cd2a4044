/* domain/casework/case.h: one case and its developers as rows (caches of the ledger), and the one way to change them: an event is
 * appended, then applied. Views for each audience stand in views.h; nothing outside casework reads these rows. */
#pragma once
#include "base/settings.h"
#include "base/vec.h"
#include "domain/casework/developer_in_case.h"
#include "domain/casework/ledger.h"
#include "domain/casework/product_case.h"
#include "domain/casework/report_form.h"

/* What the commands need beside the transaction. */
struct casework {
    const struct vault *vault;
    int64_t target_days;          /* COO-15: 45 */
    int64_t date_changes_alone;   /* after so many a later date wants a second person */
    bool start_is_handling_start; /* COO-37: 起算日 is CB's start instead of the first contact */
    unsigned priority_sender;     /* PRI-03: ROLE_CB or ROLE_RB */
    struct str case_prefix, report_prefix,
        handling_prefix, /* of case numbers, receipts and websites' handling numbers (WEB-06) */
        inquiry_prefix;  /* of the numbers in the list of developers that cannot be reached */
    int64_t
        unreachable_months, /* of attempts, before a developer counts as one that cannot be reached */
        unreachable_product_months;  /* from its name on the list to the product's */
    int64_t committee_quorum,        /* votes that a judgement needs */
        committee_cases;             /* that must wait before a meeting is called (UNR-07) */
    bool priority_after_committee;   /* UNR-09: off by default */
    struct str unreachable_channels; /* all of which must have been tried; codes of contact.h */
};
struct casework casework_from(const struct settings *settings, const struct vault *vault);

struct product_case {
    int64_t id;
    struct str public_id, number;
    enum product_state state;
    struct str origin, source, legal_basis, title,
        summary; /* title, summary: opened; empty when not written */
    struct utc submitted_at, reviewed_at, accepted_at, handling_started_at, first_contact_at,
        publication_date, published_at, closed_at, changed_at;
    struct str date_basis, close_code, impact_range, impact_grade, category, em, pxa;
    int64_t date_changes, impact_score, rb_officer_id, cb_officer_id, version,
        report_id; /* report_id: the first report of a finder; 0: there is no finder (a developer's own) */
    bool is_website; /* of a website's case only what every case has is filled (website.h) */
    struct case_key key;
};

/* Which form its report was sent with. */
static inline enum report_target case_target(const struct product_case *c)
{
    return c->is_website ? REPORT_WEBSITE : REPORT_PRODUCT;
}

/* The start of counting (起算日) by the setting of COO-37; 0 when it has not begun. */
struct utc case_start(const struct casework *w, const struct product_case *c);

/* ERR_ABSENT when there is none of that id. */
MUST_CHECK bool case_load(const struct casework *w, struct tx *tx, struct str public_id,
                          struct arena *arena, struct product_case *out, struct err *err);
MUST_CHECK bool case_load_by_id(const struct casework *w, struct tx *tx, int64_t id,
                                struct arena *arena, struct product_case *out, struct err *err);

/* Of a product or a website: number, public id and key alone, for whoever speaks of a case of either kind. ERR_ABSENT */
MUST_CHECK bool case_load_any(const struct casework *w, struct tx *tx, int64_t id,
                              struct arena *arena, struct product_case *out, struct err *err);

struct developer {
    int64_t id, case_id, organisation_id;
    struct str public_id, alias, organisation_name_ja, organisation_name_en, organisation_public_id,
        organisation_state;
    enum developer_state state;
    struct str resume_state; /* the one left when it could not be reached */
    struct str contact, level, rm, pec, vfd, affected, novelty, countermeasure;
    struct utc summary_at, seen_at, warning_acknowledged_at, detail_requested_at, detail_at,
        verified_at, status_at, answer_due, reminded_at, last_move_at;
    bool name_consent, is_removed;
    int64_t result_seq, status_seq, reminders, version;
};
struct developers {
    VEC_OF(struct developer);
};
/* All that are not removed, in the order they were added. */
MUST_CHECK bool developers_load(struct tx *tx, int64_t case_id, struct arena *arena,
                                struct developers *out, struct err *err);
MUST_CHECK bool developer_load(struct tx *tx, struct str public_id, struct arena *arena,
                               struct developer *out, struct err *err);
/* Of that organisation in that case; ERR_ABSENT when it is not in it or was removed. */
MUST_CHECK bool developer_load_of(struct tx *tx, int64_t case_id, int64_t organisation_id,
                                  struct arena *arena, struct developer *out, struct err *err);

/* What an event tells beyond its kind. All optional. */
struct details {
    struct str code; /* a closed list each: reject, stop, basis, thread … */
    struct utc n;
    int64_t ref;
    struct str facts;   /* a record; plain */
    struct str payload; /* a record; sealed */
};

/* Moves the case if its life's table allows it: asks the row, appends the event with the row's rule and what it carries, applies it to
 * the caches. c is brought up to date. ERR_NO_SUCH_MOVE, ERR_NOT_YOUR_MOVE, ERR_NOT_READY. The caller has begun TX_WRITE. */
MUST_CHECK bool case_move(struct tx *tx, const struct subject *who, struct product_case *c,
                          enum product_event event, const struct product_facts *facts,
                          const struct details *details, struct utc now, struct arena *arena,
                          struct entry *out, struct err *err);
MUST_CHECK bool developer_move(struct tx *tx, const struct subject *who, struct product_case *c,
                               struct developer *d, enum developer_event event,
                               const struct developer_facts *facts, const struct details *details,
                               struct utc now, struct arena *arena, struct entry *out,
                               struct err *err);
/* One step of any life of a case: asks the row, appends the event with its rule and what it carries, applies it. */
struct case_step {
    const struct life *life;
    int from, event;
    const char *kind; /* of the entry */
    int64_t participant_id, ref;
};
MUST_CHECK bool case_step(struct tx *tx, const struct subject *who, struct product_case *c,
                          const struct case_step *step, const void *facts,
                          const struct details *details, struct utc now, struct arena *arena,
                          int *to, struct entry *out, struct err *err);
/* An event that moves no life: kind is a row of apply.c ("message.sent"); an unknown kind is our mistake (ERR_BUG). */
MUST_CHECK bool case_note(struct tx *tx, const struct subject *who, struct product_case *c,
                          int64_t participant_id, const char *kind, const struct details *details,
                          struct utc now, struct arena *arena, struct entry *out, struct err *err);

/* Facts about the developers for the guards: developers, notified, known, unaffected. */
void product_facts_count(const struct developers *developers, struct product_facts *facts);

/* Brings the caches in line with one entry; for append and for rebuilding alike. */
MUST_CHECK bool case_apply(struct tx *tx, const struct entry *entry, struct arena *arena,
                           struct err *err);

/* The whole ledger verified, every cache rebuilt beside and compared. Nothing is changed. ERR_LEDGER_BROKEN names the first difference.
 * entries: how many were verified. */
MUST_CHECK bool casework_verify(const struct casework *w, struct tx *write, int64_t *entries,
                                struct hash *head, struct err *err);

/* Refuses with ERR_CHANGED_MEANWHILE unless the form's version is the row's (0: not asked). */
MUST_CHECK bool case_check_version(const struct product_case *c, int64_t version, struct err *err);
