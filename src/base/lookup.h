/* base/lookup.h: where a text stands in a list. Sorted by hash, then by text: no seed, and no worst case that a stranger could force. */
#pragma once
#include "base/vec.h"

struct lookup_entry {
    uint64_t hash;
    struct str key;
    size_t place;
};
/* Add all, sort once, then ask. */
struct lookup {
    VEC_OF(struct lookup_entry);
};

void lookup_add(struct arena *arena, struct lookup *lookup, struct str key, size_t place);
void lookup_sort(struct lookup *lookup);
/* The smallest place of that key; false when there is none. */
bool lookup_find(const struct lookup *lookup, struct str key, size_t *place);
/* A key that stands at two places: the second place; false when each stands once. */
bool lookup_twin(const struct lookup *lookup, struct str *key, size_t *place);
