/* domain/access/throttle.h: how often something may be tried. Counted in the database, so that a restart forgets nothing; by keyed
 * hashes, so that nobody's address is kept. */
#pragma once
#include "base/arena.h"
#include "base/utc.h"
#include "seal/vault.h"

struct err;
struct tx;

struct throttle {
    const struct seal_key *lookups; /* vault.lookups */
    int64_t tries, window_ms;
};

/**
 * Counts a try before it is made, so that many at once cannot slip through, and refuses it when `tries` were made within the window.
 * What turns out right is taken back with throttle_forgive.
 *
 * kind   "account", "code", "block", "reset", "receipt": the same word under two kinds is two things
 * about  what is tried; only its keyed hash is kept
 * err    ERR_TOO_MANY; then nothing was counted
 * Rule:  C07, C55
 */
MUST_CHECK bool throttle_take(struct tx *write, const struct throttle *throttle, const char *kind,
                              struct str about, struct utc now, struct arena *arena, int64_t *id,
                              struct err *err);
MUST_CHECK bool throttle_forgive(struct tx *write, int64_t id, struct err *err);
/* Forgets all tries: the right one has come in. */
MUST_CHECK bool throttle_clear(struct tx *write, const struct throttle *throttle, const char *kind,
                               struct str about, struct arena *arena, struct err *err);

/* The neighbourhood of an address, in which one person can move freely: /24 of IPv4, /56 of IPv6; the text itself when it is none. */
struct str address_block(struct arena *arena, struct str address);
