/* domain/catalog/parts.h: an entry's vendors, products and weaknesses as a few bytes, so that hits are counted without looking further. For this room alone. */
#pragma once
#include "base/buf.h"

enum part_kind { PART_VENDOR, PART_PRODUCT, PART_WEAKNESS, PART_KINDS };
enum { PARTS_MAX = 64 }; /* of each kind: what an entry has beyond is not counted */

/* Each kind: how many, then the numbers; seven bits a byte, the lowest first. */
void parts_write(struct buf *buf, const int64_t *numbers, size_t count);
/* The next number; false at the end. */
bool parts_read(struct str *rest, int64_t *out);
