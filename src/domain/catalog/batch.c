#include "domain/catalog/batch.h"

#include <stdlib.h>

#include "base/err.h"
#include "domain/catalog/batch.sql.h"
#include "domain/catalog/dictionary.h"
#include "domain/catalog/listing.h"
#include "domain/catalog/names.h"
#include "domain/catalog/refresh.h"
#include "domain/catalog/words.h"
#include "formats/archive/pack.h"

enum { BATCH_MEMORY = 1 << 30, ENTRY_MEMORY = 1 << 30, FRESH_MIN = 4096, FRESH_SHARE = 32 };
/* The full-text index gathers so many bytes before it sorts and writes them: much when all of it is written, little as it is usual. It merges pieces when there are
 * four, and not at all while all of it is written. */
enum { GATHER_ALL = 64 << 20, GATHER_FEW = 1 << 20, MERGE_NEVER = 0, MERGE_FOUR = 4 };

struct catalog_batch *catalog_batch_new(struct tx *tx, int64_t import, struct utc now)
{
    struct arena *arena = arena_new(BATCH_MEMORY);
    struct catalog_batch *batch = ARENA_NEW(arena, struct catalog_batch);

    *batch = (struct catalog_batch){ .tx = tx,
                                     .import = import,
                                     .now = now,
                                     .arena = arena,
                                     .packer = packer_new(),
                                     .dictionary = dictionary_new(tx),
                                     .listing = listing_new(tx, arena),
                                     .characters = characters_new(arena) };
    return batch;
}

void catalog_batch_free(struct catalog_batch *batch)
{
    if (!batch)
        return;
    dictionary_free(batch->dictionary);
    packer_free(batch->packer);
    arena_free(batch->arena);
}

void catalog_batch_rebuild(struct catalog_batch *batch) { batch->is_rebuild = true; }

static bool drop_indices(struct catalog_batch *batch, struct err *err)
{
    static const char *const tables[BULKS] = {
        [BULK_RECORDS] = "record", [BULK_CVES] = "cve_row",   [BULK_ITEMS] = "jvn_item",
        [BULK_ENTRIES] = "entry",  [BULK_VENDORS] = "vendor", [BULK_PRODUCTS] = "product"
    };

    for (size_t i = 0; i < BULKS; i++)
        if (!store_indices_drop(batch->tx, tables[i], batch->arena, &batch->indices[i], err))
            return PASS(err);
    return true;
}

/* Is this the first that the catalogue hears of anything? */
static bool know(struct catalog_batch *batch, struct err *err)
{
    int64_t count;

    if (batch->is_known)
        return true;
    if (!store_number(batch->tx, &sql_known_count, NO_BINDS, 0, &count, err))
        return PASS(err);
    batch->is_known = true;
    batch->is_first = count == 0;
    if (!batch->is_first)
        return true;
    batch->names = ARENA_NEW(batch->arena, struct keys);
    *batch->names = keys_new(batch->arena);
    return drop_indices(batch, err) ? true : PASS(err);
}

bool batch_entry(struct catalog_batch *batch, struct str name, int64_t *id, struct err *err)
{
    if (!know(batch, err))
        return PASS(err);
    if (batch->is_first) {
        const struct key_slot *slot = keys_find(batch->names, name);

        if (!slot)
            slot = keys_add(batch->names, name, (int64_t)batch->names->count + 1, STR_NONE);
        *id = slot->id;
        return true;
    }
    if (!store_number(batch->tx, &sql_entry_of_name, BINDS(bind_text("name", name)), 0, id, err) ||
        (*id == 0 &&
         !store_insert(batch->tx, &sql_entry_begin, BINDS(bind_text("name", name)), id, err)))
        return PASS(err);
    batch_touch(batch, *id);
    return true;
}

void batch_touch(struct catalog_batch *batch, int64_t entry)
{
    VEC_PUSH(batch->arena, &batch->touched, entry);
}

void batch_leave(struct catalog_batch *batch, int64_t entry)
{
    batch_touch(batch, entry);
    VEC_PUSH(batch->arena, &batch->left, entry);
}

bool catalog_touch(struct catalog_batch *batch, struct str name, struct err *err)
{
    int64_t id;

    if (!store_number(batch->tx, &sql_entry_of_name, BINDS(bind_text("name", name)), 0, &id, err))
        return PASS(err);
    if (id)
        batch_touch(batch, id);
    return true;
}

bool batch_unpack(struct packer *packer, struct str kept, struct arena *arena, struct str *out,
                  struct err *err)
{
    *out = kept;
    if (!was_packed(kept))
        return true;
    return (packer ? packer_unpack(packer, kept, CATALOG_RECORD_MAX, arena, out, err)
                   : unpack(kept, CATALOG_RECORD_MAX, arena, out, err))
               ? true
               : PASS(err);
}

/* ---- the end ---- */

static int compare(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void sort_touched(struct catalog_batch *batch)
{
    size_t kept = 0;

    if (batch->touched.len == 0)
        return;
    qsort(batch->touched.at, batch->touched.len, sizeof(int64_t), compare);
    for (size_t i = 0; i < batch->touched.len; i++)
        if (kept == 0 || batch->touched.at[kept - 1] != batch->touched.at[i])
            batch->touched.at[kept++] = batch->touched.at[i];
    batch->touched.len = kept;
}

static bool is_touched(const struct catalog_batch *batch, int64_t id)
{
    return batch->touched.len > 0 &&
           bsearch(&id, batch->touched.at, batch->touched.len, sizeof(int64_t), compare) != NULL;
}

static bool refresh_touched(struct catalog_batch *batch, int64_t doc, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ENTRY_MEMORY);

    for (size_t i = 0; i < batch->touched.len; i++) {
        if (!refresh_entry(batch, batch->touched.at[i], ++doc, REFRESH_CHANGED, arena, err))
            return PASS(err);
        arena_reset(arena);
    }
    return true;
}

struct order {
    VEC_OF(int64_t);
};

static bool read_order(struct catalog_batch *batch, struct order *out, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ENTRY_MEMORY);
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int there;

    if (!store_select(batch->tx, &sql_entries_by_time, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((there = rows_next(rows, err)) == 1)
        VEC_PUSH(batch->arena, out, row_int(rows, "entry_id"));
    return there == 0 ? true : PASS(err);
}

static bool set_words(struct catalog_batch *batch, int64_t gather, int64_t merge, struct err *err)
{
    return store_exec(batch->tx, &sql_words_setting,
                      BINDS(bind_text("setting", STR("hashsize")), bind_int("value", gather)), NULL,
                      err) &&
                   store_exec(
                       batch->tx, &sql_words_setting,
                       BINDS(bind_text("setting", STR("automerge")), bind_int("value", merge)),
                       NULL, err)
               ? true
               : PASS(err);
}

static enum refresh kind_of(const struct catalog_batch *batch, int64_t entry)
{
    if (batch->is_first)
        return REFRESH_NEW;
    return is_touched(batch, entry) ? REFRESH_CHANGED : REFRESH_WORDS;
}

/* All words anew, in the order of time, so that a search for the newest ends early. */
static bool rebuild(struct catalog_batch *batch, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ENTRY_MEMORY);
    struct order order = { 0 };

    if (!store_exec(batch->tx, &sql_words_empty, NO_BINDS, NULL, err) ||
        !set_words(batch, GATHER_ALL, MERGE_NEVER, err) || !read_order(batch, &order, err))
        return PASS(err);
    for (size_t i = 0; i < order.len; i++) {
        if (!refresh_entry(batch, order.at[i], (int64_t)i + 1, kind_of(batch, order.at[i]), arena,
                           err))
            return PASS(err);
        arena_reset(arena);
    }
    return store_exec(batch->tx, &sql_settled_set, BINDS(bind_int("settled", (int64_t)order.len)),
                      NULL, err) &&
                   set_words(batch, GATHER_FEW, MERGE_FOUR, err)
               ? true
               : PASS(err);
}

/* What a record left may stand empty, which the order of time does not tell. */
static bool drop_empty(struct catalog_batch *batch, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ENTRY_MEMORY);

    for (size_t i = 0; i < batch->left.len; i++) {
        int64_t records;

        if (!store_number(batch->tx, &sql_records_of, BINDS(bind_int("id", batch->left.at[i])), 0,
                          &records, err) ||
            (records == 0 &&
             !refresh_entry(batch, batch->left.at[i], 0, REFRESH_CHANGED, arena, err)))
            return PASS(err);
    }
    return true;
}

/* Scores and the catalogue of exploited ones change many entries by little: one statement each. */
static bool set_beside(struct catalog_batch *batch, struct err *err)
{
    if (batch->epss_changed && !store_exec(batch->tx, &sql_entries_scored, NO_BINDS, NULL, err))
        return PASS(err);
    if (!batch->kev_changed)
        return true;
    return store_exec(batch->tx, &sql_entries_exploited, BINDS(bind_int("now", batch->now.ms)),
                      NULL, err) &&
                   store_exec(batch->tx, &sql_entries_not_exploited,
                              BINDS(bind_int("now", batch->now.ms)), NULL, err)
               ? true
               : PASS(err);
}

static bool end_first(struct catalog_batch *batch, struct err *err)
{
    batch->epss_changed = batch->kev_changed = true; /* they may have come before */
    if (!store_indices_make(batch->tx, &batch->indices[BULK_RECORDS], err) || !rebuild(batch, err))
        return PASS(err);
    for (size_t i = BULK_RECORDS + 1; i < BULKS; i++)
        if (!store_indices_make(batch->tx, &batch->indices[i], err))
            return PASS(err);
    return set_beside(batch, err) ? true : PASS(err);
}

/* Entries that were touched, or all of them where too many have come since the index was made. */
static bool end_further(struct catalog_batch *batch, struct err *err)
{
    int64_t entries, last, settled, fresh;

    sort_touched(batch);
    if (!set_beside(batch, err) ||
        !store_number(batch->tx, &sql_entry_count, NO_BINDS, 0, &entries, err) ||
        !store_number(batch->tx, &sql_doc_last, NO_BINDS, 0, &last, err) ||
        !store_number(batch->tx, &sql_settled, NO_BINDS, 0, &settled, err))
        return PASS(err);
    last = last > settled ? last : settled;
    fresh = last - settled + (int64_t)batch->touched.len;
    if (batch->is_rebuild || fresh > FRESH_MIN + entries / FRESH_SHARE)
        return drop_empty(batch, err) && rebuild(batch, err) ? true : PASS(err);
    return refresh_touched(batch, last, err) ? true : PASS(err);
}

bool catalog_batch_end(struct catalog_batch *batch, struct err *err)
{
    return listing_end(batch->listing, err) &&
                   (batch->is_first ? end_first(batch, err) : end_further(batch, err)) &&
                   names_renew(batch->tx, err)
               ? true
               : PASS(err);
}
