#include "formats/myjvn/order.h"

#include "base/ascii.h"
#include "base/buf.h"

/* Kana of half width are one byte there, and stand between ASCII and the characters of two. */
enum { HALF_WIDTH_KANA = 0xff61, HALF_WIDTH_LAST = 0xff9f, HALF_WIDTH_BEFORE = 0x80, LAST = 0xff };

static uint16_t bytes_of(uint32_t point)
{
    size_t low = 0, high = cp932_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (cp932_rows[middle].point < point)
            low = middle + 1;
        else
            high = middle;
    }
    return low < cp932_count && cp932_rows[low].point == point ? cp932_rows[low].bytes : 0;
}

/* The first character of valid UTF-8; takes it off. */
static uint32_t take(struct str *rest)
{
    const unsigned char *at = (const unsigned char *)rest->ptr;
    size_t size = at[0] < 0x80 ? 1 : at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
    uint32_t point = size == 1 ? at[0] : at[0] & (0xffU >> (size + 1));

    for (size_t i = 1; i < size && i < rest->len; i++)
        point = point << 6 | (at[i] & 0x3fU);
    *rest = str_drop(*rest, size);
    return point;
}

static char upper(char c)
{
    return ascii_is_letter(c) && !ascii_is_upper(c) ? (char)(c - 'a' + 'A') : c;
}

struct str myjvn_order_key(struct arena *arena, struct str name)
{
    struct buf buf = buf_new(arena, 4 * name.len + 4);

    while (name.len > 0) {
        uint32_t point = take(&name);
        uint16_t bytes = point < 0x80 ? 0 : bytes_of(point);

        if (point < 0x80) {
            buf_byte(&buf, upper((char)point));
        } else if (point >= HALF_WIDTH_KANA && point <= HALF_WIDTH_LAST) {
            buf_byte(&buf, (char)HALF_WIDTH_BEFORE);
            buf_byte(&buf, (char)(point - HALF_WIDTH_KANA));
        } else if (bytes != 0) {
            buf_byte(&buf, (char)(bytes >> 8));
            buf_byte(&buf, (char)(bytes & 0xff));
        } else {
            buf_byte(&buf, (char)LAST);
            for (int shift = 16; shift >= 0; shift -= 8)
                buf_byte(&buf, (char)(point >> shift & 0xff));
        }
    }
    return buf_str(&buf);
}
