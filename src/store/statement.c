#include "store/store_internal.h"

#include "base/err.h"
#include <assert.h>

static struct statement **bucket_of(struct connection *connection, const struct query *query,
                                    uint64_t options)
{
    uint64_t key = ((uint64_t)(uintptr_t)query >> 4) ^ (options * UINT64_C(0x9e3779b97f4a7c15));

    return &connection->buckets[(key ^ key >> 17) % BUCKETS];
}

static void free_statement(struct statement *statement)
{
    sqlite3_finalize(statement->sqlite);
    free(statement);
}

/* Those in use stay. */
static void free_idle(struct connection *connection)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        struct statement **at = &connection->buckets[i];

        while (*at) {
            struct statement *statement = *at;

            if (statement->is_in_use) {
                at = &statement->next;
                continue;
            }
            *at = statement->next;
            free_statement(statement);
            connection->statement_count--;
        }
    }
}

void statements_free(struct connection *connection)
{
    free_idle(connection);
    assert(connection->statement_count == 0);
}

/* The query's text with the options that stand in their places. To be freed with sqlite3_free; NULL
 * without memory. */
static char *text_with(const struct query *query, uint64_t options)
{
    sqlite3_str *out = sqlite3_str_new(NULL);
    const char *at = query->text;

    for (;;) {
        const char *mark = strchr(at, 1);
        unsigned n = 0;

        if (!mark)
            break;
        sqlite3_str_append(out, at, (int)(mark - at));
        for (at = mark + 1; *at >= '0' && *at <= '9'; at++)
            n = n * 10 + (unsigned)(*at - '0');
        assert(*at == 1 && n < query->option_count);
        at++;
        if (options & UINT64_C(1) << n)
            sqlite3_str_appendall(out, query->options[n].text);
    }
    sqlite3_str_appendall(out, at);
    return sqlite3_str_finish(out);
}

static int prepare(struct connection *connection, const struct query *query, uint64_t options,
                   sqlite3_stmt **out)
{
    const char *rest = "";
    char *text = text_with(query, options);
    int rc = SQLITE_NOMEM;

    if (text)
        rc =
            sqlite3_prepare_v3(connection->sqlite, text, -1, SQLITE_PREPARE_PERSISTENT, out, &rest);
    assert(rc != SQLITE_OK || rest[strspn(rest, " \t\r\n;")] == 0); /* one statement a query */
    sqlite3_free(text);
    return rc;
}

bool statement_take(struct connection *connection, const struct query *query, uint64_t options,
                    struct statement **out, struct err *err)
{
    struct statement **bucket = bucket_of(connection, query, options);
    struct statement *statement;
    int rc;

    for (statement = *bucket; statement; statement = statement->next) {
        if (statement->query == query && statement->options == options && !statement->is_in_use) {
            statement->is_in_use = true;
            *out = statement;
            return true;
        }
    }
    if (connection->statement_count >= STATEMENTS_MAX)
        free_idle(connection);
    statement = calloc(1, sizeof *statement);
    if (!statement)
        return FAIL(err, STORE, STR("memory for a statement"));
    rc = prepare(connection, query, options, &statement->sqlite);
    if (rc != SQLITE_OK) {
        free(statement);
        return connection_fail(connection, rc, query->name, err);
    }
    statement->query = query;
    statement->options = options;
    statement->is_in_use = true;
    statement->next = *bucket;
    *bucket = statement;
    connection->statement_count++;
    *out = statement;
    return true;
}

void statement_give(struct connection *connection, struct statement *statement)
{
    (void)connection;
    sqlite3_reset(statement->sqlite);
    sqlite3_clear_bindings(statement->sqlite);
    statement->is_in_use = false;
}
