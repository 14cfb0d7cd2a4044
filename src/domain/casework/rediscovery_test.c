/* A second finder of the same vulnerability is noticed by what is kept of the first report under a key. */
#include "domain/casework/casework_testing.h"

#include "domain/casework/list.h"
#include "domain/casework/rediscovery.h"

struct told {
    const char *product, *version, *kind, *info;
};

static const struct told first = { "Sample Router RX-100", "2.1.3", "OS command injection, CWE-78",
                                   "canary-V: /cgi-bin/setup.cgi passes ntp_server to a shell." };

/* Another product whose page is this one. */
struct page_of {
    struct told told;
    const char *url;
};

static struct tx *write_tx(struct desk_fixture *f)
{
    struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    return tx;
}

#define NUMBER(name, sql) static const struct query name = { #name, sql, NULL, 0, NULL, 0 }

NUMBER(next_case, "SELECT count(*) + 1 AS n FROM case_key");
NUMBER(all_told, "SELECT count(*) AS n FROM outbox WHERE notice = 'REDISCOVERED'");
NUMBER(officers_told,
       "SELECT count(*) AS n FROM outbox WHERE notice = 'REDISCOVERED' AND account_id IN (1, 2)");
NUMBER(noted, "SELECT count(*) AS n FROM ledger WHERE kind = 'report.coincides'");
NUMBER(prints, "SELECT count(*) AS n FROM fingerprint WHERE case_id = 1");
NUMBER(longest, "SELECT max(length(print)) AS n FROM fingerprint");
NUMBER(shortest, "SELECT min(length(print)) AS n FROM fingerprint");

static int64_t number(struct desk_fixture *f, struct tx *tx, const struct query *query)
{
    int64_t n;

    MUST(f, store_number(tx, query, NO_BINDS, 0, &n, &f->err));
    return n;
}

static struct str form_of(struct desk_fixture *f, const struct told *told)
{
    struct buf buf = buf_new(f->arena, 65536);
    struct str rest = testing_form(f), name, value;

    record_put(&buf, "product_name", str_from_z(told->product));
    record_put(&buf, "product_version", str_from_z(told->version));
    record_put(&buf, "vuln_kind", str_from_z(told->kind));
    record_put(&buf, "vuln_info", str_from_z(told->info));
    while (record_next(&rest, &name, &value)) {
        if (record_get(buf_str(&buf), arena_z(f->arena, name)).len == 0)
            record_put(&buf, arena_z(f->arena, name), value);
    }
    return buf_str(&buf);
}

static struct str form_with(struct desk_fixture *f, const struct page_of *page)
{
    struct buf buf = buf_new(f->arena, 65536);

    buf_add(&buf, form_of(f, &page->told));
    record_put(&buf, "product_url", str_from_z(page->url));
    return buf_str(&buf);
}

/* The case that the report becomes; nobody but the receiving body is told, and the receipt is as always. */
static struct product_case report_form(struct desk_fixture *f, struct tx *tx, struct str form)
{
    int64_t id = number(f, tx, &next_case);
    struct receipt receipt;
    struct product_case c;

    MUST(f, intake_submit(&f->w, tx, form, arena_printf(f->arena, "draft %lld", (long long)id),
                          LANG_JA, STR("FORM"), f->now, f->arena, &receipt, &f->err));
    assert_true(receipt.number.len > 0 && !receipt.is_repeated);
    MUST(f, case_load_by_id(&f->w, tx, id, f->arena, &c, &f->err));
    return c;
}

static struct product_case report(struct desk_fixture *f, struct tx *tx, const struct told *told)
{
    return report_form(f, tx, form_of(f, told));
}

/* Two officers of the receiving body are told of each, and nobody else. */
static int64_t alarms(struct desk_fixture *f, struct tx *tx)
{
    int64_t alarms = number(f, tx, &noted);

    assert_int_equal(number(f, tx, &all_told), 2 * alarms);
    assert_int_equal(number(f, tx, &officers_told), 2 * alarms);
    return alarms;
}

static unsigned in_common(struct desk_fixture *f, struct tx *tx, const struct subject *who,
                          const struct product_case *c)
{
    struct duplicates like;

    MUST(f, cases_like(&f->w, tx, who, c, f->arena, &like, &f->err));
    return like.len > 0 ? like.at[0].kinds : 0;
}

/* INT-22: written in another width, case and language it is the same; whoever may not see the other case learns nothing of it. */
static void rediscovery__notices_a_second_finder(void **state)
{
    static const struct told second = { "ＳＡＭＰＬＥ　router rx100", "Ver.2.1.3以前",
                                        "OSコマンドインジェクションの脆弱性",
                                        "管理画面のsetup.cgiに問題があります。" };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case one = report(f, tx, &first), two;
    struct hash head;
    int64_t entries;

    assert_int_equal(alarms(f, tx), 0);
    two = report(f, tx, &second);
    assert_int_equal(alarms(f, tx), 1);
    assert_int_equal(in_common(f, tx, &f->rb, &two),
                     SAME_PRODUCT | SAME_VERSION | SAME_WEAKNESS | SAME_PLACE);
    assert_int_equal(in_common(f, tx, &f->rb, &one), in_common(f, tx, &f->rb, &two));
    assert_int_equal(in_common(f, tx, &f->cb, &two), 0); /* neither has been forwarded */
    assert_int_equal(in_common(f, tx, &f->pm1, &two), 0);
    MUST(f, casework_verify(&f->w, tx, &entries, &head, &f->err));
    tx_end(tx);
}

/* INT-22: a product has many weaknesses, and a weakness many products. */
static void rediscovery__tells_alarm_from_hint(void **state)
{
    static const struct {
        struct told told;
        unsigned kinds; /* as the list of hints has them */
        bool is_alarm;
    } rows[] = {
        { { "Other Camera", "2.1.3", "CWE-78", "The page status.cgi." }, 0, false },
        { { "Other Camera", "1", "CWE-79", "The page setup.cgi." }, 0, false },
        { { "Sample Router RX-100", "3.0", "CWE-79", "The page status.cgi." },
          SAME_PRODUCT,
          false },
        { { "Sample Router RX-100", "v2.1.3", "", "Version v2.1.3, e.g. at night." },
          SAME_PRODUCT | SAME_VERSION,
          false },
        { { "Sample Router RX-100", "?", "", "The parameter NTP_SERVER." },
          SAME_PRODUCT | SAME_PLACE,
          true },
        { { "sample router", "?", "cwe-78", "Any page." }, SAME_PRODUCT | SAME_WEAKNESS, true },
    };
    struct desk_fixture *f = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tx *tx = write_tx(f);
        struct product_case c;

        print_message("case: %s, %s\n", rows[i].told.product, rows[i].told.info);
        (void)report(f, tx, &first);
        c = report(f, tx, &rows[i].told);
        assert_int_equal(in_common(f, tx, &f->rb, &c), rows[i].kinds);
        assert_true(coincidence_is_alarm(rows[i].kinds) == rows[i].is_alarm);
        tx_end(tx); /* taken back */
    }
}

static void rediscovery__knows_numbers_without_the_product(void **state)
{
    static const struct told one = { "Library A", "1", "", "A variant of CVE-2026-12345." },
                             other = { "Device B", "7", "", "See ＣＶＥ－２０２６－１２３４５!" };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c;

    (void)report(f, tx, &one);
    c = report(f, tx, &other);
    assert_int_equal(alarms(f, tx), 1);
    assert_int_equal(in_common(f, tx, &f->rb, &c), SAME_NUMBER);
    tx_end(tx);
}

/* A product's own page is a sign; the front page of its maker is that of all its products. */
static void rediscovery__tells_a_page_from_a_front_page(void **state)
{
    static const struct {
        struct page_of one, other;
        unsigned kinds;
    } rows[] = {
        { { { "Camera C1", "1", "CWE-78", "Any page." }, "https://maker.example/" },
          { { "Printer P2", "2", "CWE-78", "Any page." }, "http://www.maker.example" },
          0 },
        { { { "Camera C1", "1", "CWE-78", "Any page." }, "https://maker.example/c1/#top" },
          { { "My camera", "2", "CWE-78", "Any page." }, "http://www.maker.example/C1" },
          SAME_ADDRESS | SAME_WEAKNESS },
    };
    struct desk_fixture *f = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tx *tx = write_tx(f);
        struct product_case c;

        print_message("case: %s\n", rows[i].one.url);
        (void)report_form(f, tx, form_with(f, &rows[i].one));
        c = report_form(f, tx, form_with(f, &rows[i].other));
        assert_int_equal(in_common(f, tx, &f->rb, &c), rows[i].kinds);
        tx_end(tx);
    }
}

/* An alarm is for what is being handled; what is over stays a hint. Cases from before there were fingerprints get theirs. */
static void rediscovery__looks_at_open_cases(void **state)
{
    static const struct query none = { "none", "DELETE FROM fingerprint", NULL, 0, NULL, 0 };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case one = report(f, tx, &first), two;

    MUST(f, store_exec(tx, &none, NO_BINDS, NULL, &f->err));
    two = report(f, tx, &first);
    assert_int_equal(alarms(f, tx), 1);
    MUST(f, intake_open(tx, &f->rb, &one, f->now, f->arena, &f->err));
    MUST(f, intake_reject(tx, &f->rb, &one, STR("OUT_OF_SCOPE"), STR("no product"), f->now,
                          f->arena, &f->err));
    MUST(f, intake_open(tx, &f->rb, &two, f->now, f->arena, &f->err));
    MUST(f, intake_reject(tx, &f->rb, &two, STR("OUT_OF_SCOPE"), STR("no product"), f->now,
                          f->arena, &f->err));
    two = report(f, tx, &first);
    assert_int_equal(alarms(f, tx), 1);
    assert_true(coincidence_is_alarm(in_common(f, tx, &f->rb, &two)));
    tx_end(tx);
}

/* What is kept says nothing to who does not have the key, and goes with the key of the case. */
static void fingerprints__keep_the_secret(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct seal_key master = seal_key_new();
    struct vault other = vault_from(&master);
    struct casework elsewhere = f->w;
    struct product_case c = report(f, tx, &first);
    struct meetings met;
    struct receipt receipt;

    assert_true(number(f, tx, &prints) >= 5);
    assert_int_equal(number(f, tx, &longest), sizeof(struct hash));
    assert_int_equal(number(f, tx, &shortest), sizeof(struct hash));
    elsewhere.vault = &other; /* the same words under another desk's key */
    MUST(f, intake_submit(&elsewhere, tx, form_of(f, &first), STR("elsewhere"), LANG_JA,
                          STR("FORM"), f->now, f->arena, &receipt, &f->err));
    MUST(f, rediscovery_meetings(tx, 2, f->arena, &met, &f->err));
    assert_int_equal(met.len, 0);

    MUST(f, case_key_destroy(tx, c.id, &f->err));
    assert_int_equal(number(f, tx, &prints), 0);
    tx_end(tx);
    vault_wipe(&other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rediscovery__notices_a_second_finder),
        TEST(rediscovery__tells_alarm_from_hint),
        TEST(rediscovery__knows_numbers_without_the_product),
        TEST(rediscovery__tells_a_page_from_a_front_page),
        TEST(rediscovery__looks_at_open_cases),
        TEST(fingerprints__keep_the_secret),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
