/* domain/catalog/refresh.h: an entry's row, its places in the dictionary and its words, made from its records. For this room alone. */
#pragma once
#include "domain/catalog/batch.h"

/**
 * Makes one entry anew, or takes it away when it has no records any more.
 *
 * doc      its number in the full-text index from now on
 * changed  it counts as changed now; otherwise only the index is made again
 * err      ERR_STORE, ERR_CATALOG_RECORD
 */
MUST_CHECK bool refresh_entry(struct catalog_batch *batch, int64_t entry, int64_t doc, bool changed,
                              struct arena *arena, struct err *err);
