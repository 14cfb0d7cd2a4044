#include "domain/advisory/follow.h"

#include "base/err.h"
#include "domain/advisory/follow.sql.h"
#include "domain/catalog/catalog.h"
#include "store/store.h"

enum { VIEW_MEMORY = 64 << 20, RECORD_MAX = 4 << 20 };

bool advisory_publications(struct world *world, int64_t *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(world_store(world), TX_READ, &tx, err) &&
                   store_number(tx, &sql_follow_publications, NO_BINDS, 0, out, err)
               ? true
               : PASS(err);
}

static bool take(struct world *world, struct catalog_batch *batch, struct str row, size_t *count,
                 struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(VIEW_MEMORY);
    struct buf bytes = buf_new(arena, RECORD_MAX);
    struct catalog_record record;
    struct advisory_view view;
    enum catalog_change change;

    if (!advisory_from_record(row, arena, &view, err))
        return PASS(err);
    advisory_to_catalog(&view, world_site(world), arena, &record);
    if (!catalog_record_encode(&record, &bytes, err) ||
        !catalog_put(batch, &record, buf_str(&bytes), NULL, arena, &change, err))
        return PASS(err);
    *count += change != CATALOG_UNCHANGED;
    return true;
}

static bool take_all(struct world *world, struct catalog_batch *batch, int64_t since, size_t *count,
                     struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 30);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!tx_begin(world_store(world), TX_READ, &tx, err) ||
        !store_select(tx, &sql_follow_since, BINDS(bind_int("since", since)), arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        if (!take(world, batch, row_text(rows, "view"), count, err))
            return PASS(err);
    return more == 0 ? true : PASS(err);
}

bool advisory_follow(struct world *world, struct store *catalog, struct utc now, size_t *count,
                     struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(catalog_batch_free_var) struct catalog_batch *batch = NULL;
    int64_t since;

    *count = 0;
    if (!tx_begin(catalog, TX_WRITE, &tx, err) ||
        !store_number(tx, &sql_follow_newest, NO_BINDS, 0, &since, err))
        return PASS(err);
    batch = catalog_batch_new(tx, 0, now);
    return take_all(world, batch, since, count, err) && catalog_batch_end(batch, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}
