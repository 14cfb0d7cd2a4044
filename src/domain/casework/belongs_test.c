/* One vulnerability in several cases, several in one: merged, taken out again, split off. */
#include "domain/casework/casework_testing.h"

#include "domain/access/partner.h"
#include "domain/casework/analysis.h"
#include "domain/casework/belongs.h"
#include "domain/casework/cve.h"
#include "domain/casework/exchange.h"

struct two {
    struct product_case a, b;
    struct developer of_a, of_b; /* one developer each, another one */
};

static struct product_case load(struct desk_fixture *f, struct tx *tx, int64_t id)
{
    struct product_case c;

    MUST(f, case_load_by_id(&f->w, tx, id, f->arena, &c, &f->err));
    return c;
}

static struct product_case coordinated(struct desk_fixture *f, struct tx *tx, int64_t id,
                                       int vendor, struct developer *d)
{
    struct receipt receipt;
    struct product_case c;

    MUST(f, intake_submit(&f->w, tx, testing_form(f),
                          arena_printf(f->arena, "draft %lld", (long long)id), LANG_JA, STR("FORM"),
                          f->now, f->arena, &receipt, &f->err));
    c = load(f, tx, id);
    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, coordination_write_summary(tx, &f->cb, &c, STR("a router"), f->now, f->arena, &f->err));
    MUST(f, coordination_add(&f->w, tx, &f->cb, &c, f->organisation[vendor], f->now, f->arena, d,
                             &f->err));
    MUST(f, developer_load(tx, d->public_id, f->arena, d, &f->err));
    MUST(f, coordination_send_summary(&f->w, tx, &f->cb, &c, d, utc_add_days(f->now, 14), f->now,
                                      f->arena, &f->err));
    return load(f, tx, id);
}

static struct two two_cases(struct desk_fixture *f, struct tx *tx)
{
    struct two t;

    t.a = coordinated(f, tx, 1, 0, &t.of_a);
    t.b = coordinated(f, tx, 2, 1, &t.of_b);
    return t;
}

static void set_date(struct desk_fixture *f, struct tx *tx, struct product_case *c, int days)
{
    struct buf why = buf_new(f->arena, 256);
    struct developers developers;

    record_put(&why, "basis", STR("INDEPENDENT"));
    MUST(f, developers_load(tx, c->id, f->arena, &developers, &f->err));
    MUST(f, coordination_set_date(&f->w, tx, &f->cb, c, &developers, utc_add_days(f->now, days),
                                  buf_str(&why), f->now, f->arena, &f->err));
}

static void merge(struct desk_fixture *f, struct tx *tx, struct two *t)
{
    MUST(f, belongs_merge(&f->w, tx, &f->cb, &t->b, t->a.number, STR("the same parser"), f->now,
                          f->arena, &f->err));
    t->a = load(f, tx, 1);
    t->b = load(f, tx, 2);
}

static const struct query news_of = {
    "news_of",
    "SELECT count(*) AS n FROM outbox WHERE notice = :notice AND case_id = :case_id",
    (const char *const[]){ "notice", "case_id" },
    2,
    NULL,
    0
};

static int64_t told(struct desk_fixture *f, struct tx *tx, const char *notice, int64_t case_id)
{
    int64_t n;

    MUST(f,
         store_number(tx, &news_of,
                      BINDS(bind_text("notice", str_from_z(notice)), bind_int("case_id", case_id)),
                      0, &n, &f->err));
    return n;
}

static void refused(struct desk_fixture *f, bool ok, enum err_code code, const char *subject)
{
    assert_false(ok);
    assert_int_equal(f->err.code, code);
    if (subject)
        assert_str(str_from_z(f->err.subject), subject);
    f->err = (struct err){ 0 };
}

static void verify(struct desk_fixture *f, struct tx *tx)
{
    struct hash head;
    int64_t entries;

    MUST(f, casework_verify(&f->w, tx, &entries, &head, &f->err));
}

static bool sees(struct desk_fixture *f, struct tx *tx, const struct subject *who, int64_t case_id)
{
    struct product_case c = load(f, tx, case_id);
    struct developers developers;
    struct developer own;
    struct err absent = { 0 };
    struct grant grant;
    bool has_own;

    MUST(f, developers_load(tx, case_id, f->arena, &developers, &f->err));
    has_own = developer_load_of(tx, case_id, who->organisation_id, f->arena, &own, &absent);
    return visibility_grant(who, &c, &developers, has_own ? &own : NULL, &grant, &absent);
}

/* COO-16, CFD-02, FND-09: the parties come over with nothing disclosed, threads and finder stay, and nobody sees a case it had no part in. */
static void merge__discloses_nothing(void **state)
{
    struct desk_fixture *f = *state;
    struct developers developers;
    struct case_ties ties;
    struct talks talks;
    struct tx *tx = NULL;
    struct entry entry;
    struct subject finder_b = { .kind = SUBJECT_FINDER, .roles = ROLE_FINDER, .report_id = 2 };
    struct two t;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    t = two_cases(f, tx);
    MUST(f, talk_say(tx, &f->cb, &t.b, THREAD_PARTICIPANT, &t.of_b, TALK_MESSAGE,
                     STR("about b alone"), f->now, f->arena, &entry, &f->err));
    merge(f, tx, &t);
    assert_int_equal(t.b.state, CASE_MERGED);
    MUST(f, developers_load(tx, t.a.id, f->arena, &developers, &f->err));
    assert_int_equal(developers.len, 2);
    assert_int_equal(developers.at[1].organisation_id, t.of_b.organisation_id);
    assert_int_equal(developers.at[1].state, DEVELOPER_IDENTIFIED);
    assert_str(developers.at[1].level, "NONE");
    assert_true(sees(f, tx, &f->pm1, t.a.id));
    assert_false(sees(f, tx, &f->pm2, t.a.id)); /* it came over, and has not been told */
    assert_false(sees(f, tx, &f->pm1, t.b.id));
    assert_true(sees(f, tx, &finder_b, t.b.id));
    assert_false(sees(f, tx, &finder_b, t.a.id));
    MUST(f, talk_say(tx, &f->rb, &t.b, THREAD_FINDER, NULL, TALK_MESSAGE, STR("we go on"), f->now,
                     f->arena, &entry, &f->err)); /* the receiving body speaks for it as before */
    MUST(f, talk_list(tx, &f->cb, &t.b, THREAD_PARTICIPANT, &t.of_b, f->arena, &talks, &f->err));
    assert_int_equal(talks.len, 1);
    assert_int_equal(told(f, tx, "MERGED", t.b.id), 1);
    assert_int_equal(told(f, tx, "MERGED_RB", t.b.id), 2);
    assert_int_equal(told(f, tx, "MERGED", t.a.id), 0);
    MUST(f, belongs_load(&f->w, tx, &t.a, f->arena, &ties, &f->err));
    assert_int_equal(ties.len, 1);
    assert_int_equal(ties.at[0].kind, BELONGS_MERGED_HERE);
    assert_true(str_eq(ties.at[0].number, t.b.number));
    verify(f, tx);
    tx_end(tx);
}

static struct subject third_party(struct desk_fixture *f, struct tx *tx, const char *kind,
                                  unsigned role, int64_t account, struct str *public_id)
{
    struct partner_values v = { .kind = str_from_z(kind),
                                .name_ja = arena_printf(f->arena, "partner %s", kind),
                                .name_en = STR(""),
                                .agreement = STR("signed"),
                                .agreed_at = utc_add_days(f->now, -9) };
    struct deed deed = { tx, &f->rb, f->now, f->arena };
    struct partner partner;

    MUST(f, partner_add(&deed, &v, public_id, &f->err));
    MUST(f, partner_by_public_id(tx, *public_id, f->arena, &partner, &f->err));
    return testing_person(f, tx, account, partner.organisation_id, role);
}

/* PUB-06, COO-16: who coordinates abroad takes part in the case that goes on, once, and is given nothing of it. */
static void merge__takes_foreign_coordinators_along(void **state)
{
    struct desk_fixture *f = *state;
    struct exchanges all;
    struct subject abroad;
    struct tx *tx = NULL;
    struct str partner;
    struct two t;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    t = two_cases(f, tx);
    abroad = third_party(f, tx, "FB", ROLE_FB, 20, &partner);
    MUST(f, exchange_open(tx, &f->cb, &t.b, abroad.organisation_id, true, STR("VU#1"), f->now,
                          f->arena, &f->err));
    merge(f, tx, &t);
    MUST(f, exchanges_of_case(tx, t.a.id, f->arena, &all, &f->err));
    assert_int_equal(all.len, 1);
    assert_int_equal(all.at[0].organisation_id, abroad.organisation_id);
    assert_int_equal(all.at[0].given_at.ms, 0);
    assert_false(all.at[0].is_origin);
    MUST(f, exchange_tell_all(tx, &t.a, 1, f->now, f->arena, &f->err));
    assert_int_equal(told(f, tx, "EXCHANGE", t.a.id), 1);
    MUST(f, belongs_release(tx, &f->cb, &t.b, STR("two parsers"), f->now, f->arena, &f->err));
    t.b = load(f, tx, 2);
    merge(f, tx, &t);
    MUST(f, exchanges_of_case(tx, t.a.id, f->arena, &all, &f->err));
    assert_int_equal(all.len, 1);
    verify(f, tx);
    tx_end(tx);
}

/* INT-14: while a third party analyses it, a case does not rest; what was found stays where it was asked. */
static void merge__waits_for_analyses(void **state)
{
    struct desk_fixture *f = *state;
    struct developers developers;
    struct product_case c;
    struct analyses all;
    struct analysis a;
    struct subject analyst;
    struct analysis_wish wish = { .scope = STR("how far does it reach?"),
                                  .condition = STR("two named people"),
                                  .due = utc_add_days(f->now, 9) };
    struct tx *tx = NULL;
    struct grant grant;
    struct two t;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    t = two_cases(f, tx);
    analyst = third_party(f, tx, "AN", ROLE_AN, 21, &wish.partner);
    MUST(f, developers_load(tx, t.b.id, f->arena, &developers, &f->err));
    MUST(f, visibility_grant(&f->rb, &t.b, &developers, NULL, &grant, &f->err));
    MUST(f, analysis_ask(tx, &f->rb, &t.b, &grant, &wish, f->now, f->arena, &f->err));
    refused(f,
            belongs_merge(&f->w, tx, &f->cb, &t.b, t.a.number, STR("the same"), f->now, f->arena,
                          &f->err),
            ERR_NOT_READY, "no_analysis_goes_on");
    MUST(f, analyses_of_case(tx, t.b.id, f->arena, &all, &f->err));
    MUST(f, analysis_load(&f->w, tx, &analyst, all.at[0].public_id, f->arena, &a, &c, &grant,
                          &f->err));
    MUST(f, analysis_answer(tx, &analyst, &c, &a, STR("no further than the parser"), f->now,
                            f->arena, &f->err));
    t.b = load(f, tx, 2);
    merge(f, tx, &t);
    MUST(f, analyses_of_case(tx, t.b.id, f->arena, &all, &f->err));
    assert_true(all.len == 1 && all.at[0].answered_at.ms);
    MUST(f, analyses_of_case(tx, t.a.id, f->arena, &all, &f->err));
    assert_int_equal(all.len, 0); /* nobody who analyses one case learns of the other */
    verify(f, tx);
    tx_end(tx);
}

/* Who may, and what stands against it. */
static void merge__is_refused_where_it_would_lose_something(void **state)
{
    static const struct query advisory = {
        "advisory",
        "INSERT INTO advisory (public_id, case_id, number, state, changed_at) VALUES ('x', 2, 'N', 'REVIEW', 1)",
        NULL,
        0,
        NULL,
        0
    };
    static const struct query no_advisory = { "no_advisory", "DELETE FROM advisory",
                                              NULL,          0,
                                              NULL,          0 };
    static const struct query plan = {
        "plan",
        "INSERT INTO priority_plan (id, case_id, seq, state, sectors, parts) VALUES (1, 2, 1, 'PLANNED', 'POWER', 'V')",
        NULL,
        0,
        NULL,
        0
    };
    static const struct query dropped = { "dropped", "UPDATE priority_plan SET state = 'DROPPED'",
                                          NULL,      0,
                                          NULL,      0 };
    struct desk_fixture *f = *state;
    struct str words = STR("the same"), none = STR_NONE;
    struct tx *tx = NULL;
    struct two t;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    t = two_cases(f, tx);
#define MERGE(who, into, why) \
    belongs_merge(&f->w, tx, (who), &t.b, (into), (why), f->now, f->arena, &f->err)
    refused(f, MERGE(&f->rb, t.a.number, words), ERR_NOT_YOUR_MOVE, NULL);
    refused(f, MERGE(&f->pm1, t.a.number, words), ERR_NOT_YOUR_MOVE, NULL);
    refused(f, MERGE(&f->cb, t.a.number, none), ERR_INPUT, "words");
    refused(f, MERGE(&f->cb, t.b.number, words), ERR_INPUT, "into");
    refused(f, MERGE(&f->cb, STR("K-2026-99999"), words), ERR_INPUT, "into");
    set_date(f, tx, &t.b, 20); /* what has come further stays */
    refused(f, MERGE(&f->cb, t.a.number, words), ERR_INPUT, "into");
    set_date(f, tx, &t.a, 30);
    MUST(f, store_exec(tx, &advisory, NO_BINDS, NULL, &f->err));
    refused(f, MERGE(&f->cb, t.a.number, words), ERR_NOT_READY, "advisory_is_a_draft");
    MUST(f, store_exec(tx, &no_advisory, NO_BINDS, NULL, &f->err));
    MUST(f, store_exec(tx, &plan, NO_BINDS, NULL, &f->err));
    refused(f, MERGE(&f->cb, t.a.number, words), ERR_NOT_READY, "nothing_is_provided_beforehand");
    MUST(f, store_exec(tx, &dropped, NO_BINDS, NULL, &f->err));
    MUST(f, MERGE(&f->cb, t.a.number, words));
    refused(f, MERGE(&f->cb, t.a.number, words), ERR_NO_SUCH_MOVE, NULL);
    tx_end(tx);
}

/* Invariant 17, COO-22, FND-15, COO-39: the earlier date and clock hold, credit and reserved numbers come over. */
static void merge__takes_the_earlier_date_the_numbers_and_the_credit(void **state)
{
    struct desk_fixture *f = *state;
    struct cve_numbers numbers;
    struct str credit, cve;
    struct tx *tx = NULL;
    int64_t added;
    struct two t;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    t.b = coordinated(f, tx, 1, 1, &t.of_b); /* the older one is merged */
    f->now = utc_add_days(f->now, 3);
    t.a = coordinated(f, tx, 2, 0, &t.of_a);
    set_date(f, tx, &t.a, 30);
    set_date(f, tx, &t.b, 20);
    MUST(f, cve_pool_add(tx, &f->cb, 2026, 30100, 30101, f->now, &added, &f->err));
    MUST(f, cve_reserve(tx, &f->cb, &t.b, STR("the parser"), f->now, f->arena, &cve, &f->err));
    MUST(f, belongs_merge(&f->w, tx, &f->cb, &t.b, t.a.number, STR("the same"), f->now, f->arena,
                          &f->err));
    t.a = load(f, tx, 2);
    assert_int_equal(t.a.publication_date.ms, utc_add_days(f->now, 20).ms);
    assert_int_equal(t.a.first_contact_at.ms, utc_add_days(f->now, -3).ms);
    assert_int_equal(told(f, tx, "N10", t.a.id), 3); /* RB's two officers and the developer */
    MUST(f, cve_of_case(tx, &t.a, f->arena, &numbers, &f->err));
    assert_int_equal(numbers.len, 1);
    assert_str(numbers.at[0].words, "the parser");
    MUST(f, identity_credit(&f->w, tx, &t.a, f->arena, &credit, &f->err));
    assert_str(credit, "Credit Taro\nCredit Taro"); /* both finders are called so */
    verify(f, tx);
    tx_end(tx);
}

/* COO-16: taken out again it stands where it stood; a date it had is set anew, and it ends by its own decision when the other ended. */
static void merge__can_be_undone(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = NULL;
    struct two t;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    t = two_cases(f, tx);
    set_date(f, tx, &t.a, 30);
    set_date(f, tx, &t.b, 40);
    merge(f, tx, &t);
    assert_int_equal(t.a.publication_date.ms, utc_add_days(f->now, 30).ms);
    refused(f, belongs_release(tx, &f->rb, &t.b, STR("no"), f->now, f->arena, &f->err),
            ERR_NOT_YOUR_MOVE, NULL);
    MUST(f, belongs_release(tx, &f->cb, &t.b, STR("two parsers"), f->now, f->arena, &f->err));
    t.b = load(f, tx, 2);
    assert_int_equal(t.b.state, CASE_COORDINATING);
    assert_int_equal(t.b.publication_date.ms, 0);
    assert_true(sees(f, tx, &f->pm2, 2));
    assert_int_equal(told(f, tx, "RELEASED", 2), 3);

    set_date(f, tx, &t.b, 40);
    t.a = load(f, tx, 1);
    merge(f, tx, &t);
    MUST(f, belongs_release(tx, &f->cb, &t.b, STR("again"), f->now, f->arena, &f->err));
    verify(f, tx);
    tx_end(tx);
}

/* FND-06, PUB-10: published with the other, and its finder is told; the other ending otherwise, it comes back. */
static void merge__follows_what_is_published(void **state)
{
    struct desk_fixture *f = *state;
    struct subject clock = { .kind = SUBJECT_CLOCK, .roles = ROLE_CLOCK };
    struct product_facts facts = { .both_approved = true,
                                   .date_has_come = true,
                                   .content_passes = true };
    struct details none = { 0 };
    struct tx *tx = NULL;
    struct entry entry;
    int64_t told_in;
    struct two t;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    t = two_cases(f, tx);
    merge(f, tx, &t);
    MUST(f, intake_stop(tx, &f->rb, &t.a, STR("KNOWN_RB"), STR("canary: known to a"), f->now,
                        f->arena, &f->err));
    t.b = load(f, tx, 2);
    assert_int_equal(t.b.state,
                     CASE_COORDINATING); /* to be decided on by itself, in its own words */
    assert_int_equal(told(f, tx, "N03", 1), 1);
    assert_int_equal(told(f, tx, "N03", 2), 0);

    t.a = coordinated(f, tx, 3, 0, &t.of_a);
    MUST(f, belongs_merge(&f->w, tx, &f->cb, &t.b, t.a.number, STR("the same"), f->now, f->arena,
                          &f->err));
    t.a = load(f, tx, 3);
    set_date(f, tx, &t.a, 30);
    testing_told_directly(f, tx, t.b.id);
    MUST(f, case_move(tx, &clock, &t.a, ON_PUBLISH, &facts, &none, utc_add_days(f->now, 30),
                      f->arena, &entry, &f->err));
    assert_int_equal(testing_told_reporter(f, tx, "N27_PUBLISHED"), 1); /* PSR-40 */
    t.b = load(f, tx, 2);
    assert_int_equal(t.b.state, CASE_PUBLISHED);
    assert_str(t.b.em, "NONE");
    assert_int_equal(told(f, tx, "N13", 2), 1);
    MUST(f, belongs_published_as(tx, &t.b, &told_in, &f->err));
    assert_int_equal(told_in, 3);
    verify(f, tx);
    tx_end(tx);
}

/* Invariant 17: a part stands where the whole stands, with its clock and its date; who is named joins with nothing disclosed. */
static void split__copies_clock_and_date(void **state)
{
    struct desk_fixture *f = *state;
    struct organisation_ids two_of_them = { 0 }, nobody = { 0 };
    struct developers developers;
    struct product_case part;
    struct tx *tx = NULL;
    struct str credit;
    struct two t;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    t = two_cases(f, tx);
    set_date(f, tx, &t.a, 25);
    for (int i = 0; i < 2; i++)
        VEC_PUSH(f->arena, &two_of_them, f->organisation[i]);
    refused(f,
            belongs_split(&f->w, tx, &f->rb, &t.a, testing_form(f), &nobody, f->now, f->arena,
                          &part, &f->err),
            ERR_NOT_YOUR_MOVE, NULL);
    refused(
        f,
        belongs_split(&f->w, tx, &f->cb, &t.a, STR_NONE, &nobody, f->now, f->arena, &part, &f->err),
        ERR_INPUT, "product_name");
    MUST(f, belongs_split(&f->w, tx, &f->cb, &t.a, testing_form(f), &two_of_them,
                          utc_add_days(f->now, 5), f->arena, &part, &f->err));
    assert_int_equal(part.state, CASE_DATE_SET);
    assert_str(part.em, "ACTIVE");
    assert_int_equal(part.publication_date.ms, t.a.publication_date.ms);
    assert_int_equal(part.first_contact_at.ms, t.a.first_contact_at.ms);
    assert_int_equal(part.accepted_at.ms, t.a.accepted_at.ms);
    assert_int_equal(part.report_id, 0);
    MUST(f, developers_load(tx, part.id, f->arena, &developers, &f->err));
    assert_int_equal(developers.len, 2);
    assert_false(sees(f, tx, &f->pm1, part.id));
    assert_false(sees(f, tx, &f->pm2, part.id));
    assert_int_equal(told(f, tx, "SPLIT", part.id), 2);
    MUST(f, identity_credit(&f->w, tx, &part, f->arena, &credit, &f->err));
    assert_str(credit, "Credit Taro");
    /* and back again */
    MUST(f, belongs_merge(&f->w, tx, &f->cb, &part, t.a.number, STR("one after all"), f->now,
                          f->arena, &f->err));
    verify(f, tx);
    tx_end(tx);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(merge__discloses_nothing),
        RULE(merge__is_refused_where_it_would_lose_something),
        RULE(merge__takes_the_earlier_date_the_numbers_and_the_credit),
        RULE(merge__takes_foreign_coordinators_along),
        RULE(merge__waits_for_analyses),
        RULE(merge__can_be_undone),
        RULE(merge__follows_what_is_published),
        RULE(split__copies_clock_and_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
