/* domain/casework/website.h: the case of a website: the receiving body tells the operator in three stages, the operator answers on a page of
 * its own that a secret link opens; the coordinating body and the public have no part in it (GEN-10, WEB-20). The life is
 * website_case.h, what the operator does website_operator.h, who sees what website_visibility.h. */
#pragma once
#include "domain/casework/intake.h"
#include "domain/casework/talk.h"
#include "domain/casework/website_case.h"

/* The first part of handling numbers is followed by this (full-width, WEB-06) and HANDLING_DIGITS digits. */
#define HANDLING_SIGN "＃"
enum { HANDLING_DIGITS = 8, WEBSITE_TARGET_MONTHS = 3, WEBSITE_LONG_DAYS = 90 };

/* How later mails are protected, as agreed in stage 2 (CFD-09). */
#define ENCRYPTION_PGP "PGP" /* mails are encrypted to the operator's key */
#define ENCRYPTION_PASSPHRASE \
    "PASSPHRASE" /* mails carry a link alone; the page asks for a passphrase */

struct website {
    struct product_case
        c; /* what every case has; c.state stays CASE_START, from which no move of a product's life leads */
    enum website_state state;
    struct str name, url; /* as reported */
    struct str operator_kind, encryption, handling_number, result, fix_kind, ordinance;
    struct utc stage1_at, stage2_at, stage3_at, received_at, result_at, estimate, fixed_at,
        long_pending_at, direct_wished_at, direct_agreed_at, direct_at;
    int64_t stage1_seq, contact_seq, encryption_seq, stage3_seq, result_seq, estimate_seq, fix_seq,
        direct_agreed_seq, ordinance_seq;      /* entries whose payload has the words; 0: none */
    int64_t attempts;                          /* to reach the operator (WEB-22) */
    bool consents_to_name, consents_to_direct; /* what the finder ticked in the report */
};

/* ERR_ABSENT when it is no website's. */
MUST_CHECK bool website_load(const struct casework *w, struct tx *tx, struct str public_id,
                             struct arena *arena, struct website *out, struct err *err);
MUST_CHECK bool website_load_by_id(const struct casework *w, struct tx *tx, int64_t id,
                                   struct arena *arena, struct website *out, struct err *err);
/* Whether a case is a website's. */
MUST_CHECK bool website_is(struct tx *tx, int64_t case_id, bool *out, struct err *err);
/* The payload of one of its entries; empty when seq is 0. */
MUST_CHECK bool website_payload(struct tx *tx, const struct website *s, int64_t seq,
                                struct arena *arena, struct str *out, struct err *err);

/* As case_move, for a website. */
MUST_CHECK bool website_move(struct tx *tx, const struct subject *who, struct website *s,
                             enum website_event event, const struct website_facts *facts,
                             const struct details *details, struct utc now, struct arena *arena,
                             struct entry *out, struct err *err);
MUST_CHECK bool website_note(struct tx *tx, const struct subject *who, struct website *s,
                             const char *kind, const struct details *details, struct utc now,
                             struct arena *arena, struct entry *out, struct err *err);
/* For case_apply: what an entry of a website's case does to the caches; *is_ours is false for entries that any case has. */
MUST_CHECK bool website_apply(struct tx *tx, const struct entry *entry, bool *is_ours,
                              struct err *err);

/* Closed lists, as msgids for pages; each ends with { NULL, NULL }. INT-09; WEB-18; WEB-22. */
extern const struct code website_stop_codes[], website_unhandleable_codes[], website_channels[],
    website_contact_results[];

/* ---- decisions of the receiving body ---- */

/* W03 with N01. Rule: INT-02 INT-03 */
MUST_CHECK bool website_accept(struct tx *tx, const struct subject *who, struct website *s,
                               bool is_complete, bool is_in_scope, struct utc now,
                               struct arena *arena, struct err *err);
/* W02 with N02; a code of reject_codes. */
MUST_CHECK bool website_reject(struct tx *tx, const struct subject *who, struct website *s,
                               struct str code, struct str words, struct utc now,
                               struct arena *arena, struct err *err);
/* W04, W16 with N03. The operator's two causes need its result. Rule: INT-09 INT-10 */
MUST_CHECK bool website_stop(struct tx *tx, const struct subject *who, struct website *s,
                             struct str code, struct str words, struct utc now, struct arena *arena,
                             struct err *err);

/* Whom stage 1 is sent to. */
struct website_contact {
    struct str email; /* the contact that the site shows */
    struct str kind;  /* of the operator: COMPANY, MUNICIPALITY, OTHER */
    enum lang lang;   /* of the mails to it */
};
/* W05: the address of the site and no detail. ERR_INPUT, ERR_MAIL_ADDRESS */
MUST_CHECK bool website_send_stage1(const struct casework *w, struct tx *tx,
                                    const struct subject *who, struct website *s,
                                    const struct website_contact *contact, struct utc now,
                                    struct arena *arena, struct err *err);
/* W06: to the contact the operator has named, to agree how later mails are protected. */
MUST_CHECK bool website_send_stage2(const struct casework *w, struct tx *tx,
                                    const struct subject *who, struct website *s, struct utc now,
                                    struct arena *arena, struct err *err);
/* W07: the details, with a handling number. words: the kind of vulnerability and the risks as things stand (WEB-05). Starts the clocks. */
MUST_CHECK bool website_send_stage3(const struct casework *w, struct tx *tx,
                                    const struct subject *who, struct website *s, struct str words,
                                    struct utc now, struct arena *arena, struct err *err);
/* The mail of the present stage once more, kept as an attempt. */
MUST_CHECK bool website_remind(const struct casework *w, struct tx *tx, const struct subject *who,
                               struct website *s, struct utc now, struct arena *arena,
                               struct err *err);
/* WEB-22: an attempt in another way. ERR_INPUT */
MUST_CHECK bool website_record_attempt(struct tx *tx, const struct subject *who, struct website *s,
                                       struct str channel, struct str result, struct str words,
                                       struct utc now, struct arena *arena, struct err *err);
/* W09: the operator has said so and we agree; the finder is told (N03's place: the end and its reason). */
MUST_CHECK bool website_agree_not_vulnerable(struct tx *tx, const struct subject *who,
                                             struct website *s, struct str words, struct utc now,
                                             struct arena *arena, struct err *err);
/* W12, after N20. */
MUST_CHECK bool website_close(struct tx *tx, const struct subject *who, struct website *s,
                              struct utc now, struct arena *arena, struct err *err);
/* W14: NO_REPLY needs attempts on record, REFUSED the operator's word for it. */
MUST_CHECK bool website_give_up(struct tx *tx, const struct subject *who, struct website *s,
                                struct str code, struct str words, struct utc now,
                                struct arena *arena, struct err *err);
/* W15. alert: which one (its number or address). */
MUST_CHECK bool website_close_by_alert(struct tx *tx, const struct subject *who, struct website *s,
                                       struct str alert, struct str words, struct utc now,
                                       struct arena *arena, struct err *err);

/* ---- talk ---- */

/* W17: operator and finder may write to each other from here on; each message is in our own records too. Rule: FND-14 */
MUST_CHECK bool website_open_direct(const struct casework *w, struct tx *tx,
                                    const struct subject *who, struct website *s, struct utc now,
                                    struct arena *arena, struct err *err);
/* The finder's answer to the operator's wish. name: by which it is to be known there, as it wishes; may be empty. */
MUST_CHECK bool website_answer_direct(struct tx *tx, const struct subject *who, struct website *s,
                                      bool agrees, struct str name, struct utc now,
                                      struct arena *arena, struct err *err);
/* THREAD_OPERATOR or THREAD_DIRECT: kept, and the other side told (N21, with a copy to the receiving body). Rule: FND-14 WEB-21 */
MUST_CHECK bool website_say(const struct casework *w, struct tx *tx, const struct subject *who,
                            struct website *s, enum thread thread, struct str text, struct utc now,
                            struct arena *arena, struct err *err);

/* ---- what falls due ---- */

/* Three months and 90 days after the detail notice: N41 to the receiving body, a reminder to the operator, the flag. Rule: WEB-11 WEB-12 */
MUST_CHECK bool website_fall_due(const struct casework *w, struct tx *tx, struct str timer_kind,
                                 struct website *s, struct utc now, struct arena *arena,
                                 struct err *err);
