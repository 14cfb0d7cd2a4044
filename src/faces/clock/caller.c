#include "faces/clock/caller.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/log.h"
#include "base/record.h"
#include "domain/access/hook.h"
#include "faces/clock/beat.h"
#include "faces/clock/caller.sql.h"
#include "outside/call.h"
#include "outside/peer.h"
#include "store/store.h"

enum {
    LOOK_MS = 500,
    REST_MS = 60 * 1000,
    POLL_MS = 50,
    PEER_WAIT_MS = 60000,
    WAIT_MS = (CALL_SECONDS + 5) * 1000,
    MEMORY = 4 << 20
};

struct caller {
    const struct desk *desk;
    struct beat beat;
};

static bool due(const struct desk *desk, struct utc now, struct arena *arena, struct hook_ids *out,
                struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t hold;

    *out = (struct hook_ids){ 0 };
    return tx_begin(desk->store, TX_READ, &tx, err) &&
                   store_number(tx, &sql_caller_hold, NO_BINDS, 0, &hold, err) &&
                   (hold != 0 || hook_due(tx, now, CALL_SLOTS, arena, out, err))
               ? true
               : PASS(err);
}

static bool compose(const struct desk *desk, int64_t id, struct utc now, struct arena *arena,
                    struct hook_call *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk->store, TX_READ, &tx, err) &&
                   hook_compose(tx, desk->vault, id, now, arena, out, err)
               ? true
               : PASS(err);
}

static bool start(const struct desk *desk, size_t slot, const struct hook_call *call,
                  struct arena *arena, struct err *err)
{
    struct buf body = buf_new(arena, MEMORY / 8);
    struct str record, reply;

    record_put_int(&body, "slot", (int64_t)slot);
    record_put(&body, "url", call->url);
    record_put(&body, "id", call->id);
    record_put(&body, "timestamp", call->timestamp);
    record_put(&body, "signature", call->signature);
    record_put(&body, "body", call->body);
    record_put_int(&body, "private_ok", desk->settings->webhooks_private);
    return buf_done(&body, &record, err) &&
                   peer_call(desk->courier, PEER_CALL, record, PEER_WAIT_MS, arena, &reply, err)
               ? true
               : PASS(err);
}

/* Waits until that slot's call has ended. False: it is time to end, or the courier does not answer. */
static bool wait_for(struct caller *caller, size_t slot, struct arena *arena, bool *is_taken,
                     struct str *words, struct err *err)
{
    struct buf body = buf_new(arena, 64);
    struct str record, reply;

    record_put_int(&body, "slot", (int64_t)slot);
    if (!buf_done(&body, &record, err))
        return PASS(err);
    for (int waited = 0; waited < WAIT_MS; waited += POLL_MS) {
        int64_t result;

        if (!peer_call(caller->desk->courier, PEER_CALL_LOOK, record, PEER_WAIT_MS, arena, &reply,
                       err))
            return PASS(err);
        result = record_get_int(reply, "result", CALL_FAILED);
        *is_taken = result == CALL_TAKEN;
        *words = record_get(reply, "words");
        if (result != CALL_RUNNING)
            return true;
        if (!beat_wait(&caller->beat, POLL_MS))
            break;
    }
    return FAIL(err, UNAVAILABLE, STR("a webhook"));
}

static bool keep(const struct desk *desk, int64_t id, bool is_taken, struct str words,
                 struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk->store, TX_WRITE, &tx, err) &&
                   hook_outcome(tx, id, is_taken, words, utc_now(), arena, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* All at once; what could not even be started counts as a failed attempt. */
static bool call_due(struct caller *caller, bool *has_called, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MEMORY);
    bool is_started[CALL_SLOTS] = { false };
    struct hook_call calls[CALL_SLOTS];
    struct utc now = utc_now();
    struct hook_ids ids;

    if (!due(caller->desk, now, arena, &ids, err))
        return PASS(err);
    *has_called = ids.len > 0;
    for (size_t i = 0; i < ids.len; i++) {
        struct err why = { 0 };

        if (!compose(caller->desk, ids.at[i], now, arena, &calls[i], err))
            return PASS(err);
        is_started[i] = start(caller->desk, i, &calls[i], arena, &why);
        if (!is_started[i])
            log_error("webhook", STR_NONE, &why);
    }
    for (size_t i = 0; i < ids.len; i++) {
        struct str words = STR("it could not be called");
        bool is_taken = false;
        struct err why = { 0 };

        if (is_started[i] && !wait_for(caller, i, arena, &is_taken, &words, err))
            return PASS(err);
        if (keep(caller->desk, ids.at[i], is_taken, words, arena, &why))
            continue;
        if (why.code != ERR_ABSENT) { /* removed meanwhile */
            *err = why;
            return PASS(err);
        }
    }
    return true;
}

static void *run(void *context)
{
    struct caller *caller = context;
    int ms = LOOK_MS;

    while (beat_wait(&caller->beat, ms)) {
        bool has_called = false;
        struct err err = { 0 };

        ms = LOOK_MS;
        if (call_due(caller, &has_called, &err)) {
            ms = has_called ? POLL_MS : LOOK_MS;
            continue;
        }
        if (beat_is_ending(&caller->beat))
            break;
        log_error("caller", STR_NONE, &err);
        ms = REST_MS;
    }
    return NULL;
}

bool caller_start(const struct desk *desk, struct caller **out, struct err *err)
{
    struct caller *caller = calloc(1, sizeof *caller);

    if (!caller)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    caller->desk = desk;
    if (!beat_start(&caller->beat, run, caller, err)) {
        free(caller);
        return PASS(err);
    }
    *out = caller;
    return true;
}

void caller_stop(struct caller *caller)
{
    if (!caller)
        return;
    beat_stop(&caller->beat);
    free(caller);
}
