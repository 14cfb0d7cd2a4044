/* domain/casework/website_operator.h: the operator of a website, who has no account: the links that mails bring, and what it answers.
 * A link opens what its stage tells and no more: who holds the first mail learns the site's address, who holds the third the details. */
#pragma once
#include "domain/casework/website.h"

/* ---- links ---- */

/* A new link of that stage, and the mail that brings it: a row of the outbox. Links of earlier stages end. */
MUST_CHECK bool operator_tell(const struct casework *w, struct tx *tx, const struct website *s,
                              int stage, const char *notice, int64_t seq, struct utc now,
                              struct arena *arena, struct err *err);
/* The stage the present state speaks in: 1 to 3. */
int operator_stage(const struct website *s);

struct operator_link {
    int64_t id, case_id;
    int stage;
    bool needs_passphrase;
};
/* The link of a token; *found is false when there is none or it has ended. */
MUST_CHECK bool operator_link_find(struct tx *tx, struct str token, struct arena *arena,
                                   struct operator_link *out, bool *found, struct err *err);
/* Constant time. */
MUST_CHECK bool operator_passphrase_matches(const struct casework *w, struct tx *tx,
                                            struct str token, struct str passphrase,
                                            struct arena *arena, bool *matches, struct err *err);

/* Whom a mail with this link goes to, for notify alone: the contact of its stage, and the key when one is agreed. */
struct operator_address {
    struct str email, key, fingerprint;
    enum lang lang;
};
MUST_CHECK bool operator_address(struct tx *tx, const struct website *s, int64_t link_id,
                                 struct arena *arena, struct operator_address *out,
                                 struct err *err);

/* ---- answers; who: SUBJECT_OPERATOR of this case; each tells the receiving body (N19) ---- */

/* Stage 1: whom the details are to be sent to. ERR_MAIL_ADDRESS, ERR_INPUT. Rule: WEB-03 */
MUST_CHECK bool operator_name_contact(struct tx *tx, const struct subject *who, struct website *s,
                                      struct str email, struct str name, struct utc now,
                                      struct arena *arena, struct err *err);
/* Stage 2. key, fingerprint: of ENCRYPTION_PGP, looked at before; *passphrase: of ENCRYPTION_PASSPHRASE, to be shown once. Rule: CFD-09 WEB-04 */
MUST_CHECK bool operator_agree_encryption(const struct casework *w, struct tx *tx,
                                          const struct subject *who, struct website *s,
                                          struct str method, struct str key, struct str fingerprint,
                                          struct utc now, struct arena *arena,
                                          struct str *passphrase, struct err *err);
/* W08. Rule: WEB-07 */
MUST_CHECK bool operator_confirm_receipt(struct tx *tx, const struct subject *who,
                                         struct website *s, struct utc now, struct arena *arena,
                                         struct err *err);
/* AFFECTED (W10), or KNOWN, NOT_VULN, REFUSED, on which the receiving body decides. Rule: WEB-09 WEB-10 INT-09 */
MUST_CHECK bool operator_report_result(struct tx *tx, const struct subject *who, struct website *s,
                                       struct str result, struct str words, struct utc now,
                                       struct arena *arena, struct err *err);
/* By when, and why it takes so long. Rule: WEB-11 */
MUST_CHECK bool operator_estimate(struct tx *tx, const struct subject *who, struct website *s,
                                  struct utc until, struct str words, struct utc now,
                                  struct arena *arena, struct err *err);
/* W11 with N20 to the finder. number: as typed, "#" or "＃". Rule: WEB-06 WEB-13 WEB-15 FND-07 */
struct operator_fix {
    struct str number, url, words, kind; /* kind: PLAIN, PAGE_DELETED, OPERATIONAL */
};
MUST_CHECK bool operator_report_fix(struct tx *tx, const struct subject *who, struct website *s,
                                    const struct operator_fix *fix, struct utc now,
                                    struct arena *arena, struct err *err);
/* Information was handed to a system integrator, and its receipt notice for that. Rule: CFD-13 */
MUST_CHECK bool operator_tell_integrator(struct tx *tx, const struct subject *who,
                                         struct website *s, struct str name, struct str words,
                                         struct utc told_at, struct utc now, struct arena *arena,
                                         struct err *err);
MUST_CHECK bool operator_keep_receipt(struct tx *tx, const struct subject *who, struct website *s,
                                      int64_t handover, struct str words, struct utc received_at,
                                      struct utc now, struct arena *arena, struct err *err);
struct handover {
    int64_t seq;
    struct str name, words, receipt; /* receipt: what it says; empty: none yet */
    struct utc told_at, receipt_at;
};
struct handovers {
    VEC_OF(struct handover);
};
MUST_CHECK bool operator_handovers(struct tx *tx, const struct website *s, struct arena *arena,
                                   struct handovers *out, struct err *err);
/* A municipality: EXEMPT from its disclosure ordinance until fixed, or NOT_EXEMPT, with the ground. Rule: CFD-16 LGL-13 */
MUST_CHECK bool operator_decide_ordinance(struct tx *tx, const struct subject *who,
                                          struct website *s, struct str decision, struct str words,
                                          struct utc now, struct arena *arena, struct err *err);
/* It wishes to write to the finder directly; the finder is asked. Rule: FND-14 */
MUST_CHECK bool operator_wish_direct(struct tx *tx, const struct subject *who, struct website *s,
                                     struct str words, struct utc now, struct arena *arena,
                                     struct err *err);
