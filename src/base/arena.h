/* base/arena.h: memory that ends together: a request, an imported item, a test. */
#pragma once
#include "base/attr.h"
#include "base/str.h"

struct arena;

/* max: bytes it may hand out in all; beyond it, or when the machine has none left, the process ends (conventions 5):
 * the limits stand at the door, so this is our machine's trouble, not an input's. */
struct arena *arena_new(size_t max);
void arena_free(struct arena *arena);  /* NULL does nothing; contents are wiped */
void arena_drop(struct arena *arena);  /* frees without wiping: nothing in it is a secret */
void arena_reset(struct arena *arena); /* empties it, keeps the first block; contents are wiped */
/* For one that is filled and emptied again and again: arena_reset keeps up to that many bytes more, which need not come from the system each time. */
void arena_keep(struct arena *arena, size_t bytes);
DEFINE_CLEANUP(struct arena, arena_free)

void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type */
void *arena_alloc_n(struct arena *arena, size_t count,
                    size_t size); /* the same, count * size checked */
#define ARENA_NEW(arena, type)      ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_NEW_N(arena, n, type) ((type *)arena_alloc_n((arena), (n), sizeof(type)))

struct str arena_str(struct arena *arena, struct str s); /* a copy */
const char *arena_z(struct arena *arena,
                    struct str s); /* a copy with a NUL, for the border to the system */
struct str arena_printf(struct arena *arena, const char *format, ...) PRINTF(2, 3);
/* Texts behind each other: ARENA_JOIN(arena, name, STR("@"), version) */
struct str arena_join(struct arena *arena, const struct str *parts, size_t count);
#define ARENA_JOIN(arena, ...)                               \
    arena_join((arena), (const struct str[]){ __VA_ARGS__ }, \
               sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))
