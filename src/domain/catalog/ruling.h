/* domain/catalog/ruling.h: what curators decided about which records are about the same flaw: an entry stands in another, a record's other name is wrong. Kept beside
 * what the sources say and applied to every record that comes, so that no import undoes it; taken back, all is as the sources have it. Rule: VDB-01, VDB-14 */
#pragma once
#include "domain/catalog/catalog.h"

/* A name that a record gives to its flaw. */
struct catalog_naming {
    enum catalog_source source;
    struct str record, alias;
};

/**
 * The entry `name` and whatever comes under that name stands in the entry `into` from now on. Its number of our series goes with it where the other has none.
 * Again the same: nothing.
 *
 * err   ERR_ABSENT about the entry that is not there; ERR_INPUT: "name" is a CVE, which is never another's; "into" stands in it already; "number": both have one.
 */
MUST_CHECK bool catalog_join(struct catalog_batch *batch, struct str name, struct str into,
                             struct arena *arena, struct err *err);
/* ERR_ABSENT when it is not joined. */
MUST_CHECK bool catalog_unjoin(struct catalog_batch *batch, struct str name, struct arena *arena,
                               struct err *err);
/* The record does not speak of `alias` any more. ERR_ABSENT when there is no such record, or it does not. Again the same: nothing. */
MUST_CHECK bool catalog_part(struct catalog_batch *batch, const struct catalog_naming *naming,
                             struct arena *arena, struct err *err);
/* ERR_ABSENT when it was not parted. */
MUST_CHECK bool catalog_unpart(struct catalog_batch *batch, const struct catalog_naming *naming,
                               struct arena *arena, struct err *err);
