#include "faces/clock/watcher.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/log.h"
#include "domain/watch/list.h"
#include "faces/clock/beat.h"

enum { LOOK_MS = 1000, REST_MS = 60 * 1000 };

struct watcher {
    const struct desk *desk;
    struct beat beat;
};

/* All that are due. A list that cannot be searched makes the others wait a little, not for ever: whoever searched longest ago is next. */
static bool search_due(struct watcher *watcher, struct err *err)
{
    const struct watch_desk at = { watcher->desk->store, watcher->desk->catalog,
                                   watcher->desk->settings->watch_minutes * UTC_MINUTE };
    int64_t list;

    do {
        struct utc now = utc_now();

        if (!watch_list_due(&at, now, &list, err) ||
            (list != 0 && !watch_list_search(&at, list, now, err)))
            return PASS(err);
    } while (list != 0 && !beat_is_ending(&watcher->beat));
    return true;
}

static void *run(void *context)
{
    struct watcher *watcher = context;
    int ms = LOOK_MS;

    while (beat_wait(&watcher->beat, ms)) {
        struct err err = { 0 };

        ms = LOOK_MS;
        if (search_due(watcher, &err))
            continue;
        log_error("watcher", STR_NONE, &err);
        ms = REST_MS;
    }
    return NULL;
}

bool watcher_start(const struct desk *desk, struct watcher **out, struct err *err)
{
    struct watcher *watcher = calloc(1, sizeof *watcher);

    if (!watcher)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    watcher->desk = desk;
    if (!beat_start(&watcher->beat, run, watcher, err)) {
        free(watcher);
        return PASS(err);
    }
    *out = watcher;
    return true;
}

void watcher_stop(struct watcher *watcher)
{
    if (!watcher)
        return;
    beat_stop(&watcher->beat);
    free(watcher);
}
