#include "domain/statistics/snapshot.h"

#include "domain/advisory/world.h"
#include "domain/statistics/snapshot.sql.h"
#include "store/store.h"

enum { SNAPSHOT_MEMORY = 64 << 20 };

/* ---- its life ---- */

static bool quarter_has_ended(const void *facts)
{
    return ((const struct snapshot_facts *)facts)->quarter_has_ended;
}

static bool second_person(const void *facts)
{
    return ((const struct snapshot_facts *)facts)->is_second_person;
}

static const char *const states[SNAPSHOT_STATES] = { "START", "PROPOSED", "PUBLISHING",
                                                     "PUBLISHED" };
static const char *const events[SNAPSHOT_EVENTS] = { "propose", "approve", "publish" };

/* clang-format off */
static const struct move moves[] = {
    { SNAPSHOT_START,      ROLE_RB,    ON_SNAPSHOT_PROPOSE, SNAPSHOT_PROPOSED,   IF(quarter_has_ended), "STA-01 PUB-13 INT-21", "" },
    { SNAPSHOT_PROPOSED,   ROLE_RB,    ON_SNAPSHOT_PROPOSE, SNAPSHOT_PROPOSED,   IF(quarter_has_ended), "STA-01",               "" },
    { SNAPSHOT_PROPOSED,   ROLE_CB,    ON_SNAPSHOT_APPROVE, SNAPSHOT_PUBLISHING, IF(second_person),     "PUB-13 STA-24",        "" },
    { SNAPSHOT_PUBLISHING, ROLE_CLOCK, ON_SNAPSHOT_PUBLISH, SNAPSHOT_PUBLISHED,  ALWAYS,                "PUB-13",               "" },
};
/* clang-format on */

const struct life snapshot_life = {
    .name = "statistics_snapshot",
    .states = states,
    .events = events,
    .state_count = SNAPSHOT_STATES,
    .event_count = SNAPSHOT_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 1u << SNAPSHOT_PUBLISHED,
};

static struct snapshot_facts facts_of(const struct subject *who, const struct snapshot *s,
                                      struct utc now)
{
    return (struct snapshot_facts){ .quarter_has_ended = quarter_end(s->quarter).ms <= now.ms,
                                    .is_second_person = who->account_id != s->proposed_by };
}

bool snapshot_can(const struct subject *who, const struct snapshot *s, enum snapshot_event event,
                  struct utc now)
{
    struct snapshot_facts facts = facts_of(who, s, now);

    return life_can(&snapshot_life, (int)s->state, who->roles, event, &facts);
}

static bool next(const struct subject *who, struct snapshot *s, enum snapshot_event event,
                 struct utc now, struct err *err)
{
    struct snapshot_facts facts = facts_of(who, s, now);
    int to;

    if (!life_next(&snapshot_life, (int)s->state, who->roles, event, &facts, &to, err))
        return PASS(err);
    s->state = (enum snapshot_state)to;
    return true;
}

/* ---- reading ---- */

static bool from_row(struct rows *rows, struct snapshot *out, struct err *err)
{
    *out = (struct snapshot){
        .state = (enum snapshot_state)life_state(&snapshot_life, row_text(rows, "state")),
        .record = row_text(rows, "record"),
        .proposed_by = row_int(rows, "proposed_by"),
        .approved_by = row_int(rows, "approved_by"),
        .proposed_at = row_utc(rows, "proposed_at"),
        .approved_at = row_utc(rows, "approved_at"),
        .published_at = row_utc(rows, "published_at"),
    };
    return quarter_parse(row_text(rows, "quarter"), &out->quarter)
               ? true
               : FAIL(err, STORE, row_text(rows, "quarter"));
}

bool snapshot_load(struct tx *tx, struct quarter quarter, struct arena *arena, struct snapshot *out,
                   struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct snapshot){ .quarter = quarter };
    if (!store_select(tx, &sql_snapshot_of,
                      BINDS(bind_text("quarter", quarter_name(quarter, arena))), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got == 0)
        return true;
    return got > 0 && from_row(rows, out, err) ? true : PASS(err);
}

static bool load(struct tx *tx, const struct query *query, struct arena *arena,
                 struct snapshots *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct snapshots){ 0 };
    if (!store_select(tx, query, NO_BINDS, arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct snapshot one;

        if (!from_row(rows, &one, err))
            return PASS(err);
        VEC_PUSH(arena, out, one);
    }
    return got == 0 ? true : PASS(err);
}

bool snapshot_list(struct tx *tx, struct utc now, struct arena *arena, struct snapshots *out,
                   struct err *err)
{
    struct snapshots kept;
    struct utc first = { 0 };
    size_t i = 0;

    *out = (struct snapshots){ 0 };
    if (!load(tx, &sql_snapshot_all, arena, &kept, err) ||
        !store_number(tx, &sql_snapshot_first_report, NO_BINDS, 0, &first.ms, err))
        return PASS(err);
    if (first.ms == 0)
        return true;
    for (struct quarter q = { quarter_of(now).n - 1 }; q.n >= quarter_of(first).n; q.n--) {
        struct snapshot one = { .quarter = q };

        while (i < kept.len && kept.at[i].quarter.n > q.n)
            i++;
        if (i < kept.len && kept.at[i].quarter.n == q.n)
            one = kept.at[i];
        VEC_PUSH(arena, out, one);
    }
    return true;
}

/* ---- moves ---- */

static bool wrote_one(struct tx *tx, const struct query *query, const struct bind *binds,
                      size_t count, struct err *err)
{
    int64_t changed;

    if (!store_exec(tx, query, binds, count, &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, CHANGED_MEANWHILE, STR("figures of a quarter"));
}

bool snapshot_propose(struct tx *tx, const struct subject *who,
                      const struct statistics_rules *rules, struct snapshot *s, struct utc now,
                      struct arena *arena, struct err *err)
{
    struct statistics figures;

    if (!next(who, s, ON_SNAPSHOT_PROPOSE, now, err) ||
        !statistics_count(tx, rules, quarter_end(s->quarter), arena, &figures, err) ||
        !statistics_to_record(&figures, arena, &s->record, err) ||
        !wrote_one(tx, &sql_snapshot_propose,
                   BINDS(bind_text("quarter", quarter_name(s->quarter, arena)),
                         bind_blob("record", s->record), bind_id("who", who->account_id),
                         bind_utc("now", now)),
                   err))
        return PASS(err);
    s->proposed_by = who->account_id;
    s->proposed_at = now;
    return true;
}

bool snapshot_approve(struct tx *tx, const struct subject *who, struct snapshot *s, struct utc seen,
                      struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(4096);

    if (!next(who, s, ON_SNAPSHOT_APPROVE, now, err) ||
        !wrote_one(tx, &sql_snapshot_approve,
                   BINDS(bind_text("quarter", quarter_name(s->quarter, arena)),
                         bind_id("who", who->account_id), bind_utc("now", now),
                         bind_utc("seen", seen)),
                   err))
        return PASS(err);
    s->approved_by = who->account_id;
    s->approved_at = now;
    return true;
}

/* ---- the bridge (design 2) ---- */

static bool load_decided(struct store *desk, struct arena *arena, struct snapshots *out,
                         struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk, TX_READ, &tx, err) && load(tx, &sql_snapshot_decided, arena, out, err)
               ? true
               : PASS(err);
}

static bool finish(struct store *desk, struct str quarter, struct utc now, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk, TX_WRITE, &tx, err) &&
                   store_exec(tx, &sql_snapshot_done,
                              BINDS(bind_text("quarter", quarter), bind_utc("now", now)), NULL,
                              err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool snapshot_publish_due(struct store *desk, struct world *world, struct utc now, size_t *count,
                          struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(SNAPSHOT_MEMORY);
    struct snapshots decided;

    if (!load_decided(desk, arena, &decided, err))
        return PASS(err);
    for (size_t i = 0; i < decided.len; i++) {
        const struct snapshot *s = &decided.at[i];
        struct world_snapshot public = { quarter_name(s->quarter, arena), s->record,
                                         s->approved_at };

        if (!world_publish_snapshot(world, &public, err) || !finish(desk, public.name, now, err))
            return PASS(err);
    }
    if (count)
        *count = decided.len;
    return true;
}
