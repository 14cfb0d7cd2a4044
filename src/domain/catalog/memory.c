#include "domain/catalog/memory.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/err.h"
#include "formats/archive/pack.h"
#include "store/store.h"

enum { PACKERS = 16 }; /* that wait at most: as many readers as there are mostly */

/* The columns of one state. It ends with its last user. */
struct kept {
    struct columns *columns;
    unsigned users; /* under the lock; one is `shared` while it is the newest */
};
struct shared {
    pthread_mutex_t making; /* by one at a time; taken before the lock */
    pthread_mutex_t lock;   /* of all below, for an instant */
    struct kept *newest;
    struct sets *sets;
    struct packer *packers[PACKERS]; /* that nobody has */
    size_t packer_count;
};

static void *shared_new(void)
{
    struct shared *shared = calloc(1, sizeof *shared);

    if (!shared)
        return NULL;
    pthread_mutex_init(&shared->making, NULL);
    pthread_mutex_init(&shared->lock, NULL);
    shared->sets = sets_new();
    return shared;
}

static void kept_leave(struct kept *kept)
{
    if (!kept || --kept->users > 0)
        return;
    columns_free(kept->columns);
    free(kept);
}

static void shared_free(void *object)
{
    struct shared *shared = object;

    kept_leave(shared->newest);
    while (shared->packer_count > 0)
        packer_free(shared->packers[--shared->packer_count]);
    sets_free(shared->sets);
    pthread_mutex_destroy(&shared->lock);
    pthread_mutex_destroy(&shared->making);
    free(shared);
}

/* *out->kept: NULL when what is kept is of another state. */
static void take(struct shared *shared, int64_t state, struct memory *out)
{
    pthread_mutex_lock(&shared->lock);
    if (shared->newest && shared->newest->columns->state == state) {
        shared->newest->users++;
        *out = (struct memory){ shared->newest->columns, shared->sets, shared, shared->newest };
    }
    pthread_mutex_unlock(&shared->lock);
}

/* Becomes the newest, unless it is older than that. */
static void keep(struct shared *shared, struct columns *columns, struct memory *out)
{
    struct kept *kept = calloc(1, sizeof *kept);

    *out = (struct memory){ .columns = columns, .sets = shared->sets };
    if (!kept)
        return;
    *kept = (struct kept){ columns, 1 };
    out->shared = shared;
    out->kept = kept;
    pthread_mutex_lock(&shared->lock);
    if (!shared->newest || shared->newest->columns->state < columns->state) {
        kept_leave(shared->newest);
        shared->newest = kept;
        kept->users++;
    }
    pthread_mutex_unlock(&shared->lock);
}

/* The newest one of all, whatever its state; NULL: there is none. To be left. */
static struct kept *take_newest(struct shared *shared)
{
    struct kept *newest;

    pthread_mutex_lock(&shared->lock);
    newest = shared->newest;
    if (newest)
        newest->users++;
    pthread_mutex_unlock(&shared->lock);
    return newest;
}

static void leave(struct shared *shared, struct kept *kept)
{
    pthread_mutex_lock(&shared->lock);
    kept_leave(kept);
    pthread_mutex_unlock(&shared->lock);
}

static bool make(struct tx *tx, struct shared *shared, struct memory *out, struct err *err)
{
    struct kept *before = take_newest(shared);
    struct columns *columns;
    bool ok = columns_make(tx, before ? before->columns : NULL, &columns, err);

    leave(shared, before);
    if (!ok)
        return PASS(err);
    keep(shared, columns, out);
    return true;
}

static bool hold_shared(struct tx *tx, struct shared *shared, int64_t state, struct memory *out,
                        struct err *err)
{
    bool ok;

    take(shared, state, out);
    if (out->kept)
        return true;
    pthread_mutex_lock(&shared->making);
    take(shared, state, out); /* another has made it meanwhile */
    ok = out->kept || make(tx, shared, out, err);
    pthread_mutex_unlock(&shared->making);
    return ok ? true : PASS(err);
}

bool memory_hold(struct tx *tx, struct memory *out, struct err *err)
{
    struct shared *shared = store_beside(tx, shared_new, shared_free);
    int64_t state;

    *out = (struct memory){ 0 };
    if (!shared)
        return columns_make(tx, NULL, &out->columns, err) ? true : PASS(err);
    return columns_state(tx, &state, err) && hold_shared(tx, shared, state, out, err) ? true
                                                                                      : PASS(err);
}

void memory_let_go(struct memory *memory)
{
    if (memory->shared)
        leave(memory->shared, memory->kept);
    else
        columns_free(memory->columns);
}

/* ---- packers ---- */

struct lent packer_lend(struct tx *tx)
{
    struct lent lent = { .shared = store_beside(tx, shared_new, shared_free) };
    struct shared *shared = lent.shared;

    if (shared) {
        pthread_mutex_lock(&shared->lock);
        if (shared->packer_count > 0)
            lent.packer = shared->packers[--shared->packer_count];
        pthread_mutex_unlock(&shared->lock);
    }
    if (!lent.packer)
        lent.packer = packer_new();
    return lent;
}

void lent_give_back(struct lent *lent)
{
    struct shared *shared = lent->shared;

    if (shared && lent->packer) {
        pthread_mutex_lock(&shared->lock);
        if (shared->packer_count < PACKERS)
            shared->packers[shared->packer_count++] = TAKE(lent->packer);
        pthread_mutex_unlock(&shared->lock);
    }
    packer_free(lent->packer);
}
