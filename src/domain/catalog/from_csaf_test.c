#include "domain/catalog/from.h"

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

static bool reads(struct arena *arena, const char *text, struct catalog_records *out,
                  struct err *err)
{
    struct json json;

    if (!json_read(str_from_z(text), arena, &json, err))
        fail_msg("%s", err->subject);
    return catalog_from_csaf(json, arena, out, err);
}

static struct catalog_records records_of(struct arena *arena, const char *text)
{
    struct catalog_records records;
    struct err err = { 0 };

    if (!reads(arena, text, &records, &err))
        fail_msg("%s", err.subject);
    return records;
}

static struct str spans_of(struct arena *arena, const struct affected *affected)
{
    struct buf buf = buf_new(arena, 1 << 16);

    for (size_t i = 0; i < affected->spans.len; i++) {
        const struct span *span = &affected->spans.at[i];

        buf_printf(&buf, "%s%c%s%.*s,%.*s%s", i > 0 ? " " : "", "+-?"[span->status],
                   span -> from_is_excluded ? "(" : "[", STR_ARG(span->from), STR_ARG(span->to),
                   span->to_is_included ? "]" : ")");
    }
    return buf_str(&buf);
}

#define ABOUT(version) ABOUT_OF("csaf_security_advisory", version)
#define ABOUT_OF(category, version)                                                                             \
    "\"document\":{\"csaf_version\":\"" version "\",\"category\":\"" category                                   \
    "\",\"lang\":\"en-US\",\"title\":\"T\","                                                                    \
    "\"publisher\":{\"name\":\"Acme\"},\"references\":[{\"category\":\"self\",\"url\":\"https://a.example\"}]," \
    "\"tracking\":{\"id\":\"ACME 1\",\"status\":\"interim\",\"initial_release_date\":\"2024-01-01T00:00:00Z\"," \
    "\"current_release_date\":\"2024-02-01T00:00:00Z\"}}"

#define BRANCH(category, name, id)                    \
    "{\"category\":\"" category "\",\"name\":\"" name \
    "\",\"product\":{\"name\":\"full\",\"product_id\":\"" id "\"}}"

static void csaf__versions_become_spans(void **state)
{
    static const struct {
        const char *status, *want;
    } cases[] = {
        { "\"known_affected\":[\"V1\"]", "+[1.0,1.0]" },
        { "\"known_affected\":[\"V1\"],\"fixed\":[\"V2\"]", "-[2.0,2.0] +[1.0,1.0]" },
        { "\"known_affected\":[\"R\"],\"first_fixed\":[\"V2\"]", "-[2.0,2.0] +[,2.0)" },
        { "\"last_affected\":[\"V1\"],\"known_not_affected\":[\"V2\"]", "-[2.0,2.0] +[,1.0]" },
        { "\"under_investigation\":[\"V1\"],\"recommended\":[\"V2\"]", "?[1.0,1.0]" },
        { "\"known_affected\":[\"VERS\"]", "?[1.5,1.5] +[1.0,2.0) +[3.0,)" },
        { "\"known_affected\":[\"WORDS\"]", "?[some of them,some of them]" },
        { "\"known_affected\":[\"ALL\"]", "+[,)" },
        { "\"known_affected\":[\"SP\"]", "+[2022H2,2022H2]" },
        { "\"known_affected\":[\"nowhere\"]", "" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena *arena = *state;
        struct catalog_records records = records_of(
            arena,
            arena_z(
                arena,
                arena_printf(
                    arena,
                    "{" ABOUT(
                        "2.0") ",\"product_tree\":{\"branches\":[{\"category\":\"vendor\",\"name\":\"Acme\",\"branches\":["
                               "{\"category\":\"product_name\",\"name\":\"Router\",\"branches\":[" BRANCH("product_version", "1.0", "V1") "," BRANCH(
                                   "product_version", "2.0",
                                   "V2") "," BRANCH("product_version", "2022H2",
                                                    "SP") "," BRANCH("product_version_range",
                                                                     "<2.0",
                                                                     "R") "," BRANCH("product_version_range",
                                                                                     "vers:generic/>=1.0|!=1.5|<2.0|>=3.0",
                                                                                     "VERS") "," BRANCH("product_version_range",
                                                                                                        "some of them",
                                                                                                        "WORDS") "," BRANCH("product_version_range",
                                                                                                                            "all versions",
                                                                                                                            "ALL") "]}]}]},\"vulnerabilities\":[{\"cve\":\"CVE-2024-0001\",\"product_status\":{%s}}]}",
                    cases[i].status)));
        const struct catalog_record *record = &records.at[0];

        print_message("case: %s\n", cases[i].status);
        if (!cases[i].want[0]) {
            assert_int_equal(record->affected.len, 0);
            continue;
        }
        assert_int_equal(record->affected.len, 1);
        assert_str(spans_of(arena, &record->affected.at[0]), cases[i].want);
        assert_str(record->affected.at[0].vendor, "Acme");
        assert_str(record->affected.at[0].product, "Router");
        assert_int_equal(record->affected.at[0].default_status, SPAN_UNKNOWN);
    }
}

/* Package URLs and CPE names; what stands on what. */
static void csaf__products_keep_their_names(void **state)
{
    struct catalog_records records = records_of(
        *state,
        "{" ABOUT(
            "2.0") ",\"product_tree\":{\"full_product_names\":["
                   "{\"product_id\":\"P\",\"name\":\"openssl\",\"product_identification_helper\":{\"purl\":\"pkg:rpm/redhat/openssl@3.0.1-2.el9?arch=x86_64&epoch=1\"}},"
                   "{\"product_id\":\"C\",\"name\":\"Router 7\",\"product_identification_helper\":{\"cpe\":\"cpe:2.3:h:acme:router:7:*:*:*:*:*:*:*\"}},"
                   "{\"product_id\":\"OS\",\"name\":\"Enterprise Linux 9\"}],\"relationships\":[{\"category\":\"default_component_of\","
                   "\"product_reference\":\"P\",\"relates_to_product_reference\":\"OS\",\"full_product_name\":{\"product_id\":\"OS:P\",\"name\":\"both\"}}]},"
                   "\"vulnerabilities\":[{\"product_status\":{\"known_affected\":[\"C\"],\"fixed\":[\"OS:P\"]}}]}");
    const struct catalog_record *record = &records.at[0];

    assert_int_equal(record->affected.len, 2);
    assert_str(record->affected.at[0].product, "Router 7");
    assert_str(record->affected.at[1].purl, "pkg:rpm/redhat/openssl");
    assert_str(record->affected.at[1].platforms.at[0], "Enterprise Linux 9");
    assert_str(spans_of(*state, &record->affected.at[1]), "-[1:3.0.1-2.el9,1:3.0.1-2.el9]");
    assert_int_equal(record->affected.at[1].spans.at[0].scheme, VERSION_RPM);
    assert_int_equal(record->configurations.len, 1);
    assert_str(record->configurations.at[0].nodes.at[0].criteria.at[0].cpe,
               "cpe:2.3:h:acme:router:7:*:*:*:*:*:*:*");
}

static void csaf__fills_a_record_for_each_vulnerability(void **state)
{
    struct catalog_records records = records_of(
        *state,
        "{" ABOUT(
            "2.1") ",\"vulnerabilities\":[{\"cve\":\"CVE-2024-0001\",\"title\":\"t\",\"cwes\":[{\"id\":\"CWE-79\"}],"
                   "\"ids\":[{\"system_name\":\"GitHub\",\"text\":\"GHSA-aaaa-bbbb-cccc\"},{\"system_name\":\"Bug\",\"text\":\"#7\"}],"
                   "\"notes\":[{\"category\":\"description\",\"text\":\"d\"},{\"category\":\"faq\",\"text\":\"no\"}],"
                   "\"threats\":[{\"category\":\"impact\",\"details\":\"i\"}],"
                   "\"remediations\":[{\"category\":\"vendor_fix\",\"details\":\"f\",\"url\":\"https://fix.example\"},"
                   "{\"category\":\"workaround\",\"details\":\"w\"}],"
                   "\"metrics\":[{\"content\":{\"cvss_v3\":{\"version\":\"3.1\",\"baseScore\":9.8,\"vectorString\":\"CVSS:3.1/AV:N\"}}},"
                   "{\"content\":{\"cvss_v3\":{\"version\":\"3.1\",\"baseScore\":9.8,\"vectorString\":\"CVSS:3.1/AV:N\"}}}]},"
                   "{\"cwe\":{\"id\":\"CWE-20\",\"name\":\"n\"}}]}");
    const struct catalog_record *record = &records.at[0];

    assert_int_equal(records.len, 2);
    assert_str(record->id, "ACME_1/CVE-2024-0001");
    assert_str(record->origin, "Acme");
    assert_str(record->status, "interim");
    assert_int_equal(record->published.ms, INT64_C(1704067200000));
    assert_int_equal(record->modified.ms, INT64_C(1706745600000));
    assert_int_equal(record->aliases.len, 2);
    assert_str(record->related.at[0], "#7");
    assert_str(record->weaknesses.at[0], "CWE-79");
    assert_int_equal(record->texts.len, 5);
    assert_str(record->texts.at[1].text, "d");
    assert_str(record->texts.at[1].lang, "en");
    assert_int_equal(record->texts.at[3].kind, TEXT_COUNTERMEASURE);
    assert_int_equal(record->texts.at[4].kind, TEXT_WORKAROUND);
    assert_int_equal(record->scores.len, 1);
    assert_int_equal(record->scores.at[0].tenths, 98);
    assert_int_equal(record->references.len, 2);
    assert_str(records.at[1].id, "ACME_1/2");
    assert_str(records.at[1].texts.at[0].text, "T");
    assert_str(records.at[1].weaknesses.at[0], "CWE-20");
}

/* CSAF 4.5: "impact" in a VEX document justifies known_not_affected. */
static void csaf__a_justification_is_no_impact(void **state)
{
    struct catalog_records records = records_of(
        *state,
        "{" ABOUT_OF(
            "csaf_vex",
            "2.0") ",\"vulnerabilities\":[{\"cve\":\"CVE-2024-0001\","
                   "\"threats\":[{\"category\":\"impact\",\"details\":\"The class is not there.\"}]}]}");

    for (size_t i = 0; i < records.at[0].texts.len; i++)
        assert_int_not_equal(records.at[0].texts.at[i].kind, TEXT_IMPACT);
}

static void csaf__refuses_what_is_none(void **state)
{
    static const char *const wrong[] = {
        "{}", "{\"document\":{\"csaf_version\":\"1.2\",\"tracking\":{\"id\":\"A\"}}}",
        "{\"document\":{\"csaf_version\":\"2.0\",\"tracking\":{\"id\":\"\"}}}",
        "{\"document\":{\"csaf_version\":\"2.0\",\"tracking\":{\"id\":7}}}",
        "{" ABOUT("2.0") ",\"vulnerabilities\":[[]]}"
    };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct catalog_records records;
        struct err err = { 0 };

        print_message("case: %s\n", wrong[i]);
        assert_false(reads(*state, wrong[i], &records, &err));
        assert_int_equal(err.code, ERR_CATALOG_RECORD);
    }
    assert_int_equal(
        records_of(
            *state,
            "{" ABOUT(
                "2.0") ",\"product_tree\":7,\"vulnerabilities\":[{\"notes\":{},\"product_status\":[1]}]}")
            .len,
        1);
}

/* STD-13: the document's own word for all of it, and a vulnerability's where it is one. A sentence about impact is none. */
static void csaf__takes_makers_own_ratings(void **state)
{
    struct catalog_records records = records_of(
        *state,
        "{\"document\":{\"csaf_version\":\"2.0\",\"category\":\"csaf_security_advisory\",\"title\":\"T\",\"publisher\":{\"name\":\"Acme\"},"
        "\"aggregate_severity\":{\"namespace\":\"https://acme.example/scale\",\"text\":\"Important\"},\"tracking\":{\"id\":\"A-1\"}},\"vulnerabilities\":["
        "{\"threats\":[{\"category\":\"impact\",\"details\":\"Moderate\"},{\"category\":\"impact\",\"details\":\"Files may be read.\"},"
        "{\"category\":\"exploit_status\",\"details\":\"None\"}]},{}]}");

    assert_int_equal(records.len, 2);
    assert_int_equal(records.at[0].indicators.len, 2);
    assert_str(records.at[0].indicators.at[0].by, "Acme");
    assert_str(records.at[0].indicators.at[0].scale, "https://acme.example/scale");
    assert_str(records.at[0].indicators.at[0].value, "Important");
    assert_str(records.at[0].indicators.at[1].value, "Moderate");
    assert_int_equal(records.at[1].indicators.len, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(csaf__versions_become_spans, setup, teardown),
        cmocka_unit_test_setup_teardown(csaf__products_keep_their_names, setup, teardown),
        cmocka_unit_test_setup_teardown(csaf__fills_a_record_for_each_vulnerability, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(csaf__takes_makers_own_ratings, setup, teardown),
        cmocka_unit_test_setup_teardown(csaf__a_justification_is_no_impact, setup, teardown),
        cmocka_unit_test_setup_teardown(csaf__refuses_what_is_none, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
