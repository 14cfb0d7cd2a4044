#include "domain/casework/casework_testing.h"

#include "domain/casework/list.h"

static struct tx *write_tx(struct desk_fixture *f)
{
    struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    return tx;
}

static struct product_case the_case(struct desk_fixture *f, struct tx *tx)
{
    struct product_case c;

    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    return c;
}

static struct receipt submit(struct desk_fixture *f, const char *draft)
{
    struct tx *tx = write_tx(f);
    struct receipt receipt;

    MUST(f, intake_submit(&f->w, tx, testing_form(f), str_from_z(draft), LANG_JA, STR("FORM"),
                          f->now, f->arena, &receipt, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
    return receipt;
}

/* Accepted and forwarded. */
static void bring_to_cb(struct desk_fixture *f)
{
    struct tx *tx = write_tx(f);
    struct product_case c = the_case(f, tx);

    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
}

/* Two developers with the detail. */
static void bring_to_detail(struct desk_fixture *f)
{
    const struct subject *managers[] = { &f->pm1, &f->pm2 };
    struct tx *tx = write_tx(f);
    struct product_case c = the_case(f, tx);
    struct developer d;

    MUST(f, coordination_take(&f->w, tx, &f->cb, &c, f->now, f->arena, &f->err));
    MUST(f, coordination_write_summary(tx, &f->cb, &c, STR("canary-S: a router of the RX series"),
                                       f->now, f->arena, &f->err));
    for (int i = 0; i < 2; i++) {
        MUST(f, coordination_add(&f->w, tx, &f->cb, &c, f->organisation[i], f->now, f->arena, &d,
                                 &f->err));
        MUST(f, developer_load(tx, d.public_id, f->arena, &d, &f->err));
        MUST(f, coordination_send_summary(&f->w, tx, &f->cb, &c, &d, utc_add_days(f->now, 14),
                                          f->now, f->arena, &f->err));
        MUST(f, answer_seen(tx, managers[i], &c, &d, f->now, f->arena, &f->err));
        MUST(f, answer_request_detail(tx, managers[i], &c, &d, true, f->now, f->arena, &f->err));
        MUST(f, coordination_send_detail(tx, &f->cb, &c, &d, utc_add_days(f->now, 14), f->now,
                                         f->arena, &f->err));
    }
    MUST(f, tx_commit(&tx, &f->err));
}

static int64_t count_news(struct desk_fixture *f, struct tx *tx, const char *notice)
{
    const struct query query = { "count_news",
                                 "SELECT count(*) AS n FROM outbox WHERE notice = :notice",
                                 (const char *const[]){ "notice" },
                                 1,
                                 NULL,
                                 0 };
    int64_t n;

    MUST(f,
         store_number(tx, &query, BINDS(bind_text("notice", str_from_z(notice))), 0, &n, &f->err));
    return n;
}

static void verify_all(struct desk_fixture *f)
{
    struct tx *tx = write_tx(f);
    struct hash head;
    int64_t entries;

    MUST(f, casework_verify(&f->w, tx, &entries, &head, &f->err));
    tx_end(tx);
}

/* INT-01, FND-01: one transaction keeps all, apart; the same draft gets the same receipt, the mailbox opens with it alone. */
static void intake_submit__keeps_a_report_once_and_opens_its_mailbox(void **state)
{
    struct desk_fixture *f = *state;
    struct receipt first = submit(f, "draft-token-one"), again = submit(f, "draft-token-one"),
                   other = submit(f, "draft-token-two");
    struct tx *tx = NULL;
    int64_t id;

    assert_true(str_eq(first.number, again.number));
    assert_true(str_eq(first.passphrase, again.passphrase));
    assert_true(again.is_repeated);
    assert_false(str_eq(first.number, other.number));
    MUST(f, tx_begin(f->store, TX_READ, &tx, &f->err));
    MUST(f, intake_mailbox(&f->w, tx, first.number, first.passphrase, f->arena, &id, &f->err));
    assert_int_equal(id, 1);
    MUST(f, intake_mailbox(&f->w, tx, first.number, other.passphrase, f->arena, &id, &f->err));
    assert_int_equal(id, 0);
    MUST(f, intake_mailbox(&f->w, tx, STR("R-2026-XXXX-XXXX"), first.passphrase, f->arena, &id,
                           &f->err));
    assert_int_equal(id, 0);
    tx_end(tx);
    verify_all(f);
}

/* INT-04, INT-05: without a reason nothing is turned down; INT-08: CB's causes need CB's notice. */
static void intake__refuses_decisions_without_their_guards(void **state)
{
    struct desk_fixture *f = *state;
    struct product_case c;
    struct tx *tx;

    (void)submit(f, "draft");
    tx = write_tx(f);
    c = the_case(f, tx);
    assert_false(intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE);
    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    assert_false(
        intake_reject(tx, &f->rb, &c, STR("OUT_OF_SCOPE"), STR("  "), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    assert_false(intake_accept(tx, &f->rb, &c, true, false, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    assert_false(intake_accept(tx, &f->cb, &c, true, true, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, f->now, f->arena, &f->err));
    assert_false(
        intake_stop(tx, &f->rb, &c, STR("KNOWN_CB"), STR("known"), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    MUST(f, intake_advise_stop(tx, &f->cb, &c, STR("KNOWN_CB"), STR("it is CVE-2020-0001"), f->now,
                               f->arena, &f->err));
    MUST(f, intake_stop(tx, &f->rb, &c, STR("KNOWN_CB"), STR("It is known already."), f->now,
                        f->arena, &f->err));
    assert_int_equal(count_news(f, tx, "N01"), 1);
    assert_int_equal(count_news(f, tx, "N03"), 1);
    MUST(f, tx_commit(&tx, &f->err));
    verify_all(f);
}

/* The main road: two steps, results, a date, moved once, statuses (COO-06 to COO-24); everything is in the ledger. */
static void casework__walks_the_main_road_and_rebuilds(void **state)
{
    struct desk_fixture *f = *state;
    struct product_results products = { 0 };
    struct status_report report = { .countermeasure = STR("FIX"),
                                    .words = STR("2.1.4 is ready"),
                                    .url = STR("https://example.jp/a") };
    struct product_facts all = { .both_approved = true,
                                 .date_has_come = true,
                                 .content_passes = true };
    struct subject clock = { .kind = SUBJECT_CLOCK, .roles = ROLE_CLOCK };
    struct developers developers;
    struct buf why = buf_new(f->arena, 256);
    struct details none = { 0 };
    struct product_case c;
    struct developer d1, d2;
    struct entry entry;
    struct wishes wishes;
    struct tx *tx;

    (void)submit(f, "draft");
    bring_to_cb(f);
    bring_to_detail(f);
    f->now = utc_add_days(f->now, 10);
    tx = write_tx(f);
    c = the_case(f, tx);
    assert_int_equal(c.state, CASE_COORDINATING);
    assert_true(c.first_contact_at.ms > 0);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    assert_int_equal(developers.len, 2);
    d1 = developers.at[0];
    d2 = developers.at[1];
    assert_false(str_eq(d1.alias, d2.alias));

    VEC_PUSH(
        f->arena, &products,
        (struct product_result){ STR("RX-100"), STR("1.0 - 2.1.3"), STR("2.1.4"), STR("YES") });
    MUST(f, answer_result(tx, &f->pm1, &c, &d1, STR("YES"), STR("NEW"), STR("reproduced"),
                          &products, f->now, f->arena, &f->err));
    products.len = 0;
    MUST(f, answer_result(tx, &f->pm2, &c, &d2, STR("NO"), STR("NEW"), STR("other code"), &products,
                          f->now, f->arena, &f->err));
    assert_false(answer_result(tx, &f->pm2, &c, &d1, STR("NO"), STR("NEW"), STR("x"), &products,
                               f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);

    record_put(&why, "basis", STR("AGREED"));
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, coordination_set_date(&f->w, tx, &f->cb, &c, &developers, utc_add_days(f->now, 20),
                                  buf_str(&why), f->now, f->arena, &f->err));
    assert_int_equal(count_news(f, tx, "N09"), 2 + 2); /* two officers of RB, two managers */
    MUST(f, answer_wish_date(tx, &f->pm1, &c, &d1, utc_add_days(f->now, 27),
                             STR("the test takes longer"), f->now, f->arena, &f->err));
    MUST(f, coordination_wishes(tx, &c, f->arena, &wishes, &f->err));
    assert_int_equal(wishes.len, 1);
    assert_int_equal(c.publication_date.ms, utc_add_days(f->now, 20).ms); /* a wish moves nothing */
    MUST(f, coordination_decide_request(tx, &f->cb, &c, wishes.at[0].id, true, STR("agreed"),
                                        f->now, f->arena, &f->err));
    assert_false(coordination_change_date(&f->w, tx, &f->cb, &c, &developers,
                                          utc_add_days(f->now, 27), false, STR("wish"), f->now,
                                          f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    MUST(f, coordination_change_date(&f->w, tx, &f->cb, &c, &developers, utc_add_days(f->now, 27),
                                     true, STR("wish"), f->now, f->arena, &f->err));
    assert_int_equal(count_news(f, tx, "N10"), 4);
    MUST(f, answer_status(tx, &f->pm1, &c, &d1, &report, f->now, f->arena, &f->err));
    assert_int_equal(count_news(f, tx, "N17"), 3); /* both bodies (COO-24) */
    MUST(f, case_move(tx, &clock, &c, ON_PUBLISH, &all, &none, utc_add_days(f->now, 27), f->arena,
                      &entry, &f->err));
    MUST(f, tx_commit(&tx, &f->err));
    verify_all(f);
}

/* COO-28, COO-29: only when all notified developers say so. */
static void coordination_close__wants_all_notified_developers(void **state)
{
    struct desk_fixture *f = *state;
    struct product_results none = { 0 };
    struct developers developers;
    struct product_case c;
    struct tx *tx;

    (void)submit(f, "draft");
    bring_to_cb(f);
    bring_to_detail(f);
    tx = write_tx(f);
    c = the_case(f, tx);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, answer_result(tx, &f->pm1, &c, &developers.at[0], STR("NO"), STR("KNOWN"), STR("known"),
                          &none, f->now, f->arena, &f->err));
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    assert_false(coordination_close(tx, &f->cb, &c, &developers, ON_CANCEL_KNOWN,
                                    STR("all know it"), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    MUST(f, answer_result(tx, &f->pm2, &c, &developers.at[1], STR("YES"), STR("KNOWN"),
                          STR("known too"), &none, f->now, f->arena, &f->err));
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, coordination_close(tx, &f->cb, &c, &developers, ON_CANCEL_KNOWN, STR("all know it"),
                               f->now, f->arena, &f->err));
    assert_int_equal(c.state, CASE_CANCELLED_KNOWN);
    MUST(f, tx_commit(&tx, &f->err));
    verify_all(f);
}

/* Invariant 10, T22: what a developer is not part of, or was removed from, is not there. */
static void visibility__hides_what_is_not_granted(void **state)
{
    struct desk_fixture *f = *state;
    struct subject outsider = f->pm3, nobody = { 0 };
    struct developers developers;
    struct product_case c;
    struct case_lines lines;
    struct case_filter filter = { .limit = 50 };
    struct grant grant;
    struct str texts;
    struct tx *tx;

    (void)submit(f, "draft");
    tx = write_tx(f);
    c = the_case(f, tx);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    assert_false(
        visibility_grant(&f->cb, &c, &developers, NULL, &grant, &f->err)); /* before forwarding */
    tx_end(tx);
    bring_to_cb(f);
    bring_to_detail(f);
    tx = write_tx(f);
    c = the_case(f, tx);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    assert_false(visibility_grant(&outsider, &c, &developers, NULL, &grant, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    assert_false(visibility_grant(&nobody, &c, &developers, NULL, &grant, &f->err));
    MUST(f, visibility_grant(&f->pm1, &c, &developers, &developers.at[0], &grant, &f->err));
    MUST(f, report_texts(tx, &c, &grant, f->arena, &texts, &f->err));
    assert_true(str_contains(texts, STR("canary-T")));
    assert_false(str_contains(texts, STR("canary-I")));
    assert_false(str_contains(texts, STR("canary-i")));
    MUST(f, cases_list(&f->w, tx, &outsider, &filter, f->now, f->arena, &lines, &f->err));
    assert_int_equal(lines.len, 0);
    MUST(f, coordination_remove(tx, &f->cb, &c, &developers.at[0], STR("wrong one"), f->now,
                                f->arena, &f->err));
    MUST(f, cases_list(&f->w, tx, &f->pm1, &filter, f->now, f->arena, &lines, &f->err));
    assert_int_equal(lines.len, 0);
    tx_end(tx);
}

/* The chain finds a changed byte, and a changed cache. */
static void casework_verify__finds_what_was_changed(void **state)
{
    const struct query drop = { "drop", "DROP TRIGGER ledger_is_append_only_1", NULL, 0, NULL, 0 };
    const struct query cache = {
        "cache", "UPDATE product_case SET state = 'PUBLISHED' WHERE id = 1", NULL, 0, NULL, 0
    };
    const struct query salt = {
        "salt", "UPDATE ledger_payload SET salt = zeroblob(16) WHERE seq = 1", NULL, 0, NULL, 0
    };
    struct desk_fixture *f = *state;
    const struct query *const changes[] = { &cache, &salt };
    struct hash head;
    int64_t entries;

    (void)drop;
    (void)submit(f, "draft");
    for (size_t i = 0; i < COUNT(changes); i++) {
        struct tx *tx = write_tx(f);

        MUST(f, store_exec(tx, changes[i], NO_BINDS, NULL, &f->err));
        assert_false(casework_verify(&f->w, tx, &entries, &head, &f->err));
        assert_int_equal(f->err.code, ERR_LEDGER_BROKEN);
        tx_end(tx);
    }
    verify_all(f);
}

/* FND-01, C32: an identity takes two. */
static void identity__is_opened_by_two_and_shown_once(void **state)
{
    const struct query last = {
        "last", "SELECT public_id FROM identity_opening ORDER BY id DESC LIMIT 1", NULL, 0, NULL, 0
    };
    struct desk_fixture *f = *state;
    struct rows *rows = NULL;
    struct product_case c;
    struct str opening, record;
    struct tx *tx;

    (void)submit(f, "draft");
    tx = write_tx(f);
    c = the_case(f, tx);
    MUST(f, identity_ask(tx, &f->rb, &c, STR("somebody says to be the finder"), f->now, f->arena,
                         &f->err));
    MUST(f, store_select(tx, &last, NO_BINDS, f->arena, &rows, &f->err));
    assert_int_equal(rows_next(rows, &f->err), 1);
    opening = arena_str(f->arena, row_text(rows, "public_id"));
    rows_end(rows);
    assert_false(identity_show(&f->w, tx, &f->rb, &c, opening, f->now, f->arena, &record, &f->err));
    assert_false(identity_allow(tx, &f->rb, &c, opening, f->now, f->arena, &f->err));
    MUST(f, identity_allow(tx, &f->rb2, &c, opening, f->now, f->arena, &f->err));
    assert_false(
        identity_show(&f->w, tx, &f->rb2, &c, opening, f->now, f->arena, &record, &f->err));
    MUST(f, identity_show(&f->w, tx, &f->rb, &c, opening, f->now, f->arena, &record, &f->err));
    assert_true(str_contains(record, STR("canary-I Taro")));
    assert_false(identity_show(&f->w, tx, &f->rb, &c, opening, f->now, f->arena, &record, &f->err));
    tx_end(tx);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(intake_submit__keeps_a_report_once_and_opens_its_mailbox),
        STORY(intake__refuses_decisions_without_their_guards),
        STORY(casework__walks_the_main_road_and_rebuilds),
        STORY(coordination_close__wants_all_notified_developers),
        STORY(visibility__hides_what_is_not_granted),
        STORY(casework_verify__finds_what_was_changed),
        STORY(identity__is_opened_by_two_and_shown_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
