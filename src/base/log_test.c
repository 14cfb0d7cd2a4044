#include "base/log.h"

#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/testing.h"

static char line[8192];

/* What one call wrote to standard error, with the time cut off. */
static const char *logged(void (*what)(void))
{
    int ends[2], saved = dup(STDERR_FILENO);
    ssize_t len;

    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    what();
    dup2(saved, STDERR_FILENO);
    close(saved);
    close(ends[1]);
    len = read(ends[0], line, sizeof line - 1);
    close(ends[0]);
    assert_true(len > 30);
    line[len] = '\0';
    assert_memory_equal(line, "time=2", 6);
    assert_int_equal(line[28], 'Z');
    return line + 30;
}

static void forge(void)
{
    LOG("case-moved", { "case", STR("12") }, { "path", STR("/a b\nevent=fake \"x\"\\") },
        { "none", STR_NONE });
}

static void turn_round(void)
{
    LOG("x", { "a", STR("狼煙") },
        { "b", STR("\xe2\x80\xae"
                   "abc") },
        { "c", STR("\xff") });
}

static void error(void)
{
    struct err err = { 0 };

    err_set(&err, ERR_JSON_SYNTAX, STR("a secret"), "../src/x.c:31");
    err_pass(&err, "y.c:88");
    err.line = 7;
    log_error("import-failed", STR("r1"), &err);
}

static void too_long(void)
{
    static char long_value[5000];

    memset(long_value, 'a', sizeof long_value);
    LOG("x", { "a", { long_value, sizeof long_value } });
}

static void log__values_cannot_forge_a_line_or_a_key(void **state)
{
    (void)state;
    log_role("test");
    assert_string_equal(
        logged(forge),
        "role=test event=case-moved case=12 path=\"/a b\\x0aevent=fake \\\"x\\\"\\\\\" none=\"\"\n");
    assert_string_equal(logged(turn_round),
                        "role=test event=x a=\"狼煙\" b=\"\\xe2\\x80\\xaeabc\" c=\"\\xff\"\n");
}

static void log_error__says_the_trail_and_not_the_subject(void **state)
{
    (void)state;
    log_role("test");
    assert_string_equal(
        logged(error),
        "role=test event=import-failed request=r1 error=JSON_SYNTAX line=7 trail=\"x.c:31 < y.c:88\"\n");
}

static void log__a_line_too_long_says_that_it_is_cut(void **state)
{
    (void)state;
    log_role("test");
    assert_non_null(strstr(logged(too_long), " cut=1\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log__values_cannot_forge_a_line_or_a_key),
        cmocka_unit_test(log_error__says_the_trail_and_not_the_subject),
        cmocka_unit_test(log__a_line_too_long_says_that_it_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
