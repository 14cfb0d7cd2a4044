/* domain/matching/own.h: lists that grow large: each in memory of its own, so that what it has outgrown is given back at once. */
#pragma once
#include "base/vec.h"

#define OWN_LIST_OF(type) \
    VEC_OF(type);         \
    struct arena *own

#define OWN_PUSH(list, ...)                      \
    do {                                         \
        if ((list)->len == (list)->cap)          \
            OWN_ROOM((list), (list)->len + 1);   \
        (list)->at[(list)->len++] = __VA_ARGS__; \
    } while (0)
/* At least so many elements have room. */
#define OWN_ROOM(list, count)                                                                   \
    do {                                                                                        \
        if ((list)->cap < (count))                                                              \
            (list)->at = own_grow(&(list)->own, (list)->at, (list)->len, &(list)->cap, (count), \
                                  sizeof *(list)->at);                                          \
    } while (0)
/* Empties it. */
#define OWN_DONE(list)                 \
    do {                               \
        arena_drop((list)->own);       \
        (list)->own = NULL;            \
        (list)->at = NULL;             \
        (list)->len = (list)->cap = 0; \
    } while (0)

/* For these only: what stood there moves, what is behind it is zero. */
void *own_grow(struct arena **own, const void *at, size_t len, size_t *cap, size_t count,
               size_t size);
