/* domain/advisory/follow.h: our advisories in the database of countermeasures. The portal has them at their instant; the database follows as soon as nobody else
 * writes it (design 2: two databases do not commit together). */
#pragma once
#include "domain/advisory/world.h"

/* How many publications there have been: another number, and there is something to follow. ERR_STORE */
MUST_CHECK bool advisory_publications(struct world *world, int64_t *out, struct err *err);

/**
 * Takes what was published or changed since the newest of ours that stands in the catalogue. What a kill interrupts is done by the next call.
 *
 * prefix of the numbers of our own series, which each of them gets
 * count  how many were new or said something else
 * err    ERR_STORE, ERR_STORE_BUSY while an import writes
 * Rule:  PUB-14
 */
MUST_CHECK bool advisory_follow(struct world *world, struct store *catalog, struct str prefix,
                                struct utc now, size_t *count, struct err *err);
