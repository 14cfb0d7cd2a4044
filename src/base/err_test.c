#include "base/err.h"

#include <errno.h>
#include <string.h>

#include "base/testing.h"

static bool lowest(struct err *err) { return FAIL(err, NUMBER, STR("seven")); }

static bool middle(struct err *err) { return lowest(err) ? true : PASS(err); }

static void err__keeps_the_first_reason_and_the_trail(void **state)
{
    struct err err = { 0 };
    (void)state;

    assert_false(middle(&err));
    assert_int_equal(err.code, ERR_NUMBER);
    assert_string_equal(err.subject, "seven");
    assert_non_null(strstr(err.trail, "err_test.c:"));
    assert_non_null(strstr(err.trail, " < err_test.c:"));
    assert_null(strchr(err.trail, '/'));
}

static void err__subject_is_cut_between_characters(void **state)
{
    char text[3 * 60 + 1];
    struct err err = { 0 };
    (void)state;

    for (size_t i = 0; i < 60; i++)
        memcpy(text + 3 * i, "狼", 3); /* NOLINT(bugprone-not-null-terminated-result): a str */
    FAIL(&err, IO, ((struct str){ text, 180 }));
    assert_int_equal(strlen(err.subject), 159); /* 53 characters of three bytes fit into 159 */
    FAIL(&err, IO,
         ((struct str){ text + 1,
                        179 })); /* starts within one: still nothing is cut in two at the end */
    assert_int_equal(strlen(err.subject), 158);
    err_set(&err, ERR_IO, STR_NONE, HERE);
    assert_string_equal(err.subject, "");
}

static void err__trail_never_overflows(void **state)
{
    struct err err = { 0 };
    (void)state;

    lowest(&err);
    for (int i = 0; i < 100; i++)
        PASS(&err);
    assert_int_equal(strlen(err.trail), sizeof err.trail - 1);
}

static void err__every_code_has_name_words_and_statuses(void **state)
{
    (void)state;
    for (int code = 1; code < ERR_COUNT; code++) {
        print_message("case: %s\n", err_name((enum err_code)code));
        assert_in_range(err_http_status((enum err_code)code), 400, 599);
        assert_in_range(err_exit_status((enum err_code)code), 64, 78);
        assert_true(strlen(err_words((enum err_code)code)) > 10);
    }
    assert_int_equal(err_http_status(ERR_NONE), 200);
    assert_int_equal(err_exit_status(ERR_NONE), 0);
    assert_string_equal(err_name(ERR_COUNT), "BUG");
}

/* A value is shown by its start, whole characters only, however long it is. */
static void err_set_value__shows_the_start_of_the_value(void **state)
{
    static const char ideographs[] = "脆弱性脆弱性脆弱性脆弱性脆弱性脆弱性脆弱性脆弱性";
    struct err err = { 0 };
    (void)state;

    assert_false(err_set_value(&err, ERR_INVENTORY, 7, "no version", STR("1.9"), HERE));
    assert_string_equal(err.subject, "no version: 1.9");
    assert_int_equal(err.line, 7);
    assert_int_equal(err.code, ERR_INVENTORY);
    err_set_value(&err, ERR_INVENTORY, 0, "empty", STR_NONE, HERE);
    assert_string_equal(err.subject, "empty");
    err_set_value(&err, ERR_INVENTORY, 0, "a", str_from_z(ideographs), HERE);
    assert_true(str_is_utf8(str_from_z(err.subject)));
    assert_int_equal(strlen(err.subject), 3 + 60);
}

/* What the system says is told in words; what failed for another reason has none. */
static void err__says_why_the_system_refused(void **state)
{
    struct err err = { 0 };
    (void)state;

    errno = EACCES;
    assert_false(FAIL_IO(&err, STR("/etc/shadow")));
    assert_int_equal(err.code, ERR_IO);
    errno = 0; /* what comes between does not change it */
    assert_false(PASS(&err));
    assert_string_equal(err_reason(&err), "this user may not");
    errno = EDOM;
    assert_false(FAIL_IO(&err, STR("x")));
    assert_null(err_reason(&err));
    errno = ENOENT;
    FAIL(&err, IO, STR("x"));
    assert_null(err_reason(&err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(err__keeps_the_first_reason_and_the_trail),
        cmocka_unit_test(err__subject_is_cut_between_characters),
        cmocka_unit_test(err__trail_never_overflows),
        cmocka_unit_test(err__every_code_has_name_words_and_statuses),
        cmocka_unit_test(err__says_why_the_system_refused),
        cmocka_unit_test(err_set_value__shows_the_start_of_the_value),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
