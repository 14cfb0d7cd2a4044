/* formats/version/version_internal.h: how a scheme writes a key. A scheme is one function that turns a text into bytes whose order is the
 * scheme's order; comparing, sorting and indexing all stand on it, so the order is total by construction. */
#pragma once
#include "base/ascii.h"
#include "formats/version/version.h"
#include <string.h>

/*
 * Bytes of a key at any one place, in their order: marks of the scheme (2 to 0x1f), numbers, marks above every number (0xc0 and up).
 * A mark below the numbers thus also ends a list of numbers, and says what follows. Words end in KEY_WORD_END, which no word holds.
 */
enum {
    KEY_WORD_END = 0,
    KEY_REFUSED = 1, /* the first byte of what a scheme does not allow */
    KEY_BELOW = 8,   /* the three marks of key_zeros */
    KEY_END = 9,
    KEY_ABOVE = 10,
    KEY_NUMBER = 0x20, /* 0 to 143 in one byte */
    KEY_LONG = 0xb0,   /* one to eight bytes follow */
    KEY_HUGE = 0xb8,   /* how many digits, then the digits */
    KEY_TOP = 0xc0,
};

struct key {
    unsigned char *at;
    size_t len, max;
    bool is_over;  /* it did not fit */
    bool is_loose; /* the scheme does not allow the text, though its tools order it */
};

static inline void key_byte(struct key *key, unsigned char byte)
{
    if (key->len < key->max)
        key->at[key->len++] = byte;
    else
        key->is_over = true;
}

/* A number of any length, without its leading zeros; no digits are 0. */
void key_long_number(struct key *key, struct str digits);

static inline void key_number(struct key *key, struct str digits)
{
    unsigned n = 0;

    if (digits.len <= 2) {
        for (size_t i = 0; i < digits.len; i++)
            n = n * 10 + (unsigned)(digits.ptr[i] - '0');
        key_byte(key, (unsigned char)(KEY_NUMBER + n));
    } else {
        key_long_number(key, digits);
    }
}

/* The bytes as they are or in small letters, and an end that stands before any longer word. */
void key_word(struct key *key, struct str word);
void key_word_lower(struct key *key, struct str word);

/*
 * Where lists are filled up with zeros, each zero before something has a mark that says whether that something stands below or above zero,
 * so that its place before or after the endless zeros of a shorter list (KEY_END) shows at once. None is written at a list's end.
 */
static inline void key_zeros(struct key *key, size_t count, bool is_above)
{
    while (count-- > 0)
        key_byte(key, is_above ? KEY_ABOVE : KEY_BELOW);
}

static inline struct str version_take(struct str *rest, size_t n)
{
    struct str taken = { rest->ptr, n };

    rest->ptr += n;
    rest->len -= n;
    return taken;
}

/* Takes the digits, or the letters, that rest begins with. */
static inline struct str version_take_digits(struct str *rest)
{
    size_t n = 0;

    while (n < rest->len && ascii_is_digit(rest->ptr[n]))
        n++;
    return version_take(rest, n);
}

static inline struct str version_take_letters(struct str *rest)
{
    size_t n = 0;

    while (n < rest->len && ascii_is_letter(rest->ptr[n]))
        n++;
    return version_take(rest, n);
}

static inline bool version_is_zero(struct str digits)
{
    size_t n = 0;

    while (n < digits.len && digits.ptr[n] == '0')
        n++;
    return n == digits.len;
}

static inline bool version_skip(struct str *rest, char c)
{
    if (rest->len == 0 || *rest->ptr != c)
        return false;
    rest->ptr++;
    rest->len--;
    return true;
}

/* epoch:version-release as rpm and pacman split it. */
struct evr {
    struct str epoch, version, release; /* no epoch is "" */
    bool has_release;
};
struct evr version_split_evr(struct str text);

/* Each writes the key of a text; false where the scheme's tools cannot order it, whatever was written until then. */
bool version_write_generic(struct str text, struct key *key); /* orders everything */
bool version_write_alpm(struct str text, struct key *key);
bool version_write_apk(struct str text, struct key *key);
bool version_write_composer(struct str text, struct key *key);
bool version_write_conan(struct str text, struct key *key);
bool version_write_cran(struct str text, struct key *key);
bool version_write_datetime(struct str text, struct key *key);
bool version_write_deb(struct str text, struct key *key);
bool version_write_gem(struct str text, struct key *key);
bool version_write_gentoo(struct str text, struct key *key);
bool version_write_golang(struct str text, struct key *key);
bool version_write_hackage(struct str text, struct key *key);
bool version_write_lexicographic(struct str text, struct key *key);
bool version_write_maven(struct str text, struct key *key);
bool version_write_npm(struct str text, struct key *key);
bool version_write_nuget(struct str text, struct key *key);
bool version_write_openssl(struct str text, struct key *key);
bool version_write_pub(struct str text, struct key *key);
bool version_write_pypi(struct str text, struct key *key);
bool version_write_rpm(struct str text, struct key *key);
bool version_write_semver(struct str text, struct key *key);
