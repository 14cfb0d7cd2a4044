#include "domain/advisory/formats.h"

#include "base/record.h"
#include "base/testing.h"
#include "formats/testing.h"

#include "domain/advisory/sample.h"
#include "formats/csaf/csaf_check.h"
#include "formats/xml/wellformed.h"

static int set_up(void **state)
{
    *state = arena_new(64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(*state);
    return 0;
}

static void expect_faults(const struct advisory_view *view, struct arena *arena, const char *field)
{
    struct advisory_faults faults;

    advisory_check(view, arena, &faults);
    for (size_t i = 0; i < faults.len; i++) {
        print_message("fault: %.*s: %s\n", STR_ARG(faults.at[i].field), faults.at[i].words);
        if (field && str_eq_z(faults.at[i].field, field))
            return;
    }
    if (field || faults.len > 0)
        fail_msg("wanted a fault at %s", field ? field : "nothing");
}

/* PUB-01, PUB-03, CFD-04, PSR-57: each missing need is named. */
static void advisory_check__names_what_stops_publication(void **state)
{
    struct arena *arena = *state;
    struct advisory_view v = sample_view(arena);

    expect_faults(&v, arena, NULL);
#define WRONG(change, field)             \
    do {                                 \
        v = sample_view(arena);          \
        change;                          \
        expect_faults(&v, arena, field); \
    } while (0)
    WRONG(v.ja.title = STR_NONE, "ja.title");
    WRONG(v.en.title = STR(" \n"), "en.title");
    WRONG(v.en.title = STR("two\nlines"), "en.title");
    WRONG(v.en.overview = STR_NONE, "en.overview");
    WRONG(v.ja.impact = STR_NONE, "ja.impact");
    WRONG(v.en.details = STR_NONE, "en.details");
    WRONG(v.en.credit = STR_NONE, "en.credit");
    WRONG((v.ja.solution = v.en.solution = v.en.workaround = STR_NONE), "ja.solution");
    WRONG(v.products.len = 0, "products");
    WRONG(v.products.at[0].versions = STR_NONE, "products.0.versions");
    WRONG(v.products.at[1].note_en = STR_NONE, "products.1.note");
    WRONG(v.weaknesses.at[0].cvss = STR("CVSS:3.1/AV:N"), "weaknesses.0.cvss");
    WRONG(v.weaknesses.at[0].cvss = STR("AV:N/AC:L/Au:N/C:P/I:P/A:P"), "weaknesses.0.cvss");
    WRONG(v.weaknesses.at[0].cve = STR("CVE-26-1"), "weaknesses.0.cve");
    WRONG(VEC_PUSH(arena, &v.weaknesses, v.weaknesses.at[0]), "weaknesses.1.cve");
    WRONG(v.weaknesses.at[0].cwe = STR("CWE-078"), "weaknesses.0.cwe");
    WRONG(v.vendors.at[0].status = STR("fine"), "vendors.0.status");
    WRONG(v.vendors.at[0].url = STR("javascript:alert(1)"), "vendors.0.url");
    WRONG(v.references.at[0].url = STR("ftp://guide.example/"), "references.0.url");
    WRONG((v.references.len = 0, v.vendors.at[0].url = STR_NONE, v.weaknesses.at[0].cve = STR_NONE),
          "references");
    WRONG(v.updated_at.ms = v.published_at.ms - 1, "updated_at");
#undef WRONG
}

/* CFD-04: without any countermeasure only by decision. */
static void advisory_check__lets_a_decision_stand_for_a_countermeasure(void **state)
{
    struct arena *arena = *state;
    struct advisory_view v = sample_view(arena);

    v.ja.solution = v.en.solution = v.ja.workaround = v.en.workaround = STR_NONE;
    v.no_countermeasure_by_decision = true;
    expect_faults(&v, arena, NULL);
}

static void expect_valid_csaf(const struct advisory_view *view, struct arena *arena,
                              const char *golden)
{
    struct csaf_result result = { 0 };
    struct err err = { 0 };
    struct str text;
    struct json json;

    assert_true(advisory_to_csaf(view, &sample_site, arena, &text, &err));
    assert_true(json_read(text, arena, &json, &err));
    csaf_check(json, arena, &result);
    for (size_t i = 0; i < result.findings.len; i++)
        print_message("%.*s %.*s: %s\n", STR_ARG(result.findings.at[i].test),
                      STR_ARG(result.findings.at[i].pointer), result.findings.at[i].message);
    assert_int_equal(result.findings.len, 0);
    if (golden)
        testing_golden(arena, TESTING_HERE, golden, text);
}

/* PUB-01: our documents pass the mandatory tests of CSAF 2.0, section 6.1. */
static void advisory_to_csaf__makes_valid_documents(void **state)
{
    struct arena *arena = *state;
    struct advisory_view v = sample_view(arena);

    expect_valid_csaf(&v, arena, "sample.csaf.json");
    v.is_stop_use = true; /* PUB-11 */
    v.ja.solution = v.en.solution = STR_NONE;
    expect_valid_csaf(&v, arena, NULL);
    v.weaknesses.at[0].cvss =
        STR("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N");
    expect_valid_csaf(&v, arena, NULL);
    v.weaknesses.at[0].cwe_name_en = STR("what an officer calls it");
    expect_valid_csaf(&v, arena, NULL); /* 6.1.11 */
    v.weaknesses.len = 0;
    v.products.at[0].versions = STR("出荷時期によります");
    expect_valid_csaf(&v, arena, NULL);
    VEC_PUSH(
        arena, &v.history,
        (struct advisory_change){ { SAMPLE_PUBLISHED.ms + UTC_DAY }, STR("更新"), STR("Updated") });
    v.updated_at.ms += UTC_DAY;
    v.revision = 2;
    expect_valid_csaf(&v, arena, NULL);
}

static void expect_schema(struct arena *arena, const char *const imports[], struct str text)
{
    bool is_valid;

    if (testing_is_valid_xml(arena, imports, text, &is_valid))
        assert_true(is_valid);
}

/* PUB-01: VULDEF 3.2 in both languages. */
static void advisory_to_vuldef__validates(void **state)
{
    static const char *const imports[] = {
        "http://jvn.jp/vuldef/",
        "vuldef_3.2.xsd",
        "http://jvn.jp/rss/mod_sec/3.0/",
        "mod_sec_3.0.xsd",
        "http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1",
        "tlp_marking.xsd",
        NULL
    };
    struct arena *arena = *state;
    struct advisory_view v = sample_view(arena);

    for (enum lang lang = LANG_JA; lang <= LANG_EN; lang++) {
        struct err err = { 0 };
        struct str text;

        assert_true(advisory_to_vuldef(&v, &sample_site, lang, arena, &text, &err));
        assert_true(xml_is_well_formed(text, &err));
        testing_golden(arena, TESTING_HERE,
                       lang == LANG_JA ? "sample.ja.vuldef.xml" : "sample.en.vuldef.xml", text);
        expect_schema(arena, imports, text);
    }
}

/* VDB-05: readers of JVNRSS. */
static void advisories_to_jvnrss__validates(void **state)
{
    static const char *const imports[] = { "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
                                           "jvnrss_rdf_3.2.xsd", NULL };
    struct arena *arena = *state;
    struct advisory_views views = { 0 };

    for (int i = 0; i < FEED_ITEMS + 5; i++)
        VEC_PUSH(arena, &views, sample_view(arena));
    for (enum lang lang = LANG_JA; lang <= LANG_EN; lang++) {
        struct err err = { 0 };
        struct str text;

        assert_true(advisories_to_jvnrss(&views, &sample_site, lang, true, arena, &text, &err));
        expect_schema(arena, imports, testing_new_mod_sec(arena, text));
        views.len = 1;
        assert_true(
            advisories_to_jvnrss(&views, &sample_site, lang, lang == LANG_JA, arena, &text, &err));
        testing_golden(arena, TESTING_HERE, lang == LANG_JA ? "sample.ja.rdf" : "sample.en.rdf",
                       text);
        views.len = 0;
        assert_true(advisories_to_jvnrss(&views, &sample_site, lang, true, arena, &text, &err));
        assert_true(xml_is_well_formed(text, &err));
        views.len = FEED_ITEMS + 5;
    }
}

static void advisory_to_json__says_everything(void **state)
{
    struct arena *arena = *state;
    struct advisory_view v = sample_view(arena);
    struct err err = { 0 };
    struct str text;
    struct json json;

    assert_true(advisory_to_json(&v, &sample_site, arena, &text, &err));
    testing_golden(arena, TESTING_HERE, "sample.json", text);
    assert_true(json_read(text, arena, &json, &err));
    assert_str(json_text(json_get(json_get(json, "title"), "en")),
               "OS command injection in Sample Router RX-100");
    assert_int_equal(json_count(json_get(json, "vendors")), 2);
}

static void feeds__are_made_of_the_rows(void **state)
{
    struct arena *arena = *state;
    struct advisory_view v = sample_view(arena);
    struct advisory_rows rows = { 0 };
    struct err err = { 0 };
    struct str text;

    VEC_PUSH(arena, &rows, advisory_row_of(&v, arena));
    assert_true(feed_provider_metadata(&sample_site, v.updated_at, arena, &text, &err));
    testing_golden(arena, TESTING_HERE, "provider-metadata.json", text);
    assert_true(feed_rolie(&rows, &sample_site, arena, &text, &err));
    testing_golden(arena, TESTING_HERE, "rolie.json", text);
    assert_true(feed_index_txt(&rows, arena, &text, &err));
    assert_str(text, "2026/nrs_48213075.json\n");
    assert_true(feed_changes_csv(&rows, arena, &text, &err));
    assert_true(str_contains(text, STR("2026/nrs_48213075.json")) &&
                str_contains(text, STR("2026-11-19")));
    text = feed_security_txt(&sample_site, v.updated_at, arena);
    assert_true(str_contains(text, STR("Expires: 2027-11-01T00:00:00Z\n")));
}

/* VDB-04, PUB-15: found by what people know: a number, a product, a developer, a CVE; in either language. */
static void index__finds_what_people_know(void **state)
{
    /* clang-format off */
    static const struct {
        const char *text, *severity, *vendor;
        int64_t year;
        size_t found;
    } cases[] = {
        { "", "", "", 0, 3 },          { "rx-100", "", "", 0, 1 },           { "OS　コマンド", "", "", 0, 1 }, { "cve-2026-41234", "", "", 0, 1 },
        { "NRS48213075", "", "", 0, 1 }, { "sample nothing", "", "", 0, 0 },   { "", "CRITICAL", "", 0, 1 },     { "", "LOW", "", 0, 0 },
        { "", "", "架空", 0, 3 },      { "", "", "fictional", 2026, 2 },     { "", "", "", 2025, 1 },          { "", "", "", 1999, 0 },
    };
    /* clang-format on */
    struct arena *arena = *state;
    struct advisory_rows rows = { 0 }, back;
    struct err err = { 0 };
    struct str bytes;

    for (int i = 0; i < 3; i++) {
        struct advisory_view v = sample_view(arena);

        v.number = arena_printf(arena, "NRS#4821307%d", 5 + i);
        if (i > 0) {
            v.ja.title = v.en.title = STR("SQL");
            v.ja.overview = v.en.overview = STR("SQL");
            v.products.at[0].product = v.products.at[1].product = STR("DB");
            v.weaknesses.len = 0;
        }
        if (i == 2)
            v.published_at = utc_add_days(v.published_at, -365);
        VEC_PUSH(arena, &rows, advisory_row_of(&v, arena));
    }
    assert_true(index_write(&rows, arena, &bytes, &err));
    assert_true(index_read(bytes, arena, &back, &err));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct index_query query = { .text = str_from_z(cases[i].text),
                                     .severity = str_from_z(cases[i].severity),
                                     .vendor = str_from_z(cases[i].vendor),
                                     .year = cases[i].year };
        struct index_found found;

        print_message("case: \"%s\" \"%s\" \"%s\" %lld\n", cases[i].text, cases[i].severity,
                      cases[i].vendor, (long long)cases[i].year);
        index_search(&back, &query, arena, &found);
        assert_int_equal(found.total, cases[i].found);
        assert_int_equal(found.years.len, 2);
        assert_int_equal(found.years.at[0].year, 2026);
    }
    for (size_t i = 0; i < bytes.len; i++)
        (void)!index_read(str_take(bytes, i), arena, &back, &err);
}

static void index__pages(void **state)
{
    struct arena *arena = *state;
    struct advisory_view v = sample_view(arena);
    struct advisory_rows rows = { 0 };
    struct index_query query = { .page = 3 };
    struct index_found found;

    for (int i = 0; i < 2 * INDEX_PAGE + 3; i++)
        VEC_PUSH(arena, &rows, advisory_row_of(&v, arena));
    index_search(&rows, &query, arena, &found);
    assert_int_equal(found.rows.len, 3);
    assert_int_equal(found.pages, 3);
    query.page = 99;
    index_search(&rows, &query, arena, &found);
    assert_int_equal(found.page, 3);
    rows.len = 0;
    index_search(&rows, &query, arena, &found);
    assert_int_equal(found.rows.len, 0);
    assert_int_equal(found.pages, 1);
}

/* What the database of countermeasures has of an advisory: both languages, the identifiers that link it with others' records, and versions that can be
 * compared with. Rule: PUB-14 */
static void advisory_to_catalog__says_what_the_advisory_says(void **state)
{
    struct arena *arena = *state;
    struct advisory_view v = sample_view(arena);
    struct catalog_record record, back;
    struct buf bytes = buf_new(arena, 1 << 20);
    struct err err = { 0 };

    advisory_to_catalog(&v, &sample_site, arena, &record);
    assert_true(catalog_record_encode(&record, &bytes, &err));
    assert_true(catalog_record_decode(buf_str(&bytes), arena, &back, &err));
    assert_int_equal(back.source, SOURCE_OURS);
    assert_str(back.id, "NRS48213075");
    assert_str(back.aliases.at[0], "CVE-2026-41234");
    assert_str(back.weaknesses.at[0], "CWE-78");
    assert_int_equal(back.scores.at[0].tenths, 98);
    assert_str(back.texts.at[0].lang, "ja");
    assert_int_equal(back.texts.len, 12);
    assert_int_equal(back.affected.len, 2);
    assert_str(back.affected.at[0].vendor, "Sample Network Inc.");
    assert_str(back.affected.at[0].spans.at[0].from, "1.0.0");
    assert_str(back.affected.at[0].spans.at[0].to, "2.1.3");
    assert_int_equal(back.affected.at[0].default_status, SPAN_UNAFFECTED);
    assert_int_equal(back.published.ms, v.published_at.ms);

    /* two flaws in one advisory: it is not the same as either */
    VEC_PUSH(arena, &v.weaknesses, ((struct advisory_weakness){ .cve = STR("CVE-2026-41235") }));
    advisory_to_catalog(&v, &sample_site, arena, &record);
    assert_int_equal(record.aliases.len, 0);
    assert_int_equal(record.upstream.len, 2);

    /* versions in words that nobody can compare claim nothing but the correction */
    v.products.at[0].versions = STR("2024年より前に出荷されたもの");
    advisory_to_catalog(&v, &sample_site, arena, &record);
    assert_str(record.affected.at[0].spans.at[0].to, "2.1.4");
    assert_true(record.affected.at[0].spans.at[0].to_is_fix);
}

/* Rule: UNR-05 */
static void advisory_to_vuldef__says_why_the_committee_published_it(void **state)
{
    struct arena *arena = *state;
    struct advisory_view v = sample_view(arena);
    struct str out;
    struct err err = { 0 };

    v.ja.judgement = STR("公表判定委員会は、公表を適当と判定しました。");
    v.en.judgement = STR("The committee judged that it is to be published.");
    assert_true(advisory_to_vuldef(&v, &sample_site, LANG_JA, arena, &out, &err));
    assert_true(str_contains(out, v.ja.judgement) && str_contains(out, v.ja.details));
    assert_true(advisory_to_vuldef(&v, &sample_site, LANG_EN, arena, &out, &err));
    assert_true(str_contains(out, v.en.judgement) && !str_contains(out, v.ja.judgement));
}

/* What was published before a field was known is read: without it, and otherwise as it was. */
static void advisory_from_record__reads_what_older_versions_wrote(void **state)
{
    struct arena *arena = *state;
    struct advisory_view v = sample_view(arena), read;
    struct buf older = buf_new(arena, 1 << 20);
    struct str record, rest, name, value;
    struct err err = { 0 };

    v.ja.judgement = v.en.judgement = STR("the committee's reason");
    assert_true(advisory_to_record(&v, arena, &record, &err));
    rest = record;
    while (record_next(&rest, &name, &value)) {
        if (!str_ends(name, STR(".judgement")))
            record_put(&older, arena_z(arena, name), value);
    }
    assert_true(advisory_from_record(record, arena, &read, &err));
    assert_str(read.ja.judgement, "the committee's reason");
    assert_true(advisory_from_record(buf_str(&older), arena, &read, &err));
    assert_int_equal(read.ja.judgement.len + read.en.judgement.len, 0);
    assert_true(str_eq(read.ja.title, v.ja.title));
    assert_true(str_eq(read.en.credit, v.en.credit));
    assert_int_equal(read.vendors.len, v.vendors.len);
    assert_false(advisory_from_record(STR_NONE, arena, &read, &err));
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(advisory_to_catalog__says_what_the_advisory_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(advisory_check__names_what_stops_publication, set_up, tear_down),
        cmocka_unit_test_setup_teardown(advisory_check__lets_a_decision_stand_for_a_countermeasure, set_up, tear_down),
        cmocka_unit_test_setup_teardown(advisory_to_csaf__makes_valid_documents, set_up, tear_down),
        cmocka_unit_test_setup_teardown(advisory_to_vuldef__validates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(advisory_to_vuldef__says_why_the_committee_published_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(advisories_to_jvnrss__validates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(advisory_to_json__says_everything, set_up, tear_down),
        cmocka_unit_test_setup_teardown(feeds__are_made_of_the_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(index__finds_what_people_know, set_up, tear_down),
        cmocka_unit_test_setup_teardown(index__pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(advisory_from_record__reads_what_older_versions_wrote, set_up, tear_down),
    };
    /* clang-format on */

    return cmocka_run_group_tests(tests, NULL, NULL);
}
