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

static int64_t told(struct desk_fixture *f, struct tx *tx, const char *notice)
{
    static const char *const params[] = { "notice" };
    static const struct query query = {
        "told", "SELECT count(*) AS n FROM outbox WHERE notice = :notice", params, 1, NULL, 0
    };
    int64_t n;

    MUST(f,
         store_number(tx, &query, BINDS(bind_text("notice", str_from_z(notice))), 0, &n, &f->err));
    return n;
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
    assert_int_equal(told(f, tx, "OWN"), 3);            /* two officers of RB, one of CB */
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
    assert_int_equal(told(f, tx, "N09"), 3); /* RB twice, the manager */
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
    assert_int_equal(told(f, tx, "OWN_STOPPED"), 1);
    assert_int_equal(told(f, tx, "N03"), 0);
    (void)grant_of(f, tx, &c, &f->cb, false, &is_there);
    assert_true(is_there);
    MUST(f, cases_list(&f->w, tx, &f->cb, &all, f->now, f->arena, &lines, &f->err));
    assert_int_equal(lines.len, 1);
    tx_end(tx);
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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
