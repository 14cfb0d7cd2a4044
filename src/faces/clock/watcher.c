#include "faces/clock/watcher.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/log.h"
#include "domain/watch/tell.h"
#include "faces/clock/beat.h"

enum { LOOK_MS = 1000, REST_MS = 60 * 1000 };

struct watcher {
    const struct desk *desk;
    struct beat beat;
};

static bool tell_due(struct watcher *watcher, struct err *err)
{
    size_t count;

    return watch_tell_due(watcher->desk->store, utc_now(), &count, err) ? true : PASS(err);
}

static bool search_one(const struct watch_desk *at, int64_t list, struct utc now, struct err *err)
{
    struct err why = { 0 };

    if (watch_list_search(at, list, now, &why) || why.code == ERR_ABSENT) /* deleted meanwhile */
        return true;
    log_error("watch-search", STR_NONE, &why);
    return watch_list_set_aside(at, list, now, err) ? true : PASS(err);
}

static bool search_due(struct watcher *watcher, struct err *err)
{
    const struct watch_desk at = { watcher->desk->store, watcher->desk->catalog,
                                   watcher->desk->settings->watch_minutes * UTC_MINUTE };
    int64_t list;

    do {
        struct utc now = utc_now();

        if (!watch_list_due(&at, now, &list, err) ||
            (list != 0 && !search_one(&at, list, now, err)))
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
        if (search_due(watcher, &err) && tell_due(watcher, &err))
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
