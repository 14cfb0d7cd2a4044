#include "store/store_internal.h"

#include "base/err.h"
#include "base/fs.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

enum { PATH_LENGTH_MAX = 1024 };

/* All pages in one step under one snapshot: writers go on beside it in the log, and no write makes
 * it start anew. */
static bool copy_pages(struct connection *from, sqlite3 *to, struct err *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from->sqlite, "main");
    int step, rc;

    if (!backup)
        return connection_fail(from, sqlite3_extended_errcode(to), "backup", err);
    step = sqlite3_backup_step(backup, -1);
    rc = sqlite3_backup_finish(backup);
    if (step != SQLITE_DONE || rc != SQLITE_OK)
        return connection_fail(from, step != SQLITE_DONE ? step : rc, "backup", err);
    return true;
}

static bool copy_to(struct connection *from, const char *path, struct err *err)
{
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL);
    bool ok;

    if (rc == SQLITE_OK)
        rc = sqlite3_exec(to, "PRAGMA secure_delete = OFF; PRAGMA synchronous = FULL", NULL, NULL,
                          NULL);
    ok = rc == SQLITE_OK ? copy_pages(from, to, err) : connection_fail(from, rc, "backup", err);
    /* One file without a log beside it; store_open turns the log on again. */
    if (ok) {
        rc = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
        ok = rc == SQLITE_OK ? true : connection_fail(from, rc, "backup", err);
    }
    rc = sqlite3_close(to);
    return ok && rc != SQLITE_OK ? connection_fail(from, rc, "backup", err) : ok;
}

static bool sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0)
        close(fd);
    return ok;
}

static bool appear(const char *temporary, const char *path, struct err *err)
{
    char folder[PATH_LENGTH_MAX];
    const char *slash = strrchr(path, '/');

    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    if (!sync_file(temporary) || rename(temporary, path) != 0)
        return FAIL_IO(err, str_from_z(path));
    return fs_sync_folder(folder[0] ? folder : "/", err) ? true : PASS(err);
}

bool store_backup(struct store *store, const char *to_path, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    char temporary[PATH_LENGTH_MAX];
    int length = snprintf(temporary, sizeof temporary, "%s.part", to_path);
    int fd;

    if (length < 0 || (size_t)length >= sizeof temporary)
        return FAIL(err, IO, str_from_z(to_path));
    unlink(temporary); /* of a backup that was cut short */
    fd = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return FAIL_IO(err, str_from_z(to_path));
    close(fd);
    if (tx_begin(store, TX_READ, &tx, err) && copy_to(tx->connection, temporary, err) &&
        appear(temporary, to_path, err))
        return true;
    unlink(temporary);
    return PASS(err);
}

/* quick_check: the first line, "ok" when all is well. */
static bool check_pages(struct connection *connection, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    struct str said;
    bool ok = false;
    int rc = sqlite3_prepare_v2(connection->sqlite, "PRAGMA quick_check(1)", -1, &statement, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW) {
        said = str_from_z((const char *)sqlite3_column_text(statement, 0));
        ok = str_eq_z(said, "ok") ? true : FAIL(err, STORE, said);
    } else {
        (void)connection_fail(connection, rc, "quick_check", err);
    }
    sqlite3_finalize(statement);
    return ok;
}

static bool check_references(struct connection *connection, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    char text[160];
    bool ok = false;
    int rc =
        sqlite3_prepare_v2(connection->sqlite, "PRAGMA foreign_key_check", -1, &statement, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(statement);
    if (rc == SQLITE_DONE) {
        ok = true;
    } else if (rc == SQLITE_ROW) {
        snprintf(text, sizeof text, "%s row %lld refers to nothing in %s",
                 (const char *)sqlite3_column_text(statement, 0),
                 (long long)sqlite3_column_int64(statement, 1),
                 (const char *)sqlite3_column_text(statement, 2));
        (void)FAIL(err, STORE, str_from_z(text));
    } else {
        (void)connection_fail(connection, rc, "foreign_key_check", err);
    }
    sqlite3_finalize(statement);
    return ok;
}

bool store_check(struct store *store, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    bool ok;

    if (!tx_begin(store, TX_READ, &tx, err))
        return PASS(err);
    tx->connection->is_ours = true;
    ok = check_pages(tx->connection, err) && check_references(tx->connection, err);
    tx->connection->is_ours = false;
    return ok ? true : PASS(err);
}
