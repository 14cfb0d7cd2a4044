#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

enum { BUF_FIRST = 256, INT_CHARACTERS = 20 }; /* of the least int64_t */

struct buf buf_new(struct arena *arena, size_t max)
{
    return (struct buf){ .arena = arena, .max = max };
}

/* needed is at most max, so the doubling below cannot wrap past it. */
static void grow(struct buf *buf, size_t needed)
{
    size_t cap = buf->cap > buf->max / 2 ? buf->max : buf->cap * 2;
    char *ptr;

    if (cap < BUF_FIRST)
        cap = BUF_FIRST;
    if (cap > buf->max)
        cap = buf->max;
    if (cap < needed)
        cap = needed;
    ptr = arena_alloc(buf->arena, cap);
    if (buf->len > 0)
        memcpy(ptr, buf->ptr, buf->len);
    buf->ptr = ptr;
    buf->cap = cap;
}

void buf_add(struct buf *buf, struct str s)
{
    if (s.len == 0)
        return;
    if (buf->over || s.len > buf->max - buf->len) {
        buf->over = true; /* sticky: a writer need not check each step, buf_done tells once */
        return;
    }
    if (s.len > buf->cap - buf->len)
        grow(buf, buf->len + s.len);
    memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
}

void buf_add_z(struct buf *buf, const char *z) { buf_add(buf, str_from_z(z)); }

void buf_int(struct buf *buf, int64_t n)
{
    char digits[INT_CHARACTERS];
    size_t at = sizeof digits;
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (n < 0)
        digits[--at] = '-';
    buf_add(buf, (struct str){ digits + at, sizeof digits - at });
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    char small[256];
    va_list args, again;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (len < 0 || (size_t)len > buf->max - buf->len) {
        buf->over = true;
    } else if ((size_t)len < sizeof small) {
        buf_add(buf, (struct str){ small, (size_t)len });
    } else {
        char *whole = arena_alloc(buf->arena, (size_t)len + 1);

        vsnprintf(whole, (size_t)len + 1, format, again);
        buf_add(buf, (struct str){ whole, (size_t)len });
    }
    va_end(again);
}

struct str buf_str(const struct buf *buf)
{
    return (struct str){ buf->ptr ? buf->ptr : "", buf->len };
}

bool buf_done(struct buf *buf, struct str *out, struct err *err)
{
    if (buf->over)
        return FAIL(err, TOO_LARGE, STR("a text"));
    *out = buf_str(buf);
    return true;
}
