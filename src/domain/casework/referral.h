/* domain/casework/referral.h: a developer or an operator that a finder wrote to directly asks it to report here, and gives it a number; the
 * report that comes with it is linked (INT-17, SITE-07). */
#pragma once
#include "domain/casework/case.h"

enum { REFERRAL_NAME_MAX = 200 };

struct referral {
    int64_t id;
    struct str code; /* "T-7K3M-92QF" */
    struct str told; /* whom the finder had told */
    struct utc created_at;
};
struct referrals {
    VEC_OF(struct referral);
};
/* told: for the receiving body, which does it on an operator's behalf; a developer's own name stands for itself. ERR_INPUT "told",
 * ERR_NOT_YOUR_MOVE. Rule: INT-17 SITE-07 */
MUST_CHECK bool referral_make(struct tx *tx, const struct subject *who, struct str told,
                              struct utc now, struct arena *arena, struct referral *out,
                              struct err *err);
/* Of the reader's own organisation, the newest first, at most 100. Whether a report came with one is not said (matrix: others see nothing). */
MUST_CHECK bool referral_list(struct tx *tx, const struct subject *who, struct arena *arena,
                              struct referrals *out, struct err *err);
/* A report has come with this number, as typed; one that does not exist links nothing. For intake alone. Rule: INT-17 */
MUST_CHECK bool referral_link(struct tx *tx, const struct subject *finder, struct product_case *c,
                              struct str typed, struct utc now, struct arena *arena,
                              struct err *err);
/* Who referred it here; *found false when nobody did. For the bodies. */
MUST_CHECK bool referral_of(struct tx *tx, const struct product_case *c, struct arena *arena,
                            struct referral *out, bool *found, struct err *err);
