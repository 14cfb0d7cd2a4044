#include "domain/casework/casework_testing.h"

#include <dirent.h>

#include "base/life_testing.h"
#include "base/settings.h"
#include "domain/advisory/sample.h"
#include "domain/advisory/world.h"
#include "domain/statistics/snapshot.h"
#include "store/generation.h"

/* ---- a public world without HTML ---- */

static bool page(void *context, const struct advisory_view *view, enum lang lang,
                 struct arena *arena, struct str *html, struct err *err)
{
    (void)context;
    (void)lang;
    (void)err;
    *html = arena_str(arena, view->number);
    return true;
}

static bool list(void *context, const struct advisory_rows *rows, enum lang lang,
                 struct arena *arena, struct str *html, struct err *err)
{
    (void)context;
    (void)lang;
    (void)err;
    *html = arena_printf(arena, "%zu", rows->len);
    return true;
}

static bool snapshots(void *context, const struct world_snapshots *all,
                      const struct world_sink *sink, struct arena *arena, struct err *err)
{
    (void)context;
    for (size_t i = 0; i < all->len; i++) {
        if (!sink->add(sink->context,
                       arena_printf(arena, "/statistics/%.*s", STR_ARG(all->at[i].name)),
                       "application/octet-stream", all->at[i].record, all->at[i].at, err))
            return PASS(err);
    }
    return true;
}

static struct world *open_world(struct desk_fixture *f)
{
    struct advisory_renderer renderer = { NULL, "1", page, list, list, snapshots, NULL };
    struct world *world = NULL;

    MUST(f, world_open(&(struct world_options){ str_from_z(f->folder), &sample_site, &renderer },
                       &world, &f->err));
    return world;
}

static struct str get(struct desk_fixture *f, const char *path)
{
    struct generation *generation = NULL;
    struct segment_entry entry;
    struct str body = STR_NONE;

    MUST(f, generation_open(arena_z(f->arena, arena_printf(f->arena, "%s/public", f->folder)), NULL,
                            &generation, &f->err));
    if (generation_find(generation, str_from_z(path), &entry))
        body = arena_str(f->arena, entry.body);
    generation_close(generation);
    return body;
}

static int down(void **state)
{
    struct desk_fixture *f = *state;
    const char *folder = arena_z(f->arena, arena_printf(f->arena, "%s/public", f->folder));
    DIR *entries = opendir(folder);
    const struct dirent *entry;

    while (entries && (entry = readdir(entries)))
        unlinkat(dirfd(entries), entry->d_name, 0);
    if (entries)
        closedir(entries);
    rmdir(folder);
    return desk_fixture_down(state);
}

/* ---- a quarter ---- */

static struct utc on(int year, int month, int day)
{
    return utc_from_jst((struct civil){ .year = year, .month = month, .day = day, .hour = 10 });
}

static const struct quarter first_quarter = { 2024 * 4 };

static void report_on(struct desk_fixture *f, struct utc at)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct receipt receipt;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, intake_submit(&f->w, tx, testing_form(f), random_token(f->arena), LANG_JA, STR("FORM"),
                          at, f->arena, &receipt, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
}

static struct snapshot snapshot_now(struct desk_fixture *f)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct snapshot s;

    MUST(f, tx_begin(f->store, TX_READ, &tx, &f->err));
    MUST(f, snapshot_load(tx, first_quarter, f->arena, &s, &f->err));
    return s;
}

static bool propose(struct desk_fixture *f, const struct subject *who, struct utc now)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct snapshot s = snapshot_now(f);
    struct statistics_rules rules;
    struct settings settings;

    MUST(f, settings_load(STR_NONE, NULL, f->arena, &settings, &f->err));
    MUST(f, statistics_rules_from(&settings, &rules, &f->err));
    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    return snapshot_propose(tx, who, &rules, &s, now, f->arena, &f->err) && tx_commit(&tx, &f->err);
}

static bool approve(struct desk_fixture *f, const struct subject *who, struct utc seen,
                    struct utc now)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct snapshot s = snapshot_now(f);

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    return snapshot_approve(tx, who, &s, seen, now, &f->err) && tx_commit(&tx, &f->err);
}

static size_t publish_due(struct desk_fixture *f, struct world *world, struct utc now)
{
    size_t count;

    MUST(f, snapshot_publish_due(f->store, world, now, &count, &f->err));
    return count;
}

/* PUB-13: whole, and its diagram is current. */
static void snapshot_life__is_whole(void **state)
{
    struct err err = { 0 };
    (void)state;

    if (!life_check(&snapshot_life, &err))
        fail_msg("%s", err.subject);
    assert_diagram_is_current(&snapshot_life);
}

/* PUB-13 INT-21 STA-01: the receiving body counts, the coordinating body looks, and only then is it public; before the quarter's end nobody can. */
static void snapshot__is_published_by_both_bodies(void **state)
{
    struct desk_fixture *f = *state;
    struct world *world = open_world(f);
    struct utc counted = on(2024, 4, 2), looked = on(2024, 4, 5);

    report_on(f, on(2024, 2, 1));
    assert_false(propose(f, &f->rb, on(2024, 3, 31)));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    assert_false(propose(f, &f->cb, counted));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    assert_false(approve(f, &f->cb, counted, looked));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE);
    assert_true(propose(f, &f->rb, counted));
    assert_int_equal(publish_due(f, world, looked), 0);
    assert_null(get(f, "/statistics/2024-q1").ptr);
    assert_false(approve(f, &f->rb, counted, looked));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    assert_true(approve(f, &f->cb, counted, looked));
    assert_int_equal(publish_due(f, world, looked), 1);
    assert_true(str_eq(get(f, "/statistics/2024-q1"), snapshot_now(f).record));
    assert_int_equal(snapshot_now(f).state, SNAPSHOT_PUBLISHED);
    assert_int_equal(publish_due(f, world, looked), 0);
    assert_false(propose(f, &f->rb, on(2024, 5, 1)));
    world_close(world);
}

/* PUB-13: one person with both roles is no second one; and what was counted anew is looked at anew. */
static void snapshot_approve__asks_for_a_second_look(void **state)
{
    struct desk_fixture *f = *state;
    struct subject both = f->rb;

    both.roles = ROLE_RB | ROLE_CB;
    report_on(f, on(2024, 2, 1));
    assert_true(propose(f, &both, on(2024, 4, 2)));
    assert_false(approve(f, &both, on(2024, 4, 2), on(2024, 4, 3)));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    assert_true(propose(f, &f->rb, on(2024, 4, 4)));
    assert_false(approve(f, &f->cb, on(2024, 4, 2), on(2024, 4, 5)));
    assert_int_equal(f->err.code, ERR_CHANGED_MEANWHILE);
    assert_true(approve(f, &f->cb, on(2024, 4, 4), on(2024, 4, 5)));
}

/* A kill between the public world and the desk: the next tick ends it, and nothing changes. */
static void snapshot_publish_due__ends_what_was_interrupted(void **state)
{
    struct desk_fixture *f = *state;
    struct world *world = open_world(f);
    struct world_snapshot public, other;
    struct snapshot s;
    struct str before;

    report_on(f, on(2024, 2, 1));
    assert_true(propose(f, &f->rb, on(2024, 4, 2)));
    assert_true(approve(f, &f->cb, on(2024, 4, 2), on(2024, 4, 3)));
    s = snapshot_now(f);
    public = (struct world_snapshot){ STR("2024-q1"), s.record, s.approved_at };
    MUST(f, world_publish_snapshot(world, &public, &f->err));
    before = get(f, "/statistics/2024-q1");
    assert_true(before.len > 0);
    assert_int_equal(snapshot_now(f).state, SNAPSHOT_PUBLISHING);
    assert_int_equal(publish_due(f, world, on(2024, 4, 4)), 1);
    assert_int_equal(snapshot_now(f).state, SNAPSHOT_PUBLISHED);
    assert_true(str_eq(get(f, "/statistics/2024-q1"), before));
    /* what is public stays: other figures under its name are refused */
    other = public;
    other.record = STR("something else");
    assert_false(world_publish_snapshot(world, &other, &f->err));
    assert_int_equal(f->err.code, ERR_BUG);
    MUST(f, world_rebuild(world, &f->err));
    assert_true(str_eq(get(f, "/statistics/2024-q1"), before));
    world_close(world);
}

/* STA-01: every quarter that has ended since the first report, the last first. */
static void snapshot_list__has_every_quarter_that_has_ended(void **state)
{
    struct desk_fixture *f = *state;
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct snapshots all;

    report_on(f, on(2024, 2, 1));
    assert_true(propose(f, &f->rb, on(2024, 4, 2)));
    MUST(f, tx_begin(f->store, TX_READ, &tx, &f->err));
    MUST(f, snapshot_list(tx, on(2024, 12, 31), f->arena, &all, &f->err));
    assert_int_equal(all.len, 3);
    assert_int_equal(all.at[0].quarter.n, first_quarter.n + 2);
    assert_int_equal(all.at[0].state, SNAPSHOT_START);
    assert_int_equal(all.at[2].state, SNAPSHOT_PROPOSED);
    assert_true(snapshot_can(&f->rb, &all.at[0], ON_SNAPSHOT_PROPOSE, on(2024, 12, 31)));
    assert_false(snapshot_can(&f->pm1, &all.at[0], ON_SNAPSHOT_PROPOSE, on(2024, 12, 31)));
}

#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, desk_fixture_up, down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(snapshot_life__is_whole),
        WITH_DESK(snapshot__is_published_by_both_bodies),
        WITH_DESK(snapshot_approve__asks_for_a_second_look),
        WITH_DESK(snapshot_publish_due__ends_what_was_interrupted),
        WITH_DESK(snapshot_list__has_every_quarter_that_has_ended),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
