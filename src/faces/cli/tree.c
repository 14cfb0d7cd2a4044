#include "faces/cli/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "seal/seal.h"

const char *path_in(struct arena *arena, const char *folder, struct str name)
{
    return arena_z(arena, arena_printf(arena, "%s/%.*s", folder, STR_ARG(name)));
}

/* ---- listing ---- */

struct walk {
    const char *root;
    struct arena *arena;
    struct tree *out;
};

static bool walk(struct walk *w, struct str below, int depth, struct err *err);

static bool take(struct walk *w, struct str below, const char *name, int depth, struct err *err)
{
    struct str path = below.len ? arena_printf(w->arena, "%.*s/%s", STR_ARG(below), name)
                                : arena_str(w->arena, str_from_z(name));
    struct stat st;

    if (lstat(path_in(w->arena, w->root, path), &st) != 0)
        return errno == ENOENT ? true : FAIL_IO(err, path); /* gone meanwhile */
    if (S_ISDIR(st.st_mode))
        return depth < TREE_DEPTH_MAX ? walk(w, path, depth + 1, err) : FAIL(err, TOO_LARGE, path);
    if (!S_ISREG(st.st_mode))
        return FAIL_IO(err, path);
    if (w->out->len == TREE_FILES_MAX)
        return FAIL(err, TOO_LARGE, path);
    VEC_PUSH(w->arena, w->out, path);
    return true;
}

static bool walk(struct walk *w, struct str below, int depth, struct err *err)
{
    DIR *dir = opendir(below.len ? path_in(w->arena, w->root, below) : w->root);
    struct dirent *entry;
    bool ok = true;

    if (!dir)
        return errno == ENOENT ? true : FAIL_IO(err, below.len ? below : str_from_z(w->root));
    while (ok && (entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            ok = take(w, below, entry->d_name, depth, err);
    }
    closedir(dir);
    return ok ? true : PASS(err);
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

bool tree_list(const char *folder, struct arena *arena, struct tree *out, struct err *err)
{
    struct walk w = { folder, arena, out };

    *out = (struct tree){ 0 };
    if (!walk(&w, STR_NONE, 0, err))
        return PASS(err);
    if (out->len > 1)
        qsort(out->at, out->len, sizeof *out->at, by_name);
    return true;
}

/* ---- bytes ---- */

struct mapping {
    struct str bytes;
    bool is_there;
};

static void unmap(struct mapping *m)
{
    if (m->bytes.len > 0)
        munmap((void *)(uintptr_t)m->bytes.ptr, m->bytes.len);
}

static bool map(const char *path, struct mapping *out, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat st;
    void *at;

    *out = (struct mapping){ { "", 0 }, fd >= 0 };
    if (fd < 0)
        return errno == ENOENT ? true : FAIL_IO(err, str_from_z(path));
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return FAIL(err, IO, str_from_z(path));
    }
    at = st.st_size > 0 ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    close(fd);
    if (at == MAP_FAILED)
        return FAIL_IO(err, str_from_z(path));
    if (at)
        out->bytes = (struct str){ at, (size_t)st.st_size };
    return true;
}

bool file_sha256(const char *path, struct arena *arena, struct str *hex, bool *found,
                 struct err *err)
{
    CLEANUP(unmap) struct mapping m = { 0 };

    if (!map(path, &m, err))
        return PASS(err);
    *found = m.is_there;
    *hex = m.is_there ? hash_hex(hash_sha256(m.bytes), arena) : STR_NONE;
    return true;
}

bool file_copy(const char *from, const char *to, struct arena *arena, bool *found, struct err *err)
{
    CLEANUP(unmap) struct mapping m = { 0 };
    const char *slash = strrchr(to, '/');

    if (!map(from, &m, err))
        return PASS(err);
    *found = m.is_there;
    if (!m.is_there)
        return true;
    if (slash && slash != to &&
        !fs_make_folder(arena_z(arena, (struct str){ to, (size_t)(slash - to) }), 0700, err))
        return PASS(err);
    return fs_write_whole(to, m.bytes, 0600, err) ? true : PASS(err);
}
