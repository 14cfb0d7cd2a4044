/* Priority provision to critical infrastructure: requirements 1.8, FND-08, CFD-11, row CI of the matrix. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/own_product.h"
#include "domain/casework/priority.h"

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
    struct developers developers;
    struct subject ci;
    struct str recipient; /* ready, of the power sector */
};

static struct deed deed_by(struct play *p, const struct subject *who)
{
    return (struct deed){ p->tx, who, p->f->now, p->f->arena };
}

static struct str entered(struct play *p, const char *sector, int64_t account, struct subject *out)
{
    struct desk_fixture *f = p->f;
    struct partner_values v = { .kind = STR("CI"),
                                .name_ja = arena_printf(f->arena, "recipient %s", sector),
                                .name_en = STR(""),
                                .sector = str_from_z(sector),
                                .agreement = STR("signed, binder 3"),
                                .agreed_at = utc_add_days(f->now, -30) };
    struct form_faults faults = { 0 };
    struct deed by = deed_by(p, &f->cb);
    struct partner partner;
    struct str id;

    partner_check(&v, f->now, f->arena, &faults);
    assert_int_equal(faults.len, 0);
    MUST(f, partner_add(&by, &v, &id, &f->err));
    MUST(f, partner_by_public_id(p->tx, id, f->arena, &partner, &f->err));
    assert_false(partner_is_ready(&partner)); /* nobody there, nothing confirmed */
    *out = testing_person(f, p->tx, account, partner.organisation_id, ROLE_CI);
    return id;
}

static void confirm_all(struct play *p, const struct subject *who)
{
    struct deed by = deed_by(p, who);

    for (int i = 0; i < PARTNER_CONDITIONS; i++)
        MUST(p->f, partner_confirm(&by, (enum partner_condition)i, &p->f->err));
}

static void reload(struct play *p)
{
    MUST(p->f, case_load_by_id(&p->f->w, p->tx, p->c.id, p->f->arena, &p->c, &p->f->err));
    MUST(p->f, developers_load(p->tx, p->c.id, p->f->arena, &p->developers, &p->f->err));
}

/* A finder's report whose developer has its countermeasure and whose date is set. */
static struct play begun(void **state)
{
    struct play p = { .f = *state };
    struct desk_fixture *f = p.f;
    struct buf why = buf_new(f->arena, 64);
    struct status_report fix = { .countermeasure = STR("FIX"),
                                 .words = STR("2.1.4 is built"),
                                 .statement_ja = STR("canary-M: update to 2.1.4") };
    struct product_results products = { 0 };
    struct receipt receipt;
    struct developer d;

    f->w.priority_sender = ROLE_CB;
    MUST(f, tx_begin(f->store, TX_WRITE, &p.tx, &f->err));
    MUST(f, intake_submit(&f->w, p.tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    p.c.id = 1;
    reload(&p);
    MUST(f, intake_open(p.tx, &f->rb, &p.c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(p.tx, &f->rb, &p.c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(p.tx, &f->rb, &p.c, f->now, f->arena, &f->err));
    MUST(f, coordination_write_summary(p.tx, &f->cb, &p.c, STR("a router"), f->now, f->arena,
                                       &f->err));
    MUST(f, coordination_add(&f->w, p.tx, &f->cb, &p.c, f->organisation[0], f->now, f->arena, &d,
                             &f->err));
    MUST(f, developer_load(p.tx, d.public_id, f->arena, &d, &f->err));
    MUST(f, coordination_send_summary(&f->w, p.tx, &f->cb, &p.c, &d, utc_add_days(f->now, 9),
                                      f->now, f->arena, &f->err));
    MUST(f, answer_request_detail(p.tx, &f->pm1, &p.c, &d, true, f->now, f->arena, &f->err));
    MUST(f, coordination_send_detail(p.tx, &f->cb, &p.c, &d, utc_add_days(f->now, 9), f->now,
                                     f->arena, &f->err));
    VEC_PUSH(f->arena, &products,
             (struct product_result){ STR("RX-100"), STR("2.1.3"), STR("2.1.4"), STR("YES") });
    MUST(f, answer_result(p.tx, &f->pm1, &p.c, &d, STR("YES"), STR("NEW"), STR("seen"), &products,
                          f->now, f->arena, &f->err));
    record_put(&why, "basis", STR("AGREED"));
    reload(&p);
    MUST(f,
         coordination_set_date(&f->w, p.tx, &f->cb, &p.c, &p.developers, utc_add_days(f->now, 20),
                               buf_str(&why), f->now, f->arena, &f->err));
    p.recipient = entered(&p, "POWER", 20, &p.ci);
    confirm_all(&p, &p.ci);
    MUST(f, developer_load_of(p.tx, p.c.id, 3, f->arena, &d, &f->err));

    MUST(f, answer_status(p.tx, &f->pm1, &p.c, &d, &fix, f->now, f->arena, &f->err));
    reload(&p);
    return p;
}

static bool plan(struct play *p, const struct subject *who, const char *list)
{
    struct priority_wish wish = { .sectors = str_from_z(list),
                                  .reason = STR("substations use it") };

    return priority_plan(&p->f->w, p->tx, who, &p->c, &p->developers, &wish, p->f->now, p->f->arena,
                         &p->f->err);
}

static bool agree(struct play *p, const struct subject *who, bool is_developer)
{
    return priority_answer(&p->f->w, p->tx, who, &p->c, is_developer ? &p->developers.at[0] : NULL,
                           true, STR(""), p->f->now, p->f->arena, &p->f->err);
}

static bool tell_finder(struct play *p)
{
    return priority_tell_finder(p->tx, &p->f->rb, &p->c, p->f->now, p->f->arena, &p->f->err);
}

static bool provide(struct play *p, const struct subject *who, const char *leak)
{
    struct priority_text text = { .vulnerability = STR("canary-V"),
                                  .countermeasure = STR("canary-M"),
                                  .verification = STR("canary-T"),
                                  .attack = STR("canary-X") };
    struct recipients to = { 0 };

    VEC_PUSH(p->f->arena, &to, p->recipient);
    return priority_provide(&p->f->w, p->tx, who, &p->c, &p->developers, &text, &to,
                            str_from_z(leak), p->f->now, p->f->arena, &p->f->err);
}

static int64_t told(struct play *p, const char *notice)
{
    return testing_told(p->f, p->tx, notice);
}

/* PRI-01, PRI-02, PRI-08, FND-08: after consultation and with the finder told beforehand; V and M alone; on record; received. */
static void priority__is_given_after_consultation(void **state)
{
    struct play p = begun(state);
    struct provisions given;
    struct provision one;
    struct priority_text text;
    struct product_case c;
    struct grant grant;
    struct hash head;
    int64_t entries;

    MUST(p.f, plan(&p, &p.f->cb, "POWER GOVERNMENT"));
    assert_int_equal(told(&p, "N40"), 3); /* RB twice, the developer's manager */
    assert_false(provide(&p, &p.f->cb, "few know"));
    assert_int_equal(p.f->err.code, ERR_NOT_READY);
    MUST(p.f, agree(&p, &p.f->rb, false));
    assert_false(provide(&p, &p.f->cb, "few know"));
    MUST(p.f, agree(&p, &p.f->pm1, true));
    assert_false(provide(&p, &p.f->cb, "few know")); /* FND-08: not before the finder knows */
    MUST(p.f, tell_finder(&p));
    assert_int_equal(told(&p, "N12"), 1);
    MUST(p.f, provide(&p, &p.f->cb, "few know"));
    assert_int_equal(p.c.state, CASE_DATE_SET);
    assert_int_equal(told(&p, "N11"), 1);

    MUST(p.f, provisions_of_case(p.tx, p.c.id, p.f->arena, &given, &p.f->err));
    assert_int_equal(given.len, 1);
    assert_str(given.at[0].sector, "POWER");
    MUST(p.f, provision_load(&p.f->w, p.tx, &p.ci, given.at[0].public_id, p.f->arena, &one, &c,
                             &grant, &p.f->err));
    assert_int_equal(grant.audience, AUDIENCE_CI);
    MUST(p.f, provision_text(p.tx, &c, &one, &grant, p.f->arena, &text, &p.f->err));
    assert_str(text.vulnerability, "canary-V");
    assert_str(text.countermeasure, "canary-M");
    assert_int_equal(text.verification.len, 0); /* the methods were not decided on */
    assert_int_equal(text.attack.len, 0);
    MUST(p.f, provision_see(p.tx, &p.ci, &c, &one, p.f->now, p.f->arena, &p.f->err));
    MUST(p.f, provision_receive(p.tx, &p.ci, &c, &one, p.f->now, p.f->arena, &p.f->err));
    MUST(p.f, provisions_of_case(p.tx, p.c.id, p.f->arena, &given, &p.f->err));
    assert_int_equal(given.at[0].received_at.ms, p.f->now.ms);
    assert_int_equal(told(&p, "PRIORITY_RECEIVED"), 3);
    MUST(p.f, casework_verify(&p.f->w, p.tx, &entries, &head, &p.f->err));
    tx_end(p.tx);
}

/* PRI-02, PRI-04: the recipient stands in the register, has confirmed each of the three conditions, and is of a planned sector. */
static void priority__goes_to_recipients_that_are_ready(void **state)
{
    struct play p = begun(state);
    struct str ready = p.recipient;
    struct subject gas, water;
    struct deed by;
    struct partner partner;

    MUST(p.f, plan(&p, &p.f->cb, "POWER WATER"));
    MUST(p.f, agree(&p, &p.f->rb, false));
    MUST(p.f, agree(&p, &p.f->pm1, true));
    MUST(p.f, tell_finder(&p));
    p.recipient = entered(&p, "GAS", 21, &gas);
    confirm_all(&p, &gas);
    assert_false(provide(&p, &p.f->cb, "few know")); /* of another sector */
    p.recipient = entered(&p, "WATER", 22, &water);
    by = deed_by(&p, &water);
    MUST(p.f, partner_confirm(&by, KEPT_INSIDE, &p.f->err));
    MUST(p.f, partner_confirm(&by, USED_FOR_PROTECTION, &p.f->err));
    assert_false(provide(&p, &p.f->cb, "few know")); /* one condition is missing */
    assert_str(str_from_z(p.f->err.subject), "recipient");
    MUST(p.f, partner_confirm(&by, KEPT_BY_CONTRACTORS, &p.f->err));
    by = deed_by(&p, &p.f->cb);
    assert_false(partner_confirm(&by, KEPT_INSIDE, &p.f->err)); /* only the recipient itself */
    MUST(p.f, partner_by_public_id(p.tx, p.recipient, p.f->arena, &partner, &p.f->err));
    MUST(p.f, partner_end(&by, partner.organisation_id, STR("merged"), &p.f->err));
    assert_false(provide(&p, &p.f->cb, "few know")); /* the agreement has ended */
    p.recipient = ready;
    MUST(p.f, provide(&p, &p.f->cb, "few know"));
    tx_end(p.tx);
}

/* CFD-11, PRI-05: not when it would lead to leakage; who objects stops it, and the plan is dropped with its reason. */
static void priority__is_not_given_when_it_would_leak(void **state)
{
    struct play p = begun(state);
    struct priority_plan seen;
    bool found;

    MUST(p.f, plan(&p, &p.f->cb, "POWER"));
    MUST(p.f, agree(&p, &p.f->rb, false));
    MUST(p.f, tell_finder(&p));
    MUST(p.f,
         priority_answer(&p.f->w, p.tx, &p.f->pm1, &p.c, &p.developers.at[0], false,
                         STR("our dealers would hear of it"), p.f->now, p.f->arena, &p.f->err));
    assert_false(provide(&p, &p.f->cb, "few know"));
    MUST(p.f, agree(&p, &p.f->pm1, true));
    assert_false(provide(&p, &p.f->cb, "")); /* nobody has judged it */
    MUST(p.f, priority_drop(&p.f->w, p.tx, &p.f->cb, &p.c, STR("judged to lead to leakage"),
                            p.f->now, p.f->arena, &p.f->err));
    assert_false(provide(&p, &p.f->cb, "few know"));
    MUST(p.f, priority_load(p.tx, &p.c, p.f->arena, &seen, &found, &p.f->err));
    assert_str(seen.state, "DROPPED");
    MUST(p.f, plan(&p, &p.f->cb, "POWER")); /* things may change */
    tx_end(p.tx);
}

/* PRI-03: who sends is a setting. */
static void priority__is_sent_by_the_body_of_the_setting(void **state)
{
    struct play p = begun(state);

    assert_false(plan(&p, &p.f->rb, "POWER"));
    assert_int_equal(p.f->err.code, ERR_NOT_YOUR_MOVE);
    p.f->w.priority_sender = ROLE_RB;
    assert_false(plan(&p, &p.f->cb, "POWER"));
    MUST(p.f, plan(&p, &p.f->rb, "POWER"));
    MUST(p.f, agree(&p, &p.f->cb, false));
    MUST(p.f, agree(&p, &p.f->pm1, true));
    MUST(p.f, tell_finder(&p));
    assert_false(provide(&p, &p.f->cb, "few know"));
    MUST(p.f, provide(&p, &p.f->rb, "few know"));
    tx_end(p.tx);
}

/* Row CI of the matrix: nobody but the recipient reads it, and nobody after an end without publication. */
static void priority__is_seen_by_its_recipient_alone(void **state)
{
    struct play p = begun(state);
    struct subject other;
    struct provisions given;
    struct provision one;
    struct product_case c;
    struct grant grant;

    (void)entered(&p, "POWER", 23, &other);
    MUST(p.f, plan(&p, &p.f->cb, "POWER"));
    MUST(p.f, agree(&p, &p.f->rb, false));
    MUST(p.f, agree(&p, &p.f->pm1, true));
    MUST(p.f, tell_finder(&p));
    MUST(p.f, provide(&p, &p.f->cb, "few know"));
    MUST(p.f, provisions_of_case(p.tx, p.c.id, p.f->arena, &given, &p.f->err));
    assert_false(provision_load(&p.f->w, p.tx, &other, given.at[0].public_id, p.f->arena, &one, &c,
                                &grant, &p.f->err));
    assert_int_equal(p.f->err.code, ERR_ABSENT);
    assert_false(visibility_grant(&p.ci, &p.c, &p.developers, NULL, &grant, &p.f->err));
    c = p.c;
    c.state = CASE_CLOSED_INDIVIDUAL;
    assert_false(
        visibility_grant_partner(AUDIENCE_CI, &c, &p.developers, STR("VM"), &grant, &p.f->err));
    tx_end(p.tx);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

/* PRI-02: with the end of its case a consultation is over. */
static void priority__ends_with_its_case(void **state)
{
    struct play p = begun(state);
    struct desk_fixture *f = p.f;

    MUST(f, plan(&p, &f->cb, "POWER"));
    p.c.state = CASE_CANCELLED_KNOWN;
    assert_false(agree(&p, &f->rb, false));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE);
    assert_false(tell_finder(&p));
    tx_end(p.tx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(priority__is_given_after_consultation),
        RULE(priority__goes_to_recipients_that_are_ready),
        RULE(priority__is_not_given_when_it_would_leak),
        RULE(priority__is_sent_by_the_body_of_the_setting),
        RULE(priority__is_seen_by_its_recipient_alone),
        RULE(priority__ends_with_its_case),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
