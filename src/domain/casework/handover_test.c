/* What makes large cases bearable: hand-over between the officers of a body, and one deed for many developers. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/handover.h"

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

static struct product_case forwarded(struct desk_fixture *f, struct tx *tx)
{
    struct product_case c;
    struct receipt receipt;

    MUST(f, intake_submit(&f->w, tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, f->now, f->arena, &f->err));
    return c;
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
    c = forwarded(f, tx);
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

#define RULE(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(handover__goes_to_a_colleague_with_words),
        RULE(summaries__go_to_all_who_wait),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
