#include "faces/clock/feeder.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "base/err.h"
#include "base/log.h"
#include "base/record.h"
#include "domain/advisory/follow.h"
#include "domain/feed/feed.h"
#include "domain/myjvn/files.h"
#include "domain/myjvn/own.h"
#include "faces/clock/beat.h"
#include "outside/fetch.h"
#include "outside/peer.h"
#include "seal/seal.h"

enum {
    LOOK_MS = 500,
    PEER_MS = 20000,
    MEMORY = 8 << 20,
    BODY_MAX = 16 << 10,
    KEEP_MAX = 64 * FEEDS_MAX
};

struct feeder {
    const struct desk *desk;
    struct beat beat;
    struct peer *importer; /* the process that imports now; under the beat's lock */
    int64_t followed;      /* publications that the catalogue knows of */
    struct hash kept;      /* of what the courier was told to keep last; zeros: to be told */
};

/* One feed's turn. */
struct turn {
    struct feeder *feeder;
    struct arena *arena;
    struct feed feed;
};

/* False when it is time to end. */
static bool wait_a_little(struct feeder *feeder) { return beat_wait(&feeder->beat, LOOK_MS); }

/* ---- what is kept ---- */

static bool next_due(struct feeder *feeder, struct arena *arena, struct feed *out, bool *is_there,
                     struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(feeder->desk->store, TX_READ, &tx, err) &&
                   feed_due(tx, utc_now(), arena, out, is_there, err)
               ? true
               : PASS(err);
}

static bool note_began(struct turn *turn, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(turn->feeder->desk->store, TX_WRITE, &tx, err) &&
                   feed_began(tx, &turn->feed, utc_now(), err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool note_read(struct turn *turn, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(turn->feeder->desk->store, TX_WRITE, &tx, err) &&
                   feed_is_read(tx, &turn->feed, err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool note_same(struct turn *turn, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(turn->feeder->desk->store, TX_WRITE, &tx, err) &&
                   feed_is_same(tx, &turn->feed, utc_now(), err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool note_taken(struct turn *turn, const struct feed *took, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(turn->feeder->desk->store, TX_WRITE, &tx, err) &&
                   feed_was_taken(tx, &turn->feed, took, utc_now(), err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool note_failed(struct turn *turn, const struct fetch_state *state, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str piece = state->result == FETCH_LATER && state->bytes > 0 ? state->etag : STR_NONE;

    LOG("feed-failed", { "feed", turn->feed.name }, { "why", state->words });
    return tx_begin(turn->feeder->desk->store, TX_WRITE, &tx, err) &&
                   feed_failed(tx, &turn->feed, state->words, piece, state->retry_seconds,
                               utc_now(), err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* ---- the courier ---- */

static struct str name_of(int64_t feed, struct arena *arena)
{
    return arena_printf(arena, "feed%lld", (long long)feed);
}

static struct str file_name(const struct turn *turn) { return name_of(turn->feed.id, turn->arena); }

static bool ask_to_fetch(struct turn *turn, struct err *err)
{
    const struct feed *feed = &turn->feed;
    struct buf body = buf_new(turn->arena, BODY_MAX);
    struct str record, reply;

    record_put(&body, "name", file_name(turn));
    record_put(&body, "url", feed->url);
    record_put_int(&body, "plain_ok", turn->feeder->desk->settings->feeds_plain_http);
    record_put(&body, "etag", feed->etag);
    record_put(&body, "modified", feed->modified);
    record_put(&body, "part_etag", feed->part_etag);
    record_put(&body, "sum_url", feed->sum_url);
    record_put(&body, "sum_known", feed->sum);
    record_put(&body, "header", STR(""));
    record_put_int(&body, "max_bytes", feed->max_bytes);
    return buf_done(&body, &record, err) && peer_call(turn->feeder->desk->courier, PEER_FETCH,
                                                      record, PEER_MS, turn->arena, &reply, err)
               ? true
               : PASS(err);
}

/* The answer is a stranger's, by way of the courier: numbers in their limits and texts that may be kept. */
static bool look_at_fetch(struct turn *turn, struct fetch_state *out, struct err *err)
{
    struct str reply, *texts[] = { &out->etag, &out->modified, &out->sum, &out->words };

    if (!peer_call(turn->feeder->desk->courier, PEER_FETCH_LOOK, STR(""), PEER_MS, turn->arena,
                   &reply, err))
        return PASS(err);
    *out = (struct fetch_state){ .result = (enum fetch_result)record_get_int(reply, "result", -1),
                                 .bytes = record_get_int(reply, "bytes", 0),
                                 .retry_seconds = record_get_int(reply, "retry_seconds", 0),
                                 .etag = record_get(reply, "etag"),
                                 .modified = record_get(reply, "modified"),
                                 .sum = record_get(reply, "sum"),
                                 .words = record_get(reply, "words") };
    if (out->result > FETCH_REFUSED || out->bytes < 0 || out->retry_seconds < 0)
        return FAIL(err, PEER, STR("the courier's answer cannot be read"));
    for (size_t i = 0; i < COUNT(texts); i++)
        if (texts[i]->len > FETCH_MARK_MAX || !str_is_utf8(*texts[i]) ||
            !str_is_plain(*texts[i], false))
            return FAIL(err, PEER, STR("the courier's answer cannot be read"));
    return true;
}

/* False with err->code ERR_NONE: it is time to end. */
static bool fetch(struct turn *turn, struct fetch_state *out, struct err *err)
{
    struct arena *whole = turn->arena;

    if (!ask_to_fetch(turn, err))
        return PASS(err);
    for (;;) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(MEMORY);
        bool looked;

        turn->arena = arena;
        looked = look_at_fetch(turn, out, err);
        turn->arena = whole;
        if (!looked)
            return PASS(err);
        if (out->result != FETCH_RUNNING) {
            out->etag = arena_str(whole, out->etag);
            out->modified = arena_str(whole, out->modified);
            out->sum = arena_str(whole, out->sum);
            out->words = arena_str(whole, out->words);
            return true;
        }
        if (!wait_a_little(turn->feeder))
            return false;
    }
}

static bool list_pieces(const struct feeder *feeder, struct arena *arena, struct str *record,
                        struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct buf body = buf_new(arena, KEEP_MAX);
    struct feed_ids feeds;

    if (!tx_begin(feeder->desk->store, TX_READ, &tx, err) || !feed_pieces(tx, arena, &feeds, err))
        return PASS(err);
    for (size_t i = 0; i < feeds.len; i++)
        record_put(&body, "name", name_of(feeds.at[i], arena));
    return buf_done(&body, record, err) ? true : PASS(err);
}

/* A file is needed until it is taken in, and a piece of one until the rest comes; the others go after each turn, and with a feed that is removed. What
 * could not be told is told after the next turn. */
static bool keep(struct feeder *feeder, struct arena *arena, struct err *err)
{
    struct str record, reply;
    struct hash hash;

    if (!list_pieces(feeder, arena, &record, err))
        return PASS(err);
    hash = hash_of(record);
    if (hash_eq(hash, feeder->kept))
        return true;
    feeder->kept = hash;
    return peer_call(feeder->desk->courier, PEER_FETCH_KEEP, record, PEER_MS, arena, &reply, err)
               ? true
               : PASS(err);
}

/* ---- the import ---- */

static bool spawn(struct turn *turn, struct peer **out, struct err *err)
{
    struct str reply;
    int fd;

    if (!peer_call_fd(turn->feeder->desk->supervisor, PEER_SPAWN_IMPORT, STR(""), PEER_MS,
                      turn->arena, &reply, &fd, err))
        return PASS(err);
    if (fd < 0)
        return FAIL(err, PEER, STR("no process came"));
    *out = peer_new(fd);
    return true;
}

/* Whoever ends us can reach it meanwhile. */
static bool hold(struct feeder *feeder, struct peer *importer)
{
    bool ending;

    pthread_mutex_lock(&feeder->beat.lock);
    feeder->importer = importer;
    ending = feeder->beat.is_ending;
    pthread_mutex_unlock(&feeder->beat.lock);
    return !ending;
}

static bool import(struct turn *turn, struct feed *took, struct err *err)
{
    CLEANUP(peer_free_var) struct peer *importer = NULL;
    struct buf body = buf_new(turn->arena, BODY_MAX);
    struct str record, reply;
    bool done;

    record_put(&body, "name", file_name(turn));
    record_put(&body, "format", turn->feed.format);
    record_put(&body, "from", turn->feed.url);
    if (!buf_done(&body, &record, err) || !spawn(turn, &importer, err))
        return PASS(err);
    done = hold(turn->feeder, importer) &&
           peer_call(importer, PEER_IMPORT, record, 0, turn->arena, &reply, err);
    (void)hold(turn->feeder, NULL);
    if (!done)
        return err->code == ERR_NONE ? false : PASS(err);
    took->read = record_get_int(reply, "read", 0);
    took->added = record_get_int(reply, "added", 0);
    took->changed = record_get_int(reply, "changed", 0);
    took->refused = record_get_int(reply, "refused", 0);
    return true;
}

/* ---- a turn ---- */

static bool fail_as(struct turn *turn, const struct err *why, struct err *err)
{
    struct fetch_state state = { .words = arena_printf(turn->arena, "%s: %s", err_name(why->code),
                                                       why->subject) };

    return note_failed(turn, &state, err) ? true : PASS(err);
}

static bool take(struct turn *turn, const struct fetch_state *state, struct err *err)
{
    struct feed took = {
        .etag = state->etag, .modified = state->modified, .sum = state->sum, .bytes = state->bytes
    };
    struct err why = { 0 };

    if (!note_read(turn, err))
        return PASS(err);
    if (import(turn, &took, &why)) {
        LOG("feed-taken", { "feed", turn->feed.name },
            { "read", arena_printf(turn->arena, "%lld", (long long)took.read) });
        return note_taken(turn, &took, err) ? true : PASS(err);
    }
    return beat_is_ending(&turn->feeder->beat) || fail_as(turn, &why, err) ? true : PASS(err);
}

static bool run_turn(struct turn *turn, struct err *err)
{
    struct fetch_state state = { 0 };
    struct err why = { 0 };

    if (!note_began(turn, err))
        return PASS(err);
    if (!fetch(turn, &state, &why))
        return beat_is_ending(&turn->feeder->beat) || fail_as(turn, &why, err) ? true : PASS(err);
    switch (state.result) {
    case FETCH_NEW:
        return take(turn, &state, err) ? true : PASS(err);
    case FETCH_SAME:
        return note_same(turn, err) ? true : PASS(err);
    default:
        return note_failed(turn, &state, err) ? true : PASS(err);
    }
}

/* Our own advisories are the first of all feeds. While an import writes they wait. Rule: PUB-14 */
static bool follow(struct feeder *feeder, struct err *err)
{
    const struct desk *desk = feeder->desk;
    struct err why = { 0 };
    int64_t publications;
    size_t count;

    if (!desk->catalog || !desk->world)
        return true;
    if (!advisory_publications(desk->world, &publications, err))
        return PASS(err);
    if (publications == feeder->followed)
        return true;
    if (!advisory_follow(desk->world, desk->catalog, desk->settings->entry_prefix, utc_now(),
                         &count, &why)) {
        if (why.code == ERR_STORE_BUSY)
            return true;
        *err = why;
        return PASS(err);
    }
    feeder->followed = publications;
    return true;
}

/* What has a number of our own series is told to the readers of JVN's interface and files as well. */
static bool tell_own(struct feeder *feeder, struct arena *arena, struct err *err)
{
    const struct desk *desk = feeder->desk;
    const struct myjvn_site site = myjvn_site_from(desk->settings);
    const struct myjvn_filing filing = { &site, utc_now(), MYJVN_LARGE_YEAR };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err why = { 0 };
    bool waits;

    if (!desk->catalog)
        return true;
    if (!tx_begin(desk->catalog, TX_READ, &tx, err) || !myjvn_own_waits(tx, &waits, err))
        return PASS(err);
    tx_end(TAKE(tx));
    if (!waits)
        return true;
    if (!tx_begin(desk->catalog, TX_WRITE, &tx, &why) || !myjvn_take_own(tx, &why) ||
        !tx_commit(&tx, &why)) {
        if (why.code == ERR_STORE_BUSY)
            return true;
        *err = why;
        return PASS(err);
    }
    return myjvn_make_files(desk->catalog, arena_printf(arena, "%s/public", desk->state_folder),
                            &filing, err)
               ? true
               : PASS(err);
}

static void *run(void *context)
{
    struct feeder *feeder = context;

    while (wait_a_little(feeder)) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(MEMORY);
        struct turn turn = { .feeder = feeder, .arena = arena };
        struct err err = { 0 };
        bool is_there = false;

        if (!follow(feeder, &err) || !tell_own(feeder, arena, &err) ||
            !next_due(feeder, arena, &turn.feed, &is_there, &err) ||
            (is_there && !run_turn(&turn, &err)))
            log_error("feeder", STR_NONE, &err);
        if (is_there)
            feeder->kept = (struct hash){ 0 };
        err = (struct err){ 0 };
        if (!keep(feeder, arena, &err))
            log_error("feeder-keep", STR_NONE, &err);
    }
    return NULL;
}

/* ---- its life ---- */

static bool clear(const struct desk *desk, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk->store, TX_WRITE, &tx, err) && feed_clear_steps(tx, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool feeder_start(const struct desk *desk, struct feeder **out, struct err *err)
{
    struct feeder *feeder;

    if (!clear(desk, err))
        return PASS(err);
    feeder = calloc(1, sizeof *feeder);
    if (!feeder)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    feeder->desk = desk;
    feeder->followed = -1;
    if (!beat_start(&feeder->beat, run, feeder, err)) {
        free(feeder);
        return PASS(err);
    }
    *out = feeder;
    return true;
}

void feeder_stop(struct feeder *feeder)
{
    if (!feeder)
        return;
    beat_tell(&feeder->beat);
    pthread_mutex_lock(&feeder->beat.lock);
    if (feeder->importer)
        (void)shutdown(peer_fd(feeder->importer), SHUT_RDWR);
    pthread_mutex_unlock(&feeder->beat.lock);
    beat_stop(&feeder->beat);
    free(feeder);
}
