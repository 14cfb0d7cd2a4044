#include "base/utc.h"

#include <time.h>

#include "base/testing.h"

enum { MAX = 1 << 20 };

static struct utc at(const char *text)
{
    struct utc t = { 0 };
    struct err err = { 0 };

    if (!utc_parse(str_from_z(text), &t, &err))
        fail_msg("%s", text);
    return t;
}

/* Every day from 1900 to 2500 against the C library's own calendar. */
static void utc__civil_days_agree_with_the_c_library(void **state)
{
    (void)state;
    for (int64_t day = -25567; day < 193700; day++) {
        struct civil c = utc_to_civil(
            (struct utc){ day * UTC_DAY + 3 * UTC_HOUR + 4 * UTC_MINUTE + 5 * UTC_SECOND });
        time_t seconds = (time_t)(day * 86400);
        struct tm want;

        gmtime_r(&seconds, &want);
        if (c.year != want.tm_year + 1900 || c.month != want.tm_mon + 1 || c.day != want.tm_mday ||
            c.weekday != want.tm_wday || c.hour != 3 || c.minute != 4 || c.second != 5)
            fail_msg("day %lld", (long long)day);
    }
}

static void utc__japan_is_nine_hours_ahead(void **state)
{
    struct civil c = utc_to_jst(at("2026-12-31T15:00:00Z"));
    (void)state;

    assert_int_equal(c.year, 2027);
    assert_int_equal(c.month, 1);
    assert_int_equal(c.day, 1);
    assert_int_equal(c.hour, 0);
    assert_int_equal(c.weekday, 5);
    assert_int_equal(utc_from_jst(c).ms, at("2026-12-31T15:00:00Z").ms);
}

static void utc_parse__reads_what_standards_and_browsers_write(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "2026-11-21T04:00:00Z", "2026-11-21T04:00:00Z" },
        { "2026-11-21t04:00:00.5z", "2026-11-21T04:00:00.500Z" },
        { "2026-11-21T04:00:00.123999+00:00", "2026-11-21T04:00:00.123Z" },
        { "2026-11-21T13:00:00+09:00", "2026-11-21T04:00:00Z" },
        { "2026-11-20T23:30:00-04:30", "2026-11-21T04:00:00Z" },
        { "2026-11-21T13:00", "2026-11-21T04:00:00Z" },
        { "2026-11-21", "2026-11-20T15:00:00Z" },
        { "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("case: %s\n", rows[i].text);
        assert_str(utc_iso(arena, at(rows[i].text)), rows[i].want);
    }
    assert_str(utc_iso_jst(arena, at("2026-11-21T04:00:00Z")), "2026-11-21T13:00:00+09:00");
    assert_str(utc_iso_jst(arena, at("2026-11-21T04:00:00.007Z")), "2026-11-21T13:00:00.007+09:00");
}

static void utc_parse__refuses_the_rest(void **state)
{
    static const char *const wrong[] = {
        "",
        "2026",
        "2026-11",
        "2026-13-01",
        "2026-02-29",
        "2026-04-31",
        "2026-11-21T",
        "2026-11-21T24:00",
        "2026-11-21T13:60",
        "2026-11-21T13:00:60Z",
        "2026-11-21T13:00:00.Z",
        "2026-11-21T13:00Zx",
        "2026-11-21T13:00+0900",
        "2026-11-21T13:00+24:00",
        "1969-12-31",
        " 2026-11-21",
        "2026-11-21 13:00",
        "2026-1-2",
        "+026-11-21",
        "2026-11-21T13:00:00.1234567890Z",
    };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct utc t = { 42 };
        struct err err = { 0 };

        print_message("case: \"%s\"\n", wrong[i]);
        assert_false(utc_parse(str_from_z(wrong[i]), &t, &err));
        assert_int_equal(err.code, ERR_TIME_SYNTAX);
        assert_int_equal(t.ms, 42);
    }
}

static void utc__days_and_months_are_those_of_japan(void **state)
{
    static const struct {
        const char *from;
        int months;
        const char *want;
    } rows[] = {
        { "2026-01-31T13:00", 1, "2026-02-28T13:00" },
        { "2024-01-31", 1, "2024-02-29" },
        { "2026-12-15", 1, "2027-01-15" },
        { "2026-01-15", -1, "2025-12-15" },
        { "2024-02-29", 12, "2025-02-28" },
        { "2026-11-30T08:00", 3, "2027-02-28T08:00" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("case: %s %+d\n", rows[i].from, rows[i].months);
        assert_int_equal(utc_add_months(at(rows[i].from), rows[i].months).ms, at(rows[i].want).ms);
    }
    assert_int_equal(utc_add_days(at("2026-11-21T13:00"), 45).ms, at("2027-01-05T13:00").ms);
    assert_int_equal(utc_days_between(at("2026-11-21T23:59"), at("2026-11-22T00:00")), 1);
    assert_int_equal(utc_days_between(at("2026-11-22T00:00"), at("2026-11-21T23:59")), -1);
    assert_int_equal(utc_days_between(at("2026-11-21T00:00"), at("2026-11-21T23:59")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utc__civil_days_agree_with_the_c_library),
        cmocka_unit_test(utc__japan_is_nine_hours_ahead),
        cmocka_unit_test(utc_parse__reads_what_standards_and_browsers_write),
        cmocka_unit_test(utc_parse__refuses_the_rest),
        cmocka_unit_test(utc__days_and_months_are_those_of_japan),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
