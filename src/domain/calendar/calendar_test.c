#include "domain/calendar/calendar.h"

#include "base/testing.h"

static struct utc day(int year, int month, int d)
{
    return utc_from_jst((struct civil){ .year = year, .month = month, .day = d });
}

static void holidays__are_those_of_the_law(void **state)
{
    static const int holidays[][3] = {
        { 2005, 3, 21 }, /* 20 March, the equinox, was a Sunday */
        { 2006, 5, 4 },  /* between two */
        { 2008, 5, 6 },  /* 4 May was a Sunday, and 5 May a holiday itself */
        { 2009, 9, 22 }, /* between 敬老の日 and the equinox */
        { 2015, 9, 22 }, { 2019, 4, 30 },  { 2019, 5, 1 },  { 2019, 5, 2 },  { 2019, 5, 6 },
        { 2019, 8, 12 }, { 2019, 10, 22 }, { 2020, 7, 24 }, { 2020, 8, 10 }, { 2021, 8, 9 },
        { 2024, 9, 22 }, { 2024, 9, 23 },  { 2026, 9, 22 }, { 2026, 5, 6 },
    };
    static const int none[][3] = {
        { 2015, 8, 11 },  { 2019, 12, 23 }, { 2019, 2, 23 }, { 2020, 7, 20 },
        { 2020, 10, 12 }, { 2021, 10, 11 }, { 2006, 4, 28 }, { 2026, 11, 24 },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(holidays); i++) {
        print_message("%d-%d-%d\n", holidays[i][0], holidays[i][1], holidays[i][2]);
        assert_true(calendar_is_holiday(day(holidays[i][0], holidays[i][1], holidays[i][2])));
    }
    for (size_t i = 0; i < COUNT(none); i++) {
        print_message("not %d-%d-%d\n", none[i][0], none[i][1], none[i][2]);
        assert_false(calendar_is_holiday(day(none[i][0], none[i][1], none[i][2])));
    }
}

/* STA-02: the Partnership's own series (figure 1-1), reports since 2004-07-08 per working day, to two places. */
static void working_days__give_the_figures_of_the_partnership(void **state)
{
    static const struct {
        int64_t quarter, reports, hundredths;
    } series[] = {
        { 2016 * 4 + 3, 12922, 425 }, { 2017 * 4 + 0, 13064, 421 }, { 2017 * 4 + 1, 13335, 421 },
        { 2017 * 4 + 2, 13456, 417 }, { 2017 * 4 + 3, 13526, 411 }, { 2018 * 4 + 0, 13664, 408 },
        { 2018 * 4 + 1, 13822, 406 }, { 2018 * 4 + 2, 13999, 403 }, { 2018 * 4 + 3, 14090, 399 },
        { 2019 * 4 + 0, 14213, 396 }, { 2019 * 4 + 1, 14710, 403 }, { 2019 * 4 + 2, 15050, 406 },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(series); i++) {
        int64_t days = calendar_working_days(day(2004, 7, 8),
                                             quarter_end((struct quarter){ series[i].quarter }));

        print_message("%lld reports, %lld working days\n", (long long)series[i].reports,
                      (long long)days);
        assert_int_equal((series[i].reports * 200 + days) / (2 * days), series[i].hundredths);
    }
}

/* STA-01 */
static void quarters__are_those_of_the_calendar(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 12);
    struct quarter q;
    (void)state;

    assert_true(quarter_parse(STR("2019-q3"), &q));
    assert_true(quarter_begin(q).ms == day(2019, 7, 1).ms);
    assert_true(quarter_end(q).ms == day(2019, 10, 1).ms);
    assert_int_equal(quarter_of((struct utc){ quarter_end(q).ms - 1 }).n, q.n);
    assert_int_equal(quarter_of(quarter_end(q)).n, q.n + 1);
    assert_true(str_eq(quarter_name(q, arena), STR("2019-q3")));
    assert_false(quarter_parse(STR("2019-q5"), &q));
    assert_false(quarter_parse(STR("2019-Q3"), &q));
    assert_false(quarter_parse(STR("19-q3"), &q));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holidays__are_those_of_the_law),
        cmocka_unit_test(working_days__give_the_figures_of_the_partnership),
        cmocka_unit_test(quarters__are_those_of_the_calendar),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
