#include "store/scratch_testing.h"

static const struct query texts = {
    .name = "texts",
    .text = "SELECT coalesce(group_concat(name || ': ' || sql, ' / '), '') AS texts FROM (SELECT "
            "name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'entry' AND sql IS "
            "NOT NULL ORDER BY name)",
};
static const struct query reserved = {
    .name = "reserved",
    .text = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'entry'",
};

static int set_up(void **state) { return scratch_set_up(state, &store_catalog); }

static struct str texts_of(struct scratch *b)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct err err = { 0 };

    assert_true(store_select(b->tx, &texts, NO_BINDS, b->arena, &rows, &err));
    assert_int_equal(rows_next(rows, &err), 1);
    return row_text(rows, "texts");
}

static void store_indices__go_and_come_back(void **state)
{
    struct scratch *b = *state;
    struct str before = texts_of(b);
    struct store_indices indices;
    struct err err = { 0 };
    int64_t count;

    assert_true(before.len > 0);
    assert_true(store_indices_drop(b->tx, "entry", b->arena, &indices, &err));
    assert_true(indices.count > 0);
    assert_int_equal(texts_of(b).len, 0);
    assert_true(store_number(b->tx, &reserved, NO_BINDS, 0, &count, &err));
    assert_true(count > 0); /* what UNIQUE made stays */
    assert_true(store_indices_make(b->tx, &indices, &err));
    assert_true(str_eq(texts_of(b), before));
}

static void store_indices__come_back_when_nothing_is_committed(void **state)
{
    struct scratch *b = *state;
    struct str before = texts_of(b);
    struct store_indices indices;
    struct err err = { 0 };

    assert_true(store_indices_drop(b->tx, "entry", b->arena, &indices, &err));
    tx_end(b->tx);
    b->tx = NULL;
    assert_true(tx_begin(b->store, TX_WRITE, &b->tx, &err));
    assert_true(str_eq(texts_of(b), before));
}

static void store_indices__of_no_table_are_none(void **state)
{
    struct scratch *b = *state;
    struct store_indices indices;
    struct err err = { 0 };

    assert_true(store_indices_drop(b->tx, "nothing", b->arena, &indices, &err));
    assert_int_equal(indices.count, 0);
    assert_true(store_indices_make(b->tx, &indices, &err));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, scratch_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(store_indices__go_and_come_back),
        TEST(store_indices__come_back_when_nothing_is_committed),
        TEST(store_indices__of_no_table_are_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
