/* domain/catalog/seen.h: what came already, while the first import goes on, in eight bytes each: that a thing did not come yet is certain. For this room alone. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct seen {
    struct arena *arena;
    size_t count, room; /* room: a power of two */
    uint64_t *slots;    /* sums; 0: free */
};

struct seen seen_new(struct arena *arena);
/* Notes it. kind: of things that may have one name. false: it was not there; true: look. */
bool seen_add(struct seen *seen, struct str name, unsigned kind);
