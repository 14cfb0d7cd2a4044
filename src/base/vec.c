#include "base/vec.h"

#include <string.h>

#include "base/num.h"

void *vec_grow(struct arena *arena, void *at, size_t len, size_t *cap, size_t size)
{
    size_t wider = *cap ? *cap : 4;
    void *grown;

    /* arena_alloc_n refuses a count that overflows, so a wrapped one must not look small. */
    if (*cap && !num_mul(*cap, 2, &wider))
        wider = SIZE_MAX;
    grown = arena_alloc_n(arena, wider, size);
    if (len > 0)
        memcpy(grown, at, len * size);
    *cap = wider;
    return grown;
}
