#include "domain/matching/alone.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "domain/matching/manifest.h"
#include "domain/matching/pool.h"
#include "domain/matching/update.h"

enum { KEPT_MEMORY = 64 << 20 };

/* A record that was told: its newest state, and as which of all that were told that came. */
struct told {
    struct utc modified;
    uint64_t place;
};

struct alone {
    const char *path;
    int lock;
    struct index_builder *builder;
    struct pool keys; /* of each record the catalogue's: source, whether it is an overlay, id */
    struct {
        OWN_LIST_OF(struct told); /* of each key */
    } told;
    uint64_t count, all; /* told since the beginning; the first time */
    size_t added;
    bool is_again, has_older; /* an older state of something was added */
    struct arena *kept;       /* texts of kev */
    struct utc released;
    struct {
        VEC_OF(struct kev_entry);
    } kev;
    struct pool scored; /* CVEs */
    struct {
        OWN_LIST_OF(struct epss_entry); /* of each; cve is empty */
    } epss;
};

static bool has_catalogue(const char *path, struct arena *arena)
{
    struct str folder = str_from_z(path);

    folder.len = (size_t)(strrchr(path, '/') ? strrchr(path, '/') + 1 - path : 0);
    return access(arena_z(arena, arena_printf(arena, "%.*scatalog.db", STR_ARG(folder))), F_OK) ==
           0;
}

bool alone_new(const char *path, struct alone **out, struct err *err)
{
    struct arena *arena = arena_new(KEPT_MEMORY);
    struct alone *alone = ARENA_NEW(arena, struct alone);
    int lock;

    *alone = (struct alone){ .path = arena_z(arena, str_from_z(path)), .lock = -1, .kept = arena };
    *out = NULL;
    if (has_catalogue(path, arena)) {
        (void)FAIL(err, CATALOG_STANDS, str_from_z(path));
    } else if (manifest_lock(path, arena, &lock, err)) {
        alone->lock = lock;
        *out = alone;
        return true;
    }
    alone_free(alone);
    return PASS(err);
}

void alone_free(struct alone *alone)
{
    if (!alone)
        return;
    index_builder_free(alone->builder);
    if (alone->lock >= 0)
        close(alone->lock);
    pool_done(&alone->keys);
    pool_done(&alone->scored);
    OWN_DONE(&alone->told);
    OWN_DONE(&alone->epss);
    arena_drop(alone->kept); /* itself too */
}

bool alone_begin(struct alone *alone, struct err *err)
{
    index_builder_free(alone->builder);
    alone->builder = index_builder_new();
    index_builder_cover(alone->builder, matching_no_cover());
    alone->is_again = alone->has_older;
    if (alone->is_again)
        alone->all = alone->count;
    alone->count = alone->added = 0;
    return index_builder_spill(alone->builder, alone->path, err) ? true : PASS(err);
}

static bool add(struct alone *alone, const struct catalog_record *record, struct err *err)
{
    alone->added++;
    return index_builder_add(alone->builder, (uint32_t)alone->added, record, err) ? true
                                                                                  : PASS(err);
}

static bool supersedes(const struct catalog_record *record, const struct told *told)
{
    return record->modified.ms > told->modified.ms ||
           (record->modified.ms == 0 && told->modified.ms == 0);
}

bool alone_record(struct alone *alone, const struct catalog_record *record,
                  enum catalog_change *out, struct err *err)
{
    char room[2 + CATALOG_ID_MAX];
    struct str id = str_take(record->id, CATALOG_ID_MAX);
    const uint64_t place = alone->count++;
    struct told *told;
    uint32_t number;

    room[0] = (char)record->source;
    room[1] = (char)record->is_overlay;
    memcpy(room + 2, id.ptr, id.len);
    number = pool_number(&alone->keys, (struct str){ room, 2 + id.len });
    *out = CATALOG_UNCHANGED;
    if (alone->keys.is_full)
        return FAIL(err, TOO_LARGE, STR("the match index"));
    if (number >= alone->told.len) {
        OWN_PUSH(&alone->told, (struct told){ record->modified, place });
        *out = CATALOG_NEW;
        return add(alone, record, err) ? true : PASS(err);
    }
    told = &alone->told.at[number];
    if (alone->is_again)
        return told->place != place || add(alone, record, err) ? true : PASS(err);
    if (!supersedes(record, told))
        return true;
    *told = (struct told){ record->modified, place };
    alone->has_older = true;
    *out = CATALOG_CHANGED;
    return true;
}

bool alone_kev_begin(struct alone *alone, struct utc released)
{
    if (released.ms < alone->released.ms)
        return false;
    alone->released = released;
    alone->kev.len = 0;
    return true;
}

enum catalog_change alone_kev(struct alone *alone, const struct kev_item *item)
{
    VEC_PUSH(alone->kept, &alone->kev,
             (struct kev_entry){ .cve = arena_str(alone->kept, item->cve),
                                 .added = item->added,
                                 .due = item->due,
                                 .is_ransomware = item->is_ransomware });
    return CATALOG_NEW;
}

enum catalog_change alone_epss(struct alone *alone, const struct epss_row *row, struct utc date)
{
    const struct epss_entry entry = { .score = row->score,
                                      .percentile = row->percentile,
                                      .date = date };
    uint32_t number = pool_number(&alone->scored, row->cve);

    if (number >= alone->epss.len) {
        OWN_PUSH(&alone->epss, entry);
        return CATALOG_NEW;
    }
    if (date.ms <= alone->epss.at[number].date.ms)
        return CATALOG_UNCHANGED;
    alone->epss.at[number] = entry;
    return CATALOG_CHANGED;
}

bool alone_end(struct alone *alone, struct utc now, bool *again, struct err *err)
{
    *again = alone->has_older && !alone->is_again;
    if (*again)
        return true;
    if (alone->is_again && (alone->count != alone->all || alone->added != alone->told.len))
        return FAIL(err, IO, STR("the files, which changed while they were read"));
    for (size_t i = 0; i < alone->kev.len; i++)
        index_builder_add_kev(alone->builder, &alone->kev.at[i]);
    for (uint32_t i = 0; i < alone->epss.len; i++) {
        struct epss_entry entry = alone->epss.at[i];

        entry.cve = pool_text(&alone->scored, i);
        index_builder_add_epss(alone->builder, &entry);
    }
    return index_builder_write(alone->builder, alone->path, now, err) ? true : PASS(err);
}
