#include "domain/catalog/from.h"

#include <string.h>

#include "base/buf.h"
#include "base/testing.h"

static int setup(void **state)
{
    *state = arena_new(256 << 20);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static bool reads(struct arena *arena, catalog_from *from, const char *text,
                  struct catalog_record *out, struct err *err)
{
    struct json json;

    if (!json_read(str_from_z(text), arena, &json, err))
        fail_msg("%s", err->subject);
    return from(json, arena, out, err);
}

static struct catalog_record record_of(struct arena *arena, catalog_from *from, const char *text)
{
    struct catalog_record record;
    struct err err = { 0 };

    if (!reads(arena, from, text, &record, &err))
        fail_msg("%s", err.subject);
    return record;
}

/* "+[1,2) -[2,3] ?(,*) =4 fix" as people write ranges: + affected, - not, ? unknown; "!" behind a bound that is a correction. */
static struct str spans_of(struct arena *arena, const struct affected *affected)
{
    struct buf buf = buf_new(arena, 1 << 16);

    for (size_t i = 0; i < affected->spans.len; i++) {
        const struct span *span = &affected->spans.at[i];

        buf_printf(&buf, "%s%c%s%.*s,%.*s%s%c", i > 0 ? " " : "", "+-?"[span->status],
                   span -> from_is_excluded ? "(" : "[", STR_ARG(span->from), STR_ARG(span->to),
                   span->to_is_fix ? "!" : "", span->to_is_included ? ']' : ')');
    }
    return buf_str(&buf);
}

/* ---- OSV ---- */

/* matching 4.8: events are sorted by the ecosystem's order, whatever order they stand in. */
static void osv__events_become_spans(void **state)
{
    static const struct {
        const char *ecosystem, *events, *want;
    } cases[] = {
        { "npm", "{\"introduced\":\"0\"},{\"fixed\":\"1.2.0\"}", "+[,1.2.0!)" },
        { "npm",
          "{\"fixed\":\"2.10.0\"},{\"introduced\":\"2.9.0\"},{\"introduced\":\"0\"},{\"fixed\":\"1.9.0\"}",
          "+[,1.9.0!) +[2.9.0,2.10.0!)" },
        { "PyPI", "{\"introduced\":\"1.0\"},{\"last_affected\":\"1.5\"}", "+[1.0,1.5]" },
        { "PyPI", "{\"introduced\":\"1.0\"}", "+[1.0,)" },
        { "PyPI", "{\"introduced\":\"1.0\"},{\"limit\":\"3.0\"}", "+[1.0,3.0)" },
        { "PyPI", "{\"introduced\":\"1.0\"},{\"limit\":\"*\"}", "+[1.0,)" },
        { "PyPI",
          "{\"introduced\":\"1.0\"},{\"introduced\":\"1.1\"},{\"fixed\":\"1.2\"},{\"fixed\":\"1.3\"}",
          "+[1.0,1.2!)" },
        { "Debian:12", "{\"introduced\":\"0\"},{\"fixed\":\"1.0~rc1-1\"}", "+[,1.0~rc1-1!)" },
        /* Alpine's way to say that it never had the flaw. */
        { "Alpine:v3.8", "{\"introduced\":\"0\"},{\"fixed\":\"0\"}", "" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena *arena = *state;
        struct catalog_record record = record_of(
            arena, catalog_from_osv,
            arena_z(
                arena,
                arena_printf(
                    arena,
                    "{\"id\":\"X-1\",\"modified\":\"\",\"affected\":[{\"package\":{\"ecosystem\":\"%s\",\"name\":\"p\"},"
                    "\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[%s]}]}]}",
                    cases[i].ecosystem, cases[i].events)));

        print_message("case: %s %s\n", cases[i].ecosystem, cases[i].events);
        assert_int_equal(record.affected.len, 1);
        assert_str(spans_of(arena, &record.affected.at[0]), cases[i].want);
        assert_int_equal(record.affected.at[0].default_status, SPAN_UNAFFECTED);
    }
}

static void osv__keeps_the_versions_that_no_range_takes_in(void **state)
{
    struct catalog_record record = record_of(
        *state, catalog_from_osv,
        "{\"id\":\"PYSEC-1\",\"modified\":\"\",\"affected\":[{\"package\":{\"ecosystem\":\"PyPI\",\"name\":\"p\"},"
        "\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"1.0\"},{\"fixed\":\"2.0\"}]},"
        "{\"type\":\"GIT\",\"repo\":\"r\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"abc\"}]}],"
        "\"versions\":[\"0.9\",\"1.0\",\"1.5\",\"2.0\"]}]}");

    assert_str(spans_of(*state, &record.affected.at[0]),
               "+[1.0,2.0!) +[,abc!) +[0.9,0.9] +[2.0,2.0]");
    assert_true(record.affected.at[0].spans.at[1].is_git);
    assert_int_equal(record.affected.at[0].spans.at[0].scheme, VERSION_PYPI);
}

static void osv__fills_the_record(void **state)
{
    struct catalog_record record = record_of(
        *state, catalog_from_osv,
        "{\"id\":\"GHSA-aaaa-bbbb-cccc\",\"modified\":\"2024-02-03T04:05:06Z\",\"published\":\"2024-01-01T00:00:00Z\","
        "\"withdrawn\":\"2024-03-01T00:00:00Z\",\"aliases\":[\"CVE-2024-1\",\"CVE-2024-1\"],\"upstream\":[\"U-1\"],"
        "\"related\":[\"R-1\"],\"summary\":\"s\",\"details\":\"d\","
        "\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N\"},{\"type\":\"Ubuntu\",\"score\":\"low\"}],"
        "\"affected\":[{\"package\":{\"ecosystem\":\"Ubuntu:22.04:LTS\",\"name\":\"curl\",\"purl\":\"pkg:deb/ubuntu/curl\"},"
        "\"ecosystem_specific\":{\"ubuntu_priority\":\"low\"},"
        "\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N\"}]}],"
        "\"references\":[{\"type\":\"FIX\",\"url\":\"https://a.example\"}],"
        "\"database_specific\":{\"cwe_ids\":[\"CWE-79\"],\"severity\":\"HIGH\"}}");

    assert_int_equal(record.state, CATALOG_WITHDRAWN);
    assert_str(record.origin, "GHSA");
    assert_int_equal(record.aliases.len, 1);
    assert_str(record.upstream.at[0], "U-1");
    assert_str(record.weaknesses.at[0], "CWE-79");
    assert_int_equal(record.scores.len, 1);
    assert_str(record.scores.at[0].version, "3.1");
    assert_str(record.affected.at[0].ecosystem, "Ubuntu");
    assert_str(record.affected.at[0].release, "22.04:LTS");
    assert_str(record.affected.at[0].severity, "low");
    assert_str(record.references.at[0].kind, "FIX");
    assert_int_equal(record.modified.ms, INT64_C(1706933106000));
    assert_int_equal(record.texts.len, 2);
}

/* ---- CVE 5 ---- */

#define CVE(inner)                                                                                                               \
    "{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2024-0001\",\"state\":\"PUBLISHED\"," \
    "\"assignerShortName\":\"acme\",\"dateUpdated\":\"2024-01-01T00:00:00\"},\"containers\":{" inner                             \
    "}}"

/* matching 4.5: bounds, `changes`, `*` and `0`, and what people write for "not known". */
static void cve__versions_become_spans(void **state)
{
    static const struct {
        const char *versions, *want;
    } cases[] = {
        { "{\"version\":\"1.0\",\"status\":\"affected\"}", "+[1.0,1.0]" },
        { "{\"version\":\"0\",\"lessThan\":\"2.0\",\"status\":\"affected\",\"versionType\":\"semver\"}",
          "+[,2.0!)" },
        { "{\"version\":\"1\",\"lessThanOrEqual\":\"2\",\"status\":\"unaffected\",\"versionType\":\"custom\"}",
          "-[1,2]" },
        { "{\"version\":\"3\",\"lessThan\":\"*\",\"status\":\"affected\",\"versionType\":\"custom\"}",
          "+[3,)" },
        { "{\"version\":\"2.0\",\"lessThan\":\"2.*\",\"status\":\"affected\",\"versionType\":\"semver\"}",
          "+[2.0,3)" },
        { "{\"version\":\"1.2\",\"lessThanOrEqual\":\"1.2.*\",\"status\":\"affected\",\"versionType\":\"semver\"}",
          "+[1.2,1.3)" },
        { "{\"version\":\"n/a\",\"status\":\"affected\"}", "" },
        { "{\"version\":\"*\",\"status\":\"affected\"}", "+[,)" },
        { "{\"version\":\"unspecified\",\"lessThan\":\"5\",\"status\":\"affected\",\"versionType\":\"custom\"}",
          "+[,5!)" },
        { "{\"version\":\"1.0\",\"lessThan\":\"9\",\"status\":\"affected\",\"versionType\":\"semver\",\"changes\":["
          "{\"at\":\"2.10.0\",\"status\":\"affected\"},{\"at\":\"2.9.0\",\"status\":\"unaffected\"}]}",
          "+[1.0,2.9.0!) -[2.9.0,2.10.0) +[2.10.0,9!)" },
        { "{\"version\":\"11.0.0\",\"lessThan\":\"11.0.5\",\"status\":\"affected\",\"versionType\":\"semver\",\"changes\":["
          "{\"at\":\"+security-01\",\"status\":\"unaffected\"}]}",
          "+[11.0.0,11.0.5!)" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena *arena = *state;
        struct catalog_record record = record_of(
            arena, catalog_from_cve,
            arena_z(arena,
                    arena_printf(arena,
                                 CVE("\"cna\":{\"affected\":[{\"vendor\":\"v\",\"product\":\"p\","
                                     "\"defaultStatus\":\"unaffected\",\"versions\":[%s]}]}"),
                                 cases[i].versions)));

        print_message("case: %s\n", cases[i].versions);
        assert_str(spans_of(arena, &record.affected.at[0]), cases[i].want);
    }
}

/* "eng" is what some authorities write for English: their words are English ones like all others. */
static void cve__languages_have_their_shortest_code(void **state)
{
    struct catalog_record record = record_of(
        *state, catalog_from_cve,
        CVE("\"cna\":{\"solutions\":[{\"lang\":\"eng\",\"value\":\"a\"},{\"lang\":\"en-US\",\"value\":\"b\"},"
            "{\"lang\":\"jpn\",\"value\":\"c\"},{\"lang\":\"de\",\"value\":\"d\"}]}"));
    static const char *const want[] = { "en", "en-US", "ja", "de" };

    assert_int_equal(record.texts.len, COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++)
        assert_str(record.texts.at[i].lang, want[i]);
}

/* matching 4.5: what narrows an entry narrows its CPE names too; the package URL of 5.2 names the package. */
static void cve__takes_what_narrows_an_entry(void **state)
{
    struct catalog_record record = record_of(
        *state, catalog_from_cve,
        CVE("\"cna\":{\"affected\":[{\"vendor\":\"v\",\"product\":\"p\",\"packageURL\":\"pkg:npm/p@1.0?a=b#c\","
            "\"platforms\":[\"Windows\",\"Linux\",\"Windows\"],\"modules\":[\"login\"],\"programFiles\":[\"a/b.c\",\"d.c\"],"
            "\"programRoutines\":[{\"name\":\"main\"},{},7],\"defaultStatus\":\"affected\","
            "\"cpes\":[\"cpe:2.3:a:v:p:1.0:*:*:*:*:*:*:*\"]}]}"));
    const struct affected *entry = &record.affected.at[0];

    assert_str(entry->purl, "pkg:npm/p");
    assert_int_equal(entry->platforms.len, 2);
    assert_str(entry->platforms.at[1], "Linux");
    assert_int_equal(entry->modules.len, 1);
    assert_str(entry->modules.at[0], "login");
    assert_int_equal(entry->files.len, 2);
    assert_str(entry->files.at[1], "d.c");
    assert_int_equal(entry->routines.len, 1);
    assert_str(entry->routines.at[0], "main");
    assert_int_equal(record.configurations.at[0].platforms.len, 2);
    assert_str(record.configurations.at[0].platforms.at[0], "Windows");
}

/* STD-13: a word of the maker's own scale, with who gives it; SSVC and KEV are none. */
static void cve__takes_makers_own_ratings(void **state)
{
    struct catalog_record record = record_of(
        *state, catalog_from_cve,
        CVE("\"cna\":{\"metrics\":[{\"other\":{\"type\":\"Red Hat severity rating\",\"content\":{\"value\":\"Moderate\",\"namespace\":\"n\"}}},"
            "{\"other\":{\"type\":\"Red Hat severity rating\",\"content\":{\"value\":\"Moderate\"}}},"
            "{\"other\":{\"type\":\"oio\",\"content\":{\"kjgk\":\"x\"}}},{\"other\":{\"type\":\"empty\",\"content\":{\"text\":\" \"}}}]},"
            "\"adp\":[{\"providerMetadata\":{\"shortName\":\"CISA-ADP\"},\"metrics\":["
            "{\"other\":{\"type\":\"ssvc\",\"content\":{\"text\":\"no\"}}},{\"other\":{\"type\":\"SSVCv2.0\",\"content\":{\"text\":\"no\"}}},"
            "{\"other\":{\"type\":\"kev\",\"content\":{\"text\":\"no\"}}},"
            "{\"other\":{\"type\":\"Textual description of severity\",\"content\":{\"text\":\"low\"}}}]}]"));

    assert_int_equal(record.indicators.len, 2);
    assert_str(record.indicators.at[0].by, "acme");
    assert_str(record.indicators.at[0].scale, "Red Hat severity rating");
    assert_str(record.indicators.at[0].value, "Moderate");
    assert_str(record.indicators.at[1].by, "CISA-ADP");
    assert_str(record.indicators.at[1].value, "low");
}

static void cve__takes_what_the_adp_says(void **state)
{
    struct catalog_record record = record_of(
        *state, catalog_from_cve,
        CVE("\"cna\":{\"title\":\"t\",\"descriptions\":[{\"lang\":\"en\",\"value\":\"d\"}],\"tags\":[\"disputed\"],"
            "\"affected\":[{\"packageName\":\"lodash\",\"collectionURL\":\"https://registry.npmjs.org\",\"versions\":[]}],"
            "\"problemTypes\":[{\"descriptions\":[{\"cweId\":\"CWE-79\",\"description\":\"CWE-79 XSS\"}]}],"
            "\"references\":[{\"url\":\"u\",\"tags\":[\"a\",\"b\"]}]},"
            "\"adp\":[{\"providerMetadata\":{\"shortName\":\"CISA-ADP\",\"dateUpdated\":\"2024-05-01T00:00:00.000Z\"},"
            "\"metrics\":[{\"cvssV3_1\":{\"version\":\"3.1\",\"vectorString\":\"CVSS:3.1/AV:N\",\"baseScore\":9.8}},"
            "{\"other\":{\"type\":\"ssvc\",\"content\":{\"options\":[{\"Exploitation\":\"active\"},"
            "{\"Automatable\":\"yes\"},{\"Technical Impact\":\"total\"}]}}}],"
            "\"affected\":[{\"vendor\":\"v\",\"product\":\"p\",\"defaultStatus\":\"unknown\","
            "\"cpes\":[\"cpe:2.3:a:v:p:6.3.0:*:*:*:*:*:*:*\",\"cpe:2.3:a:v:p:7:*:*:*:*:*:*:*\"],"
            "\"versions\":[{\"version\":\"6.3.0\",\"lessThanOrEqual\":\"6.3.14\",\"status\":\"affected\",\"versionType\":\"custom\"},"
            "{\"version\":\"7\",\"status\":\"affected\"}]}]}]"));

    assert_true(record.is_disputed);
    assert_str(record.affected.at[0].ecosystem, "npm");
    assert_int_equal(record.weaknesses.len, 1);
    assert_str(record.references.at[0].kind, "a,b");
    assert_str(record.ssvc.exploitation, "active");
    assert_str(record.ssvc.technical_impact, "total");
    assert_int_equal(record.scores.at[0].tenths, 98);
    assert_str(record.scores.at[0].by, "CISA-ADP");
    /* The record is as new as its newest container. */
    assert_int_equal(record.modified.ms, INT64_C(1714521600000));
    assert_int_equal(record.configurations.len, 1);
    assert_int_equal(record.configurations.at[0].nodes.at[0].criteria.len, 2);
    assert_str(record.configurations.at[0].nodes.at[0].criteria.at[0].cpe,
               "cpe:2.3:a:v:p:*:*:*:*:*:*:*:*");
    assert_str(record.configurations.at[0].nodes.at[0].criteria.at[0].to, "6.3.14");
    assert_str(record.configurations.at[0].nodes.at[0].criteria.at[1].cpe,
               "cpe:2.3:a:v:p:7:*:*:*:*:*:*:*");
    assert_int_equal(record.configurations.at[0].nodes.at[0].criteria.at[1].to.len, 0);
}

/* ---- NVD ---- */

static void nvd__keeps_configurations_as_trees(void **state)
{
    struct catalog_record record = record_of(
        *state, catalog_from_nvd,
        "{\"cve\":{\"id\":\"CVE-2021-44228\",\"sourceIdentifier\":\"security@apache.org\",\"vulnStatus\":\"Rejected\","
        "\"published\":\"2021-12-10T10:15:09.143\",\"lastModified\":\"2024-01-01T00:00:00.000\","
        "\"cveTags\":[{\"tags\":[\"disputed\"]}],"
        "\"metrics\":{\"cvssMetricV2\":[{\"source\":\"nvd@nist.gov\",\"type\":\"Primary\",\"cvssData\":{\"version\":\"2.0\","
        "\"vectorString\":\"AV:N/AC:M/Au:N/C:C/I:C/A:C\",\"baseScore\":9.3}}]},"
        "\"weaknesses\":[{\"description\":[{\"lang\":\"en\",\"value\":\"NVD-CWE-Other\"},{\"lang\":\"en\",\"value\":\"CWE-20\"}]}],"
        "\"configurations\":[{\"operator\":\"AND\",\"nodes\":[{\"operator\":\"OR\",\"negate\":false,\"cpeMatch\":["
        "{\"vulnerable\":true,\"criteria\":\"cpe:2.3:o:a:b:*:*:*:*:*:*:*:*\",\"versionStartExcluding\":\"1\","
        "\"versionEndIncluding\":\"2\",\"matchCriteriaId\":\"M\"}]},{\"operator\":\"OR\",\"negate\":true,\"cpeMatch\":["
        "{\"vulnerable\":false,\"criteria\":\"cpe:2.3:h:a:b:-:*:*:*:*:*:*:*\"}]}]}]}}");
    const struct configuration *whole = &record.configurations.at[0];

    assert_int_equal(record.state, CATALOG_REJECTED);
    assert_true(record.is_disputed);
    assert_int_equal(record.published.ms, INT64_C(1639131309143));
    assert_int_equal(record.weaknesses.len, 1);
    assert_int_equal(record.scores.at[0].tenths, 93);
    assert_true(record.scores.at[0].is_primary);
    assert_true(whole->is_and);
    assert_int_equal(whole->nodes.len, 2);
    assert_true(whole->nodes.at[1].is_negated);
    assert_false(whole->nodes.at[1].criteria.at[0].is_vulnerable);
    assert_true(whole->nodes.at[0].criteria.at[0].from_is_excluded);
    assert_true(whole->nodes.at[0].criteria.at[0].to_is_included);
    assert_str(whole->nodes.at[0].criteria.at[0].to, "2");
}

static void nvd__an_overlay_is_told_apart(void **state)
{
    struct catalog_record record = record_of(
        *state, catalog_from_nvd,
        "{\"_annotation\":{\"cve_id\":\"CVE-2024-12345\",\"modified\":\"2024-08-01T16:27:57.203000+00:00\"},"
        "\"cve\":{\"configurations\":[]}}");

    assert_true(record.is_overlay);
    assert_str(record.id, "CVE-2024-12345");
    assert_int_equal(record.modified.ms, INT64_C(1722529677203));
}

/* What is wrong is refused with what is missing; a wrong kind of value counts as none. */
static void from__refuses_what_is_no_record(void **state)
{
    static const struct {
        catalog_from *from;
        const char *text;
    } cases[] = {
        { catalog_from_nvd, "{}" },
        { catalog_from_nvd, "[]" },
        { catalog_from_nvd, "{\"cve\":{\"id\":\"CVE-1\"}}" },
        { catalog_from_nvd, "{\"cve\":{\"id\":7}}" },
        { catalog_from_nvd, "{\"cve\":{\"CVE_data_meta\":{\"ID\":\"CVE-2020-0001\"}}}" },
        { catalog_from_cve,
          "{\"cveMetadata\":{\"cveId\":\"CVE-2024-0001\",\"state\":\"PUBLISHED\"}}" },
        { catalog_from_cve, CVE("\"cna\":[]") },
        { catalog_from_cve,
          "{\"cveMetadata\":{\"cveId\":\"CVE-2024-0001\",\"state\":\"RESERVED\"},\"containers\":{\"cna\":{}}}" },
        { catalog_from_osv, "{\"id\":\"A-1\"}" },
        { catalog_from_osv, "{\"id\":\"\"}" },
        { catalog_from_osv, "{\"id\":\"a b\"}" },
        { catalog_from_osv, "{\"id\":[\"A-1\"]}" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct catalog_record record;
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].text);
        assert_false(reads(*state, cases[i].from, cases[i].text, &record, &err));
        assert_int_equal(err.code, ERR_CATALOG_RECORD);
    }
    (void)record_of(
        *state, catalog_from_osv,
        "{\"id\":\"A-1\",\"modified\":\"\",\"affected\":{\"a\":1},\"aliases\":\"x\",\"severity\":[7],\"references\":[[]]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(osv__events_become_spans, setup, teardown),
        cmocka_unit_test_setup_teardown(osv__keeps_the_versions_that_no_range_takes_in, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(osv__fills_the_record, setup, teardown),
        cmocka_unit_test_setup_teardown(cve__versions_become_spans, setup, teardown),
        cmocka_unit_test_setup_teardown(cve__languages_have_their_shortest_code, setup, teardown),
        cmocka_unit_test_setup_teardown(cve__takes_what_narrows_an_entry, setup, teardown),
        cmocka_unit_test_setup_teardown(cve__takes_makers_own_ratings, setup, teardown),
        cmocka_unit_test_setup_teardown(cve__takes_what_the_adp_says, setup, teardown),
        cmocka_unit_test_setup_teardown(nvd__keeps_configurations_as_trees, setup, teardown),
        cmocka_unit_test_setup_teardown(nvd__an_overlay_is_told_apart, setup, teardown),
        cmocka_unit_test_setup_teardown(from__refuses_what_is_no_record, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
