#include "store/store_internal.h"

#include "base/err.h"
#include "base/vec.h"
#include <assert.h>

struct names {
    VEC_OF(struct str);
};

/* The names and texts of what CREATE INDEX made. */
static bool read_indices(struct connection *connection, const char *table, struct arena *arena,
                         struct names *names, struct names *texts, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(connection->sqlite,
                                "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND "
                                "tbl_name = ?1 AND sql IS NOT NULL ORDER BY rowid",
                                -1, &statement, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    while (rc == SQLITE_OK && (rc = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0),
                   *text = (const char *)sqlite3_column_text(statement, 1);

        rc = name && text ? SQLITE_OK : SQLITE_NOMEM;
        if (rc == SQLITE_OK) {
            VEC_PUSH(arena, names, arena_str(arena, str_from_z(name)));
            VEC_PUSH(arena, texts, arena_str(arena, str_from_z(text)));
        }
    }
    sqlite3_finalize(statement);
    return rc == SQLITE_DONE ? true : connection_fail(connection, rc, table, err);
}

bool store_indices_drop(struct tx *tx, const char *table, struct arena *arena,
                        struct store_indices *out, struct err *err)
{
    struct names names = { 0 }, texts = { 0 };

    assert(tx->kind == TX_WRITE);
    *out = (struct store_indices){ 0 };
    if (!read_indices(tx->connection, table, arena, &names, &texts, err))
        return PASS(err);
    for (size_t i = 0; i < names.len; i++)
        if (!connection_run(
                tx->connection,
                arena_z(arena, arena_printf(arena, "DROP INDEX \"%.*s\"", STR_ARG(names.at[i]))),
                err))
            return PASS(err);
    *out = (struct store_indices){ texts.at, texts.len };
    return true;
}

bool store_indices_make(struct tx *tx, const struct store_indices *indices, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);

    for (size_t i = 0; i < indices->count; i++)
        if (!connection_run(tx->connection, arena_z(arena, indices->texts[i]), err))
            return PASS(err);
    return true;
}
