/* A fresh file appears with its first commit, whole, or not at all. */
#include "store/testing.h"

#include "base/fs.h"

#include <sys/stat.h>

static const struct store_kind fast = { "test", migrations, 1, true };

static bool open_fresh(struct bench *bench, struct store **out, struct err *err)
{
    const struct store_options options = {
        .path = bench->path, .kind = &fast, .create = true, .is_fresh = true
    };

    return store_open(&options, out, err);
}

static bool is_there(const struct bench *bench, const char *suffix)
{
    char path[128];
    struct stat ignored;

    snprintf(path, sizeof path, "%s%s", bench->path, suffix);
    return stat(path, &ignored) == 0;
}

/* The bench's own store is none of ours. */
static int up(void **state)
{
    struct bench *bench;

    if (set_up(state) != 0)
        return -1;
    bench = *state;
    store_close(bench->store);
    bench->store = NULL;
    unlink(bench->path);
    return 0;
}

static void fresh__appears_with_its_first_commit(void **state)
{
    struct bench *bench = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };
    int64_t id;

    assert_true(open_fresh(bench, &bench->store, &err));
    assert_true(tx_begin(bench->store, TX_WRITE, &tx, &err));
    assert_true(store_insert(
        tx, &add_thing,
        BINDS(bind_text("name", STR("a")), bind_int("size", 1), bind_blob("body", STR("x"))), &id,
        &err));
    assert_true(store_exec(tx, &one_more, NO_BINDS, NULL, &err));
    assert_false(is_there(bench, ""));
    assert_true(tx_commit(&tx, &err));
    assert_true(is_there(bench, ""));
    assert_false(is_there(bench, "-new"));
    assert_int_equal(number(bench->store, &total), 1); /* a reader of the same store */
    assert_true(add_one(bench->store, "b", &err));     /* and a writer, with a log now */
    assert_true(is_there(bench, "-wal"));
    assert_true(reopen(bench, &first, false, &err));
    assert_int_equal(number(bench->store, &total), 2);
}

/* What is left of another file of that name is no part of it. */
static void fresh__takes_nothing_from_a_log_that_was_left(void **state)
{
    struct bench *bench = *state;
    char wal[128];
    struct err err = { 0 };
    struct str log;

    snprintf(wal, sizeof wal, "%s-wal", bench->path);
    assert_true(
        store_open(&(struct store_options){ .path = bench->path, .kind = &fast, .create = true },
                   &bench->store, &err));
    assert_true(add_one(bench->store, "old", &err));
    assert_true(add_one(bench->store, "older", &err));
    assert_true(fs_read_whole(wal, 1 << 24, bench->arena, &log, &err));
    assert_true(log.len > 0);
    close_store(bench);
    unlink(bench->path);
    assert_true(fs_write_whole(wal, log, 0600, &err)); /* as a kill leaves it */
    assert_true(open_fresh(bench, &bench->store, &err));
    assert_true(add_one(bench->store, "new", &err));
    assert_int_equal(number(bench->store, &total), 1);
    assert_true(store_check(bench->store, &err));
}

static void fresh__is_gone_without_a_commit(void **state)
{
    struct bench *bench = *state;
    struct tx *tx = NULL;
    struct err err = { 0 };

    assert_true(open_fresh(bench, &bench->store, &err));
    assert_true(tx_begin(bench->store, TX_WRITE, &tx, &err));
    tx_end(tx);
    store_close(bench->store);
    bench->store = NULL;
    assert_false(is_there(bench, ""));
    assert_false(is_there(bench, "-new"));
}

/* One at a time; what somebody left who was killed is taken over; what somebody else made meanwhile stays. */
static void fresh__is_ones_own(void **state)
{
    struct bench *bench = *state;
    CLEANUP(store_close_var) struct store *theirs = NULL;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };
    char path[128];
    FILE *left;

    snprintf(path, sizeof path, "%s-new", bench->path);
    left = fopen(path, "w");
    assert_non_null(left);
    fputs("half a database", left);
    fclose(left);
    assert_true(open_fresh(bench, &bench->store, &err));
    assert_false(open_fresh(bench, &theirs, &err));
    assert_int_equal(err.code, ERR_STORE_BUSY);
    err = (struct err){ 0 };
    assert_true(
        store_open(&(struct store_options){ .path = bench->path, .kind = &fast, .create = true },
                   &theirs, &err));
    assert_true(add_one(theirs, "theirs", &err));
    assert_true(tx_begin(bench->store, TX_WRITE, &tx, &err));
    assert_false(tx_commit(&tx, &err));
    assert_int_equal(err.code, ERR_STORE_BUSY);
    assert_int_equal(number(theirs, &total), 1);
}

/* Where there is one it is opened like any other. */
static void fresh__is_no_second_file(void **state)
{
    struct bench *bench = *state;
    CLEANUP(store_close_var) struct store *theirs = NULL;
    struct err err = { 0 };

    assert_true(
        store_open(&(struct store_options){ .path = bench->path, .kind = &fast, .create = true },
                   &bench->store, &err));
    assert_true(add_one(bench->store, "a", &err));
    assert_true(open_fresh(bench, &theirs, &err));
    assert_true(add_one(theirs, "b", &err));
    assert_int_equal(number(bench->store, &total), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fresh__appears_with_its_first_commit, up, tear_down),
        cmocka_unit_test_setup_teardown(fresh__takes_nothing_from_a_log_that_was_left, up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(fresh__is_gone_without_a_commit, up, tear_down),
        cmocka_unit_test_setup_teardown(fresh__is_ones_own, up, tear_down),
        cmocka_unit_test_setup_teardown(fresh__is_no_second_file, up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
