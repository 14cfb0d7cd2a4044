/* base/utc.h: instants. Kept in UTC milliseconds; Asia/Tokyo begins at the edge (nine hours ahead all year). */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct utc {
    int64_t ms; /* since 1970-01-01T00:00:00Z; 0 means "none" in rows and views */
};

#define UTC_SECOND INT64_C(1000)
#define UTC_MINUTE (60 * UTC_SECOND)
#define UTC_HOUR   (60 * UTC_MINUTE)
#define UTC_DAY    (24 * UTC_HOUR)
#define JST_AHEAD  (9 * UTC_HOUR)

/* A day and time of day as people in Japan read it. month 1..12, weekday 0 = Sunday. */
struct civil {
    int year, month, day, hour, minute, second, weekday;
};

/* The real clock. Called by main.c, the clock's thread and the request's entry alone; all else is handed `now`. */
struct utc utc_now(void);

struct civil utc_to_jst(struct utc t);
struct civil utc_to_civil(struct utc t); /* in UTC */
struct utc utc_from_jst(struct civil c); /* weekday is not read; fields must be in range */
bool civil_is_valid(struct civil c);     /* 1970..9999, real day of the month, real time of day */
struct utc utc_add_days(struct utc t, int64_t days); /* calendar days, same time of day in JST */
struct utc
utc_add_months(struct utc t,
               int months); /* calendar months in JST; 31 January + 1 = last of February */
int64_t utc_days_between(struct utc a, struct utc b); /* whole days in JST, b - a by date */

struct str utc_iso(struct arena *arena,
                   struct utc t); /* 2026-11-21T04:00:00Z; with .123 when not whole */
struct str utc_iso_jst(struct arena *arena, struct utc t); /* 2026-11-21T13:00:00+09:00 */

/* RFC 3339 with Z or an offset, or the browser's 2026-11-21T13:00 (read as JST), or 2026-11-21 (JST midnight). ERR_TIME_SYNTAX */
MUST_CHECK bool utc_parse(struct str text, struct utc *out, struct err *err);
