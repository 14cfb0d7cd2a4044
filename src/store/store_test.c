#include "store/kinds.h"
#include "store/testing.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

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
static const struct query rename_all = {
    .name = "rename_all",
    .text = "UPDATE thing SET size = :size",
    PARAMS("size"),
};
static const struct query keep = { .name = "keep",
                                   .text = "INSERT INTO kept (id, v) VALUES (1, 'a')" };
static const struct query replace = { .name = "replace",
                                      .text = "REPLACE INTO kept (id, v) VALUES (1, 'b')" };
static const struct query attach = { .name = "attach", .text = "ATTACH '/tmp/x.db' AS x" };
static const struct query set_pragma = { .name = "set_pragma",
                                         .text = "PRAGMA foreign_keys = OFF" };
static const struct query drop = { .name = "drop", .text = "DROP TABLE thing" };

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

static void rows_one__tells_a_missing_row_from_a_failure(void **state)
{
    struct bench *bench = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };

    assert_true(add_one(bench->store, "a", &err));
    assert_true(tx_begin(bench->store, TX_READ, &tx, &err));
    for (int i = 0; i < 2; i++) {
        CLEANUP(rows_end_var) struct rows *rows = NULL;
        struct str name = i == 0 ? STR("a") : STR("b");

        assert_true(
            store_select(tx, &find, BINDS(bind_text("name", name)), bench->arena, &rows, &err));
        assert_int_equal(rows_one(rows, STR("a thing"), &err), i == 0);
        assert_true(i == 1 || str_eq(row_text(rows, "name"), name));
    }
    assert_int_equal(err.code, ERR_ABSENT);
    assert_string_equal(err.subject, "a thing");
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

/* design 11.3: only what can be imported again is kept the fast way, and it is as safe against damage. The settings are asked for when a
 * store is opened; what stays in the file is looked at here. */
static void store__only_the_catalogue_is_fast(void **state)
{
    static const struct store_kind quick = { "test", migrations, 1, true };
    struct bench *bench = *state;
    struct store_options options = options_of(bench, &quick);
    struct err err = { 0 };
    unsigned char size[2];
    int fd;

    assert_true(store_catalog.is_fast);
    assert_false(store_desk.is_fast);
    assert_false(store_advisories.is_fast);
    close_store(bench);
    unlink(bench->path);
    options.create = true;
    assert_true(store_open(&options, &bench->store, &err));
    assert_true(add_one(bench->store, "a", &err));
    assert_true(reopen(bench, &first, false, &err)); /* what is in the log goes into the file */
    assert_int_equal(number(bench->store, &total), 1);
    fd = open(bench->path, O_RDONLY);
    assert_int_equal(pread(fd, size, sizeof size, 16), sizeof size);
    close(fd);
    assert_int_equal(size[0] << 8 | size[1], 8192);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(store__keeps_what_was_committed),
        TEST(store__gives_back_every_kind_of_value),
        TEST(store_exec__tells_how_many_rows_changed),
        TEST(rows_one__tells_a_missing_row_from_a_failure),
        TEST(query__lines_stand_only_with_their_parameter),
        TEST(query__may_run_inside_itself),
        TEST(tx__is_rolled_back_when_it_is_left),
        TEST(tx__sees_one_moment_while_others_write),
        TEST(store__refuses_broken_references_and_doubles),
        TEST(store__keeps_its_doors_shut),
        TEST(store_exec__takes_no_wrong_name),
        TEST(store__only_the_catalogue_is_fast),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
