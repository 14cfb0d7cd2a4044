/* Rules of the requirements that a case must keep, one test each or a few together; the road itself is walked in story_test.c. */
#include "domain/casework/casework_testing.h"

#include "domain/access/organisation.h"
#include "domain/casework/breach.h"
#include "domain/casework/due.h"
#include "domain/casework/list.h"
#include "domain/casework/negotiation.h"

static struct tx *write_tx(struct desk_fixture *f)
{
    struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    return tx;
}

static struct product_case load(struct desk_fixture *f, struct tx *tx, int64_t id)
{
    struct product_case c;

    MUST(f, case_load_by_id(&f->w, tx, id, f->arena, &c, &f->err));
    return c;
}

static struct product_case submitted(struct desk_fixture *f, struct tx *tx, const char *draft)
{
    struct receipt receipt;

    MUST(f, intake_submit(&f->w, tx, testing_form(f), str_from_z(draft), LANG_JA, STR("FORM"),
                          f->now, f->arena, &receipt, &f->err));
    return load(f, tx, 1);
}

static struct product_case with_cb(struct desk_fixture *f, struct tx *tx)
{
    struct product_case c = submitted(f, tx, "draft");

    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, coordination_write_summary(tx, &f->cb, &c, STR("a router"), f->now, f->arena, &f->err));
    return c;
}

static struct developer added(struct desk_fixture *f, struct tx *tx, struct product_case *c,
                              int which)
{
    struct developer d;

    MUST(f, coordination_add(&f->w, tx, &f->cb, c, f->organisation[which], f->now, f->arena, &d,
                             &f->err));
    MUST(f, developer_load(tx, d.public_id, f->arena, &d, &f->err));
    return d;
}

static void summarise(struct desk_fixture *f, struct tx *tx, struct product_case *c,
                      struct developer *d)
{
    MUST(f, coordination_send_summary(&f->w, tx, &f->cb, c, d, utc_add_days(f->now, 14), f->now,
                                      f->arena, &f->err));
}

static void detail(struct desk_fixture *f, struct tx *tx, struct product_case *c,
                   struct developer *d, const struct subject *pm)
{
    MUST(f, answer_request_detail(tx, pm, c, d, true, f->now, f->arena, &f->err));
    MUST(f, coordination_send_detail(tx, &f->cb, c, d, utc_add_days(f->now, 14), f->now, f->arena,
                                     &f->err));
}

static int64_t number(struct desk_fixture *f, struct tx *tx, const struct query *query)
{
    int64_t n;

    MUST(f, store_number(tx, query, NO_BINDS, 0, &n, &f->err));
    return n;
}

/* INT-20, GEN-02: a report about an IoT product comes by the same way, and is marked so that it can be counted. */
static void intake__marks_iot_products(void **state)
{
    static const struct query iot = { "iot", "SELECT is_iot AS n FROM report WHERE id = 1",
                                      NULL,  0,
                                      NULL,  0 };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);

    (void)submitted(f, tx, "draft");
    assert_int_equal(number(f, tx, &iot), 1); /* category "router" */
    tx_end(tx);
}

/* INT-10, FND-04, FND-06: whatever ends a report is told to its finder. */
static void intake__tells_the_finder_of_every_end(void **state)
{
    static const struct query told = {
        "told",
        "SELECT count(*) AS n FROM outbox WHERE report_id = 1 AND account_id IS NULL AND notice = 'N03'",
        NULL,
        0,
        NULL,
        0
    };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);

    MUST(f, intake_stop(tx, &f->rb, &c, STR("NOTVULN_RB"), STR("it is the documented behaviour"),
                        f->now, f->arena, &f->err));
    assert_int_equal(number(f, tx, &told), 1);
    tx_end(tx);
}

/* INT-23, guideline appendix 4: the grade follows range and score; unknown counts as high. Both desks may assess, and lists sort by it. */
static void impact__follows_the_guideline(void **state)
{
    static const struct {
        const char *range;
        int64_t score;
        const char *grade;
    } rows[] = { { "wide", 39, "NORMAL" },     { "wide", 40, "PRIORITY" },
                 { "medium", 39, "SIMPLE" },   { "medium", 69, "NORMAL" },
                 { "medium", 70, "PRIORITY" }, { "narrow", 69, "SIMPLE" },
                 { "narrow", 70, "NORMAL" },   { "wide", -1, "PRIORITY" },
                 { "narrow", -1, "NORMAL" } };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("%s %lld\n", rows[i].range, (long long)rows[i].score);
        assert_string_equal(impact_grade(str_from_z(rows[i].range), rows[i].score), rows[i].grade);
    }
    MUST(f, intake_assess(tx, &f->rb, &c, STR("wide"), 98, STR("many"), f->now, f->arena, &f->err));
    MUST(f,
         intake_assess(tx, &f->cb, &c, STR("narrow"), 30, STR("few"), f->now, f->arena, &f->err));
    assert_false(
        intake_assess(tx, &f->pm1, &c, STR("wide"), 98, STR("x"), f->now, f->arena, &f->err));
    assert_str(load(f, tx, 1).impact_grade, "SIMPLE");
    tx_end(tx);
}

/* INT-22: a second report on the same product is hinted at, to the bodies alone. */
static void cases_like__finds_the_same_product(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct duplicates like;
    struct product_case c;

    (void)submitted(f, tx, "one");
    (void)submitted(f, tx, "two");
    c = load(f, tx, 2);
    MUST(f, cases_like(&f->w, tx, &f->rb, &c, f->arena, &like, &f->err));
    assert_int_equal(like.len, 1);
    MUST(f, cases_like(&f->w, tx, &f->cb, &c, f->arena, &like, &f->err));
    assert_int_equal(like.len, 0); /* not forwarded: not there for CB */
    MUST(f, cases_like(&f->w, tx, &f->pm1, &c, f->arena, &like, &f->err));
    assert_int_equal(like.len, 0);
    tx_end(tx);
}

/* COO-08, COO-09, COO-10, COO-11: summary first, detail on request, never without the warning; the clock starts with the first contact. */
static void coordination__discloses_in_two_steps(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d = added(f, tx, &c, 0);

    assert_false(coordination_send_detail(tx, &f->cb, &c, &d, utc_add_days(f->now, 1), f->now,
                                          f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE);
    assert_int_equal(c.first_contact_at.ms, 0);
    summarise(f, tx, &c, &d);
    assert_int_equal(c.first_contact_at.ms, f->now.ms); /* COO-37 */
    assert_false(answer_request_detail(tx, &f->pm1, &c, &d, false, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    detail(f, tx, &c, &d, &f->pm1);
    assert_int_equal(d.state, DEVELOPER_DETAIL_SENT);
    tx_end(tx);
}

/* COO-12, CFD-12, CFD-02: who got which class, and when, is on record. */
static void disclosure__is_recorded(void **state)
{
    static const struct query all = { "all", "SELECT count(*) AS n FROM disclosure", NULL, 0, NULL,
                                      0 };
    static const struct query pd = {
        "pd",
        "SELECT count(*) AS n FROM disclosure WHERE recipient = 'PD' AND info_class IN ('T', 'X')",
        NULL,
        0,
        NULL,
        0
    };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d = added(f, tx, &c, 0);

    assert_int_equal(number(f, tx, &all), 3); /* CB: V T X */
    summarise(f, tx, &c, &d);
    assert_int_equal(number(f, tx, &pd), 0);
    detail(f, tx, &c, &d, &f->pm1);
    assert_int_equal(number(f, tx, &pd), 2);
    tx_end(tx);
}

static struct str basis(struct desk_fixture *f, const char *name, const char *reason)
{
    struct buf buf = buf_new(f->arena, 512);

    record_put(&buf, "basis", str_from_z(name));
    record_put(&buf, "leak_risk", STR("low")); /* CFD-10: a recorded factor */
    record_put(&buf, "reason", str_from_z(reason));
    return buf_str(&buf);
}

/* COO-14, COO-15, COO-16, COO-18 to COO-20, CFD-10, PUB-06, PUB-17: one instant a case; set alone only on a basis that says why; later than
 * the target only with a reason. */
static void coordination__sets_one_date_with_its_basis(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d = added(f, tx, &c, 0);
    struct developers developers;
    struct utc soon = utc_add_days(f->now, 20), late = utc_add_days(f->now, 60);

    summarise(f, tx, &c, &d);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    assert_false(coordination_set_date(&f->w, tx, &f->cb, &c, &developers, soon,
                                       basis(f, "AGREED", ""), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY); /* nobody has reported */
    assert_false(coordination_set_date(&f->w, tx, &f->cb, &c, &developers, soon,
                                       basis(f, "BECAUSE", ""), f->now, f->arena, &f->err));
    assert_false(coordination_set_date(&f->w, tx, &f->cb, &c, &developers, late,
                                       basis(f, "NO_REPLY", ""), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_INPUT);
    assert_false(coordination_set_date(&f->w, tx, &f->rb, &c, &developers, soon,
                                       basis(f, "NO_REPLY", ""), f->now, f->arena, &f->err));
    MUST(f, coordination_set_date(&f->w, tx, &f->cb, &c, &developers, late,
                                  basis(f, "INDEPENDENT", "no report has come"), f->now, f->arena,
                                  &f->err));
    assert_int_equal(load(f, tx, 1).publication_date.ms, late.ms);
    assert_false(coordination_set_date(&f->w, tx, &f->cb, &c, &developers, soon,
                                       basis(f, "NO_REPLY", ""), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE); /* from here on it is changed, not set */
    tx_end(tx);
}

static struct date_steps steps_for(struct desk_fixture *f, struct tx *tx, const struct subject *who,
                                   const struct product_case *c,
                                   const struct developers *developers, const struct developer *own)
{
    struct date_steps steps;
    struct grant grant;

    MUST(f, visibility_grant(who, c, developers, own, &grant, &f->err));
    MUST(f, negotiation_steps(tx, c, &grant, f->arena, &steps, &f->err));
    return steps;
}

/* COO-21, COO-22, CFD-10: the bodies read who wished and decided what and why; a developer its own wish, the answer and the dates. */
static void negotiation__shows_each_reader_its_part(void **state)
{
    static const char *const all[] = { "clock.started", "date.set", "date.requested",
                                       "date.decided", "date.changed" };
    static const char *const others[] = { "date.set", "date.changed" };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d1 = added(f, tx, &c, 0), d2 = added(f, tx, &c, 1);
    struct utc soon = utc_add_days(f->now, 20), later = utc_add_days(f->now, 30);
    struct developers developers;
    struct date_steps steps;

    summarise(f, tx, &c, &d1);
    summarise(f, tx, &c, &d2);
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, coordination_set_date(&f->w, tx, &f->cb, &c, &developers, soon,
                                  basis(f, "INDEPENDENT", "canary: the other is slow"), f->now,
                                  f->arena, &f->err));
    MUST(f, answer_wish_date(tx, &f->pm1, &c, &d1, later, STR("canary: our tests"), f->now,
                             f->arena, &f->err));
    MUST(f, coordination_decide_request(tx, &f->cb, &c, 1, true, STR("canary: yes"), f->now,
                                        f->arena, &f->err));
    MUST(f, coordination_change_date(&f->w, tx, &f->cb, &c, &developers, later, true,
                                     STR("canary: one asked"), f->now, f->arena, &f->err));

    steps = steps_for(f, tx, &f->cb, &c, &developers, NULL);
    assert_int_equal(steps.len, COUNT(all));
    for (size_t i = 0; i < COUNT(all); i++) {
        const struct date_step *step = &steps.at[i];

        assert_true(str_eq_z(step->entry.kind, all[i]));
        assert_true(step->person.len > 0 && step->organisation_ja.len > 0);
        assert_true(i == 0 || step->why.len > 0);
    }
    assert_true(str_eq(steps.at[1].entry.code, STR("INDEPENDENT")));
    assert_true(str_eq(steps.at[2].person, STR("person 4")));
    assert_int_equal(steps.at[1].before.ms, 0);
    assert_int_equal(steps.at[4].before.ms, soon.ms);
    assert_int_equal(steps.at[4].entry.n.ms, later.ms);

    steps = steps_for(f, tx, &f->pm1, &c, &developers, &developers.at[0]);
    assert_int_equal(steps.len, COUNT(all) - 1);
    for (size_t i = 0; i < steps.len; i++) {
        const struct date_step *step = &steps.at[i];
        bool is_own = step->entry.participant_id == d1.id;

        assert_true(is_own == (i == 1 || i == 2));
        assert_true((step->why.len > 0) == is_own);
        assert_true((step->person.len > 0) == (i == 1)); /* its own manager, no officer */
        assert_true(is_own || step->entry.code.len == 0);
    }
    steps = steps_for(f, tx, &f->pm2, &c, &developers, &developers.at[1]);
    assert_int_equal(steps.len, COUNT(others));
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_true(str_eq_z(steps.at[i].entry.kind, others[i]));
        assert_int_equal(steps.at[i].why.len + steps.at[i].person.len, 0);
    }
    tx_end(tx);
}

/* COO-21, invariant 6: after so many changes a later date is proposed by one officer and decided on by another; an earlier one is not. */
static void coordination__lets_a_second_officer_decide_after_many_changes(void **state)
{
    static const struct query told = {
        "told",
        "SELECT count(*) AS n FROM outbox WHERE notice = 'DATE_PROPOSED' AND account_id IN (3, 7)",
        NULL,
        0,
        NULL,
        0
    };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct subject cb2 = testing_person(f, tx, 7, 2, ROLE_CB);
    struct product_case c = with_cb(f, tx);
    struct developer d = added(f, tx, &c, 0);
    struct developers developers;
    struct later_date proposal;
    struct buf why = buf_new(f->arena, 256);
    struct str reason = STR("the fix needs more time");
    struct hash head;
    int64_t entries;

    f->w.date_changes_alone = 1;
    summarise(f, tx, &c, &d);
    record_put(&why, "basis", STR("INDEPENDENT"));
    MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
    MUST(f, coordination_set_date(&f->w, tx, &f->cb, &c, &developers, utc_add_days(f->now, 20),
                                  buf_str(&why), f->now, f->arena, &f->err));
    MUST(f, coordination_change_date(&f->w, tx, &f->cb, &c, &developers, utc_add_days(f->now, 25),
                                     true, reason, f->now, f->arena, &f->err));
    assert_false(coordination_change_date(&f->w, tx, &f->cb, &c, &developers,
                                          utc_add_days(f->now, 30), true, reason, f->now, f->arena,
                                          &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    MUST(f, coordination_change_date(&f->w, tx, &f->cb, &c, &developers, utc_add_days(f->now, 24),
                                     true, reason, f->now, f->arena, &f->err));

    f->err = (struct err){ 0 };
    assert_false(coordination_propose_date(tx, &f->rb, &c, utc_add_days(f->now, 30), true, reason,
                                           f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    f->err = (struct err){ 0 };
    assert_false(coordination_propose_date(tx, &f->cb, &c, utc_add_days(f->now, 23), true, reason,
                                           f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_INPUT);
    MUST(f, coordination_propose_date(tx, &f->cb, &c, utc_add_days(f->now, 30), true, reason,
                                      f->now, f->arena, &f->err));
    assert_int_equal(number(f, tx, &told), 2);
    assert_int_equal(load(f, tx, 1).publication_date.ms, utc_add_days(f->now, 24).ms);
    f->err = (struct err){ 0 };
    assert_false(coordination_decide_later_date(tx, &f->cb, &c, &developers, true, STR_NONE, f->now,
                                                f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    MUST(f, coordination_decide_later_date(tx, &cb2, &c, &developers, false, STR("not again"),
                                           f->now, f->arena, &f->err));
    assert_false(coordination_decide_later_date(tx, &cb2, &c, &developers, true, STR_NONE, f->now,
                                                f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_CHANGED_MEANWHILE);
    MUST(f, coordination_propose_date(tx, &f->cb, &c, utc_add_days(f->now, 30), true, reason,
                                      f->now, f->arena, &f->err));
    MUST(f, coordination_decide_later_date(tx, &cb2, &c, &developers, true, STR_NONE, f->now,
                                           f->arena, &f->err));
    assert_int_equal(load(f, tx, 1).publication_date.ms, utc_add_days(f->now, 30).ms);
    MUST(f, coordination_later_date(tx, &c, f->arena, &proposal, &f->err));
    assert_int_equal(proposal.seq, 0);
    MUST(f, casework_verify(&f->w, tx, &entries, &head, &f->err));
    tx_end(tx);
}

/* What a developer is writing is its managers' alone: sealed under the case's key, no entry in the ledger, nobody told, no colleague's words lost unseen. */
static void answer_draft__is_the_developers_own(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d1 = added(f, tx, &c, 0);
    struct status_draft draft = { .report = { .statement_ja = STR("見本の修正版") } }, seen;
    int64_t head, after;
    struct hash hash;

    summarise(f, tx, &c, &d1);
    detail(f, tx, &c, &d1, &f->pm1);
    MUST(f, ledger_head(tx, f->arena, &head, &hash, &f->err));
    MUST(f, answer_keep_draft(tx, &f->pm1, &c, &d1, &draft, f->now, f->arena, &f->err));
    MUST(f, answer_draft(tx, &f->pm1, &c, &d1, f->arena, &seen, &f->err));
    assert_str(seen.report.statement_ja, "見本の修正版");
    assert_int_equal(seen.report.words.len, 0);
    assert_int_equal(seen.version, 1);
    MUST(f, answer_draft(tx, &f->pm2, &c, &d1, f->arena, &seen, &f->err));
    assert_int_equal(seen.version, 0);
    MUST(f, answer_draft(tx, &f->cb, &c, &d1, f->arena, &seen, &f->err));
    assert_int_equal(seen.version, 0);
    assert_false(answer_keep_draft(tx, &f->pm2, &c, &d1, &draft, f->now, f->arena, &f->err));
    f->err = (struct err){ 0 };

    assert_false(answer_keep_draft(tx, &f->pm1, &c, &d1, &draft, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_CHANGED_MEANWHILE); /* a colleague has begun one */
    f->err = (struct err){ 0 };
    draft.version = 1;
    draft.report.url = STR("https://");
    MUST(f, answer_keep_draft(tx, &f->pm1, &c, &d1, &draft, f->now, f->arena, &f->err));
    assert_false(answer_keep_draft(tx, &f->pm1, &c, &d1, &draft, f->now, f->arena, &f->err));
    f->err = (struct err){ 0 };
    draft = (struct status_draft){ .version = 2, .report.countermeasure = STR("NONE") };
    assert_false(answer_keep_draft(tx, &f->pm1, &c, &d1, &draft, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_INPUT);
    f->err = (struct err){ 0 };
    MUST(f, ledger_head(tx, f->arena, &after, &hash, &f->err));
    assert_int_equal(after, head);
    MUST(f, answer_drop_draft(tx, &f->pm1, &c, &d1, &f->err));
    MUST(f, answer_draft(tx, &f->pm1, &c, &d1, f->arena, &seen, &f->err));
    assert_int_equal(seen.version, 0);
    tx_end(tx);
}

/* COO-25, GEN-06: a plan is not a countermeasure; a workaround is. COO-38: a refusal needs a reason and is final for the developer. */
static void answer__asks_for_at_least_a_workaround(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d1 = added(f, tx, &c, 0), d2 = added(f, tx, &c, 1);
    struct status_report report = { .countermeasure = STR("PLANNED"),
                                    .words = STR("we are working on it") };
    struct product_results none = { 0 };

    summarise(f, tx, &c, &d1);
    summarise(f, tx, &c, &d2);
    detail(f, tx, &c, &d1, &f->pm1);
    MUST(f, answer_result(tx, &f->pm1, &c, &d1, STR("YES"), STR("NEW"), STR("reproduced"), &none,
                          f->now, f->arena, &f->err));
    MUST(f, answer_status(tx, &f->pm1, &c, &d1, &report, f->now, f->arena, &f->err));
    assert_int_equal(d1.state, DEVELOPER_MITIGATING);
    report.countermeasure = STR("WORKAROUND");
    MUST(f, answer_status(tx, &f->pm1, &c, &d1, &report, f->now, f->arena, &f->err));
    assert_int_equal(d1.state, DEVELOPER_READY);
    assert_false(answer_refuse(tx, &f->pm2, &c, &d2, STR(" "), f->now, f->arena, &f->err));
    MUST(f,
         answer_refuse(tx, &f->pm2, &c, &d2, STR("support has ended"), f->now, f->arena, &f->err));
    assert_false(answer_request_detail(tx, &f->pm2, &c, &d2, true, f->now, f->arena, &f->err));
    tx_end(tx);
}

/* COO-19, V10: silence is marked only after a reminder, and a late answer is still taken. */
static void coordination__marks_silence_only_after_a_reminder(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d = added(f, tx, &c, 0);

    summarise(f, tx, &c, &d);
    assert_false(coordination_mark_silent(tx, &f->cb, &c, &d, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    MUST(f, coordination_remind(tx, &f->cb, &c, &d, utc_add_days(f->now, 7), f->now, f->arena,
                                &f->err));
    MUST(f, developer_load(tx, d.public_id, f->arena, &d, &f->err));
    MUST(f, coordination_mark_silent(tx, &f->cb, &c, &d, f->now, f->arena, &f->err));
    MUST(f, answer_no_product(tx, &f->pm1, &c, &d, false, STR("sorry, late"), f->now, f->arena,
                              &f->err));
    assert_int_equal(d.state, DEVELOPER_NO_PRODUCT);
    tx_end(tx);
}

/* CFD-01, CFD-03, FND-01, FND-09: until publication nobody outside sees anything, and nobody but RB ever the finder. */
static void visibility__keeps_silence_until_publication(void **state)
{
    static const enum audience outside[] = { AUDIENCE_PD_OUTSIDE, AUDIENCE_PUB, AUDIENCE_CI };
    static const unsigned secrets = SEES_V | SEES_T | SEES_X | SEES_M | SEES_S;
    (void)state;

    for (size_t i = 0; i < COUNT(outside); i++) {
        for (int phase = PHASE_A; phase <= PHASE_C; phase++)
            assert_int_equal((visibility_cell(outside[i], (enum phase)phase).full |
                              visibility_cell(outside[i], (enum phase)phase).part) &
                                 secrets,
                             0);
    }
    for (int a = 0; a < AUDIENCES; a++) {
        for (int phase = 0; phase < PHASES; phase++) {
            bool is_its_own = a == AUDIENCE_FI || a == AUDIENCE_RB;

            assert_true(is_its_own ||
                        !(visibility_cell((enum audience)a, (enum phase)phase).full & SEES_I));
        }
    }
    /* CFD-04, PUB-04: methods are never public. */
    for (int phase = 0; phase < PHASES; phase++)
        assert_int_equal((visibility_cell(AUDIENCE_PUB, (enum phase)phase).full |
                          visibility_cell(AUDIENCE_PUB, (enum phase)phase).part) &
                             (SEES_T | SEES_X),
                         0);
}

/* CFD-15, COO-15, FND-12: what falls due tells people and moves nothing; it fires once. */
static void due_fire__tells_and_moves_nothing(void **state)
{
    static const struct query told = {
        "told", "SELECT count(*) AS n FROM outbox WHERE notice = 'N42'", NULL, 0, NULL, 0
    };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d = added(f, tx, &c, 0);
    struct utc later = utc_add_days(f->now, 46);
    struct timers timers;
    int64_t first;

    summarise(f, tx, &c, &d);
    MUST(f, timer_due(tx, later, 100, f->arena, &timers, &f->err));
    assert_true(timers.len >= 3); /* the answer, a week before the target, the target */
    for (size_t i = 0; i < timers.len; i++)
        MUST(f, due_fire(&f->w, tx, &timers.at[i], later, f->arena, &f->err));
    first = number(f, tx, &told);
    assert_true(first > 0);
    for (size_t i = 0; i < timers.len; i++)
        MUST(f, due_fire(&f->w, tx, &timers.at[i], later, f->arena, &f->err));
    assert_int_equal(number(f, tx, &told), first);
    assert_int_equal(load(f, tx, 1).state, CASE_COORDINATING);
    tx_end(tx);
}

/* FND-03, FND-16, CFD-14: RB speaks for the finder; a developer's thread is read by CB and that developer, by nobody else. */
static void talk__goes_through_the_bodies(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d1 = added(f, tx, &c, 0), d2 = added(f, tx, &c, 1);
    struct entry entry;
    struct talks talks;

    summarise(f, tx, &c, &d1);
    summarise(f, tx, &c, &d2);
    MUST(f, talk_say(tx, &f->cb, &c, THREAD_PARTICIPANT, &d1, TALK_QUESTION, STR("which versions?"),
                     f->now, f->arena, &entry, &f->err));
    MUST(f, talk_list(tx, &f->pm1, &c, THREAD_PARTICIPANT, &d1, f->arena, &talks, &f->err));
    assert_int_equal(talks.len, 1);
    assert_true(talks.waits_for_answer);
    assert_false(talk_list(tx, &f->pm2, &c, THREAD_PARTICIPANT, &d1, f->arena, &talks, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    assert_false(talk_list(tx, &f->rb, &c, THREAD_PARTICIPANT, &d1, f->arena, &talks, &f->err));
    assert_false(talk_say(tx, &f->pm1, &c, THREAD_FINDER, NULL, TALK_MESSAGE, STR("hello"), f->now,
                          f->arena, &entry, &f->err));
    assert_false(talk_say(tx, &f->cb, &c, THREAD_FINDER, NULL, TALK_MESSAGE, STR("hello"), f->now,
                          f->arena, &entry, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    tx_end(tx);
}

/* CFD-07: who published too early is on record with its case; whether it is left out of what comes is decided by a person, with a reason,
 * and can be taken back. */
static void breach__is_kept_and_may_leave_a_developer_out(void **state)
{
    static const struct query left_out = {
        "left_out", "SELECT handling_suspended AS n FROM organisation WHERE id = 3", NULL, 0, NULL,
        0
    };
    static const struct query noted = {
        "noted",
        "SELECT count(*) AS n FROM access_event WHERE about_organisation_id = 3 AND actor_account_id = 3 AND kind LIKE 'handling.%'",
        NULL,
        0,
        NULL,
        0
    };
    static const struct query told = {
        "told", "SELECT count(*) AS n FROM outbox", NULL, 0, NULL, 0
    };
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d = added(f, tx, &c, 0), refused;
    struct deed deed = { tx, &f->cb, f->now, f->arena },
                not_theirs = { tx, &f->pm1, f->now, f->arena };
    struct utc then = utc_add_days(f->now, 3), later = utc_add_days(f->now, 5);
    struct breaches breaches;
    struct handling_changes changes;
    struct hash head;
    int64_t mails, entries;

    assert_false(
        breach_record(tx, &f->cb, &c, &d, f->now, STR("early"), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY); /* it had been told nothing */
    summarise(f, tx, &c, &d);
    MUST(f, developer_load(tx, d.public_id, f->arena, &d, &f->err));
    mails = number(f, tx, &told);
    assert_false(breach_record(tx, &f->rb, &c, &d, then, STR("early"), later, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    assert_false(breach_record(tx, &f->cb, &c, &d, later, STR("early"), then, f->arena, &f->err));
    assert_string_equal(f->err.subject, "published_at");
    MUST(f,
         breach_record(tx, &f->cb, &c, &d, then, STR("on its own page"), later, f->arena, &f->err));
    MUST(f, breach_list(&f->w, tx, &f->rb, 3, f->arena, &breaches, &f->err));
    assert_int_equal(breaches.len, 1);
    assert_str(breaches.at[0].words, "on its own page");
    assert_str(breaches.at[0].actor_name, "person 3");
    assert_int_equal(breaches.at[0].published_at.ms, then.ms);
    MUST(f, breach_list(&f->w, tx, &f->pm1, 3, f->arena, &breaches, &f->err));
    assert_int_equal(breaches.len, 0);
    assert_int_equal(number(f, tx, &left_out), 0); /* nothing follows by itself */

    assert_false(organisation_set_handling(&deed, 3, true, STR(" "), &f->err));
    assert_string_equal(f->err.subject, "reason");
    assert_false(organisation_set_handling(&not_theirs, 3, false, STR("please"), &f->err));
    MUST(f, organisation_set_handling(&deed, 3, true, STR("published alone"), &f->err));
    assert_false(organisation_set_handling(&deed, 3, true, STR("again"), &f->err));
    assert_int_equal(f->err.code, ERR_CHANGED_MEANWHILE);
    assert_int_equal(number(f, tx, &left_out), 1);
    MUST(f, intake_submit(&f->w, tx, testing_form(f), STR("second"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &(struct receipt){ 0 }, &f->err));
    c = load(f, tx, 2);
    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    MUST(f, intake_accept(tx, &f->rb, &c, true, true, f->now, f->arena, &f->err));
    MUST(f, intake_forward(tx, &f->rb, &c, f->now, f->arena, &f->err));
    assert_false(coordination_add(&f->w, tx, &f->cb, &c, f->organisation[0], f->now, f->arena,
                                  &refused, &f->err));
    assert_string_equal(f->err.subject, "developer_left_out");
    MUST(f, organisation_set_handling(&deed, 3, false, STR("has apologised"), &f->err));
    (void)added(f, tx, &c, 0);
    MUST(f, organisation_handling_changes(tx, 3, f->arena, &changes, &f->err));
    assert_int_equal(changes.len, 2);
    assert_str(changes.at[0].reason, "has apologised");
    assert_false(changes.at[0].is_left_out);
    assert_int_equal(number(f, tx, &noted), 2);
    assert_true(number(f, tx, &told) - mails <= 4); /* of the second report alone */
    MUST(f, casework_verify(&f->w, tx, &entries, &head, &f->err));
    tx_end(tx);
}

/* INT-11, FND-05: a finder who writes or calls names the receipt: the receiving body finds the case by it, however it is typed. To the
 * coordinating body, which does not talk with finders, it says nothing. */
static void cases_list__finds_a_receipt_for_the_receiving_body(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct case_lines lines;
    struct str receipt, typed[2];
    int64_t case_id;

    MUST(f, intake_case_of(tx, c.report_id, f->arena, &case_id, &receipt, &f->err));
    typed[0] = receipt;
    typed[1] = arena_printf(f->arena, "Ｒ%.*s", STR_ARG(str_drop(receipt, 1)));
    for (size_t i = 0; i < COUNT(typed); i++) {
        struct case_filter filter = { .search = typed[i], .limit = 10 };

        print_message("typed: %.*s\n", STR_ARG(typed[i]));
        MUST(f, cases_list(&f->w, tx, &f->rb, &filter, f->now, f->arena, &lines, &f->err));
        assert_int_equal(lines.len, 1);
        MUST(f, cases_list(&f->w, tx, &f->cb, &filter, f->now, f->arena, &lines, &f->err));
        assert_int_equal(lines.len, 0);
    }
    MUST(f, cases_list(&f->w, tx, &f->cb, &(struct case_filter){ .search = c.number, .limit = 10 },
                       f->now, f->arena, &lines, &f->err));
    assert_int_equal(lines.len, 1);
    tx_end(tx);
}

/* GEN-01, GEN-11, INT-04, N02: what is out of scope is not accepted, its finder is told; each case knows which notification applied. */
static void intake__looks_at_the_scope(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = submitted(f, tx, "draft");

    assert_str(c.legal_basis, "2017-19");
    MUST(f, intake_open(tx, &f->rb, &c, f->now, f->arena, &f->err));
    assert_false(intake_accept(tx, &f->rb, &c, true, false, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    MUST(f, intake_reject(tx, &f->rb, &c, STR("OUT_OF_SCOPE"), STR("one company's own tool"),
                          f->now, f->arena, &f->err));
    assert_int_equal(testing_told(f, tx, "N02"), 1);
    tx_end(tx);
}

/* COO-31, GEN-12: a developer that found something not limited to its own products is a finder like any other; the bodies see that it is one. */
static void intake__takes_a_developer_as_a_finder(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct buf form = buf_new(f->arena, 65536);
    struct developers developers = { 0 };
    struct receipt receipt;
    struct product_case c;
    struct grant grant;
    struct str texts;

    buf_add(&form, testing_form(f));
    record_put(&form, "finder_is_developer", STR("yes"));
    MUST(f, intake_submit(&f->w, tx, buf_str(&form), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    c = load(f, tx, 1);
    assert_str(c.origin, "DOMESTIC");
    assert_int_equal(c.state, CASE_SUBMITTED);
    MUST(f, visibility_grant(&f->rb, &c, &developers, NULL, &grant, &f->err));
    MUST(f, report_texts(tx, &c, &grant, f->arena, &texts, &f->err));
    assert_str(record_get(texts, "finder_is_developer"), "yes");
    tx_end(tx);
}

/* FND-10, N22: a finder asks before it tells a third party. */
static void talk__takes_a_finders_consultation(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct entry entry;

    f->finder = (struct subject){ .kind = SUBJECT_FINDER, .roles = ROLE_FINDER, .report_id = 1 };
    MUST(f, talk_say(tx, &f->finder, &c, THREAD_FINDER, NULL, TALK_CONSULTATION,
                     STR("may I tell a conference?"), f->now, f->arena, &entry, &f->err));
    assert_int_equal(testing_told(f, tx, "N22"), 2);
    MUST(f, talk_say(tx, &f->rb, &c, THREAD_FINDER, NULL, TALK_MESSAGE, STR("please wait"), f->now,
                     f->arena, &entry, &f->err));
    assert_int_equal(testing_told(f, tx, "N06"), 1);
    tx_end(tx);
}

/* COO-36: a developer's people coordinate among themselves; neither body reads it, no other developer either. */
static void talk__keeps_a_developers_notes_inside(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = with_cb(f, tx);
    struct developer d = added(f, tx, &c, 0);
    struct subject colleague = f->pm1, *const others[] = { &f->pm2, &f->rb, &f->cb };
    struct case_lines lines;
    struct entry entry;
    struct talks talks;
    int64_t mails;

    summarise(f, tx, &c, &d);
    mails = testing_told(f, tx, "N38");
    colleague.roles = ROLE_PD;
    colleague.account_id = 77;
    MUST(f, talk_say(tx, &f->pm1, &c, THREAD_STAFF_PD, &d, TALK_MESSAGE, STR("who verifies?"),
                     f->now, f->arena, &entry, &f->err));
    MUST(f, talk_say(tx, &colleague, &c, THREAD_STAFF_PD, &d, TALK_MESSAGE, STR("I do"), f->now,
                     f->arena, &entry, &f->err));
    MUST(f, talk_list(tx, &colleague, &c, THREAD_STAFF_PD, &d, f->arena, &talks, &f->err));
    assert_int_equal(talks.len, 2);
    for (size_t i = 0; i < COUNT(others); i++) {
        assert_false(talk_list(tx, others[i], &c, THREAD_STAFF_PD, &d, f->arena, &talks, &f->err));
        assert_int_equal(f->err.code, ERR_ABSENT);
        assert_false(talk_say(tx, others[i], &c, THREAD_STAFF_PD, &d, TALK_MESSAGE, STR("hello"),
                              f->now, f->arena, &entry, &f->err));
    }
    assert_int_equal(testing_told(f, tx, "N38"), mails);
    MUST(f, cases_list(&f->w, tx, &f->pm1, &(struct case_filter){ .limit = 10 }, f->now, f->arena,
                       &lines, &f->err));
    assert_int_equal(lines.at[0].unread, 1); /* the colleague's answer */
    MUST(f, talk_read(tx, &f->pm1, &c, THREAD_STAFF_PD, &d, &f->err));
    MUST(f, cases_list(&f->w, tx, &f->pm1, &(struct case_filter){ .limit = 10 }, f->now, f->arena,
                       &lines, &f->err));
    assert_int_equal(lines.at[0].unread, 0);
    tx_end(tx);
}

/* COO-32, P15: handled individually, when that is agreed in words. COO-29, COO-33, P14: not a vulnerability, when all say they are not
 * affected. N14: both bodies' other side, the developers and the finder hear of the end. */
static void coordination__ends_without_publication(void **state)
{
    static const struct {
        const char *affected;
        enum product_event event;
        enum product_state to;
    } rows[] = { { "YES", ON_CLOSE_INDIVIDUAL, CASE_CLOSED_INDIVIDUAL },
                 { "NO", ON_CANCEL_NOT_VULN, CASE_CLOSED_NOT_VULN } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct desk_fixture *f = *state;
        struct tx *tx = write_tx(f);
        struct product_case c = with_cb(f, tx);
        struct developer d = added(f, tx, &c, 0);
        struct product_results none = { 0 };
        struct developers developers;

        print_message("event: %s\n", product_life.events[rows[i].event]);
        summarise(f, tx, &c, &d);
        MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
        assert_false(coordination_close(tx, &f->cb, &c, &developers, ON_CANCEL_NOT_VULN,
                                        STR("too early"), f->now, f->arena, &f->err));
        detail(f, tx, &c, &d, &f->pm1);
        MUST(f, answer_result(tx, &f->pm1, &c, &d, str_from_z(rows[i].affected), STR("NEW"),
                              STR("looked at"), &none, f->now, f->arena, &f->err));
        MUST(f, developers_load(tx, c.id, f->arena, &developers, &f->err));
        assert_false(coordination_close(tx, &f->cb, &c, &developers, rows[i].event, STR(" "),
                                        f->now, f->arena, &f->err));
        assert_string_equal(f->err.subject, "words");
        MUST(f, coordination_close(tx, &f->cb, &c, &developers, rows[i].event, STR("agreed"),
                                   f->now, f->arena, &f->err));
        assert_int_equal(load(f, tx, 1).state, rows[i].to);
        assert_int_equal(testing_told(f, tx, "N14"),
                         4); /* two officers of RB, the manager, the finder */
        tx_end(tx);
    }
}

/* FND-15: a name is printed when its owner agreed, and no other way. */
static void identity__is_credited_with_consent_alone(void **state)
{
    struct desk_fixture *f = *state;
    struct tx *tx = write_tx(f);
    struct product_case c = submitted(f, tx, "draft");
    struct buf form = buf_new(f->arena, 65536);
    struct str rest = testing_form(f), field, value, name;
    struct receipt receipt;

    MUST(f, identity_credit(&f->w, tx, &c, f->arena, &name, &f->err));
    assert_str(name, "Credit Taro");
    while (record_next(&rest, &field, &value)) {
        if (!str_eq(field, STR("consent_credit")))
            record_put(&form, arena_z(f->arena, field), value);
    }
    MUST(f, intake_submit(&f->w, tx, buf_str(&form), STR("second"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    c = load(f, tx, 2);
    MUST(f, identity_credit(&f->w, tx, &c, f->arena, &name, &f->err));
    assert_int_equal(name.len, 0);
    tx_end(tx);
}

#define RULE(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(intake__marks_iot_products),
        RULE(intake__tells_the_finder_of_every_end),
        RULE(impact__follows_the_guideline),
        RULE(cases_like__finds_the_same_product),
        RULE(coordination__discloses_in_two_steps),
        RULE(disclosure__is_recorded),
        RULE(coordination__sets_one_date_with_its_basis),
        RULE(negotiation__shows_each_reader_its_part),
        RULE(coordination__lets_a_second_officer_decide_after_many_changes),
        RULE(answer__asks_for_at_least_a_workaround),
        RULE(answer_draft__is_the_developers_own),
        RULE(coordination__marks_silence_only_after_a_reminder),
        RULE(visibility__keeps_silence_until_publication),
        RULE(due_fire__tells_and_moves_nothing),
        RULE(talk__goes_through_the_bodies),
        RULE(cases_list__finds_a_receipt_for_the_receiving_body),
        RULE(intake__looks_at_the_scope),
        RULE(intake__takes_a_developer_as_a_finder),
        RULE(talk__takes_a_finders_consultation),
        RULE(talk__keeps_a_developers_notes_inside),
        RULE(coordination__ends_without_publication),
        RULE(identity__is_credited_with_consent_alone),
        RULE(breach__is_kept_and_may_leave_a_developer_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
