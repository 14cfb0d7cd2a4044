/* formats/archive/pack.h: bytes made small to be kept, and back. */
#pragma once
#include "base/arena.h"

struct err;

/* zstd at its fastest; lives in arena. ERR_TOO_LARGE */
MUST_CHECK bool pack(struct str bytes, struct arena *arena, struct str *out, struct err *err);
/* max: bytes it may become. ERR_ARCHIVE, ERR_TOO_LARGE */
MUST_CHECK bool unpack(struct str packed, size_t max, struct arena *arena, struct str *out,
                       struct err *err);
