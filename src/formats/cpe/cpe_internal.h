/* formats/cpe/cpe_internal.h: what the three bindings share. */
#pragma once
#include "formats/cpe/cpe.h"

/* A name that was read needs no more in any binding: a byte becomes three at most. */
enum { CPE_WRITTEN_MAX = 4 * CPE_TEXT_MAX };

/* What a byte is in a formatted string. */
enum cpe_kind {
    CPE_OTHER_BYTE, /* must not occur */
    CPE_PLAIN,      /* stands for itself: small letters, digits, "." "-" "_" */
    CPE_CAPITAL,    /* the same, once it is small */
    CPE_QUOTABLE,   /* only behind a backslash */
    CPE_STAR,
    CPE_QUESTION,
    CPE_BACKSLASH
};
enum cpe_kind cpe_kind(char c);

/* The length of the value that text starts with: wildcards at its ends alone, everything quoted that must be. 0 when
 * there is none. */
size_t cpe_value_length(struct str text, bool *has_capitals);

/* The same for a value that is whole: no capitals, nothing behind it. */
bool cpe_is_value(struct str value);
bool cpe_is_part(struct str value);

/* The other two bindings. False: not that grammar. */
bool cpe_read_uri(struct str rest, struct arena *arena, struct cpe *cpe);
bool cpe_read_wfn(struct str rest, struct arena *arena, struct cpe *cpe);
