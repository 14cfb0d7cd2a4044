#include "faces/clock/clock.h"

#include "base/err.h"
#include "base/log.h"
#include "domain/access/account.h"
#include "domain/access/hook.h"
#include "domain/access/outbox.h"
#include "domain/access/repeat.h"
#include "domain/access/session.h"
#include "domain/advisory/proofs.h"
#include "domain/advisory/publishing.h"
#include "domain/casework/cve.h"
#include "domain/casework/due.h"
#include "domain/statistics/snapshot.h"
#include "faces/clock/beat.h"
#include "faces/clock/caller.h"
#include "faces/clock/clock.sql.h"
#include "faces/clock/feeder.h"
#include "faces/clock/post.h"
#include "faces/clock/watcher.h"
#include "store/store.h"
#include <stdlib.h>

enum {
    TICK_MS = 500,
    TIMERS_A_TICK = 50,
    BACK_TOLERANCE_MS = 2000,
    JUMP_MS = 5 * 60 * 1000,
    PURGE_EVERY_TICKS = 600,
    NUMBERS_EVERY_MS = 10 * 60 * 1000
};

struct clock {
    const struct desk *desk;
    struct caller *caller;   /* NULL: there is nobody to call */
    struct feeder *feeder;   /* NULL: there is nobody to fetch or to import */
    struct watcher *watcher; /* NULL: there is no catalogue */
    struct beat beat;
};

static struct publishing publishing_of(const struct desk *desk)
{
    return (struct publishing){ .casework = &desk->casework,
                                .desk = desk->store,
                                .world = desk->world };
}

/* ---- is the time sane, is anything held ---- */

static bool read_marks(const struct desk *desk, int64_t *mark, int64_t *hold, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk->store, TX_READ, &tx, err) &&
                   store_number(tx, &sql_clock_mark, NO_BINDS, 0, mark, err) &&
                   store_number(tx, &sql_clock_hold, NO_BINDS, 0, hold, err)
               ? true
               : PASS(err);
}

static bool set_mark(const struct desk *desk, struct utc now, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk->store, TX_WRITE, &tx, err) &&
                   store_exec(tx, &sql_clock_set_mark, BINDS(bind_utc("now", now)), NULL, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* ---- deadlines ---- */

static bool load_due(const struct desk *desk, struct utc now, struct arena *arena,
                     struct timers *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk->store, TX_READ, &tx, err) &&
                   timer_due(tx, now, TIMERS_A_TICK, arena, out, err)
               ? true
               : PASS(err);
}

static bool fire(const struct desk *desk, const struct timer *timer, struct utc now,
                 struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk->store, TX_WRITE, &tx, err) &&
                   due_fire(&desk->casework, tx, timer, now, arena, err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool fire_due(const struct desk *desk, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)64 << 20);
    struct timers timers;

    if (!load_due(desk, now, arena, &timers, err))
        return PASS(err);
    for (size_t i = 0; i < timers.len; i++) {
        /* The instant of publication is asked of the case itself below: a date that moved must not fire. */
        if (!str_eq_z(timers.at[i].kind, TIMER_PUBLISH) &&
            !fire(desk, &timers.at[i], now, arena, err))
            return PASS(err);
    }
    return true;
}

/* ---- publication ---- */

static bool rehearse_one(const struct desk *desk, struct str public_id, struct utc now,
                         struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct subject clock = subject_clock();
    struct advisory_faults faults = { 0 };
    struct advisory_view text;
    struct product_case c;
    struct advisory a;

    if (!tx_begin(desk->store, TX_WRITE, &tx, err) ||
        !advisory_load(tx, public_id, arena, &a, err) ||
        !case_load_by_id(&desk->casework, tx, a.case_id, arena, &c, err) ||
        !advisory_draft(tx, &c, &a, arena, &text, err))
        return PASS(err);
    if (!text.published_at.ms)
        text.published_at = text.updated_at = c.publication_date.ms ? c.publication_date : now;
    text.revision = a.revision + 1;
    world_rehearse(&text, world_site(desk->world), desk->renderer, arena, &faults);
    return advisory_rehearsed(tx, &clock, &c, &a, &faults, now, arena, err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

struct ids {
    VEC_OF(struct str);
};

static bool load_to_rehearse(const struct desk *desk, struct arena *arena, struct ids *out,
                             struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!tx_begin(desk->store, TX_READ, &tx, err) ||
        !store_select(tx, &sql_clock_to_rehearse, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, row_text(rows, "public_id"));
    return got == 0 ? true : PASS(err);
}

static bool rehearse_confirmed(const struct desk *desk, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)128 << 20);
    struct ids ids = { 0 };

    if (!load_to_rehearse(desk, arena, &ids, err))
        return PASS(err);
    for (size_t i = 0; i < ids.len; i++) {
        if (!rehearse_one(desk, ids.at[i], now, arena, err))
            return PASS(err);
    }
    return true;
}

static bool load_publications(const struct desk *desk, struct utc now, struct arena *arena,
                              struct case_ids *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk->store, TX_READ, &tx, err) && publishing_due(tx, now, arena, out, err)
               ? true
               : PASS(err);
}

/* One case that cannot be published does not hold up another. */
static bool publish_due(const struct desk *desk, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)16 << 20);
    struct publishing publishing = publishing_of(desk);
    struct case_ids cases = { 0 };

    if (!load_publications(desk, now, arena, &cases, err))
        return PASS(err);
    for (size_t i = 0; i < cases.len; i++) {
        struct err why = { 0 };

        if (!publishing_run(&publishing, cases.at[i], now, &why))
            log_error("publish", STR_NONE, &why);
        else
            LOG("published", { "case", arena_printf(arena, "%lld", (long long)cases.at[i]) });
    }
    return true;
}

/* Figures of a quarter that both bodies have looked at. */
static bool publish_figures(const struct desk *desk, struct utc now)
{
    struct err why = { 0 };
    size_t count = 0;

    if (!snapshot_publish_due(desk->store, desk->world, now, &count, &why))
        log_error("figures", STR_NONE, &why);
    else if (count > 0)
        log_plain("figures.published");
    return true; /* tried again at the next tick; cases do not wait for it */
}

/* The day's checkpoint of the ledger. */
static bool publish_checkpoint(const struct desk *desk, struct utc now)
{
    struct err why = { 0 };
    size_t count = 0;

    if (!proofs_publish_due(&desk->casework, desk->store, desk->world, now, &count, &why))
        log_error("checkpoint", STR_NONE, &why);
    else if (count > 0)
        log_plain("checkpoint.published");
    return true; /* tried again at the next tick; cases do not wait for it */
}

/* The public list of developers that cannot be reached, when something of it has changed. */
static bool publish_list(const struct desk *desk, struct utc now)
{
    struct err why = { 0 };
    bool is_new;

    if (!unreachable_publish_due(&desk->casework, desk->store, desk->world, now, &is_new, &why))
        log_error("unreachable", STR_NONE, &why);
    else if (is_new)
        log_plain("unreachable.published");
    return true;
}

/* The date has come and nothing is ready: whoever decides is told, once a day. Nothing publishes by itself. */
static bool tell_overdue(const struct desk *desk, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)4 << 20);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct {
        VEC_OF(int64_t);
    } cases = { 0 };

    if (!tx_begin(desk->store, TX_WRITE, &tx, err))
        return PASS(err);
    {
        CLEANUP(rows_end_var) struct rows *rows = NULL;
        int got;

        if (!store_select(tx, &sql_clock_overdue,
                          BINDS(bind_utc("now", now), bind_int("since", now.ms - UTC_DAY)), arena,
                          &rows, err))
            return PASS(err);
        while ((got = rows_next(rows, err)) > 0)
            VEC_PUSH(arena, &cases, row_int(rows, "id"));
        if (got < 0)
            return PASS(err);
    }
    for (size_t i = 0; i < cases.len; i++) {
        struct news news = { .notice = "OVERDUE", .case_id = cases.at[i] };

        if (!outbox_to_role(tx, &news, ROLE_CB, now, err))
            return PASS(err);
    }
    return tx_commit(&tx, err) ? true : PASS(err);
}

/* Once a day: a key that ends is no surprise to its owner. */
static bool look_at_keys(const struct desk *desk, struct utc now, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t last;

    {
        CLEANUP(tx_end_var) struct tx *read = NULL;

        if (!tx_begin(desk->store, TX_READ, &read, err) ||
            !store_number(read, &sql_clock_keys_looked_at, NO_BINDS, 0, &last, err))
            return PASS(err);
    }
    if (now.ms - last < UTC_DAY)
        return true;
    return tx_begin(desk->store, TX_WRITE, &tx, err) && account_tell_keys(tx, now, err) &&
                   store_exec(tx, &sql_clock_set_keys_looked_at, BINDS(bind_utc("now", now)), NULL,
                              err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* Reserved CVE numbers against the catalogue, which grows by itself. */
static bool look_at_numbers(const struct desk *desk, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)64 << 20);
    CLEANUP(tx_end_var) struct tx *catalog = NULL;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t last, count;

    {
        CLEANUP(tx_end_var) struct tx *read = NULL;

        if (!tx_begin(desk->store, TX_READ, &read, err) ||
            !store_number(read, &sql_clock_numbers_looked_at, NO_BINDS, 0, &last, err))
            return PASS(err);
    }
    if (!desk->catalog || now.ms - last < NUMBERS_EVERY_MS)
        return true;
    return tx_begin(desk->catalog, TX_READ, &catalog, err) &&
                   tx_begin(desk->store, TX_WRITE, &tx, err) &&
                   cve_alarm(&desk->casework, tx, catalog, now, arena, &count, err) &&
                   store_exec(tx, &sql_clock_set_numbers_looked_at, BINDS(bind_utc("now", now)),
                              NULL, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool clock_tick(const struct desk *desk, struct utc now, bool *stopped, struct err *err)
{
    int64_t mark, hold;

    if (!read_marks(desk, &mark, &hold, err))
        return PASS(err);
    *stopped = now.ms < mark - BACK_TOLERANCE_MS;
    if (*stopped || hold)
        return true;
    return set_mark(desk, now, err) && fire_due(desk, now, err) &&
                   rehearse_confirmed(desk, now, err) && publish_due(desk, now, err) &&
                   publish_figures(desk, now) && publish_checkpoint(desk, now) &&
                   publish_list(desk, now) && tell_overdue(desk, now, err) &&
                   look_at_keys(desk, now, err) && look_at_numbers(desk, now, err) &&
                   post_send_due(desk, now, err)
               ? true
               : PASS(err);
}

/* ---- the thread ---- */

static void purge(const struct desk *desk, struct utc now)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct err err = { 0 };

    if (!tx_begin(desk->store, TX_WRITE, &tx, &err) ||
        !session_purge(tx, &desk->gate.limits, now, &err) || !repeat_purge(tx, now, &err) ||
        !hook_purge(tx, now, &err) || !tx_commit(&tx, &err))
        log_error("purge", STR_NONE, &err);
}

static int64_t monotonic_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void *run(void *context)
{
    struct clock *clock = context;
    struct utc last = utc_now();
    int64_t last_monotonic = monotonic_ms();
    bool jumped = false;

    for (unsigned tick = 1; beat_wait(&clock->beat, TICK_MS); tick++) {
        struct utc now = utc_now();
        int64_t monotonic = monotonic_ms(),
                drift = (now.ms - last.ms) - (monotonic - last_monotonic);
        struct err err = { 0 };
        bool stopped = false;

        if (drift > JUMP_MS || drift < -JUMP_MS) {
            jumped = true;
            log_plain("clock.jumped");
        }
        last = now;
        last_monotonic = monotonic;
        if (jumped) /* a person restarts the program after looking at the machine's time (security 4.9) */
            continue;
        if (!clock_tick(clock->desk, now, &stopped, &err))
            log_error("clock", STR_NONE, &err);
        if (stopped && tick % PURGE_EVERY_TICKS == 1)
            log_plain("clock.behind");
        if (tick % PURGE_EVERY_TICKS == 0)
            purge(clock->desk, now);
    }
    return NULL;
}

bool clock_start(const struct desk *desk, struct clock **out, struct err *err)
{
    struct publishing publishing = publishing_of(desk);
    struct clock *clock;
    size_t resumed = 0;
    int64_t mark, hold;

    /* A restored system may be a second one: it ends nothing that the first began. */
    if (!read_marks(desk, &mark, &hold, err) ||
        (!hold && !publishing_resume(&publishing, utc_now(), &resumed, err)))
        return PASS(err);
    clock = calloc(1, sizeof *clock);
    if (!clock)
        return FAIL(err, UNAVAILABLE, STR("memory"));
    clock->desk = desk;
    if (!beat_start(&clock->beat, run, clock, err)) {
        free(clock);
        return PASS(err);
    }
    if ((desk->courier && !caller_start(desk, &clock->caller, err)) ||
        (desk->courier && desk->supervisor && !feeder_start(desk, &clock->feeder, err)) ||
        (desk->catalog && !watcher_start(desk, &clock->watcher, err))) {
        clock_stop(clock);
        return PASS(err);
    }
    *out = clock;
    return true;
}

void clock_stop(struct clock *clock)
{
    if (!clock)
        return;
    watcher_stop(clock->watcher);
    feeder_stop(clock->feeder);
    caller_stop(clock->caller);
    beat_stop(&clock->beat);
    free(clock);
}
