/* store/store.h: rows in and out. One file, a few connections; queries are constants made from .sql files by tools/sqlc.py. */
#pragma once
#include "base/arena.h"
#include "base/utc.h"

struct err;
struct store;
struct tx;
struct rows;

struct
    query_option { /* a line that stands only when its parameter is bound and not NULL: `--? vendor: AND vendor = :vendor` */
    const char *param, *text;
};
struct query {
    const char *name, *text; /* \x01N\x01 in the text is the place of option N (from 0) */
    const char *const *params;
    unsigned param_count;
    const struct query_option *options;
    unsigned option_count;
};

enum bind_kind { BIND_NULL, BIND_INT, BIND_TEXT, BIND_BLOB };
struct bind {
    const char *name;
    enum bind_kind kind;
    int64_t n;
    struct str s;
};
static inline struct bind bind_int(const char *name, int64_t n)
{
    return (struct bind){ .name = name, .kind = BIND_INT, .n = n };
}
static inline struct bind bind_text(const char *name, struct str s)
{
    return (struct bind){ .name = name, .kind = BIND_TEXT, .s = s };
}
static inline struct bind bind_blob(const char *name, struct str s)
{
    return (struct bind){ .name = name, .kind = BIND_BLOB, .s = s };
}
static inline struct bind bind_null(const char *name)
{
    return (struct bind){ .name = name, .kind = BIND_NULL };
}
/* 0 is NULL */
static inline struct bind bind_id(const char *name, int64_t n)
{
    return (struct bind){ .name = name, .kind = n ? BIND_INT : BIND_NULL, .n = n };
}
/* empty is NULL */
static inline struct bind bind_some(const char *name, struct str s)
{
    return (struct bind){ .name = name, .kind = s.len ? BIND_TEXT : BIND_NULL, .s = s };
}
static inline struct bind bind_utc(const char *name, struct utc t) { return bind_id(name, t.ms); }
#define BINDS(...)                        \
    (const struct bind[]){ __VA_ARGS__ }, \
        sizeof((const struct bind[]){ __VA_ARGS__ }) / sizeof(struct bind)
#define NO_BINDS (const struct bind *)0, (size_t)0

struct migration {
    int version; /* 1, 2, 3 … */
    const char *name, *sql;
};

/* One kind of file: desk.db and advisories.db take the safety settings of security.md 4.5 (WAL, synchronous FULL,
 * secure_delete, foreign keys, defensive, untrusted schema, cell size checks, no mmap). A fast one holds what can be imported again: it is
 * synced at checkpoints alone, what is deleted is not overwritten, pages and cache are larger (design 11.3); it is as safe against damage. */
struct store_kind {
    const char *name; /* "desk"; kept in the file and checked at open */
    const struct migration *migrations;
    size_t migration_count;
    bool is_fast;
};

/* Opens, or makes an empty one when `create`. Newer schema than ours: ERR_STORE_VERSION. Older: ERR_STORE_VERSION unless `migrate`. */
struct store_options {
    const char *path;
    const struct store_kind *kind;
    bool create, migrate;
    bool
        is_fresh; /* of a fast one: where there is no file, it appears whole with the first commit, without a log until then; ERR_STORE_BUSY when somebody else is at it. A
                      reader may not begin before */
    bool
        read_only; /* never writes, not even the log's shared memory: somebody who may write keeps the file open (design 11.2) */
    unsigned connections; /* at most; readers wait for one; 0 means 8 */
};
MUST_CHECK bool store_open(const struct store_options *options, struct store **out,
                           struct err *err);
void store_close(struct store *store);
DEFINE_CLEANUP(struct store, store_close)
int store_version(const struct store *store);
/* After a failed write or sync of the disk: readers go on, every writer gets ERR_STORE until the program starts anew (T04). */
bool store_is_stopped(const struct store *store);
/* No transaction is open in this process. */
bool store_is_idle(struct store *store);

enum tx_kind { TX_READ, TX_WRITE };
/* TX_WRITE is BEGIN IMMEDIATE; writers of this process queue for each other, others are waited for 5 s, then ERR_STORE_BUSY. */
MUST_CHECK bool tx_begin(struct store *store, enum tx_kind kind, struct tx **out, struct err *err);
MUST_CHECK bool
tx_commit(struct tx **tx,
          struct err *err); /* *tx is NULL afterwards, also on failure (rolled back) */
void tx_end(struct tx *tx); /* rolls back what was not committed; NULL does nothing */
DEFINE_CLEANUP(struct tx, tx_end)

/* changed: rows touched, may be NULL. ERR_STORE, ERR_STORE_BUSY. Unknown or missing parameter names are our mistake: assert. */
MUST_CHECK bool store_exec(struct tx *tx, const struct query *query, const struct bind *binds,
                           size_t count, int64_t *changed, struct err *err);
MUST_CHECK bool store_insert(struct tx *tx, const struct query *query, const struct bind *binds,
                             size_t count, int64_t *id, struct err *err);

/* Takes the indices of a table away while many rows come in, and makes them again: all at once they cost a part of what they do row by row. Between the two the table
 * is as it was but for its speed; those that it has for UNIQUE stay. In one transaction: nobody else sees it. Lives in arena. ERR_STORE */
struct store_indices {
    struct str *texts;
    size_t count;
};
MUST_CHECK bool store_indices_drop(struct tx *tx, const char *table, struct arena *arena,
                                   struct store_indices *out, struct err *err);
MUST_CHECK bool store_indices_make(struct tx *tx, const struct store_indices *indices,
                                   struct err *err);

/* Rows one by one. rows_next: 1 a row, 0 the end, -1 an error in *err. Texts are copied into arena. End with rows_end (CLEANUP(rows_end_var)). */
MUST_CHECK bool store_select(struct tx *tx, const struct query *query, const struct bind *binds,
                             size_t count, struct arena *arena, struct rows **out, struct err *err);
int rows_next(struct rows *rows, struct err *err);
/* Moves to the one row that must be there: ERR_ABSENT about `what` when it is not, ERR_STORE when it cannot be read. */
MUST_CHECK bool rows_one(struct rows *rows, struct str what, struct err *err);
void rows_end(struct rows *rows);
DEFINE_CLEANUP(struct rows, rows_end)
int64_t row_int(struct rows *rows, const char *column);     /* 0 for NULL */
struct str row_text(struct rows *rows, const char *column); /* STR_NONE for NULL; text or blob */
bool row_is_null(struct rows *rows, const char *column);
struct utc row_utc(struct rows *rows, const char *column);

/* The first row's one number; fallback when there is no row or it is NULL. */
MUST_CHECK bool store_number(struct tx *tx, const struct query *query, const struct bind *binds,
                             size_t count, int64_t fallback, int64_t *out, struct err *err);

/* One thing that all readers of an open file share, made from it by whoever asks first; it ends with store_close. NULL for a transaction that writes, since what that
 * sees may never be, and when there is no memory. make: asks nothing of the store. */
void *store_beside(struct tx *tx, void *(*make)(void), void (*free)(void *thing));

/* A file beside the store's own that has no name, for what is to wait outside memory; the caller closes it. ERR_IO */
MUST_CHECK bool store_scratch(const struct tx *tx, int *fd, struct err *err);

/* A consistent copy while others read and write (backup API); it appears whole (0600) or not at all. ERR_STORE, ERR_IO */
MUST_CHECK bool store_backup(struct store *store, const char *to_path, struct err *err);
/* PRAGMA quick_check and foreign_key_check; the first complaint in err->subject. */
MUST_CHECK bool store_check(struct store *store, struct err *err);
/* Statements run since the start, for tests and metrics. */
int64_t store_statement_count(const struct store *store);
