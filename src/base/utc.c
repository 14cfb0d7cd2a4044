#include "base/utc.h"

#include <time.h>

#include "base/err.h"

struct utc utc_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (struct utc){ now.tv_sec * UTC_SECOND + now.tv_nsec / 1000000 };
}

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* Days since 1970-01-01 in the Gregorian calendar, and back. The year is counted from March, so that the leap day is its
 * last, and in eras of 400 years, which are all 146097 days long. */
static int64_t days_from_civil(int year, int month, int day)
{
    int64_t y = year - (month <= 2);
    int64_t era = floor_div(y, 400);
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static void civil_from_days(int64_t days, struct civil *out)
{
    int64_t shifted = days + 719468;
    int64_t era = floor_div(shifted, 146097);
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t from_march = (5 * day_of_year + 2) / 153;

    out->day = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
    out->month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    out->year = (int)(year_of_era + era * 400 + (out->month <= 2));
    out->weekday = (int)(days + 4 - floor_div(days + 4, 7) * 7); /* 1970-01-01 was a Thursday */
}

struct civil utc_to_civil(struct utc t)
{
    int64_t days = floor_div(t.ms, UTC_DAY);
    int64_t rest = t.ms - days * UTC_DAY;
    struct civil c = { 0 };

    civil_from_days(days, &c);
    c.hour = (int)(rest / UTC_HOUR);
    c.minute = (int)(rest % UTC_HOUR / UTC_MINUTE);
    c.second = (int)(rest % UTC_MINUTE / UTC_SECOND);
    return c;
}

struct civil utc_to_jst(struct utc t) { return utc_to_civil((struct utc){ t.ms + JST_AHEAD }); }

static int64_t ms_from_civil(struct civil c)
{
    return days_from_civil(c.year, c.month, c.day) * UTC_DAY + c.hour * UTC_HOUR +
           c.minute * UTC_MINUTE + c.second * UTC_SECOND;
}

struct utc utc_from_jst(struct civil c) { return (struct utc){ ms_from_civil(c) - JST_AHEAD }; }

static int days_in_month(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return days[month - 1] + (month == 2 && is_leap);
}

bool civil_is_valid(struct civil c)
{
    return c.year >= 1970 && c.year <= 9999 && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
           c.day <= days_in_month(c.year, c.month) && c.hour >= 0 && c.hour <= 23 &&
           c.minute >= 0 && c.minute <= 59 && c.second >= 0 && c.second <= 59;
}

struct utc utc_add_days(struct utc t, int64_t days)
{
    return (struct utc){ t.ms +
                         days * UTC_DAY }; /* Japan has no summer time: every day has 24 hours */
}

struct utc utc_add_months(struct utc t, int months)
{
    struct civil c = utc_to_jst(t);
    int64_t count = (int64_t)c.year * 12 + c.month - 1 + months;
    int64_t below_second = t.ms - floor_div(t.ms, UTC_SECOND) * UTC_SECOND;
    int last;

    c.year = (int)floor_div(count, 12);
    c.month = (int)(count - (int64_t)c.year * 12) + 1;
    last = days_in_month(c.year, c.month);
    if (c.day > last)
        c.day = last;
    return (struct utc){ utc_from_jst(c).ms + below_second };
}

int64_t utc_days_between(struct utc a, struct utc b)
{
    return floor_div(b.ms + JST_AHEAD, UTC_DAY) - floor_div(a.ms + JST_AHEAD, UTC_DAY);
}

static struct str iso(struct arena *arena, struct utc t, int64_t ahead, const char *zone)
{
    struct civil c = utc_to_civil((struct utc){ t.ms + ahead });
    int part = (int)(t.ms - floor_div(t.ms, UTC_SECOND) * UTC_SECOND);

    if (part)
        return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d.%03d%s", c.year, c.month, c.day,
                            c.hour, c.minute, c.second, part, zone);
    return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d%s", c.year, c.month, c.day, c.hour,
                        c.minute, c.second, zone);
}

struct str utc_iso(struct arena *arena, struct utc t) { return iso(arena, t, 0, "Z"); }

struct str utc_iso_jst(struct arena *arena, struct utc t)
{
    return iso(arena, t, JST_AHEAD, "+09:00");
}

/* Takes exactly n digits. */
static bool digits(struct str *rest, int n, int *out)
{
    int value = 0;

    if (rest->len < (size_t)n)
        return false;
    for (int i = 0; i < n; i++) {
        char c = rest->ptr[i];

        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (c - '0');
    }
    *rest = str_drop(*rest, (size_t)n);
    *out = value;
    return true;
}

/* ".123456": at least one digit, at most nine; what is finer than a millisecond is dropped. Nothing there is 0. */
static bool fraction(struct str *rest, int *ms)
{
    int scale = 100, count = 0, digit;

    *ms = 0;
    if (!str_skip(rest, STR(".")))
        return true;
    for (; count < 9 && digits(rest, 1, &digit); count++, scale /= 10)
        *ms += digit * scale;
    return count > 0;
}

/* "Z", "+09:00"; nothing is what a person in Japan typed. */
static bool zone(struct str *rest, int64_t *ahead)
{
    int hours, minutes, sign;

    *ahead = JST_AHEAD;
    if (rest->len == 0)
        return true;
    *ahead = 0;
    if (str_skip(rest, STR("Z")) || str_skip(rest, STR("z")))
        return true;
    sign = rest->ptr[0] == '-' ? -1 : 1;
    if (!str_skip(rest, STR("+")) && !str_skip(rest, STR("-")))
        return false;
    if (!digits(rest, 2, &hours) || !str_skip(rest, STR(":")) || !digits(rest, 2, &minutes) ||
        hours > 23 || minutes > 59)
        return false;
    *ahead = sign * (hours * UTC_HOUR + minutes * UTC_MINUTE);
    return true;
}

bool utc_parse(struct str text, struct utc *out, struct err *err)
{
    struct str rest = text;
    struct civil c = { 0 };
    int64_t ahead = JST_AHEAD;
    int ms = 0;
    bool is_good = digits(&rest, 4, &c.year) && str_skip(&rest, STR("-")) &&
                   digits(&rest, 2, &c.month) && str_skip(&rest, STR("-")) &&
                   digits(&rest, 2, &c.day);

    if (is_good && rest.len > 0) {
        is_good = (str_skip(&rest, STR("T")) || str_skip(&rest, STR("t"))) &&
                  digits(&rest, 2, &c.hour) && str_skip(&rest, STR(":")) &&
                  digits(&rest, 2, &c.minute);
        if (is_good && str_skip(&rest, STR(":")))
            is_good = digits(&rest, 2, &c.second) && fraction(&rest, &ms);
        is_good = is_good && zone(&rest, &ahead);
    }
    if (!is_good || rest.len > 0 || !civil_is_valid(c))
        return FAIL(err, TIME_SYNTAX, text);
    *out = (struct utc){ ms_from_civil(c) - ahead + ms };
    return true;
}
