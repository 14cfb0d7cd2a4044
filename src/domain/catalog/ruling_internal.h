/* domain/catalog/ruling_internal.h: how decisions are applied to a record that is put. For this room alone. */
#pragma once
#include "domain/catalog/batch.h"

struct ruled {
    struct str entry;             /* the name of the one it stands in */
    struct catalog_record record; /* with the aliases as they are after all decisions */
    bool is_changed;              /* they are others than its source gave */
};

/* The record as it is to stand here. Lists that change live in arena. ERR_STORE */
MUST_CHECK bool ruling_of(struct catalog_batch *batch, const struct catalog_record *record,
                          struct arena *arena, struct ruled *out, struct err *err);
/* Before a changed record is put: nothing is decided of it yet. ERR_STORE */
MUST_CHECK bool ruling_clear(struct catalog_batch *batch, int64_t record, struct err *err);
/* Keeps it so beside what its source says, or that there is no difference. ERR_STORE, ERR_TOO_LARGE */
MUST_CHECK bool ruling_keep(struct catalog_batch *batch, int64_t record, const struct ruled *ruled,
                            struct arena *arena, struct err *err);
