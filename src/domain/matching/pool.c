#include "domain/matching/pool.h"

#include <string.h>

#define POOL_MEMORY ((size_t)1 << 34)
enum { HEAD = 2, FIRST_SLOTS = 1 << 12, FIRST_BYTES = 1 << 16 };

/* FNV over eight bytes at a time with a finisher: short texts, no adversary gains more than a longer chain. */
uint64_t pool_hash(uint64_t seed, struct str text)
{
    uint64_t hash = seed ^ (text.len * UINT64_C(0x9e3779b97f4a7c15));
    const char *at = text.ptr;
    size_t left = text.len;
    uint64_t word;

    for (; left >= sizeof word; left -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9fb21c651e98df25);
        hash ^= hash >> 32;
    }
    word = 0;
    for (size_t i = 0; i < left; i++)
        word |= (uint64_t)(unsigned char)at[i] << (8 * i);
    hash = (hash ^ word) * UINT64_C(0x9fb21c651e98df25);
    hash ^= hash >> 29;
    hash *= UINT64_C(0xbf58476d1ce4e5b9);
    return hash ^ hash >> 32;
}

/* Twice the room: the outgrown half stays in the arena until its end. */
static void *grown(struct pool *pool, const void *at, size_t used, size_t room)
{
    void *to = arena_alloc(pool->arena, room);

    if (used > 0)
        memcpy(to, at, used);
    return to;
}

struct str pool_at(const struct pool *pool, uint32_t offset)
{
    const unsigned char *head = (const unsigned char *)pool->bytes + offset;

    if (offset == 0)
        return STR_NONE;
    return (struct str){ pool->bytes + offset + HEAD, head[0] | (size_t)head[1] << 8 };
}

struct str pool_text(const struct pool *pool, uint32_t number)
{
    return pool_at(pool, pool->offsets[number]);
}

/* Where the text stands, or the free slot where it would. */
static size_t slot_of(const struct pool *pool, struct str text)
{
    size_t mask = pool->slot_count - 1, i = (size_t)pool_hash(0, text) & mask;

    while (pool->slots[i] != 0 && !str_eq(pool_text(pool, pool->slots[i] - 1), text))
        i = (i + 1) & mask;
    return i;
}

static void grow_slots(struct pool *pool)
{
    if (!pool->arena)
        pool->arena = arena_new(POOL_MEMORY);
    pool->slot_count = pool->slot_count ? pool->slot_count * 2 : FIRST_SLOTS;
    pool->slots = ARENA_NEW_N(pool->arena, pool->slot_count, uint32_t);
    for (uint32_t i = 0; i < pool->count; i++)
        pool->slots[slot_of(pool, pool_text(pool, i))] = i + 1;
}

static uint32_t append(struct pool *pool, struct str text)
{
    uint32_t offset;

    if (pool->len == 0)
        pool->len = HEAD; /* offset 0 is the empty text */
    if (pool->cap < pool->len + HEAD + text.len) {
        pool->cap = pool->cap * 2 + FIRST_BYTES + text.len;
        pool->bytes = grown(pool, pool->bytes, pool->bytes ? pool->len : 0, pool->cap);
    }
    offset = (uint32_t)pool->len;
    pool->bytes[offset] = (char)(text.len & 255);
    pool->bytes[offset + 1] = (char)(text.len >> 8);
    memcpy(pool->bytes + offset + HEAD, text.ptr, text.len);
    pool->len += HEAD + text.len;
    return offset;
}

static uint32_t enter(struct pool *pool, struct str text)
{
    if (pool->count == pool->count_cap) {
        pool->count_cap = pool->count_cap ? pool->count_cap * 2 : FIRST_SLOTS;
        pool->offsets = grown(pool, pool->offsets, pool->count * sizeof *pool->offsets,
                              pool->count_cap * sizeof *pool->offsets);
    }
    if (pool->len + HEAD + text.len > UINT32_MAX)
        pool->is_full = true;
    pool->offsets[pool->count++] = pool->is_full || text.len == 0 ? 0 : append(pool, text);
    return (uint32_t)pool->count;
}

uint32_t pool_number(struct pool *pool, struct str text)
{
    size_t slot;

    text = str_take(text, POOL_TEXT_MAX);
    if (pool->count * 2 >= pool->slot_count)
        grow_slots(pool);
    slot = slot_of(pool, text);
    if (pool->slots[slot] == 0)
        pool->slots[slot] = enter(pool, text);
    return pool->slots[slot] - 1;
}

bool pool_find(const struct pool *pool, struct str text, uint32_t *number)
{
    size_t slot;

    if (pool->slot_count == 0)
        return false;
    slot = slot_of(pool, str_take(text, POOL_TEXT_MAX));
    if (pool->slots[slot] == 0)
        return false;
    *number = pool->slots[slot] - 1;
    return true;
}

uint32_t pool_add(struct pool *pool, struct str text)
{
    uint32_t number;

    if (text.len == 0)
        return 0;
    number = pool_number(pool, text);
    return pool->offsets[number];
}

void pool_done(struct pool *pool)
{
    arena_free(pool->arena);
    *pool = (struct pool){ 0 };
}
