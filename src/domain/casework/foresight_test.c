/* What telling a developer now would bring about: COO-06, COO-15, CFD-07. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/foresight.h"

static const struct query set_policy = {
    "set_policy",
    "UPDATE organisation SET discloses_after_days = :days, reports_to = 'an authority, 24 hours' WHERE id = 3",
    (const char *const[]){ "days" },
    1,
    NULL,
    0
};
static const struct query add_breach = {
    "add_breach",
    "INSERT INTO breach (seq, case_id, participant_id, organisation_id, published_at, at) VALUES (1, 1, 1, 3, 1, 1)",
    NULL,
    0,
    NULL,
    0
};
static const struct query policy_of = {
    "policy_of", "SELECT public_id FROM organisation WHERE id = 3", NULL, 0, NULL, 0
};

static struct foresight look(struct desk_fixture *f, struct tx *tx, const struct product_case *c,
                             int64_t days)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct foresight out;

    MUST(f, store_exec(tx, &set_policy, BINDS(bind_int("days", days)), NULL, &f->err));
    MUST(f, store_select(tx, &policy_of, NO_BINDS, f->arena, &rows, &f->err));
    MUST(f, rows_one(rows, STR("a developer"), &f->err));
    MUST(f,
         foresight_of(&f->w, tx, c, row_text(rows, "public_id"), f->now, f->arena, &out, &f->err));
    return out;
}

static void foresight__holds_the_policy_against_the_planned_day(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx;
    struct product_case c;
    struct foresight seen;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    c = testing_forwarded(f, tx);

    seen = look(f, tx, &c, 0); /* waits for the agreed date */
    assert_int_equal(seen.would_publish.ms, 0);
    assert_int_equal(seen.tell_from.ms, 0);
    assert_int_equal(seen.breaches, 0);
    assert_int_equal(seen.planned.ms, utc_add_days(f->now, f->w.target_days).ms);

    seen = look(f, tx, &c, 7); /* long before the target */
    assert_int_equal(seen.would_publish.ms, utc_add_days(f->now, 7).ms);
    assert_int_equal(seen.tell_from.ms, utc_add_days(f->now, f->w.target_days - 7).ms);
    assert_str(seen.reports_to, "an authority, 24 hours");

    seen = look(f, tx, &c, f->w.target_days); /* on the very day */
    assert_int_equal(seen.tell_from.ms, 0);

    c.publication_date = utc_add_days(f->now, 100); /* the date counts, once there is one */
    seen = look(f, tx, &c, 90);
    assert_int_equal(seen.planned.ms, c.publication_date.ms);
    assert_int_equal(seen.tell_from.ms, utc_add_days(f->now, 10).ms);

    MUST(f, store_exec(tx, &add_breach, NO_BINDS, NULL, &f->err));
    assert_int_equal(look(f, tx, &c, 0).breaches, 1);
    assert_false(foresight_of(&f->w, tx, &c, STR("nobody"), f->now, f->arena, &seen, &f->err));
    tx_end(tx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(foresight__holds_the_policy_against_the_planned_day,
                                        desk_fixture_up, desk_fixture_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
