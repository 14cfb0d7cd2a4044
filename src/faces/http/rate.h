/* faces/http/rate.h: how often a stranger may ask: token buckets in memory, in a table that cannot grow. */
#pragma once
#include "base/str.h"
#include "base/utc.h"

struct rate;

/**
 * A bucket of burst tokens for each key, filled at per_hour an hour.
 *
 * places   how many keys are remembered; when a place is needed, the fullest bucket of its neighbours is forgotten, so that
 *          strangers who come in crowds cannot free the one who is held back
 * Rule:    C55
 */
struct rate *rate_new(size_t places, unsigned burst, unsigned per_hour);
void rate_free(struct rate *rate);
DEFINE_CLEANUP(struct rate, rate_free)

/* Takes a token. False when there is none: ERR_TOO_MANY is the answer, and wait_seconds (may be NULL) what Retry-After says.
 * Keys are kept as keyed hashes. From any thread. */
bool rate_take(struct rate *rate, struct str key, struct utc now, unsigned *wait_seconds);
