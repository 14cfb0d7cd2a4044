/* A file that appears with its first commit: nobody reads it before, so that its pages need no log and are written once. Whoever is killed before leaves a file of another
 * name, which the next one takes over. */
#include "store/store_internal.h"

#include "base/err.h"
#include "base/fs.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define SUFFIX "-new"
enum { PATH_LENGTH_MAX = 1024 };

/* Ours alone, and still the one of that name: who had it before may just have given it its own. */
static bool is_ours(int fd, const char *path)
{
    struct stat held, named;

    return flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &held) == 0 && stat(path, &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

bool fresh_begin(struct store *store, struct err *err)
{
    size_t size = strlen(store->path) + sizeof SUFFIX;
    char *path;

    if (fs_exists(store->path))
        return true;
    path = malloc(size);
    if (!path)
        return FAIL(err, STORE, STR("memory for a store"));
    snprintf(path, size, "%s" SUFFIX, store->path);
    store->fresh_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (store->fresh_fd < 0) {
        free(path);
        return FAIL(err, IO, str_from_z(store->path));
    }
    if (!is_ours(store->fresh_fd, path) || ftruncate(store->fresh_fd, 0) != 0) {
        close(store->fresh_fd);
        free(path);
        return FAIL(err, STORE_BUSY, str_from_z(store->path));
    }
    store->final_path = store->path;
    store->path = path;
    return true;
}

void fresh_drop(struct store *store)
{
    if (!store->final_path)
        return;
    unlink(store->path);
    close(store->fresh_fd);
    free(store->final_path);
    store->final_path = NULL;
}

/* A log that an earlier file of that name left would be read into this one. */
static void drop_log(const char *path)
{
    static const char *const endings[] = { "-wal", "-shm" };
    char beside[PATH_LENGTH_MAX];

    for (size_t i = 0; i < COUNT(endings); i++)
        if (snprintf(beside, sizeof beside, "%s%s", path, endings[i]) < (int)sizeof beside)
            unlink(beside);
}

/* Under its own name, unless somebody made one meanwhile. */
static bool appear(const struct store *store, struct err *err)
{
    const char *slash = strrchr(store->final_path, '/');
    char folder[PATH_LENGTH_MAX];

    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - store->final_path) : 1,
             slash ? store->final_path : ".");
    if (fsync(store->fresh_fd) != 0)
        return FAIL(err, IO, str_from_z(store->final_path));
    if (!fs_exists(store->final_path))
        drop_log(store->final_path);
    if (link(store->path, store->final_path) != 0)
        return FAIL(err, STORE_BUSY, str_from_z(store->final_path));
    unlink(store->path);
    return fs_sync_folder(folder[0] ? folder : "/", err) ? true : PASS(err);
}

bool fresh_settle(struct tx *tx, struct err *err)
{
    struct store *store = tx->store;

    if (!store->final_path || tx->kind != TX_WRITE)
        return true;
    connection_shut(tx->connection);
    if (!appear(store, err))
        return PASS(err);
    close(store->fresh_fd);
    free(store->path);
    store->path = TAKE(store->final_path);
    return connection_open_again(tx->connection, err) ? true : PASS(err);
}
