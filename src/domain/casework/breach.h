/* domain/casework/breach.h: a developer that published before the agreed date: an entry in the case's ledger, listed at the developer's
 * entry of the developer list. Whether it is left out of later handling is decided there, by a person (organisation_set_handling). */
#pragma once
#include "domain/casework/case.h"

/**
 * Keeps that a developer published on its own before the agreed date. Nobody is told, nothing else changes.
 *
 * published_at  not in the future, and before the case was published: ERR_INPUT "published_at"
 * words         what was published, and where: ERR_INPUT "words"
 * err           ERR_NOT_READY "summary": it was told nothing, so it could not break its word
 * Rule:         CFD-07
 */
MUST_CHECK bool breach_record(struct tx *tx, const struct subject *who, struct product_case *c,
                              const struct developer *d, struct utc published_at, struct str words,
                              struct utc now, struct arena *arena, struct err *err);

struct breach {
    struct utc published_at, at;
    struct str case_public_id, case_number, actor_name, words;
};
struct breaches {
    VEC_OF(struct breach);
};
/* Of a developer, the newest first; empty for whoever is of neither body. */
MUST_CHECK bool breach_list(const struct casework *w, struct tx *tx, const struct subject *who,
                            int64_t organisation_id, struct arena *arena, struct breaches *out,
                            struct err *err);
