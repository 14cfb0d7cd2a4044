#include "base/err.h"
#include "base/library.h"
#include "base/testing.h"

struct math {
    double (*floor)(double);
    double (*ceil)(double);
};

static void library_load__gives_the_functions_it_was_asked_for(void **state)
{
    static const struct library_call calls[] = { { "floor", offsetof(struct math, floor) },
                                                 { "ceil", offsetof(struct math, ceil) } };
    struct math math = { 0 };
    struct err err = { 0 };
    (void)state;

    assert_true(library_load("libm.so.6", calls, COUNT(calls), &math, &err));
    assert_true(math.floor(1.5) == 1.0 && math.ceil(1.5) == 2.0);
}

static void library_load__names_what_is_not_there(void **state)
{
    static const struct library_call calls[] = { { "no_such_call", 0 } };
    struct math math = { 0 };
    struct err err = { 0 };
    (void)state;

    assert_false(library_load("libnosuch.so.0", NULL, 0, &math, &err));
    assert_int_equal(err.code, ERR_LIBRARY);
    assert_string_equal(err.subject, "libnosuch.so.0");
    err = (struct err){ 0 };
    assert_false(library_load("libm.so.6", calls, COUNT(calls), &math, &err));
    assert_string_equal(err.subject, "no_such_call");
    assert_null(math.floor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library_load__gives_the_functions_it_was_asked_for),
        cmocka_unit_test(library_load__names_what_is_not_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
