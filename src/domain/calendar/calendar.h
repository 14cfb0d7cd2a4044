/* domain/calendar/calendar.h: the days on which people in Japan work: no Saturday or Sunday, no national holiday, none of the days around
 * the new year on which offices are closed. */
#pragma once
#include "base/utc.h"

/* National holidays by the law (祝日法), with the days that stand in for one on a Sunday and those between two; from 2000 on. */
bool calendar_is_holiday(struct utc day);
/* Neither weekend nor holiday, nor 29 December to 3 January (行政機関の休日に関する法律). */
bool calendar_is_working_day(struct utc day);
/* Working days from the day of `from` to the day before that of `until`. Rule: STA-02 (its validation: see calendar_test.c) */
int64_t calendar_working_days(struct utc from, struct utc until);

/* A quarter of the calendar in Japan: four times the year, and 0 to 3. Rule: STA-01 */
struct quarter {
    int64_t n;
};
struct quarter quarter_of(struct utc t);
struct utc quarter_begin(struct quarter q);
struct utc quarter_end(struct quarter q); /* the first instant of the next one */
int quarter_year(struct quarter q);
int quarter_number(struct quarter q); /* 1 to 4 */
struct str quarter_name(struct quarter q,
                        struct arena *arena);             /* "2026-q3": as it stands in paths */
bool quarter_parse(struct str name, struct quarter *out); /* of 2000 to 9999 */
