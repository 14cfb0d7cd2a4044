/* domain/catalog/tally.h: how often each of some numbers came. For this room alone. */
#pragma once
#include "base/arena.h"

struct tally {
    uint32_t n, count; /* count 0, in a table: a free place */
};
/* A table of at least twice as many places as it has numbers. */
struct tallies {
    struct arena *arena;
    struct tally *at;
    size_t len;
    unsigned bits; /* of a place */
};
enum { TALLIES_BITS = 5 /* to begin with */, TALLIES_SHOWN = 20 };

static inline struct tallies tallies_new(struct arena *arena)
{
    return (struct tallies){ arena, ARENA_NEW_N(arena, 1u << TALLIES_BITS, struct tally), 0,
                             TALLIES_BITS };
}
/* Where a number stands, or may. */
static inline struct tally *tallies_place(const struct tallies *tallies, uint32_t n)
{
    size_t at = n * UINT64_C(0x9e3779b97f4a7c15) >> (64 - tallies->bits);

    while (tallies->at[at].count > 0 && tallies->at[at].n != n)
        at = (at + 1) & (((size_t)1 << tallies->bits) - 1);
    return &tallies->at[at];
}
void tallies_grow(struct tallies *tallies);
/* count: more than 0 */
static inline void tallies_add(struct tallies *tallies, uint32_t n, uint32_t count)
{
    struct tally *place = tallies_place(tallies, n);
    bool is_new = place->count == 0;

    place->n = n;
    place->count += count;
    tallies->len += is_new;
    if (is_new && tallies->len > (size_t)1 << (tallies->bits - 1))
        tallies_grow(tallies);
}
/* Those that came most often, then by the lowest number. How many they are. */
size_t tallies_first(const struct tallies *tallies, struct tally out[TALLIES_SHOWN]);
