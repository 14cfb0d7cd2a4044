#include "domain/catalog/tally.h"

void tallies_grow(struct tallies *tallies)
{
    struct tallies larger = *tallies;

    larger.bits += 2;
    larger.at = ARENA_NEW_N(tallies->arena, (size_t)1 << larger.bits, struct tally);
    for (size_t i = 0; i < (size_t)1 << tallies->bits; i++)
        if (tallies->at[i].count > 0)
            *tallies_place(&larger, tallies->at[i].n) = tallies->at[i];
    *tallies = larger;
}

static bool stands_before(const struct tally *a, const struct tally *b)
{
    return a->count != b->count ? a->count > b->count : a->n < b->n;
}

/* There are far more than are shown. */
size_t tallies_first(const struct tallies *tallies, struct tally out[TALLIES_SHOWN])
{
    size_t len = 0;

    for (size_t i = 0; i < (size_t)1 << tallies->bits; i++) {
        const struct tally *one = &tallies->at[i];
        size_t at = len;

        if (one->count == 0 || (at == TALLIES_SHOWN && !stands_before(one, &out[--at])))
            continue;
        for (; at > 0 && stands_before(one, &out[at - 1]); at--)
            out[at] = out[at - 1];
        out[at] = *one;
        len += len < TALLIES_SHOWN;
    }
    return len;
}
