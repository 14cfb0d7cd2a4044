/* domain/casework/openings.h: who asked to open a finder's identity, and what became of it. For the receiving body alone. */
#pragma once
#include "domain/casework/case.h"

struct opening {
    struct str public_id, asked_by_name, reason;
    int64_t asked_by, allowed_by; /* 0: not yet */
    struct utc asked_at, shown_at;
};
struct openings {
    VEC_OF(struct opening);
};
/* Newest last. Rule: FND-01 */
MUST_CHECK bool openings_load(struct tx *tx, const struct product_case *c, struct arena *arena,
                              struct openings *out, struct err *err);
