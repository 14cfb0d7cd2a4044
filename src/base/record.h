/* base/record.h: a flat list of named fields as bytes: what our processes tell each other and what a ledger entry holds.
 * Layout of a field: one byte length of the name, the name (a-z 0-9 _ .), four bytes length big-endian, the value. */
#pragma once
#include "base/buf.h"

enum { RECORD_FIELDS_MAX = 8192, RECORD_NAME_MAX = 48 };

void record_put(struct buf *buf, const char *name, struct str value);
void record_put_int(struct buf *buf, const char *name, int64_t value);

/* Takes the next field off *rest; false at the end or at the first malformed byte: check with record_is_valid first. */
bool record_next(struct str *rest, struct str *name, struct str *value);

/* Whole, well-formed, at most RECORD_FIELDS_MAX fields. Ask this of every record that crosses a border. */
bool record_is_valid(struct str record);

/* The first field of that name; STR_NONE when there is none. Borrowed. */
struct str record_get(struct str record, const char *name);
/* The n-th (from 0) field of that name, for lists; false when there are fewer. */
bool record_get_nth(struct str record, const char *name, size_t n, struct str *value);
/* A number; fallback when missing or not a number. */
int64_t record_get_int(struct str record, const char *name, int64_t fallback);
