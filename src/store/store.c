#include "store/store_internal.h"

#include "base/err.h"
#include "base/fs.h"
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

bool store_open(const struct store_options *options, struct store **out, struct err *err)
{
    CLEANUP(store_close_var) struct store *store = calloc(1, sizeof *store);

    if (!store)
        return FAIL(err, STORE, STR("memory for a store"));
    pthread_mutex_init(&store->lock, NULL);
    pthread_cond_init(&store->changed, NULL);
    store->kind = options->kind;
    store->connections_max = options->connections ? options->connections : STORE_CONNECTIONS;
    store->is_read_only = options->read_only;
    store->path = strdup(options->path);
    if (!store->path)
        return FAIL(err, STORE, STR("memory for a store"));
    assert(!options->is_fresh || (options->create && options->kind->is_fast));
    /* Nobody asks how much memory SQLite has, and each piece would take a lock to be counted. Once it has begun this is refused and changes nothing. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if ((options->is_fresh && !fresh_begin(store, err)) || !store_prepare(store, options, err))
        return PASS(err);
    *out = TAKE(store);
    return true;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    assert(!store->has_writer);
    while (store->free_readers) {
        struct connection *reader = store->free_readers;

        store->free_readers = reader->next_free;
        store->reader_count--;
        connection_close(reader);
    }
    assert(store->reader_count == 0); /* a transaction still open is our mistake */
    connection_close(store->writer);
    fresh_drop(store);
    if (store->beside)
        store->beside_free(store->beside);
    pthread_cond_destroy(&store->changed);
    pthread_mutex_destroy(&store->lock);
    free(store->path);
    free(store);
}

int store_version(const struct store *store) { return store->version; }

bool store_is_stopped(const struct store *store) { return atomic_load(&store->is_stopped); }

bool store_is_idle(struct store *store)
{
    unsigned free = 0;
    bool is_idle;

    pthread_mutex_lock(&store->lock);
    for (const struct connection *reader = store->free_readers; reader; reader = reader->next_free)
        free++;
    is_idle = free == store->reader_count && !store->has_writer;
    pthread_mutex_unlock(&store->lock);
    return is_idle;
}

void *store_beside(struct tx *tx, void *(*make)(void), void (*free)(void *thing))
{
    struct store *store = tx->store;
    void *beside;

    if (tx->kind == TX_WRITE)
        return NULL;
    pthread_mutex_lock(&store->lock);
    if (!store->beside) {
        store->beside = make();
        store->beside_free = free;
    }
    beside = store->beside;
    pthread_mutex_unlock(&store->lock);
    return beside;
}

int64_t store_statement_count(const struct store *store)
{
    return atomic_load_explicit(&store->statement_count, memory_order_relaxed);
}

/* A free reader, or a new one while there may be more, or the next that is given back; NULL after
 * five seconds. */
static bool take_reader(struct store *store, struct connection **out, struct err *err)
{
    struct timespec until;
    int rc = 0;

    assert(!store->final_path); /* there is nothing to read before the first commit */
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += STORE_BUSY_MS / 1000;
    pthread_mutex_lock(&store->lock);
    while (!store->free_readers && store->reader_count >= store->connections_max && rc != ETIMEDOUT)
        rc = pthread_cond_timedwait(&store->changed, &store->lock, &until);
    if (store->free_readers) {
        *out = store->free_readers;
        store->free_readers = (*out)->next_free;
        pthread_mutex_unlock(&store->lock);
        return true;
    }
    if (store->reader_count >= store->connections_max) {
        pthread_mutex_unlock(&store->lock);
        return FAIL(err, STORE_BUSY, STR("connections"));
    }
    store->reader_count++; /* its place is taken before it is there */
    pthread_mutex_unlock(&store->lock);
    if (connection_open(store, store->path, false, out, err) &&
        connection_run(*out, "PRAGMA query_only = ON", err))
        return true;
    connection_close(*out);
    pthread_mutex_lock(&store->lock);
    store->reader_count--;
    pthread_cond_broadcast(&store->changed);
    pthread_mutex_unlock(&store->lock);
    return PASS(err);
}

static void take_writer(struct store *store)
{
    uint64_t ticket;

    pthread_mutex_lock(&store->lock);
    /* A second write transaction in one thread would wait for itself. */
    assert(!store->has_writer || !pthread_equal(store->writing, pthread_self()));
    ticket = store->next_ticket++;
    while (store->serving != ticket)
        pthread_cond_wait(&store->changed, &store->lock);
    store->has_writer = true;
    store->writing = pthread_self();
    pthread_mutex_unlock(&store->lock);
}

static void give_back(struct store *store, struct connection *connection)
{
    pthread_mutex_lock(&store->lock);
    if (connection == store->writer) {
        store->has_writer = false;
        store->serving++;
    } else {
        connection->next_free = store->free_readers;
        store->free_readers = connection;
    }
    pthread_cond_broadcast(&store->changed);
    pthread_mutex_unlock(&store->lock);
}

bool tx_begin(struct store *store, enum tx_kind kind, struct tx **out, struct err *err)
{
    struct connection *connection = NULL;
    struct tx *tx;

    assert(kind == TX_READ || !store->is_read_only);
    if (kind == TX_WRITE) {
        take_writer(store);
        connection = store->writer;
        if (atomic_load(&store->is_stopped)) {
            give_back(store, connection);
            return FAIL(err, STORE, STR("stopped"));
        }
    } else if (!take_reader(store, &connection, err)) {
        return PASS(err);
    }
    tx = calloc(1, sizeof *tx);
    if (!tx) {
        give_back(store, connection);
        return FAIL(err, STORE, STR("memory for a transaction"));
    }
    *tx = (struct tx){ .store = store, .connection = connection, .kind = kind };
    connection->tx = tx;
    if (!connection_run(connection, kind == TX_WRITE ? "BEGIN IMMEDIATE" : "BEGIN", err)) {
        tx_end(tx);
        return PASS(err);
    }
    *out = tx;
    return true;
}

void tx_end(struct tx *tx)
{
    struct connection *connection;

    if (!tx)
        return;
    connection = tx->connection;
    assert(connection->rows_open == 0); /* rows end before their transaction */
    if (connection->sqlite && !sqlite3_get_autocommit(connection->sqlite)) {
        struct err ignored = { 0 };

        /* Nothing is promised by a rollback: what cannot be undone now is undone at the next start.
         */
        if (!connection_run(connection, "ROLLBACK", &ignored))
            atomic_store(&tx->store->is_stopped, true);
    }
    connection->tx = NULL;
    give_back(tx->store, connection);
    free(tx);
}

/* What the log holds goes into the file from time to time. SQLite would do it inside the commit and
 * say nothing when the disk fails, although that is where it would show first. */
static void checkpoint(struct connection *connection)
{
    /* After a whole import the log is as long as the file. Readers are waited for: each of theirs is short. */
    int mode = connection->wal_pages > STORE_LOG_PAGES ? SQLITE_CHECKPOINT_TRUNCATE
                                                       : SQLITE_CHECKPOINT_PASSIVE;
    int rc;

    if (connection->wal_pages < STORE_CHECKPOINT_PAGES)
        return;
    connection->wal_pages = 0;
    rc = sqlite3_wal_checkpoint_v2(connection->sqlite, NULL, mode, NULL, NULL);
    if ((rc & 0xff) == SQLITE_IOERR)
        atomic_store(&connection->store->is_stopped, true);
}

/* Rule: T04: a failed sync is not tried again, because the second may succeed without the data. */
bool tx_commit(struct tx **owner, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = TAKE(*owner);
    struct connection *connection = tx->connection;

    assert(connection->rows_open == 0);
    if (sqlite3_get_autocommit(connection->sqlite))
        return FAIL(err, STORE, STR("the transaction was rolled back"));
    if (tx->kind == TX_WRITE && atomic_load(&tx->store->is_stopped))
        return FAIL(err, STORE, STR("stopped"));
    if (!connection_run(connection, "COMMIT", err))
        return PASS(err);
    if (!fresh_settle(tx, err)) {
        atomic_store(&tx->store->is_stopped, true);
        return PASS(err);
    }
    if (tx->kind == TX_WRITE)
        checkpoint(connection);
    return true;
}

bool store_scratch(const struct tx *tx, int *fd, struct err *err)
{
    *fd = fs_open_nameless(tx->store->path);
    return *fd >= 0 ? true : FAIL(err, IO, STR("a file for what waits"));
}
