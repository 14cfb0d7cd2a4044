/* A leak, an exploit or an attack before publication: CFD-15. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/observation.h"

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
    struct developers developers;
    struct subject cb2;
};

#define HERE_AND_NOW p->f->now, p->f->arena, &p->f->err

static void reload(struct play *p)
{
    MUST(p->f, case_load_by_id(&p->f->w, p->tx, 1, p->f->arena, &p->c, &p->f->err));
    MUST(p->f, developers_load(p->tx, 1, p->f->arena, &p->developers, &p->f->err));
}

static void add(struct play *p, int which, bool is_told)
{
    struct desk_fixture *f = p->f;
    struct developer d;

    MUST(f, coordination_add(&f->w, p->tx, &f->cb, &p->c, f->organisation[which], f->now, f->arena,
                             &d, &f->err));
    reload(p);
    if (!is_told)
        return;
    d = p->developers.at[p->developers.len - 1];
    MUST(f, coordination_send_summary(&f->w, p->tx, &f->cb, &p->c, &d, utc_add_days(f->now, 14),
                                      f->now, f->arena, &f->err));
    reload(p);
}

/* One developer has been told, another only chosen. */
static struct play begun(void **state)
{
    struct play p = { .f = *state };
    struct desk_fixture *f = p.f;
    struct receipt receipt;

    MUST(f, tx_begin(f->store, TX_WRITE, &p.tx, &f->err));
    p.cb2 = testing_person(f, p.tx, 9, 2, ROLE_CB);
    MUST(f, intake_submit(&f->w, p.tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    reload(&p);
    MUST(f, intake_open(p.tx, &f->rb, &p.c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(p.tx, &f->rb, &p.c, true, true, f->now, f->arena, &f->err));
    assert_false(observation_may_begin(&p.c));
    MUST(f, intake_forward(p.tx, &f->rb, &p.c, f->now, f->arena, &f->err));
    MUST(f, coordination_write_summary(p.tx, &f->cb, &p.c, STR("a router"), f->now, f->arena,
                                       &f->err));
    add(&p, 0, true);
    add(&p, 1, false);
    return p;
}

static int64_t told(struct play *p, const char *notice)
{
    return testing_told(p->f, p->tx, notice);
}

static bool claim(struct play *p, const struct subject *who, const struct developer *own)
{
    struct observed observed = { STR("LEAK"), STR("canary-R a page of a forum"), p->f->now };

    return observation_claim(p->tx, who, &p->c, own, &observed, HERE_AND_NOW);
}

static struct observation newest(struct play *p)
{
    struct observations all;

    MUST(p->f, observations_of(p->tx, &p->c, p->f->arena, &all, &p->f->err));
    assert_true(all.len > 0);
    return all.at[0];
}

static void verify(struct play *p)
{
    struct hash head;
    int64_t entries;

    MUST(p->f, casework_verify(&p->f->w, p->tx, &entries, &head, &p->f->err));
    tx_end(p->tx);
}

/* CFD-15: a second person confirms it; everybody who knows of the case is told in the same transaction, nobody else; nothing moves. */
static void observation__is_confirmed_told_and_decided(void **state)
{
    struct play play = begun(state), *p = &play;
    struct desk_fixture *f = p->f;
    enum product_state before = p->c.state;
    struct str em = p->c.em;
    struct observation o;
    struct str kind;

    MUST(f, claim(p, &f->cb, NULL));
    assert_int_equal(told(p, "OBSERVED"), 4); /* both officers of each body */
    assert_int_equal(told(p, "OBSERVED_NOW"), 0);
    o = newest(p);
    assert_true(str_contains(o.words, STR("canary-R")));
    assert_false(observation_is_for(&o, &f->pm1, &p->developers.at[0]));
    assert_false(observation_can(&f->cb, &o, ON_OBSERVATION_ADOPT));
    assert_false(
        observation_adopt(p->tx, &f->cb, &p->c, &p->developers, o.id, STR("told"), HERE_AND_NOW));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    assert_false(observation_decide(p->tx, &f->cb, &p->c, &p->developers, o.id, STR("SOON"),
                                    STR("w"), HERE_AND_NOW));

    MUST(f, observation_adopt(p->tx, &p->cb2, &p->c, &p->developers, o.id, STR("please act"),
                              HERE_AND_NOW));
    assert_int_equal(told(p, "OBSERVED_NOW"),
                     5); /* and the manager of the one developer that knows */
    assert_int_equal(told(p, "OBSERVED_FINDER"), 1);
    o = newest(p);
    assert_int_equal(o.adopted_at.ms, f->now.ms); /* in the same minute */
    assert_true(observation_is_for(&o, &f->pm1, &p->developers.at[0]));
    MUST(f, observation_adopted(p->tx, p->c.id, f->arena, &kind, &f->err));
    assert_true(str_eq(kind, STR("LEAK")));

    assert_false(observation_decide(p->tx, &f->rb, &p->c, &p->developers, o.id, STR("SOON"),
                                    STR("w"), HERE_AND_NOW));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    assert_false(observation_decide(p->tx, &f->cb, &p->c, &p->developers, o.id, STR("PUBLISH"),
                                    STR("w"), HERE_AND_NOW));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    MUST(f, observation_decide(p->tx, &f->cb, &p->c, &p->developers, o.id, STR("SOON"),
                               STR("attacks are near"), HERE_AND_NOW));
    assert_int_equal(told(p, "OBSERVED_DECIDED"), 5);
    assert_int_equal(told(p, "OBSERVED_FINDER"), 2);

    reload(p);
    assert_int_equal(p->c.state, before);
    assert_true(str_eq(p->c.em, em));
    assert_true(p->c.publication_date.ms == 0 && p->c.published_at.ms == 0);
    verify(p);
}

/* CFD-15: the finder and a developer that knows of the case may say so too; one that does not know has nothing to say. */
static void observation__is_reported_by_anybody_in_the_case(void **state)
{
    struct play play = begun(state), *p = &play;
    struct desk_fixture *f = p->f;
    struct subject finder = { .kind = SUBJECT_FINDER, .roles = ROLE_FINDER, .report_id = 1 };
    struct observed wrong = { STR("RUMOUR"), STR("words"), f->now };
    struct observation o;

    MUST(f, claim(p, &f->pm1, &p->developers.at[0]));
    o = newest(p);
    assert_true(observation_is_for(&o, &f->pm1, &p->developers.at[0]));
    assert_false(observation_is_for(&o, &finder, NULL));
    MUST(f, observation_dismiss(p->tx, &f->rb, &p->c, o.id, STR("an old page"), HERE_AND_NOW));
    assert_int_equal(newest(p).state, OBSERVATION_DISMISSED);
    assert_int_equal(told(p, "OBSERVED_NOW") + told(p, "OBSERVED_FINDER"), 0);

    assert_false(claim(p, &f->pm2, &p->developers.at[1]));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE);
    MUST(f, claim(p, &finder, NULL));
    o = newest(p);
    assert_true(observation_is_for(&o, &finder, NULL));
    assert_true(observation_can(&f->rb, &o, ON_OBSERVATION_ADOPT));

    assert_false(observation_claim(p->tx, &f->cb, &p->c, NULL, &wrong, HERE_AND_NOW));
    assert_string_equal(f->err.subject, "kind");
    wrong = (struct observed){ STR("ATTACK"), STR("words"), utc_add_days(f->now, 1) };
    assert_false(observation_claim(p->tx, &f->cb, &p->c, NULL, &wrong, HERE_AND_NOW));
    assert_string_equal(f->err.subject, "seen_at");
    verify(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(observation__is_confirmed_told_and_decided, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(observation__is_reported_by_anybody_in_the_case,
                                        desk_fixture_up, desk_fixture_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
