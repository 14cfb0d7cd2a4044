/* Many developers from a pasted list: what each line means, what would happen, all or none, and once. */
#include "domain/casework/casework_testing.h"

#include "base/fold.h"
#include "domain/casework/invite.h"

static const struct query renamed = {
    "renamed",
    "UPDATE organisation SET name_ja = :name, folded = :folded WHERE id = :id",
    (const char *const[]){ "name", "folded", "id" },
    3,
    NULL,
    0
};
static const struct query left_out = {
    "left_out", "UPDATE organisation SET handling_suspended = 1 WHERE id = 5", NULL, 0, NULL, 0
};
static const struct query in_case = { "in_case", "SELECT count(*) AS n FROM participant",
                                      NULL,      0,
                                      NULL,      0 };
static void name(struct desk_fixture *f, struct tx *tx, int64_t id, const char *words)
{
    MUST(f, store_exec(tx, &renamed,
                       BINDS(bind_text("name", str_from_z(words)),
                             bind_text("folded", fold(f->arena, str_from_z(words))),
                             bind_int("id", id)),
                       NULL, &f->err));
}

static int64_t count(struct desk_fixture *f, struct tx *tx)
{
    int64_t n;

    MUST(f, store_number(tx, &in_case, NO_BINDS, 0, &n, &f->err));
    return n;
}

/* Rule: COO-06 CFD-07 */
static void invite_look__says_what_would_become_of_each_line(void **state)
{
    static const enum invite_outcome want[] = { INVITE_JOINS,   INVITE_IN_CASE, INVITE_LEFT_OUT,
                                                INVITE_AGAIN,   INVITE_UNKNOWN, INVITE_ASKS,
                                                INVITE_TOO_LONG };
    struct desk_fixture *f = *state;
    struct tx *tx = NULL;
    struct invite_lines lines;
    struct product_case c;
    struct developer d;
    struct str long_line, text;
    char many[INVITE_LINE_MAX + 1];

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    c = testing_forwarded(f, tx);
    name(f, tx, 3, "Acme Devices, Inc.");
    name(f, tx, 4, "見本電機株式会社");
    name(f, tx, 5, "例示工業");
    (void)testing_person(f, tx, 20, 3, ROLE_PM);
    MUST(f, coordination_add(&f->w, tx, &f->cb, &c, f->organisation[1], f->now, f->arena, &d,
                             &f->err));
    MUST(f, store_exec(tx, &left_out, NO_BINDS, NULL, &f->err));
    memset(many, 'x', sizeof many);
    long_line = (struct str){ many, sizeof many };
    text = arena_printf(f->arena,
                        "Acme Devices, Inc., Router RX-9\r\n\n見本電機\n例示工業\tセンサー\n%.*s\n"
                        "Nobody, Ltd.\nAcme, RX\n%.*s\n  \n",
                        STR_ARG(f->organisation[0]), STR_ARG(long_line));
    MUST(f, invite_look(tx, &f->cb, &c, text, f->arena, &lines, &f->err));
    assert_int_equal(lines.len, 7);
    for (size_t i = 0; i < COUNT(want); i++) {
        print_message("case: line %u\n", lines.at[i].number);
        assert_int_equal(lines.at[i].outcome, want[i]);
    }
    assert_str(lines.at[0].name, "Acme Devices, Inc.");
    assert_str(lines.at[0].product, "Router RX-9");
    assert_int_equal(lines.at[1].number, 3); /* where it stands in what was pasted */
    assert_str(lines.at[2].product, "センサー");
    assert_int_equal(count(f, tx), 1); /* looking writes nothing */
    tx_end(tx);
}

/* One that only resembles a name is never taken for it; one that could not join is not offered as a choice. */
static void invite_look__asks_where_it_is_not_sure(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = NULL;
    struct invite_lines lines;
    struct product_case c;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    c = testing_forwarded(f, tx);
    name(f, tx, 3, "見本電機株式会社");
    name(f, tx, 4, "見本電機サービス株式会社");
    name(f, tx, 5, "見本電機販売");
    MUST(f, store_exec(tx, &left_out, NO_BINDS, NULL, &f->err));
    MUST(f, invite_look(tx, &f->cb, &c, STR("見本電\n見本電機\n見本電機販"), f->arena, &lines,
                        &f->err));
    assert_int_equal(lines.at[0].outcome, INVITE_ASKS);
    assert_int_equal(lines.at[0].candidates.len, 3);
    assert_int_equal(lines.at[1].outcome, INVITE_JOINS);
    assert_int_equal(lines.at[2].outcome, INVITE_LEFT_OUT);
    tx_end(tx);
}

/* Rule: COO-06 COO-07 CFD-07 */
static void invite_all__adds_all_or_none_and_once(void **state)
{
    struct desk_fixture *f = *state;
    struct organisation_ids all = { 0 };
    struct tx *tx = NULL;
    struct product_case c;
    int64_t added;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    c = testing_forwarded(f, tx);
    for (int i = 0; i < 3; i++)
        VEC_PUSH(f->arena, &all, f->organisation[i]);
    VEC_PUSH(f->arena, &all, f->organisation[0]); /* twice in one form */
    MUST(f, invite_all(&f->w, tx, &f->cb, &c, &all, f->now, f->arena, &added, &f->err));
    assert_int_equal(added, 3);
    MUST(f, invite_all(&f->w, tx, &f->cb, &c, &all, f->now, f->arena, &added, &f->err));
    assert_int_equal(added, 0);
    assert_int_equal(count(f, tx), 3);
    assert_int_equal(testing_told(f, tx, "N07"), 0);
    MUST(f, tx_commit(&tx, &f->err));

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    all.at[0] = STR("nobody");
    assert_false(invite_all(&f->w, tx, &f->cb, &c, &all, f->now, f->arena, &added, &f->err));
    assert_str(str_from_z(f->err.subject), "developer");
    f->err = (struct err){ 0 };
    assert_false(invite_all(&f->w, tx, &f->pm1, &c, &(struct organisation_ids){ &all.at[0], 1, 1 },
                            f->now, f->arena, &added, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    tx_end(tx);
}

static void invite_look__has_limits(void **state)
{
    struct desk_fixture *f = *state;
    struct buf text = buf_new(f->arena, 65536);
    struct organisation_ids many = { 0 };
    struct tx *tx = NULL;
    struct invite_lines lines;
    struct product_case c;
    int64_t added;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    c = testing_forwarded(f, tx);
    for (int i = 0; i < INVITE_LINES_MAX; i++)
        buf_add(&text, STR("somebody\n\n"));
    MUST(f, invite_look(tx, &f->cb, &c, buf_str(&text), f->arena, &lines, &f->err));
    assert_int_equal(lines.len, INVITE_LINES_MAX);
    buf_add(&text, STR("one more"));
    assert_false(invite_look(tx, &f->cb, &c, buf_str(&text), f->arena, &lines, &f->err));
    assert_int_equal(f->err.code, ERR_TOO_LARGE);
    f->err = (struct err){ 0 };
    for (int i = 0; i <= INVITE_LINES_MAX; i++)
        VEC_PUSH(f->arena, &many, f->organisation[0]);
    assert_false(invite_all(&f->w, tx, &f->cb, &c, &many, f->now, f->arena, &added, &f->err));
    assert_int_equal(f->err.code, ERR_TOO_LARGE);
    f->err = (struct err){ 0 };
    assert_false(invite_look(tx, &f->rb, &c, STR("x"), f->arena, &lines, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    tx_end(tx);
}

/* Rule: COO-19 COO-23 */
static void coordination_remind_all__reminds_who_owes_an_answer(void **state)
{
    struct desk_fixture *f = *state;
    struct utc first = utc_add_days(f->now, 5), later = utc_add_days(f->now, 20);
    struct organisation_ids all = { 0 };
    struct developers developers;
    struct tx *tx = NULL;
    struct product_case c;
    int64_t n;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    c = testing_forwarded(f, tx);
    for (int i = 0; i < 3; i++)
        VEC_PUSH(f->arena, &all, f->organisation[i]);
    MUST(f, invite_all(&f->w, tx, &f->cb, &c, &all, f->now, f->arena, &n, &f->err));
    MUST(f, coordination_write_summary(tx, &f->cb, &c, STR("a router"), f->now, f->arena, &f->err));
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    assert_false(coordination_remind_all(tx, &f->cb, &c, &developers, false, later, f->now,
                                         f->arena, &n, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY); /* nobody has been asked yet */
    f->err = (struct err){ 0 };
    for (size_t i = 0; i < 3; i++)
        MUST(f, coordination_send_summary(&f->w, tx, &f->cb, &c, &developers.at[i],
                                          i == 0 ? first : later, f->now, f->arena, &f->err));
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, answer_no_product(tx, &f->pm3, &c, &developers.at[2], true, STR("none"), f->now,
                              f->arena, &f->err));
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, coordination_remind_all(tx, &f->cb, &c, &developers, true, later,
                                    utc_add_days(f->now, 6), f->arena, &n, &f->err));
    assert_int_equal(n, 1);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, coordination_remind_all(tx, &f->cb, &c, &developers, false, utc_add_days(later, 1),
                                    utc_add_days(f->now, 7), f->arena, &n, &f->err));
    assert_int_equal(n, 2);
    assert_int_equal(testing_told(f, tx, "REMIND"), 3);
    tx_end(tx);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(invite_look__says_what_would_become_of_each_line),
        CASE(invite_look__asks_where_it_is_not_sure),
        CASE(invite_all__adds_all_or_none_and_once),
        CASE(invite_look__has_limits),
        CASE(coordination_remind_all__reminds_who_owes_an_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
