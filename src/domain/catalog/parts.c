#include "domain/catalog/parts.h"

static void write_number(struct buf *buf, uint64_t n)
{
    for (; n >= 0x80; n >>= 7)
        buf_byte(buf, (char)(0x80 | (n & 0x7f)));
    buf_byte(buf, (char)n);
}

void parts_write(struct buf *buf, const int64_t *numbers, size_t count)
{
    count = count < PARTS_MAX ? count : PARTS_MAX;
    write_number(buf, count);
    for (size_t i = 0; i < count; i++)
        write_number(buf, (uint64_t)numbers[i]);
}

bool parts_read(struct str *rest, int64_t *out)
{
    uint64_t n = 0;

    for (unsigned shift = 0; rest->len > 0 && shift < 63; shift += 7) {
        unsigned char byte = (unsigned char)rest->ptr[0];

        *rest = str_drop(*rest, 1);
        n |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = (int64_t)n;
            return true;
        }
    }
    return false;
}
