/* domain/casework/due.h: what happens when something falls due. Each fires once, in one transaction with its entry in the ledger; nothing here
 * publishes, freezes or moves a case (CFD-15): people are told. Publication has its own bridge (domain/advisory/publishing). */
#pragma once
#include "domain/casework/case.h"
#include "domain/casework/timer.h"

/* The clock as an actor. */
struct subject subject_clock(void);

/* Fires one timer of any kind but TIMER_PUBLISH: tells who is to be told (N36, N42, our own), notes it, sets it done. The case's closing since
 * then makes it silent. Rule: COO-15 COO-19 COO-23 FND-12 */
MUST_CHECK bool due_fire(const struct casework *w, struct tx *tx, const struct timer *timer,
                         struct utc now, struct arena *arena, struct err *err);
