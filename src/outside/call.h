/* outside/call.h: a webhook is called: a signed body by POST, by libcurl, on threads of its own so that a slow address holds nothing up. Called in the
 * courier alone. Nothing that comes back is looked into but its status, and no redirect is followed. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct err;

enum { CALL_SLOTS = 4, CALL_URL_MAX = 500, CALL_BODY_MAX = 4096, CALL_SECONDS = 10 };

struct call_ask {
    struct str url, id, timestamp, signature, body;
    bool private_ok; /* addresses inside one's own network, any port, and plain http */
};
enum call_result {
    CALL_RUNNING,
    CALL_TAKEN, /* 2xx */
    CALL_FAILED
};
struct call_state {
    enum call_result result;
    struct str words; /* why not, or the status; nothing of the answer's body */
};

struct call_slots;
struct call_slots *call_slots_new(void);
void call_slots_free(struct call_slots *calls); /* gives up what is under way */
DEFINE_CLEANUP(struct call_slots, call_slots_free)

/* slot: below CALL_SLOTS, one call each. ERR_INPUT (an address or a line that cannot be one), ERR_UNAVAILABLE (the slot is busy). Rule: C18 C47 */
MUST_CHECK bool call_start(struct call_slots *calls, size_t slot, const struct call_ask *ask,
                           struct err *err);
/* words live in arena. A slot that was never used has failed. */
void call_look(struct call_slots *calls, size_t slot, struct arena *arena, struct call_state *out);
