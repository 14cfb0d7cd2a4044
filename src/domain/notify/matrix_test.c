/* The notification matrix of the requirements (section 4), N01 to N17, N21 to N23, N27, N30, N34 to N42, row by row: which notices of ours it
 * is, and whether the words of the event may go along. */
#include "domain/casework/casework_testing.h"

#include "domain/access/outbox.h"
#include "domain/casework/own_product.h"
#include "domain/notify/notify.h"

enum content {
    THAT_ALONE, /* that it happened, and where to read it */
    WITH_WORDS, /* a reason, a question, an answer, as the row allows */
    TO_REPORTER /* to somebody without account or key, in the clear: a test of its own */
};

/* clang-format off */
static const struct {
    const char *row, *notices; /* notices: of ours, separated by blanks */
    enum content content;
    const char *what; /* event, and the rule it is from */
} matrix[] = {
    { "N01", "N01",               THAT_ALONE,     "report accepted (INT-03)" },
    { "N02", "N02",               WITH_WORDS,     "report not accepted, with the reason (INT-04)" },
    { "N03", "N03 OWN_STOPPED",   WITH_WORDS,     "processing stopped, with the reason (INT-10)" },
    { "N04", "N04",               THAT_ALONE,     "report forwarded; no finder (INT-07, FND-01)" },
    { "N05", "N05",               WITH_WORDS,     "question to the finder (INT-11)" },
    { "N06", "N06",               WITH_WORDS,     "answer to the finder (INT-12, INT-13)" },
    { "N07", "N07",               THAT_ALONE,     "summary to a developer; no methods (COO-08)" },
    { "N08", "N08",               THAT_ALONE,     "detail to a developer; no finder (COO-10, CFD-05)" },
    { "N09", "N09",               THAT_ALONE,     "publication date set (COO-17)" },
    { "N10", "N10",               THAT_ALONE,     "publication date changed (COO-22)" },
    { "N11", "N11",               THAT_ALONE,     "priority provision (PRI-01)" },
    { "N12", "N12",               THAT_ALONE,     "before priority provision (FND-08)" },
    { "N13", "N13",               THAT_ALONE,     "publication (PUB-10)" },
    { "N14", "N14",               THAT_ALONE,     "cancellation (COO-28, COO-29)" },
    { "N15", "N15",               THAT_ALONE,     "a developer's window (COO-01, COO-04)" },
    { "N16", "N16",               WITH_WORDS,     "verification result, hint (COO-12, COO-13)" },
    { "N17", "N17",               WITH_WORDS,     "response status, countermeasure (COO-24)" },
    { "N21", "N21 N21_WO N21_RB", WITH_WORDS,     "finder and operator, with a copy (FND-14)" },
    { "N22", "N22",               WITH_WORDS,     "a finder asks before telling a third party (FND-10)" },
    { "N23", "N23 N23_ANSWER",    WITH_WORDS,     "one-year withdrawal, between finder and receiving body (FND-12)" },
    { "N23", "N23_TOLD WITHDRAWN NOT_WITHDRAWN", THAT_ALONE, "the same to CB and developers: that it was asked and answered, nothing of the finder's (FND-12, FND-01)" },
    { "N27", "N27 N27_PUBLISHED N27_ENDED", TO_REPORTER, "a developer received a report itself: receipt, status (PSR-40)" },
    { "N30", "N30",               THAT_ALONE,     "new record for a subscribed product (API-02)" },
    { "N34", "N34 UNREACHABLE",   THAT_ALONE,     "a developer cannot be reached: the case, and nothing of the vulnerability (UNR-01, UNR-04)" },
    { "N35", "N07 N08 REMIND",    THAT_ALONE,     "verification and its result are asked for (COO-06)" },
    { "N36", "N36",               THAT_ALONE,     "response status is asked for (COO-23)" },
    { "N37", "N37 WISH_DECIDED",  WITH_WORDS,     "date change wished (COO-21)" },
    { "N38", "N38",               WITH_WORDS,     "technical or progress inquiry (COO-27)" },
    { "N39", "N39",               THAT_ALONE,     "analysis asked for; no finder (INT-14, CFD-02)" },
    { "N40", "N40",               THAT_ALONE,     "priority provision planned (PRI-02)" },
    { "N41", "N41 N41_WO",        THAT_ALONE,     "a website is not fixed in time (WEB-11, WEB-12)" },
    { "N42", "N42",               THAT_ALONE,     "45 days, one year (COO-15, FND-12)" },
};
/* clang-format on */

static const struct notice_row *row_of(struct str notice)
{
    for (size_t i = 0; i < notice_row_count; i++) {
        if (str_eq_z(notice, notice_rows[i].notice))
            return &notice_rows[i];
    }
    return NULL;
}

static const struct query set_lang = {
    "set_lang",
    "UPDATE account SET pgp_key = 'armor', pgp_fingerprint = 'F', "
    "pgp_confirmed_at = 1, lang = :lang WHERE id = 4",
    (const char *const[]){ "lang" },
    1,
    NULL,
    0
};
static const struct query newest = {
    "newest", "SELECT max(id) AS n FROM outbox", NULL, 0, NULL, 0
};

static struct notify notify_of(struct desk_fixture *f)
{
    return (struct notify){ .casework = &f->w,
                            .desk_url = STR("https://desk.example"),
                            .portal_url = STR("https://portal.example"),
                            .receiving_body_ja = STR("受付機関"),
                            .receiving_body_en = STR("receiving body"),
                            .coordinating_body_ja = STR("調整機関"),
                            .coordinating_body_en = STR("coordinating body") };
}

/* As an event with words would cause it, to somebody with a key. */
static struct notice compose(struct desk_fixture *f, struct tx *tx, const char *notice, int64_t seq,
                             enum lang lang)
{
    const struct notify n = notify_of(f);
    struct news news = { .notice = notice, .case_id = 1, .report_id = 1, .seq = seq };
    struct notice out;
    bool has_address;
    int64_t id;

    MUST(f, store_exec(tx, &set_lang, BINDS(bind_text("lang", lang_code(lang))), NULL, &f->err));
    MUST(f, outbox_to_account(tx, &news, f->pm1.account_id, f->now, &f->err));
    MUST(f, store_number(tx, &newest, NO_BINDS, 0, &id, &f->err));
    MUST(f, notify_compose(&n, tx, id, f->now, f->arena, &out, &has_address, &f->err));
    assert_true(has_address);
    assert_int_equal(out.lang, lang);
    return out;
}

static void expect_row(struct desk_fixture *f, struct tx *tx, const struct notice_row *row,
                       enum content content, const struct product_case *c, int64_t seq)
{
    static const char *const never[] = { "canary-I", "canary-i@", "canary-V", "canary-T",
                                         "canary-X" };
    struct notice mails[2];

    for (int lang = LANG_JA; lang <= LANG_EN; lang++) {
        struct notice *mail = &mails[lang == LANG_EN];

        *mail = compose(f, tx, row->notice, seq, (enum lang)lang);
        assert_true(str_contains(mail->secret_body, c->number) || !strstr(row->what, "{number}"));
        assert_int_equal(str_contains(mail->secret_body, STR("the words of the event")),
                         content == WITH_WORDS);
        assert_false(str_contains(mail->body, c->number));
        assert_false(str_contains(mail->body, STR("the words of the event")));
        for (size_t i = 0; i < COUNT(never); i++) {
            assert_false(str_contains(mail->body, str_from_z(never[i])));
            assert_false(str_contains(mail->secret_body, str_from_z(never[i])));
        }
    }
    assert_false(str_eq(mails[0].body, mails[1].body)); /* each language has its own words */
    assert_false(str_eq(mails[0].secret_body, mails[1].secret_body));
}

/* Section 4, CFD-08: each row in both languages; what it contains, and what it does not. */
static void matrix__rows_say_what_they_may(void **state)
{
    struct desk_fixture *f = *state;
    struct receipt receipt;
    struct product_case c;
    struct entry entry;
    struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    MUST(f, intake_submit(&f->w, tx, testing_form(f), STR("draft"), LANG_JA, STR("FORM"), f->now,
                          f->arena, &receipt, &f->err));
    MUST(f, case_load_by_id(&f->w, tx, 1, f->arena, &c, &f->err));
    MUST(f, talk_say(tx, &f->rb, &c, THREAD_FINDER, NULL, TALK_QUESTION,
                     STR("the words of the event"), f->now, f->arena, &entry, &f->err));
    for (size_t i = 0; i < COUNT(matrix); i++) {
        struct str rest = str_from_z(matrix[i].notices), notice;

        while (rest.len > 0 && str_split(&rest, ' ', &notice)) {
            const struct notice_row *row = row_of(notice);

            print_message("%s %.*s: %s\n", matrix[i].row, STR_ARG(notice), matrix[i].what);
            assert_non_null(row);
            if (matrix[i].content != TO_REPORTER)
                expect_row(f, tx, row, matrix[i].content, &c, entry.seq);
        }
    }
    tx_end(tx);
}

static const struct query published = {
    "published",
    "INSERT INTO advisory (public_id, case_id, number, state, published_at, changed_at) "
    "VALUES ('canary-advisory', :case_id, 'NRS#48213075', 'PUBLISHED', 1, 1)",
    (const char *const[]){ "case_id" },
    1,
    NULL,
    0
};
static const struct query reporter_lang = { "reporter_lang",
                                            "UPDATE direct_reporter SET lang = :lang",
                                            (const char *const[]){ "lang" },
                                            1,
                                            NULL,
                                            0 };

/* A developer's own report of which somebody had told it. */
static struct product_case told_directly(struct desk_fixture *f, struct tx *tx)
{
    const struct own_report report = {
        .form = testing_form(f),
        .status = { .countermeasure = STR("FIX"), .words = STR("canary-M: it is built") },
        .reporter = { .email = STR(" taro@reporter.example "), .lang = STR("ja") },
        .is_limited = true
    };
    struct product_case c;

    MUST(f, own_product_report(&f->w, tx, &f->pm1, &report, f->now, f->arena, &c, &f->err));
    return c;
}

static void expect_mail_to_reporter(struct desk_fixture *f, struct tx *tx, const char *notice,
                                    const struct product_case *c, enum lang lang, const char *link)
{
    const struct notify n = notify_of(f);
    const struct str day = tr_date(f->arena, lang, f->now);
    const char *never[] = { "canary",
                            "Sample Router",
                            "K-20",
                            "desk.example",
                            arena_z(f->arena, c->number),
                            arena_z(f->arena, c->public_id) };
    struct news news = { .notice = notice, .case_id = c->id };
    struct notice mail;
    bool has_address;
    int64_t id;

    MUST(f,
         store_exec(tx, &reporter_lang, BINDS(bind_text("lang", lang_code(lang))), NULL, &f->err));
    MUST(f, outbox_to_reporter(tx, &news, f->now, &f->err));
    MUST(f, store_number(tx, &newest, NO_BINDS, 0, &id, &f->err));
    MUST(f, notify_compose(&n, tx, id, f->now, f->arena, &mail, &has_address, &f->err));
    assert_true(has_address);
    assert_str(mail.to, "taro@reporter.example");
    assert_int_equal(mail.lang, lang);
    assert_true(str_contains(mail.body, STR("organisation 3"))); /* on whose behalf */
    assert_true(str_contains(mail.body, str_from_z(link)));
    assert_int_equal(str_contains(mail.body, day), strcmp(notice, "N27") == 0);
    assert_false(str_contains(mail.body, STR("{")));
    assert_int_equal(mail.secret_body.len, 0);
    for (size_t i = 0; i < COUNT(never); i++) {
        assert_false(str_contains(mail.body, str_from_z(never[i])));
        assert_false(str_contains(mail.subject, str_from_z(never[i])));
    }
}

/* N27, PSR-40: receipt and status on the developer's behalf; nothing of the report, and nothing that opens a page of the desk. */
static void matrix__a_direct_reporter_learns_receipt_and_status(void **state)
{
    struct desk_fixture *f = *state;
    struct product_case c;
    struct tx *tx = NULL;

    MUST(f, tx_begin(f->store, TX_WRITE, &tx, &f->err));
    c = told_directly(f, tx);
    for (int lang = LANG_JA; lang <= LANG_EN; lang++) {
        const char *home =
            lang == LANG_JA ? "https://portal.example/\n" : "https://portal.example/en/\n";

        expect_mail_to_reporter(f, tx, "N27", &c, (enum lang)lang, home);
        expect_mail_to_reporter(f, tx, "N27_ENDED", &c, (enum lang)lang, home);
    }
    MUST(f, store_exec(tx, &published, BINDS(bind_int("case_id", c.id)), NULL, &f->err));
    expect_mail_to_reporter(f, tx, "N27_PUBLISHED", &c, LANG_JA,
                            "https://portal.example/advisories/NRS48213075\n");
    expect_mail_to_reporter(f, tx, "N27_PUBLISHED", &c, LANG_EN,
                            "https://portal.example/en/advisories/NRS48213075\n");
    tx_end(tx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(matrix__rows_say_what_they_may, desk_fixture_up,
                                        desk_fixture_down),
        cmocka_unit_test_setup_teardown(matrix__a_direct_reporter_learns_receipt_and_status,
                                        desk_fixture_up, desk_fixture_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
