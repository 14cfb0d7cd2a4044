/* INT-18, COO-30, PUB-12: a developer's own vulnerability in its own product (P24). */
#include "domain/casework/casework_testing.h"

#include "domain/casework/list.h"
#include "domain/casework/own_product.h"

static struct tx *write_tx(struct desk_fixture *f)
{
    struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    return tx;
}

static struct own_report report(struct desk_fixture *f)
{
    return (struct own_report){ .form = testing_form(f),
                                .fixed_versions = STR("2.1.4"),
                                .status = { .countermeasure = STR("FIX"),
                                            .words = STR("2.1.4 is built and tested") },
                                .is_limited = true };
}

static struct product_case reported(struct desk_fixture *f, struct tx *tx)
{
    struct own_report r = report(f);
    struct product_case c;

    MUST(f, own_product_report(&f->w, tx, &f->pm1, &r, f->now, f->arena, &c, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, c.id, f->arena, &c, &f->err));
    return c;
}

static struct grant grant_of(struct desk_fixture *f, struct tx *tx, const struct product_case *c,
                             const struct subject *who, bool is_own, bool *is_there)
{
    struct developers developers;
    struct grant grant = { 0 };

    MUST(f, developers_load(tx, c->id, f->arena, &developers, &f->err));
    assert_int_equal(developers.len, 1);
    *is_there =
        visibility_grant(who, c, &developers, is_own ? &developers.at[0] : NULL, &grant, &f->err);
    return grant;
}

/* INT-18, COO-30: the developer notifies both bodies at once, with the countermeasure; there is no verification round. */
static void own_product__reaches_both_bodies_at_once(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = reported(f, tx);
    struct developers developers;
    struct developer_report last;
    struct grant grant;
    struct str texts;
    bool is_there;

    assert_int_equal(c.state, CASE_SELF_PRODUCT);
    assert_str(c.origin, "SELF");
    assert_int_equal(c.report_id, 0); /* there is no finder, and no mailbox */
    assert_int_equal(c.accepted_at.ms, f->now.ms);
    assert_int_equal(c.first_contact_at.ms, f->now.ms); /* COO-37 */
    assert_int_equal(testing_told(f, tx, "OWN"), 3);    /* two officers of RB, one of CB */
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    assert_int_equal(developers.at[0].state, DEVELOPER_READY);
    assert_str(developers.at[0].pec, "SIGNATORY");
    assert_str(developers.at[0].vfd, "VFd");
    MUST(f, answer_load(tx, &c, &developers.at[0], f->arena, &last, &f->err));
    assert_int_equal(last.products.len, 1);
    assert_str(last.products.at[0].fixed_versions, "2.1.4");

    grant = grant_of(f, tx, &c, &f->cb, false, &is_there);
    assert_true(is_there && grant_sees(&grant, SEES_V | SEES_T | SEES_X | SEES_M));
    MUST(f, report_texts(tx, &c, &grant, f->arena, &texts, &f->err));
    assert_true(str_contains(texts, STR("canary-X")));
    assert_false(str_contains(texts, STR("canary-I"))); /* nobody's identity comes along */
    grant = grant_of(f, tx, &c, &f->rb, false, &is_there);
    assert_true(is_there && grant_sees(&grant, SEES_V | SEES_M));
    (void)grant_of(f, tx, &c, &f->pm2, false, &is_there);
    assert_false(is_there);
    tx_end(tx);
}

/* GEN-12, COO-31: what touches others' products as well is a finder's report; nobody else joins this case. */
static void own_product__is_limited_to_its_own(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct own_report r = report(f);
    struct form_faults faults = { 0 };
    struct product_case c;
    struct developer d;

    r.is_limited = false;
    own_product_check(&r, f->now, f->arena, &faults);
    assert_int_equal(faults.len, 1);
    assert_string_equal(faults.at[0].field, "is_limited");
    assert_false(own_product_report(&f->w, tx, &f->pm1, &r, f->now, f->arena, &c, &f->err));
    assert_int_equal(f->err.code, ERR_INPUT);
    c = reported(f, tx);
    assert_false(
        coordination_add(&f->w, tx, &f->cb, &c, f->organisation[1], f->now, f->arena, &d, &f->err));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE);
    tx_end(tx);
}

/* COO-30: the countermeasure is made first; only a manager of a registered developer reports. */
static void own_product__comes_with_its_countermeasure(void **state)
{
    static const struct query invited = {
        "invited", "UPDATE organisation SET state = 'AGREED' WHERE id = 4", NULL, 0, NULL, 0
    };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct own_report r = report(f);
    struct product_case c;

    r.status.countermeasure = STR("PLANNED");
    assert_false(own_product_report(&f->w, tx, &f->pm1, &r, f->now, f->arena, &c, &f->err));
    assert_str(str_from_z(f->err.subject), "countermeasure");
    r = report(f);
    assert_false(own_product_report(&f->w, tx, &f->rb, &r, f->now, f->arena, &c, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    MUST(f, store_exec(tx, &invited, NO_BINDS, NULL, &f->err));
    assert_false(own_product_report(&f->w, tx, &f->pm2, &r, f->now, f->arena, &c, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    tx_end(tx);
}

/* COO-30, PUB-12: CB sets the date after hearing the developer; the rest of the way is everybody's. */
static void own_product__is_dated_after_hearing_the_developer(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct own_report r = report(f);
    struct buf unheard = buf_new(f->arena, 64), heard = buf_new(f->arena, 64);
    struct utc date = utc_add_days(f->now, 20);
    struct developers developers;
    struct product_case c;
    struct wishes wishes;
    struct hash head;
    int64_t entries;

    r.wished = utc_add_days(f->now, 18);
    r.wish_reason = STR("our users are told that day");
    MUST(f, own_product_report(&f->w, tx, &f->pm1, &r, f->now, f->arena, &c, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, c.id, f->arena, &c, &f->err));
    MUST(f, coordination_wishes(tx, &c, f->arena, &wishes, &f->err));
    assert_int_equal(wishes.len, 1);
    assert_int_equal(wishes.at[0].proposed.ms, r.wished.ms);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    record_put(&unheard, "basis", STR("AGREED"));
    record_put(&heard, "basis", STR("AGREED"));
    record_put(&heard, "heard", STR("1"));
    assert_false(coordination_set_date(&f->w, tx, &f->cb, &c, &developers, date, buf_str(&unheard),
                                       f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    MUST(f, coordination_set_date(&f->w, tx, &f->cb, &c, &developers, date, buf_str(&heard), f->now,
                                  f->arena, &f->err));
    assert_int_equal(c.state, CASE_DATE_SET);
    assert_str(c.em, "PROPOSED"); /* as it was loaded */
    MUST(f, case_load_by_id(&f->w, tx, c.id, f->arena, &c, &f->err));
    assert_str(c.em, "ACTIVE");
    assert_int_equal(testing_told(f, tx, "N09"), 3); /* RB twice, the manager */
    MUST(f, casework_verify(&f->w, tx, &entries, &head, &f->err));
    tx_end(tx);
}

/* INT-08: what proves to be known ends here too; the developer is told instead of a finder, and CB still sees that it was there. */
static void own_product__may_be_stopped(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = reported(f, tx);
    struct case_filter all = { .limit = 10 };
    struct case_lines lines;
    bool is_there;

    MUST(f, intake_stop(tx, &f->rb, &c, STR("KNOWN_RB"), STR("published last year"), f->now,
                        f->arena, &f->err));
    assert_int_equal(testing_told(f, tx, "OWN_STOPPED"), 1);
    assert_int_equal(testing_told(f, tx, "N03"), 0);
    (void)grant_of(f, tx, &c, &f->cb, false, &is_there);
    assert_true(is_there);
    MUST(f, cases_list(&f->w, tx, &f->cb, &all, f->now, f->arena, &lines, &f->err));
    assert_int_equal(lines.len, 1);
    tx_end(tx);
}

static int64_t reporters(struct desk_fixture *f, struct tx *tx, const char *holding)
{
    static const char *const params[] = { "holding" };
    static const struct query query = {
        "reporters", "SELECT count(*) AS n FROM direct_reporter WHERE instr(sealed, :holding) = 0",
        params,      1,
        NULL,        0
    };
    int64_t n;

    MUST(f, store_number(tx, &query, BINDS(bind_text("holding", str_from_z(holding))), 0, &n,
                         &f->err));
    return n;
}

/* PSR-40, N27: who had told the developer gets receipt and status; the address is sealed, and no text of the case. */
static void own_product__answers_who_told_it_directly(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct own_report r = report(f);
    struct product_case c;
    struct grant grant;
    struct str texts;
    bool is_there;

    c = reported(f, tx);
    assert_int_equal(testing_told(f, tx, "N27"), 0); /* nobody had */
    assert_int_equal(reporters(f, tx, "canary-R"), 0);
    MUST(f, intake_stop(tx, &f->rb, &c, STR("KNOWN_RB"), STR("known"), f->now, f->arena, &f->err));
    assert_int_equal(testing_told(f, tx, "N27_ENDED"), 0);

    r.reporter = (struct direct_reporter){ STR("canary-R@example.jp"), STR("en") };
    MUST(f, own_product_report(&f->w, tx, &f->pm1, &r, f->now, f->arena, &c, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, c.id, f->arena, &c, &f->err));
    assert_int_equal(testing_told(f, tx, "N27"), 1);
    assert_int_equal(reporters(f, tx, "canary-R"), 1);
    assert_int_equal(c.report_id, 0); /* no finder of the receiving body's */
    grant = grant_of(f, tx, &c, &f->rb, false, &is_there);
    MUST(f, report_texts(tx, &c, &grant, f->arena, &texts, &f->err));
    assert_false(str_contains(texts, STR("canary-R")));
    MUST(f, intake_stop(tx, &f->rb, &c, STR("KNOWN_RB"), STR("known"), f->now, f->arena, &f->err));
    assert_int_equal(testing_told(f, tx, "N27_ENDED"), 1);
    assert_int_equal(testing_told(f, tx, "N27_PUBLISHED"), 0);
    tx_end(tx);
}

static struct direct_address address_of(struct desk_fixture *f, struct tx *tx)
{
    static const struct query query = { "reporter", "SELECT id FROM direct_reporter", NULL, 0, NULL,
                                        0 };
    struct direct_address address;
    int64_t id;

    MUST(f, store_number(tx, &query, NO_BINDS, 0, &id, &f->err));
    MUST(f, direct_address(&f->w, tx, id, f->arena, &address, &f->err));
    return address;
}

/* PSR-40: those who gave the address correct it and erase it, with a reason; nobody else, and no mail goes to what is gone. */
static void own_product__corrects_and_erases_who_told_it(void **state)
{
    const struct direct_reporter right = { STR("canary-S@example.jp"), STR("ja") },
                                 wrong = { STR("canary-S"), STR("ja") };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct own_report r = report(f);
    struct product_case c;
    struct developer d;
    bool is_kept;

    r.reporter = (struct direct_reporter){ STR("canary-R@example.jp"), STR("en") };
    MUST(f, own_product_report(&f->w, tx, &f->pm1, &r, f->now, f->arena, &c, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, c.id, f->arena, &c, &f->err));
    MUST(f, developer_load_of(tx, c.id, f->pm1.organisation_id, f->arena, &d, &f->err));
    MUST(f, direct_is_kept(tx, &d, &is_kept, &f->err));
    assert_true(is_kept);
#define NO(call)                                                    \
    do {                                                            \
        assert_false(call);                                         \
        f->err = (struct err){ 0 };                                 \
        assert_str(address_of(f, tx).email, "canary-R@example.jp"); \
    } while (0)
    NO(direct_correct(&f->w, tx, &f->pm2, &c, &d, &right, STR("x"), f->now, f->arena, &f->err));
    NO(direct_correct(&f->w, tx, &f->rb, &c, &d, &right, STR("x"), f->now, f->arena, &f->err));
    NO(direct_correct(&f->w, tx, &f->pm1, &c, &d, &right, STR(" "), f->now, f->arena, &f->err));
    NO(direct_correct(&f->w, tx, &f->pm1, &c, &d, &wrong, STR("x"), f->now, f->arena, &f->err));
    NO(direct_erase(tx, &f->pm2, &c, &d, STR("x"), f->now, f->arena, &f->err));
    NO(direct_erase(tx, &f->pm1, &c, &d, STR(""), f->now, f->arena, &f->err));

    MUST(f, direct_correct(&f->w, tx, &f->pm1, &c, &d, &right, STR("a typing mistake"), f->now,
                           f->arena, &f->err));
    assert_str(address_of(f, tx).email, "canary-S@example.jp");
    assert_int_equal(address_of(f, tx).lang, LANG_JA);
    assert_int_equal(reporters(f, tx, "canary-S"), 1); /* sealed */
    MUST(f, case_load_by_id(&f->w, tx, c.id, f->arena, &c, &f->err));
    MUST(f, direct_erase(tx, &f->pm1, &c, &d, STR("as asked"), f->now, f->arena, &f->err));
    assert_int_equal(address_of(f, tx).email.len, 0);
    MUST(f, direct_is_kept(tx, &d, &is_kept, &f->err));
    assert_false(is_kept);
    assert_false(
        direct_correct(&f->w, tx, &f->pm1, &c, &d, &right, STR("x"), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    f->err = (struct err){ 0 };
    MUST(f, case_load_by_id(&f->w, tx, c.id, f->arena, &c, &f->err));
    MUST(f, intake_stop(tx, &f->rb, &c, STR("KNOWN_RB"), STR("known"), f->now, f->arena, &f->err));
    assert_int_equal(testing_told(f, tx, "N27_ENDED"), 0);
    tx_end(tx);
}

/* PSR-40, GEN-05: an address we can write to, and the language to write in. */
static void own_product__asks_for_a_mail_address_and_a_language(void **state)
{
    struct desk_fixture *f = *state;
    struct own_report r = report(f);
    struct form_faults faults = { 0 };

    r.reporter = (struct direct_reporter){ STR("  "), STR("") };
    own_product_check(&r, f->now, f->arena, &faults);
    assert_int_equal(faults.len, 0);
    r.reporter = (struct direct_reporter){ STR("taro@example.jp\r\nBcc: x@example.jp"), STR("fr") };
    own_product_check(&r, f->now, f->arena, &faults);
    assert_int_equal(faults.len, 2);
    assert_string_equal(faults.at[0].field, "reporter_email");
    assert_string_equal(faults.at[1].field, "reporter_lang");
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(own_product__reaches_both_bodies_at_once),
        RULE(own_product__is_limited_to_its_own),
        RULE(own_product__comes_with_its_countermeasure),
        RULE(own_product__is_dated_after_hearing_the_developer),
        RULE(own_product__may_be_stopped),
        RULE(own_product__answers_who_told_it_directly),
        RULE(own_product__corrects_and_erases_who_told_it),
        RULE(own_product__asks_for_a_mail_address_and_a_language),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
