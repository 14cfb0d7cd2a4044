#include "formats/version/version_internal.h"

static void bytes(struct key *key, const void *at, size_t n)
{
    if (n > key->max - key->len || key->is_over) {
        key->is_over = true;
        return;
    }
    for (size_t i = 0; i < n; i++) /* words are short: a call would cost more */
        key->at[key->len++] = ((const unsigned char *)at)[i];
}

static void big_endian(struct key *key, uint64_t n, unsigned count)
{
    while (count-- > 0)
        key_byte(key, (unsigned char)(n >> (8 * count)));
}

/* The more digits, the greater: up to 19 of them are a number of 64 bits, and beyond their count stands before them. */
void key_long_number(struct key *key, struct str digits)
{
    uint64_t n = 0;
    unsigned count = 1;

    while (digits.len > 0 && *digits.ptr == '0')
        digits = str_drop(digits, 1);
    if (digits.len > 19) {
        key_byte(key, KEY_HUGE);
        big_endian(key, digits.len, 2);
        bytes(key, digits.ptr, digits.len);
        return;
    }
    for (size_t i = 0; i < digits.len; i++)
        n = n * 10 + (unsigned)(digits.ptr[i] - '0');
    if (n < KEY_LONG - KEY_NUMBER) {
        key_byte(key, (unsigned char)(KEY_NUMBER + n));
        return;
    }
    while (count < 8 && n >> (8 * count) > 0)
        count++;
    key_byte(key, (unsigned char)(KEY_LONG + count - 1));
    big_endian(key, n, count);
}

void key_word(struct key *key, struct str word)
{
    bytes(key, word.ptr, word.len);
    key_byte(key, KEY_WORD_END);
}

void key_word_lower(struct key *key, struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        key_byte(key, (unsigned char)ascii_lower(word.ptr[i]));
    key_byte(key, KEY_WORD_END);
}
