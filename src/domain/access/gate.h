/* domain/access/gate.h: what logging in stands on. Password hashing takes a tenth of a second, so these functions open their own
 * short transactions around it instead of holding one. */
#pragma once
#include "domain/access/throttle.h"
#include "store/store.h"

struct settings;

struct access_limits {
    int64_t tries, window_ms; /* failures of one account before it has to wait */
    int64_t idle_ms, absolute_ms;
};
struct access_limits access_limits_from(const struct settings *settings);

struct gate {
    struct store *store;
    const struct vault *vault;
    struct access_limits limits;
};

enum {
    /* An office shares one address: its people may fail as often as that many of them alone. */
    GATE_BLOCK_FACTOR = 10,
    GATE_HALFWAY_MS = 10 * 60 * 1000, /* a session that still lacks the code */
    GATE_STRONG_MS = 5 * 60 * 1000,   /* how long a strong login counts as fresh (C06) */
    GATE_SEEN_MS = 60 * 1000          /* how exactly the last request is remembered */
};
