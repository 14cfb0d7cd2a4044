/* faces/clock/feeder.h: feeds by themselves: a thread of the desk that has the courier fetch what is due and a process of its own import it, one at a time. */
#pragma once
#include "faces/desk/context.h"

struct feeder;

/* desk outlives it. ERR_STORE, ERR_UNAVAILABLE */
MUST_CHECK bool feeder_start(const struct desk *desk, struct feeder **out, struct err *err);
void feeder_stop(
    struct feeder
        *feeder); /* what is under way ends and begins anew another time; NULL does nothing */
