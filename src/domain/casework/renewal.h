/* domain/casework/renewal.h: a new passphrase for a finder who has lost it. One officer of the receiving body writes down how it was made sure that
 * it is the finder, in the second way named in the report or by judgement; a second officer agrees. Then a link goes to the address in the
 * report and to no other; it works once, together with the receipt number, and the old passphrase holds until then. */
#pragma once
#include "domain/casework/intake.h"

enum { RENEWAL_DAYS = 3 }; /* that a link is good for */

struct renewal {
    struct str public_id, asked_by_name, how; /* how: it was made sure */
    int64_t asked_by, allowed_by;             /* 0: not yet */
    struct utc asked_at, expires_at, used_at;
};
struct renewals {
    VEC_OF(struct renewal);
};
/* Newest last. */
MUST_CHECK bool renewals_load(struct tx *tx, const struct product_case *c, struct arena *arena,
                              struct renewals *out, struct err *err);

/* ERR_INPUT "how" without words; ERR_ABSENT where there is no finder. Rule: INT-13 */
MUST_CHECK bool renewal_ask(struct tx *tx, const struct subject *who, struct product_case *c,
                            struct str how, struct utc now, struct arena *arena, struct err *err);
/* By another officer; earlier links of the mailbox end. ERR_NOT_READY for who asked. Rule: INT-13 */
MUST_CHECK bool renewal_allow(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *c, struct str public_id, struct utc now,
                              struct arena *arena, struct err *err);
/* Whether the link is good. ERR_MAIL_LINK */
MUST_CHECK bool renewal_find(struct tx *tx, struct str token, struct utc now, struct arena *arena,
                             struct err *err);
/* The new passphrase, and the end of every session of the mailbox. *out has no passphrase when the receipt number is not the link's; the link is
 * good for another try. ERR_MAIL_LINK. Rule: INT-13 */
MUST_CHECK bool renewal_take(const struct casework *w, struct tx *tx, struct str token,
                             struct str receipt, struct utc now, struct arena *arena,
                             struct receipt *out, struct err *err);
