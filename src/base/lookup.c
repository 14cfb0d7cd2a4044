#include "base/lookup.h"

#include <stdlib.h>
#include <string.h>

/* Eight bytes at a time, mixed as in MurmurHash's finish. Only speed hangs on it: equal hashes are told apart by their texts. */
static uint64_t hash_of(struct str s)
{
    uint64_t hash = s.len * UINT64_C(0x9e3779b97f4a7c15);

    while (s.len > 0) {
        uint64_t word = 0;
        size_t n = s.len < sizeof word ? s.len : sizeof word;

        memcpy(&word, s.ptr, n);
        hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
        hash ^= hash >> 32;
        s = str_drop(s, n);
    }
    return hash;
}

static int entry_cmp(const void *a, const void *b)
{
    const struct lookup_entry *x = a, *y = b;
    int order;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    order = str_cmp(x->key, y->key);
    if (order != 0)
        return order;
    return (x->place > y->place) - (x->place < y->place);
}

void lookup_add(struct arena *arena, struct lookup *lookup, struct str key, size_t place)
{
    VEC_PUSH(arena, lookup, (struct lookup_entry){ hash_of(key), key, place });
}

void lookup_sort(struct lookup *lookup)
{
    if (lookup->len > 1)
        qsort(lookup->at, lookup->len, sizeof(lookup->at[0]), entry_cmp);
}

bool lookup_find(const struct lookup *lookup, struct str key, size_t *place)
{
    struct lookup_entry wanted = { hash_of(key), key, 0 };
    size_t low = 0, high = lookup->len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (entry_cmp(&lookup->at[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == lookup->len || !str_eq(lookup->at[low].key, key))
        return false;
    *place = lookup->at[low].place;
    return true;
}

bool lookup_twin(const struct lookup *lookup, struct str *key, size_t *place)
{
    for (size_t i = 1; i < lookup->len; i++) {
        const struct lookup_entry *a = &lookup->at[i - 1], *b = &lookup->at[i];

        if (a->hash != b->hash || !str_eq(a->key, b->key))
            continue;
        *key = b->key;
        *place = b->place;
        return true;
    }
    return false;
}
