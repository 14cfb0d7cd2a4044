/* Whom an officer means by a name, an id, a domain or a product. */
#include "domain/access/directory.h"

#include "domain/access/testing.h"

static void fill(void)
{
    (void)trial_organisation("PD", "株式会社アクメ", "Acme Router RX-9\nAcme Switch");
    (void)trial_organisation("PD", "アクメ電機株式会社", "アクメ冷蔵庫");
    (void)trial_organisation("PD", "Example Devices, Inc.", "Gateway EG-7");
    (void)trial_organisation("PD", "メール工房", "メール工房 Desktop");
    (void)trial_organisation("CB", "アクメ調整機関", "");
    trial_run("UPDATE organisation SET window_email = 'madoguchi@mail-kobo.example.jp', "
              "url = 'https://www.mail-kobo.example/about' WHERE name_ja = 'メール工房'");
    trial_run("UPDATE organisation SET public_id = 'ID-OF-ACME' WHERE name_ja = '株式会社アクメ'");
    trial_run("UPDATE organisation SET handling_suspended = 1 WHERE name_ja = 'メール工房'");
    (void)trial_account(3, "pat@devices.example.com", ROLE_PM);
}

/* Rule: COO-06 */
static void directory_find__knows_whom_a_line_means(void **state)
{
    static const struct {
        const char *name, *product;
        size_t found;
        bool is_sure;
        enum directory_match match;
        const char *first;
    } cases[] = {
        { "id-of-acme", "", 1, true, DIRECTORY_ID, "株式会社アクメ" },
        { "株式会社アクメ", "", 1, true, DIRECTORY_NAME, "株式会社アクメ" },
        { "ｱｸﾒ", "", 1, true, DIRECTORY_NAME, "株式会社アクメ" },
        { "Example Devices", "", 1, true, DIRECTORY_NAME, "Example Devices, Inc." },
        { "EXAMPLE DEVICES, INC.", "", 1, true, DIRECTORY_NAME, "Example Devices, Inc." },
        { "someone@devices.example.com", "", 1, true, DIRECTORY_DOMAIN, "Example Devices, Inc." },
        { "www.mail-kobo.example", "", 1, true, DIRECTORY_DOMAIN, "メール工房" },
        { "Mail-Kobo.Example.jp", "", 1, true, DIRECTORY_DOMAIN, "メール工房" },
        { "lab.mail-kobo.example", "", 1, false, DIRECTORY_BELOW, "メール工房" },
        { "psirt@example.jp", "", 3, false, DIRECTORY_DOMAIN, "株式会社アクメ" },
        { "psirt@example.jp", "gateway", 1, true, DIRECTORY_DOMAIN, "Example Devices, Inc." },
        { "kobo.example.jp", "", 3, false, DIRECTORY_BELOW, "株式会社アクメ" },
        { "example.org", "", 0, false, DIRECTORY_ID, "" },
        { "アクメ電", "", 1, false, DIRECTORY_PART, "アクメ電機株式会社" },
        { "アクメ電機のセンター", "", 2, false, DIRECTORY_WITHIN, "株式会社アクメ" },
        { "nobody", "rx-9", 1, false, DIRECTORY_PRODUCT, "株式会社アクメ" },
        { "冷蔵庫", "", 1, false, DIRECTORY_PRODUCT, "アクメ電機株式会社" },
        { "nobody", "", 0, false, DIRECTORY_ID, "" },
        { "", "", 0, false, DIRECTORY_ID, "" },
        { "工", "", 0, false, DIRECTORY_ID, "" },
    };
    struct directory *directory;
    struct tx *tx = NULL;

    (void)state;
    fill();
    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(directory_load(tx, trial.arena, &directory, WHY));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct directory_hits hits;

        print_message("case: \"%s\" \"%s\"\n", cases[i].name, cases[i].product);
        directory_find(directory, str_from_z(cases[i].name), str_from_z(cases[i].product),
                       trial.arena, &hits);
        assert_int_equal(hits.len, cases[i].found);
        assert_true(directory_is_sure(&hits) == cases[i].is_sure);
        if (hits.len == 0)
            continue;
        assert_int_equal(hits.at[0].match, cases[i].match);
        assert_str(hits.at[0].name_ja, cases[i].first);
    }
    tx_end(tx);
}

static void directory_find__offers_a_few_and_says_that_there_are_more(void **state)
{
    struct directory *directory;
    struct directory_hits hits;
    struct tx *tx = NULL;

    (void)state;
    for (int i = 0; i < DIRECTORY_HITS_MAX + 1; i++)
        (void)trial_organisation(
            "PD", arena_z(trial.arena, arena_printf(trial.arena, "見本%d工業", i)), "");
    ok(tx_begin(trial.gate.store, TX_READ, &tx, WHY));
    ok(directory_load(tx, trial.arena, &directory, WHY));
    directory_find(directory, STR("見本"), STR_NONE, trial.arena, &hits);
    assert_int_equal(hits.len, DIRECTORY_HITS_MAX);
    assert_true(hits.has_more);
    tx_end(tx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(directory_find__knows_whom_a_line_means, trial_begin,
                                        trial_end),
        cmocka_unit_test_setup_teardown(directory_find__offers_a_few_and_says_that_there_are_more,
                                        trial_begin, trial_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
