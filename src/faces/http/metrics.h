/* faces/http/metrics.h: counters by route name; labels are ours alone, never a user's (C61). */
#pragma once
#include "base/err.h"
#include "faces/http/router.h"

struct metrics;

struct metrics *metrics_new(const struct router *router, struct arena *arena);
/* index: of the router, or router_count for what had no route. */
void metrics_count(struct metrics *metrics, size_t index, int status, int64_t microseconds);
void metrics_refused(struct metrics *metrics, enum err_code why);
MUST_CHECK bool metrics_print(const struct metrics *metrics, struct arena *arena, struct str *out,
                              struct err *err);
