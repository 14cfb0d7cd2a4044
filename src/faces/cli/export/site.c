#include "faces/cli/export/site.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/fs.h"

/* Says that a folder is one of ours, to be replaced. */
#define MARK ".noroshi-export"

enum { OPEN_FOLDERS = 16, PATH_ROOM = PATH_MAX };

struct site {
    char folder[PATH_ROOM], room[PATH_ROOM], site[PATH_ROOM], work[PATH_ROOM];
    int lock;
};

static bool path_of(char out[PATH_ROOM], const char *folder, const char *name, struct err *err)
{
    return snprintf(out, PATH_ROOM, "%s%s", folder, name) < PATH_ROOM
               ? true
               : FAIL(err, TOO_LARGE, str_from_z(folder));
}

static int drop(const char *path, const struct stat *stat, int kind, struct FTW *place)
{
    (void)stat;
    (void)kind;
    return place->level > 0 ? remove(path) : 0;
}

/* All that is in it; not the folder itself, and nothing that a link leads to. */
static bool empty_folder(const char *path, struct err *err)
{
    return nftw(path, drop, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) == 0
               ? true
               : FAIL_IO(err, str_from_z(path));
}

static bool is_empty(const char *folder)
{
    DIR *entries = opendir(folder);
    const struct dirent *entry;
    size_t count = 0;

    if (!entries)
        return errno == ENOENT;
    while ((entry = readdir(entries)))
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(entries);
    return count == 0;
}

static bool is_ours(const char *folder)
{
    char mark[PATH_ROOM];
    struct err ignored = { 0 };

    return is_empty(folder) || (path_of(mark, folder, "/" MARK, &ignored) && fs_exists(mark));
}

static bool put_mark(const char *folder, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    char mark[PATH_ROOM];

    return path_of(mark, folder, "/" MARK, err) &&
                   fs_write_whole(
                       mark,
                       arena_printf(arena, "noroshi export\n%.*s\n", STR_ARG(utc_iso(arena, now))),
                       0644, err)
               ? true
               : PASS(err);
}

/* The room is ours alone from here on. */
static bool enter(struct site *site, struct utc now, struct err *err)
{
    if (!is_ours(site->room))
        return FAIL(err, NOT_EMPTY, str_from_z(site->room));
    if (mkdir(site->room, 0755) != 0 && errno != EEXIST)
        return FAIL_IO(err, str_from_z(site->room));
    site->lock = open(site->room, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (site->lock < 0)
        return FAIL_IO(err, str_from_z(site->room));
    if (flock(site->lock, LOCK_EX | LOCK_NB) != 0)
        return FAIL(err, EXPORTING, str_from_z(site->folder));
    return empty_folder(site->room, err) && put_mark(site->room, now, err) ? true : PASS(err);
}

bool site_begin(const char *folder, struct utc now, struct site **out, struct err *err)
{
    CLEANUP(site_free_var) struct site *site = calloc(1, sizeof *site);
    size_t len = strlen(folder);

    if (!site)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    site->lock = -1;
    if (!path_of(site->folder, folder, "", err))
        return PASS(err);
    while (len > 1 && site->folder[len - 1] == '/')
        site->folder[--len] = '\0';
    if (!path_of(site->room, site->folder, ".new", err) ||
        !path_of(site->site, site->room, "/site", err) ||
        !path_of(site->work, site->room, "/work", err))
        return PASS(err);
    if (!is_ours(site->folder))
        return FAIL(err, NOT_EMPTY, str_from_z(site->folder));
    if (!enter(site, now, err))
        return PASS(err);
    if (mkdir(site->site, 0755) != 0 || mkdir(site->work, 0700) != 0)
        return FAIL_IO(err, str_from_z(site->room));
    if (!put_mark(site->site, now, err))
        return PASS(err);
    *out = TAKE(site);
    return true;
}

const char *site_workroom(const struct site *site) { return site->work; }

/* Folders on the way to a file; those that are there stay. */
static bool make_way(char *path, size_t from)
{
    for (char *at = strchr(path + from, '/'); at; at = strchr(at + 1, '/')) {
        int made;

        *at = '\0';
        made = mkdir(path, 0755);
        *at = '/';
        if (made != 0 && errno != EEXIST)
            return false;
    }
    return true;
}

/* What a name of a record can cause, and nothing is wrong with the disk. */
static bool is_about_the_name(int why)
{
    return why == ENAMETOOLONG || why == ENOTDIR || why == EISDIR || why == EEXIST;
}

bool site_put(struct site *site, struct str path, struct str bytes, bool *is_kept, struct err *err)
{
    char whole[PATH_ROOM];
    size_t from = strlen(site->site) + 1;
    int fd, why;

    *is_kept = snprintf(whole, sizeof whole, "%s/%.*s", site->site, STR_ARG(path)) < PATH_ROOM;
    if (!*is_kept)
        return true;
    fd = open(whole, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0 && errno == ENOENT && make_way(whole, from))
        fd = open(whole, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    why = errno;
    if (fd < 0) {
        *is_kept = false;
        return is_about_the_name(why) ? true : FAIL_IO(err, path);
    }
    if (!fs_write_all(fd, bytes)) {
        close(fd);
        return FAIL_IO(err, path);
    }
    return close(fd) == 0 ? true : FAIL_IO(err, path);
}

bool site_end(struct site *site, struct err *err)
{
    if (syncfs(site->lock) != 0)
        return FAIL_IO(err, str_from_z(site->room));
    /* The one before takes the new one's place in the room, and goes with it. */
    if (renameat2(AT_FDCWD, site->site, AT_FDCWD, site->folder, RENAME_EXCHANGE) != 0 &&
        (errno != ENOENT || rename(site->site, site->folder) != 0))
        return FAIL_IO(err, str_from_z(site->folder));
    return true;
}

void site_free(struct site *site)
{
    struct err ignored = { 0 };

    if (!site)
        return;
    if (site->lock >= 0) {
        if (empty_folder(site->room, &ignored))
            rmdir(site->room);
        close(site->lock);
    }
    free(site);
}
