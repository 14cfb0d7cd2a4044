#include "domain/advisory/follow.h"

#include "base/err.h"
#include "domain/advisory/follow.sql.h"
#include "domain/catalog/byhand.h"
#include "domain/catalog/entry.h"
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

struct following {
    struct tx *tx; /* of the catalogue */
    struct catalog_batch *batch;
    struct arena *arena;
    struct {
        VEC_OF(struct str);
    } ids; /* of what was taken */
    size_t count;
};

static bool take(struct world *world, struct following *f, struct str row, struct err *err)
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
        !catalog_put(f->batch, &record, buf_str(&bytes), NULL, arena, &change, err))
        return PASS(err);
    f->count += change != CATALOG_UNCHANGED;
    VEC_PUSH(f->arena, &f->ids, arena_str(f->arena, record.id));
    return true;
}

static bool take_all(struct world *world, struct following *f, int64_t since, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!tx_begin(world_store(world), TX_READ, &tx, err) ||
        !store_select(tx, &sql_follow_since, BINDS(bind_int("since", since)), f->arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        if (!take(world, f, row_text(rows, "view"), err))
            return PASS(err);
    return more == 0 ? true : PASS(err);
}

/* An entry that has none gets the next number of the year in which it became public. */
static bool number(struct following *f, struct str id, struct str prefix, struct utc now,
                   struct err *err)
{
    struct catalog_entry entry;
    struct catalog_mark mark;

    if (!catalog_entry_find(f->tx, id, f->arena, &entry, err) ||
        !catalog_mark_of(f->tx, entry.name, f->arena, &mark, err))
        return PASS(err);
    if (mark.number.len > 0 || entry.state != CATALOG_PUBLISHED)
        return true;
    return catalog_next_number(f->tx, prefix,
                               utc_to_jst(entry.published.ms ? entry.published : now).year,
                               f->arena, &mark.number, err) &&
                   catalog_set_mark(f->batch, f->tx, entry.name, &mark, f->arena, err)
               ? true
               : PASS(err);
}

static bool number_all(struct following *f, struct str prefix, struct utc now, struct err *err)
{
    CLEANUP(catalog_batch_free_var)
    struct catalog_batch *batch = f->batch = catalog_batch_new(f->tx, 0, now);

    for (size_t i = 0; i < f->ids.len; i++)
        if (!number(f, f->ids.at[i], prefix, now, err))
            return PASS(err);
    return catalog_batch_end(batch, err) ? true : PASS(err);
}

bool advisory_follow(struct world *world, struct store *catalog, struct str prefix, struct utc now,
                     size_t *count, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)1 << 30);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(catalog_batch_free_var) struct catalog_batch *batch = NULL;
    struct following f = { .arena = arena };
    int64_t since;

    *count = 0;
    if (!tx_begin(catalog, TX_WRITE, &tx, err) ||
        !store_number(tx, &sql_follow_newest, NO_BINDS, 0, &since, err))
        return PASS(err);
    f.tx = tx;
    f.batch = batch = catalog_batch_new(tx, 0, now);
    if (!take_all(world, &f, since, err) || !catalog_batch_end(batch, err) ||
        !number_all(&f, prefix, now, err) || !tx_commit(&tx, err))
        return PASS(err);
    *count = f.count;
    return true;
}
