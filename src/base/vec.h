/* base/vec.h: a list that grows in an arena. struct { VEC_OF(struct row); } list = { 0 }; VEC_PUSH(arena, &list, row); */
#pragma once
#include "base/arena.h"

#define VEC_OF(type) \
    type *at;        \
    size_t len, cap

#define VEC_PUSH(arena, vec, ...)                                                                  \
    do {                                                                                           \
        if ((vec)->len == (vec)->cap)                                                              \
            (vec)->at = vec_grow((arena), (vec)->at, (vec)->len, &(vec)->cap, sizeof(*(vec)->at)); \
        (vec)->at[(vec)->len++] = __VA_ARGS__;                                                     \
    } while (0)

/* Room for exactly n in a list that has none yet, where the end is known before it is built; more than n still fit. */
#define VEC_ROOM(arena, vec, n)                                          \
    do {                                                                 \
        if ((vec)->cap == 0 && (n) > 0) {                                \
            (vec)->at = arena_alloc_n((arena), (n), sizeof(*(vec)->at)); \
            (vec)->cap = (n);                                            \
        }                                                                \
    } while (0)

/* For VEC_PUSH only: doubles the room; the old block stays in the arena until its end. */
void *vec_grow(struct arena *arena, void *at, size_t len, size_t *cap, size_t size);
