#include "domain/calendar/calendar.h"

#include <stdlib.h>

#include "base/err.h"

/* ---- holidays ---- */

/* A holiday by the law as it stood from one year to another; week 0: on that day, else on that Monday of the month. */
struct rule {
    int month, day, week, from, to;
};
enum { FOR_EVER = 9999 };
static const struct rule rules[] = {
    { 1, 1, 0, 2000, FOR_EVER },
    { 1, 0, 2, 2000, FOR_EVER },  /* 元日、成人の日 */
    { 2, 11, 0, 2000, FOR_EVER }, /* 建国記念の日 */
    { 12, 23, 0, 2000, 2018 },
    { 2, 23, 0, 2020, FOR_EVER }, /* 天皇誕生日 */
    { 4, 29, 0, 2000, FOR_EVER },
    { 5, 3, 0, 2000, FOR_EVER }, /* みどりの日・昭和の日、憲法記念日 */
    { 5, 4, 0, 2007, FOR_EVER },
    { 5, 5, 0, 2000, FOR_EVER }, /* みどりの日、こどもの日 */
    { 7, 20, 0, 2000, 2002 },
    { 7, 0, 3, 2003, FOR_EVER },  /* 海の日 */
    { 8, 11, 0, 2016, FOR_EVER }, /* 山の日 */
    { 9, 15, 0, 2000, 2002 },
    { 9, 0, 3, 2003, FOR_EVER },  /* 敬老の日 */
    { 10, 0, 2, 2000, FOR_EVER }, /* 体育の日・スポーツの日 */
    { 11, 3, 0, 2000, FOR_EVER },
    { 11, 23, 0, 2000, FOR_EVER }, /* 文化の日、勤労感謝の日 */
};

static const struct exception {
    int64_t day, is_holiday;
} exceptions[] = {
#include "domain/calendar/holidays.tsv.h"
};

static int by_day(const void *key, const void *row)
{
    int64_t day = *(const int64_t *)key, other = ((const struct exception *)row)->day;

    return day < other ? -1 : day > other;
}

/* The equinoxes, as the observatory's formula gives them from 1980 to 2099; the day is announced a year before. */
static bool is_equinox(struct civil c)
{
    double years = c.year - 1980;
    int leaps = (c.year - 1980) / 4;

    return (c.month == 3 && c.day == (int)(20.8431 + 0.242194 * years) - leaps) ||
           (c.month == 9 && c.day == (int)(23.2488 + 0.242194 * years) - leaps);
}

/* Named as a holiday itself: by a rule, an equinox, or for that one year. */
static bool is_named(struct utc t)
{
    struct civil c = utc_to_jst(t);
    int64_t day = c.year * INT64_C(10000) + c.month * 100 + c.day;
    const struct exception *found =
        bsearch(&day, exceptions, COUNT(exceptions), sizeof *exceptions, by_day);

    if (found)
        return found->is_holiday;
    for (size_t i = 0; i < COUNT(rules); i++) {
        const struct rule *rule = &rules[i];

        if (rule->month != c.month || c.year < rule->from || c.year > rule->to)
            continue;
        if (rule->week ? c.weekday == 1 && (c.day - 1) / 7 + 1 == rule->week : rule->day == c.day)
            return true;
    }
    return is_equinox(c);
}

/* A holiday on a Sunday is made up for on the next day that is none itself; before 2007 on the Monday. */
static bool stands_in(struct utc t)
{
    for (int back = 1; back <= 7; back++) {
        struct utc before = utc_add_days(t, -back);

        if (!is_named(before))
            return false;
        if (utc_to_jst(before).weekday == 0)
            return true;
    }
    return false;
}

bool calendar_is_holiday(struct utc day)
{
    int weekday = utc_to_jst(day).weekday;

    if (is_named(day))
        return true;
    if (weekday != 0 && stands_in(day))
        return true;
    /* a day between two holidays */
    return weekday != 0 && is_named(utc_add_days(day, -1)) && is_named(utc_add_days(day, 1));
}

bool calendar_is_working_day(struct utc day)
{
    struct civil c = utc_to_jst(day);
    bool new_year = (c.month == 12 && c.day >= 29) || (c.month == 1 && c.day <= 3);

    return c.weekday != 0 && c.weekday != 6 && !new_year && !calendar_is_holiday(day);
}

int64_t calendar_working_days(struct utc from, struct utc until)
{
    int64_t days = utc_days_between(from, until), count = 0;

    for (int64_t i = 0; i < days; i++)
        count += calendar_is_working_day(utc_add_days(from, i));
    return count;
}

/* ---- quarters ---- */

struct quarter quarter_of(struct utc t)
{
    struct civil c = utc_to_jst(t);

    return (struct quarter){ c.year * INT64_C(4) + (c.month - 1) / 3 };
}

int quarter_year(struct quarter q) { return (int)(q.n / 4); }

int quarter_number(struct quarter q) { return (int)(q.n % 4) + 1; }

struct utc quarter_begin(struct quarter q)
{
    return utc_from_jst((struct civil){
        .year = quarter_year(q), .month = (quarter_number(q) - 1) * 3 + 1, .day = 1 });
}

struct utc quarter_end(struct quarter q) { return quarter_begin((struct quarter){ q.n + 1 }); }

struct str quarter_name(struct quarter q, struct arena *arena)
{
    return arena_printf(arena, "%04d-q%d", quarter_year(q), quarter_number(q));
}

bool quarter_parse(struct str name, struct quarter *out)
{
    struct err ignored = { 0 };
    int64_t year, number;

    if (name.len != 7 || !str_eq(str_take(str_drop(name, 4), 2), STR("-q")) ||
        !str_to_int(str_take(name, 4), 2000, 9999, &year, &ignored) ||
        !str_to_int(str_drop(name, 6), 1, 4, &number, &ignored))
        return false;
    out->n = year * 4 + number - 1;
    return true;
}
