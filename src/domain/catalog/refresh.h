/* domain/catalog/refresh.h: an entry's row, its places in the dictionary and its words, made from its records. For this room alone. */
#pragma once
#include "domain/catalog/batch.h"

struct wording;

enum refresh {
    REFRESH_NEW,     /* its row is not there yet */
    REFRESH_CHANGED, /* it counts as changed now */
    REFRESH_WORDS    /* only the full-text index is made again */
};
/**
 * Makes one entry anew, or takes it away when it has no records any more.
 *
 * told   its records; none: it goes
 * doc    its number in the full-text index from now on
 * all    where that is made whole, and its arena is given; NULL: the words are added to it
 * err    ERR_STORE, ERR_IO
 */
MUST_CHECK bool refresh_entry(struct catalog_batch *batch, int64_t entry,
                              const struct catalog_tellings *told, int64_t doc, enum refresh kind,
                              struct wording *all, struct arena *arena, struct err *err);
