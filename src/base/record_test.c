#include "base/record.h"

#include "base/testing.h"

static int make_arena(void **state)
{
    *state = arena_new(8 << 20);
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static struct str sample(struct arena *arena)
{
    struct buf buf = buf_new(arena, 4096);
    struct err err = { 0 };
    struct str record = STR_NONE;

    record_put(&buf, "title", STR("狼煙"));
    record_put(&buf, "file", STR("first"));
    record_put(&buf, "empty", STR_NONE);
    record_put(&buf, "file", ((struct str){ "\0\n\xff", 3 }));
    record_put_int(&buf, "count", INT64_MIN);
    record_put_int(&buf, "n.1_x", 42);
    assert_true(buf_done(&buf, &record, &err));
    return record;
}

static void record__gives_back_what_was_put(void **state)
{
    struct str record = sample(*state), value = STR_NONE;

    assert_true(record_is_valid(record));
    assert_str(record_get(record, "title"), "狼煙");
    assert_str(record_get(record, "file"), "first");
    assert_true(record_get_nth(record, "file", 1, &value));
    assert_true(str_eq(value, (struct str){ "\0\n\xff", 3 }));
    assert_false(record_get_nth(record, "file", 2, &value));
    assert_true(record_get_nth(record, "empty", 0, &value));
    assert_int_equal(value.len, 0);
    assert_null(record_get(record, "absent").ptr);
    assert_true(record_get_int(record, "count", 0) == INT64_MIN);
    assert_int_equal(record_get_int(record, "n.1_x", 0), 42);
    assert_int_equal(record_get_int(record, "title", -7), -7);
    assert_int_equal(record_get_int(record, "absent", -7), -7);
}

static void record_next__gives_the_fields_in_order(void **state)
{
    static const char *const names[] = { "title", "file", "empty", "file", "count", "n.1_x" };
    struct str rest = sample(*state), name, value;

    for (size_t i = 0; i < COUNT(names); i++) {
        assert_true(record_next(&rest, &name, &value));
        assert_str(name, names[i]);
    }
    assert_false(record_next(&rest, &name, &value));
    assert_int_equal(rest.len, 0);
}

static void record_is_valid__refuses_every_cut(void **state)
{
    struct str record = sample(*state), name, value;
    struct str rest = record;
    bool is_border[256] = { true };

    while (record_next(&rest, &name, &value))
        is_border[record.len - rest.len] = true;
    assert_true(record.len < COUNT(is_border));
    for (size_t length = 0; length <= record.len; length++)
        assert_int_equal(record_is_valid(str_take(record, length)), is_border[length]);
}

static void record_is_valid__refuses_what_is_malformed(void **state)
{
    static const struct str wrong[] = {
        STR_INIT("\x00\x00\x00\x00\x00"), /* no name */
        STR_INIT("\x01"
                 "A\x00\x00\x00\x00"),     /* a capital */
        STR_INIT("\x01 \x00\x00\x00\x00"), /* a blank */
        STR_INIT("\x02"
                 "a\x00\x00\x00\x00\x00"), /* a NUL in the name */
        STR_INIT("\x01"
                 "a\xff\xff\xff\xff"), /* longer than there is */
        STR_INIT("\x01"
                 "a\x00\x00\x00\x02x"), /* one byte missing */
        STR_INIT("\x01"
                 "a\x00\x00\x00\x00x"), /* one byte too many */
        STR_INIT("\xff"),
    };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: %zu\n", i);
        assert_false(record_is_valid(wrong[i]));
    }
    assert_true(record_is_valid(STR("")));
}

static void record_is_valid__counts_the_fields(void **state)
{
    struct buf buf = buf_new(*state, 1 << 20);

    for (int i = 0; i < RECORD_FIELDS_MAX; i++)
        record_put(&buf, "f", STR_NONE);
    assert_true(record_is_valid(buf_str(&buf)));
    record_put(&buf, "f", STR_NONE);
    assert_false(record_is_valid(buf_str(&buf)));
}

static void record_put__refuses_a_name_without_length_or_over_it(void **state)
{
    static const char *const names[] = { "", "a234567890123456789012345678901234567890123456789" };

    for (size_t i = 0; i < COUNT(names); i++) {
        struct buf buf = buf_new(*state, 4096);
        struct err err = { 0 };
        struct str out;

        record_put(&buf, names[i], STR("x"));
        assert_false(buf_done(&buf, &out, &err));
        assert_int_equal(err.code, ERR_TOO_LARGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record__gives_back_what_was_put),
        cmocka_unit_test(record_next__gives_the_fields_in_order),
        cmocka_unit_test(record_is_valid__refuses_every_cut),
        cmocka_unit_test(record_is_valid__refuses_what_is_malformed),
        cmocka_unit_test(record_is_valid__counts_the_fields),
        cmocka_unit_test(record_put__refuses_a_name_without_length_or_over_it),
    };

    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
