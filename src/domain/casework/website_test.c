#include "domain/casework/casework_testing.h"

#include "domain/casework/due.h"
#include "domain/casework/list.h"
#include "domain/casework/website_operator.h"
#include "domain/casework/website_visibility.h"

#define REFUSED(what)                                       \
    do {                                                    \
        if (what)                                           \
            fail_msg("%s should have been refused", #what); \
    } while (0)

/* One website case and the people around it; each deed is a transaction of its own. */
struct play {
    struct desk_fixture *f;
    struct tx *tx;
    struct website s;
    struct subject operator[4]; /* by stage */
};

static struct str website_form(struct desk_fixture *f)
{
    /* clang-format off */
    static const char *const fields[][2] = {
        { "site_name", "Sample City, library reservations" }, { "site_url", "https://library.city.example/search" }, { "site_operator", "Sample City" },
        { "told_nobody", "yes" }, { "vuln_kind", "Cross-site scripting" },
        { "vuln_info", "canary-V: the search word is printed unescaped" }, { "vuln_impact", "canary-V2: a false page" },
        { "verification", "canary-T: search for a tag" }, { "reproducibility", "always" }, { "attack", "canary-X: a link with a script" },
        { "finder_name", "canary-I Taro" }, { "finder_email", "canary-i@example.jp" }, { "consent_direct", "yes" },
        { "read_notes", "yes" }, { "declares_legal", "yes" }, { "keeps_silent", "yes" },
    };
    /* clang-format on */
    struct buf buf = buf_new(f->arena, 65536);

    for (size_t i = 0; i < COUNT(fields); i++)
        record_put(&buf, fields[i][0], str_from_z(fields[i][1]));
    return buf_str(&buf);
}

static void load(struct play *p)
{
    MUST(p->f, website_load_by_id(&p->f->w, p->tx, 1, p->f->arena, &p->s, &p->f->err));
}

static void begin(struct play *p)
{
    MUST(p->f, tx_begin(p->f->store, TX_WRITE, &p->tx, &p->f->err));
    load(p);
}

static void commit(struct play *p) { MUST(p->f, tx_commit(&p->tx, &p->f->err)); }

/* What was refused leaves nothing behind. */
static void drop(struct play *p)
{
    tx_end(p->tx);
    p->tx = NULL;
    p->f->err = (struct err){ 0 };
}

static void submit(struct play *p, const char *draft)
{
    struct desk_fixture *f = p->f;
    struct receipt receipt;

    MUST(f, tx_begin(f->store, TX_WRITE, &p->tx, &f->err));
    MUST(f, intake_submit_website(&f->w, p->tx, website_form(f), str_from_z(draft), LANG_JA,
                                  STR("FORM"), f->now, f->arena, &receipt, &f->err));
    commit(p);
}

static void accept(struct play *p)
{
    begin(p);
    MUST(p->f,
         website_accept(p->tx, &p->f->rb, &p->s, true, true, p->f->now, p->f->arena, &p->f->err));
    commit(p);
}

/* Whoever holds the link of that stage, as a session would say. */
static struct subject operator_of(int stage)
{
    return (struct subject){ .kind = SUBJECT_OPERATOR,
                             .roles = ROLE_OPERATOR,
                             .link_id = stage,
                             .case_id = 1,
                             .stage = stage };
}

static struct play play_new(struct desk_fixture *f)
{
    struct play p = { .f = f };

    f->finder = (struct subject){ .kind = SUBJECT_FINDER, .roles = ROLE_FINDER, .report_id = 1 };
    for (int i = 1; i <= 3; i++)
        p.operator[i] = operator_of(i);
    submit(&p, "draft-token-one");
    return p;
}

static const struct website_contact contact = { STR_INIT("info@city.example"),
                                                STR_INIT("MUNICIPALITY"), LANG_JA };

static void bring_to_stage2(struct play *p)
{
    struct desk_fixture *f = p->f;

    accept(p);
    begin(p);
    MUST(f, website_send_stage1(&f->w, p->tx, &f->rb, &p->s, &contact, f->now, f->arena, &f->err));
    MUST(f, operator_name_contact(p->tx, &p->operator[1], &p->s, STR("security@city.example"),
                                  STR("Information section"), f->now, f->arena, &f->err));
    MUST(f, website_send_stage2(&f->w, p->tx, &f->rb, &p->s, f->now, f->arena, &f->err));
    commit(p);
}

static void bring_to_stage3(struct play *p)
{
    struct desk_fixture *f = p->f;
    struct str passphrase;

    bring_to_stage2(p);
    begin(p);
    MUST(f,
         operator_agree_encryption(&f->w, p->tx, &p->operator[2], &p->s, STR(ENCRYPTION_PASSPHRASE),
                                   STR_NONE, STR_NONE, f->now, f->arena, &passphrase, &f->err));
    MUST(f, website_send_stage3(&f->w, p->tx, &f->rb, &p->s,
                                STR("canary-D: cross-site scripting; false pages can be shown"),
                                f->now, f->arena, &f->err));
    commit(p);
}

static void confirm_receipt(struct play *p)
{
    begin(p);
    MUST(p->f, operator_confirm_receipt(p->tx, &p->operator[3], &p->s, p->f->now, p->f->arena,
                                        &p->f->err));
    commit(p);
}

static bool report(struct play *p, const char *result)
{
    return operator_report_result(p->tx, &p->operator[3], &p->s, str_from_z(result),
                                  STR("in our words"), p->f->now, p->f->arena, &p->f->err);
}

static int64_t count(struct play *p, const char *notice)
{
    const struct query query = { "count_news",
                                 "SELECT count(*) AS n FROM outbox WHERE notice = :notice",
                                 (const char *const[]){ "notice" },
                                 1,
                                 NULL,
                                 0 };
    struct tx *tx = NULL;
    int64_t n;

    MUST(p->f, tx_begin(p->f->store, TX_READ, &tx, &p->f->err));
    MUST(p->f, store_number(tx, &query, BINDS(bind_text("notice", str_from_z(notice))), 0, &n,
                            &p->f->err));
    tx_end(tx);
    return n;
}

static void verify(struct play *p)
{
    struct hash head;
    struct tx *tx = NULL;
    int64_t entries;

    MUST(p->f, tx_begin(p->f->store, TX_WRITE, &tx, &p->f->err));
    MUST(p->f, casework_verify(&p->f->w, tx, &entries, &head, &p->f->err));
    tx_end(tx);
}

/* INT-02, INT-03, GEN-10: a website's report needs its name and address; it is a case of its own, which no move of a product's life fits. */
static void intake__keeps_a_report_on_a_website(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;
    struct form_faults faults = { 0 };
    struct product_case c;

    report_form_check(REPORT_WEBSITE, STR_NONE, FORM_PRODUCT, f->arena, &faults);
    assert_non_null(form_fault_of(&faults, STR("site_name")));
    assert_non_null(form_fault_of(&faults, STR("site_url")));
    assert_null(form_fault_of(&faults, STR("product_name")));
    begin(&p);
    assert_true(str_eq(p.s.url, STR("https://library.city.example/search")));
    assert_true(str_eq(p.s.c.title, STR("Sample City, library reservations")));
    assert_int_equal(p.s.state, SITE_SUBMITTED);
    REFUSED(case_load_by_id(&f->w, p.tx, 1, f->arena, &c, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    REFUSED(intake_accept(p.tx, &f->rb, &p.s.c, true, true, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NO_SUCH_MOVE);
    drop(&p);
    begin(&p);
    REFUSED(website_accept(p.tx, &f->rb, &p.s, true, false, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    drop(&p);
    accept(&p);
    assert_int_equal(count(&p, "N01"), 1);
    verify(&p);
}

/* INT-04, INT-05, WEB-19 */
static void website__is_not_accepted_with_a_reason_alone(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;
    struct str code, words;

    begin(&p);
    REFUSED(website_reject(p.tx, &f->rb, &p.s, STR("OUT_OF_SCOPE"), STR(" "), f->now, f->arena,
                           &f->err));
    drop(&p);
    begin(&p);
    REFUSED(website_reject(p.tx, &f->cb, &p.s, STR("OUT_OF_SCOPE"), STR("an intranet"), f->now,
                           f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_YOUR_MOVE);
    drop(&p);
    begin(&p);
    MUST(f, website_reject(p.tx, &f->rb, &p.s, STR("OUT_OF_SCOPE"), STR("an intranet"), f->now,
                           f->arena, &f->err));
    MUST(f, intake_reason(p.tx, &p.s.c, f->arena, &code, &words, &f->err));
    assert_true(str_eq(words, STR("an intranet")));
    commit(&p);
    assert_int_equal(count(&p, "N02"), 1);
    verify(&p);
}

/* WEB-03, WEB-04: stage 2 needs the contact that the operator names; only the first mail's link can name it. */
static void stages__wait_for_the_operator(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;

    accept(&p);
    begin(&p);
    REFUSED(
        website_send_stage1(&f->w, p.tx, &f->rb, &p.s,
                            &(struct website_contact){ STR("no address"), STR("COMPANY"), LANG_JA },
                            f->now, f->arena, &f->err));
    drop(&p);
    begin(&p);
    MUST(f, website_send_stage1(&f->w, p.tx, &f->rb, &p.s, &contact, f->now, f->arena, &f->err));
    commit(&p);
    begin(&p);
    assert_int_equal(p.s.attempts, 1); /* WEB-22 */
    REFUSED(website_send_stage2(&f->w, p.tx, &f->rb, &p.s, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    drop(&p);
    begin(&p);
    REFUSED(operator_name_contact(p.tx, &p.operator[3], &p.s, STR("a@city.example"), STR("A"),
                                  f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_ABSENT);
    drop(&p);
    assert_int_equal(count(&p, "N18_1"), 1);
    verify(&p);
}

/* CFD-09: nothing is told in detail before it is agreed how mails are protected. */
static void stage3__needs_an_agreed_encryption(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;
    struct str passphrase;

    bring_to_stage2(&p);
    begin(&p);
    REFUSED(
        website_send_stage3(&f->w, p.tx, &f->rb, &p.s, STR("details"), f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    assert_string_equal(f->err.subject, "encryption_agreed");
    drop(&p);
    begin(&p);
    REFUSED(operator_agree_encryption(&f->w, p.tx, &p.operator[2], &p.s, STR(ENCRYPTION_PGP),
                                      STR_NONE, STR_NONE, f->now, f->arena, &passphrase, &f->err));
    drop(&p);
    begin(&p);
    MUST(f, operator_agree_encryption(&f->w, p.tx, &p.operator[2], &p.s, STR(ENCRYPTION_PGP),
                                      STR("a key"), STR("ABCD"), f->now, f->arena, &passphrase,
                                      &f->err));
    assert_int_equal(passphrase.len, 0);
    MUST(f,
         website_send_stage3(&f->w, p.tx, &f->rb, &p.s, STR("details"), f->now, f->arena, &f->err));
    commit(&p);
    assert_int_equal(count(&p, "N18_3"), 1);
    verify(&p);
}

/* WEB-06: the number's form; WEB-13: it, an address and what was done make a report whole, with "#" as well. */
static void handling_number__is_known_in_both_widths(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;
    struct operator_fix fix = { .url = STR("https://library.city.example/search"),
                                .words = STR("escaped"),
                                .kind = STR("PLAIN") };
    struct str typed;

    bring_to_stage3(&p);
    begin(&p);
    assert_true(str_starts(p.s.handling_number, STR("WEB" HANDLING_SIGN)));
    assert_int_equal(p.s.handling_number.len, 3 + strlen(HANDLING_SIGN) + HANDLING_DIGITS);
    typed = arena_printf(f->arena, "WEB#%.*s",
                         STR_ARG(str_drop(p.s.handling_number, 3 + strlen(HANDLING_SIGN))));
    fix.number = STR("WEB#1");
    REFUSED(operator_report_fix(p.tx, &p.operator[3], &p.s, &fix, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    drop(&p);
    begin(&p);
    fix.number = typed;
    fix.url = STR("library");
    REFUSED(operator_report_fix(p.tx, &p.operator[3], &p.s, &fix, f->now, f->arena, &f->err));
    drop(&p);
    begin(&p);
    fix.url = STR("https://library.city.example/search");
    MUST(f, operator_report_fix(p.tx, &p.operator[3], &p.s, &fix, f->now, f->arena, &f->err));
    commit(&p);
    verify(&p);
}

/* The whole way: W05 to W12. FND-07, WEB-07, WEB-09, WEB-10, WEB-11, WEB-14, WEB-15: the finder hears of the fix at once, before the case closes. */
static void website__goes_from_report_to_fix(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;

    bring_to_stage3(&p);
    confirm_receipt(&p);
    begin(&p);
    REFUSED(website_close(p.tx, &f->rb, &p.s, f->now, f->arena, &f->err));
    drop(&p);
    begin(&p);
    MUST(f, report(&p, "AFFECTED"));
    assert_int_equal(p.s.state, SITE_FIXING);
    REFUSED(operator_estimate(p.tx, &p.operator[3], &p.s, f->now, STR("why"), f->now, f->arena,
                              &f->err));
    MUST(f, operator_estimate(p.tx, &p.operator[3], &p.s, utc_add_months(f->now, 5),
                              STR("a new release"), f->now, f->arena, &f->err));
    MUST(f, website_say(&f->w, p.tx, &p.operator[3], &p.s, THREAD_OPERATOR,
                        STR("we cannot reproduce it on one page"), f->now, f->arena, &f->err));
    MUST(f, website_say(&f->w, p.tx, &f->rb, &p.s, THREAD_OPERATOR,
                        STR("please use the other browser"), f->now, f->arena, &f->err));
    commit(&p);
    assert_int_equal(count(&p, "FROM_OPERATOR"), 2); /* two officers */
    assert_int_equal(count(&p, "TO_OPERATOR"), 1);
    begin(&p);
    MUST(f, operator_report_fix(p.tx, &p.operator[3], &p.s,
                                &(struct operator_fix){ p.s.handling_number, p.s.url,
                                                        STR("the page was deleted"),
                                                        STR("PAGE_DELETED") },
                                f->now, f->arena, &f->err));
    commit(&p);
    assert_int_equal(count(&p, "N20"), 1);
    begin(&p);
    assert_true(str_eq(p.s.fix_kind, STR("PAGE_DELETED")));
    assert_string_equal(website_public_label(p.s.state), "Fixed");
    MUST(f, website_close(p.tx, &f->rb, &p.s, f->now, f->arena, &f->err));
    commit(&p);
    begin(&p);
    assert_int_equal(p.s.state, SITE_CLOSED);
    drop(&p);
    verify(&p);
}

/* INT-09: each of the five causes stops it; the operator's two need its word for it, the others a case that is open. INT-10: with a reason. */
static void website__stops_for_each_of_five_causes(void **state)
{
    static const struct {
        const char *code, *result;
    } causes[] = { { "KNOWN_RB", NULL },
                   { "KNOWN_WO", "KNOWN" },
                   { "NOTVULN_RB", NULL },
                   { "NOTVULN_WO", "NOT_VULN" },
                   { "ILLEGAL", NULL } };
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;

    begin(&p);
    REFUSED(
        website_stop(p.tx, &f->rb, &p.s, STR("KNOWN_RB"), STR("known"), f->now, f->arena, &f->err));
    drop(&p);
    bring_to_stage3(&p);
    confirm_receipt(&p);
    for (size_t i = 0; i < COUNT(causes); i++) {
        struct str code = str_from_z(causes[i].code);

        print_message("cause: %s\n", causes[i].code);
        begin(&p);
        REFUSED(website_stop(p.tx, &f->rb, &p.s, code, STR_NONE, f->now, f->arena, &f->err));
        assert_int_equal(f->err.code, ERR_NOT_READY);
        if (causes[i].result) {
            REFUSED(website_stop(p.tx, &f->rb, &p.s, code, STR("why"), f->now, f->arena, &f->err));
            assert_int_equal(f->err.code, ERR_NOT_READY);
            MUST(f, report(&p, causes[i].result));
        }
        MUST(f, website_stop(p.tx, &f->rb, &p.s, code, STR("why"), f->now, f->arena, &f->err));
        assert_int_equal(p.s.state, SITE_STOPPED);
        if (i + 1 < COUNT(causes))
            drop(&p);
        else
            commit(&p);
    }
    begin(&p);
    REFUSED(website_stop(p.tx, &f->rb, &p.s, STR("KNOWN_CB"), STR("no cause of a website"), f->now,
                         f->arena, &f->err));
    drop(&p);
    assert_int_equal(count(&p, "N03"), 1);
    verify(&p);
}

/* WEB-17: both say so. WEB-18, WEB-22: no answer needs attempts, a refusal the operator's word. WEB-16: an alert is named. */
static void website__ends_otherwise_only_with_its_ground(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;

    accept(&p);
    begin(&p);
    REFUSED(website_give_up(p.tx, &f->rb, &p.s, STR("NO_REPLY"), STR("silence"), f->now, f->arena,
                            &f->err));
    MUST(f, website_record_attempt(p.tx, &f->rb, &p.s, STR("TELEPHONE"), STR("NO_ANSWER"),
                                   STR("rang twice"), f->now, f->arena, &f->err));
    MUST(f, website_give_up(p.tx, &f->rb, &p.s, STR("NO_REPLY"), STR("silence"), f->now, f->arena,
                            &f->err));
    assert_string_equal(website_public_label(p.s.state), "Cannot be handled");
    drop(&p);
    begin(&p);
    REFUSED(website_close_by_alert(p.tx, &f->rb, &p.s, STR_NONE, STR("an alert was issued"), f->now,
                                   f->arena, &f->err));
    MUST(f, website_close_by_alert(p.tx, &f->rb, &p.s, STR("alert 2026-11"),
                                   STR("an alert was issued"), f->now, f->arena, &f->err));
    drop(&p);
    begin(&p);
    MUST(f, website_send_stage1(&f->w, p.tx, &f->rb, &p.s, &contact, f->now, f->arena, &f->err));
    MUST(f, operator_name_contact(p.tx, &p.operator[1], &p.s, STR("security@city.example"),
                                  STR("Information section"), f->now, f->arena, &f->err));
    MUST(f, website_send_stage2(&f->w, p.tx, &f->rb, &p.s, f->now, f->arena, &f->err));
    struct str passphrase;
    MUST(f, operator_agree_encryption(&f->w, p.tx, &p.operator[2], &p.s, STR(ENCRYPTION_PASSPHRASE),
                                      STR_NONE, STR_NONE, f->now, f->arena, &passphrase, &f->err));
    MUST(f,
         website_send_stage3(&f->w, p.tx, &f->rb, &p.s, STR("details"), f->now, f->arena, &f->err));
    MUST(f, operator_confirm_receipt(p.tx, &p.operator[3], &p.s, f->now, f->arena, &f->err));
    commit(&p);
    begin(&p);
    REFUSED(website_agree_not_vulnerable(p.tx, &f->rb, &p.s, STR("we agree"), f->now, f->arena,
                                         &f->err));
    REFUSED(website_give_up(p.tx, &f->rb, &p.s, STR("REFUSED"), STR("it will not act"), f->now,
                            f->arena, &f->err));
    MUST(f, report(&p, "REFUSED"));
    MUST(f, website_give_up(p.tx, &f->rb, &p.s, STR("REFUSED"), STR("it will not act"), f->now,
                            f->arena, &f->err));
    drop(&p);
    begin(&p);
    MUST(f, report(&p, "NOT_VULN"));
    MUST(f, website_agree_not_vulnerable(p.tx, &f->rb, &p.s, STR("we agree"), f->now, f->arena,
                                         &f->err));
    commit(&p);
    assert_int_equal(count(&p, "ENDED"), 1);
    verify(&p);
}

/* WEB-11, WEB-12: three months and 90 days after the detail notice; after the fix neither fires. */
static void timers__mark_what_is_long_pending(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;
    struct timers timers;

    bring_to_stage3(&p);
    begin(&p);
    MUST(f, timer_due(p.tx, utc_add_days(f->now, 89), 10, f->arena, &timers, &f->err));
    assert_int_equal(timers.len, 0);
    MUST(f, timer_due(p.tx, utc_add_days(f->now, 93), 10, f->arena, &timers, &f->err));
    assert_int_equal(timers.len, 2);
    for (size_t i = 0; i < timers.len; i++)
        MUST(f, due_fire(&f->w, p.tx, &timers.at[i], utc_add_days(f->now, 93), f->arena, &f->err));
    commit(&p);
    begin(&p);
    assert_true(p.s.long_pending_at.ms != 0);
    assert_int_equal(p.s.state, SITE_STAGE3_SENT);
    drop(&p);
    assert_int_equal(count(&p, "N41"), 4); /* two clocks, two officers */
    verify(&p);
}

/* CFD-13: what an integrator was told stands there without its receipt until there is one, and nobody receives before he was told. */
static void operator__keeps_receipts_of_integrators(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;
    struct handovers list;

    bring_to_stage3(&p);
    confirm_receipt(&p);
    begin(&p);
    MUST(f, operator_tell_integrator(p.tx, &p.operator[3], &p.s, STR("Example Systems"),
                                     STR("the page and its parameter"), f->now, f->now, f->arena,
                                     &f->err));
    MUST(f, operator_handovers(p.tx, &p.s, f->arena, &list, &f->err));
    assert_int_equal(list.len, 1);
    assert_int_equal(list.at[0].receipt_at.ms, 0);
    REFUSED(operator_keep_receipt(p.tx, &p.operator[3], &p.s, list.at[0].seq, STR("received"),
                                  utc_add_days(f->now, -1), f->now, f->arena, &f->err));
    MUST(f, operator_keep_receipt(p.tx, &p.operator[3], &p.s, list.at[0].seq,
                                  STR("received by Mr. B"), f->now, f->now, f->arena, &f->err));
    MUST(f, operator_handovers(p.tx, &p.s, f->arena, &list, &f->err));
    assert_true(str_eq(list.at[0].receipt, STR("received by Mr. B")));
    REFUSED(operator_keep_receipt(p.tx, &p.operator[3], &p.s, list.at[0].seq, STR("again"), f->now,
                                  f->now, f->arena, &f->err));
    commit(&p);
    verify(&p);
}

/* CFD-16: a municipality's decision on its disclosure ordinance, with its ground; nobody else has one. */
static void operator__of_a_municipality_decides_on_disclosure(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;

    bring_to_stage3(&p);
    begin(&p);
    REFUSED(operator_decide_ordinance(p.tx, &p.operator[3], &p.s, STR("EXEMPT"), STR_NONE, f->now,
                                      f->arena, &f->err));
    MUST(f,
         operator_decide_ordinance(p.tx, &p.operator[3], &p.s, STR("EXEMPT"),
                                   STR("article 7 of the ordinance"), f->now, f->arena, &f->err));
    commit(&p);
    begin(&p);
    assert_true(str_eq(p.s.ordinance, STR("EXEMPT")));
    p.s.operator_kind = STR("COMPANY");
    REFUSED(operator_decide_ordinance(p.tx, &p.operator[3], &p.s, STR("EXEMPT"), STR("none"),
                                      f->now, f->arena, &f->err));
    drop(&p);
    verify(&p);
}

/* FND-14: only when the operator wishes it and the finder agrees; the receiving body gets a copy of each message and writes none of them. */
static void direct_exchange__needs_both_and_a_copy(void **state)
{
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;
    struct talks talks;

    bring_to_stage3(&p);
    begin(&p);
    REFUSED(
        website_answer_direct(p.tx, &f->finder, &p.s, true, STR_NONE, f->now, f->arena, &f->err));
    REFUSED(website_open_direct(&f->w, p.tx, &f->rb, &p.s, f->now, f->arena, &f->err));
    MUST(f, operator_wish_direct(p.tx, &p.operator[3], &p.s, STR("to reproduce it"), f->now,
                                 f->arena, &f->err));
    REFUSED(website_open_direct(&f->w, p.tx, &f->rb, &p.s, f->now, f->arena, &f->err));
    assert_int_equal(f->err.code, ERR_NOT_READY);
    REFUSED(website_say(&f->w, p.tx, &p.operator[3], &p.s, THREAD_DIRECT, STR("hello"), f->now,
                        f->arena, &f->err));
    MUST(f,
         website_answer_direct(p.tx, &f->finder, &p.s, true, STR("T."), f->now, f->arena, &f->err));
    MUST(f, website_open_direct(&f->w, p.tx, &f->rb, &p.s, f->now, f->arena, &f->err));
    MUST(f, website_say(&f->w, p.tx, &p.operator[3], &p.s, THREAD_DIRECT, STR("hello"), f->now,
                        f->arena, &f->err));
    MUST(f, website_say(&f->w, p.tx, &f->finder, &p.s, THREAD_DIRECT, STR("hello back"), f->now,
                        f->arena, &f->err));
    REFUSED(website_say(&f->w, p.tx, &f->rb, &p.s, THREAD_DIRECT, STR("not ours"), f->now, f->arena,
                        &f->err));
    MUST(f, talk_list(p.tx, &f->rb, &p.s.c, THREAD_DIRECT, NULL, f->arena, &talks, &f->err));
    assert_int_equal(talks.len, 2);
    commit(&p);
    assert_int_equal(count(&p, "N21_RB"), 4); /* two messages, two officers */
    assert_int_equal(count(&p, "N21"), 2);    /* that it is open, and the operator's message */
    verify(&p);
}

/* A link opens what its stage tells: the ones before end, the third asks for the passphrase that was agreed. Rule: WEB-03 CFD-09 */
static void links__open_no_more_than_their_stage(void **state)
{
    const struct query query = {
        "last_token",
        "SELECT token_sealed FROM outbox WHERE notice = :notice ORDER BY id DESC LIMIT 1",
        (const char *const[]){ "notice" },
        1,
        NULL,
        0
    };
    static const char *const notices[] = { "N18_1", "N18_3" };
    struct play p = play_new(*state);
    struct desk_fixture *f = p.f;
    struct operator_link link;
    struct str token, passphrase;
    bool found, matches;

    bring_to_stage2(&p);
    begin(&p);
    MUST(f, operator_agree_encryption(&f->w, p.tx, &p.operator[2], &p.s, STR(ENCRYPTION_PASSPHRASE),
                                      STR_NONE, STR_NONE, f->now, f->arena, &passphrase, &f->err));
    MUST(f,
         website_send_stage3(&f->w, p.tx, &f->rb, &p.s, STR("details"), f->now, f->arena, &f->err));
    for (size_t i = 0; i < COUNT(notices); i++) {
        CLEANUP(rows_end_var) struct rows *rows = NULL;

        MUST(f, store_select(p.tx, &query, BINDS(bind_text("notice", str_from_z(notices[i]))),
                             f->arena, &rows, &f->err));
        MUST(f, rows_one(rows, STR("a mail"), &f->err));
        MUST(f, seal_open(&f->vault.secrets, STR("invitation token"),
                          row_text(rows, "token_sealed"), f->arena, &token, &f->err));
        MUST(f, operator_link_find(p.tx, token, f->arena, &link, &found, &f->err));
        assert_int_equal(found, i == 1);
    }
    assert_int_equal(link.stage, 3);
    assert_true(link.needs_passphrase);
    MUST(f,
         operator_passphrase_matches(&f->w, p.tx, token, passphrase, f->arena, &matches, &f->err));
    assert_true(matches);
    MUST(f, operator_passphrase_matches(&f->w, p.tx, token, STR("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"),
                                        f->arena, &matches, &f->err));
    assert_false(matches);
    MUST(f, operator_link_find(p.tx, STR("nonsense"), f->arena, &link, &found, &f->err));
    assert_false(found);
    commit(&p);
    verify(&p);
}

#define PLAY(name) cmocka_unit_test_setup_teardown(name, desk_fixture_up, desk_fixture_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAY(intake__keeps_a_report_on_a_website),
        PLAY(website__is_not_accepted_with_a_reason_alone),
        PLAY(stages__wait_for_the_operator),
        PLAY(stage3__needs_an_agreed_encryption),
        PLAY(handling_number__is_known_in_both_widths),
        PLAY(website__goes_from_report_to_fix),
        PLAY(website__stops_for_each_of_five_causes),
        PLAY(website__ends_otherwise_only_with_its_ground),
        PLAY(timers__mark_what_is_long_pending),
        PLAY(operator__keeps_receipts_of_integrators),
        PLAY(operator__of_a_municipality_decides_on_disclosure),
        PLAY(direct_exchange__needs_both_and_a_copy),
        PLAY(links__open_no_more_than_their_stage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
