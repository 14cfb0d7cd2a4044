/* store/store_internal.h: what the files of this room share. */
#pragma once
#include "store/store.h"
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

enum {
    STORE_APPLICATION_ID = 0x4e4f524f, /* "NORO" */
    STORE_BUSY_MS = 5000,
    STORE_CONNECTIONS = 8,
    STORE_CHECKPOINT_PAGES = 1000,
    STORE_LOG_PAGES =
        1 << 15, /* a log that is longer is emptied, not only read: 256 MB of a fast file */
    STATEMENTS_MAX = 512,
    BUCKETS = 128,
    PLACES_KNOWN = 32,
    COLUMNS_KNOWN = 24,
};

/* Where a parameter's value stood among what was bound the last time, and the name it had there. */
struct bound {
    const char *name; /* NULL: it was not bound yet */
    size_t at;
};

/* A prepared query: one for each set of options that were asked for. */
struct statement {
    const struct query *query;
    uint64_t options; /* bit n: option n stands */
    sqlite3_stmt *sqlite;
    struct bound bound[PLACES_KNOWN]; /* of its parameters */
    const char *names
        [COLUMNS_KNOWN]; /* by which each of its columns was asked for: the same words of the program, row by row */
    bool is_in_use;
    struct statement *next;
};

struct connection {
    struct store *store;
    sqlite3 *sqlite;
    struct statement *buckets[BUCKETS];
    unsigned statement_count, rows_open;
    bool is_ours; /* what the store itself asks (PRAGMA, migrations): the authorizer lets it through
                   */
    int wal_pages; /* after the last commit */
    struct tx *tx; /* of this connection */
    struct connection *next_free;
};

struct tx {
    struct store *store;
    struct connection *connection;
    enum tx_kind kind;
};

struct store {
    const struct store_kind *kind;
    char *path, *final_path; /* final_path: of a fresh file, what it will be called; else NULL */
    int fresh_fd;            /* of a fresh file: held so that nobody takes it over */
    int version;
    unsigned connections_max;
    bool is_read_only;
    struct connection
        *writer; /* of a store that only reads: what looked at the file when it was opened */

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t changed;
    struct connection *free_readers;
    unsigned reader_count;
    uint64_t next_ticket, serving; /* writers are served in the order they came */
    pthread_t writing;             /* meaningful while has_writer */
    bool has_writer;
    void *beside; /* store_beside */
    void (*beside_free)(void *thing);

    atomic_bool is_stopped;
    atomic_int_least64_t statement_count;
};

/* ---- connection.c ---- */
MUST_CHECK bool connection_open(struct store *store, const char *path, bool create,
                                struct connection **out, struct err *err);
void connection_close(struct connection *connection);
DEFINE_CLEANUP(struct connection, connection_close)
/* No file any more, until it is opened again where the store is now. */
void connection_shut(struct connection *connection);
MUST_CHECK bool connection_open_again(struct connection *connection, struct err *err);
/* Constant SQL of the store itself, with rows thrown away. */
MUST_CHECK bool connection_run(struct connection *connection, const char *sql, struct err *err);
/* The first row's first column of constant SQL of the store itself. */
MUST_CHECK bool connection_number(struct connection *connection, const char *sql, int64_t *out,
                                  struct err *err);
/* Says what SQLite said; a failed disk under a writer stops the store. what: the query's name */
bool connection_fail(struct connection *connection, int rc, const char *what, struct err *err);

/* ---- fresh.c ---- */
/* Where there is no file of that name, it is written under another one. ERR_STORE_BUSY: somebody is at it */
MUST_CHECK bool fresh_begin(struct store *store, struct err *err);
/* After its commit: it has its name, and is like any other from now on. ERR_STORE_BUSY: somebody made one meanwhile */
MUST_CHECK bool fresh_settle(struct tx *tx, struct err *err);
/* It never had its first commit. */
void fresh_drop(struct store *store);

/* ---- statement.c ---- */
MUST_CHECK bool statement_take(struct connection *connection, const struct query *query,
                               uint64_t options, struct statement **out, struct err *err);
void statement_give(struct connection *connection, struct statement *statement);
void statements_free(struct connection *connection);

/* ---- query.c ---- */
/* The bytes of a row as SQLite has them: they stand until the next row. */
struct str row_borrow(struct rows *rows, const char *column);

/* ---- tokenizer.c ---- */
/* Makes `tokenize = 'bigram1'` known to this connection. */
MUST_CHECK bool tokenizer_register(struct connection *connection, struct err *err);
/* As FTS5 calls it: with a word, and from where to where it stands. SQLITE_OK: go on */
typedef int token_taker(void *context, int flags, const char *token, int size, int from, int to);
/* The words of a text, as FTS5 would have them to keep. What take answers if that is not SQLITE_OK. */
int tokenizer_read(struct str text, void *context, token_taker *take);
/* The same as FTS5 would have them to ask for. */
int tokenizer_ask(struct str text, void *context, token_taker *take);

/* ---- migrate.c ---- */
/* Reads what file this is, makes or brings it up to date where the options allow. Sets
 * store->version. */
MUST_CHECK bool store_prepare(struct store *store, const struct store_options *options,
                              struct err *err);
