/* domain/catalog/testing.h: a catalogue in a folder of its own. For the tests of this room and of those that look into a catalogue. */
#pragma once
#include "domain/catalog/catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/testing.h"
#include "formats/archive/pack.h"
#include "store/kinds.h"

struct shelf {
    struct arena *arena;
    struct store *store;
    struct tx *tx;
    struct catalog_batch *batch;
    char folder[40], path[64];
};

static inline void shelf_begin(struct shelf *shelf, int64_t now)
{
    struct err err = { 0 };

    assert_true(tx_begin(shelf->store, TX_WRITE, &shelf->tx, &err));
    shelf->batch = catalog_batch_new(shelf->tx, 1, (struct utc){ now });
}

/* What was put is searched from here on, in the same transaction. */
static inline void shelf_end(struct shelf *shelf)
{
    struct err err = { 0 };

    if (!catalog_batch_end(shelf->batch, &err))
        fail_msg("%s %s %s", err_name(err.code), err.subject, err.trail);
    catalog_batch_free(shelf->batch);
    shelf->batch = NULL;
    if (!tx_commit(&shelf->tx, &err))
        fail_msg("%s", err.subject);
}

static inline int shelf_set_up(void **state)
{
    struct shelf *shelf = calloc(1, sizeof *shelf);
    struct err err = { 0 };

    snprintf(shelf->folder, sizeof shelf->folder, "/tmp/noroshi-catalog-XXXXXX");
    assert_non_null(mkdtemp(shelf->folder));
    snprintf(shelf->path, sizeof shelf->path, "%s/catalog.db", shelf->folder);
    shelf->arena = arena_new((size_t)1 << 31);
    assert_true(store_open(
        &(struct store_options){ .path = shelf->path, .kind = &store_catalog, .create = true },
        &shelf->store, &err));
    *state = shelf;
    return 0;
}

static inline int shelf_tear_down(void **state)
{
    struct shelf *shelf = *state;
    char path[80];

    catalog_batch_free(shelf->batch);
    tx_end(shelf->tx);
    store_close(shelf->store);
    arena_free(shelf->arena);
    for (const char *const *end = (const char *const[]){ "", "-wal", "-shm", NULL }; *end; end++) {
        snprintf(path, sizeof path, "%s%s", shelf->path, *end);
        unlink(path);
    }
    rmdir(shelf->folder);
    free(shelf);
    return 0;
}

static inline enum catalog_change
shelf_put(struct shelf *shelf, const struct catalog_record *record, const char *source_text)
{
    CLEANUP(packer_free_var) struct packer *packer = packer_new();
    struct buf buf = buf_new(shelf->arena, CATALOG_RECORD_MAX);
    struct catalog_sent sent = { .format = STR("nvd"), .is_beside = true };
    enum catalog_change change;
    struct err err = { 0 };

    if (!catalog_record_encode(record, &buf, &err) ||
        (source_text && !packer_pack_beside(packer, str_from_z(source_text), buf_str(&buf),
                                            shelf->arena, &sent.packed, &err)) ||
        !catalog_put(shelf->batch, record, buf_str(&buf), source_text ? &sent : NULL, shelf->arena,
                     &change, &err))
        fail_msg("%s %s", err_name(err.code), err.subject);
    return change;
}

static inline void shelf_add_text(struct shelf *shelf, struct catalog_record *record,
                                  enum catalog_text_kind kind, const char *lang, const char *text)
{
    VEC_PUSH(
        shelf->arena, &record->texts,
        (struct catalog_text){ .kind = kind, .lang = str_from_z(lang), .text = str_from_z(text) });
}

static inline void shelf_add_cpe(struct shelf *shelf, struct catalog_record *record,
                                 const char *cpe)
{
    struct configuration node = { 0 };

    VEC_PUSH(shelf->arena, &node.criteria,
             (struct criterion){ .cpe = str_from_z(cpe), .is_vulnerable = true });
    VEC_PUSH(shelf->arena, &record->configurations, node);
}
