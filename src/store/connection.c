#include "store/store_internal.h"

#include "base/ascii.h"
#include "base/err.h"
#include <assert.h>

/* What may be asked of an open store; the rest is refused when a statement is prepared, so that SQL
 * which slipped in (or a schema that somebody planted in the file) cannot attach, load or set
 * anything. */
static int authorize(void *data, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    const struct connection *connection = data;
    (void)second, (void)database, (void)trigger;

    if (action == SQLITE_ATTACH || action == SQLITE_DETACH)
        return SQLITE_DENY;
    if (connection->is_ours)
        return SQLITE_OK;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        return SQLITE_OK;
    case SQLITE_PRAGMA: /* FTS5 looks whether others have written */
        return first && str_eq_z(str_from_z(first), "data_version") ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static int note_wal_pages(void *data, sqlite3 *sqlite, const char *database, int pages)
{
    struct connection *connection = data;
    (void)sqlite, (void)database;

    connection->wal_pages = pages;
    return SQLITE_OK;
}

static bool is_disk_trouble(int rc)
{
    /* A full disk is not: it can be emptied, and nothing that was promised is lost. */
    return (rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CORRUPT ||
           (rc & 0xff) == SQLITE_NOTADB;
}

bool connection_fail(struct connection *connection, int rc, const char *what, struct err *err)
{
    char text[160];
    int primary = rc & 0xff;

    if (is_disk_trouble(rc) && connection->tx && connection->tx->kind == TX_WRITE)
        atomic_store(&connection->store->is_stopped, true);
    if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
        return FAIL(err, STORE_BUSY, str_from_z(what));
    /* SQLite's words name tables and columns, never values. */
    snprintf(text, sizeof text, "%s: %s", what,
             primary == SQLITE_CONSTRAINT || primary == SQLITE_ERROR || primary == SQLITE_AUTH
                 ? sqlite3_errmsg(connection->sqlite)
                 : sqlite3_errstr(rc));
    return FAIL(err, STORE, str_from_z(text));
}

bool connection_run(struct connection *connection, const char *sql, struct err *err)
{
    bool was_ours = connection->is_ours;
    int rc;

    connection->is_ours = true;
    rc = sqlite3_exec(connection->sqlite, sql, NULL, NULL, NULL);
    connection->is_ours = was_ours;
    return rc == SQLITE_OK ? true : connection_fail(connection, rc, "store", err);
}

bool connection_number(struct connection *connection, const char *sql, int64_t *out,
                       struct err *err)
{
    bool was_ours = connection->is_ours;
    sqlite3_stmt *statement = NULL;
    int rc;

    connection->is_ours = true;
    rc = sqlite3_prepare_v2(connection->sqlite, sql, -1, &statement, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(statement);
    if (rc == SQLITE_ROW)
        *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    connection->is_ours = was_ours;
    return rc == SQLITE_ROW ? true : connection_fail(connection, rc, "store", err);
}

/* Lower than SQLite's own by far: no query of ours comes near, and a damaged file cannot ask for
 * more. */
static void lower_limits(sqlite3 *sqlite)
{
    static const struct {
        int what, most;
    } limits[] = {
        { SQLITE_LIMIT_LENGTH, 64 << 20 },
        { SQLITE_LIMIT_SQL_LENGTH, 64 << 10 },
        { SQLITE_LIMIT_COLUMN, 200 },
        { SQLITE_LIMIT_EXPR_DEPTH, 100 },
        { SQLITE_LIMIT_COMPOUND_SELECT, 20 },
        { SQLITE_LIMIT_VDBE_OP, 50000 },
        { SQLITE_LIMIT_FUNCTION_ARG, 16 },
        { SQLITE_LIMIT_ATTACHED, 0 },
        { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
        { SQLITE_LIMIT_VARIABLE_NUMBER, 200 },
        { SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
        { SQLITE_LIMIT_WORKER_THREADS, 0 },
    };

    for (size_t i = 0; i < COUNT(limits); i++)
        sqlite3_limit(sqlite, limits[i].what, limits[i].most);
}

static bool harden(struct connection *connection, struct err *err)
{
    static const struct {
        int what, on;
    } switches[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },
        { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
        { SQLITE_DBCONFIG_ENABLE_TRIGGER, 1 },
        { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
        { SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
        { SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 },
    };
    bool is_fast = connection->store->kind->is_fast,
         is_fresh = connection->store->final_path != NULL;

    for (size_t i = 0; i < COUNT(switches); i++) {
        int is_on = -1;
        int rc = sqlite3_db_config(connection->sqlite, switches[i].what, switches[i].on, &is_on);

        if (rc != SQLITE_OK || is_on != switches[i].on)
            return FAIL(err, STORE, STR("SQLite does not take a safety setting"));
    }
    lower_limits(connection->sqlite);
    /* The size of pages holds only for a file that has none yet. recursive_triggers: without it INSERT OR REPLACE deletes a row of an
     * append-only table past its trigger. */
    return connection_run(connection,
                          is_fast ? "PRAGMA page_size = 8192;"
                                    "PRAGMA secure_delete = OFF;"
                                    "PRAGMA cache_size = -65536;"
                                  : "PRAGMA secure_delete = ON;",
                          err) &&
                   connection_run(connection,
                                  "PRAGMA cell_size_check = ON;"
                                  "PRAGMA mmap_size = 0;"
                                  "PRAGMA recursive_triggers = ON;"
                                  "PRAGMA temp_store = MEMORY;"
                                  "PRAGMA foreign_keys = ON;",
                                  err) &&
                   connection_run(connection,
                                  is_fresh ? "PRAGMA locking_mode = EXCLUSIVE;"
                                             "PRAGMA journal_mode = MEMORY;"
                                           : "PRAGMA journal_mode = WAL;"
                                             "PRAGMA wal_autocheckpoint = 0;"
                                             "PRAGMA journal_size_limit = 67108864;",
                                  err) &&
                   connection_run(connection,
                                  is_fresh  ? "PRAGMA synchronous = OFF"
                                  : is_fast ? "PRAGMA synchronous = NORMAL"
                                            : "PRAGMA synchronous = FULL",
                                  err)
               ? true
               : PASS(err);
}

static bool says(struct connection *connection, const char *sql, const char *want)
{
    sqlite3_stmt *statement = NULL;
    bool ok = sqlite3_prepare_v2(connection->sqlite, sql, -1, &statement, NULL) == SQLITE_OK &&
              sqlite3_step(statement) == SQLITE_ROW &&
              str_eq_z(str_from_z((const char *)sqlite3_column_text(statement, 0)), want);

    sqlite3_finalize(statement);
    return ok;
}

/* A PRAGMA that does not take effect says nothing: ask. */
static bool check_settings(struct connection *connection, struct err *err)
{
    /* clang-format off */
    static const struct {
        const char *sql, *want, *fast, *fresh;
    } settings[] = {
        { "PRAGMA journal_mode", "wal", "wal", "memory" }, { "PRAGMA synchronous", "2", "1", "0" },
        { "PRAGMA foreign_keys", "1", "1", "1" },          { "PRAGMA secure_delete", "1", "0", "0" },
        { "PRAGMA trusted_schema", "0", "0", "0" },        { "PRAGMA recursive_triggers", "1", "1", "1" },
        { "PRAGMA cell_size_check", "1", "1", "1" },       { "PRAGMA temp_store", "2", "2", "2" },
    };
    /* clang-format on */
    const struct store *store = connection->store;

    for (size_t i = 0; i < COUNT(settings); i++) {
        const char *want = store->final_path      ? settings[i].fresh
                           : store->kind->is_fast ? settings[i].fast
                                                  : settings[i].want;

        if (!says(connection, settings[i].sql, want))
            return FAIL(err, STORE, str_from_z(settings[i].sql));
    }
    return true;
}

/* SQLite takes options of a file behind its name, written as a URL. Without readonly_shm it would try to write to the log's shared memory first. */
static char *read_only_url(const char *path)
{
    sqlite3_str *out = sqlite3_str_new(NULL);

    sqlite3_str_appendall(out, "file:");
    for (; *path; path++) {
        bool is_plain = ascii_is_alnum(*path) || strchr("/-._~", *path) != NULL;

        sqlite3_str_appendf(out, is_plain ? "%c" : "%%%02x", (unsigned char)*path);
    }
    sqlite3_str_appendall(out, "?readonly_shm=1");
    return sqlite3_str_finish(out);
}

static int open_file(struct connection *connection, const char *path, bool create)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    char *url;
    int rc;

    if (!connection->store->is_read_only)
        return sqlite3_open_v2(path, &connection->sqlite,
                               flags | SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0),
                               NULL);
    url = read_only_url(path);
    rc = url ? sqlite3_open_v2(url, &connection->sqlite,
                               flags | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL)
             : SQLITE_NOMEM;
    sqlite3_free(url);
    return rc;
}

static bool open_into(struct connection *connection, const char *path, bool create, struct err *err)
{
    int rc = open_file(connection, path, create);

    if (rc != SQLITE_OK)
        return connection_fail(connection, rc, "open", err);
    sqlite3_busy_timeout(connection->sqlite, STORE_BUSY_MS);
    if (!harden(connection, err) || !check_settings(connection, err) ||
        !tokenizer_register(connection, err))
        return PASS(err);
    sqlite3_wal_hook(connection->sqlite, note_wal_pages, connection);
    sqlite3_set_authorizer(connection->sqlite, authorize, connection);
    return true;
}

bool connection_open(struct store *store, const char *path, bool create, struct connection **out,
                     struct err *err)
{
    CLEANUP(connection_close_var) struct connection *connection = calloc(1, sizeof *connection);

    if (!connection)
        return FAIL(err, STORE, STR("memory for a connection"));
    connection->store = store;
    if (!open_into(connection, path, create, err))
        return PASS(err);
    *out = TAKE(connection);
    return true;
}

void connection_shut(struct connection *connection)
{
    int rc;

    statements_free(connection);
    /* What a sick disk may have lost is not written over from here: the next start reads the log
     * anew. */
    if (connection->sqlite && atomic_load(&connection->store->is_stopped))
        sqlite3_db_config(connection->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    rc = sqlite3_close(connection->sqlite);
    assert(rc == SQLITE_OK);
    (void)rc;
    connection->sqlite = NULL;
}

bool connection_open_again(struct connection *connection, struct err *err)
{
    return open_into(connection, connection->store->path, false, err) ? true : PASS(err);
}

void connection_close(struct connection *connection)
{
    if (!connection)
        return;
    connection_shut(connection);
    free(connection);
}
