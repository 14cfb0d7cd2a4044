/* domain/catalog/keys.h: texts that have a number, while an import goes on. For this room alone. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct key_slot {
    struct str key;
    uint64_t hash;   /* of the key */
    int64_t id;      /* 0: the slot is free */
    struct str more; /* whatever the owner keeps beside it */
};
struct keys {
    struct arena *arena;
    size_t count, room; /* room: a power of two */
    struct key_slot *slots;
};

/* Of its bytes; not for what must not be made to meet. */
uint64_t keys_sum(struct str key);
struct keys keys_new(struct arena *arena);
/* The slot of that key; NULL when it has none. Until the next keys_add. */
const struct key_slot *keys_find(const struct keys *keys, struct str key);
/* What was not there. Copied. */
const struct key_slot *keys_add(struct keys *keys, struct str key, int64_t id, struct str more);
