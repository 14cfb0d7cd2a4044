#include "domain/matching/own.h"

#include <string.h>

enum { FIRST = 1 << 12, SMALL = 1 << 16 };
#define OWN_MEMORY ((size_t)1 << 34)

void *own_grow(struct arena **own, const void *at, size_t len, size_t *cap, size_t count,
               size_t size)
{
    struct arena *arena = arena_new(OWN_MEMORY);
    size_t wider = *cap < FIRST ? FIRST : *cap < SMALL ? *cap * 2 : *cap + *cap / 2;
    void *to;

    wider = wider < count ? count : wider;
    to = arena_alloc_n(arena, wider, size);
    if (len > 0)
        memcpy(to, at, len * size);
    arena_drop(*own);
    *own = arena;
    *cap = wider;
    return to;
}
