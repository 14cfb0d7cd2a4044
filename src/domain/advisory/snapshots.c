#include "domain/advisory/snapshots.h"

#include "base/err.h"
#include "domain/advisory/world.sql.h"
#include "seal/seal.h"
#include "store/store.h"

bool snapshot_put(struct tx *tx, const struct world_snapshot *snapshot, struct arena *arena,
                  struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct hash hash = hash_of(snapshot->record);
    int got;

    if (!store_select(tx, &sql_world_snapshot, BINDS(bind_text("name", snapshot->name)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got < 0)
        return PASS(err);
    if (got > 0)
        return str_eq(row_text(rows, "hash"), hash_str(&hash))
                   ? true
                   : FAIL(err, BUG, STR("a snapshot with other contents"));
    rows_end(TAKE(rows));
    return store_exec(tx, &sql_world_snapshot_add,
                      BINDS(bind_text("name", snapshot->name),
                            bind_blob("record", snapshot->record),
                            bind_blob("hash", hash_str(&hash)), bind_utc("at", snapshot->at)),
                      NULL, err)
               ? true
               : PASS(err);
}

bool snapshots_load(struct tx *tx, struct arena *arena, struct world_snapshots *out,
                    struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct world_snapshots){ 0 };
    if (!store_select(tx, &sql_world_snapshots, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct world_snapshot){ row_text(rows, "name"), row_text(rows, "record"),
                                          row_utc(rows, "at") });
    return got == 0 ? true : PASS(err);
}
