#include "base/lookup.h"
#include "base/testing.h"

static void lookup_find__finds_what_was_added_and_nothing_else(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    struct lookup lookup = { 0 };
    struct str key;
    size_t place;
    (void)state;

    assert_false(lookup_find(&lookup, STR("a"), &place));
    for (size_t i = 0; i < 20000; i++)
        lookup_add(arena, &lookup, arena_printf(arena, "pkg:npm/name-%zu@1", i), i);
    lookup_sort(&lookup);
    assert_false(lookup_twin(&lookup, &key, &place));
    for (size_t i = 0; i < 20000; i++) {
        assert_true(lookup_find(&lookup, arena_printf(arena, "pkg:npm/name-%zu@1", i), &place));
        assert_int_equal(place, i);
        assert_false(lookup_find(&lookup, arena_printf(arena, "pkg:npm/name-%zu@2", i), &place));
    }
}

static void lookup_twin__names_a_key_that_stands_twice(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct lookup lookup = { 0 };
    struct str key;
    size_t place;
    (void)state;

    lookup_add(arena, &lookup, STR("x"), 7);
    lookup_add(arena, &lookup, STR_NONE, 1);
    lookup_add(arena, &lookup, STR("y"), 2);
    lookup_add(arena, &lookup, STR("x"), 3);
    lookup_sort(&lookup);
    assert_true(lookup_find(&lookup, STR("x"), &place));
    assert_int_equal(place, 3);
    assert_true(lookup_find(&lookup, STR_NONE, &place));
    assert_int_equal(place, 1);
    assert_true(lookup_twin(&lookup, &key, &place));
    assert_str(key, "x");
    assert_int_equal(place, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lookup_find__finds_what_was_added_and_nothing_else),
        cmocka_unit_test(lookup_twin__names_a_key_that_stands_twice),
    };

    return cmocka_run_group_tests_name("lookup", tests, NULL, NULL);
}
