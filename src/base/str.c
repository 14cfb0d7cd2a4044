#include "base/str.h"

#include <string.h>

#include "base/ascii.h"
#include "base/err.h"

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i]))
            return false;
    return true;
}

int str_cmp(struct str a, struct str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_eq(str_take(s, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_eq(str_drop(s, s.len - suffix.len), suffix);
}

bool str_contains(struct str s, struct str part)
{
    return part.len == 0 || str_index_str(s, part) < s.len;
}

static bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

struct str str_trim(struct str s)
{
    while (s.len > 0 && is_white(s.ptr[0]))
        s = str_drop(s, 1);
    while (s.len > 0 && is_white(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool str_skip(struct str *rest, struct str prefix)
{
    if (!str_starts(*rest, prefix))
        return false;
    *rest = str_drop(*rest, prefix.len);
    return true;
}

bool str_split(struct str *rest, char separator, struct str *out)
{
    size_t at;

    if (rest->len == 0)
        return false;
    at = str_index(*rest, separator);
    *out = str_take(*rest, at);
    *rest = str_drop(*rest, at < rest->len ? at + 1 : at);
    return true;
}

size_t str_index(struct str s, char c)
{
    const char *found = s.len ? memchr(s.ptr, c, s.len) : NULL;

    return found ? (size_t)(found - s.ptr) : s.len;
}

size_t str_index_str(struct str s, struct str part)
{
    const char *found;

    if (s.len == 0 || part.len > s.len)
        return s.len;
    if (part.len == 0)
        return 0;
    found = memmem(s.ptr, s.len, part.ptr, part.len);
    return found ? (size_t)(found - s.ptr) : s.len;
}

bool str_to_int(struct str text, int64_t min, int64_t max, int64_t *out, struct err *err)
{
    struct str rest = text;
    bool is_negative = str_skip(&rest, STR("-"));
    int64_t n = 0;

    if (rest.len == 0)
        return FAIL(err, NUMBER, text);
    for (size_t i = 0; i < rest.len; i++) {
        int digit = rest.ptr[i] - '0';

        if (digit < 0 || digit > 9 || __builtin_mul_overflow(n, (int64_t)10, &n) ||
            __builtin_add_overflow(n, (int64_t)(is_negative ? -digit : digit), &n))
            return FAIL(err, NUMBER, text);
    }
    if (n < min || n > max)
        return FAIL(err, NUMBER, text);
    *out = n;
    return true;
}

/* Length of the character at s.ptr and its code point; 0 when it is none (RFC 3629, section 4). */
static size_t decode(struct str s, uint32_t *point)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned char first = (unsigned char)s.ptr[0];
    size_t len = first < 0x80                    ? 1
                 : first >= 0xc2 && first < 0xe0 ? 2
                 : (first & 0xf0) == 0xe0        ? 3
                 : first >= 0xf0 && first < 0xf5 ? 4
                                                 : 0;
    uint32_t c = len == 1   ? first
                 : len == 2 ? first & 0x1fU
                 : len == 3 ? first & 0x0fU
                            : first & 0x07U;

    if (len == 0 || len > s.len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        unsigned char next = (unsigned char)s.ptr[i];

        if ((next & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (next & 0x3fU);
    }
    if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return 0;
    *point = c;
    return len;
}

/* Eight bytes from 1 to 0x7f: no high bit, and none that loses its own when one is taken off each. */
static bool is_eight_ascii(const char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
    uint64_t bytes;

    memcpy(&bytes, at, sizeof bytes);
    return ((bytes | (bytes - ones)) & highs) == 0;
}

/* How many bytes at the start are surely ASCII; the last of them are looked at together with some before. */
static size_t ascii_start(struct str s)
{
    size_t at = 0;

    for (; s.len - at >= 8; at += 8)
        if (!is_eight_ascii(s.ptr + at))
            return at;
    return at > 0 && at < s.len && is_eight_ascii(s.ptr + s.len - 8) ? s.len : at;
}

bool str_is_utf8(struct str s)
{
    uint32_t point;

    s = str_drop(s, ascii_start(s));
    for (size_t len; s.len > 0; s = str_drop(s, len)) {
        if (s.len >= 8 && is_eight_ascii(s.ptr)) {
            len = 8;
            continue;
        }
        len = 1;
        if ((signed char)s.ptr[0] > 0)
            continue;
        len = decode(s, &point);
        if (len == 0 || point == 0)
            return false;
    }
    return true;
}

static bool is_inside(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

size_t str_code_points(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += !is_inside(s.ptr[i]);
    return n;
}

struct str str_take_code_points(struct str s, size_t n)
{
    size_t end = 0;

    for (; end < s.len; end++)
        if (!is_inside(s.ptr[end]) && n-- == 0)
            break;
    return str_take(s, end);
}

/* Controls of both sets, and what breaks or turns round a line unseen: U+2028/9, the bidirectional overrides and isolates. */
static bool is_control(uint32_t c, bool lines)
{
    if (c < 0x20)
        return !(lines && (c == '\n' || c == '\r' || c == '\t'));
    return (c >= 0x7f && c < 0xa0) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Eight bytes from 0x20 to 0x7e. */
static bool is_eight_plain(const char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
    uint64_t bytes;

    memcpy(&bytes, at, sizeof bytes);
    return ((bytes | (bytes - ones * 0x20) | (bytes + ones)) & highs) == 0;
}

bool str_is_plain(struct str s, bool lines)
{
    uint32_t point;

    for (size_t len; s.len > 0; s = str_drop(s, len)) {
        if (s.len >= 8 && is_eight_plain(s.ptr)) {
            len = 8;
            continue;
        }
        if (s.ptr[0] >= 0x20 && s.ptr[0] < 0x7f) {
            len = 1;
            continue;
        }
        len = decode(s, &point);
        if (len == 0 || is_control(point, lines))
            return false;
    }
    return true;
}

static bool eight_have_controls(const char *at)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
    uint64_t bytes, deletes;

    memcpy(&bytes, at, sizeof bytes);
    deletes = bytes ^ ones * 0x7f; /* zero in each byte that is one */
    return ((((bytes - ones * 0x20) & ~bytes) | ((deletes - ones) & ~deletes)) & highs) != 0;
}

bool str_has_controls(struct str s)
{
    if (s.len >= 8) {
        for (size_t i = 0; i + 8 < s.len; i += 8)
            if (eight_have_controls(s.ptr + i))
                return true;
        return eight_have_controls(s.ptr + s.len - 8);
    }
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f)
            return true;
    return false;
}
