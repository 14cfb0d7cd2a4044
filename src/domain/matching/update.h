/* domain/matching/update.h: keeps the match index beside a catalogue as new as it is. */
#pragma once
#include "domain/matching/index.h"

struct tx;

struct update_limits {
    size_t segments; /* upon a base; at least 1, less than INDEX_LAYERS_MAX */
    int64_t records; /* that came or changed since the base: with more it is made anew */
};
/* What an index says that no catalogue stands behind; the first update makes it anew. */
struct index_cover matching_no_cover(void);

enum update_made { UPDATE_NOTHING, UPDATE_SEGMENT, UPDATE_BASE };

/**
 * Brings the index to what the transaction sees. Where little changed since it was written, that is a segment upon what is there, or in the place of all
 * segments when there are `limits.segments` of them; else a new base. What cannot be opened is replaced. One process at a time; readers go on with what they
 * have open and see a new state whole, and so does whoever comes after a kill.
 *
 * path   of the index's manifest
 * err    ERR_STORE, ERR_CATALOG_RECORD, ERR_IO, ERR_TOO_LARGE
 */
MUST_CHECK bool matching_update(struct tx *tx, const char *path, struct utc now,
                                struct update_limits limits, enum update_made *made,
                                struct err *err);
