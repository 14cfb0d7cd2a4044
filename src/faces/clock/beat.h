/* faces/clock/beat.h: a thread that does its work again and again until it is told to end. For this folder alone. */
#pragma once
#include <pthread.h>
#include <stdbool.h>

#include "base/attr.h"

struct err;

struct beat {
    pthread_t thread;
    pthread_mutex_t lock; /* also of what its owner shares with the thread */
    pthread_cond_t wake;
    bool is_ending; /* under lock */
};

/* ERR_UNAVAILABLE */
MUST_CHECK bool beat_start(struct beat *beat, void *(*run)(void *context), void *context,
                           struct err *err);
/* For the thread: false when it is time to end. */
bool beat_wait(struct beat *beat, int ms);
bool beat_is_ending(struct beat *beat);
/* Tells it to end; then waits until it has. */
void beat_tell(struct beat *beat);
void beat_stop(struct beat *beat);
