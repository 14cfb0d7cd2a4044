/* domain/catalog/bits.h: sets of small numbers, a bit each. For this room alone. */
#pragma once
#include <string.h>

#include "base/arena.h"

enum { BITS_WORD = 64 };

/* Numbers below `count`; what stands behind them in the last word is 0. */
struct bits {
    uint64_t *at;
    size_t count;
};

static inline size_t bits_words(size_t count) { return (count + BITS_WORD - 1) / BITS_WORD; }
static inline struct bits bits_new(struct arena *arena, size_t count)
{
    return (struct bits){ ARENA_NEW_N(arena, bits_words(count) + 1, uint64_t), count };
}
static inline struct bits bits_copy(struct arena *arena, struct bits of)
{
    struct bits copy = bits_new(arena, of.count);

    memcpy(copy.at, of.at, bits_words(of.count) * sizeof *of.at);
    return copy;
}
static inline void bits_set(struct bits bits, size_t n)
{
    bits.at[n / BITS_WORD] |= UINT64_C(1) << n % BITS_WORD;
}
static inline void bits_clear(struct bits bits, size_t n)
{
    bits.at[n / BITS_WORD] &= ~(UINT64_C(1) << n % BITS_WORD);
}
static inline bool bits_has(struct bits bits, size_t n)
{
    return bits.at[n / BITS_WORD] >> n % BITS_WORD & 1;
}

/* Of two of one size. */
static inline void bits_and(struct bits bits, struct bits with)
{
    for (size_t i = 0; i < bits_words(bits.count); i++)
        bits.at[i] &= with.at[i];
}
static inline void bits_and_not(struct bits bits, struct bits with)
{
    for (size_t i = 0; i < bits_words(bits.count); i++)
        bits.at[i] &= ~with.at[i];
}
static inline void bits_or(struct bits bits, struct bits with)
{
    for (size_t i = 0; i < bits_words(bits.count); i++)
        bits.at[i] |= with.at[i];
}
/* How many are in both; of one size. */
size_t bits_common(struct bits a, struct bits b);
/* How many it holds; when there are more than `most`, that many and one. */
static inline size_t bits_len(struct bits bits, size_t most)
{
    size_t len = bits_common(bits, bits);

    return len > most ? most + 1 : len;
}
/* From where on it holds `most` or a few more of those in whole words below `below`; 0: it holds fewer. */
static inline size_t bits_last(struct bits bits, size_t below, size_t most)
{
    size_t i = below / BITS_WORD, len = 0;

    while (i > 0 && len < most)
        for (uint64_t word = bits.at[--i]; word > 0; word &= word - 1)
            len++;
    return i * BITS_WORD;
}
static inline void bits_empty(struct bits bits)
{
    memset(bits.at, 0, bits_words(bits.count) * sizeof *bits.at);
}

/* The greatest number below `below` that is in it; false: there is none. */
static inline bool bits_before(struct bits bits, size_t below, size_t *out)
{
    size_t i = below / BITS_WORD;
    uint64_t word = below % BITS_WORD ? bits.at[i] & ((UINT64_C(1) << below % BITS_WORD) - 1) : 0;

    while (word == 0 && i > 0)
        word = bits.at[--i];
    if (word == 0)
        return false;
    *out = i * BITS_WORD + (BITS_WORD - 1 - (size_t)__builtin_clzll(word));
    return true;
}
