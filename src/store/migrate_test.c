#include "store/kinds.h"
#include "store/testing.h"

#include <fcntl.h>
#include <unistd.h>

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
    static const struct store_kind orphan = { "test", with_orphan, 2, false };
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(store_open__migrates_only_when_told),
        TEST(migration__is_whole_or_nothing),
        TEST(store_open__refuses_what_is_not_ours),
        TEST(kinds__open_with_the_schemas_of_the_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
