#include "domain/catalog/stash.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fs.h"
#include "domain/catalog/batch.h"

enum { WRITE = 1 << 20 };
#define MEMORY ((size_t)4 << 30)

struct stashed {
    int64_t entry, record, modified;
    uint64_t at;
    size_t len;
};
/* Of the sorted list. */
struct stashed_entry {
    int64_t modified;
    size_t first, count;
};

struct stash {
    struct arena *arena;
    const struct tx *tx;
    int fd; /* -1: nothing was written yet */
    uint64_t written;
    struct buf out; /* behind what is written */
    struct {
        VEC_OF(struct stashed);
    } list;
    struct {
        VEC_OF(struct stashed_entry);
    } entries;
};

struct stash *stash_new(const struct tx *tx)
{
    struct arena *arena = arena_new(MEMORY);
    struct stash *stash = ARENA_NEW(arena, struct stash);

    *stash = (struct stash){ .arena = arena, .tx = tx, .fd = -1 };
    stash->out = buf_new(arena, WRITE + (size_t)2 * CATALOG_RECORD_MAX);
    return stash;
}

void stash_free(struct stash *stash)
{
    if (!stash)
        return;
    if (stash->fd >= 0)
        close(stash->fd);
    arena_drop(stash->arena);
}

static bool flush(struct stash *stash, struct err *err)
{
    if (stash->fd < 0 && !store_scratch(stash->tx, &stash->fd, err))
        return PASS(err);
    if (!fs_write_all(stash->fd, buf_str(&stash->out)))
        return FAIL(err, IO, STR("records that wait"));
    stash->written += stash->out.len;
    stash->out.len = 0;
    return true;
}

bool stash_add(struct stash *stash, int64_t entry, int64_t record, struct utc modified,
               struct str packed, struct err *err)
{
    VEC_PUSH(stash->arena, &stash->list,
             (struct stashed){ entry, record, modified.ms, stash->written + stash->out.len,
                               packed.len });
    buf_add(&stash->out, packed);
    return stash->out.len < WRITE || flush(stash, err) ? true : PASS(err);
}

/* Of one record the last first. */
static int compare_records(const void *a, const void *b)
{
    const struct stashed *x = a, *y = b;

    if (x->record != y->record)
        return x->record < y->record ? -1 : 1;
    return x->at > y->at ? -1 : 1;
}

static int compare_places(const void *a, const void *b)
{
    const struct stashed *x = a, *y = b;

    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return x->record < y->record ? -1 : 1;
}

static int compare_entries(const void *a, const void *b)
{
    const struct stashed_entry *x = a, *y = b;

    if (x->modified != y->modified)
        return x->modified < y->modified ? -1 : 1;
    return x->first < y->first ? -1 : 1;
}

/* A record that changed while it all came in counts as it was at last. */
static void drop_older(struct stash *stash)
{
    size_t kept = 0;

    qsort(stash->list.at, stash->list.len, sizeof stash->list.at[0], compare_records);
    for (size_t i = 0; i < stash->list.len; i++)
        if (kept == 0 || stash->list.at[kept - 1].record != stash->list.at[i].record)
            stash->list.at[kept++] = stash->list.at[i];
    stash->list.len = kept;
}

bool stash_sort(struct stash *stash, size_t *count, struct err *err)
{
    *count = 0;
    if (stash->list.len == 0)
        return true;
    if (!flush(stash, err))
        return PASS(err);
    drop_older(stash);
    qsort(stash->list.at, stash->list.len, sizeof stash->list.at[0], compare_places);
    for (size_t i = 0; i < stash->list.len; i++) {
        const struct stashed *one = &stash->list.at[i];
        struct stashed_entry *last;

        if (i == 0 || one->entry != one[-1].entry)
            VEC_PUSH(stash->arena, &stash->entries,
                     (struct stashed_entry){ .modified = one->modified, .first = i });
        last = &stash->entries.at[stash->entries.len - 1];
        last->modified = one->modified > last->modified ? one->modified : last->modified;
        last->count++;
    }
    qsort(stash->entries.at, stash->entries.len, sizeof stash->entries.at[0], compare_entries);
    *count = stash->entries.len;
    return true;
}

static bool read_one(struct stash *stash, const struct stashed *one, struct packer *packer,
                     struct arena *arena, struct catalog_tellings *out, struct err *err)
{
    struct catalog_told told = { .id = one->record };
    char *packed = arena_alloc(arena, one->len);
    struct str bytes;

    if (pread(stash->fd, packed, one->len, (off_t)one->at) != (ssize_t)one->len)
        return FAIL(err, IO, STR("records that wait"));
    if (!batch_unpack(packer, (struct str){ packed, one->len }, arena, &bytes, err) ||
        !catalog_record_decode(bytes, arena, &told.record, err))
        return PASS(err);
    VEC_PUSH(arena, out, told);
    return true;
}

bool stash_read(struct stash *stash, size_t place, struct packer *packer, struct arena *arena,
                int64_t *entry, struct catalog_tellings *out, struct err *err)
{
    const struct stashed_entry *which = &stash->entries.at[place];

    *out = (struct catalog_tellings){ 0 };
    *entry = stash->list.at[which->first].entry;
    for (size_t i = 0; i < which->count; i++)
        if (!read_one(stash, &stash->list.at[which->first + i], packer, arena, out, err))
            return PASS(err);
    tellings_sort(out);
    return true;
}
