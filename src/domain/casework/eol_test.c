/* Products whose support has ended: requirements 1.7, PRI-07. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/eol.h"
#include "domain/casework/priority.h"

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
    struct developers developers;
};

#define HERE_AND_NOW p->f->now, p->f->arena, &p->f->err

static void reload(struct play *p)
{
    MUST(p->f, case_load_by_id(&p->f->w, p->tx, p->c.id, p->f->arena, &p->c, &p->f->err));
    MUST(p->f, developers_load(p->tx, p->c.id, p->f->arena, &p->developers, &p->f->err));
}

static struct developer *first(struct play *p) { return &p->developers.at[0]; }

/* One developer, that has been sent the summary. */
static struct play begun(void **state)
{
    struct play play = { .f = *state }, *p = &play;
    struct desk_fixture *f = p->f;
    struct receipt receipt;
    struct developer d;

    f->w.priority_sender = ROLE_CB;
    MUST(f, tx_begin(f->store, TX_WRITE, &p->tx, &f->err));
    MUST(f, intake_submit(&f->w, p->tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    p->c.id = 1;
    reload(p);
    MUST(f, intake_open(p->tx, &f->rb, &p->c, HERE_AND_NOW));
    MUST(f, intake_accept(p->tx, &f->rb, &p->c, true, true, HERE_AND_NOW));
    MUST(f, intake_forward(p->tx, &f->rb, &p->c, HERE_AND_NOW));
    MUST(f, coordination_write_summary(p->tx, &f->cb, &p->c, STR("a router"), HERE_AND_NOW));
    MUST(f, coordination_add(&f->w, p->tx, &f->cb, &p->c, f->organisation[0], f->now, f->arena, &d,
                             &f->err));
    reload(p);
    MUST(f, coordination_send_summary(&f->w, p->tx, &f->cb, &p->c, first(p),
                                      utc_add_days(f->now, 9), HERE_AND_NOW));
    reload(p);
    return play;
}

static struct eol_facts facts_of(struct play *p)
{
    return (struct eol_facts){ .url = STR("https://developer.example/end"),
                               .declared_at = utc_add_days(p->f->now, -400),
                               .ends_at = utc_add_days(p->f->now, -30) };
}

static bool record(struct play *p, const struct eol_facts *facts)
{
    struct eol_others nobody = { 0 };

    return eol_record(&p->f->w, p->tx, &p->f->cb, &p->c, facts, &nobody, HERE_AND_NOW);
}

static enum eol_case case_now(struct play *p)
{
    struct eol eol;

    reload(p);
    MUST(p->f, eol_load(p->tx, &p->c, p->f->arena, &eol, &p->f->err));
    return eol_case_of(&eol, &p->developers, p->f->now);
}

static void detailed(struct play *p)
{
    struct product_results products = { 0 };

    VEC_PUSH(p->f->arena, &products,
             (struct product_result){ STR("RX-100"), STR("2.1.3"), STR(""), STR("YES") });
    MUST(p->f, answer_request_detail(p->tx, &p->f->pm1, &p->c, first(p), true, HERE_AND_NOW));
    MUST(p->f, coordination_send_detail(p->tx, &p->f->cb, &p->c, first(p),
                                        utc_add_days(p->f->now, 9), HERE_AND_NOW));
    MUST(p->f, answer_result(p->tx, &p->f->pm1, &p->c, first(p), STR("YES"), STR("NEW"),
                             STR("seen"), &products, HERE_AND_NOW));
    reload(p);
}

static bool answer_with(struct play *p, const char *countermeasure)
{
    struct status_report report = { .countermeasure = str_from_z(countermeasure),
                                    .words = STR("see our page"),
                                    .statement_ja = STR("stop using it") };

    return answer_status(p->tx, &p->f->pm1, &p->c, first(p), &report, HERE_AND_NOW);
}

static bool close_as_a(struct play *p)
{
    return coordination_close(p->tx, &p->f->cb, &p->c, &p->developers, ON_CLOSE_EOL,
                              STR("told, and the impact is small"), HERE_AND_NOW);
}

static void verified(struct play *p)
{
    struct hash head;
    int64_t entries;

    MUST(p->f, casework_verify(&p->f->w, p->tx, &entries, &head, &p->f->err));
    tx_end(p->tx);
}

/* EOL-01: declaration, dates, possible use by critical infrastructure, products that hold it; a problem case meets all four. */
static void eol__is_recorded_in_the_case(void **state)
{
    struct play play = begun(state), *p = &play;
    struct eol_facts facts = facts_of(p);
    struct eol eol;

    facts.url = STR("our page");
    assert_false(record(p, &facts));
    p->f->err = (struct err){ 0 };
    facts = facts_of(p);
    facts.advice = STR("SUCCESSOR"); /* which? */
    assert_false(record(p, &facts));
    p->f->err = (struct err){ 0 };
    facts.successor = STR("RX-200");
    facts.ci_use = true;
    facts.embedded = STR("controllers of another maker");
    MUST(p->f, record(p, &facts));
    MUST(p->f, eol_load(p->tx, &p->c, p->f->arena, &eol, &p->f->err));
    assert_true(str_eq_z(eol.facts.url, "https://developer.example/end"));
    assert_true(str_eq_z(eol.facts.successor, "RX-200"));
    assert_true(eol_has_ended(&eol, p->f->now));
    assert_true(eol_is_problem_case(&eol, p->f->now));
    facts.embedded = STR("");
    MUST(p->f, record(p, &facts)); /* as it is known now */
    MUST(p->f, eol_load(p->tx, &p->c, p->f->arena, &eol, &p->f->err));
    assert_false(eol_is_problem_case(&eol, p->f->now));
    verified(p);
}

/* EOL-08: the end of support alone closes nothing. EOL-02, P16: case A ends, with the reason told. */
static void eol__ends_a_case_only_when_told_and_small(void **state)
{
    struct play play = begun(state), *p = &play;
    struct eol_facts facts = facts_of(p);

    assert_false(close_as_a(p)); /* nothing is known of an end */
    assert_int_equal(p->f->err.code, ERR_NOT_READY);
    p->f->err = (struct err){ 0 };
    MUST(p->f, record(p, &facts));
    assert_int_equal(case_now(p), EOL_OPEN);
    assert_int_equal(p->c.state, CASE_COORDINATING);
    assert_false(close_as_a(p));
    p->f->err = (struct err){ 0 };
    facts.small_impact = true;
    facts.ends_at = utc_add_days(p->f->now, 30); /* not over yet */
    MUST(p->f, record(p, &facts));
    assert_int_equal(case_now(p), EOL_NONE);
    assert_false(close_as_a(p));
    p->f->err = (struct err){ 0 };
    facts.ends_at = utc_add_days(p->f->now, -1);
    MUST(p->f, record(p, &facts));
    assert_int_equal(case_now(p), EOL_A);
    MUST(p->f, coordination_remind(p->tx, &p->f->cb, &p->c, first(p), utc_add_days(p->f->now, 3),
                                   HERE_AND_NOW));
    testing_told_directly(p->f, p->tx, p->c.id);
    MUST(p->f, close_as_a(p));
    assert_int_equal(testing_told_reporter(p->f, p->tx, "N27_ENDED"), 1); /* PSR-40 */
    reload(p);
    assert_int_equal(p->c.state, CASE_CLOSED_EOL_A);
    assert_false(
        coordination_mark_silent(p->tx, &p->f->cb, &p->c, first(p), HERE_AND_NOW)); /* it is over */
    assert_int_equal(p->f->err.code, ERR_NO_SUCH_MOVE);
    p->f->err = (struct err){ 0 };
    assert_string_equal(product_public_label(p->c.state), "Handling ended");
    assert_int_equal(product_phase(p->c.state, true, false), PHASE_F);
    verified(p);
}

/* EOL-03: case B, a countermeasure after the end of support. */
static void eol__case_b_has_a_countermeasure(void **state)
{
    struct play play = begun(state), *p = &play;
    struct eol_facts facts = facts_of(p);

    facts.small_impact = true;
    MUST(p->f, record(p, &facts));
    detailed(p);
    MUST(p->f, answer_with(p, "WORKAROUND"));
    assert_int_equal(case_now(p), EOL_B);
    assert_false(close_as_a(p)); /* it is published */
    verified(p);
}

/* EOL-04, EOL-07, PRI-07: case C, the developer agrees to the advice to stop using it, which may be provided beforehand. */
static void eol__case_c_agrees_to_stop_use(void **state)
{
    struct play play = begun(state), *p = &play;
    struct eol_facts facts = facts_of(p);
    struct priority_wish wish = { .sectors = STR("POWER"), .reason = STR("substations use it") };

    MUST(p->f, record(p, &facts));
    detailed(p);
    assert_false(priority_plan(&p->f->w, p->tx, &p->f->cb, &p->c, &p->developers, &wish,
                               HERE_AND_NOW)); /* nothing takes the countermeasure's place yet */
    p->f->err = (struct err){ 0 };
    MUST(p->f, answer_with(p, "STOP_USE"));
    assert_int_equal(case_now(p), EOL_C);
    MUST(p->f,
         priority_plan(&p->f->w, p->tx, &p->f->cb, &p->c, &p->developers, &wish, HERE_AND_NOW));
    verified(p);
}

/* Who refuses is case D, who does not answer case E; neither ends by itself. */
static void eol__cases_d_and_e_are_for_the_committee(void **state)
{
    struct play play = begun(state), *p = &play;
    struct eol_facts facts = facts_of(p);

    MUST(p->f, record(p, &facts));
    MUST(p->f, coordination_remind(p->tx, &p->f->cb, &p->c, first(p), utc_add_days(p->f->now, 3),
                                   HERE_AND_NOW));
    reload(p);
    MUST(p->f, coordination_mark_silent(p->tx, &p->f->cb, &p->c, first(p), HERE_AND_NOW));
    assert_int_equal(case_now(p), EOL_E);
    assert_int_equal(p->c.state, CASE_COORDINATING);
    verified(p);
}

static void eol__case_d_refuses(void **state)
{
    struct play play = begun(state), *p = &play;
    struct eol_facts facts = facts_of(p);

    MUST(p->f, record(p, &facts));
    MUST(p->f, answer_refuse(p->tx, &p->f->pm1, &p->c, first(p), STR("the business has ended"),
                             HERE_AND_NOW));
    assert_int_equal(case_now(p), EOL_D);
    assert_int_equal(p->c.state, CASE_COORDINATING);
    verified(p);
}

/* EOL-09: developers whose products hold it are further developers of the case. */
static void eol__brings_the_developers_of_embedding_products(void **state)
{
    struct play play = begun(state), *p = &play;
    struct eol_facts facts = facts_of(p);
    struct eol_others others = { 0 };

    facts.embedded = STR("controllers of another maker");
    VEC_PUSH(p->f->arena, &others, p->f->organisation[1]);
    MUST(p->f, eol_record(&p->f->w, p->tx, &p->f->cb, &p->c, &facts, &others, HERE_AND_NOW));
    reload(p);
    assert_int_equal(p->developers.len, 2);
    assert_int_equal(p->developers.at[1].state, DEVELOPER_IDENTIFIED); /* nothing is told yet */
    verified(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(eol__is_recorded_in_the_case, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(eol__ends_a_case_only_when_told_and_small, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(eol__case_b_has_a_countermeasure, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(eol__case_c_agrees_to_stop_use, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(eol__cases_d_and_e_are_for_the_committee, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(eol__case_d_refuses, desk_fixture_up, desk_fixture_down),
        cmocka_unit_test_setup_teardown(eol__brings_the_developers_of_embedding_products,
                                        desk_fixture_up, desk_fixture_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
