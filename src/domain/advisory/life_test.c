#include "base/life_testing.h"

#include "domain/advisory/editing.h"

/* PUB-01: whole, and its diagram is current. */
static void advisory_life__is_whole(void **state)
{
    struct err err = { 0 };
    (void)state;

    if (!life_check(&advisory_life, &err))
        fail_msg("%s", err.subject);
    assert_diagram_is_current(&advisory_life);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(advisory_life__is_whole) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
