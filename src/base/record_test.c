#include "base/record.h"

#include "base/err.h"
#include "base/testing.h"

enum { MAX = 1 << 20 };

static void record__gives_back_what_was_put(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct buf buf = buf_new(arena, 4096);
    struct str record, value;
    struct err err = { 0 };
    (void)state;

    record_put(&buf, "name", STR("狼煙\0x"));
    record_put(&buf, "empty", STR(""));
    record_put_int(&buf, "n.1", INT64_MIN);
    record_put(&buf, "name", STR("second"));
    assert_true(buf_done(&buf, &record, &err));
    assert_true(record_is_valid(record));
    assert_true(str_eq(record_get(record, "name"), STR("狼煙\0x")));
    assert_true(record_get_nth(record, "name", 1, &value));
    assert_str(value, "second");
    assert_false(record_get_nth(record, "name", 2, &value));
    assert_true(record_get_int(record, "n.1", 0) == INT64_MIN);
    assert_int_equal(record_get_int(record, "empty", 7), 7);
    assert_null(record_get(record, "none").ptr);
}

/* A record that ends anywhere but between two fields is not valid, and reading stops there. */
static void record__is_not_valid_when_cut(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct buf buf = buf_new(arena, 4096);
    struct str record;
    struct err err = { 0 };
    (void)state;

    record_put(&buf, "a", STR("12"));
    record_put(&buf, "b", STR("34"));
    assert_true(buf_done(&buf, &record, &err));
    for (size_t len = 0; len <= record.len; len++) {
        print_message("case: %zu of %zu bytes\n", len, record.len);
        assert_int_equal(record_is_valid(str_take(record, len)), len % 8 == 0);
    }
}

static void record__refuses_strange_names_and_too_many_fields(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct buf buf = buf_new(arena, 65536);
    (void)state;

    assert_false(record_is_valid(STR("\0\0\0\0\0")));
    assert_false(record_is_valid(STR("\1A\0\0\0\0")));
    assert_false(record_is_valid(STR("\1a\xff\xff\xff\xff")));
    for (int i = 0; i < RECORD_FIELDS_MAX; i++)
        record_put(&buf, "f", STR("x"));
    assert_true(record_is_valid(buf_str(&buf)));
    record_put(&buf, "f", STR("x"));
    assert_false(record_is_valid(buf_str(&buf)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record__gives_back_what_was_put),
        cmocka_unit_test(record__is_not_valid_when_cut),
        cmocka_unit_test(record__refuses_strange_names_and_too_many_fields),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
