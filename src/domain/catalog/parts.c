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
