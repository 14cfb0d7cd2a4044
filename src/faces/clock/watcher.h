/* faces/clock/watcher.h: the automatic repeated search: a thread of the desk that searches the lists people keep whenever the catalogue or a list has changed,
 * one at a time, so that neither deadlines nor feeds wait for it. Rule: API-03 */
#pragma once
#include "faces/desk/context.h"

struct watcher;

/* desk outlives it, and has a catalogue. ERR_UNAVAILABLE */
MUST_CHECK bool watcher_start(const struct desk *desk, struct watcher **out, struct err *err);
void watcher_stop(struct watcher *watcher); /* NULL does nothing */
