/* What makes large cases bearable: hand-over between the officers of a body, and one deed for many developers. */
#include "domain/casework/casework_testing.h"

#include "domain/access/absence.h"
#include "domain/casework/handover.h"
#include "domain/casework/list.h"

static const struct query told = {
    "told", "SELECT count(*) AS n FROM outbox WHERE notice = 'HANDED_RB' AND account_id = 2",
    NULL,   0,
    NULL,   0
};

static void handover__goes_to_a_colleague_with_words(void **state)
{
    struct desk_fixture *f = *state;
    struct accounts choices;
    struct product_case c;
    struct receipt receipt;
    struct tx *tx = NULL;
    struct talks notes;
    struct hash head;
    struct str colleague;
    int64_t entries, n;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, intake_submit(&f->w, tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, case_assign(tx, &f->rb, &c, f->rb.account_id, f->now, f->arena, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, handover_choices(tx, &f->rb, &c, f->arena, &choices, &f->err));
    assert_int_equal(choices.len,
                     1); /* neither the one who has it, nor anybody of another organisation */
    assert_int_equal(choices.at[0].id, f->rb2.account_id);
    colleague = choices.at[0].public_id;
    assert_false(handover_case(tx, &f->rb, &c, colleague, STR(" "), f->now, f->arena, &f->err));
    assert_str(str_from_z(f->err.subject), "words");
    assert_false(handover_case(tx, &f->rb, &c, STR("nobody"), STR("x"), f->now, f->arena, &f->err));
    assert_str(str_from_z(f->err.subject), "officer");
    assert_false(handover_case(tx, &f->pm1, &c, colleague, STR("x"), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    MUST(f, handover_case(tx, &f->rb, &c, colleague, STR("the finder waits for an answer"), f->now,
                          f->arena, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    assert_int_equal(c.rb_officer_id, f->rb2.account_id);
    MUST(f, talk_list(tx, &f->rb2, &c, THREAD_STAFF_RB, NULL, f->arena, &notes, &f->err));
    assert_int_equal(notes.len, 1);
    MUST(f, store_number(tx, &told, NO_BINDS, 0, &n, &f->err));
    assert_int_equal(n, 1);
    MUST(f, casework_verify(&f->w, tx, &entries, &head, &f->err));
    tx_end(tx);
}

/* COO-06, COO-08: many are told in one deed; one whose registration is not complete waits, and a second time there is nobody left. */
static void summaries__go_to_all_who_wait(void **state)
{
    static const struct query leave = {
        "leave", "UPDATE organisation SET state = 'INVITED' WHERE id = 5", NULL, 0, NULL, 0
    };
    struct desk_fixture *f = *state;
    struct utc due = utc_add_days(f->now, 14);
    struct developers developers;
    struct product_case c;
    struct developer d;
    struct tx *tx = NULL;
    int64_t sent;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    c = testing_forwarded(f, tx);
    for (int i = 0; i < 3; i++)
        MUST(f, coordination_add(&f->w, tx, &f->cb, &c, f->organisation[i], f->now, f->arena, &d,
                                 &f->err));
    MUST(f, coordination_write_summary(tx, &f->cb, &c, STR("a router"), f->now, f->arena, &f->err));
    MUST(f, store_exec(tx, &leave, NO_BINDS, NULL, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    assert_false(coordination_send_summaries(&f->w, tx, &f->rb, &c, &developers, due, f->now,
                                             f->arena, &sent, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    MUST(f, coordination_send_summaries(&f->w, tx, &f->cb, &c, &developers, due, f->now, f->arena,
                                        &sent, &f->err));
    assert_int_equal(sent, 2);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    assert_int_equal(developers.at[0].state, DEVELOPER_SUMMARY_SENT);
    assert_int_equal(developers.at[2].state, DEVELOPER_IDENTIFIED);
    assert_false(coordination_send_summaries(&f->w, tx, &f->cb, &c, &developers, due, f->now,
                                             f->arena, &sent, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    tx_end(tx);
}

static struct str public_id_of(struct desk_fixture *f, struct tx *tx, const struct subject *who)
{
    struct account *account;

    MUST(f, account_by_id(tx, who->account_id, f->arena, &account, &f->err));
    return account->public_id;
}

static const struct query news_of = {
    "news_of",
    "SELECT count(*) AS n FROM outbox WHERE account_id = :id AND notice = 'HANDED_RB'",
    (const char *const[]){ "id" },
    1,
    NULL,
    0
};

static int64_t told_of_case(struct desk_fixture *f, struct tx *tx, const struct subject *who)
{
    int64_t n;

    MUST(f, store_number(tx, &news_of, BINDS(bind_int("id", who->account_id)), 0, &n, &f->err));
    return n;
}

static size_t due_for(struct desk_fixture *f, struct tx *tx, const struct subject *who,
                      struct utc now)
{
    struct tasks tasks;

    MUST(f, tasks_today(&f->w, tx, who, true, now, f->arena, &tasks, &f->err));
    return tasks.len;
}

/* GEN-08: who is away names a colleague; what is due shows there, mails about cases go to both, and it ends by itself or at once. */
static void absence__lets_a_deputy_stand_in(void **state)
{
    static const char *const wrong[][2] = { { "deputy", "deputy" }, { "until", "until" } };
    struct desk_fixture *f = *state;
    struct utc from = utc_add_days(f->now, 1), until = utc_add_days(f->now, 8),
               meanwhile = utc_add_days(f->now, 3);
    struct subject rb3;
    struct receipt receipt;
    struct product_case c;
    struct absences all;
    struct tx *tx = NULL;
    struct deed by = { .who = &f->rb, .now = f->now, .arena = f->arena };

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    by.tx = tx;
    rb3 = testing_person(f, tx, 7, 1, ROLE_RB);
    MUST(f, intake_submit(&f->w, tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, case_assign(tx, &f->rb, &c, f->rb.account_id, f->now, f->arena, &f->err));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        bool is_who = strcmp(wrong[i][0], "deputy") == 0;

        assert_false(absence_enter(&by, public_id_of(f, tx, is_who ? &f->cb : &f->rb2), from,
                                   is_who ? until : from, &f->err));
        assert_str(str_from_z(f->err.subject), wrong[i][1]);
        f->err = (struct err){ 0 };
    }
    MUST(f, absence_enter(&by, public_id_of(f, tx, &f->rb2), from, until, &f->err));
    assert_false(absence_enter(&by, public_id_of(f, tx, &rb3), meanwhile, until, &f->err));
    assert_str(str_from_z(f->err.subject), "from");
    f->err = (struct err){ 0 };
    by.who = &rb3;
    assert_false(absence_enter(&by, public_id_of(f, tx, &f->rb), from, until, &f->err));
    assert_str(str_from_z(f->err.subject), "deputy_away");
    f->err = (struct err){ 0 };
    by.who = &f->pm1;
    assert_false(absence_enter(&by, public_id_of(f, tx, &f->pm2), from, until, &f->err));
    assert_int_equal(f->err.code, ERR_FORBIDDEN);

    assert_true(due_for(f, tx, &f->rb, meanwhile) > 0);
    assert_int_equal(due_for(f, tx, &f->rb2, meanwhile), due_for(f, tx, &f->rb, meanwhile));
    assert_int_equal(due_for(f, tx, &f->rb2, f->now), 0); /* not yet away */
    assert_int_equal(due_for(f, tx, &f->rb2, until), 0);  /* back again */
    assert_int_equal(due_for(f, tx, &rb3, meanwhile), 0);

    MUST(f, handover_case(tx, &rb3, &c, public_id_of(f, tx, &rb3), STR("x"), meanwhile, f->arena,
                          &f->err));
    MUST(f, handover_case(tx, &rb3, &c, public_id_of(f, tx, &f->rb), STR("yours again"), meanwhile,
                          f->arena, &f->err));
    assert_int_equal(told_of_case(f, tx, &f->rb), 1);
    assert_int_equal(told_of_case(f, tx, &f->rb2), 1);

    by.who = &f->rb2; /* nobody ends another's */
    MUST(f, absence_list(tx, f->rb2.account_id, f->arena, &all, &f->err));
    assert_int_equal(all.len, 1);
    assert_false(absence_end(&by, all.at[0].id, &f->err));
    by = (struct deed){ tx, &f->rb, meanwhile, f->arena };
    MUST(f, absence_end(&by, all.at[0].id, &f->err));
    assert_int_equal(due_for(f, tx, &f->rb2, meanwhile), 0);
    MUST(f, absence_list(tx, f->rb.account_id, f->arena, &all, &f->err));
    assert_int_equal(all.len, 1); /* it stays as history */
    assert_true(all.at[0].ended_at.ms != 0);
    tx_end(tx);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(handover__goes_to_a_colleague_with_words),
        RULE(summaries__go_to_all_who_wait),
        RULE(absence__lets_a_deputy_stand_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
