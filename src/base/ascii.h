/* base/ascii.h: kinds of ASCII characters, whatever the locale. Bytes of 0x80 and above are none of them. */
#pragma once
#include <stdbool.h>

static inline bool ascii_is_digit(char c) { return c >= '0' && c <= '9'; }

static inline bool ascii_is_upper(char c) { return c >= 'A' && c <= 'Z'; }

static inline bool ascii_is_letter(char c) { return (c >= 'a' && c <= 'z') || ascii_is_upper(c); }

static inline bool ascii_is_alnum(char c) { return ascii_is_letter(c) || ascii_is_digit(c); }

static inline bool ascii_is_hex(char c)
{
    return ascii_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* A capital letter made small; anything else as it is. */
static inline char ascii_lower(char c)
{
    if (!ascii_is_upper(c))
        return c;
    return (char)(c - 'A' + 'a');
}
