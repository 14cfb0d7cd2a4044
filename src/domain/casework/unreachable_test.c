/* Developers that cannot be reached: UNR-01 to UNR-03, V11, V12, P20, P21; the ledger of attempts. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/contact.h"
#include "domain/casework/unreachable.h"

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
    struct developer d;
    struct subject cb2;
};

#define HERE_AND_NOW p->f->now, p->f->arena, &p->f->err

static void reload(struct play *p)
{
    MUST(p->f, case_load_by_id(&p->f->w, p->tx, p->c.id, p->f->arena, &p->c, &p->f->err));
    MUST(p->f, developer_load(p->tx, p->d.public_id, p->f->arena, &p->d, &p->f->err));
}

/* A case of one developer that has been chosen and not been told anything. */
static struct play begun(void **state)
{
    struct play p = { .f = *state };
    struct desk_fixture *f = p.f;
    struct receipt receipt;

    f->w.unreachable_months = 6;
    f->w.unreachable_product_months = 3;
    f->w.unreachable_channels = STR("MAIL LETTER TELEPHONE FAX");
    f->w.inquiry_prefix = STR("DID");
    MUST(f, tx_begin(f->store, TX_WRITE, &p.tx, &f->err));
    p.cb2 = testing_person(f, p.tx, 9, 2, ROLE_CB);
    MUST(f, intake_submit(&f->w, p.tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    p.c.id = 1;
    MUST(f, case_load_by_id(&f->w, p.tx, 1, f->arena, &p.c, &f->err));
    MUST(f, intake_open(p.tx, &f->rb, &p.c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(p.tx, &f->rb, &p.c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(p.tx, &f->rb, &p.c, f->now, f->arena, &f->err));
    MUST(f, coordination_add(&f->w, p.tx, &f->cb, &p.c, f->organisation[0], f->now, f->arena, &p.d,
                             &f->err));
    reload(&p);
    return p;
}

static void pass_months(struct play *p, int months)
{
    p->f->now = utc_add_days(utc_add_months(p->f->now, months), 1);
}

static bool attempt(struct play *p, const char *channel, const char *result, struct utc made_at)
{
    struct contact_attempt a = { .channel = str_from_z(channel),
                                 .result = str_from_z(result),
                                 .made_at = made_at,
                                 .to = STR("03-0000-0000"),
                                 .words = STR("nobody answers"),
                                 .evidence = STR("registered letter 123") };

    return contact_record(&p->f->w, p->tx, &p->f->cb, &p->c, &p->d, &a, HERE_AND_NOW);
}

static void try_all(struct play *p)
{
    static const char *const channels[] = { "MAIL", "LETTER", "TELEPHONE", "FAX" };

    for (size_t i = 0; i < COUNT(channels); i++)
        MUST(p->f, attempt(p, channels[i], "NO_ANSWER", p->f->now));
    reload(p);
}

static bool propose(struct play *p)
{
    return unreachable_propose(&p->f->w, p->tx, &p->f->cb, &p->c, &p->d, STR("all tried"),
                               HERE_AND_NOW);
}

static bool confirm(struct play *p, const struct subject *who)
{
    return unreachable_confirm(&p->f->w, p->tx, who, &p->c, &p->d, HERE_AND_NOW);
}

static struct unreachable now_is(struct play *p)
{
    struct unreachable u;

    reload(p);
    MUST(p->f, unreachable_load(p->tx, &p->c, &p->d, p->f->arena, &u, &p->f->err));
    return u;
}

static void unreachable_now(struct play *p)
{
    try_all(p);
    pass_months(p, 6);
    MUST(p->f, propose(p));
    MUST(p->f, confirm(p, &p->cb2));
    reload(p);
}

static void verified(struct play *p)
{
    struct hash head;
    int64_t entries;

    MUST(p->f, casework_verify(&p->f->w, p->tx, &entries, &head, &p->f->err));
    tx_end(p->tx);
}

/* domain-model 7.4: each attempt with way, time, address and evidence; the first one is P08. */
static void contact__is_a_ledger_of_attempts(void **state)
{
    struct play play = begun(state), *p = &play;
    struct contact_attempts attempts;

    assert_false(attempt(p, "PIGEON", "SENT", p->f->now));
    assert_int_equal(p->f->err.code, ERR_INPUT);
    p->f->err = (struct err){ 0 };
    assert_false(attempt(p, "MAIL", "SENT", utc_add_days(p->f->now, 1)));
    p->f->err = (struct err){ 0 };
    assert_false(attempt(p, "MAIL", "SENT", utc_add_days(p->c.accepted_at, -1)));
    p->f->err = (struct err){ 0 };
    pass_months(p, 1);
    MUST(p->f, attempt(p, "LETTER", "SENT", utc_add_days(p->f->now, -9)));
    MUST(p->f, attempt(p, "MAIL", "BOUNCED", utc_add_days(p->f->now, -20)));
    reload(p);
    assert_int_equal(p->c.state, CASE_COORDINATING);
    assert_true(str_eq_z(p->d.contact, "CONTACT_ATTEMPTED"));
    MUST(p->f, contact_list(p->tx, &p->c, &p->d, p->f->arena, &attempts, &p->f->err));
    assert_int_equal(attempts.len, 2);
    assert_true(str_eq_z(attempts.at[0].channel,
                         "MAIL")); /* by when they were made, not by when they were recorded */
    assert_true(str_eq_z(attempts.at[1].evidence, "registered letter 123"));
    assert_true(str_eq_z(attempts.at[1].to, "03-0000-0000"));
    verified(p);
}

/* UNR-01: six months by mail, post, telephone and fax, as the guideline says; the settings say otherwise where there is a reason. */
static void unreachable__is_who_did_not_answer_what_the_settings_ask_for(void **state)
{
    struct play play = begun(state), *p = &play;
    struct contact_ladder ladder;

    try_all(p);
    assert_false(propose(p)); /* all ways, but not yet the time */
    assert_int_equal(p->f->err.code, ERR_NOT_READY);
    p->f->err = (struct err){ 0 };
    pass_months(p, 6);
    MUST(p->f, attempt(p, "MAIL", "ACKNOWLEDGED", p->f->now)); /* they answered: it begins anew */
    pass_months(p, 7);
    assert_false(propose(p));
    p->f->err = (struct err){ 0 };
    MUST(p->f, attempt(p, "MAIL", "SENT", p->f->now));
    MUST(p->f, attempt(p, "LETTER", "SENT", p->f->now));
    MUST(p->f, attempt(p, "TELEPHONE", "NO_ANSWER", p->f->now));
    pass_months(p, 6);
    assert_false(propose(p)); /* the fax is missing */
    p->f->err = (struct err){ 0 };
    MUST(p->f, attempt(p, "FAX", "UNKNOWN", p->f->now)); /* there is none */
    MUST(p->f, contact_ladder(&p->f->w, p->tx, &p->d, p->f->now, p->f->arena, &ladder, &p->f->err));
    assert_true(ladder.is_enough);
    assert_int_equal(ladder.attempts, 3);
    p->f->w.unreachable_channels = STR("MAIL SMOKE"); /* a way nobody knows is never enough */
    assert_false(propose(p));
    p->f->err = (struct err){ 0 };
    p->f->w.unreachable_channels = STR("MAIL LETTER TELEPHONE FAX");
    MUST(p->f, propose(p));
    assert_int_equal(now_is(p).state, UNREACHABLE_PROPOSED);
    assert_int_equal(p->d.state, DEVELOPER_IDENTIFIED);
    verified(p);
}

/* V11: two persons; UNR-01: the case stays in handling. */
static void unreachable__is_confirmed_by_a_second_person(void **state)
{
    struct play play = begun(state), *p = &play;

    try_all(p);
    pass_months(p, 6);
    MUST(p->f, propose(p));
    assert_false(confirm(p, &p->f->cb));
    assert_int_equal(p->f->err.code, ERR_NOT_READY);
    p->f->err = (struct err){ 0 };
    assert_false(confirm(p, &p->f->rb));
    assert_int_equal(p->f->err.code, ERR_NOT_YOUR_MOVE);
    p->f->err = (struct err){ 0 };
    MUST(p->f, confirm(p, &p->cb2));
    assert_int_equal(now_is(p).state, UNREACHABLE_CONFIRMED);
    assert_int_equal(p->d.state, DEVELOPER_UNREACHABLE);
    assert_true(str_eq_z(p->d.contact, "UNREACHABLE"));
    assert_int_equal(p->c.state, CASE_COORDINATING);
    assert_string_equal(product_public_label(p->c.state), "In handling");
    MUST(p->f, attempt(p, "MAIL", "SENT", p->f->now)); /* one more does not change that */
    reload(p);
    assert_true(str_eq_z(p->d.contact, "UNREACHABLE"));
    verified(p);
}

/* UNR-02: first the name alone, the product about three months later, then a deadline. P20 */
static void unreachable__is_listed_step_by_step(void **state)
{
    struct play play = begun(state), *p = &play;
    struct unreachable_notice notice = { .name_ja = STR("灰色工業"),
                                         .name_en = STR("Grey Works"),
                                         .product = STR("RX-100") };
    struct desk_fixture *f = p->f;
    struct unreachable u;

    unreachable_now(p);
    MUST(f, unreachable_list(&f->w, p->tx, &f->cb, &p->c, &p->d, &notice, HERE_AND_NOW));
    u = now_is(p);
    assert_true(str_starts(u.number, STR("DID#")));
    assert_true(str_eq_z(u.notice.name_ja, "灰色工業"));
    assert_int_equal(u.notice.product.len, 0);
    assert_true(str_eq_z(p->d.contact, "UNREACHABLE_NAMED"));
    assert_false(unreachable_list_product(&f->w, p->tx, &f->cb, &p->c, &p->d, STR("RX-100"),
                                          STR("2.1.3"), HERE_AND_NOW));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    f->err = (struct err){ 0 };
    pass_months(p, 3);
    MUST(f, unreachable_list_product(&f->w, p->tx, &f->cb, &p->c, &p->d, STR("RX-100"),
                                     STR("2.1.3"), HERE_AND_NOW));
    assert_true(str_eq_z(now_is(p).notice.versions, "2.1.3"));
    assert_true(str_eq_z(p->d.contact, "UNREACHABLE_PRODUCT"));
    assert_false(unreachable_set_deadline(&f->w, p->tx, &f->cb, &p->c, &p->d,
                                          utc_add_days(f->now, -1), HERE_AND_NOW));
    f->err = (struct err){ 0 };
    MUST(f, unreachable_set_deadline(&f->w, p->tx, &f->cb, &p->c, &p->d, utc_add_days(f->now, 30),
                                     HERE_AND_NOW));
    assert_int_equal(now_is(p).state, UNREACHABLE_DEADLINE_SET);
    verified(p);
}

/* UNR-02, UNR-12, CFD-04: what the public list says, and how many it counts; nothing of the vulnerability is in it. */
static void unreachable_list__says_whom_we_look_for(void **state)
{
    struct play play = begun(state), *p = &play;
    struct unreachable_notice notice = { .name_ja = STR("灰色工業"), .name_en = STR("Grey Works") };
    struct desk_fixture *f = p->f;
    struct unreachable_public list;
    struct unreachable_answers answers;
    struct buf form = buf_new(f->arena, 1024);
    struct unreachable u;
    int64_t before, after;
    struct str record;

    unreachable_now(p);
    MUST(f, unreachable_list_record(&f->w, p->tx, f->arena, &record, &f->err));
    MUST(f, unreachable_from_record(record, f->arena, &list, &f->err));
    assert_int_equal(list.len, 0); /* confirmed, and not listed */
    MUST(f, unreachable_list(&f->w, p->tx, &f->cb, &p->c, &p->d, &notice, HERE_AND_NOW));
    u = now_is(p);
    MUST(f, unreachable_list_revision(p->tx, &before, &f->err));
    MUST(f, unreachable_list_record(&f->w, p->tx, f->arena, &record, &f->err));
    assert_false(str_contains(record, STR("canary")));
    MUST(f, unreachable_from_record(record, f->arena, &list, &f->err));
    assert_int_equal(list.len, 1);
    assert_true(str_eq(list.at[0].number, u.number));
    assert_int_equal(list.at[0].notice.product.len, 0);
    assert_int_equal(list.listed, 1);
    assert_int_equal(list.waiting, 1);
    record_put(&form, "number", u.number);
    record_put(&form, "text", STR("another company now"));
    MUST(f, unreachable_answered(&f->w, p->tx, buf_str(&form), HERE_AND_NOW));
    MUST(f, unreachable_answers(p->tx, &p->c, &u, f->arena, &answers, &f->err));
    assert_int_equal(answers.len, 1);
    assert_true(str_eq_z(answers.at[0].text, "another company now"));
    reload(p);
    MUST(f, attempt(p, "TELEPHONE", "ACKNOWLEDGED", f->now));
    MUST(f, unreachable_list_revision(p->tx, &after, &f->err));
    assert_true(after > before);
    MUST(f, unreachable_list_record(&f->w, p->tx, f->arena, &record, &f->err));
    MUST(f, unreachable_from_record(record, f->arena, &list, &f->err));
    assert_int_equal(list.len, 0);
    assert_int_equal(list.listed, 1);
    assert_int_equal(list.resumed, 1);
    assert_int_equal(list.waiting, 0);
    assert_false(unreachable_answered(&f->w, p->tx, buf_str(&form), HERE_AND_NOW));
    assert_int_equal(f->err.code, ERR_INPUT); /* nobody is looked for under that number any more */
    f->err = (struct err){ 0 };
    verified(p);
}

/* UNR-03, V12, P21: whatever way it comes, contact ends it, and coordination goes on where it was. */
static void unreachable__ends_with_any_contact(void **state)
{
    struct play play = begun(state), *p = &play;
    struct unreachable_notice notice = { .name_ja = STR("灰色工業") };
    struct desk_fixture *f = p->f;

    MUST(f, coordination_write_summary(p->tx, &f->cb, &p->c, STR("a router"), HERE_AND_NOW));
    MUST(f, coordination_send_summary(&f->w, p->tx, &f->cb, &p->c, &p->d, utc_add_days(f->now, 9),
                                      HERE_AND_NOW));
    reload(p);
    unreachable_now(p);
    MUST(f, unreachable_list(&f->w, p->tx, &f->cb, &p->c, &p->d, &notice, HERE_AND_NOW));
    MUST(f, attempt(p, "TELEPHONE", "ACKNOWLEDGED", f->now));
    assert_int_equal(now_is(p).state, UNREACHABLE_RESUMED);
    assert_int_equal(p->d.state, DEVELOPER_SUMMARY_SENT);
    assert_true(str_eq_z(p->d.contact, "OPEN"));
    unreachable_now(p); /* silent once more: all of it again */
    assert_int_equal(p->d.state, DEVELOPER_UNREACHABLE);
    MUST(f,
         answer_seen(p->tx, &f->pm1, &p->c, &p->d, HERE_AND_NOW)); /* its manager comes to read */
    assert_int_equal(now_is(p).state, UNREACHABLE_RESUMED);
    assert_int_equal(p->d.state, DEVELOPER_SUMMARY_SENT);
    MUST(f, answer_request_detail(p->tx, &f->pm1, &p->c, &p->d, true, HERE_AND_NOW));
    verified(p);
}

/* V12: every state that V11 leaves has its way back, and no other. */
static void developer_life__leads_back_to_where_it_was(void **state)
{
    (void)state;
    for (size_t i = 0; i < developer_life.move_count; i++) {
        const struct move *move = &developer_life.moves[i];

        if (move->event == ON_UNREACHABLE)
            assert_true(developer_return((enum developer_state)move->from) > 0);
    }
    assert_int_equal(developer_return(DEVELOPER_REFUSED), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(contact__is_a_ledger_of_attempts, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(
            unreachable__is_who_did_not_answer_what_the_settings_ask_for, desk_fixture_up,
            desk_fixture_down),
        cmocka_unit_test_setup_teardown(unreachable__is_confirmed_by_a_second_person,
                                        desk_fixture_up, desk_fixture_down),
        cmocka_unit_test_setup_teardown(unreachable__is_listed_step_by_step, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(unreachable_list__says_whom_we_look_for, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(unreachable__ends_with_any_contact, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test(developer_life__leads_back_to_where_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
