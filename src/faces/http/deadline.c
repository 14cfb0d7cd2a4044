#include "faces/http/deadline.h"

#include "base/err.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/socket.h>

enum { FDS_MAX = 65536 };

struct deadlines {
    pthread_t thread;
    pthread_mutex_t
        lock; /* held while a socket is shut down, so that its number cannot be another's by then */
    pthread_cond_t wake;
    bool is_ending;
    int top;                 /* above the highest socket ever seen */
    int64_t second[FDS_MAX]; /* 0: none */
};

static int64_t now_seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

static void end_late_ones(struct deadlines *deadlines)
{
    int64_t now = now_seconds();

    for (int fd = 0; fd < deadlines->top; fd++)
        if (deadlines->second[fd] != 0 && deadlines->second[fd] <= now) {
            shutdown(fd, SHUT_RDWR);
            deadlines->second[fd] = 0;
        }
}

static void *watch(void *context)
{
    struct deadlines *deadlines = context;

    pthread_mutex_lock(&deadlines->lock);
    while (!deadlines->is_ending) {
        struct timespec until;

        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec++;
        pthread_cond_timedwait(&deadlines->wake, &deadlines->lock, &until);
        end_late_ones(deadlines);
    }
    pthread_mutex_unlock(&deadlines->lock);
    return NULL;
}

bool deadlines_new(struct deadlines **out, struct err *err)
{
    struct deadlines *deadlines = calloc(1, sizeof(*deadlines));
    pthread_condattr_t monotonic;

    if (!deadlines)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    pthread_mutex_init(&deadlines->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&deadlines->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&deadlines->thread, NULL, watch, deadlines) != 0) {
        free(deadlines);
        return FAIL(err, UNAVAILABLE, STR("thread"));
    }
    *out = deadlines;
    return true;
}

void deadlines_free(struct deadlines *deadlines)
{
    if (!deadlines)
        return;
    pthread_mutex_lock(&deadlines->lock);
    deadlines->is_ending = true;
    pthread_cond_signal(&deadlines->wake);
    pthread_mutex_unlock(&deadlines->lock);
    pthread_join(deadlines->thread, NULL);
    pthread_cond_destroy(&deadlines->wake);
    pthread_mutex_destroy(&deadlines->lock);
    free(deadlines);
}

void deadline_set(struct deadlines *deadlines, int fd, unsigned seconds)
{
    if (fd < 0 || fd >= FDS_MAX)
        return;
    pthread_mutex_lock(&deadlines->lock);
    if (fd >= deadlines->top)
        deadlines->top = fd + 1;
    deadlines->second[fd] = seconds > 0 ? now_seconds() + seconds : 0;
    pthread_mutex_unlock(&deadlines->lock);
}
