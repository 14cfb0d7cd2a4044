#include "faces/public/catalog.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "faces/public/catalog.sql.h"
#include "faces/public/context.h"
#include "store/kinds.h"

enum { PATH_MAX_LEN = 1024, LOOK_AGAIN_MS = 1000 };

struct public_catalog {
    char path[PATH_MAX_LEN];
    unsigned threads;
    pthread_mutex_t lock; /* of all below */
    struct store *store;  /* NULL: none could be opened yet */
    struct store *before; /* given up, until its last reader has ended */
    unsigned beginning;   /* threads between store_of and begun */
    struct utc looked;
};

bool public_catalog_new(struct str folder, unsigned threads, struct public_catalog **out,
                        struct err *err)
{
    CLEANUP(public_catalog_free_var) struct public_catalog *catalog = calloc(1, sizeof *catalog);

    if (!catalog)
        return FAIL(err, BUG, STR("memory for the catalogue"));
    pthread_mutex_init(&catalog->lock, NULL);
    catalog->threads = threads;
    if ((size_t)snprintf(catalog->path, sizeof catalog->path, "%.*s/catalog.db", STR_ARG(folder)) >=
        sizeof catalog->path)
        return FAIL(err, BUG, STR("a path of that length"));
    *out = TAKE(catalog);
    return true;
}

void public_catalog_free(struct public_catalog *catalog)
{
    if (!catalog)
        return;
    store_close(catalog->before);
    store_close(catalog->store);
    pthread_mutex_destroy(&catalog->lock);
    free(catalog);
}

/* Opens it when it is not open and the last look is a while ago. Under the lock. */
static void look(struct public_catalog *catalog, struct utc now)
{
    const struct store_options options = { .path = catalog->path,
                                           .kind = &store_catalog,
                                           .read_only = true,
                                           .connections = catalog->threads };
    struct err why = { 0 };

    if (catalog->before && catalog->beginning == 0 && store_is_idle(catalog->before)) {
        store_close(catalog->before);
        catalog->before = NULL;
    }
    if (catalog->store ||
        (now.ms >= catalog->looked.ms && now.ms - catalog->looked.ms < LOOK_AGAIN_MS))
        return;
    catalog->looked = now;
    (void)!store_open(&options, &catalog->store, &why); /* NULL: it is not there, or not ready */
}

/* A connection that cannot begin is of no use any more: its file was replaced, or nobody who may write had it open. */
static void give_up(struct public_catalog *catalog, struct store *store)
{
    pthread_mutex_lock(&catalog->lock);
    if (catalog->store == store && !catalog->before) {
        catalog->before = store;
        catalog->store = NULL;
        catalog->looked = (struct utc){ 0 };
    }
    pthread_mutex_unlock(&catalog->lock);
}

static struct store *store_of(struct public_catalog *catalog, struct utc now)
{
    struct store *store;

    pthread_mutex_lock(&catalog->lock);
    look(catalog, now);
    store = catalog->store;
    catalog->beginning += store != NULL;
    pthread_mutex_unlock(&catalog->lock);
    return store;
}

/* BEGIN alone reads nothing: what cannot be read shows at the first statement. */
static bool begin(struct store *store, struct tx **out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t ignored;

    if (!tx_begin(store, TX_READ, &tx, err) ||
        !store_number(tx, &sql_catalog_moment, NO_BINDS, 0, &ignored, err))
        return PASS(err);
    *out = TAKE(tx);
    return true;
}

static void begun(struct public_catalog *catalog)
{
    pthread_mutex_lock(&catalog->lock);
    catalog->beginning--;
    pthread_mutex_unlock(&catalog->lock);
}

bool public_catalog_begin(const struct request *req, struct tx **out, struct err *err)
{
    struct public_catalog *catalog = public_of(req)->catalog;

    for (int tries = 0; tries < 2; tries++) {
        struct store *store = catalog ? store_of(catalog, req->now) : NULL;
        bool ok;

        if (!store)
            return FAIL(err, ABSENT, STR("catalog"));
        *err = (struct err){ 0 };
        ok = begin(store, out, err);
        begun(catalog);
        if (ok)
            return true;
        if (err->code != ERR_STORE)
            return PASS(err);
        give_up(catalog, store);
    }
    return PASS(err);
}
