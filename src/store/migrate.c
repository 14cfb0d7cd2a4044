#include "store/store_internal.h"

#include "base/err.h"
#include "base/fs.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

/* Has anything been put into this file? */
static bool is_empty(struct connection *connection, bool *out, struct err *err)
{
    int64_t count;

    if (!connection_number(connection, "SELECT count(*) FROM sqlite_schema", &count, err))
        return PASS(err);
    *out = count == 0;
    return true;
}

static bool check_kind(struct connection *connection, const struct store_kind *kind,
                       struct err *err)
{
    sqlite3_stmt *statement = NULL;
    int64_t application;
    bool is_right;
    int rc;

    if (!connection_number(connection, "PRAGMA application_id", &application, err))
        return PASS(err);
    if (application != STORE_APPLICATION_ID)
        return FAIL(err, STORE_VERSION, STR("this is no file of ours"));
    rc = sqlite3_prepare_v2(connection->sqlite,
                            "SELECT value = ?1 FROM store_meta WHERE key = 'kind'", -1, &statement,
                            NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(statement, 1, kind->name, -1, SQLITE_STATIC);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(statement);
    is_right = rc == SQLITE_ROW && sqlite3_column_int(statement, 0) == 1;
    sqlite3_finalize(statement);
    if (is_right)
        return true;
    return rc == SQLITE_ROW || rc == SQLITE_DONE
               ? FAIL(err, STORE_VERSION, STR("this is a file of another kind"))
               : connection_fail(connection, rc, "store_meta", err);
}

static bool set_kind(struct connection *connection, const struct store_kind *kind, struct err *err)
{
    char sql[200];

    for (const char *at = kind->name; *at; at++)
        assert(*at >= 'a' && *at <= 'z');
    snprintf(sql, sizeof sql,
             "PRAGMA application_id = %d;"
             "CREATE TABLE store_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
             "INSERT INTO store_meta (key, value) VALUES ('kind', '%s');",
             STORE_APPLICATION_ID, kind->name);
    return connection_run(connection, sql, err);
}

/* Foreign keys are off while tables are rebuilt, so the result is checked before it counts. */
static bool check_references(struct connection *connection, struct err *err)
{
    int64_t broken;

    if (!connection_number(connection, "SELECT count(*) FROM pragma_foreign_key_check", &broken,
                           err))
        return PASS(err);
    return broken == 0 ? true : FAIL(err, STORE, STR("a migration leaves broken references"));
}

static bool apply(struct store *store, const struct migration *migration, struct err *err)
{
    struct connection *connection = store->writer;
    char sql[64];
    int64_t version;
    bool is_new;

    /* Asked again inside the transaction: another process may have been faster. */
    if (!connection_number(connection, "PRAGMA user_version", &version, err) ||
        !is_empty(connection, &is_new, err))
        return PASS(err);
    if (version >= migration->version)
        return true;
    if (is_new && !set_kind(connection, store->kind, err))
        return PASS(err);
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", migration->version);
    return connection_run(connection, migration->sql, err) && check_references(connection, err) &&
                   connection_run(connection, sql, err)
               ? true
               : PASS(err);
}

/* Each migration in one transaction: all of it or nothing. */
static bool apply_all(struct store *store, struct err *err)
{
    struct connection *connection = store->writer;

    if (!connection_run(connection, "PRAGMA foreign_keys = OFF", err))
        return PASS(err);
    for (size_t i = 0; i < store->kind->migration_count; i++) {
        const struct migration *migration = &store->kind->migrations[i];
        struct err ignored = { 0 };

        assert(migration->version == (int)i + 1);
        if (migration->version <= store->version)
            continue;
        if (!connection_run(connection, "BEGIN IMMEDIATE", err))
            return PASS(err);
        if (!apply(store, migration, err) || !connection_run(connection, "COMMIT", err)) {
            if (!sqlite3_get_autocommit(connection->sqlite))
                (void)!connection_run(connection, "ROLLBACK", &ignored);
            return PASS(err);
        }
        store->version = migration->version;
    }
    return connection_run(connection, "PRAGMA foreign_keys = ON", err) ? true : PASS(err);
}

/* Made by us, so that nobody else may read it; the log and the shared memory take its mode over. */
static bool make_file(const char *path, struct err *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    const char *slash = strrchr(path, '/');
    char folder[1024];

    if (fd < 0)
        return errno == EEXIST ? true : FAIL_IO(err, str_from_z(path));
    close(fd);
    if (slash && (size_t)(slash - path) >= sizeof folder)
        return FAIL_IO(err, str_from_z(path));
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    return fs_sync_folder(folder[0] ? folder : "/", err) ? true : PASS(err);
}

static bool refuse_version(int have, int want, struct err *err)
{
    char text[80];

    snprintf(text, sizeof text, "the file has schema %d, this program has %d", have, want);
    return FAIL(err, STORE_VERSION, str_from_z(text));
}

bool store_prepare(struct store *store, const struct store_options *options, struct err *err)
{
    const struct store_kind *kind = store->kind;
    int newest = (int)kind->migration_count;
    int64_t version;
    bool is_new;

    assert(newest > 0);
    assert(!options->read_only || (!options->create && !options->migrate));
    if (options->create && !make_file(store->path, err))
        return PASS(err);
    /* Who writes a catalogue may write all of it in one transaction: what does not stay in memory goes to the log and comes back from there. */
    if (!connection_open(store, store->path, false, &store->writer, err) ||
        (kind->is_fast && !store->is_read_only &&
         !connection_run(store->writer, "PRAGMA cache_size = -262144", err)) ||
        !is_empty(store->writer, &is_new, err))
        return PASS(err);
    if (is_new && !options->create)
        return FAIL(err, STORE_VERSION, STR("the file is empty"));
    if (!is_new && !check_kind(store->writer, kind, err))
        return PASS(err);
    if (!connection_number(store->writer, "PRAGMA user_version", &version, err))
        return PASS(err);
    if (version < 0 || version > newest || (version < newest && !is_new && !options->migrate))
        return refuse_version((int)version, newest, err);
    store->version = (int)version;
    if (version < newest && (!apply_all(store, err) || !check_kind(store->writer, kind, err)))
        return PASS(err);
    return true;
}
