/* base/buf.h: text as it is built. Sticky: a writer need not check each step, buf_done tells once. */
#pragma once
#include "base/arena.h"

struct buf {
    struct arena *arena; /* where it grows */
    char *ptr;
    size_t len, cap, max;
    bool over; /* something did not fit, or was not to be written: buf_done answers ERR_TOO_LARGE */
};

/* max: bytes it may hold. Small growing texts; the arena keeps the outgrown blocks until its end. */
struct buf buf_new(struct arena *arena, size_t max);
void buf_add(struct buf *buf, struct str s);
void buf_add_z(struct buf *buf, const char *z);
static inline void buf_byte(struct buf *buf, char c)
{
    if (buf->len < buf->cap && !buf->over)
        buf->ptr[buf->len++] = c;
    else
        buf_add(buf, (struct str){ &c, 1 });
}
void buf_int(struct buf *buf, int64_t n);
void buf_printf(struct buf *buf, const char *format, ...) PRINTF(2, 3);
struct str buf_str(const struct buf *buf); /* what there is so far, borrowed */

/* The text; lives in the arena. ERR_TOO_LARGE if it was ever over. */
MUST_CHECK bool buf_done(struct buf *buf, struct str *out, struct err *err);
