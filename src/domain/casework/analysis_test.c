/* INT-14, CFD-02: analysis by a third party, under proper management; row AN of the matrix. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/analysis.h"

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
    struct grant grant; /* of the receiving body */
    struct subject an;
    struct str partner;
};

static void look(struct play *p)
{
    struct developers none = { 0 };

    MUST(p->f, case_load_by_id(&p->f->w, p->tx, 1, p->f->arena, &p->c, &p->f->err));
    MUST(p->f, visibility_grant(&p->f->rb, &p->c, &none, NULL, &p->grant, &p->f->err));
}

static struct play begun(void **state)
{
    struct play p = { .f = *state };
    struct desk_fixture *f = p.f;
    struct partner_values v = { .kind = STR("AN"),
                                .name_ja = STR("analysts"),
                                .name_en = STR(""),
                                .agreement = STR("signed"),
                                .agreed_at = utc_add_days(f->now, -9) };
    struct receipt receipt;
    struct partner partner;
    struct deed deed;

    MUST(f, tx_begin(f->store, TX_WRITE, &p.tx, &f->err));
    deed = (struct deed){ p.tx, &f->rb, f->now, f->arena };
    MUST(f, partner_add(&deed, &v, &p.partner, &f->err));
    MUST(f, partner_by_public_id(p.tx, p.partner, f->arena, &partner, &f->err));
    p.an = testing_person(f, p.tx, 20, partner.organisation_id, ROLE_AN);
    MUST(f, intake_submit(&f->w, p.tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    look(&p);
    MUST(f, intake_open(p.tx, &f->rb, &p.c, f->now, f->arena, &f->err));
    return p;
}

static bool ask(struct play *p, bool with_methods)
{
    struct analysis_wish wish = { .partner = p->partner,
                                  .scope = STR("does it reach the kernel?"),
                                  .condition = STR("two named people, destroyed afterwards"),
                                  .due = utc_add_days(p->f->now, 10),
                                  .with_verification = with_methods };

    return analysis_ask(p->tx, &p->f->rb, &p->c, &p->grant, &wish, p->f->now, p->f->arena,
                        &p->f->err);
}

static struct str texts_of(struct play *p, struct str public_id)
{
    struct str scope, condition, texts, answer;
    struct product_case c;
    struct analysis a;
    struct grant grant;

    MUST(p->f, analysis_load(&p->f->w, p->tx, &p->an, public_id, p->f->arena, &a, &c, &grant,
                             &p->f->err));
    assert_int_equal(grant.audience, AUDIENCE_AN);
    MUST(p->f, analysis_texts(p->tx, &c, &a, &grant, p->f->arena, &scope, &condition, &texts,
                              &answer, &p->f->err));
    assert_str(condition, "two named people, destroyed afterwards");
    return texts;
}

/* INT-14: recipient, scope, management condition, return date; only what is needed, never the finder; ended, nothing is seen any more. */
static void analysis__gives_what_is_needed_and_no_more(void **state)
{
    struct play p = begun(state);
    struct desk_fixture *f = p.f;
    struct analyses all;
    struct analysis a;
    struct product_case c;
    struct grant grant;
    struct hash head;
    struct str texts;
    int64_t entries;

    assert_false(ask(&p, false)); /* row AN, phase A: nothing before acceptance */
    MUST(f, intake_accept(p.tx, &f->rb, &p.c, true, true, f->now, f->arena, &f->err));
    look(&p);
    MUST(f, ask(&p, false));
    MUST(f, ask(&p, true));
    MUST(f, analyses_of_case(p.tx, 1, f->arena, &all, &f->err));
    assert_int_equal(all.len, 2);
    texts = texts_of(&p, all.at[1].public_id);
    assert_true(str_contains(texts, STR("canary-V")));
    assert_false(str_contains(texts, STR("canary-T")));
    texts = texts_of(&p, all.at[0].public_id);
    assert_true(str_contains(texts, STR("canary-T")));
    assert_false(str_contains(texts, STR("canary-X")));
    assert_false(str_contains(texts, STR("canary-I")));
    MUST(f,
         analysis_load(&f->w, p.tx, &p.an, all.at[0].public_id, f->arena, &a, &c, &grant, &f->err));
    MUST(f, analysis_see(p.tx, &p.an, &c, &a, f->now, f->arena, &f->err));
    MUST(f, analysis_answer(p.tx, &p.an, &c, &a, STR("it does"), f->now, f->arena, &f->err));
    assert_false(analysis_end(p.tx, &f->cb, &c, a.public_id, f->now, f->arena, &f->err));
    MUST(f, analysis_end(p.tx, &f->rb, &c, a.public_id, f->now, f->arena, &f->err));
    assert_false(analysis_load(&f->w, p.tx, &p.an, a.public_id, f->arena, &a, &c, &grant, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    MUST(f, casework_verify(&f->w, p.tx, &entries, &head, &f->err));
    tx_end(p.tx);
}

/* INT-14: only somebody of the register; a condition and a return date are given. */
static void analysis__is_managed(void **state)
{
    struct play p = begun(state);
    struct desk_fixture *f = p.f;
    struct analysis_wish wish = { .partner = p.partner,
                                  .scope = STR("what"),
                                  .condition = STR(""),
                                  .due = utc_add_days(f->now, 1) };

    MUST(f, intake_accept(p.tx, &f->rb, &p.c, true, true, f->now, f->arena, &f->err));
    look(&p);
    assert_false(analysis_ask(p.tx, &f->rb, &p.c, &p.grant, &wish, f->now, f->arena, &f->err));
    assert_str(str_from_z(f->err.subject), "condition");
    wish.condition = STR("kept in a safe");
    wish.due = f->now;
    assert_false(analysis_ask(p.tx, &f->rb, &p.c, &p.grant, &wish, f->now, f->arena, &f->err));
    wish.due = utc_add_days(f->now, 1);
    assert_false(analysis_ask(p.tx, &f->pm1, &p.c, &p.grant, &wish, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    wish.partner = f->organisation[0]; /* a developer */
    assert_false(analysis_ask(p.tx, &f->rb, &p.c, &p.grant, &wish, f->now, f->arena, &f->err));
    tx_end(p.tx);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(analysis__gives_what_is_needed_and_no_more),
        RULE(analysis__is_managed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
