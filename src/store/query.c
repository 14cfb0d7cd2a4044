#include "store/store_internal.h"

#include "base/err.h"
#include <assert.h>

struct rows {
    struct tx *tx;
    struct statement *statement;
    struct arena *arena;
    int column; /* behind the one that was asked for last: they are mostly read in their order */
    bool has_row;
};

static const struct bind *bind_named(const struct bind *binds, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(binds[i].name, name) == 0)
            return &binds[i];
    }
    return NULL;
}

static bool is_param(const struct query *query, const char *name)
{
    for (unsigned i = 0; i < query->param_count; i++) {
        if (strcmp(query->params[i], name) == 0)
            return true;
    }
    return false;
}

/* Which options stand: those whose parameter is bound and not NULL. */
static uint64_t options_of(const struct query *query, const struct bind *binds, size_t count)
{
    uint64_t options = 0;

    assert(query->option_count <= 64);
    for (unsigned i = 0; i < query->option_count; i++) {
        const struct bind *bind = bind_named(binds, count, query->options[i].param);

        if (bind && bind->kind != BIND_NULL)
            options |= UINT64_C(1) << i;
    }
    return options;
}

/* held_until: SQLITE_STATIC where the statement is done before the caller has its texts back, else SQLITE_TRANSIENT, a copy. */
static int bind_one(sqlite3_stmt *statement, int at, const struct bind *bind,
                    sqlite3_destructor_type held_until)
{
    const char *text = bind->s.ptr ? bind->s.ptr : ""; /* a NULL pointer would bind NULL */

    switch (bind->kind) {
    case BIND_INT:
        return sqlite3_bind_int64(statement, at, bind->n);
    case BIND_TEXT:
        return sqlite3_bind_text64(statement, at, text, bind->s.len, held_until, SQLITE_UTF8);
    case BIND_BLOB:
        return sqlite3_bind_blob64(statement, at, text, bind->s.len, held_until);
    case BIND_NULL:
        break;
    }
    return sqlite3_bind_null(statement, at);
}

/* Where it stood the last time, mostly, and by the same words of the program: a place in it binds in one order. */
static const struct bind *bind_of(struct statement *statement, unsigned param,
                                  const struct bind *binds, size_t count)
{
    struct bound *bound = param < PLACES_KNOWN ? &statement->bound[param] : NULL;
    const struct bind *bind;
    const char *name;

    if (bound && bound->at < count && binds[bound->at].name == bound->name)
        return &binds[bound->at];
    name = sqlite3_bind_parameter_name(statement->sqlite, (int)param + 1);
    bind = name ? bind_named(binds, count, name + 1) : NULL;
    if (bind && bound)
        *bound = (struct bound){ bind->name, (size_t)(bind - binds) };
    return bind;
}

static int bind_all(const struct query *query, struct statement *statement,
                    const struct bind *binds, size_t count, sqlite3_destructor_type held_until)
{
    unsigned params = (unsigned)sqlite3_bind_parameter_count(statement->sqlite);
    int rc = SQLITE_OK;

    for (size_t i = 0; params != count && i < count; i++)
        assert(is_param(query, binds[i].name));
    for (unsigned i = 0; rc == SQLITE_OK && i < params; i++) {
        const struct bind *bind = bind_of(statement, i, binds, count);

        assert(bind); /* every parameter that stands in the text is bound, if only to NULL */
        rc = bind_one(statement->sqlite, (int)i + 1, bind, held_until);
    }
    return rc;
}

/* The statement, bound and ready to step. */
static bool start(struct tx *tx, const struct query *query, const struct bind *binds, size_t count,
                  sqlite3_destructor_type held_until, struct statement **out, struct err *err)
{
    struct connection *connection = tx->connection;
    int rc;

    /* After some errors SQLite rolls back by itself; what came next would each be a transaction of
     * its own. */
    if (sqlite3_get_autocommit(connection->sqlite))
        return FAIL(err, STORE, STR("the transaction was rolled back"));
    if (!statement_take(connection, query, options_of(query, binds, count), out, err))
        return PASS(err);
    rc = bind_all(query, *out, binds, count, held_until);
    if (rc != SQLITE_OK) {
        statement_give(connection, *out);
        return rc == SQLITE_TOOBIG ? FAIL(err, TOO_LARGE, str_from_z(query->name))
                                   : connection_fail(connection, rc, query->name, err);
    }
    atomic_fetch_add_explicit(&tx->store->statement_count, 1, memory_order_relaxed);
    return true;
}

static bool run(struct tx *tx, const struct query *query, const struct bind *binds, size_t count,
                struct err *err)
{
    struct connection *connection = tx->connection;
    struct statement *statement;
    bool ok;
    int rc;

    assert(tx->kind == TX_WRITE);
    if (!start(tx, query, binds, count, SQLITE_STATIC, &statement, err))
        return PASS(err);
    do
        rc = sqlite3_step(statement->sqlite);
    while (rc == SQLITE_ROW);
    ok = rc == SQLITE_DONE ? true : connection_fail(connection, rc, query->name, err);
    statement_give(connection, statement);
    return ok;
}

bool store_exec(struct tx *tx, const struct query *query, const struct bind *binds, size_t count,
                int64_t *changed, struct err *err)
{
    if (!run(tx, query, binds, count, err))
        return PASS(err);
    if (changed)
        *changed = sqlite3_changes64(tx->connection->sqlite);
    return true;
}

bool store_insert(struct tx *tx, const struct query *query, const struct bind *binds, size_t count,
                  int64_t *id, struct err *err)
{
    if (!run(tx, query, binds, count, err))
        return PASS(err);
    /* ON CONFLICT DO NOTHING leaves the id of another insert standing. */
    if (id)
        *id = sqlite3_changes64(tx->connection->sqlite)
                  ? sqlite3_last_insert_rowid(tx->connection->sqlite)
                  : 0;
    return true;
}

bool store_select(struct tx *tx, const struct query *query, const struct bind *binds, size_t count,
                  struct arena *arena, struct rows **out, struct err *err)
{
    struct statement *statement;
    struct rows *rows;

    if (!start(tx, query, binds, count, SQLITE_TRANSIENT, &statement, err))
        return PASS(err);
    rows = ARENA_NEW(arena, struct rows);
    *rows = (struct rows){ .tx = tx, .statement = statement, .arena = arena };
    tx->connection->rows_open++;
    *out = rows;
    return true;
}

int rows_next(struct rows *rows, struct err *err)
{
    int rc;

    if (!rows->statement)
        return 0;
    rc = sqlite3_step(rows->statement->sqlite);
    rows->has_row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW)
        return 1;
    if (rc != SQLITE_DONE)
        (void)connection_fail(rows->tx->connection, rc, rows->statement->query->name, err);
    rows_end(rows); /* a step behind the end would start anew */
    return rc == SQLITE_DONE ? 0 : -1;
}

bool rows_one(struct rows *rows, struct str what, struct err *err)
{
    switch (rows_next(rows, err)) {
    case 1:
        return true;
    case 0:
        return FAIL(err, ABSENT, what);
    default:
        return PASS(err);
    }
}

void rows_end(struct rows *rows)
{
    if (!rows || !rows->statement)
        return;
    statement_give(rows->tx->connection, rows->statement);
    rows->tx->connection->rows_open--;
    rows->statement = NULL;
    rows->has_row = false;
}

/* Its number; a name that the query does not give is our mistake. */
static int column_of(struct rows *rows, const char *name)
{
    struct statement *statement = rows->statement;
    int count;

    assert(rows->has_row);
    count = sqlite3_column_count(statement->sqlite);
    for (int i = 0; i < count; i++) {
        int at = (rows->column + i) % count;
        bool is_known = at < COLUMNS_KNOWN && statement->names[at] == name;

        if (is_known || strcmp(sqlite3_column_name(statement->sqlite, at), name) == 0) {
            if (at < COLUMNS_KNOWN)
                statement->names[at] = name;
            rows->column = at + 1;
            return at;
        }
    }
    assert(!"the query gives a column of that name");
    return 0;
}

int64_t row_int(struct rows *rows, const char *column)
{
    return sqlite3_column_int64(rows->statement->sqlite, column_of(rows, column));
}

struct str row_text(struct rows *rows, const char *column)
{
    sqlite3_stmt *sqlite = rows->statement->sqlite;
    int at = column_of(rows, column);
    int type = sqlite3_column_type(sqlite, at);
    const char *text;
    size_t size;

    if (type == SQLITE_NULL)
        return STR_NONE;
    text = type == SQLITE_BLOB ? sqlite3_column_blob(sqlite, at)
                               : (const char *)sqlite3_column_text(sqlite, at);
    size = (size_t)sqlite3_column_bytes(sqlite, at);
    return size ? arena_str(rows->arena, (struct str){ text, size }) : STR("");
}

struct str row_borrow(struct rows *rows, const char *column)
{
    sqlite3_stmt *sqlite = rows->statement->sqlite;
    int at = column_of(rows, column);
    const char *bytes = sqlite3_column_blob(sqlite, at);

    return (struct str){ bytes, (size_t)sqlite3_column_bytes(sqlite, at) };
}

bool row_is_null(struct rows *rows, const char *column)
{
    return sqlite3_column_type(rows->statement->sqlite, column_of(rows, column)) == SQLITE_NULL;
}

struct utc row_utc(struct rows *rows, const char *column)
{
    return (struct utc){ row_int(rows, column) };
}

bool store_number(struct tx *tx, const struct query *query, const struct bind *binds, size_t count,
                  int64_t fallback, int64_t *out, struct err *err)
{
    struct connection *connection = tx->connection;
    struct statement *statement;
    bool ok;
    int rc;

    if (!start(tx, query, binds, count, SQLITE_STATIC, &statement, err))
        return PASS(err);
    assert(sqlite3_column_count(statement->sqlite) == 1);
    rc = sqlite3_step(statement->sqlite);
    ok = rc == SQLITE_ROW || rc == SQLITE_DONE;
    if (!ok)
        (void)connection_fail(connection, rc, query->name, err);
    else if (rc == SQLITE_ROW && sqlite3_column_type(statement->sqlite, 0) != SQLITE_NULL)
        *out = sqlite3_column_int64(statement->sqlite, 0);
    else
        *out = fallback;
    statement_give(connection, statement);
    return ok;
}
