#include "domain/catalog/keys.h"

enum { ROOM = 1 << 10 };

struct keys keys_new(struct arena *arena)
{
    return (struct keys){ .arena = arena,
                          .room = ROOM,
                          .slots = ARENA_NEW_N(arena, ROOM, struct key_slot) };
}

/* FNV-1a: keys are short. */
static struct key_slot *slot_of(struct key_slot *slots, size_t room, struct str key)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    size_t at;

    for (size_t i = 0; i < key.len; i++)
        hash = (hash ^ (unsigned char)key.ptr[i]) * UINT64_C(0x100000001b3);
    hash ^= hash >> 32;
    for (at = hash & (room - 1); slots[at].id && !str_eq(slots[at].key, key);)
        at = (at + 1) & (room - 1);
    return &slots[at];
}

static void grow(struct keys *keys)
{
    size_t room = keys->room * 2;
    struct key_slot *slots = ARENA_NEW_N(keys->arena, room, struct key_slot);

    for (size_t i = 0; i < keys->room; i++)
        if (keys->slots[i].id)
            *slot_of(slots, room, keys->slots[i].key) = keys->slots[i];
    keys->slots = slots;
    keys->room = room;
}

const struct key_slot *keys_find(const struct keys *keys, struct str key)
{
    const struct key_slot *slot = slot_of(keys->slots, keys->room, key);

    return slot->id ? slot : NULL;
}

const struct key_slot *keys_add(struct keys *keys, struct str key, int64_t id, struct str more)
{
    struct key_slot *slot;

    if (++keys->count * 2 > keys->room)
        grow(keys);
    slot = slot_of(keys->slots, keys->room, key);
    *slot = (struct key_slot){ arena_str(keys->arena, key), id, arena_str(keys->arena, more) };
    return slot;
}
