/* domain/catalog/batch.h: what a transaction has touched. For this room alone. */
#pragma once
#include "domain/catalog/catalog.h"

enum { EPSS_PAST = 8, EPSS_PASTS = 30 }; /* bytes of a score before; how many are kept */

struct dictionary;

struct catalog_batch {
    struct tx *tx;
    int64_t import;
    struct utc now;
    struct arena *arena; /* as long as the batch */
    struct dictionary *dictionary;
    struct {
        VEC_OF(int64_t); /* ids of entries, in any order, some more than once */
    } touched, left;     /* left: a record went from there to another */
    bool is_rebuild, kev_changed, epss_changed;
};
void batch_touch(struct catalog_batch *batch, int64_t entry);
/* A record as it is kept: packed, or as older versions kept it. ERR_CATALOG_RECORD */
MUST_CHECK bool batch_unpack(struct str kept, struct arena *arena, struct str *out,
                             struct err *err);
