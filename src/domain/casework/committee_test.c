/* The publication judgement committee: a case whose developer refuses, or does not answer. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/committee.h"
#include "domain/casework/eol.h"
#include "domain/casework/priority.h"

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
    struct developers developers;
    struct subject members[3];
    struct utc now;
};

#define HERE_AND_NOW p->now, p->f->arena, &p->f->err

static void reload(struct play *p)
{
    MUST(p->f, case_load_by_id(&p->f->w, p->tx, 1, p->f->arena, &p->c, &p->f->err));
    MUST(p->f, developers_load(p->tx, 1, p->f->arena, &p->developers, &p->f->err));
}

static struct developer *first(struct play *p) { return &p->developers.at[0]; }

static struct docket docket_now(struct play *p)
{
    struct docket d;

    reload(p);
    MUST(p->f, docket_load(p->tx, &p->c, p->f->arena, &d, &p->f->err));
    return d;
}

static void add_committee(struct play *p)
{
    struct desk_fixture *f = p->f;

    MUST(f, store_exec(p->tx, &testing_organisation,
                       BINDS(bind_int("id", 6), bind_text("public_id", public_id_new(f->arena)),
                             bind_text("kind", STR("PC")), bind_text("name", STR("committee"))),
                       NULL, &f->err));
    for (int i = 0; i < 3; i++)
        p->members[i] = testing_person(f, p->tx, 10 + i, 6, ROLE_PC);
}

/* One developer, that has been sent the summary. */
static struct play begun(void **state)
{
    struct play play = { .f = *state }, *p = &play;
    struct desk_fixture *f = p->f;
    struct receipt receipt;
    struct developer d;

    p->now = f->now;
    f->w.committee_quorum = 2;
    f->w.committee_cases = 1;
    MUST(f, tx_begin(f->store, TX_WRITE, &p->tx, &f->err));
    add_committee(p);
    MUST(f, intake_submit(&f->w, p->tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), p->now,
                          f->arena, &receipt, &f->err));
    reload(p);
    MUST(f, intake_open(p->tx, &f->rb, &p->c, HERE_AND_NOW));
    MUST(f, intake_accept(p->tx, &f->rb, &p->c, true, true, HERE_AND_NOW));
    MUST(f, intake_forward(p->tx, &f->rb, &p->c, HERE_AND_NOW));
    MUST(f, coordination_write_summary(p->tx, &f->cb, &p->c, STR("a router"), HERE_AND_NOW));
    MUST(f, coordination_add(&f->w, p->tx, &f->cb, &p->c, f->organisation[0], p->now, f->arena, &d,
                             &f->err));
    reload(p);
    MUST(f, coordination_send_summary(&f->w, p->tx, &f->cb, &p->c, first(p),
                                      utc_add_days(p->now, 9), HERE_AND_NOW));
    reload(p);
    return play;
}

static void refuses(struct play *p)
{
    MUST(p->f, answer_refuse(p->tx, &p->f->pm1, &p->c, first(p), STR("the business has ended"),
                             HERE_AND_NOW));
    reload(p);
}

static void falls_silent(struct play *p)
{
    MUST(p->f, coordination_remind(p->tx, &p->f->cb, &p->c, first(p), utc_add_days(p->now, 3),
                                   HERE_AND_NOW));
    reload(p);
    MUST(p->f, coordination_mark_silent(p->tx, &p->f->cb, &p->c, first(p), HERE_AND_NOW));
    reload(p);
}

static void support_has_ended(struct play *p, struct str advice)
{
    struct eol_facts facts = { .url = STR("https://developer.example/end"),
                               .declared_at = utc_add_days(p->now, -400),
                               .ends_at = utc_add_days(p->now, -30),
                               .advice = advice };
    struct eol_others nobody = { 0 };

    MUST(p->f, eol_record(&p->f->w, p->tx, &p->f->cb, &p->c, &facts, &nobody, HERE_AND_NOW));
    reload(p);
}

static bool propose(struct play *p)
{
    return docket_propose(p->tx, &p->f->cb, &p->c, first(p), STR("no agreement can be expected"),
                          HERE_AND_NOW);
}

static bool check(struct play *p, bool last_holds)
{
    const struct docket_judgement judged[DOCKET_CRITERIA] = {
        { true, STR("tried for a year") },
        { true, STR("shown concretely") },
        { true, STR("sold in shops") },
        { last_holds, STR("nothing against it is known") },
    };

    return docket_check(p->tx, &p->f->rb, &p->c, judged, STR("P"), HERE_AND_NOW);
}

static bool convene(struct play *p, size_t count)
{
    struct docket_members members = { 0 };

    for (size_t i = 0; i < count; i++)
        VEC_PUSH(p->f->arena, &members, p->members[i].account_id);
    return docket_convene(&p->f->w, p->tx, &p->f->rb, &p->c, &members, utc_add_days(p->now, 1),
                          HERE_AND_NOW);
}

/* Heard without an opinion, with three members. */
static void to_the_meeting(struct play *p, bool last_holds)
{
    MUST(p->f, propose(p));
    MUST(p->f, check(p, last_holds));
    MUST(p->f, docket_notify(p->tx, &p->f->rb, &p->c, STR("please speak"), utc_add_days(p->now, 14),
                             HERE_AND_NOW));
    p->now = utc_add_days(p->now, 15);
    MUST(p->f, docket_end_hearing(p->tx, &p->f->rb, &p->c, HERE_AND_NOW));
    MUST(p->f, convene(p, 3));
    reload(p);
}

static bool vote(struct play *p, int member, const char *what)
{
    return docket_vote(p->tx, &p->members[member], &p->c, str_from_z(what),
                       STR("users are at risk"), HERE_AND_NOW);
}

static bool deliberate(struct play *p)
{
    return docket_deliberate(&p->f->w, p->tx, &p->f->rb, &p->c, STR("minutes"), HERE_AND_NOW);
}

static bool decide(struct play *p, enum docket_event event)
{
    const struct docket_decision decision = { .event = event,
                                              .reason = STR("as the committee judged"),
                                              .public_ja = STR("製品開発者の同意が得られない"),
                                              .public_en = STR("the developer does not agree") };

    return docket_decide(p->tx, &p->f->rb, &p->c, &decision, HERE_AND_NOW);
}

static bool give_view(struct play *p, const struct subject *who)
{
    return docket_give_view(p->tx, who, &p->c, STR("使用を中止してください"), STR(""),
                            HERE_AND_NOW);
}

static bool order(struct play *p, const char *confirmation)
{
    reload(p);
    return docket_order(&p->f->w, p->tx, &p->f->rb, &p->c, &p->developers, str_from_z(confirmation),
                        utc_add_days(p->now, 30), HERE_AND_NOW);
}

static bool refused_with(struct play *p, enum err_code code)
{
    bool is = p->f->err.code == code;

    p->f->err = (struct err){ 0 };
    return is;
}

static bool publish(struct play *p, bool is_allowed)
{
    struct product_facts facts = { .both_approved = true,
                                   .date_has_come = true,
                                   .content_passes = true,
                                   .committee_allows = is_allowed };
    int to;

    return life_next(&product_life, (int)p->c.state, ROLE_CLOCK, ON_PUBLISH, &facts, &to,
                     &p->f->err);
}

static void verified(struct play *p)
{
    struct hash head;
    int64_t entries;

    MUST(p->f, casework_verify(&p->f->w, p->tx, &entries, &head, &p->f->err));
    tx_end(p->tx);
}

/* UNR-04, UNR-05, UNR-08, EOL-05, P17, P18: case D, from the proposal to the order to publish the advice to stop using it. */
static void committee__publishes_what_a_developer_refused(void **state)
{
    struct play play = begun(state), *p = &play;
    struct desk_fixture *f = p->f;
    struct docket d;
    struct str bundle;
    bool allows;

    support_has_ended(p, STR(""));
    assert_false(propose(p)); /* no cause stands */
    assert_true(refused_with(p, ERR_NOT_READY));
    refuses(p);
    MUST(f, propose(p));
    d = docket_now(p);
    assert_int_equal(p->c.state, CASE_COMMITTEE);
    assert_true(str_eq_z(d.cause, "REFUSED"));
    assert_int_equal(docket_waiting_days(&d, utc_add_days(p->now, 40)), 40);

    MUST(f, check(p, true));
    d = docket_now(p);
    assert_true(str_eq_z(d.criteria, "abcd"));
    assert_true(str_eq_z(d.criterion[2], "sold in shops"));
    MUST(f, docket_bundle(p->tx, &p->c, &d, f->arena, &bundle, &f->err));
    assert_true(str_eq(hash_hex(hash_of(bundle), f->arena), d.bundle_hash));
    assert_true(str_eq_z(record_get(bundle, "developer_state"), "REFUSED"));
    assert_false(str_contains(bundle, STR("canary-I")));

    MUST(f, docket_notify(p->tx, &f->rb, &p->c, STR("please speak"), utc_add_days(p->now, 14),
                          HERE_AND_NOW));
    assert_false(docket_end_hearing(p->tx, &f->rb, &p->c, HERE_AND_NOW)); /* it may still speak */
    assert_true(refused_with(p, ERR_NOT_READY));
    assert_false(docket_speak(p->tx, &f->pm2, &p->c, STR("words"), HERE_AND_NOW));
    assert_true(refused_with(p, ERR_ABSENT));
    MUST(f, docket_speak(p->tx, &f->pm1, &p->c, STR("we end business"), HERE_AND_NOW));
    MUST(f, convene(p, 3));
    MUST(f, docket_recuse(p->tx, &p->members[2], &p->c, STR("I worked there"), HERE_AND_NOW));
    assert_false(vote(p, 2, "PUBLISH"));
    assert_true(refused_with(p, ERR_NOT_READY));
    MUST(f, vote(p, 0, "PUBLISH"));
    assert_false(vote(p, 0, "NOT")); /* once each */
    assert_true(refused_with(p, ERR_NOT_READY));
    assert_false(deliberate(p)); /* no quorum */
    assert_true(refused_with(p, ERR_NOT_READY));
    MUST(f, vote(p, 1, "PUBLISH"));
    MUST(f, deliberate(p));
    assert_false(decide(p, ON_DOCKET_NOT)); /* not what the committee judged */
    assert_true(refused_with(p, ERR_NOT_READY));
    MUST(f, decide(p, ON_DOCKET_PUBLISH));

    assert_false(give_view(p, &f->pm2)); /* of another developer */
    assert_true(refused_with(p, ERR_ABSENT));
    assert_true(give_view(p, &f->pm1));

    assert_false(order(p, "")); /* the ministry's confirmation is missing */
    assert_true(refused_with(p, ERR_INPUT));
    assert_false(order(p, "letter 12")); /* the advice is not to stop using it yet */
    assert_true(refused_with(p, ERR_NOT_READY));
    support_has_ended(p, STR("STOP_USE"));
    MUST(f, order(p, "letter 12"));
    d = docket_now(p);
    assert_int_equal(d.state, DOCKET_ORDERED);
    assert_true(str_eq_z(d.view_ja, "使用を中止してください"));
    assert_int_equal(p->c.publication_date.ms, utc_add_days(p->now, 30).ms);
    assert_true(str_eq_z(p->c.date_basis, "COMMITTEE"));
    MUST(f, docket_allows(p->tx, &p->c, f->arena, &allows, &f->err));
    assert_true(allows);
    assert_false(publish(p, false));
    assert_true(refused_with(p, ERR_NOT_READY));
    MUST(f, publish(p, allows));
    verified(p);
}

static bool plan_provision(struct play *p)
{
    const struct priority_wish wish = { .sectors = STR("POWER"), .reason = STR("it runs there") };

    reload(p);
    return priority_plan(&p->f->w, p->tx, &p->f->cb, &p->c, &p->developers, &wish, HERE_AND_NOW);
}

/* UNR-09, UNR-11, PRI-07: nothing is provided in a case of the committee, unless the setting allows it; then once it is ordered to be published. */
static void committee__lets_nothing_be_provided_by_default(void **state)
{
    struct play play = begun(state), *p = &play;
    struct priority_plan plan;
    bool found;

    p->f->w.priority_sender = ROLE_CB;
    refuses(p);
    to_the_meeting(p, true);
    MUST(p->f, vote(p, 0, "PUBLISH"));
    MUST(p->f, vote(p, 1, "PUBLISH"));
    MUST(p->f, deliberate(p));
    MUST(p->f, decide(p, ON_DOCKET_PUBLISH));
    p->f->w.priority_after_committee = true;
    assert_false(plan_provision(p)); /* not ordered yet */
    assert_true(refused_with(p, ERR_NO_SUCH_MOVE));
    MUST(p->f, order(p, "letter 12"));
    p->f->w.priority_after_committee = false;
    assert_false(plan_provision(p));
    assert_true(refused_with(p, ERR_NO_SUCH_MOVE));
    p->f->w.priority_after_committee = true;
    MUST(p->f, plan_provision(p));
    MUST(p->f,
         priority_answer(&p->f->w, p->tx, &p->f->rb, &p->c, NULL, true, STR(""), HERE_AND_NOW));
    MUST(p->f, priority_load(p->tx, &p->c, p->f->arena, &plan, &found, &p->f->err));
    assert_true(found && priority_is_agreed(&plan, &p->c)); /* the developer refuses: not asked */
    verified(p);
}

/* UNR-06, P19: after a refusal the case is coordinated again and may be put before the committee anew. */
static void committee__gives_a_declined_case_back(void **state)
{
    struct play play = begun(state), *p = &play;
    struct docket d;

    refuses(p);
    to_the_meeting(p, true);
    MUST(p->f, vote(p, 0, "NOT"));
    MUST(p->f, vote(p, 1, "NOT"));
    MUST(p->f, vote(p, 2, "PUBLISH"));
    MUST(p->f, deliberate(p));
    assert_false(decide(p, ON_DOCKET_PUBLISH));
    assert_true(refused_with(p, ERR_NOT_READY));
    MUST(p->f, decide(p, ON_DOCKET_NOT));
    d = docket_now(p);
    assert_int_equal(d.state, DOCKET_NOT);
    assert_int_equal(p->c.state, CASE_COORDINATING);
    assert_int_equal(docket_waiting_days(&d, utc_add_days(p->now, 100)), 15); /* it waits no more */
    MUST(p->f, propose(p));
    assert_int_equal(docket_now(p).id, d.id + 1);
    assert_int_equal(p->c.state, CASE_COMMITTEE);
    verified(p);
}

/* All four criteria hold, or it is not published, whatever the votes say. */
static void committee__publishes_only_when_all_criteria_hold(void **state)
{
    struct play play = begun(state), *p = &play;

    refuses(p);
    to_the_meeting(p, false);
    for (int i = 0; i < 3; i++)
        MUST(p->f, vote(p, i, "PUBLISH"));
    MUST(p->f, deliberate(p));
    assert_false(decide(p, ON_DOCKET_PUBLISH));
    assert_true(refused_with(p, ERR_NOT_READY));
    MUST(p->f, decide(p, ON_DOCKET_NOT_YET));
    assert_int_equal(docket_now(p).state, DOCKET_NOT_YET);
    verified(p);
}

/* EOL-06, UNR-11: silence is a cause whether or not support has ended; nobody asks the ministry. UNR-03, P19: an answer ends it. */
static void committee__judges_silence_until_it_is_broken(void **state)
{
    struct play play = begun(state), *p = &play;

    falls_silent(p);
    to_the_meeting(p, true);
    assert_true(str_eq_z(docket_now(p).cause, "UNREACHABLE"));
    MUST(p->f, vote(p, 0, "PUBLISH"));
    MUST(p->f, vote(p, 1, "PUBLISH"));
    MUST(p->f, deliberate(p));
    MUST(p->f, decide(p, ON_DOCKET_PUBLISH));
    MUST(p->f, order(p, ""));
    reload(p);
    MUST(p->f, answer_request_detail(p->tx, &p->f->pm1, &p->c, first(p), true, HERE_AND_NOW));
    assert_int_equal(docket_now(p).state, DOCKET_SUSPENDED);
    assert_int_equal(p->c.state, CASE_COORDINATING);
    assert_int_equal(p->c.publication_date.ms, 0);
    verified(p);
}

/* UNR-07, UNR-11: one case calls a meeting, unless the setting asks for more; members are of the committee, and a quorum. */
static void committee__meets_for_a_single_case_by_default(void **state)
{
    struct play play = begun(state), *p = &play;
    struct docket_members strangers = { 0 };

    refuses(p);
    MUST(p->f, propose(p));
    MUST(p->f, check(p, true));
    MUST(p->f, docket_notify(p->tx, &p->f->rb, &p->c, STR("please speak"), utc_add_days(p->now, 14),
                             HERE_AND_NOW));
    MUST(p->f, docket_speak(p->tx, &p->f->pm1, &p->c, STR("no"), HERE_AND_NOW));
    VEC_PUSH(p->f->arena, &strangers, p->f->rb2.account_id);
    assert_false(
        docket_convene(&p->f->w, p->tx, &p->f->rb, &p->c, &strangers, p->now, HERE_AND_NOW));
    assert_true(refused_with(p, ERR_INPUT));
    assert_false(convene(p, 1));
    assert_true(refused_with(p, ERR_NOT_READY));
    p->f->w.committee_cases = 2;
    assert_false(convene(p, 2));
    assert_true(refused_with(p, ERR_NOT_READY));
    p->f->w.committee_cases = 1;
    MUST(p->f, convene(p, 2));
    MUST(p->f, docket_recuse(p->tx, &p->members[0], &p->c, STR("I worked there"), HERE_AND_NOW));
    assert_false(convene(p, 1)); /* who stands aside fills no quorum */
    assert_true(refused_with(p, ERR_NOT_READY));
    MUST(p->f, convene(p, 3)); /* another one joins */
    assert_int_equal(docket_now(p).members.len, 3);
    assert_true(docket_now(p).members.at[0].is_recused);
    verified(p);
}

/* P19: with the developer the cause goes, and the case comes back. */
static void committee__ends_when_its_developer_is_taken_out(void **state)
{
    struct play play = begun(state), *p = &play;

    falls_silent(p);
    MUST(p->f, propose(p));
    reload(p);
    MUST(p->f, coordination_remove(p->tx, &p->f->cb, &p->c, first(p), STR("not its product"),
                                   HERE_AND_NOW));
    assert_int_equal(docket_now(p).state, DOCKET_SUSPENDED);
    assert_int_equal(p->c.state, CASE_COORDINATING);
    verified(p);
}

/* CFD-01, row PC of the matrix: a member sees its case while it judges, nobody else of the committee, and not who stands aside. */
static void committee__sees_the_cases_it_judges(void **state)
{
    struct play play = begun(state), *p = &play;
    struct desk_fixture *f = p->f;
    struct grant grant;

    refuses(p);
    assert_false(
        docket_grant(p->tx, &p->members[0], &p->c, &p->developers, f->arena, &grant, &f->err));
    assert_true(refused_with(p, ERR_ABSENT));
    to_the_meeting(p, true);
    MUST(f, docket_grant(p->tx, &p->members[0], &p->c, &p->developers, f->arena, &grant, &f->err));
    assert_int_equal((grant.full | grant.part) & (SEES_I | SEES_T | SEES_X), 0);
    assert_true(grant_sees(&grant, SEES_V | SEES_S));
    assert_false(docket_grant(p->tx, &f->pm1, &p->c, &p->developers, f->arena, &grant, &f->err));
    assert_true(refused_with(p, ERR_ABSENT));
    MUST(f, docket_recuse(p->tx, &p->members[0], &p->c, STR("I worked there"), HERE_AND_NOW));
    assert_false(
        docket_grant(p->tx, &p->members[0], &p->c, &p->developers, f->arena, &grant, &f->err));
    assert_true(refused_with(p, ERR_ABSENT));
    verified(p);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(committee__publishes_what_a_developer_refused),
        STORY(committee__gives_a_declined_case_back),
        STORY(committee__publishes_only_when_all_criteria_hold),
        STORY(committee__judges_silence_until_it_is_broken),
        STORY(committee__meets_for_a_single_case_by_default),
        STORY(committee__ends_when_its_developer_is_taken_out),
        STORY(committee__sees_the_cases_it_judges),
        STORY(committee__lets_nothing_be_provided_by_default),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
