#include "base/fs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

enum { FS_PATH_MAX = 4096 };

static bool failed(const char *path, struct err *err) { return FAIL_IO(err, str_from_z(path)); }

bool fs_write_all(int fd, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = write(fd, bytes.ptr, bytes.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes = str_drop(bytes, (size_t)n);
    }
    return true;
}

/* The folder a path is in; "." when it has none. */
static void folder_of(const char *path, char *out)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        snprintf(out, FS_PATH_MAX, ".");
    else
        snprintf(out, FS_PATH_MAX, "%.*s", slash == path ? 1 : (int)(slash - path), path);
}

bool fs_sync_folder(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_done;

    if (fd < 0)
        return failed(path, err);
    is_done = fsync(fd) == 0;
    close(fd);
    return is_done ? true : failed(path, err);
}

int fs_open_new(char *path, unsigned mode)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz012345";
    enum { LETTERS = 6, TRIES = 16 };
    char *end = path + strlen(path) - LETTERS;
    unsigned char random[LETTERS];

    for (int i = 0; i < TRIES; i++) {
        int fd;

        if (getrandom(random, sizeof random, 0) != sizeof random)
            return -1;
        for (size_t k = 0; k < LETTERS; k++)
            end[k] = letters[random[k] % 32];
        fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

int fs_open_nameless(const char *path)
{
    char room[FS_PATH_MAX];
    int fd;

    folder_of(path, room);
    fd = open(room, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;
    /* A file system that cannot do that: whoever is killed just here leaves an empty file. */
    if (snprintf(room, sizeof room, "%s-waits-XXXXXX", path) >= (int)sizeof room)
        return -1;
    fd = fs_open_new(room, 0600);
    if (fd >= 0)
        unlink(room);
    return fd;
}

bool fs_write_whole(const char *path, struct str bytes, unsigned mode, struct err *err)
{
    char temporary[FS_PATH_MAX], folder[FS_PATH_MAX];
    bool is_done;
    int fd;

    if (strlen(path) > FS_PATH_MAX - 16)
        return FAIL(err, TOO_LARGE, str_from_z(path));
    snprintf(temporary, sizeof temporary, "%s.new-XXXXXX", path);
    folder_of(path, folder);

    fd = fs_open_new(temporary, mode);
    if (fd < 0)
        return failed(path, err);
    is_done = fs_write_all(fd, bytes) && fsync(fd) == 0;
    is_done = close(fd) == 0 && is_done && rename(temporary, path) == 0;
    if (!is_done) {
        unlink(temporary);
        return failed(path, err);
    }
    if (!fs_sync_folder(folder, err))
        return PASS(err);
    return true;
}

ssize_t fs_read_up_to(int fd, char *at, size_t size)
{
    size_t len = 0;

    while (len < size) {
        ssize_t n = read(fd, at + len, size - len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        len += (size_t)n;
    }
    return (ssize_t)len;
}

static bool read_open(int fd, const char *path, size_t max, struct arena *arena, struct str *out,
                      struct err *err)
{
    struct stat stat;
    size_t size;
    char *bytes;
    ssize_t len;

    if (fstat(fd, &stat) != 0 || S_ISDIR(stat.st_mode))
        return failed(path, err);
    /* A file that says its size is read with one byte more, which shows whether it grew; a pipe or /proc says 0. */
    size = stat.st_size > 0 ? (size_t)stat.st_size : max;
    if (size > max)
        return FAIL(err, TOO_LARGE, str_from_z(path));
    bytes = arena_alloc_n(arena, size + 1, 1);
    len = fs_read_up_to(fd, bytes, size + 1);
    if (len < 0)
        return failed(path, err);
    if ((size_t)len > size)
        return FAIL(err, TOO_LARGE, str_from_z(path));
    *out = (struct str){ bytes, (size_t)len };
    return true;
}

bool fs_read_whole(const char *path, size_t max, struct arena *arena, struct str *out,
                   struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is_read;

    if (fd < 0)
        return failed(path, err);
    is_read = read_open(fd, path, max, arena, out, err);
    close(fd);
    return is_read ? true : PASS(err);
}

static bool make_one(const char *path, unsigned mode)
{
    struct stat stat_;

    if (mkdir(path, mode) == 0)
        return true;
    return errno == EEXIST && stat(path, &stat_) == 0 && S_ISDIR(stat_.st_mode);
}

bool fs_make_folder(const char *path, unsigned mode, struct err *err)
{
    char part[FS_PATH_MAX];
    size_t len = strlen(path);

    if (len == 0 || len >= sizeof part)
        return failed(path, err);
    memcpy(part, path, len + 1);
    for (size_t i = 1; i <= len; i++) {
        if (part[i] != '/' && part[i] != '\0')
            continue;
        part[i] = '\0';
        if (!make_one(part, mode))
            return failed(part, err);
        part[i] = path[i];
    }
    return true;
}

bool fs_exists(const char *path)
{
    struct stat stat_;

    return stat(path, &stat_) == 0;
}
