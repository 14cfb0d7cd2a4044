/* domain/catalog/calendar.h: how many entries came out on which day. Rule: VDB-01 */
#pragma once
#include "base/utc.h"
#include "base/vec.h"

struct err;
struct tx;

struct catalog_day {
    struct utc day;                  /* its midnight in Japan */
    int64_t count, grave, exploited; /* grave: high or critical; exploited: in KEV */
};
struct catalog_days {
    VEC_OF(struct catalog_day);
};
/* The days of [from, to) on which published entries came out, the earliest first. ERR_STORE */
MUST_CHECK bool catalog_days_of(struct tx *tx, struct utc from, struct utc to, struct arena *arena,
                                struct catalog_days *out, struct err *err);
/* The first and the last day on which one came out; 0: there is none. ERR_STORE */
MUST_CHECK bool catalog_days_range(struct tx *tx, struct utc *first, struct utc *last,
                                   struct err *err);
