#include "domain/catalog/seen.h"

#include "domain/catalog/keys.h"

enum { ROOM = 1 << 10 };

struct seen seen_new(struct arena *arena)
{
    return (
        struct seen){ .arena = arena, .room = ROOM, .slots = ARENA_NEW_N(arena, ROOM, uint64_t) };
}

static uint64_t *slot_of(uint64_t *slots, size_t room, uint64_t sum)
{
    size_t at = sum & (room - 1);

    while (slots[at] && slots[at] != sum)
        at = (at + 1) & (room - 1);
    return &slots[at];
}

static void grow(struct seen *seen)
{
    size_t room = seen->room * 2;
    uint64_t *slots = ARENA_NEW_N(seen->arena, room, uint64_t);

    for (size_t i = 0; i < seen->room; i++)
        if (seen->slots[i])
            *slot_of(slots, room, seen->slots[i]) = seen->slots[i];
    seen->slots = slots;
    seen->room = room;
}

bool seen_add(struct seen *seen, struct str name, unsigned kind)
{
    uint64_t sum = keys_sum(name) + kind, *slot;

    sum += sum == 0;
    slot = slot_of(seen->slots, seen->room, sum);
    if (*slot)
        return true;
    *slot = sum;
    if (++seen->count * 2 > seen->room)
        grow(seen);
    return false;
}
