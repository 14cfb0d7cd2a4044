#include "seal/seal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static const char lower[] = "0123456789abcdefghjkmnpqrstvwxyz";
static const char upper[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum { CODE_CHARS_MAX = 64, TYPED_MAX = 512, TOKEN_BYTES = 32, TOKEN_LENGTH = 52, ID_BYTES = 16 };

void random_fill(void *bytes, size_t count) { randombytes_buf(bytes, count); }

uint32_t random_below(uint32_t limit) { return randombytes_uniform(limit); }

/* The bytes as one big-endian number in base 32, `length` digits: zero bits stand in front. */
static struct str base32(const unsigned char *bytes, size_t size, size_t length,
                         struct arena *arena)
{
    char *text = arena_alloc(arena, length);
    unsigned held = 0, bits = 0;
    size_t at = size;

    for (size_t i = length; i-- > 0;) {
        if (bits < 5 && at > 0) {
            held |= (unsigned)bytes[--at] << bits;
            bits += 8;
        }
        text[i] = lower[held & 31];
        held >>= 5;
        bits = bits > 5 ? bits - 5 : 0;
    }
    return (struct str){ text, length };
}

struct str public_id_new(struct arena *arena)
{
    unsigned char bytes[ID_BYTES];

    randombytes_buf(bytes, sizeof bytes);
    return base32(bytes, sizeof bytes, PUBLIC_ID_LENGTH, arena);
}

bool public_id_is(struct str text)
{
    /* 26 digits hold 130 bits: the first is at most 7. */
    if (text.len != PUBLIC_ID_LENGTH || text.ptr[0] < '0' || text.ptr[0] > '7')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!memchr(lower, text.ptr[i], sizeof lower - 1))
            return false;
    }
    return true;
}

struct str random_token(struct arena *arena)
{
    unsigned char bytes[TOKEN_BYTES];
    struct str token;

    randombytes_buf(bytes, sizeof bytes);
    token = base32(bytes, sizeof bytes, TOKEN_LENGTH, arena);
    sodium_memzero(bytes, sizeof bytes);
    return token;
}

/* digits: groups * width numbers, of which the low five bits count. */
static struct str code_from(const unsigned char *digits, size_t groups, size_t width,
                            struct arena *arena)
{
    size_t length = groups * width + groups - 1, at = 0;
    char *text = arena_alloc(arena, length);

    for (size_t i = 0; i < groups * width; i++) {
        if (i > 0 && i % width == 0)
            text[at++] = '-';
        text[at++] = upper[digits[i] & 31];
    }
    return (struct str){ text, length };
}

static bool is_shape(size_t groups, size_t width)
{
    return groups > 0 && width > 0 && groups <= CODE_CHARS_MAX && width <= CODE_CHARS_MAX / groups;
}

struct str random_code(struct arena *arena, size_t groups, size_t width)
{
    unsigned char digits[CODE_CHARS_MAX];
    struct str code;

    assert(is_shape(groups, width));
    randombytes_buf(digits, sizeof digits);
    code = code_from(digits, groups, width, arena);
    sodium_memzero(digits, sizeof digits);
    return code;
}

struct str derived_code(const struct seal_key *key, struct str text, size_t groups, size_t width,
                        struct arena *arena)
{
    static const unsigned char personal[crypto_generichash_blake2b_PERSONALBYTES] = "noroshi code";
    unsigned char digits[CODE_CHARS_MAX];
    struct str code;

    assert(is_shape(groups, width));
    crypto_generichash_blake2b_salt_personal(digits, sizeof digits, (const unsigned char *)text.ptr,
                                             text.len, key->bytes, sizeof key->bytes, NULL,
                                             personal);
    code = code_from(digits, groups, width, arena);
    sodium_memzero(digits, sizeof digits);
    return code;
}

/* The next character as ASCII, wide forms of an input method included; ' ' for any blank or dash; 0
 * for what no code holds. */
static char next_typed(struct str *rest)
{
    static const struct str blanks[] = {
        STR_INIT(" "),
        STR_INIT("\t"),
        STR_INIT("\r"),
        STR_INIT("\n"),
        STR_INIT("-"),
        STR_INIT("\xc2\xa0") /* no-break space */,
        STR_INIT("\xe3\x80\x80") /* ideographic space */,
        STR_INIT("\xe2\x80\x90") /* hyphen */,
        STR_INIT("\xe2\x80\x91") /* no-break hyphen */,
        STR_INIT("\xe2\x80\x92") /* figure dash */,
        STR_INIT("\xe2\x80\x93") /* en dash */,
        STR_INIT("\xe2\x80\x94") /* em dash */,
        STR_INIT("\xe2\x80\x95") /* horizontal bar */,
        STR_INIT("\xe2\x88\x92") /* minus */,
        STR_INIT("\xe3\x83\xbc") /* long vowel mark */,
        STR_INIT("\xef\xbc\x8d") /* wide hyphen-minus */,
        STR_INIT("\xef\xbd\xb0") /* half-width long mark */,
    };
    const unsigned char *at = (const unsigned char *)rest->ptr;
    char c;

    for (size_t i = 0; i < COUNT(blanks); i++) {
        if (str_skip(rest, blanks[i]))
            return ' ';
    }
    if (at[0] < 0x80) {
        c = rest->ptr[0];
        *rest = str_drop(*rest, 1);
    } else if (rest->len >= 3 && at[0] == 0xef && (at[1] & 0xfe) == 0xbc &&
               (at[2] & 0xc0) == 0x80) {
        /* U+FF01 to U+FF5E stand for '!' to '~' in the same order. */
        unsigned n = ((at[1] & 1u) << 6 | (at[2] & 0x3fu)) + 0x20;

        if (n < '!' || n > '~')
            return 0;
        c = (char)n;
        *rest = str_drop(*rest, 3);
    } else {
        return 0;
    }
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

struct str code_normal(struct arena *arena, struct str typed, size_t groups, size_t width)
{
    unsigned char digits[CODE_CHARS_MAX];
    size_t count = 0;

    assert(is_shape(groups, width));
    if (typed.len > TYPED_MAX)
        return STR_NONE;
    while (typed.len > 0) {
        char c = next_typed(&typed);
        const char *digit;

        if (c == ' ')
            continue;
        digit = c ? memchr(upper, c, sizeof upper - 1) : NULL;
        if (!digit || count == groups * width)
            return STR_NONE;
        digits[count++] = (unsigned char)(digit - upper);
    }
    return count == groups * width ? code_from(digits, groups, width, arena) : STR_NONE;
}
