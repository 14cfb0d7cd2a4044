/* domain/casework/timer.h: what falls due. Rows survive a restart; what fell due while the program was down fires once when it is up. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"

struct err;
struct tx;

/* The kinds; the clock's table (faces/clock) says what each does. */
#define TIMER_ANSWER    "ANSWER"    /* a developer's answer was asked for by now (COO-12, COO-27) */
#define TIMER_TARGET    "TARGET"    /* a week before the 45-day target (COO-15, N42) */
#define TIMER_TARGET_AT "TARGET_AT" /* the target itself: a warning, not an error */
#define TIMER_YEAR      "YEAR"      /* 30 days before one year from the start (FND-12) */
#define TIMER_STATUS \
    "STATUS" /* a week before publication: statuses that are still missing (COO-23) */
#define TIMER_UNREACHABLE \
    "UNREACHABLE" /* the next step with a developer that does not answer may be taken (UNR-01, UNR-02) */
#define TIMER_SITE_TARGET \
    "SITE_TARGET"                   /* three months after a website's detail notice (WEB-11, N41) */
#define TIMER_SITE_LONG "SITE_LONG" /* 90 days after it (WEB-12, N41) */
#define TIMER_PUBLISH   "PUBLISH"   /* the agreed instant (CFD-06) */

struct timer {
    int64_t id, case_id, participant_id;
    struct str kind;
    struct utc due;
};
struct timers {
    VEC_OF(struct timer);
};

/* Setting the same again changes nothing. */
MUST_CHECK bool timer_set(struct tx *tx, int64_t case_id, int64_t participant_id, const char *kind,
                          struct utc due, struct err *err);
/* All open ones of a kind (participant 0: of the whole case) are done with: the date moved, the answer came. */
MUST_CHECK bool timer_clear(struct tx *tx, int64_t case_id, int64_t participant_id,
                            const char *kind, struct utc now, struct err *err);
MUST_CHECK bool timer_due(struct tx *tx, struct utc now, size_t limit, struct arena *arena,
                          struct timers *out, struct err *err);
MUST_CHECK bool timer_done(struct tx *tx, int64_t id, struct utc now, bool *was_open,
                           struct err *err);
