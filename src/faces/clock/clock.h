/* faces/clock/clock.h: what the calendar starts, as a thread of the desk: deadlines, publication at the instant, mails. Nothing is kept in
 * memory: what fell due while the program was down happens once when it is up. */
#pragma once
#include "faces/desk/context.h"

struct clock;

/* Ends what a kill interrupted (publishing_resume), then ticks twice a second. desk outlives it. */
MUST_CHECK bool clock_start(const struct desk *desk, struct clock **out, struct err *err);
void clock_stop(struct clock *clock);

/* One tick, for tests and commands. A clock that jumped (backwards, or forwards by more than five minutes while running) publishes nothing until a
 * person has looked: *stopped. Rule: CFD-06 */
MUST_CHECK bool clock_tick(const struct desk *desk, struct utc now, bool *stopped, struct err *err);
