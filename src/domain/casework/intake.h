/* domain/casework/intake.h: from the report to the forwarding: what the finder sends and what the receiving body decides
 * (INT-01 to 16, 19, 20, 23; FND-01 to 06, 09, 10, 13, 16, 17). Every function runs in the caller's TX_WRITE. */
#pragma once
#include "domain/casework/case.h"

/* What a finder gets, after the commit alone: shown once. The same for a repeated submission under the same draft token. */
struct receipt {
    struct str number;     /* R-2026-7K3M-92QF */
    struct str passphrase; /* six groups of four */
    int64_t files;         /* attachments that came under the same draft */
    bool is_repeated;
};
enum { PASSPHRASE_GROUPS = 6, PASSPHRASE_WIDTH = 4 };

/* form: a record that report_form_check has nothing against (asked again here). draft: the token the form travelled under, secret of
 * its sender; channel "FORM" or "API". Attachments sent under the same draft join the case. Notices: the receiving body hears of it.
 * ERR_INPUT names the first faulty field. Rule: INT-01 FND-01 GEN-05 */
MUST_CHECK bool intake_submit(const struct casework *w, struct tx *tx, struct str form,
                              struct str draft, enum lang lang, struct str channel, struct utc now,
                              struct arena *arena, struct receipt *out, struct err *err);

/* The notification in force since February 2017 (GEN-11). */
#define LEGAL_BASIS "2017-19"
/* A case number says the year and nothing else: gaps and order carry no information (T24). */
MUST_CHECK bool intake_number_new(const struct casework *w, struct tx *tx, struct utc now,
                                  struct arena *arena, struct str *out, struct err *err);

/* The same for the form of REPORT_WEBSITE. Rule: INT-02 FND-01 GEN-05 */
MUST_CHECK bool intake_submit_website(const struct casework *w, struct tx *tx, struct str form,
                                      struct str draft, enum lang lang, struct str channel,
                                      struct utc now, struct arena *arena, struct receipt *out,
                                      struct err *err);

/* The mailbox behind a receipt number and a passphrase, as typed; *report_id is 0 when they do not belong together. Constant time.
 * Rule: INT-13 */
MUST_CHECK bool intake_mailbox(const struct casework *w, struct tx *tx, struct str receipt,
                               struct str passphrase, struct arena *arena, int64_t *report_id,
                               struct err *err);

/* A passphrase instead of the one that was lost; to be shown once. Who may have it, renewal.h makes sure. Rule: INT-13 */
MUST_CHECK bool intake_passphrase_new(const struct casework *w, struct tx *tx, int64_t report_id,
                                      struct arena *arena, struct str *out, struct err *err);

/* The case a mailbox is about, and its receipt number. ERR_ABSENT */
MUST_CHECK bool intake_case_of(struct tx *tx, int64_t report_id, struct arena *arena,
                               int64_t *case_id, struct str *receipt, struct err *err);
/* Why it was not accepted or stopped, in the words written to the finder; both empty when it was not. Rule: INT-04 INT-10 FND-04 */
MUST_CHECK bool intake_reason(struct tx *tx, const struct product_case *c, struct arena *arena,
                              struct str *code, struct str *words, struct err *err);

/* Closed lists, as msgids for pages. INT-05; INT-08. */
struct code {
    const char *code, *words;
};
/* The msgid of a code of a list that ends with { NULL, NULL }; NULL: it is not one of them. */
const char *code_words(const struct code *list, struct str code);
extern const struct code reject_codes[], stop_codes[]; /* end with { NULL, NULL } */
/* The msgid of a code by which a report or case ended, of a website too; NULL when there is none such. */
const char *intake_code_words(struct str code);

/* P02: RB opens a new report (INT-06). Nothing happens when it is open already. */
MUST_CHECK bool intake_open(struct tx *tx, const struct subject *who, struct product_case *c,
                            struct utc now, struct arena *arena, struct err *err);
/* P03 with N02. words: to the finder, mandatory. */
MUST_CHECK bool intake_reject(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct str code, struct str words, struct utc now,
                              struct arena *arena, struct err *err);
/* P04 with N01: all items are there and the target is in scope, as the officer has confirmed. */
MUST_CHECK bool intake_accept(struct tx *tx, const struct subject *who, struct product_case *c,
                              bool is_complete, bool is_in_scope, struct utc now,
                              struct arena *arena, struct err *err);
/* P05 with N03, or where there is no finder OWN_STOPPED to the developer. KNOWN_CB and NOTVULN_CB need CB's notice in the ledger (intake_advise_stop). */
MUST_CHECK bool intake_stop(struct tx *tx, const struct subject *who, struct product_case *c,
                            struct str code, struct str words, struct utc now, struct arena *arena,
                            struct err *err);
/* CB tells RB that it is known or not vulnerability-related: causes 2 and 4. */
MUST_CHECK bool intake_advise_stop(struct tx *tx, const struct subject *who, struct product_case *c,
                                   struct str code, struct str words, struct utc now,
                                   struct arena *arena, struct err *err);
/* P06 with N04 (never with the identity; FND-01). */
MUST_CHECK bool intake_forward(struct tx *tx, const struct subject *who, struct product_case *c,
                               struct utc now, struct arena *arena, struct err *err);
/* INT-23: range wide, medium or narrow; score: CVSS base in tenths, -1 unknown. The grade follows appendix 4 of the guideline. */
MUST_CHECK bool intake_assess(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct str range, int64_t score_tenths, struct str reason,
                              struct utc now, struct arena *arena, struct err *err);
const char *impact_grade(struct str range,
                         int64_t score_tenths); /* "PRIORITY", "NORMAL", "SIMPLE" */
/* The working title shown in lists at the desk. */
MUST_CHECK bool case_retitle(struct tx *tx, const struct subject *who, struct product_case *c,
                             struct str title, struct utc now, struct arena *arena,
                             struct err *err);
/* Takes a case or gives it to a colleague of the same body. */
MUST_CHECK bool case_assign(struct tx *tx, const struct subject *who, struct product_case *c,
                            int64_t account_id, struct utc now, struct arena *arena,
                            struct err *err);

/* The report's texts by field, as the grant allows: fields whose class it does not see are not in *out. */
struct grant;
MUST_CHECK bool report_texts(struct tx *tx, const struct product_case *c, const struct grant *grant,
                             struct arena *arena, struct str *out, struct err *err);

/* FND-01, C32: an identity is opened by one person with a reason and a second who allows it; each opening is an entry. */
MUST_CHECK bool identity_ask(struct tx *tx, const struct subject *who, struct product_case *c,
                             struct str reason, struct utc now, struct arena *arena,
                             struct err *err);
MUST_CHECK bool identity_allow(struct tx *tx, const struct subject *who, struct product_case *c,
                               struct str opening_id, struct utc now, struct arena *arena,
                               struct err *err);
/* Shown once to who asked, after it was allowed. *out: record of the finder_ fields. */
MUST_CHECK bool identity_show(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *c, struct str opening_id, struct utc now,
                              struct arena *arena, struct str *out, struct err *err);
/* The name to print, when the finder consented; else empty. One a line of all whose reports the publication rests on (belongs.h). For publication
 * (FND-15). */
MUST_CHECK bool identity_credit(const struct casework *w, struct tx *tx,
                                const struct product_case *c, struct arena *arena, struct str *out,
                                struct err *err);
/* The mail address for notices, for notify alone. */
MUST_CHECK bool identity_address(const struct casework *w, struct tx *tx, int64_t report_id,
                                 struct arena *arena, struct str *address, enum lang *lang,
                                 struct err *err);
