/* base/str.h: text as it is passed: a pointer and a length, borrowed, UTF-8, no NUL at the end. */
#pragma once
#include "base/attr.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct err;

struct str {
    const char *ptr;
    size_t len;
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })
#define STR_NONE     ((struct str){ 0, 0 })
#define STR_INIT(literal)              \
    {                                  \
        (literal), sizeof(literal) - 1 \
    } /* for static tables */

/* For "%.*s" in log lines and err subjects: printf("%.*s", STR_ARG(s)). Cuts at INT_MAX. */
#define STR_ARG(s) (int)((s).len > 0x7fffffff ? 0x7fffffff : (s).len), (s).ptr

/* NULL gives STR_NONE; borrowed */
static inline struct str str_from_z(const char *z)
{
    return z ? (struct str){ z, strlen(z) } : STR_NONE;
}
static inline bool str_is_empty(struct str s) { return s.len == 0; }
static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool str_eq_z(struct str a, const char *b) { return str_eq(a, str_from_z(b)); }
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
int str_cmp(struct str a, struct str b);        /* by bytes, shorter first; <0, 0, >0 */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_contains(struct str s, struct str part);
/* The first n bytes, or all. */
static inline struct str str_take(struct str s, size_t n)
{
    return (struct str){ s.ptr, n < s.len ? n : s.len };
}
/* Without the first n bytes; empty when shorter. */
static inline struct str str_drop(struct str s, size_t n)
{
    size_t gone = n < s.len ? n : s.len;

    return gone == 0 ? s : (struct str){ s.ptr + gone, s.len - gone };
}
struct str str_trim(struct str s); /* without white space (space, tab, CR, LF) at both ends */

/* If *rest starts with prefix, moves *rest behind it and says true; else leaves it. */
bool str_skip(struct str *rest, struct str prefix);

/* Takes the text up to the next separator off *rest (the separator goes too); false once *rest is used up.
 * "a,,b" gives "a", "", "b"; "" gives nothing; "a," gives "a". Start with rest->ptr not NULL. */
bool str_split(struct str *rest, char separator, struct str *out);

/* Index of the first byte or part, or s.len when it does not occur. */
size_t str_index(struct str s, char c);
size_t str_index_str(struct str s, struct str part);

/* A whole decimal number between min and max, an optional '-', nothing around it. ERR_NUMBER. */
MUST_CHECK bool str_to_int(struct str text, int64_t min, int64_t max, int64_t *out,
                           struct err *err);

/* Valid UTF-8 without surrogates, overlong forms or NUL (RFC 3629). */
bool str_is_utf8(struct str s);

/* How many code points; s must be valid UTF-8. */
size_t str_code_points(struct str s);

/* The longest start of s with at most n code points; never cuts one. s must be valid UTF-8. */
struct str str_take_code_points(struct str s, size_t n);

/* No control characters; with lines set, LF, CR and TAB are allowed. s must be valid UTF-8. */
bool str_is_plain(struct str s, bool lines);

/* A byte below 0x20, or 0x7f: what a terminal obeys. s may be anything. */
bool str_has_controls(struct str s);
