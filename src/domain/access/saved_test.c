/* Filters under a name: each person's own, sealed, bounded. */
#include "domain/access/saved.h"

#include "domain/access/testing.h"

static int64_t people[2];

static int saved_begin(void **state)
{
    int64_t body;

    if (trial_begin(state) != 0)
        return -1;
    body = trial_organisation("CB", "調整機関", "");
    people[0] = trial_account(body, "one@example.jp", ROLE_CB);
    people[1] = trial_account(body, "two@example.jp", ROLE_CB);
    return 0;
}

static struct subject person(size_t n)
{
    return (struct subject){ .kind = SUBJECT_ACCOUNT, .roles = ROLE_CB, .account_id = people[n] };
}

static bool keep(size_t n, const char *list, const char *name, const char *query)
{
    struct subject who = person(n);
    struct deed deed = deed_begin();
    bool kept;

    deed.who = &who;
    kept = saved_view_keep(&deed, &trial.vault, str_from_z(list), str_from_z(name),
                           str_from_z(query), WHY);
    if (kept)
        deed_done();
    else
        tx_end(TAKE(trial.tx));
    return kept;
}

static struct saved_views views_of(size_t n, const char *list)
{
    struct saved_views views;
    struct tx *tx = NULL;

    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(saved_views_of(tx, &trial.vault, people[n], str_from_z(list), trial.arena, &views, WHY));
    tx_end(tx);
    return views;
}

static void saved_view_keep__keeps_it_for_one_person_and_list(void **state)
{
    (void)state;
    ok(keep(0, "/cases", "期限の近いもの", "state=open&sort=date"));
    ok(keep(0, "/cases", "canary", "q=canary%2Dproduct"));
    ok(keep(0, "/cases", " 期限の近いもの ", "state=DATE_SET"));
    ok(keep(0, "/advisories", "公表済み", "state=PUBLISHED"));

    assert_int_equal(views_of(0, "/cases").len, 2);
    assert_str(views_of(0, "/cases").at[0].name, "期限の近いもの");
    assert_str(views_of(0, "/cases").at[0].query, "state=DATE_SET"); /* the same name: changed */
    assert_int_equal(views_of(0, "/advisories").len, 1);
    assert_int_equal(views_of(1, "/cases").len, 0);
    assert_int_equal(trial_count("SELECT count(*) FROM saved_view WHERE instr(sealed, 'canary')"),
                     0);
}

static void saved_view_drop__takes_ones_own_alone(void **state)
{
    struct subject own = person(0), other = person(1);
    struct deed deed;
    int64_t id;
    (void)state;

    ok(keep(0, "/cases", "mine", "mine=1"));
    id = views_of(0, "/cases").at[0].id;
    deed = deed_begin();
    deed.who = &other;
    assert_false(saved_view_drop(&deed, id, WHY));
    assert_int_equal(trial.err.code, ERR_ABSENT);
    deed_drop();
    deed = deed_begin();
    deed.who = &own;
    ok(saved_view_drop(&deed, id, WHY));
    deed_done();
    assert_int_equal(views_of(0, "/cases").len, 0);
}

/* A page that still shows a view forgets none that came after it. */
static void saved_view_drop__of_one_that_is_gone_takes_no_other(void **state)
{
    struct subject own = person(0);
    struct deed deed;
    int64_t id;
    (void)state;

    ok(keep(0, "/cases", "first", "mine=1"));
    id = views_of(0, "/cases").at[0].id;
    deed = deed_begin();
    deed.who = &own;
    ok(saved_view_drop(&deed, id, WHY));
    deed_done();
    ok(keep(0, "/cases", "second", "mine=1"));
    deed = deed_begin();
    deed.who = &own;
    assert_false(saved_view_drop(&deed, id, WHY));
    assert_int_equal(trial.err.code, ERR_ABSENT);
    deed_drop();
    assert_int_equal(views_of(0, "/cases").len, 1);
}

static void saved_view_keep__has_bounds(void **state)
{
    static const struct {
        const char *name, *query, *fault;
    } cases[] = {
        { "", "state=open", "name" },
        { "a\nb", "state=open", "name" },
        { "1234567890123456789012345678901234567890123456789012345678901", "state=open", "name" },
        { "quotes", "q=\"x\"", "query" },
        { "a line", "q=1\r\nSet-Cookie: x", "query" },
        { "not encoded", "q=語", "query" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].query);
        assert_false(keep(0, "/cases", cases[i].name, cases[i].query));
        assert_int_equal(trial.err.code, ERR_INPUT);
        assert_string_equal(trial.err.subject, cases[i].fault);
        trial.err = (struct err){ 0 };
    }
    for (int i = 0; i < SAVED_VIEWS_MAX; i++)
        ok(keep(0, "/cases", arena_printf(trial.arena, "view %d", i).ptr, "mine=1"));
    assert_false(keep(0, "/cases", "one more", "mine=1"));
    assert_string_equal(trial.err.subject, "count");
    trial.err = (struct err){ 0 };
    ok(keep(0, "/cases", "view 7", "state=closed")); /* a name that is there is no further one */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, saved_begin, trial_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(saved_view_keep__keeps_it_for_one_person_and_list),
        TEST(saved_view_drop__takes_ones_own_alone),
        TEST(saved_view_drop__of_one_that_is_gone_takes_no_other),
        TEST(saved_view_keep__has_bounds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
