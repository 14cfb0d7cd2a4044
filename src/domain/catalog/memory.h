/* domain/catalog/memory.h: what readers of an open catalogue share in memory: the columns of its newest state, made by the first who asks, and sets that are
 * remembered; and what unpacks records, which is costly to make. For this room alone. */
#pragma once
#include "domain/catalog/columns.h"
#include "domain/catalog/sets.h"

struct kept;
struct packer;
struct shared;

/* Of the state that a transaction sees. */
struct memory {
    struct columns *columns;
    struct sets *sets; /* NULL: nothing is to be remembered */
    struct shared *shared;
    struct kept *kept;
};
/* To be let go: CLEANUP(memory_let_go). One that writes shares nothing: what it sees may never be. ERR_STORE */
MUST_CHECK bool memory_hold(struct tx *tx, struct memory *out, struct err *err);
void memory_let_go(struct memory *memory); /* zeroes does nothing */

/* What one reader unpacks with until it gives it back: CLEANUP(lent_give_back). */
struct lent {
    struct packer *packer;
    struct shared *shared; /* NULL: it is nobody else's */
};
struct lent packer_lend(struct tx *tx);
void lent_give_back(struct lent *lent);
