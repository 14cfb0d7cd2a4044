#include "domain/catalog/pairs.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/vec.h"
#include "store/store.h"

enum { MOST = 1 << 21 };

struct pair {
    int64_t first, second;
};
struct pairs {
    struct tx *tx;
    const struct query *query;
    const char *first, *second;
    struct arena *arena;
    struct {
        VEC_OF(struct pair);
    } list;
};

struct pairs *pairs_new(struct tx *tx, const struct query *query, const char *first,
                        const char *second, struct arena *arena)
{
    struct pairs *pairs = ARENA_NEW(arena, struct pairs);

    *pairs = (struct pairs){
        .tx = tx, .query = query, .first = first, .second = second, .arena = arena
    };
    return pairs;
}

static int compare(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    return x->first != y->first ? (x->first > y->first) - (x->first < y->first)
                                : (x->second > y->second) - (x->second < y->second);
}

bool pairs_end(struct pairs *pairs, struct err *err)
{
    if (pairs->list.len > 0)
        qsort(pairs->list.at, pairs->list.len, sizeof pairs->list.at[0], compare);
    for (size_t i = 0; i < pairs->list.len; i++) {
        const struct pair *pair = &pairs->list.at[i];

        if (!store_exec(
                pairs->tx, pairs->query,
                BINDS(bind_int(pairs->first, pair->first), bind_int(pairs->second, pair->second)),
                NULL, err))
            return PASS(err);
    }
    pairs->list.len = 0;
    return true;
}

bool pairs_add(struct pairs *pairs, int64_t first, int64_t second, struct err *err)
{
    if (pairs->list.len == MOST && !pairs_end(pairs, err))
        return PASS(err);
    VEC_PUSH(pairs->arena, &pairs->list, (struct pair){ first, second });
    return true;
}
