/* domain/casework/negotiation.h: how the publication date of a case came about: what was wished, set, changed and answered, by whom and why,
 * in the order in which it happened. Read from the ledger; nothing is kept for it. */
#pragma once
#include "domain/casework/visibility.h"

struct date_step {
    /* clock.started, date.set, date.changed, date.requested, date.decided, date.proposed or date.proposal_declined: kind, instants, code */
    struct entry entry;
    struct utc before; /* the date that stood until this one; 0: none did */
    /* who did it; empty where the reader is not to know */
    struct str person, organisation_ja, organisation_en;
    struct str why; /* record of the words given for it; empty where they are not for the reader */
};
struct date_steps {
    VEC_OF(struct date_step);
};
/* The bodies read all of it, as far as they see developers' reports. A developer reads the dates that everybody was told, and its own wishes with
 * their answers: never another's, nor what the coordinating body wrote of others. Rule: COO-21 COO-22 CFD-10 */
MUST_CHECK bool negotiation_steps(struct tx *tx, const struct product_case *c,
                                  const struct grant *grant, struct arena *arena,
                                  struct date_steps *out, struct err *err);
