#include "domain/casework/casework_testing.h"

#include "domain/advisory/publishing.h"

#include <dirent.h>
#include <sys/wait.h>

#include "domain/advisory/sample.h"
#include "domain/casework/committee.h"
#include "store/generation.h"

/* ---- a renderer that can die ---- */

struct death {
    const char *at; /* the step after which the process dies; NULL: it lives */
};

static void die(void *context, const char *name)
{
    const struct death *death = context;

    if (death && death->at && strcmp(death->at, name) == 0)
        _exit(9);
}

static bool page(void *context, const struct advisory_view *view, enum lang lang,
                 struct arena *arena, struct str *html, struct err *err)
{
    (void)err;
    die(context, lang == LANG_JA ? "page" : "second page");
    *html = arena_printf(arena, "%.*s %.*s revision %lld", STR_ARG(lang_code(lang)),
                         STR_ARG(view->number), (long long)view->revision);
    return true;
}

static bool list(void *context, const struct advisory_rows *rows, enum lang lang,
                 struct arena *arena, struct str *html, struct err *err)
{
    (void)err;
    (void)lang;
    if (rows->len > 0)
        die(context, "list");
    *html = arena_printf(arena, "%zu advisories", rows->len);
    return true;
}

/* ---- the road to the date ---- */

static struct tx *write_tx(struct desk_fixture *f)
{
    struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    return tx;
}

static struct product_case the_case(struct desk_fixture *f, struct tx *tx)
{
    struct product_case c;

    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    return c;
}

static struct advisory the_advisory(struct desk_fixture *f, struct tx *tx)
{
    struct advisory a;
    bool found;

    MUST(f, advisory_load_of(tx, 1, f->arena, &a, &found, &f->err));
    assert_true(found);
    return a;
}

/* To the date that is agreed on; or until the developer refuses. */
static void coordinate_until(struct desk_fixture *f, bool refuses)
{
    struct status_report report = { .countermeasure = STR("FIX"),
                                    .words = STR("2.1.4 is ready"),
                                    .url = STR("https://sample.example/a") };
    struct product_results products = { 0 };
    struct developers developers;
    struct buf why = buf_new(f->arena, 256);
    struct product_case c;
    struct receipt receipt;
    struct tx *tx = write_tx(f);
    struct developer d;

    MUST(f, intake_submit(&f->w, tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    c = the_case(f, tx);
    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, coordination_take(&f->w, tx, &f->cb, &c, f->now, f->arena, &f->err));
    MUST(f, coordination_write_summary(tx, &f->cb, &c, STR("a router of the RX series"), f->now,
                                       f->arena, &f->err));
    MUST(f, coordination_add(&f->w, tx, &f->cb, &c, f->organisation[0], f->now, f->arena, &d,
                             &f->err));
    MUST(f, developer_load(tx, d.public_id, f->arena, &d, &f->err));
    MUST(f, coordination_send_summary(&f->w, tx, &f->cb, &c, &d, utc_add_days(f->now, 14), f->now,
                                      f->arena, &f->err));
    MUST(f, answer_seen(tx, &f->pm1, &c, &d, f->now, f->arena, &f->err));
    MUST(f, answer_request_detail(tx, &f->pm1, &c, &d, true, f->now, f->arena, &f->err));
    MUST(f, coordination_send_detail(tx, &f->cb, &c, &d, utc_add_days(f->now, 14), f->now, f->arena,
                                     &f->err));
    VEC_PUSH(
        f->arena, &products,
        (struct product_result){ STR("RX-100"), STR("1.0 - 2.1.3"), STR("2.1.4"), STR("YES") });
    MUST(f, answer_result(tx, &f->pm1, &c, &d, STR("YES"), STR("NEW"), STR("reproduced"), &products,
                          f->now, f->arena, &f->err));
    if (refuses) {
        MUST(f, answer_refuse(tx, &f->pm1, &c, &d, STR("no"), f->now, f->arena, &f->err));
        MUST(f, tx_commit(&tx, &f->err));
        return;
    }
    MUST(f, answer_status(tx, &f->pm1, &c, &d, &report, f->now, f->arena, &f->err));
    record_put(&why, "basis", STR("AGREED"));
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, coordination_set_date(&f->w, tx, &f->cb, &c, &developers, utc_add_days(f->now, 20),
                                  buf_str(&why), f->now, f->arena, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
}

static void coordinate(struct desk_fixture *f) { coordinate_until(f, false); }

/* Submitted, approved by a second person, confirmed by the other body, rehearsed. */
static void walk_to_schedule(struct desk_fixture *f, struct tx *tx, const struct subject *second)
{
    struct product_case c = the_case(f, tx);
    struct advisory a = the_advisory(f, tx);

    MUST(f, advisory_move(&f->w, tx, &f->cb, &c, &a, ON_ADVISORY_SUBMIT, STR_NONE, f->now, f->arena,
                          &f->err));
    MUST(f, advisory_move(&f->w, tx, second, &c, &a, ON_ADVISORY_APPROVE, STR_NONE, f->now,
                          f->arena, &f->err));
    a = the_advisory(f, tx);
    MUST(f, advisory_move(&f->w, tx, &f->rb, &c, &a, ON_ADVISORY_CONFIRM, STR_NONE, f->now,
                          f->arena, &f->err));
    a = the_advisory(f, tx);
    MUST(f, advisory_rehearsed(tx, &f->cb, &c, &a, &(struct advisory_faults){ 0 }, f->now, f->arena,
                               &f->err));
    assert_int_equal(the_advisory(f, tx).state, ADVISORY_SCHEDULED);
}

static struct subject write_advisory(struct desk_fixture *f)
{
    static const struct number_prefixes prefixes = { { STR("NRS"), STR("NRSVU"), STR("NRSTA") } };
    struct tx *tx = write_tx(f);
    struct subject second = testing_person(f, tx, 7, 2, ROLE_CB);
    struct product_case c = the_case(f, tx);
    struct advisory_view view = sample_view(f->arena);
    struct advisory a;

    view.history.len = 0;
    MUST(f, advisory_create(&f->w, tx, &f->cb, &c, &prefixes, f->now, f->arena, &a, &f->err));
    a = the_advisory(f, tx);
    MUST(f, advisory_save(tx, &f->cb, &c, &a, &view, a.draft_version, f->now, f->arena, &f->err));
    walk_to_schedule(f, tx, &second);
    MUST(f, tx_commit(&tx, &f->err));
    return second;
}

static struct world *open_world(struct desk_fixture *f, struct death *death)
{
    struct advisory_renderer renderer = { death, "1", page, list, list, NULL, NULL };
    struct world *world = NULL;

    MUST(f, world_open(&(struct world_options){ str_from_z(f->folder), &sample_site, &renderer },
                       &world, &f->err));
    return world;
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

static int64_t count(struct desk_fixture *f, const char *text)
{
    struct query *query =
        ARENA_NEW(f->arena, struct query); /* statements are kept by their query's place */
    struct tx *tx = NULL;
    int64_t n;

    query->name = "count";
    query->text = text;
    MUST(f, tx_begin(f->store, TX_READ, &tx, &f->err));
    MUST(f, store_number(tx, query, NO_BINDS, 0, &n, &f->err));
    tx_end(tx);
    return n;
}

static bool is_public(struct desk_fixture *f, const char *path, const char *part)
{
    struct generation *generation = NULL;
    struct segment_entry entry;
    bool found;

    MUST(f, generation_open(arena_z(f->arena, arena_printf(f->arena, "%s/public", f->folder)), NULL,
                            &generation, &f->err));
    found = generation_find(generation, str_from_z(path), &entry) &&
            str_contains(entry.body, str_from_z(part));
    generation_close(generation);
    return found;
}

static struct str page_path(struct desk_fixture *f)
{
    struct tx *tx = NULL;
    struct advisory a;

    MUST(f, tx_begin(f->store, TX_READ, &tx, &f->err));
    a = the_advisory(f, tx);
    tx_end(tx);
    return path_of_page(advisory_slug(a.number, f->arena), LANG_JA, f->arena);
}

/* Everything as it must be after one publication, and the ledger verifies. */
static void expect_published_once(struct desk_fixture *f)
{
    struct tx *tx;
    struct hash head;
    int64_t entries;

    assert_int_equal(count(f, "SELECT count(*) AS n FROM publication WHERE state = 'PUBLISHED'"),
                     1);
    assert_int_equal(count(f, "SELECT count(*) AS n FROM publication"), 1);
    assert_int_equal(count(f, "SELECT count(*) AS n FROM advisory_revision"), 1);
    assert_int_equal(count(f, "SELECT count(*) AS n FROM ledger WHERE kind = 'case.published'"), 1);
    assert_int_equal(count(f, "SELECT count(*) AS n FROM ledger WHERE kind = 'advisory.published'"),
                     1);
    assert_int_equal(count(f, "SELECT count(*) AS n FROM product_case WHERE state = 'PUBLISHED'"),
                     1);
    assert_int_equal(count(f, "SELECT count(*) AS n FROM participant WHERE state = 'PUBLISHED'"),
                     1);
    assert_int_equal(
        count(f, "SELECT count(*) AS n FROM advisory WHERE state = 'PUBLISHED' AND revision = 1"),
        1);
    assert_int_equal(count(f, "SELECT count(*) AS n FROM timer WHERE done_at IS NULL"), 0);
    /* N13: the finder, two officers of RB, two of CB, one manager */
    assert_int_equal(count(f, "SELECT count(*) AS n FROM outbox WHERE notice = 'N13'"),
                     1 + 2 + 2 + 1);
    assert_true(is_public(f, arena_z(f->arena, page_path(f)), "revision 1"));
    assert_true(is_public(f, "/advisories", "1 advisories"));
    tx = write_tx(f);
    MUST(f, casework_verify(&f->w, tx, &entries, &head, &f->err));
    tx_end(tx);
}

/* CFD-06, PUB-01: not a moment before the date, and not without both bodies. */
static void publishing_begin__waits_for_date_and_both_bodies(void **state)
{
    struct desk_fixture *f = *state;
    struct publication p;
    struct case_ids due;
    struct product_case c;
    struct advisory a;
    struct tx *tx;

    coordinate(f);
    (void)write_advisory(f);
    tx = write_tx(f);
    c = the_case(f, tx);
    a = the_advisory(f, tx);
    MUST(f, publishing_due(tx, (struct utc){ c.publication_date.ms - 1 }, f->arena, &due, &f->err));
    assert_int_equal(due.len, 0);
    assert_false(publishing_begin(&f->w, tx, &c, &a, (struct utc){ c.publication_date.ms - 1 },
                                  f->arena, &p, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    a.confirmed_version--;
    assert_false(publishing_begin(&f->w, tx, &c, &a, c.publication_date, f->arena, &p, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    a = the_advisory(f, tx);
    MUST(f, advisory_move(&f->w, tx, &f->cb, &c, &a, ON_ADVISORY_REOPEN, STR("a word is wrong"),
                          f->now, f->arena, &f->err));
    assert_false(publishing_begin(&f->w, tx, &c, &a, c.publication_date, f->arena, &p, &f->err));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE);
    MUST(f, publishing_due(tx, c.publication_date, f->arena, &due, &f->err));
    assert_int_equal(due.len, 0);
    tx_end(tx);
    assert_int_equal(count(f, "SELECT count(*) AS n FROM publication"), 0);
}

/* CFD-06, COO-22: what has begun to go out goes out; a date is not changed, and the case not ended, behind its back. */
static void publishing_begin__lets_nobody_move_the_case(void **state)
{
    struct desk_fixture *f = *state;
    struct developers developers;
    struct publication p;
    struct product_case c;
    struct advisory a;
    struct tx *tx;

    coordinate(f);
    (void)write_advisory(f);
    tx = write_tx(f);
    c = the_case(f, tx);
    a = the_advisory(f, tx);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, publishing_begin(&f->w, tx, &c, &a, c.publication_date, f->arena, &p, &f->err));
    assert_false(coordination_change_date(&f->w, tx, &f->cb, &c, &developers,
                                          utc_add_days(f->now, 40), true, STR("a wish"), f->now,
                                          f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_CHANGED_MEANWHILE);
    assert_false(coordination_close(tx, &f->cb, &c, &developers, ON_CANCEL_KNOWN, STR("known"),
                                    f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_CHANGED_MEANWHILE);
    MUST(f, publishing_finish(&f->w, tx, &p, c.publication_date, f->arena, &f->err));
    assert_int_equal(the_case(f, tx).state, CASE_PUBLISHED);
    tx_end(tx);
}

/* In a child with connections of its own, which dies at that step. */
static void publish_and_die(struct desk_fixture *f, const char *at, struct utc now)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        struct death death = { NULL };
        struct store *own = NULL;
        struct err err = { 0 };
        struct publishing p = { .casework = &f->w, .step = die, .context = &death };

        if (!store_open(
                &(struct store_options){
                    .path = arena_z(f->arena, arena_printf(f->arena, "%s/desk.db", f->folder)),
                    .kind = &store_desk },
                &own, &err))
            _exit(1);
        p.desk = own;
        p.world = open_world(f, &death);
        death.at = at;
        _exit(publishing_run(&p, 1, now, &err) ? 0 : 2);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 9);
}

/* Design 2: killed between any two steps, there is one publication in the end, and it is whole. */
static void publishing_resume__ends_what_was_begun(void **state)
{
    static const char *const deaths[] = {
        "begun, not committed",    "begun",   "page", "second page", "list", "written",
        "finished, not committed", "finished"
    };
    (void)state;

    for (size_t i = 0; i < COUNT(deaths); i++) {
        struct utc now;
        struct desk_fixture *f;
        struct publishing p;
        struct case_ids due;
        struct tx *tx;
        size_t resumed;

        print_message("case: dies at \"%s\"\n", deaths[i]);
        assert_int_equal(desk_fixture_up((void **)&f), 0);
        coordinate(f);
        (void)write_advisory(f);
        now = utc_add_days(f->now, 20);
        publish_and_die(f, deaths[i], now);
        p = (struct publishing){ .casework = &f->w,
                                 .desk = f->store,
                                 .world = open_world(f, NULL) };
        MUST(f, publishing_resume(&p, now, &resumed, &f->err));
        tx = write_tx(f);
        MUST(f, publishing_due(tx, now, f->arena, &due, &f->err));
        tx_end(tx);
        for (size_t j = 0; j < due.len; j++)
            MUST(f, publishing_run(&p, due.at[j], now, &f->err));
        assert_int_equal(due.len, strcmp(deaths[i], "begun, not committed") == 0);
        expect_published_once(f);
        MUST(f, publishing_resume(&p, now, &resumed, &f->err));
        assert_int_equal(resumed, 0);
        world_close(p.world);
        assert_int_equal(down((void **)&f), 0);
    }
}

/* PUB-16, COO-26: a revision keeps the first date and the history, and adds its line. */
static void publishing_run__publishes_a_revision(void **state)
{
    struct desk_fixture *f = *state;
    struct publishing p = { .casework = &f->w, .desk = f->store };
    struct advisory_view view, out;
    struct product_case c;
    struct subject second;
    struct advisory a;
    struct utc first, later;
    struct tx *tx;

    coordinate(f);
    second = write_advisory(f);
    first = utc_add_days(f->now, 20);
    later = utc_add_days(f->now, 30);
    p.world = open_world(f, NULL);
    tx = write_tx(f);
    testing_told_directly(f, tx, 1);
    MUST(f, tx_commit(&tx, &f->err));
    MUST(f, publishing_run(&p, 1, first, &f->err));
    tx = write_tx(f);
    c = the_case(f, tx);
    a = the_advisory(f, tx);
    MUST(f, advisory_move(&f->w, tx, &f->cb, &c, &a, ON_ADVISORY_REVISE, STR_NONE, later, f->arena,
                          &f->err));
    a = the_advisory(f, tx);
    MUST(f, advisory_draft(tx, &c, &a, f->arena, &view, &f->err));
    view.ja.solution = STR("2.1.5 に更新してください。");
    VEC_PUSH(f->arena, &view.history,
             (struct advisory_change){ .words_ja = STR("対策方法を更新しました。"),
                                       .words_en = STR("Updated the solution.") });
    MUST(f, advisory_save(tx, &f->cb, &c, &a, &view, a.draft_version, later, f->arena, &f->err));
    walk_to_schedule(f, tx, &second);
    MUST(f, tx_commit(&tx, &f->err));
    MUST(f, publishing_run(&p, 1, later, &f->err));
    assert_true(is_public(f, arena_z(f->arena, page_path(f)), "revision 2"));
    assert_int_equal(count(f, "SELECT count(*) AS n FROM ledger WHERE kind = 'case.updated'"), 1);
    tx = write_tx(f);
    assert_int_equal(testing_told_reporter(f, tx, "N27_PUBLISHED"),
                     1); /* PSR-40: the status once, not for the revision */
    a = the_advisory(f, tx);
    c = the_case(f, tx);
    MUST(f, advisory_revision_load(tx, &c, &a, 2, f->arena, &out, &f->err));
    tx_end(tx);
    assert_int_equal(out.published_at.ms, first.ms);
    assert_int_equal(out.updated_at.ms, later.ms);
    assert_int_equal(out.history.len, 2);
    assert_true(str_eq(out.history.at[1].words_ja, STR("対策方法を更新しました。")));
    world_close(p.world);
}

/* One member, who is for it; the developer has its view printed. Nothing is ordered yet. */
static void judge(struct desk_fixture *f)
{
    const struct docket_judgement holds = { true, STR("it holds") };
    const struct docket_judgement judged[DOCKET_CRITERIA] = { holds, holds, holds, holds };
    const struct docket_decision decision = { .event = ON_DOCKET_PUBLISH,
                                              .reason = STR("as judged"),
                                              .public_ja = STR("利用者を守るため"),
                                              .public_en = STR("to protect users") };
    struct docket_members members = { 0 };
    struct tx *tx = write_tx(f);
    struct product_case c = the_case(f, tx);
    struct developers developers;
    struct subject member = testing_person(f, tx, 8, 1, ROLE_PC);

    f->w.committee_quorum = f->w.committee_cases = 1;
    VEC_PUSH(f->arena, &members, member.account_id);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
#define NOW f->now, f->arena, &f->err
    MUST(f, docket_propose(tx, &f->cb, &c, &developers.at[0], STR("it refuses"), NOW));
    MUST(f, docket_check(tx, &f->rb, &c, judged, STR("P"), NOW));
    MUST(f, docket_notify(tx, &f->rb, &c, STR("speak"), utc_add_days(f->now, 1), NOW));
    MUST(f, docket_speak(tx, &f->pm1, &c, STR("please do not"), NOW));
    MUST(f, docket_convene(&f->w, tx, &f->rb, &c, &members, f->now, NOW));
    MUST(f, docket_vote(tx, &member, &c, STR("PUBLISH"), STR("users are at risk"), NOW));
    MUST(f, docket_deliberate(&f->w, tx, &f->rb, &c, STR("minutes"), NOW));
    MUST(f, docket_decide(tx, &f->rb, &c, &decision, NOW));
    MUST(f, docket_give_view(tx, &f->pm1, &c, STR("私たちの見解"), STR(""), NOW));
    MUST(f, tx_commit(&tx, &f->err));
}

static void order(struct desk_fixture *f, struct utc date)
{
    struct tx *tx = write_tx(f);
    struct product_case c = the_case(f, tx);
    struct developers developers;

    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, docket_order(&f->w, tx, &f->rb, &c, &developers, STR("letter 12"), date, NOW));
    MUST(f, tx_commit(&tx, &f->err));
#undef NOW
}

/* UNR-05, EOL-05, P18: approved by both, but nothing is due before the receiving body has ordered it; then with the published reason and the view. */
static void publishing_run__publishes_what_the_committee_judged(void **state)
{
    struct desk_fixture *f = *state;
    struct publishing p = { .casework = &f->w, .desk = f->store };
    struct utc date = utc_add_days(f->now, 20);
    struct advisory_view out;
    struct product_case c;
    struct case_ids due;
    struct docket d;
    struct tx *tx;
    struct advisory a;

    coordinate_until(f, true);
    judge(f);
    write_advisory(f);
    tx = write_tx(f);
    MUST(f, publishing_due(tx, date, f->arena, &due, &f->err));
    tx_end(tx);
    assert_int_equal(due.len, 0);
    order(f, date);
    p.world = open_world(f, NULL);
    MUST(f, publishing_run(&p, 1, date, &f->err));
    tx = write_tx(f);
    c = the_case(f, tx);
    a = the_advisory(f, tx);
    MUST(f, docket_load(tx, &c, f->arena, &d, &f->err));
    MUST(f, advisory_revision_load(tx, &c, &a, 1, f->arena, &out, &f->err));
    tx_end(tx);
    assert_int_equal(c.state, CASE_PUBLISHED);
    assert_int_equal(d.state, DOCKET_EXECUTED);
    assert_true(str_contains(out.ja.judgement, STR("利用者を守るため")));
    assert_true(str_contains(out.en.judgement, STR("to protect users")));
    assert_int_equal(out.vendors.len, 1);
    assert_true(str_eq(out.vendors.at[0].statement_ja, STR("私たちの見解")));
    world_close(p.world);
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(publishing_begin__waits_for_date_and_both_bodies, desk_fixture_up, down),
        cmocka_unit_test_setup_teardown(publishing_begin__lets_nobody_move_the_case, desk_fixture_up, down),
        cmocka_unit_test(publishing_resume__ends_what_was_begun),
        cmocka_unit_test_setup_teardown(publishing_run__publishes_a_revision, desk_fixture_up, down),
        cmocka_unit_test_setup_teardown(publishing_run__publishes_what_the_committee_judged, desk_fixture_up, down),
    };
    /* clang-format on */

    return cmocka_run_group_tests(tests, NULL, NULL);
}
