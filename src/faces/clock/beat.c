#include "faces/clock/beat.h"

#include <errno.h>
#include <time.h>

#include "base/err.h"

bool beat_start(struct beat *beat, void *(*run)(void *context), void *context, struct err *err)
{
    pthread_mutex_init(&beat->lock, NULL);
    pthread_cond_init(&beat->wake, NULL);
    return pthread_create(&beat->thread, NULL, run, context) == 0
               ? true
               : FAIL(err, UNAVAILABLE, STR("a thread"));
}

bool beat_wait(struct beat *beat, int ms)
{
    struct timespec until;
    bool ending;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += ms % 1000 * 1000000L;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000L;
    until.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&beat->lock);
    while (!beat->is_ending &&
           pthread_cond_timedwait(&beat->wake, &beat->lock, &until) != ETIMEDOUT)
        ;
    ending = beat->is_ending;
    pthread_mutex_unlock(&beat->lock);
    return !ending;
}

bool beat_is_ending(struct beat *beat)
{
    bool ending;

    pthread_mutex_lock(&beat->lock);
    ending = beat->is_ending;
    pthread_mutex_unlock(&beat->lock);
    return ending;
}

void beat_tell(struct beat *beat)
{
    pthread_mutex_lock(&beat->lock);
    beat->is_ending = true;
    pthread_cond_signal(&beat->wake);
    pthread_mutex_unlock(&beat->lock);
}

void beat_stop(struct beat *beat)
{
    beat_tell(beat);
    pthread_join(beat->thread, NULL);
    pthread_mutex_destroy(&beat->lock);
    pthread_cond_destroy(&beat->wake);
}
