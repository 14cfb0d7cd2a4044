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

/* For VEC_PUSH only: doubles the room; the old block stays in the arena until its end. */
void *vec_grow(struct arena *arena, void *at, size_t len, size_t *cap, size_t size);
