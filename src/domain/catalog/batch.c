#include "domain/catalog/batch.h"

#include <stdlib.h>

#include "base/err.h"
#include "domain/catalog/batch.sql.h"
#include "domain/catalog/dictionary.h"
#include "domain/catalog/listing.h"
#include "domain/catalog/names.h"
#include "domain/catalog/pairs.h"
#include "domain/catalog/refresh.h"
#include "domain/catalog/seen.h"
#include "domain/catalog/stash.h"
#include "domain/catalog/wording.h"
#include "domain/catalog/words.h"
#include "formats/archive/pack.h"

enum { BATCH_MEMORY = 1 << 30, ENTRY_MEMORY = 1 << 30, FRESH_MIN = 4096, FRESH_SHARE = 32 };

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
                                     .touching = pairs_new(tx, &sql_product_link, "product",
                                                           "entry", arena),
                                     .characters = characters_new(arena) };
    return batch;
}

void catalog_batch_free(struct catalog_batch *batch)
{
    if (!batch)
        return;
    stash_free(batch->stash);
    dictionary_free(batch->dictionary);
    packer_free(batch->packer);
    arena_free(batch->arena);
}

void catalog_batch_rebuild(struct catalog_batch *batch) { batch->is_rebuild = true; }

static bool drop_indices(struct catalog_batch *batch, struct err *err)
{
    static const char *const tables[BULKS] = {
        [BULK_RECORDS] = "record",  [BULK_CVES] = "cve_row",           [BULK_ITEMS] = "jvn_item",
        [BULK_ENTRIES] = "entry",   [BULK_TOUCHING] = "entry_product", [BULK_VENDORS] = "vendor",
        [BULK_PRODUCTS] = "product"
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
    batch->seen = ARENA_NEW(batch->arena, struct seen);
    *batch->seen = seen_new(batch->arena);
    batch->stash = stash_new(batch->tx);
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

bool batch_is_new(struct catalog_batch *batch, const struct catalog_record *record, bool *out,
                  struct err *err)
{
    unsigned kind = (unsigned)record->source << 1 | record->is_overlay;

    if (!know(batch, err))
        return PASS(err);
    *out = batch->is_first && !seen_add(batch->seen, record->id, kind);
    return true;
}

bool batch_remember(struct catalog_batch *batch, int64_t entry, int64_t record, struct utc modified,
                    struct str packed, struct err *err)
{
    return !batch->stash || stash_add(batch->stash, entry, record, modified, packed, err)
               ? true
               : PASS(err);
}

void batch_forget(struct catalog_batch *batch)
{
    stash_free(batch->stash);
    batch->stash = NULL;
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

/* From the database, as it stands. */
static bool refresh(struct catalog_batch *batch, int64_t entry, int64_t doc, enum refresh kind,
                    struct wording *all, struct arena *arena, struct err *err)
{
    struct catalog_tellings told;

    return batch_tellings(batch->tx, batch->packer, entry, arena, &told, err) &&
                   refresh_entry(batch, entry, &told, doc, kind, all, arena, err)
               ? true
               : PASS(err);
}

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
        if (!refresh(batch, batch->touched.at[i], ++doc, REFRESH_CHANGED, NULL, arena, err))
            return PASS(err);
        arena_reset(arena);
    }
    return store_exec(batch->tx, &sql_last_set, BINDS(bind_int("last", doc)), NULL, err)
               ? true
               : PASS(err);
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

static enum refresh kind_of(const struct catalog_batch *batch, int64_t entry)
{
    if (batch->is_first)
        return REFRESH_NEW;
    return is_touched(batch, entry) ? REFRESH_CHANGED : REFRESH_WORDS;
}

/* All words anew, in the order of time, so that a search for the newest ends early. */
static bool rebuild_kept(struct catalog_batch *batch, struct wording *wording, size_t *count,
                         struct err *err)
{
    struct order order = { 0 };

    if (!read_order(batch, &order, err))
        return PASS(err);
    for (size_t i = 0; i < order.len; i++)
        if (!refresh(batch, order.at[i], (int64_t)i + 1, kind_of(batch, order.at[i]), wording,
                     wording_arena(wording), err))
            return PASS(err);
    *count = order.len;
    return true;
}

/* The same, of a first import. */
static bool rebuild_stashed(struct catalog_batch *batch, struct wording *wording, size_t *count,
                            struct err *err)
{
    if (!stash_sort(batch->stash, count, err))
        return PASS(err);
    for (size_t i = 0; i < *count; i++) {
        struct arena *arena = wording_arena(wording);
        struct catalog_tellings told;
        int64_t entry;

        if (!stash_read(batch->stash, i, batch->packer, arena, &entry, &told, err) ||
            !refresh_entry(batch, entry, &told, (int64_t)i + 1, REFRESH_NEW, wording, arena, err))
            return PASS(err);
    }
    return true;
}

static bool rebuild(struct catalog_batch *batch, struct err *err)
{
    CLEANUP(wording_free_var) struct wording *wording = wording_new(batch->tx);
    size_t count = 0;

    return (batch->stash ? rebuild_stashed : rebuild_kept)(batch, wording, &count, err) &&
                   wording_write(wording, batch->tx, err) &&
                   store_exec(batch->tx, &sql_settled_set,
                              BINDS(bind_int("settled", (int64_t)count)), NULL, err)
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
             !refresh(batch, batch->left.at[i], 0, REFRESH_CHANGED, NULL, arena, err)))
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
    if (!store_indices_make(batch->tx, &batch->indices[BULK_RECORDS], err) ||
        !rebuild(batch, err) || !pairs_end(batch->touching, err))
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
    fresh = last - settled + (int64_t)batch->touched.len;
    if (batch->is_rebuild || fresh > FRESH_MIN + entries / FRESH_SHARE)
        return drop_empty(batch, err) && rebuild(batch, err) ? true : PASS(err);
    return refresh_touched(batch, last, err) ? true : PASS(err);
}

/* Whoever keeps in memory how it was knows by this what is to be read again. */
static bool count_state(struct catalog_batch *batch, struct err *err)
{
    bool is_whole = batch->epss_changed || batch->kev_changed || batch->has_dropped;

    return store_exec(batch->tx, &sql_state_next, BINDS(bind_int("whole", is_whole)), NULL, err)
               ? true
               : PASS(err);
}

bool catalog_batch_end(struct catalog_batch *batch, struct err *err)
{
    return listing_end(batch->listing, err) &&
                   (batch->is_first ? end_first(batch, err) : end_further(batch, err)) &&
                   pairs_end(batch->touching, err) && names_renew(batch->tx, err) &&
                   count_state(batch, err)
               ? true
               : PASS(err);
}
