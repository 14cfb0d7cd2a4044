/* faces/cli/pages.h: the finished pages of the public world, copied as one manifest names them. */
#pragma once
#include "base/arena.h"

struct err;

/* from, to: folders that hold `current` and its segments. Nothing where nothing was published yet. ERR_IO; ERR_UNAVAILABLE when it never stood still */
MUST_CHECK bool pages_copy(const char *from, const char *to, struct arena *arena, struct err *err);
