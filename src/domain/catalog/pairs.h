/* domain/catalog/pairs.h: rows of two numbers, written many at a time in their order: one by one each would look for a page of its own. For this room alone. */
#pragma once
#include "base/arena.h"

struct err;
struct pairs;
struct query;
struct tx;

/* query: an INSERT that passes over what is there; first, second: its parameters. Lives in arena. */
struct pairs *pairs_new(struct tx *tx, const struct query *query, const char *first,
                        const char *second, struct arena *arena);
/* ERR_STORE */
MUST_CHECK bool pairs_add(struct pairs *pairs, int64_t first, int64_t second, struct err *err);
/* What is still to be written. ERR_STORE */
MUST_CHECK bool pairs_end(struct pairs *pairs, struct err *err);
