#include "domain/catalog/keys.h"

#include <string.h>

enum { ROOM = 1 << 10 };

struct keys keys_new(struct arena *arena)
{
    return (struct keys){ .arena = arena,
                          .room = ROOM,
                          .slots = ARENA_NEW_N(arena, ROOM, struct key_slot) };
}

/* Eight bytes at a time. */
uint64_t keys_sum(struct str key)
{
    const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
    uint64_t hash = key.len, word;

    for (; key.len >= sizeof word; key = str_drop(key, sizeof word)) {
        memcpy(&word, key.ptr, sizeof word);
        hash = (hash ^ word) * odd;
        hash ^= hash >> 32;
    }
    word = 0;
    for (size_t i = 0; i < key.len; i++)
        word = word << 8 | (unsigned char)key.ptr[i];
    hash = (hash ^ word) * odd;
    return hash ^ hash >> 32;
}

/* Its own, or the free one where it would stand. */
static struct key_slot *slot_of(struct key_slot *slots, size_t room, struct str key, uint64_t hash)
{
    size_t at;

    for (at = hash & (room - 1);
         slots[at].id && !(slots[at].hash == hash && str_eq(slots[at].key, key));)
        at = (at + 1) & (room - 1);
    return &slots[at];
}

static void grow(struct keys *keys)
{
    size_t room = keys->room * 2;
    struct key_slot *slots = ARENA_NEW_N(keys->arena, room, struct key_slot);

    for (size_t i = 0; i < keys->room; i++) {
        size_t at = keys->slots[i].hash & (room - 1);

        if (!keys->slots[i].id)
            continue;
        while (slots[at].id)
            at = (at + 1) & (room - 1);
        slots[at] = keys->slots[i];
    }
    keys->slots = slots;
    keys->room = room;
}

const struct key_slot *keys_find(const struct keys *keys, struct str key)
{
    const struct key_slot *slot = slot_of(keys->slots, keys->room, key, keys_sum(key));

    return slot->id ? slot : NULL;
}

const struct key_slot *keys_add(struct keys *keys, struct str key, int64_t id, struct str more)
{
    uint64_t hash = keys_sum(key);
    struct key_slot *slot;

    if (++keys->count * 2 > keys->room)
        grow(keys);
    slot = slot_of(keys->slots, keys->room, key, hash);
    *slot =
        (struct key_slot){ arena_str(keys->arena, key), hash, id, arena_str(keys->arena, more) };
    return slot;
}
