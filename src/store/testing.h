/* store/testing.h: a store of the tests' own kind in a folder of its own. For the tests of this room alone. */
#pragma once
#include "store/store.h"

#include "base/err.h"
#include "base/testing.h"

static const struct migration migrations[] = {
    { 1, "start",
      "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, size INTEGER, body "
      "BLOB);"
      "CREATE TABLE part (id INTEGER PRIMARY KEY, thing_id INTEGER NOT NULL REFERENCES thing);"
      "CREATE TABLE total (id INTEGER PRIMARY KEY CHECK (id = 1), n INTEGER NOT NULL);"
      "INSERT INTO total (id, n) VALUES (1, 0);"
      "CREATE TABLE kept (id INTEGER PRIMARY KEY, v TEXT);"
      "CREATE TRIGGER kept_stays BEFORE DELETE ON kept BEGIN SELECT RAISE(ABORT, 'kept'); END;" },
    { 2, "colour", "ALTER TABLE thing ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';" },
    { 3, "broken", "CREATE TABLE half (id INTEGER PRIMARY KEY); INSERT INTO nowhere VALUES (1);" },
};
static const struct store_kind first = { "test", migrations, 1, false };
static const struct store_kind second = { "test", migrations, 2, false };
static const struct store_kind broken = { "test", migrations, 3, false };
static const struct store_kind other = { "other", migrations, 1, false };

#define PARAMS(...)                                 \
    .params = (const char *const[]){ __VA_ARGS__ }, \
    .param_count = COUNT(((const char *const[]){ __VA_ARGS__ }))

static const struct query add_thing = {
    .name = "add_thing",
    .text = "INSERT INTO thing (name, size, body) VALUES (:name, :size, :body)",
    PARAMS("name", "size", "body"),
};
static const struct query one_more = { .name = "one_more", .text = "UPDATE total SET n = n + 1" };
static const struct query total = { .name = "total", .text = "SELECT n FROM total" };
static const struct query find = {
    .name = "find",
    .text = "SELECT id, name, size, body FROM thing WHERE 1 = 1 \x01"
            "0\x01 \x01"
            "1\x01 ORDER BY id",
    PARAMS("name", "least"),
    .options =
        (const struct query_option[]){
            { "name", "AND name = :name" },
            { "least", "AND size >= :least" },
        },
    .option_count = 2,
};
static const struct query difference = {
    .name = "difference",
    .text = "SELECT (SELECT n FROM total) - (SELECT count(*) FROM thing)",
};

struct bench {
    char folder[64], path[96];
    struct store *store;
    struct arena *arena;
};

static inline struct store_options options_of(const struct bench *bench,
                                              const struct store_kind *kind)
{
    return (struct store_options){ .path = bench->path, .kind = kind };
}

static inline int set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    struct store_options options;
    struct err err = { 0 };

    snprintf(bench->folder, sizeof bench->folder, "/tmp/noroshi-store-XXXXXX");
    if (!mkdtemp(bench->folder))
        return -1;
    snprintf(bench->path, sizeof bench->path, "%s/test.db", bench->folder);
    options = options_of(bench, &first);
    options.create = true;
    bench->arena = arena_new(64 << 20);
    *state = bench;
    return store_open(&options, &bench->store, &err) ? 0 : -1;
}

static inline int tear_down(void **state)
{
    static const char *const endings[] = { "",          "-wal",      "-shm",      ".copy",
                                           ".copy-wal", ".copy-shm", ".copy.part" };
    struct bench *bench = *state;
    char path[128];

    store_close(bench->store);
    for (size_t i = 0; i < COUNT(endings); i++) {
        snprintf(path, sizeof path, "%s%s", bench->path, endings[i]);
        unlink(path);
    }
    if (rmdir(bench->folder) != 0)
        return -1;
    arena_free(bench->arena);
    free(bench);
    return 0;
}

static inline void close_store(struct bench *bench)
{
    store_close(bench->store);
    bench->store = NULL;
}

static inline bool reopen(struct bench *bench, const struct store_kind *kind, bool migrate,
                          struct err *err)
{
    struct store_options options = options_of(bench, kind);

    options.migrate = migrate;
    close_store(bench);
    return store_open(&options, &bench->store, err);
}

/* One thing and one more in the total, in one transaction. */
static inline bool add_one(struct store *store, const char *name, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t id;

    return tx_begin(store, TX_WRITE, &tx, err) &&
           store_insert(
               tx, &add_thing,
               BINDS(bind_text("name", str_from_z(name)), bind_int("size", 7), bind_null("body")),
               &id, err) &&
           store_exec(tx, &one_more, NO_BINDS, NULL, err) && tx_commit(&tx, err);
}

static inline int64_t number(struct store *store, const struct query *query)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };
    int64_t n = -1;

    assert_true(tx_begin(store, TX_READ, &tx, &err));
    assert_true(store_number(tx, query, NO_BINDS, -2, &n, &err));
    return n;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
