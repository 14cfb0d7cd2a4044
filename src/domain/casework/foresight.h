/* domain/casework/foresight.h: what would follow from telling a developer of a case now, by the policy that stands in the developer list and by
 * what it did before; so that no embargo ends by accident. Looks only. */
#pragma once
#include "domain/casework/case.h"

struct foresight {
    int64_t discloses_after_days; /* 0: waits for the agreed date */
    struct utc would_publish;     /* told now; 0: not by itself */
    struct utc
        planned; /* the publication: its date, else the target, counted from now when counting has not begun */
    struct utc
        tell_from; /* told from then on, it would not be before the planned day; 0: it may be told now */
    struct str reports_to; /* an authority or a customer it must tell; empty: none */
    int64_t breaches;      /* of agreed dates, on record */
};
/* Rule: COO-06 COO-15 CFD-07 */
MUST_CHECK bool foresight_of(const struct casework *w, struct tx *tx, const struct product_case *c,
                             struct str organisation, struct utc now, struct arena *arena,
                             struct foresight *out, struct err *err);
