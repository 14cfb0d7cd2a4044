#include "domain/triage/triage.h"

#include "base/testing.h"
#include "domain/triage/condition.h"
#include "domain/triage/ignore.h"

enum { ARENA = 16 << 20 };
static const struct triage_site nowhere = { { 0, 0 }, { 0, 0 } };

static struct catalog_score score(const char *version, const char *vector, int tenths, bool primary)
{
    return (struct catalog_score){ .version = str_from_z(version),
                                   .vector = str_from_z(vector),
                                   .tenths = tenths,
                                   .is_primary = primary };
}

static void has_score(const struct catalog_score *scores, size_t count, int want)
{
    struct finding finding = { .scores = { (struct catalog_score *)(uintptr_t)scores, count,
                                           count } };
    int tenths;

    print_message("case: %zu scores, %d\n", count, want);
    assert_true((triage_score(&finding, &tenths) == NULL) == (want == CVSS_NO_SCORE));
    assert_int_equal(tenths, want);
}

/* STD-04: the newest version, there the source's own, there the highest. */
static void triage_score__prefers_the_newest_version(void **state)
{
    const struct catalog_score older[] = { score("2.0", "", 100, true), score("3.1", "", 53, false),
                                           score("3.0", "", 90, true) },
                               own[] = { score("3.1", "", 98, false), score("3.1", "", 75, true) },
                               highest[] = { score("3.1", "", 61, true),
                                             score("3.1", "", 75, true) },
                               vector[] = { score("4.0", "nonsense", CVSS_NO_SCORE, true),
                                            score("3.1",
                                                  "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
                                                  CVSS_NO_SCORE, false) };
    (void)state;

    has_score(older, COUNT(older), 53);
    has_score(own, COUNT(own), 75);
    has_score(highest, COUNT(highest), 75);
    has_score(vector, COUNT(vector), 98);
    has_score(vector, 1, CVSS_NO_SCORE);
    has_score(NULL, 0, CVSS_NO_SCORE);
}

/* Every point of the decision says where it comes from; what nobody says is taken for the worse. */
static void triage_priority__decides_as_the_table_of_deployers(void **state)
{
    struct catalog_score remote =
                             score("3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 98, true),
                         local =
                             score("3.1", "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 78, true);
    const struct triage_site shop = { STR("open"), STR("very high") },
                             cellar = { STR("small"), STR("low") };
    struct finding known = { .scores = { &remote, 1, 1 } }, attacked = known,
                   held = { .scores = { &local, 1, 1 } }, told = held;
    (void)state;

    attacked.is_in_kev = true;
    told.ssvc = (struct ssvc_points){ STR("poc"), STR("yes"), STR("total") };
    assert_int_equal(triage_priority(&known, &nowhere).decision, TRIAGE_SCHEDULED);
    assert_int_equal(triage_priority(&known, &shop).decision, TRIAGE_OUT_OF_CYCLE);
    assert_int_equal(triage_priority(&attacked, &shop).decision, TRIAGE_IMMEDIATE);
    assert_int_equal(triage_priority(&attacked, &cellar).decision, TRIAGE_SCHEDULED);
    assert_int_equal(triage_priority(&held, &cellar).decision, TRIAGE_DEFER);
    assert_int_equal(triage_priority(&told, &nowhere).decision, TRIAGE_SCHEDULED);
    assert_string_equal(triage_priority(&told, &nowhere).path[0].value->name, "Public PoC");
    assert_string_equal(triage_priority(&told, &nowhere).path[2].value->name, "Yes");
    assert_string_equal(triage_priority(&held, &nowhere).path[2].value->name, "No");
    assert_string_equal(triage_priority(&attacked, &nowhere).path[0].because,
                        "It is in CISA's list of exploited vulnerabilities (KEV).");
}

static void triage_site__knows_its_words(void **state)
{
    struct str fault;
    (void)state;

    assert_true(triage_site_is_known(&nowhere, &fault));
    assert_false(triage_site_is_known(&(struct triage_site){ STR("wide"), STR_NONE }, &fault));
    assert_str(fault, "wide");
    assert_false(triage_site_is_known(&(struct triage_site){ STR("open"), STR("huge") }, &fault));
    assert_str(fault, "huge");
}

/* ---- what a scan fails on ---- */

static void conditions__say_where_they_are_wrong(void **state)
{
    static const struct {
        const char *text, *subject;
    } wrong[] = {
        { "", "<?>" },
        { "kev,", "kev,<?>" },
        { "kev,,fix", "kev,<?>,fix" },
        { "kev+", "<?>kev+" },
        { "kve", "<?>kve" },
        { "kev,severity>=hihg", "kev,severity>=<?>hihg" },
        { "kev=yes", "kev<?>=yes" },
        { "epss", "epss<?>" },
        { "epss>=1.5", "epss>=<?>1.5" },
        { "epss>=0.123456", "epss>=<?>0.123456" },
        { "epss>=.5", "epss>=<?>.5" },
        { "cvss>=7.", "cvss>=<?>7." },
        { "cvss<7", "cvss<?><7" },
        { "confidence>=101", "confidence>=<?>101" },
        { "Severity>=high", "<?>Severity>=high" },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
        struct conditions conditions = { 0 };
        struct err err = { 0 };

        print_message("case: \"%s\"\n", wrong[i].text);
        assert_false(conditions_parse(str_from_z(wrong[i].text), arena, &conditions, &err));
        assert_int_equal(err.code, ERR_GATE);
        assert_string_equal(err.subject, wrong[i].subject);
        assert_null(conditions.at);
    }
}

static void conditions__are_met_by_one_finding(void **state)
{
    struct catalog_score high =
        score("3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 75, true);
    struct str version = STR("1.2");
    const struct finding rated = { .scores = { &high, 1, 1 },
                                   .fixed = { &version, 1, 1 },
                                   .epss = 50000,
                                   .confidence = 80 },
                         bare = { .epss = -1, .confidence = 100 },
                         unsure = { .kind = FINDING_NO_RANGE, .scores = { &high, 1, 1 } },
                         ignored = { .scores = { &high, 1, 1 },
                                     .statement.verdict = VERDICT_IGNORED };
    const struct {
        const char *text;
        const struct finding *finding;
        bool is_met;
    } cases[] = {
        { "kev", &rated, false },
        { "fix", &rated, true },
        { "severity>=high", &rated, true },
        { "severity>=critical", &rated, false },
        { "severity=high", &rated, true },
        { "severity>high", &rated, false },
        { "cvss>=7.5", &rated, true },
        { "cvss>7.5", &rated, false },
        { "cvss>=7", &rated, true },
        { "epss>=0.5", &rated, true },
        { "epss>=0.50001", &rated, false },
        { "kev+fix", &rated, false },
        { "cvss>=7+fix", &rated, true },
        { "confidence>=81", &rated, false },
        { "ssvc>=scheduled", &rated, true },
        { "ssvc>=immediate", &rated, false },
        /* what nobody rated meets no bound, not even the lowest */
        { "cvss>=0", &bare, false },
        { "severity>=none", &bare, false },
        { "epss>=0", &bare, false },
        { "ssvc>=defer", &bare, true },
        { "severity>=high", &unsure, false },
        { "possible", &unsure, true },
        { "possible+severity>=high", &unsure, true },
        { "possible", &rated, false },
        { "severity>=high", &ignored, false },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
        struct priority priority = triage_priority(cases[i].finding, &nowhere);
        struct conditions conditions = { 0 };
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].text);
        assert_true(conditions_parse(str_from_z(cases[i].text), arena, &conditions, &err));
        assert_int_equal(conditions.len, 1);
        assert_int_equal(condition_is_met(&conditions.at[0], cases[i].finding, &priority),
                         cases[i].is_met);
    }
}

static void order__takes_the_measures_of_conditions(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
    struct order order;
    struct err err = { 0 };
    (void)state;

    assert_true(order_parse(STR("priority"), arena, &order, &err));
    assert_int_equal(order.count, 6);
    assert_true(order_parse(STR("epss,kev"), arena, &order, &err));
    assert_false(order_parse(STR("epss,age"), arena, &order, &err));
    assert_string_equal(err.subject, "epss,<?>age");
    err = (struct err){ 0 };
    assert_false(order_parse(STR(""), arena, &order, &err));
}

/* ---- what is passed over ---- */

static void ignore_read__wants_a_reason_and_an_end(void **state)
{
    static const char *const wrong[] = {
        "CVE-1",
        "CVE-1 lodash",
        "CVE-1 lodash until 2026-12-31",
        "CVE-1 lodash until 2026-12-31:",
        "CVE-1 lodash: no end is told",
        "CVE-1 lodash until tomorrow: soon",
        "CVE-1 lodash until 2026-02-30: no such day",
        "CVE-1 lodash until 2026-12-31T00:00:00Z: a day is meant",
        "CVE-1 lodash always and ever: too many words",
        "* * always: everything",
    };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
        struct ignore_rules rules = { 0 };
        struct err err = { 0 };

        print_message("case: %s\n", wrong[i]);
        assert_false(
            ignore_read(arena_printf(arena, "# rules\n\n%s\n", wrong[i]), arena, &rules, &err));
        assert_int_equal(err.code, ERR_IGNORE_RULE);
        assert_int_equal(err.line, 3);
        assert_null(rules.at);
    }
}

static struct component lodash(struct arena *arena)
{
    struct component c = { .name = STR("lodash"),
                           .version = STR("4.17.20"),
                           .purl = STR("pkg:npm/%40scope/lodash@4.17.20?arch=any") };

    VEC_PUSH(arena, &c.cpes, STR("cpe:2.3:a:lodash:lodash:4.17.20:*:*:*:*:node.js:*:*"));
    return c;
}

static void ignore_apply__covers_what_the_rule_names(void **state)
{
    static const struct {
        const char *rule;
        bool covers;
    } cases[] = {
        { "CVE-2026-1 lodash always: x", true },
        { "cve-2026-1 lodash always: x", true },
        { "GHSA-1 lodash always: x", true },
        { "CVE-2026-2 lodash always: x", false },
        { "* lodash always: x", true },
        { "CVE-2026-1 * always: x", true },
        { "CVE-2026-1 lodash@4.17.20 always: x", true },
        { "CVE-2026-1 lodash@4.17.* always: x", true },
        { "CVE-2026-1 lodash@4.16.* always: x", false },
        { "CVE-2026-1 dash always: x", false },
        { "CVE-2026-1 pkg:npm/%40scope/lodash always: x", true },
        { "CVE-2026-1 pkg:npm/%40scope/lodash@4.17.20 always: x", true },
        { "CVE-2026-1 pkg:npm/%40scope/lodash@4.17.21 always: x", false },
        { "CVE-2026-1 pkg:npm/* always: x", true },
        { "CVE-2026-1 pkg:maven/* always: x", false },
        { "CVE-2026-1 cpe:2.3:a:lodash:* always: x", true },
        { "CVE-2026-1 lodash until 2026-11-21: today is the last day", true },
        { "CVE-2026-1 lodash until 2026-11-20: it ended yesterday", false },
    };
    const struct utc now = { INT64_C(1795233600000) }; /* 2026-11-21, 13:00 JST */
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
        struct component component = lodash(arena);
        struct str ids[] = { STR("CVE-2026-1"), STR("GHSA-1") };
        struct finding finding = { .id = ids[0], .ids = { ids, 2, 2 } };
        struct inventory inventory = { .components = { &component, 1, 1 } };
        struct findings findings = { &finding, 1, 1 };
        struct ignore_rules rules;
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].rule);
        assert_true(ignore_read(str_from_z(cases[i].rule), arena, &rules, &err));
        ignore_apply(&rules, STR("rules"), now, &inventory, &findings, arena);
        assert_int_equal(finding.statement.verdict,
                         cases[i].covers ? VERDICT_IGNORED : VERDICT_NONE);
        assert_int_equal(rules.at[0].was_used, cases[i].covers);
        if (cases[i].covers)
            assert_str(finding.statement.from, "rules:1");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(triage_score__prefers_the_newest_version),
        cmocka_unit_test(triage_priority__decides_as_the_table_of_deployers),
        cmocka_unit_test(triage_site__knows_its_words),
        cmocka_unit_test(conditions__say_where_they_are_wrong),
        cmocka_unit_test(conditions__are_met_by_one_finding),
        cmocka_unit_test(order__takes_the_measures_of_conditions),
        cmocka_unit_test(ignore_read__wants_a_reason_and_an_end),
        cmocka_unit_test(ignore_apply__covers_what_the_rule_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
