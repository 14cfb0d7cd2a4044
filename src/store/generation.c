#include "store/generation.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/vec.h"

enum { MANIFEST_MAX = 64 * 1024, OPEN_TRIES = 4, HEX = 2 * SEAL_HASH_BYTES };

static const char first_line[] = "noroshi public world 1";

static bool path_of(const char *folder, const char *name, char out[PATH_MAX], struct err *err)
{
    return snprintf(out, PATH_MAX, "%s/%s", folder, name) < PATH_MAX
               ? true
               : FAIL(err, TOO_LARGE, str_from_z(folder));
}

bool generation_lock(const char *folder, int *fd, struct err *err)
{
    char path[PATH_MAX];
    int locked;

    if (!path_of(folder, "lock", path, err))
        return PASS(err);
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (*fd < 0)
        return FAIL_IO(err, str_from_z(path));
    do
        locked = flock(*fd, LOCK_EX);
    while (locked != 0 && errno == EINTR);
    if (locked == 0)
        return true;
    close(*fd);
    return FAIL_IO(err, str_from_z(path));
}

/* ---- the manifest ---- */

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "HASH" in hex; the name follows from it. */
static bool name_from_hex(struct str hex, struct segment_name *out)
{
    if (hex.len != HEX)
        return false;
    for (size_t i = 0; i < SEAL_HASH_BYTES; i++) {
        int high = digit(hex.ptr[2 * i]), low = digit(hex.ptr[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        out->hash.bytes[i] = (unsigned char)(high << 4 | low);
    }
    snprintf(out->z, sizeof out->z, "%.32s.seg", hex.ptr);
    return true;
}

static bool manifest_read(struct str text, struct arena *arena, struct manifest *out)
{
    struct manifest manifest = { 0 };
    struct str line;
    bool is_whole = false;

    if (!str_split(&text, '\n', &line) || !str_eq_z(line, first_line))
        return false;
    while (str_split(&text, '\n', &line)) {
        struct segment_name name;

        if (is_whole)
            return false;
        if (str_eq(line, STR("end")))
            is_whole = true;
        else if (str_skip(&line, STR("renderer ")) && line.len <= GENERATION_RENDERER_MAX)
            manifest.renderer = line;
        else if (str_skip(&line, STR("segment ")) && name_from_hex(line, &name) &&
                 manifest.segments.len < GENERATION_SEGMENTS_MAX)
            VEC_PUSH(arena, &manifest.segments, name);
        else
            return false;
    }
    *out = manifest;
    return is_whole;
}

bool manifest_load(const char *folder, struct arena *arena, struct manifest *out, bool *found,
                   struct err *err)
{
    char path[PATH_MAX];
    struct str text;

    *out = (struct manifest){ 0 };
    *found = false;
    if (!path_of(folder, "current", path, err))
        return PASS(err);
    if (!fs_exists(path))
        return true;
    if (!fs_read_whole(path, MANIFEST_MAX, arena, &text, err))
        return PASS(err);
    if (!manifest_read(text, arena, out))
        return FAIL(err, SEGMENT, STR("the manifest"));
    *found = true;
    return true;
}

static bool manifest_save(const char *folder, const struct manifest *manifest, struct arena *arena,
                          struct err *err)
{
    struct buf buf = buf_new(arena, MANIFEST_MAX);
    char path[PATH_MAX];
    struct str text;

    buf_printf(&buf, "%s\nrenderer %.*s\n", first_line, STR_ARG(manifest->renderer));
    for (size_t i = 0; i < manifest->segments.len; i++)
        buf_printf(&buf, "segment %.*s\n", STR_ARG(hash_hex(manifest->segments.at[i].hash, arena)));
    buf_add_z(&buf, "end\n");
    return path_of(folder, "current", path, err) && buf_done(&buf, &text, err) &&
                   fs_write_whole(path, text, 0644, err)
               ? true
               : PASS(err);
}

static bool is_named(const struct manifest *manifest, const char *name)
{
    for (size_t i = 0; i < manifest->segments.len; i++) {
        if (strcmp(manifest->segments.at[i].z, name) == 0)
            return true;
    }
    return false;
}

/* Whoever has them mapped keeps them; a file that cannot be deleted now goes the next time. */
void generation_sweep(const char *folder, const struct manifest *manifest)
{
    DIR *entries = opendir(folder);
    const struct dirent *entry;

    if (!entries)
        return;
    while ((entry = readdir(entries))) {
        struct str name = str_from_z(entry->d_name);
        bool is_segment = name.len == SEGMENT_NAME_BYTES && str_ends(name, STR(".seg"));
        bool is_left_over =
            str_starts(name, STR("segment.new-")) || str_starts(name, STR("current.new-"));

        if (is_left_over || (is_segment && !is_named(manifest, entry->d_name)))
            unlinkat(dirfd(entries), entry->d_name, 0);
    }
    closedir(entries);
}

static bool switch_to(const char *folder, const struct manifest *manifest, struct arena *arena,
                      struct err *err)
{
    if (!manifest_save(folder, manifest, arena, err))
        return PASS(err);
    generation_sweep(folder, manifest);
    return true;
}

bool generation_replace(const char *folder, struct str renderer,
                        const struct segment_name *segments, size_t count, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct manifest manifest = { .renderer = renderer };

    if (count > GENERATION_SEGMENTS_MAX)
        return FAIL(err, TOO_LARGE, STR("the public world"));
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(arena, &manifest.segments, segments[i]);
    return switch_to(folder, &manifest, arena, err) ? true : PASS(err);
}

/* ---- generations ---- */

struct generation {
    struct segment *segments[GENERATION_SEGMENTS_MAX]; /* newest first */
    size_t count;
    atomic_uint holders;
};

static struct segment *shared(const struct generation *before, const struct segment_name *name)
{
    for (size_t i = 0; before && i < before->count; i++) {
        if (hash_eq(segment_name_of(before->segments[i])->hash, name->hash))
            return segment_hold(before->segments[i]);
    }
    return NULL;
}

static bool open_all(const char *folder, const struct generation *before,
                     const struct manifest *manifest, struct generation **out, struct err *err)
{
    CLEANUP(generation_close_var) struct generation *generation = calloc(1, sizeof *generation);

    if (!generation)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    atomic_init(&generation->holders, 1);
    for (size_t i = 0; i < manifest->segments.len; i++) {
        struct segment *segment = shared(before, &manifest->segments.at[i]);

        if (!segment && !segment_open(folder, &manifest->segments.at[i], &segment, err))
            return PASS(err);
        generation->segments[generation->count++] = segment;
    }
    *out = TAKE(generation);
    return true;
}

bool generation_open(const char *folder, struct generation *before, struct generation **out,
                     struct err *err)
{
    /* A merge may delete what a manifest we have just read names: the next manifest is there already. */
    for (int i = 1;; i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
        struct manifest manifest;
        bool found;

        if (!manifest_load(folder, arena, &manifest, &found, err))
            return PASS(err);
        if (open_all(folder, before, &manifest, out, err))
            return true;
        if (i == OPEN_TRIES || err->code != ERR_IO)
            return PASS(err);
        *err = (struct err){ 0 };
    }
}

struct generation *generation_hold(struct generation *generation)
{
    atomic_fetch_add(&generation->holders, 1);
    return generation;
}

void generation_close(struct generation *generation)
{
    if (!generation || atomic_fetch_sub(&generation->holders, 1) != 1)
        return;
    for (size_t i = 0; i < generation->count; i++)
        segment_close(generation->segments[i]);
    free(generation);
}

bool generation_find(const struct generation *generation, struct str path,
                     struct segment_entry *out)
{
    for (size_t i = 0; i < generation->count; i++) {
        if (segment_find(generation->segments[i], path, out))
            return !out->is_gone;
    }
    return false;
}

size_t generation_segments(const struct generation *generation) { return generation->count; }

bool generation_walk(const struct generation *generation,
                     bool (*visit)(void *context, const struct segment_entry *entry,
                                   struct err *err),
                     void *context, struct err *err)
{
    for (size_t i = 0; i < generation->count; i++) {
        for (size_t j = 0; j < segment_count(generation->segments[i]); j++) {
            struct segment_entry entry = segment_at(generation->segments[i], j), newest;

            if (generation_find(generation, entry.path, &newest) &&
                newest.path.ptr == entry.path.ptr && !visit(context, &entry, err))
                return PASS(err);
        }
    }
    return true;
}

/* ---- adding and merging ---- */

static bool keep(void *writer, const struct segment_entry *entry, struct err *err)
{
    return segment_writer_add(writer, entry, err) ? true : PASS(err);
}

/* Everything that can be found, as one segment. */
static bool merge(const char *folder, const struct generation *all, struct segment_name *out,
                  struct err *err)
{
    CLEANUP(segment_writer_free_var) struct segment_writer *writer = NULL;

    return segment_writer_new(folder, &writer, err) && generation_walk(all, keep, writer, err) &&
                   segment_writer_end(writer, out, err)
               ? true
               : PASS(err);
}

/* The merged segment has the same entries as what it stands for, so the order of switch and merge does not matter to readers. */
static bool merge_all(const char *folder, struct manifest *manifest, struct arena *arena,
                      struct err *err)
{
    CLEANUP(generation_close_var) struct generation *all = NULL;
    struct segment_name merged;

    if (!generation_open(folder, NULL, &all, err) || !merge(folder, all, &merged, err))
        return PASS(err);
    manifest->segments.len = 0;
    VEC_PUSH(arena, &manifest->segments, merged);
    return switch_to(folder, manifest, arena, err) ? true : PASS(err);
}

bool generation_add(const char *folder, const struct segment_name *segment, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct manifest manifest, next;
    bool found;

    if (!manifest_load(folder, arena, &manifest, &found, err))
        return PASS(err);
    next = (struct manifest){ .renderer = manifest.renderer };
    VEC_PUSH(arena, &next.segments, *segment);
    for (size_t i = 0; i < manifest.segments.len; i++) {
        if (strcmp(manifest.segments.at[i].z, segment->z) != 0)
            VEC_PUSH(arena, &next.segments, manifest.segments.at[i]);
    }
    if (manifest.segments.len > 0 && strcmp(manifest.segments.at[0].z, segment->z) == 0)
        return true;
    if (!switch_to(folder, &next, arena, err))
        return PASS(err);
    if (next.segments.len <= GENERATION_MERGE_FROM)
        return true;
    return merge_all(folder, &next, arena, err) ? true : PASS(err);
}

/* ---- watching ---- */

struct watch {
    char folder[PATH_MAX], path[PATH_MAX];
    pthread_mutex_t lock;
    struct generation *now;
    struct stat seen; /* of the manifest behind `now` */
    int64_t looked_ms;
    bool is_looking;
};

static int64_t monotonic_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

bool watch_new(const char *folder, struct watch **out, struct err *err)
{
    CLEANUP(watch_free_var) struct watch *watch = calloc(1, sizeof *watch);

    if (!watch)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    pthread_mutex_init(&watch->lock, NULL);
    if (!path_of(folder, "current", watch->path, err))
        return PASS(err);
    snprintf(watch->folder, sizeof watch->folder, "%s", folder);
    if (stat(watch->path, &watch->seen) != 0)
        watch->seen = (struct stat){ 0 };
    if (!generation_open(folder, NULL, &watch->now, err))
        return PASS(err);
    watch->looked_ms = monotonic_ms();
    *out = TAKE(watch);
    return true;
}

void watch_free(struct watch *watch)
{
    if (!watch)
        return;
    generation_close(watch->now);
    pthread_mutex_destroy(&watch->lock);
    free(watch);
}

/* Opens the new generation while the others go on with the old one. */
static void look(struct watch *watch, struct generation *before, struct stat seen)
{
    struct generation *next = NULL;
    struct stat found = { 0 };
    struct err err = { 0 };

    if (stat(watch->path, &found) != 0 || is_same_file(&found, &seen))
        return;
    if (!generation_open(watch->folder, before, &next, &err)) {
        log_error("public_world", STR_NONE, &err);
        return;
    }
    pthread_mutex_lock(&watch->lock);
    generation_close(watch->now);
    watch->now = next;
    watch->seen = found;
    pthread_mutex_unlock(&watch->lock);
}

struct generation *watch_now(struct watch *watch)
{
    int64_t now = monotonic_ms();
    struct generation *generation;
    struct stat seen;
    bool must_look;

    pthread_mutex_lock(&watch->lock);
    must_look = !watch->is_looking && now - watch->looked_ms >= WATCH_EVERY_MS;
    generation = generation_hold(watch->now);
    seen = watch->seen;
    if (must_look) {
        watch->is_looking = true;
        watch->looked_ms = now;
    }
    pthread_mutex_unlock(&watch->lock);
    if (!must_look)
        return generation;

    look(watch, generation, seen);
    generation_close(generation);
    pthread_mutex_lock(&watch->lock);
    watch->is_looking = false;
    generation = generation_hold(watch->now);
    pthread_mutex_unlock(&watch->lock);
    return generation;
}
