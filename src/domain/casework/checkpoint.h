/* domain/casework/checkpoint.h: receipts that prove what was reported and when, and the daily checkpoints that bind them (proof.h). */
#pragma once
#include "domain/casework/case.h"
#include "domain/casework/proof.h"

/* Issues the signed receipt of a report, in the transaction that keeps it: its leaf stands in the ledger, its statement sealed beside.
 * record: what was kept of the report, without its finder. Rule: FND-04 */
MUST_CHECK bool receipt_issue(struct tx *tx, const struct subject *finder, struct product_case *c,
                              struct str number, struct str record, struct utc now,
                              struct arena *arena, struct err *err);

/* What the finder of a case may keep: the receipt as a file, with the checkpoint as soon as there is one, and the text it is about. Empty when
 * none was issued or the texts of the case have been deleted. */
struct receipt_kept {
    struct str file, text;
    struct utc at, checkpoint_at; /* checkpoint_at: 0 until there is one */
};
MUST_CHECK bool receipt_load(const struct casework *w, struct tx *tx, const struct product_case *c,
                             struct arena *arena, struct receipt_kept *out, struct err *err);

/* Is there anything to make or to publish? */
MUST_CHECK bool checkpoint_is_due(struct tx *tx, struct utc now, bool *is_due, struct err *err);
/* The checkpoint of a day (Japan's): made once, when the day has changed since the last one. *made: there is a new one. */
MUST_CHECK bool checkpoint_make(const struct casework *w, struct tx *tx, struct utc now, bool *made,
                                struct err *err);
struct checkpoint {
    int64_t upto; /* the entry of the ledger whose hash it states */
    struct utc made_at;
    struct proof_signed proof;
};
struct checkpoints {
    VEC_OF(struct checkpoint);
};
/* Those that are not known to be public, the oldest first (domain/advisory/proofs brings them there). */
MUST_CHECK bool checkpoint_unpublished(struct tx *tx, struct arena *arena, struct checkpoints *out,
                                       struct err *err);
MUST_CHECK bool checkpoint_done(struct tx *tx, const struct checkpoint *checkpoint, struct utc now,
                                struct err *err);
