#include "store/kinds.h"
#include "store/store.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/testing.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/wait.h>

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
static const struct store_kind first = { "test", migrations, 1 };
static const struct store_kind second = { "test", migrations, 2 };
static const struct store_kind broken = { "test", migrations, 3 };
static const struct store_kind other = { "other", migrations, 1 };

#define PARAMS(...)                                 \
    .params = (const char *const[]){ __VA_ARGS__ }, \
    .param_count = COUNT(((const char *const[]){ __VA_ARGS__ }))

static const struct query add_thing = {
    .name = "add_thing",
    .text = "INSERT INTO thing (name, size, body) VALUES (:name, :size, :body)",
    PARAMS("name", "size", "body"),
};
static const struct query add_maybe = {
    .name = "add_maybe",
    .text = "INSERT INTO thing (name) VALUES (:name) ON CONFLICT DO NOTHING",
    PARAMS("name"),
};
static const struct query add_part = {
    .name = "add_part",
    .text = "INSERT INTO part (thing_id) VALUES (:thing)",
    PARAMS("thing"),
};
static const struct query one_more = { .name = "one_more", .text = "UPDATE total SET n = n + 1" };
static const struct query total = { .name = "total", .text = "SELECT n FROM total" };
static const struct query difference = {
    .name = "difference",
    .text = "SELECT (SELECT n FROM total) - (SELECT count(*) FROM thing)",
};
static const struct query rename_all = {
    .name = "rename_all",
    .text = "UPDATE thing SET size = :size",
    PARAMS("size"),
};
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
static const struct query keep = { .name = "keep",
                                   .text = "INSERT INTO kept (id, v) VALUES (1, 'a')" };
static const struct query replace = { .name = "replace",
                                      .text = "REPLACE INTO kept (id, v) VALUES (1, 'b')" };
static const struct query attach = { .name = "attach", .text = "ATTACH '/tmp/x.db' AS x" };
static const struct query set_pragma = { .name = "set_pragma",
                                         .text = "PRAGMA foreign_keys = OFF" };
static const struct query drop = { .name = "drop", .text = "DROP TABLE thing" };

struct bench {
    char folder[64], path[96];
    struct store *store;
    struct arena *arena;
};

static struct store_options options_of(const struct bench *bench, const struct store_kind *kind)
{
    return (struct store_options){ .path = bench->path, .kind = kind };
}

static int set_up(void **state)
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

static int tear_down(void **state)
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

static void close_store(struct bench *bench)
{
    store_close(bench->store);
    bench->store = NULL;
}

static bool reopen(struct bench *bench, const struct store_kind *kind, bool migrate,
                   struct err *err)
{
    struct store_options options = options_of(bench, kind);

    options.migrate = migrate;
    close_store(bench);
    return store_open(&options, &bench->store, err);
}

/* One thing and one more in the total, in one transaction. */
static bool add_one(struct store *store, const char *name, struct err *err)
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

static int64_t number(struct store *store, const struct query *query)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };
    int64_t n = -1;

    assert_true(tx_begin(store, TX_READ, &tx, &err));
    assert_true(store_number(tx, query, NO_BINDS, -2, &n, &err));
    return n;
}

static void store__keeps_what_was_committed(void **state)
{
    struct bench *bench = *state;
    struct err err = { 0 };
    struct stat stats;

    assert_true(add_one(bench->store, "a", &err));
    assert_true(reopen(bench, &first, false, &err));
    assert_int_equal(number(bench->store, &total), 1);
    assert_int_equal(store_version(bench->store), 1);
    assert_int_equal(stat(bench->path, &stats), 0);
    assert_int_equal(stats.st_mode & 0777, 0600);
}

static void store__gives_back_every_kind_of_value(void **state)
{
    struct bench *bench = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct err err = { 0 };
    int64_t id;

    assert_true(tx_begin(bench->store, TX_WRITE, &tx, &err));
    assert_true(store_insert(tx, &add_thing,
                             BINDS(bind_text("name", STR("狼煙")), bind_int("size", INT64_MIN),
                                   bind_blob("body", ((struct str){ "\0\xff\0", 3 }))),
                             &id, &err));
    assert_int_equal(id, 1);
    assert_true(store_insert(
        tx, &add_thing,
        BINDS(bind_text("name", STR_NONE), bind_null("size"), bind_blob("body", STR_NONE)), &id,
        &err));
    assert_true(store_select(tx, &find, NO_BINDS, bench->arena, &rows, &err));
    assert_int_equal(rows_next(rows, &err), 1);
    assert_str(row_text(rows, "name"), "狼煙");
    assert_true(row_int(rows, "size") == INT64_MIN);
    assert_true(str_eq(row_text(rows, "body"), (struct str){ "\0\xff\0", 3 }));
    assert_false(row_is_null(rows, "size"));
    assert_int_equal(rows_next(rows, &err), 1);
    assert_int_equal(row_text(rows, "name").len, 0);
    assert_false(row_is_null(rows, "name"));
    assert_true(row_is_null(rows, "size"));
    assert_int_equal(row_int(rows, "size"), 0);
    assert_int_equal(row_utc(rows, "size").ms, 0);
    assert_false(row_is_null(rows, "body"));
    assert_int_equal(rows_next(rows, &err), 0);
    assert_int_equal(rows_next(rows, &err), 0); /* and stays at the end */
}

static void store_exec__tells_how_many_rows_changed(void **state)
{
    struct bench *bench = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };
    int64_t changed = -1, id = -1;

    assert_true(tx_begin(bench->store, TX_WRITE, &tx, &err));
    assert_true(store_exec(tx, &rename_all, BINDS(bind_int("size", 1)), &changed, &err));
    assert_int_equal(changed, 0);
    assert_true(store_insert(tx, &add_maybe, BINDS(bind_text("name", STR("x"))), &id, &err));
    assert_int_equal(id, 1);
    assert_true(store_insert(tx, &add_maybe, BINDS(bind_text("name", STR("x"))), &id, &err));
    assert_int_equal(id, 0); /* nothing was inserted */
    assert_true(store_exec(tx, &rename_all, BINDS(bind_int("size", 1)), &changed, &err));
    assert_int_equal(changed, 1);
}

static size_t count_found(struct tx *tx, struct arena *arena, struct str name, int64_t least)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct err err = { 0 };
    size_t count = 0;
    int step;

    assert_true(store_select(tx, &find, BINDS(bind_some("name", name), bind_id("least", least)),
                             arena, &rows, &err));
    while ((step = rows_next(rows, &err)) == 1)
        count++;
    assert_int_equal(step, 0);
    return count;
}

static void query__lines_stand_only_with_their_parameter(void **state)
{
    struct bench *bench = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };
    int64_t id;

    assert_true(tx_begin(bench->store, TX_WRITE, &tx, &err));
    for (int64_t i = 1; i <= 9; i++) {
        char name[2] = { (char)('0' + i), 0 };

        assert_true(store_insert(
            tx, &add_thing,
            BINDS(bind_text("name", str_from_z(name)), bind_int("size", i), bind_null("body")), &id,
            &err));
    }
    for (int again = 0; again < 2; again++) { /* the second time from the cache */
        assert_int_equal(count_found(tx, bench->arena, STR_NONE, 0), 9);
        assert_int_equal(count_found(tx, bench->arena, STR("3"), 0), 1);
        assert_int_equal(count_found(tx, bench->arena, STR_NONE, 7), 3);
        assert_int_equal(count_found(tx, bench->arena, STR("3"), 7), 0);
        assert_int_equal(count_found(tx, bench->arena, STR("8"), 7), 1);
    }
}

static void query__may_run_inside_itself(void **state)
{
    struct bench *bench = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct err err = { 0 };
    size_t count = 0;

    assert_true(add_one(bench->store, "a", &err));
    assert_true(add_one(bench->store, "b", &err));
    assert_true(tx_begin(bench->store, TX_READ, &tx, &err));
    assert_true(store_select(tx, &find, NO_BINDS, bench->arena, &rows, &err));
    while (rows_next(rows, &err) == 1)
        count += count_found(tx, bench->arena, STR_NONE, 0);
    assert_int_equal(count, 4);
    assert_true(store_statement_count(bench->store) > 4);
}

static bool add_and_give_up(struct store *store, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t id;

    if (!tx_begin(store, TX_WRITE, &tx, err) ||
        !store_insert(tx, &add_maybe, BINDS(bind_text("name", STR("gone"))), &id, err))
        return PASS(err);
    return FAIL(err, INPUT, STR("on purpose")); /* CLEANUP rolls back */
}

static void tx__is_rolled_back_when_it_is_left(void **state)
{
    struct bench *bench = *state;
    struct err err = { 0 };

    assert_false(add_and_give_up(bench->store, &err));
    assert_int_equal(err.code, ERR_INPUT);
    assert_int_equal(number(bench->store, &difference), 0);
    assert_true(add_one(bench->store, "after", &err)); /* and the writer is free again */
}

static void tx__sees_one_moment_while_others_write(void **state)
{
    struct bench *bench = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };
    int64_t before, after;

    assert_true(tx_begin(bench->store, TX_READ, &tx, &err));
    assert_true(store_number(tx, &total, NO_BINDS, -1, &before, &err));
    assert_true(add_one(bench->store, "meanwhile", &err));
    assert_true(store_number(tx, &total, NO_BINDS, -1, &after, &err));
    assert_int_equal(before, after);
    assert_int_equal(number(bench->store, &total), before + 1);
}

static void store__refuses_broken_references_and_doubles(void **state)
{
    struct bench *bench = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };
    int64_t id;

    assert_true(tx_begin(bench->store, TX_WRITE, &tx, &err));
    assert_false(store_insert(tx, &add_part, BINDS(bind_int("thing", 12345)), &id, &err));
    assert_int_equal(err.code, ERR_STORE);
    assert_string_equal(err.subject, "add_part: FOREIGN KEY constraint failed");
    assert_true(store_insert(
        tx, &add_thing, BINDS(bind_text("name", STR("a")), bind_null("size"), bind_null("body")),
        &id, &err));
    assert_false(store_insert(
        tx, &add_thing, BINDS(bind_text("name", STR("a")), bind_null("size"), bind_null("body")),
        &id, &err));
    assert_int_equal(err.code, ERR_STORE);
    assert_true(tx_commit(&tx, &err)); /* the transaction itself goes on */
    assert_null(tx);
}

/* Neither REPLACE nor a statement that no query should hold gets past the doors. */
static void store__keeps_its_doors_shut(void **state)
{
    static const struct query *const wrong[] = { &attach, &set_pragma, &drop, &replace };
    struct bench *bench = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    struct err first_err = { 0 };
    assert_true(tx_begin(bench->store, TX_WRITE, &tx, &first_err));
    assert_true(store_exec(tx, &keep, NO_BINDS, NULL, &first_err));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct err err = { 0 };

        print_message("case: %s\n", wrong[i]->name);
        assert_false(store_exec(tx, wrong[i], NO_BINDS, NULL, &err));
        assert_int_equal(err.code, ERR_STORE);
    }
}

static int signal_of(struct bench *bench, const struct bind *binds, size_t count)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        struct tx *tx;
        struct err err = { 0 };
        int quiet = open("/dev/null", O_WRONLY);

        dup2(quiet, STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        if (tx_begin(bench->store, TX_WRITE, &tx, &err))
            (void)!store_exec(tx, &rename_all, binds, count, NULL, &err);
        _exit(0);
    }
    assert_true(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void store_exec__takes_no_wrong_name(void **state)
{
    assert_int_equal(signal_of(*state, NO_BINDS), SIGABRT);
    assert_int_equal(signal_of(*state, BINDS(bind_int("size", 1), bind_int("sise", 1))), SIGABRT);
    assert_int_equal(signal_of(*state, BINDS(bind_int("size", 1))), 0);
}

static void store_open__migrates_only_when_told(void **state)
{
    struct bench *bench = *state;
    struct err err = { 0 }, newer = { 0 };

    assert_true(add_one(bench->store, "a", &err));
    assert_false(reopen(bench, &second, false, &err));
    assert_int_equal(err.code, ERR_STORE_VERSION);
    assert_string_equal(err.subject, "the file has schema 1, this program has 2");
    assert_true(reopen(bench, &second, true, &err));
    assert_int_equal(store_version(bench->store), 2);
    assert_int_equal(number(bench->store, &total), 1);
    assert_true(reopen(bench, &second, false, &err));

    assert_false(reopen(bench, &first, true, &newer)); /* forward only */
    assert_int_equal(newer.code, ERR_STORE_VERSION);
}

static void migration__is_whole_or_nothing(void **state)
{
    static const struct query half = { .name = "half", .text = "SELECT count(*) FROM half" };
    static const struct migration with_orphan[] = {
        { 1, "start", "" }, { 2, "orphan", "INSERT INTO part (thing_id) VALUES (999);" }
    };
    static const struct store_kind orphan = { "test", with_orphan, 2 };
    struct bench *bench = *state;
    struct err err = { 0 }, gone = { 0 };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t n;

    assert_false(reopen(bench, &orphan, true, &err)); /* leaves a broken reference */
    assert_int_equal(err.code, ERR_STORE);
    assert_true(reopen(bench, &first, false, &err));
    assert_true(store_check(bench->store, &err));

    assert_false(reopen(bench, &broken, true, &err)); /* the second is done, the third fails */
    assert_int_equal(err.code, ERR_STORE);
    assert_true(reopen(bench, &second, false, &err));
    assert_true(tx_begin(bench->store, TX_READ, &tx, &err));
    assert_false(store_number(tx, &half, NO_BINDS, 0, &n, &gone));
    assert_int_equal(gone.code, ERR_STORE);
}

static void store_open__refuses_what_is_not_ours(void **state)
{
    struct bench *bench = *state;
    struct err err = { 0 }, missing = { 0 }, text = { 0 };
    int fd;

    assert_false(reopen(bench, &other, true, &err));
    assert_int_equal(err.code, ERR_STORE_VERSION);
    assert_string_equal(err.subject, "this is a file of another kind");

    unlink(bench->path);
    assert_false(reopen(bench, &first, true, &missing));
    assert_int_equal(missing.code, ERR_STORE);
    assert_int_equal(access(bench->path, F_OK), -1); /* and does not make it */

    fd = open(bench->path, O_CREAT | O_WRONLY, 0600);
    for (int i = 0; i < 100; i++)
        assert_int_equal(
            write(fd, "this is not a database, it is a text file of some length\n", 57), 57);
    close(fd);
    assert_false(reopen(bench, &first, true, &text));
    assert_int_equal(text.code, ERR_STORE);
}

enum { WRITERS = 6, EACH = 60 };

struct writer {
    struct store *store;
    int number;
    atomic_bool *stop; /* NULL: EACH times */
    int done;
};

static void *write_many(void *data)
{
    struct writer *writer = data;

    for (int i = 0; writer->stop ? !atomic_load(writer->stop) : i < EACH; i++) {
        char name[32];
        struct err err = { 0 };

        snprintf(name, sizeof name, "%d-%d", writer->number, i);
        if (!add_one(writer->store, name, &err))
            break;
        writer->done++;
    }
    return NULL;
}

static void *read_many(void *data)
{
    struct writer *reader = data;

    for (int i = 0; i < EACH; i++)
        reader->done += number(reader->store, &difference) == 0;
    return NULL;
}

static void writers__lose_nothing_and_readers_see_no_half(void **state)
{
    struct bench *bench = *state;
    struct writer workers[WRITERS + 2];
    pthread_t threads[WRITERS + 2];
    struct err err = { 0 };

    for (int i = 0; i < WRITERS + 2; i++) {
        workers[i] = (struct writer){ .store = bench->store, .number = i };
        assert_int_equal(
            pthread_create(&threads[i], NULL, i < WRITERS ? write_many : read_many, &workers[i]),
            0);
    }
    for (int i = 0; i < WRITERS + 2; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(workers[i].done, EACH);
    }
    assert_int_equal(number(bench->store, &total), WRITERS * EACH);
    assert_int_equal(number(bench->store, &difference), 0);
    assert_true(store_check(bench->store, &err));
}

/* Every row, in order. */
static struct str dump(struct store *store, struct arena *arena)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct buf out = buf_new(arena, 8 << 20);
    struct err err = { 0 };
    struct str text;

    assert_true(tx_begin(store, TX_READ, &tx, &err));
    assert_true(store_select(tx, &find, NO_BINDS, arena, &rows, &err));
    while (rows_next(rows, &err) == 1) {
        buf_int(&out, row_int(rows, "id"));
        buf_add(&out, row_text(rows, "name"));
        buf_int(&out, row_int(rows, "size"));
        buf_byte(&out, '\n');
    }
    assert_true(buf_done(&out, &text, &err));
    return text;
}

static void store_backup__is_one_moment_under_load(void **state)
{
    struct bench *bench = *state;
    struct store_options options = options_of(bench, &first);
    struct err err = { 0 };
    atomic_bool stop = false;
    struct writer writer = { .store = bench->store, .stop = &stop };
    char path[128];
    struct stat stats;
    pthread_t thread;

    snprintf(path, sizeof path, "%s.copy", bench->path);
    options.path = path;
    assert_int_equal(pthread_create(&thread, NULL, write_many, &writer), 0);
    for (int i = 0; i < 5; i++) {
        struct store *copy = NULL;

        assert_true(store_backup(bench->store, path, &err));
        assert_true(store_open(&options, &copy, &err));
        assert_true(store_check(copy, &err));
        assert_int_equal(number(copy, &difference), 0);
        store_close(copy);
    }
    atomic_store(&stop, true);
    pthread_join(thread, NULL);
    assert_true(writer.done > 0);

    /* And in silence it equals. */
    assert_true(store_backup(bench->store, path, &err));
    assert_int_equal(stat(path, &stats), 0);
    assert_int_equal(stats.st_mode & 0777, 0600);
    {
        CLEANUP(store_close_var) struct store *copy = NULL;

        assert_true(store_open(&options, &copy, &err));
        assert_true(str_eq(dump(copy, bench->arena), dump(bench->store, bench->arena)));
        assert_int_equal(number(copy, &total), writer.done);
    }
}

static void store_check__finds_damage(void **state)
{
    struct bench *bench = *state;
    char junk[4096];
    struct err err = { 0 };
    struct stat stats;
    int fd;

    for (int i = 0; i < 200; i++) {
        char name[100];

        snprintf(name, sizeof name, "%d-%080d", i, i);
        assert_true(add_one(bench->store, name, &err));
    }
    assert_true(store_check(bench->store, &err));
    close_store(bench);
    assert_int_equal(stat(bench->path, &stats), 0);
    memset(junk, 0x5a, sizeof junk);
    fd = open(bench->path, O_WRONLY);
    assert_int_equal(pwrite(fd, junk, sizeof junk, stats.st_size - 4096), (ssize_t)sizeof junk);
    close(fd);
    assert_true(reopen(bench, &first, false, &err));
    assert_false(store_check(bench->store, &err));
    assert_int_equal(err.code, ERR_STORE);
}

/* T01: what the store said yes to is there after kill -9, and no half of anything else. */
static void store__loses_nothing_to_a_killed_process(void **state)
{
    struct bench *bench = *state;
    int64_t before = 0;

    for (int round = 0; round < 6; round++) {
        int pipe_fds[2], promised = 0, rc;
        struct err err = { 0 };
        char byte;
        pid_t child;

        close_store(bench);
        assert_int_equal(pipe(pipe_fds), 0);
        child = fork();
        if (child == 0) {
            close(pipe_fds[0]);
            if (!reopen(bench, &first, false, &err))
                _exit(1);
            for (int i = 0;; i++) {
                char name[32];

                snprintf(name, sizeof name, "%d/%d", round, i);
                if (!add_one(bench->store, name, &err) || write(pipe_fds[1], ".", 1) != 1)
                    _exit(1);
            }
        }
        close(pipe_fds[1]);
        while ((rc = (int)read(pipe_fds[0], &byte, 1)) == 1) {
            if (++promised == 5 + 17 * round)
                kill(child, SIGKILL);
        }
        assert_true(promised >= 5 + 17 * round);
        waitpid(child, NULL, 0);
        close(pipe_fds[0]);
        assert_true(reopen(bench, &first, false, &err));
        assert_true(number(bench->store, &total) >= before + promised);
        assert_int_equal(number(bench->store, &difference), 0);
        assert_true(store_check(bench->store, &err));
        before = number(bench->store, &total);
    }
}

static void readers__wait_for_a_connection(void **state)
{
    struct bench *bench = *state;
    struct store_options options = options_of(bench, &first);
    struct writer workers[5];
    pthread_t threads[5];
    struct err err = { 0 };

    close_store(bench);
    options.connections = 1;
    assert_true(store_open(&options, &bench->store, &err));
    for (int i = 0; i < 5; i++) {
        workers[i] = (struct writer){ .store = bench->store };
        assert_int_equal(pthread_create(&threads[i], NULL, read_many, &workers[i]), 0);
    }
    for (int i = 0; i < 5; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(workers[i].done, EACH);
    }
}

static void kinds__open_with_the_schemas_of_the_program(void **state)
{
    const struct store_kind *const kinds[] = { &store_desk, &store_advisories };
    struct bench *bench = *state;

    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct store_options options = options_of(bench, kinds[i]);
        struct err err = { 0 };

        print_message("case: %s\n", kinds[i]->name);
        close_store(bench);
        unlink(bench->path);
        options.create = true;
        assert_true(store_open(&options, &bench->store, &err));
        assert_int_equal(store_version(bench->store), (int)kinds[i]->migration_count);
        assert_true(store_check(bench->store, &err));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(store__keeps_what_was_committed),
        TEST(store__gives_back_every_kind_of_value),
        TEST(store_exec__tells_how_many_rows_changed),
        TEST(query__lines_stand_only_with_their_parameter),
        TEST(query__may_run_inside_itself),
        TEST(tx__is_rolled_back_when_it_is_left),
        TEST(tx__sees_one_moment_while_others_write),
        TEST(store__refuses_broken_references_and_doubles),
        TEST(store__keeps_its_doors_shut),
        TEST(store_exec__takes_no_wrong_name),
        TEST(store_open__migrates_only_when_told),
        TEST(migration__is_whole_or_nothing),
        TEST(store_open__refuses_what_is_not_ours),
        TEST(writers__lose_nothing_and_readers_see_no_half),
        TEST(store_backup__is_one_moment_under_load),
        TEST(store_check__finds_damage),
        TEST(store__loses_nothing_to_a_killed_process),
        TEST(readers__wait_for_a_connection),
        TEST(kinds__open_with_the_schemas_of_the_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
