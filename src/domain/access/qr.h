/* domain/access/qr.h: a text as the dark and light squares of a QR code. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct err;

struct qr {
    size_t size;               /* squares a side, without the quiet zone */
    const unsigned char *dark; /* size * size: 1 dark, 0 light */
};

/* ERR_TOO_LARGE for what no code can hold. Lives in arena. */
MUST_CHECK bool qr_from(struct str text, struct arena *arena, struct qr *out, struct err *err);
