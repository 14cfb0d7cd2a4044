#include "domain/matching/manifest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "domain/matching/index_internal.h"

#define MANIFEST_MAGIC "NRSHMTM\n"
enum { MANIFEST_VERSION = 1, NAME_BYTES = 16, TRIES = 16 };

/* ---- reading and writing ---- */

bool manifest_read(struct str bytes, struct manifest *out, struct err *err)
{
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    struct hash hash;
    size_t size;

    if (bytes.len < MANIFEST_HEAD || memcmp(at, MANIFEST_MAGIC, 8) != 0)
        return FAIL(err, MATCH_INDEX, STR("not a match index"));
    if (index_u32(at + 8) != MANIFEST_VERSION)
        return FAIL(err, MATCH_INDEX, STR("written by another version"));
    out->count = index_u32(at + 12);
    if (out->count == 0 || out->count > INDEX_LAYERS_MAX)
        return FAIL(err, MATCH_INDEX, STR("its manifest"));
    size = MANIFEST_HEAD + out->count * SEAL_HASH_BYTES;
    if (bytes.len != size + SEAL_HASH_BYTES)
        return FAIL(err, MATCH_INDEX, STR("its manifest is cut off"));
    hash = hash_of(str_take(bytes, size));
    if (memcmp(hash.bytes, at + size, SEAL_HASH_BYTES) != 0)
        return FAIL(err, MATCH_INDEX, STR("its manifest"));
    for (size_t i = 0; i < out->count; i++)
        memcpy(out->layers[i].bytes, at + MANIFEST_HEAD + i * SEAL_HASH_BYTES, SEAL_HASH_BYTES);
    return true;
}

static struct str bytes_of(const struct manifest *manifest, char room[MANIFEST_MAX])
{
    uint32_t version = htole32(MANIFEST_VERSION), count = htole32((uint32_t)manifest->count);
    size_t size = MANIFEST_HEAD + manifest->count * SEAL_HASH_BYTES;
    struct hash hash;

    memcpy(room, MANIFEST_MAGIC, 8);
    memcpy(room + 8, &version, sizeof version);
    memcpy(room + 12, &count, sizeof count);
    for (size_t i = 0; i < manifest->count; i++)
        memcpy(room + MANIFEST_HEAD + i * SEAL_HASH_BYTES, manifest->layers[i].bytes,
               SEAL_HASH_BYTES);
    hash = hash_of((struct str){ room, size });
    memcpy(room + size, hash.bytes, SEAL_HASH_BYTES);
    return (struct str){ room, size + SEAL_HASH_BYTES };
}

static void hex_of(struct hash identity, char out[2 * NAME_BYTES + 1])
{
    for (size_t i = 0; i < NAME_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", identity.bytes[i]);
}

bool manifest_layer_path(const char *path, struct hash identity, char out[PATH_MAX],
                         struct err *err)
{
    char hex[2 * NAME_BYTES + 1];

    hex_of(identity, hex);
    return snprintf(out, PATH_MAX, "%s.%s", path, hex) < PATH_MAX
               ? true
               : FAIL(err, TOO_LARGE, str_from_z(path));
}

static bool is_named(const struct manifest *manifest, const char *hex)
{
    char named[2 * NAME_BYTES + 1];

    for (size_t i = 0; i < manifest->count; i++) {
        hex_of(manifest->layers[i], named);
        if (strcmp(named, hex) == 0)
            return true;
    }
    return false;
}

/* Files of earlier states, and what a killed process left. Who reads them keeps what it has mapped. */
static void clear(const char *folder, const char *name, const struct manifest *manifest)
{
    DIR *dir = opendir(folder);
    size_t length = strlen(name);
    struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        const char *suffix = entry->d_name + length + 1;

        if (strncmp(entry->d_name, name, length) != 0 || entry->d_name[length] != '.')
            continue;
        if (strncmp(suffix, "new-", 4) == 0 ||
            (strlen(suffix) == 2 * (size_t)NAME_BYTES && !is_named(manifest, suffix)))
            (void)unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (dir)
        closedir(dir);
}

bool manifest_write(const char *path, const struct manifest *manifest, struct err *err)
{
    char room[MANIFEST_MAX], folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;

    snprintf(folder, sizeof folder, "%.*s", (int)(slash ? (length ? length : 1) : 1),
             slash ? path : ".");
    /* The layers' names are lasting before anything names them. */
    if (!fs_sync_folder(folder, err) || !fs_write_whole(path, bytes_of(manifest, room), 0644, err))
        return PASS(err);
    clear(folder, slash ? slash + 1 : path, manifest);
    return true;
}

/* ---- opening ---- */

static bool read_file(const char *path, struct manifest *out, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    char bytes[MANIFEST_MAX + 1];
    ssize_t n;

    if (fd < 0)
        return errno == ENOENT ? FAIL(err, MATCH_INDEX, str_from_z(path))
                               : FAIL_IO(err, str_from_z(path));
    n = fs_read_up_to(fd, bytes, sizeof bytes);
    close(fd);
    return n < 0 ? FAIL_IO(err, str_from_z(path))
                 : manifest_read((struct str){ bytes, (size_t)n }, out, err) || PASS(err);
}

/* *is_gone: there is no such file, or no more. */
static bool map_layer(const char *path, struct str *out, bool *is_gone, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    void *at = MAP_FAILED;
    struct stat stat;

    *is_gone = fd < 0 && errno == ENOENT;
    if (fd < 0)
        return *is_gone ? FAIL(err, MATCH_INDEX, str_from_z(path)) : FAIL_IO(err, str_from_z(path));
    if (fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_size >= INDEX_HEAD)
        at = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (at == MAP_FAILED)
        return FAIL(err, MATCH_INDEX, str_from_z(path));
    *out = (struct str){ at, (size_t)stat.st_size };
    return true;
}

static bool add_layer(struct matching_index *index, const char *path, struct hash identity,
                      bool *is_gone, struct err *err)
{
    char name[PATH_MAX];
    struct str bytes;

    if (!manifest_layer_path(path, identity, name, err) || !map_layer(name, &bytes, is_gone, err))
        return PASS(err);
    if (!index_add_layer(index, bytes, true, err)) {
        munmap((void *)bytes.ptr, bytes.len);
        return PASS(err);
    }
    return hash_eq(index->layers[index->count - 1].identity, identity)
               ? true
               : FAIL(err, MATCH_INDEX, str_from_z(name));
}

/* most: so many layers of it */
static bool open_once(const char *path, size_t most, struct matching_index **out, bool *is_gone,
                      struct err *err)
{
    CLEANUP(matching_index_close_var) struct matching_index *index = calloc(1, sizeof *index);
    struct manifest manifest;

    *is_gone = false;
    if (!index)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    if (!read_file(path, &manifest, err))
        return PASS(err);
    for (size_t i = 0; i < manifest.count && i < most; i++) {
        if (!add_layer(index, path, manifest.layers[i], is_gone, err))
            return PASS(err);
    }
    *out = TAKE(index);
    return true;
}

static bool open_index(const char *path, size_t most, struct matching_index **out, struct err *err)
{
    /* What the manifest names can be taken away between reading it and opening that: then there is a newer manifest. */
    for (int i = 1;; i++) {
        struct err failed = { 0 };
        bool is_gone;

        if (open_once(path, most, out, &is_gone, &failed))
            return true;
        if (!is_gone || i == TRIES) {
            *err = failed;
            return PASS(err);
        }
    }
}

bool matching_index_open(const char *path, struct matching_index **out, struct err *err)
{
    return open_index(path, INDEX_LAYERS_MAX, out, err) ? true : PASS(err);
}

bool matching_index_open_base(const char *path, struct matching_index **out, struct err *err)
{
    return open_index(path, 1, out, err) ? true : PASS(err);
}

/* ---- who makes it ---- */

bool manifest_lock(const char *path, struct arena *arena, int *fd, struct err *err)
{
    const char *slash = strrchr(path, '/');
    const char *folder =
        !slash ? "."
               : arena_z(arena, (struct str){ path, slash == path ? 1 : (size_t)(slash - path) });
    int locked;

    *fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*fd < 0)
        return FAIL_IO(err, str_from_z(folder));
    do
        locked = flock(*fd, LOCK_EX);
    while (locked != 0 && errno == EINTR);
    if (locked == 0)
        return true;
    close(*fd);
    return FAIL_IO(err, str_from_z(folder));
}
