/* INT-17, SITE-07: a number for a finder that is to report here anew. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/referral.h"

static struct product_case reported(struct desk_fixture *f, struct tx *tx, struct str draft,
                                    struct str number)
{
    struct buf form = buf_new(f->arena, 65536);
    struct receipt receipt;
    struct product_case c;
    int64_t report, id;
    struct str text;

    buf_add(&form, testing_form(f));
    record_put(&form, "referral", number);
    MUST(f, intake_submit(&f->w, tx, buf_str(&form), draft, LANG_JA, STR("FORM"), f->now, f->arena,
                          &receipt, &f->err));
    MUST(f,
         intake_mailbox(&f->w, tx, receipt.number, receipt.passphrase, f->arena, &report, &f->err));
    MUST(f, intake_case_of(tx, report, f->arena, &id, &text, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, id, f->arena, &c, &f->err));
    return c;
}

/* INT-17: typed in any way, it links the report to whom the finder had told; the caches still follow from the ledger. */
static void referral__links_the_report_that_brings_it(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = NULL;
    struct referral r, found;
    struct product_case c;
    struct hash head;
    int64_t entries;
    bool is_linked;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, referral_make(tx, &f->pm1, STR("somebody else"), f->now, f->arena, &r, &f->err));
    assert_str(r.told, "organisation 3"); /* a developer speaks for itself alone */
    c = reported(f, tx, STR("one"), str_drop(r.code, 2));
    MUST(f, referral_of(tx, &c, f->arena, &found, &is_linked, &f->err));
    assert_true(is_linked);
    assert_true(str_eq(found.code, r.code));
    c = reported(f, tx, STR("two"), STR("T-0000-0000"));
    MUST(f, referral_of(tx, &c, f->arena, &found, &is_linked, &f->err));
    assert_false(is_linked);
    MUST(f, casework_verify(&f->w, tx, &entries, &head, &f->err));
    tx_end(tx);
}

/* SITE-07: the receiving body does it for an operator, by name; nobody sees another's, and the coordinating body makes none. */
static void referral__is_made_by_who_was_told_or_for_it(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = NULL;
    struct referrals all;
    struct referral r;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, referral_make(tx, &f->rb, STR(" a town "), f->now, f->arena, &r, &f->err));
    assert_str(r.told, "a town");
    assert_false(referral_make(tx, &f->rb, STR(" "), f->now, f->arena, &r, &f->err));
    assert_int_equal(f->err.code, ERR_INPUT);
    assert_false(referral_make(tx, &f->cb, STR("a town"), f->now, f->arena, &r, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    MUST(f, referral_list(tx, &f->rb, f->arena, &all, &f->err));
    assert_int_equal(all.len, 1);
    MUST(f, referral_list(tx, &f->pm2, f->arena, &all, &f->err));
    assert_int_equal(all.len, 0);
    tx_end(tx);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(referral__links_the_report_that_brings_it),
        RULE(referral__is_made_by_who_was_told_or_for_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
