/* domain/matching/pool.h: each text once. What is interned has a number that stays; equal texts have the same. */
#pragma once
#include "base/str.h"
#include "domain/matching/own.h"

struct pool_slot {
    uint32_t hash, number; /* number + 1; 0: free */
};
struct pool_slots {
    OWN_LIST_OF(struct pool_slot);
};
struct pool {
    struct {
        OWN_LIST_OF(char);
    } bytes; /* each text after its length in two bytes, as the index file holds them */
    struct {
        OWN_LIST_OF(uint32_t);
    } offsets;               /* of each number */
    struct pool_slots slots; /* a power of two */
    bool is_full;            /* four gigabytes of texts: what came later is empty */
};
enum { POOL_TEXT_MAX = 65535 };

/* The number of the text, from 0 in the order in which they came; texts beyond POOL_TEXT_MAX are cut. */
uint32_t pool_number(struct pool *pool, struct str text);
bool pool_find(const struct pool *pool, struct str text, uint32_t *number);
size_t pool_count(const struct pool *pool);
struct str pool_text(const struct pool *pool, uint32_t number);
/* The offset of the text; that of the empty text is 0. */
uint32_t pool_add(struct pool *pool, struct str text);
struct str pool_at(const struct pool *pool, uint32_t offset);
/* All of them as the index file holds them. */
struct str pool_bytes(const struct pool *pool);
void pool_done(struct pool *pool);
/* Twice the slots; the hashes that stand in them suffice. */
void pool_grow_slots(struct pool_slots *slots);

uint64_t pool_hash(uint64_t seed, struct str text); /* the hash of the index's tables as well */
