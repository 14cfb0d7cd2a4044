/* A lost passphrase: INT-13. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/renewal.h"
#include "domain/notify/notify.h"

static const struct query newest_id = {
    "newest_id", "SELECT public_id FROM mailbox_renewal ORDER BY id DESC LIMIT 1", NULL, 0, NULL, 0
};
static const struct query newest_mail = {
    "newest_mail", "SELECT max(id) AS n FROM outbox WHERE notice = 'RENEWAL_LINK'", NULL, 0, NULL, 0
};

struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct product_case c;
    struct receipt receipt;
};

#define HERE_AND_NOW p->f->now, p->f->arena, &p->f->err

static struct play reported(void **state)
{
    struct play p = { .f = *state };
    struct desk_fixture *f = p.f;

    MUST(f, tx_begin(f->store, TX_WRITE, &p.tx, &f->err));
    MUST(f, intake_submit(&f->w, p.tx, testing_form(f), STR("draft"), LANG_EN, STR("FORM"), f->now,
                          f->arena, &p.receipt, &f->err));
    MUST(f, case_load_by_id(&f->w, p.tx, 1, f->arena, &p.c, &f->err));
    return p;
}

static struct str newest(struct play *p)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    MUST(p->f, store_select(p->tx, &newest_id, NO_BINDS, p->f->arena, &rows, &p->f->err));
    MUST(p->f, rows_one(rows, STR("a renewal"), &p->f->err));
    return row_text(rows, "public_id");
}

static void ask(struct play *p)
{
    MUST(p->f, renewal_ask(p->tx, &p->f->rb, &p->c, STR("called back"), HERE_AND_NOW));
}

/* The link as its mail has it. */
static struct str link_of(struct play *p)
{
    const struct notify n = { .casework = &p->f->w,
                              .desk_url = STR("https://desk.example"),
                              .portal_url = STR("https://portal.example"),
                              .receiving_body_en = STR("RB"),
                              .coordinating_body_en = STR("CB") };
    struct str before = STR("https://desk.example/en/mailbox/renewal/"), rest;
    struct notice mail;
    bool has_address;
    int64_t id;
    size_t at;

    MUST(p->f, store_number(p->tx, &newest_mail, NO_BINDS, 0, &id, &p->f->err));
    MUST(p->f,
         notify_compose(&n, p->tx, id, p->f->now, p->f->arena, &mail, &has_address, &p->f->err));
    assert_true(has_address);
    assert_str(mail.to, "canary-i@example.jp");
    assert_false(str_contains(mail.body, p->receipt.number));
    assert_false(str_contains(mail.body, STR("canary")));
    at = str_index_str(mail.body, before);
    assert_int_not_equal(at, mail.body.len);
    rest = str_drop(mail.body, at + before.len);
    return str_take(rest, str_index(rest, '\n'));
}

static struct str allowed(struct play *p)
{
    ask(p);
    MUST(p->f, renewal_allow(&p->f->w, p->tx, &p->f->rb2, &p->c, newest(p), HERE_AND_NOW));
    return link_of(p);
}

static bool opens(struct play *p, struct str passphrase)
{
    int64_t report_id;

    MUST(p->f, intake_mailbox(&p->f->w, p->tx, p->receipt.number, passphrase, p->f->arena,
                              &report_id, &p->f->err));
    return report_id == p->c.report_id;
}

static void expect_refused(struct play *p, bool ok, enum err_code code)
{
    assert_false(ok);
    assert_int_equal(p->f->err.code, code);
}

static void renewal__is_asked_by_one_officer_and_allowed_by_another(void **state)
{
    struct play play = reported(state), *p = &play;

    expect_refused(p, renewal_ask(p->tx, &p->f->cb, &p->c, STR("x"), HERE_AND_NOW),
                   ERR_NOT_YOUR_MOVE);
    expect_refused(p, renewal_ask(p->tx, &p->f->rb, &p->c, STR("  "), HERE_AND_NOW), ERR_INPUT);
    ask(p);
    assert_int_equal(testing_told(p->f, p->tx, "RENEWAL"), 2); /* both officers */
    expect_refused(p, renewal_allow(&p->f->w, p->tx, &p->f->rb, &p->c, newest(p), HERE_AND_NOW),
                   ERR_NOT_READY);
    expect_refused(p, renewal_allow(&p->f->w, p->tx, &p->f->cb, &p->c, newest(p), HERE_AND_NOW),
                   ERR_NOT_YOUR_MOVE);
    assert_int_equal(testing_told(p->f, p->tx, "RENEWAL_LINK"), 0);
    MUST(p->f, renewal_allow(&p->f->w, p->tx, &p->f->rb2, &p->c, newest(p), HERE_AND_NOW));
    assert_int_equal(testing_told(p->f, p->tx, "RENEWAL_LINK"), 1);
    expect_refused(p, renewal_allow(&p->f->w, p->tx, &p->f->rb2, &p->c, newest(p), HERE_AND_NOW),
                   ERR_NOT_READY);
    tx_end(p->tx);
}

static void renewal__takes_link_and_receipt_number_and_works_once(void **state)
{
    struct play play = reported(state), *p = &play;
    struct str link = allowed(p);
    struct receipt renewed;

    MUST(p->f, renewal_find(p->tx, link, HERE_AND_NOW));
    MUST(p->f, renewal_take(&p->f->w, p->tx, link, STR("R-2026-AAAA-AAAA"), p->f->now, p->f->arena,
                            &renewed, &p->f->err));
    assert_int_equal(renewed.passphrase.len, 0);
    assert_true(opens(p, p->receipt.passphrase)); /* until the new one is made */
    MUST(p->f, renewal_take(&p->f->w, p->tx, link, p->receipt.number, p->f->now, p->f->arena,
                            &renewed, &p->f->err));
    assert_false(opens(p, p->receipt.passphrase));
    assert_true(opens(p, renewed.passphrase));
    expect_refused(p, renewal_find(p->tx, link, HERE_AND_NOW), ERR_MAIL_LINK);
    expect_refused(p,
                   renewal_take(&p->f->w, p->tx, link, p->receipt.number, p->f->now, p->f->arena,
                                &renewed, &p->f->err),
                   ERR_MAIL_LINK);
    tx_end(p->tx);
}

static void renewal__ends_earlier_links_and_ends_itself_after_days(void **state)
{
    struct play play = reported(state), *p = &play;
    struct str first = allowed(p), second = allowed(p);
    struct utc late = utc_add_days(p->f->now, RENEWAL_DAYS);
    struct renewals renewals;

    expect_refused(p, renewal_find(p->tx, first, HERE_AND_NOW), ERR_MAIL_LINK);
    MUST(p->f, renewal_find(p->tx, second, HERE_AND_NOW));
    expect_refused(p, renewal_find(p->tx, second, late, p->f->arena, &p->f->err), ERR_MAIL_LINK);
    expect_refused(p, renewal_find(p->tx, STR(""), HERE_AND_NOW), ERR_MAIL_LINK);
    MUST(p->f, renewals_load(p->tx, &p->c, p->f->arena, &renewals, &p->f->err));
    assert_int_equal(renewals.len, 2);
    assert_str(renewals.at[1].how, "called back");
    assert_int_equal(renewals.at[1].allowed_by, p->f->rb2.account_id);
    tx_end(p->tx);
}

int main(void)
{
#define PLAY(test) cmocka_unit_test_setup_teardown(test, desk_fixture_up, desk_fixture_down)
    const struct CMUnitTest tests[] = {
        PLAY(renewal__is_asked_by_one_officer_and_allowed_by_another),
        PLAY(renewal__takes_link_and_receipt_number_and_works_once),
        PLAY(renewal__ends_earlier_links_and_ends_itself_after_days),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
