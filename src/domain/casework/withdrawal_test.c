/* One year after the start of counting the finder may ask to be released from silence: FND-12, P23, N23, COO-37. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/due.h"
#include "domain/casework/withdrawal.h"

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
    struct developers developers;
    struct utc now, start;
};

static void reload(struct play *p)
{
    MUST(p->f, case_load_by_id(&p->f->w, p->tx, 1, p->f->arena, &p->c, &p->f->err));
    MUST(p->f, developers_load(p->tx, 1, p->f->arena, &p->developers, &p->f->err));
}

/* Begun five days after acceptance; two developers, of which one has been told: the counting starts there. */
static struct play begun(void **state)
{
    struct play p = { .f = *state };
    struct desk_fixture *f = p.f;
    struct receipt receipt;
    struct developer d;

    p.now = f->now;
    p.start = utc_add_days(f->now, 5);
    f->finder = (struct subject){ .kind = SUBJECT_FINDER, .roles = ROLE_FINDER, .report_id = 1 };
    MUST(f, tx_begin(f->store, TX_WRITE, &p.tx, &f->err));
    MUST(f, intake_submit(&f->w, p.tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), p.now,
                          f->arena, &receipt, &f->err));
    reload(&p);
    MUST(f, intake_open(p.tx, &f->rb, &p.c, p.now, f->arena, &f->err));
    MUST(f, intake_accept(p.tx, &f->rb, &p.c, true, true, p.now, f->arena, &f->err));
    MUST(f, intake_forward(p.tx, &f->rb, &p.c, p.now, f->arena, &f->err));
    MUST(f, coordination_take(&f->w, p.tx, &f->cb, &p.c, p.now, f->arena, &f->err));
    MUST(f,
         coordination_write_summary(p.tx, &f->cb, &p.c, STR("a router"), p.now, f->arena, &f->err));
    for (int i = 0; i < 2; i++)
        MUST(f, coordination_add(&f->w, p.tx, &f->cb, &p.c, f->organisation[i], p.now, f->arena, &d,
                                 &f->err));
    reload(&p);
    MUST(f, coordination_send_summary(&f->w, p.tx, &f->cb, &p.c, &p.developers.at[0],
                                      utc_add_days(p.start, 14), p.start, f->arena, &f->err));
    reload(&p);
    return p;
}

static int64_t told(struct play *p, const char *notice)
{
    return testing_told(p->f, p->tx, notice);
}

static bool ask(struct play *p, const struct subject *who, bool is_understood)
{
    return withdrawal_request(&p->f->w, p->tx, who, &p->c, &p->developers, is_understood,
                              STR("canary-R I speak at a conference"), p->now, p->f->arena,
                              &p->f->err);
}

static bool decide(struct play *p, const struct subject *who, bool is_withdrawn, struct str words)
{
    return withdrawal_decide(&p->f->w, p->tx, who, &p->c, &p->developers, is_withdrawn, words,
                             p->now, p->f->arena, &p->f->err);
}

static struct withdrawal now_is(struct play *p)
{
    struct withdrawal w;

    reload(p);
    MUST(p->f, withdrawal_load(&p->f->w, p->tx, &p->c, p->f->arena, &w, &p->f->err));
    return w;
}

static void expect_refusal(struct play *p, bool ok, enum err_code code, const char *subject)
{
    assert_false(ok);
    assert_int_equal(p->f->err.code, code);
    if (subject)
        assert_string_equal(p->f->err.subject, subject);
}

/* FND-12, P23, COO-37: not a moment before one year from the start of counting, and by nobody but the finder. */
static void withdrawal__waits_for_the_year(void **state)
{
    static const char early[] = "year_is_over_and_consequences_read";
    struct play p = begun(state);
    struct utc day = utc_add_months(p.start, 12);

    assert_int_equal(withdrawal_from(&p.f->w, &p.c).ms, day.ms);
    p.f->w.start_is_handling_start = true; /* the other start of COO-37 */
    assert_int_equal(withdrawal_from(&p.f->w, &p.c).ms, utc_add_months(p.f->now, 12).ms);
    p.f->w.start_is_handling_start = false;
    p.now = (struct utc){ day.ms - 1 };
    expect_refusal(&p, ask(&p, &p.f->finder, true), ERR_NOT_READY, early);
    p.now = day;
    expect_refusal(&p, ask(&p, &p.f->finder, false), ERR_NOT_READY, early);
    expect_refusal(&p, ask(&p, &p.f->pm1, true), ERR_NOT_YOUR_MOVE, NULL);
    expect_refusal(&p, decide(&p, &p.f->rb, true, STR("yes")), ERR_NO_SUCH_MOVE, "NONE");
    MUST(p.f, ask(&p, &p.f->finder, true));
    assert_int_equal(now_is(&p).state, WITHDRAWAL_REQUESTED);
    expect_refusal(&p, ask(&p, &p.f->finder, true), ERR_NO_SUCH_MOVE, "REQUESTED");
    tx_end(p.tx);
}

/* FND-12: before a developer was contacted nothing is counted, so there is no day to ask on. */
static void withdrawal__needs_a_start(void **state)
{
    struct play p = begun(state);

    p.c.first_contact_at = (struct utc){ 0 };
    p.now = utc_add_months(p.start, 100);
    assert_int_equal(withdrawal_from(&p.f->w, &p.c).ms, 0);
    expect_refusal(&p, ask(&p, &p.f->finder, true), ERR_NOT_READY, NULL);
    tx_end(p.tx);
}

/* FND-12, N23: the receiving body decides with words for the finder; whoever knows of the case is told, who does not is not. The case, its
 * date and its developers stay as they are: nothing publishes by itself. */
static void withdrawal__is_decided_by_the_receiving_body(void **state)
{
    struct play p = begun(state);
    struct withdrawal w;
    int64_t entries;
    struct hash head;

    p.now = utc_add_months(p.start, 13);
    MUST(p.f, ask(&p, &p.f->finder, true));
    assert_int_equal(told(&p, "N23"), 2); /* both officers of the receiving body */
    assert_int_equal(told(&p, "N23_TOLD"),
                     2); /* CB, and the one developer that was told of the case */
    expect_refusal(&p, decide(&p, &p.f->cb, true, STR("yes")), ERR_NOT_YOUR_MOVE, NULL);
    expect_refusal(&p, decide(&p, &p.f->rb, true, STR(" ")), ERR_NOT_READY, "reason_given");
    MUST(p.f, decide(&p, &p.f->rb, false, STR("the fix comes next week")));
    w = now_is(&p);
    assert_int_equal(w.state, WITHDRAWAL_NONE);
    assert_str(w.answer, "the fix comes next week");
    assert_int_equal(told(&p, "N23_ANSWER"), 1);
    assert_int_equal(told(&p, "NOT_WITHDRAWN"), 2);
    MUST(p.f, ask(&p, &p.f->finder, true)); /* it may ask again */
    assert_int_equal(now_is(&p).answer.len, 0);
    MUST(p.f, decide(&p, &p.f->rb2, true, STR("you are free to publish")));
    w = now_is(&p);
    assert_int_equal(w.state, WITHDRAWAL_WITHDRAWN);
    assert_str(w.words, "canary-R I speak at a conference");
    assert_int_equal(told(&p, "WITHDRAWN"), 2);
    assert_int_equal(told(&p, "N23_ANSWER"), 2);
    assert_int_equal(p.c.state, CASE_COORDINATING);
    assert_int_equal(p.c.publication_date.ms, 0);
    assert_str(p.c.em, "PROPOSED");
    expect_refusal(&p, decide(&p, &p.f->rb, false, STR("no")), ERR_NO_SUCH_MOVE, "WITHDRAWN");
    MUST(p.f, casework_verify(&p.f->w, p.tx, &entries, &head, &p.f->err));
    tx_end(p.tx);
}

/* FND-12, N42: as the day comes near, both bodies and the developers that know of the case are warned. */
static void withdrawal__is_warned_of(void **state)
{
    struct play p = begun(state);
    struct utc day = withdrawal_from(&p.f->w, &p.c);
    struct timers timers;
    int64_t before;

    MUST(p.f, timer_due(p.tx, day, 100, p.f->arena, &timers, &p.f->err));
    for (size_t i = 0; i < timers.len; i++) {
        if (!str_eq_z(timers.at[i].kind, TIMER_YEAR))
            continue;
        assert_int_equal(timers.at[i].due.ms, utc_add_days(day, -30).ms);
        before = told(&p, "N42");
        MUST(p.f, due_fire(&p.f->w, p.tx, &timers.at[i], day, p.f->arena, &p.f->err));
        assert_int_equal(told(&p, "N42"), before + 4); /* three officers, one manager */
        tx_end(p.tx);
        return;
    }
    fail_msg("no warning is set");
}

/* P23: any open case. What was stopped holds nothing back that could be withdrawn. */
static void withdrawal__is_of_open_cases(void **state)
{
    struct play p = begun(state);

    p.now = utc_add_months(p.start, 13);
    MUST(p.f, ask(&p, &p.f->finder, true));
    MUST(p.f, intake_stop(p.tx, &p.f->rb, &p.c, STR("KNOWN_RB"), STR("it is known"), p.now,
                          p.f->arena, &p.f->err));
    assert_false(withdrawal_may_begin(&p.c));
    expect_refusal(&p, decide(&p, &p.f->rb, true, STR("yes")), ERR_NO_SUCH_MOVE, "STOPPED");
    tx_end(p.tx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(withdrawal__waits_for_the_year, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(withdrawal__needs_a_start, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(withdrawal__is_decided_by_the_receiving_body,
                                        desk_fixture_up, desk_fixture_down),
        cmocka_unit_test_setup_teardown(withdrawal__is_warned_of, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(withdrawal__is_of_open_cases, desk_fixture_up,
                                        desk_fixture_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
