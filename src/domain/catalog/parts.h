/* domain/catalog/parts.h: an entry's vendors, products and weaknesses as a few bytes, so that hits are counted without looking further. For this room alone. */
#pragma once
#include "base/buf.h"

enum part_kind { PART_VENDOR, PART_PRODUCT, PART_WEAKNESS, PART_KINDS };
enum {
    PARTS_MAX = 4096,  /* of each kind: what an entry has beyond is not counted */
    PART_MAX = 1 << 24 /* numbers are below it: there are never so many vendors or products */
};

/* Each kind: how many, then the numbers; seven bits a byte, the lowest first. */
void parts_write(struct buf *buf, const int64_t *numbers, size_t count);
/* The next number; false at the end. */
static inline bool parts_read(struct str *rest, int64_t *out)
{
    uint64_t n = 0;

    for (unsigned shift = 0; rest->len > 0 && shift < 63; shift += 7) {
        unsigned char byte = (unsigned char)rest->ptr[0];

        rest->ptr++;
        rest->len--;
        n |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *out = (int64_t)n;
            return true;
        }
    }
    return false;
}
