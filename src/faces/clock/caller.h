/* faces/clock/caller.h: webhooks by themselves: a thread of the desk that has the courier call what is due, some at once. */
#pragma once
#include "faces/desk/context.h"

struct caller;

/* desk outlives it. ERR_UNAVAILABLE */
MUST_CHECK bool caller_start(const struct desk *desk, struct caller **out, struct err *err);
void caller_stop(
    struct caller *caller); /* what is under way is called again another time; NULL does nothing */
