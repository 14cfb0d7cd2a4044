#include "domain/matching/pool.h"

#include <string.h>

enum { HEAD = 2, FIRST_SLOTS = 1 << 12 };

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

struct str pool_at(const struct pool *pool, uint32_t offset)
{
    const unsigned char *head = (const unsigned char *)pool->bytes.at + offset;

    if (offset == 0)
        return STR_NONE;
    return (struct str){ pool->bytes.at + offset + HEAD, head[0] | (size_t)head[1] << 8 };
}

struct str pool_text(const struct pool *pool, uint32_t number)
{
    return pool_at(pool, pool->offsets.at[number]);
}

size_t pool_count(const struct pool *pool) { return pool->offsets.len; }

struct str pool_bytes(const struct pool *pool)
{
    return (struct str){ pool->bytes.at, pool->bytes.len };
}

/* Where the text stands, or the free slot where it would. */
static struct pool_slot *slot_of(const struct pool *pool, struct str text, uint32_t hash)
{
    size_t mask = pool->slots.len - 1, i = hash & mask;
    struct pool_slot *slot;

    for (;; i = (i + 1) & mask) {
        slot = &pool->slots.at[i];
        if (slot->number == 0 ||
            (slot->hash == hash && str_eq(pool_text(pool, slot->number - 1), text)))
            return slot;
    }
}

void pool_grow_slots(struct pool_slots *slots)
{
    struct pool_slots grown = { 0 };
    size_t mask;

    OWN_ROOM(&grown, slots->len ? slots->len * 2 : FIRST_SLOTS);
    grown.len = slots->len ? slots->len * 2 : FIRST_SLOTS;
    mask = grown.len - 1;
    for (size_t i = 0; i < slots->len; i++) {
        size_t to = slots->at[i].hash & mask;

        if (slots->at[i].number == 0)
            continue;
        while (grown.at[to].number != 0)
            to = (to + 1) & mask;
        grown.at[to] = slots->at[i];
    }
    OWN_DONE(slots);
    *slots = grown;
}

static uint32_t append(struct pool *pool, struct str text)
{
    size_t offset = pool->bytes.len ? pool->bytes.len : HEAD; /* offset 0 is the empty text */

    OWN_ROOM(&pool->bytes, offset + HEAD + text.len);
    pool->bytes.at[offset] = (char)(text.len & 255);
    pool->bytes.at[offset + 1] = (char)(text.len >> 8);
    memcpy(pool->bytes.at + offset + HEAD, text.ptr, text.len);
    pool->bytes.len = offset + HEAD + text.len;
    return (uint32_t)offset;
}

static uint32_t enter(struct pool *pool, struct str text)
{
    if (pool->bytes.len + 2 * HEAD + text.len > UINT32_MAX)
        pool->is_full = true;
    OWN_PUSH(&pool->offsets, pool->is_full || text.len == 0 ? 0 : append(pool, text));
    return (uint32_t)pool->offsets.len;
}

uint32_t pool_number(struct pool *pool, struct str text)
{
    struct pool_slot *slot;
    uint32_t hash;

    text = str_take(text, POOL_TEXT_MAX);
    hash = (uint32_t)pool_hash(0, text);
    if (pool->offsets.len + pool->offsets.len / 2 >= pool->slots.len)
        pool_grow_slots(&pool->slots);
    slot = slot_of(pool, text, hash);
    if (slot->number == 0)
        *slot = (struct pool_slot){ hash, enter(pool, text) };
    return slot->number - 1;
}

bool pool_find(const struct pool *pool, struct str text, uint32_t *number)
{
    const struct pool_slot *slot;

    if (pool->slots.len == 0)
        return false;
    text = str_take(text, POOL_TEXT_MAX);
    slot = slot_of(pool, text, (uint32_t)pool_hash(0, text));
    if (slot->number == 0)
        return false;
    *number = slot->number - 1;
    return true;
}

uint32_t pool_add(struct pool *pool, struct str text)
{
    uint32_t number;

    if (text.len == 0)
        return 0;
    number = pool_number(pool, text); /* may move the offsets */
    return pool->offsets.at[number];
}

void pool_done(struct pool *pool)
{
    OWN_DONE(&pool->bytes);
    OWN_DONE(&pool->offsets);
    OWN_DONE(&pool->slots);
}
