/* formats/myjvn/order.h: JVN's order of names: that of the bytes of CP932, whatever the case, so that kanji stand by their reading as JIS has them. */
#pragma once
#include "base/arena.h"

/* A character of two bytes. Made by tools/cp932.py, by code point. */
struct cp932 {
    uint16_t point, bytes;
};
extern const struct cp932 cp932_rows[];
extern const size_t cp932_count;

/* What memcmp orders as JVN orders the names; letters of ASCII count as upper case, and what CP932 lacks comes last, by code point. name: valid UTF-8 */
struct str myjvn_order_key(struct arena *arena, struct str name);
