#include "domain/catalog/seen.h"

#include "base/testing.h"

enum { MANY = 5000 };

static void seen__knows_what_did_not_come(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(8 << 20);
    struct seen seen = seen_new(arena);
    size_t wrong = 0;
    (void)state;

    for (int i = 0; i < MANY; i++)
        wrong += seen_add(&seen, arena_printf(arena, "CVE-2024-%d", i), 1);
    assert_int_equal(wrong, 0); /* two of so few meet once in a million million tries */
    for (int i = 0; i < MANY; i++)
        assert_true(seen_add(&seen, arena_printf(arena, "CVE-2024-%d", i), 1));
    assert_false(seen_add(&seen, STR("CVE-2024-1"), 2));
    assert_true(seen_add(&seen, STR("CVE-2024-1"), 2));
    assert_false(seen_add(&seen, STR(""), 0));
    assert_true(seen_add(&seen, STR(""), 0));
    assert_int_equal(seen.count, MANY + 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seen__knows_what_did_not_come),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
