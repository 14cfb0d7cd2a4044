/* domain/advisory/snapshots.h: rows of the public world beside the advisories: what is published once under a name and stays so. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"

struct err;
struct tx;

struct world_snapshot {
    struct str name, record; /* "2026-q3" */
    struct utc at;           /* published */
};
struct world_snapshots {
    VEC_OF(struct world_snapshot);
};

/* Again with the same record: as it was. Another one under that name: ERR_BUG, because what was published stays. Rule: STA-01 */
MUST_CHECK bool snapshot_put(struct tx *tx, const struct world_snapshot *snapshot,
                             struct arena *arena, struct err *err);
/* All, by name, the last first. */
MUST_CHECK bool snapshots_load(struct tx *tx, struct arena *arena, struct world_snapshots *out,
                               struct err *err);
