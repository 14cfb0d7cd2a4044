/* domain/matching/pool.h: each text once. What is interned has a number that stays; equal texts have the same. */
#pragma once
#include "base/arena.h"

struct pool {
    struct arena *arena; /* its own; made with the first text */
    char *bytes;         /* each text after its length in two bytes, as the index file holds them */
    size_t len, cap;
    uint32_t *slots; /* number + 1; 0: free */
    size_t slot_count;
    uint32_t *offsets; /* of each number */
    size_t count, count_cap;
    bool is_full; /* four gigabytes of texts: what came later is empty */
};
enum { POOL_TEXT_MAX = 65535 };

/* The number of the text, from 0 in the order in which they came; texts beyond POOL_TEXT_MAX are cut. */
uint32_t pool_number(struct pool *pool, struct str text);
bool pool_find(const struct pool *pool, struct str text, uint32_t *number);
struct str pool_text(const struct pool *pool, uint32_t number);
/* The offset of the text; that of the empty text is 0. */
uint32_t pool_add(struct pool *pool, struct str text);
struct str pool_at(const struct pool *pool, uint32_t offset);
void pool_done(struct pool *pool);

uint64_t pool_hash(uint64_t seed, struct str text); /* the hash of the index's tables as well */
