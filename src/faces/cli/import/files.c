#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"
#include "faces/cli/import/import.h"
#include "formats/archive/archive.h"

enum { DEPTH_MAX = 16, FILES_MAX = 4 << 20, SMALL = 16 << 20 };

static bool ends_as(struct str name, const char *const *endings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_ends(name, str_from_z(endings[i])))
            return true;
    return false;
}

bool import_is_feed(struct str name)
{
    static const char *const packings[] = { ".gz", ".zst", ".xz" };
    static const char *const kinds[] = { ".json", ".jsonl", ".ndjson", ".csv", ".xml",
                                         ".rdf",  ".zip",   ".tar",    ".tgz", ".tsv" };

    for (size_t i = 0; i < COUNT(packings); i++)
        if (str_ends(name, str_from_z(packings[i])))
            name = str_take(name, name.len - strlen(packings[i]));
    return ends_as(name, kinds, COUNT(kinds));
}

static bool add(struct str path, const struct stat *st, struct arena *arena,
                struct import_files *out, struct err *err)
{
    static const char *const plain[] = { ".json", ".xml", ".rdf" };

    if (out->len == FILES_MAX)
        return FAIL(err, TOO_LARGE, path);
    VEC_PUSH(arena, out,
             (struct import_file){ .path = path,
                                   .size = st->st_size,
                                   .is_small = st->st_size <= SMALL &&
                                               ends_as(path, plain, COUNT(plain)) });
    return true;
}

static int name_cmp(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool names_of(const char *folder, struct arena *arena, struct catalog_strings *out,
                     struct err *err)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;

    if (!dir)
        return FAIL_IO(err, str_from_z(folder));
    while ((entry = readdir(dir)))
        if (entry->d_name[0] != '.')
            VEC_PUSH(arena, out, arena_str(arena, str_from_z(entry->d_name)));
    closedir(dir);
    if (out->len > 1)
        qsort(out->at, out->len, sizeof out->at[0], name_cmp);
    return true;
}

static bool list_folder(const char *folder, int depth, struct arena *arena,
                        struct import_files *out, struct err *err)
{
    struct catalog_strings names = { 0 };

    if (depth > DEPTH_MAX)
        return FAIL(err, TOO_LARGE, str_from_z(folder));
    if (!names_of(folder, arena, &names, err))
        return PASS(err);
    for (size_t i = 0; i < names.len; i++) {
        struct str path = arena_printf(arena, "%s/%.*s", folder, STR_ARG(names.at[i]));
        struct stat st;

        if (lstat(path.ptr, &st) != 0)
            return FAIL_IO(err, path);
        if (S_ISDIR(st.st_mode)
                ? !list_folder(path.ptr, depth + 1, arena, out, err)
                : S_ISREG(st.st_mode) && import_is_feed(path) && !add(path, &st, arena, out, err))
            return PASS(err);
    }
    return true;
}

bool import_list(const char *path, struct arena *arena, struct import_files *out, struct err *err)
{
    struct str trimmed = str_from_z(path);
    struct stat st = { 0 };

    if (strcmp(path, "-") == 0)
        return add(STR("-"), &st, arena, out, err) ? true : PASS(err);
    if (stat(path, &st) != 0)
        return FAIL_IO(err, str_from_z(path));
    if (!S_ISDIR(st.st_mode))
        return add(str_from_z(path), &st, arena, out, err) ? true : PASS(err);
    while (trimmed.len > 1 && str_ends(trimmed, STR("/")))
        trimmed.len--;
    return list_folder(arena_z(arena, trimmed), 0, arena, out, err) ? true : PASS(err);
}

/* ---- what the child is handed ---- */

/* A pipe can be read once; a child that starts anew reads it again. */
static bool spool(int from, int *fd, struct err *err)
{
    FILE *file = tmpfile();
    char room[64 << 10];
    ssize_t n = -1;

    *fd = file ? fcntl(fileno(file), F_DUPFD_CLOEXEC, 0) : -1;
    if (file)
        fclose(file);
    while (*fd >= 0 && (n = read(from, room, sizeof room)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || !fs_write_all(*fd, (struct str){ room, (size_t)n }))
            break;
    }
    if (n == 0 && lseek(*fd, 0, SEEK_SET) == 0)
        return true;
    if (*fd >= 0)
        close(*fd);
    return FAIL_IO(err, STR("-"));
}

bool import_keep_input(struct err *err)
{
    bool ok;
    int fd;

    if (lseek(STDIN_FILENO, 0, SEEK_SET) == 0)
        return true;
    if (!spool(STDIN_FILENO, &fd, err))
        return PASS(err);
    ok = dup2(fd, STDIN_FILENO) >= 0;
    close(fd);
    return ok ? true : FAIL_IO(err, STR("-"));
}

bool import_open(const struct import_file *file, int *fd, struct err *err)
{
    bool is_input = str_eq(file->path, STR("-"));
    char path[4096];
    int from;
    bool ok;

    if (file->path.len >= sizeof path)
        return FAIL(err, IO, file->path);
    memcpy(path, file->path.ptr, file->path.len);
    path[file->path.len] = 0;
    from = is_input ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(path, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return FAIL_IO(err, file->path);
    *fd = from;
    if (lseek(from, 0, SEEK_SET) == 0)
        return true;
    ok = spool(from, fd, err);
    close(from);
    return ok ? true : PASS(err);
}

static bool bundle_one(int bundle, const struct import_file *file, size_t place, char *room,
                       struct err *err)
{
    static const char zeros[TAR_BLOCK];
    char head[TAR_BLOCK], name[24];
    ssize_t len;
    int fd;

    if (!import_open(file, &fd, err))
        return PASS(err);
    len = fs_read_up_to(fd, room, SMALL);
    close(fd);
    if (len < 0)
        return FAIL_IO(err, file->path);
    snprintf(name, sizeof name, "%zu", place);
    tar_write_header(str_from_z(name), (uint64_t)len, head);
    return fs_write_all(bundle, (struct str){ head, sizeof head }) &&
                   fs_write_all(bundle, (struct str){ room, (size_t)len }) &&
                   fs_write_all(bundle, (struct str){ zeros, (TAR_BLOCK - (size_t)len % TAR_BLOCK) %
                                                                 TAR_BLOCK })
               ? true
               : FAIL_IO(err, file->path);
}

bool import_bundle(const struct import_files *files, size_t from, size_t to, int *fd,
                   struct err *err)
{
    char *room = malloc(SMALL); /* what is not touched takes none */
    bool ok = true;

    *fd = memfd_create("noroshi-import", MFD_CLOEXEC);
    if (!room || *fd < 0)
        ok = FAIL_IO(err, STR("memory"));
    for (size_t i = from; i < to && ok; i++)
        ok = bundle_one(*fd, &files->at[i], i, room, err);
    free(room);
    if (ok && lseek(*fd, 0, SEEK_SET) == 0)
        return true;
    if (*fd >= 0)
        close(*fd);
    return PASS(err);
}

bool import_hold(struct str bytes, int *fd, struct err *err)
{
    *fd = memfd_create("noroshi-import", MFD_CLOEXEC);
    if (*fd >= 0 && fs_write_all(*fd, bytes) && lseek(*fd, 0, SEEK_SET) == 0)
        return true;
    if (*fd >= 0)
        close(*fd);
    return FAIL_IO(err, STR("memory"));
}
