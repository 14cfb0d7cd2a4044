#include "formats/csaf/csaf.h"
#include "formats/csaf/csaf_check.h"
#include "formats/testing.h"

static struct utc at(const char *text)
{
    struct err err = { 0 };
    struct utc t;

    assert_true(utc_parse(str_from_z(text), &t, &err));
    return t;
}

static struct csaf_texts texts(struct arena *arena, const char *a, const char *b)
{
    struct csaf_texts list = { 0 };

    if (a)
        VEC_PUSH(arena, &list, str_from_z(a));
    if (b)
        VEC_PUSH(arena, &list, str_from_z(b));
    return list;
}

static struct csaf_vulnerability vulnerability(struct arena *arena)
{
    struct csaf_vulnerability v = {
        .cve = STR("CVE-2026-41234"),
        .title = STR("OS command injection"),
        .cwe_id = STR("CWE-78"),
        .cwe_name = STR("Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')"),
        .release_date = at("2026-11-21T13:00:00+09:00"),
        .status = {
            .known_affected = texts(arena, "P1", NULL),
            .known_not_affected = texts(arena, "P4", NULL),
            .fixed = texts(arena, "P2", NULL),
            .recommended = texts(arena, "P2", NULL),
            .under_investigation = texts(arena, "P3", NULL),
        },
    };

    VEC_PUSH(arena, &v.ids, (struct csaf_id){ STR("NRS"), STR("NRS#48213075") });
    VEC_PUSH(arena, &v.notes,
             (struct csaf_note){ STR("description"), STR("Overview"),
                                 STR("A user of the network can run \"any\" command.\n狼煙"),
                                 STR_NONE });
    VEC_PUSH(arena, &v.scores,
             (struct csaf_score){ STR("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
                                  texts(arena, "P1", NULL) });
    VEC_PUSH(arena, &v.scores,
             (struct csaf_score){ STR("AV:N/AC:L/Au:N/C:P/I:P/A:P"), texts(arena, "P1", NULL) });
    VEC_PUSH(arena, &v.remediations,
             (struct csaf_remediation){ STR("vendor_fix"), STR("Update to 2.1.4."),
                                        STR("https://vendor.example/update"),
                                        at("2026-11-20T00:00:00Z"), texts(arena, "P1", NULL) });
    VEC_PUSH(
        arena, &v.threats,
        (struct csaf_threat){
            STR("exploit_status"), STR("No attack is known."), { 0 }, texts(arena, "P1", NULL) });
    VEC_PUSH(
        arena, &v.flags,
        (struct csaf_flag){ STR("vulnerable_code_not_present"), { 0 }, texts(arena, "P4", NULL) });
    VEC_PUSH(arena, &v.involvements,
             (struct csaf_involvement){ STR("vendor"), STR("completed"), STR_NONE,
                                        at("2026-11-20T00:00:00Z") });
    VEC_PUSH(arena, &v.references,
             (struct csaf_reference){ STR("external"), STR("The record"),
                                      STR("https://www.cve.org/CVERecord?id=CVE-2026-41234") });
    return v;
}

static struct csaf_document advisory(struct arena *arena)
{
    struct csaf_document d = {
        .category = STR("csaf_security_advisory"),
        .title = STR("Example Router におけるOSコマンドインジェクションの脆弱性"),
        .lang = STR("ja"),
        .tlp = STR("WHITE"),
        .publisher = { STR("coordinator"), STR("Noroshi"), STR("https://noroshi.example"), STR("desk@noroshi.example"), STR_NONE },
        .tracking = {
            .id = STR("NRS#48213075"), .status = STR("final"), .version = STR("2"),
            .initial_release_date = at("2026-11-21T04:00:00Z"), .current_release_date = at("2026-11-22T04:00:00Z"),
            .generator_name = STR("noroshi"), .generator_version = STR("0.1.0"),
        },
    };
    struct csaf_acknowledgment thanks = { .names = texts(arena, "山田 太郎", NULL),
                                          .organization = STR("Example Lab"),
                                          .summary = STR("for the report") };

    VEC_PUSH(arena, &d.tracking.revision_history,
             (struct csaf_revision){ at("2026-11-21T04:00:00Z"), STR("1"), STR("first") });
    VEC_PUSH(
        arena, &d.tracking.revision_history,
        (struct csaf_revision){ at("2026-11-22T04:00:00Z"), STR("2"), STR("status of a vendor") });
    VEC_PUSH(
        arena, &d.notes,
        (struct csaf_note){ STR("summary"), STR("Summary"), STR("An update is there."), STR_NONE });
    VEC_PUSH(arena, &d.references,
             (struct csaf_reference){ STR("self"), STR("NRS#48213075"),
                                      STR("https://noroshi.example/advisories/NRS48213075") });
    VEC_PUSH(arena, &d.acknowledgments, thanks);
    VEC_PUSH(arena, &d.products,
             (struct csaf_product){ STR("Example"), STR("Router"), STR("<2.1.4"), true,
                                    STR("Example Router before 2.1.4"), STR("P1"), STR_NONE,
                                    STR_NONE });
    VEC_PUSH(arena, &d.products,
             (struct csaf_product){ STR("Other"), STR("Switch"), STR_NONE, false,
                                    STR("Other Switch"), STR("P3"), STR_NONE, STR_NONE });
    VEC_PUSH(arena, &d.products,
             (struct csaf_product){ STR("Example"), STR("Router"), STR("2.1.4"), false,
                                    STR("Example Router 2.1.4"), STR("P2"),
                                    STR("cpe:2.3:o:example:router:2.1.4:*:*:*:*:*:*:*"),
                                    STR("pkg:generic/router@2.1.4") });
    VEC_PUSH(arena, &d.products,
             (struct csaf_product){ STR("Example"), STR("Router"), STR_NONE, false,
                                    STR("Example Router Lite"), STR("P4"), STR_NONE, STR_NONE });
    VEC_PUSH(arena, &d.vulnerabilities, vulnerability(arena));
    return d;
}

static struct str written(struct arena *arena, const struct csaf_document *document)
{
    struct buf buf = buf_new(arena, 1 << 20);
    struct err err = { 0 };
    struct str text;

    assert_true(csaf_write(document, &buf, &err));
    assert_true(buf_done(&buf, &text, &err));
    return text;
}

/* API-05: what we write has the reviewed shape and passes every test that is carried out. */
static void csaf_write__writes_a_valid_document(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct csaf_document document = advisory(arena);
    struct str text = written(arena, &document);
    struct csaf_result result;
    struct err err = { 0 };
    struct json json;
    (void)state;

    testing_golden(arena, TESTING_HERE, "advisory.json", text);
    assert_true(json_read(text, arena, &json, &err));
    csaf_check(json, arena, &result);
    for (size_t i = 0; i < result.findings.len; i++)
        print_message("%.*s %.*s\n", STR_ARG(result.findings.at[i].test),
                      STR_ARG(result.findings.at[i].pointer));
    assert_int_equal(result.findings.len, 0);
    assert_int_equal(result.not_checked.len, 0);
}

/* A VEX document of the same facts needs a reason for each product that is not affected; one is there. */
static void csaf_write__writes_a_valid_vex_document(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct csaf_document document = advisory(arena);
    struct csaf_result result;
    struct err err = { 0 };
    struct json json;
    (void)state;

    document.category = STR("csaf_vex");
    assert_true(json_read(written(arena, &document), arena, &json, &err));
    csaf_check(json, arena, &result);
    assert_int_equal(result.findings.len, 0);

    document.vulnerabilities.at[0].flags.len = 0;
    assert_true(json_read(written(arena, &document), arena, &json, &err));
    csaf_check(json, arena, &result);
    assert_int_equal(result.findings.len, 1);
    assert_true(str_eq(result.findings.at[0].test, STR("6.1.27.9")));
    assert_true(str_eq(result.findings.at[0].pointer,
                       STR("/vulnerabilities/0/product_status/known_not_affected/0")));
}

static void csaf_write__refuses_scores_csaf_has_no_place_for(void **state)
{
    static const struct {
        const char *vector;
        enum err_code code;
    } cases[] = {
        { "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", ERR_CSAF_INVALID },
        { "CVSS:3.1/AV:N", ERR_CVSS_SYNTAX },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    struct csaf_document document = advisory(arena);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf buf = buf_new(arena, 1 << 20);
        struct err err = { 0 };

        document.vulnerabilities.at[0].scores.at[1].vector = str_from_z(cases[i].vector);
        assert_false(csaf_write(&document, &buf, &err));
        assert_int_equal(err.code, cases[i].code);
    }
}

static void csaf_file_name__is_that_of_section_5_1(void **state)
{
    static const char *const cases[][2] = {
        { "NRS#48213075", "nrs_48213075.json" },
        { "OASIS_CSAF_TC-CSAF_2.0-2021-5-1-11", "oasis_csaf_tc-csaf_2_0-2021-5-1-11.json" },
        { "a #/..\\b+C", "a_b+c.json" },
        { "狼煙", "_.json" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(arena_z(arena, csaf_file_name(str_from_z(cases[i][0]), arena)),
                            cases[i][1]);
}

static struct csaf_entries entries(struct arena *arena)
{
    struct csaf_entries list = { 0 };

    VEC_PUSH(arena, &list,
             (struct csaf_entry){ STR("NRS#1"), STR("One"), STR("An update is there."),
                                  STR("2026/nrs_1.json"),
                                  STR("https://noroshi.example/csaf/white/2026/nrs_1.json"),
                                  at("2026-11-20T00:00:00Z"), at("2026-11-20T00:00:00Z") });
    VEC_PUSH(arena, &list,
             (struct csaf_entry){ STR("NRS#2"), STR("二"), STR_NONE, STR("2026/nrs_2.json"),
                                  STR("https://noroshi.example/csaf/white/2026/nrs_2.json"),
                                  at("2026-11-21T00:00:00Z"), at("2026-11-22T00:00:00Z") });
    return list;
}

static void csaf_provider__lists_what_there_is(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct buf index = buf_new(arena, 4096), changes = buf_new(arena, 4096),
               feed = buf_new(arena, 1 << 16), metadata = buf_new(arena, 1 << 16);
    struct csaf_entries list = entries(arena);
    struct csaf_feed rolie = { STR("noroshi-white"),
                               STR("Noroshi (TLP:WHITE)"),
                               STR("https://noroshi.example/csaf/white/feed.json"),
                               at("2026-11-22T00:00:00Z"),
                               true,
                               true,
                               true,
                               list };
    struct csaf_provider provider = {
        .canonical_url = STR("https://noroshi.example/.well-known/csaf/provider-metadata.json"),
        .role = STR("csaf_trusted_provider"),
        .last_updated = at("2026-11-22T00:00:00Z"),
        .may_be_listed = true,
        .may_be_mirrored = true,
        .publisher = { STR("coordinator"), STR("Noroshi"), STR("https://noroshi.example"), STR_NONE,
                       STR_NONE },
    };
    (void)state;

    csaf_write_index(&list, &index);
    assert_string_equal(arena_z(arena, buf_str(&index)), "2026/nrs_1.json\n2026/nrs_2.json\n");
    csaf_write_changes(&list, arena, &changes);
    assert_string_equal(
        arena_z(arena, buf_str(&changes)),
        "\"2026/nrs_2.json\",\"2026-11-22T00:00:00Z\"\n\"2026/nrs_1.json\",\"2026-11-20T00:00:00Z\"\n");
    csaf_write_feed(&rolie, &feed);
    testing_golden(arena, TESTING_HERE, "feed.json", buf_str(&feed));
    VEC_PUSH(arena, &provider.feeds,
             (struct csaf_provider_feed){ STR("All advisories"), STR("WHITE"),
                                          STR("https://noroshi.example/csaf/white/feed.json") });
    VEC_PUSH(arena, &provider.keys,
             (struct csaf_key){ STR("8F5F267907B2C4559DB360DB2294BA7D2B2298B1"),
                                STR("https://noroshi.example/csaf/openpgp.asc") });
    provider.directory_urls = texts(arena, "https://noroshi.example/csaf/white/", NULL);
    csaf_write_provider(&provider, &metadata);
    testing_golden(arena, TESTING_HERE, "provider-metadata.json", buf_str(&metadata));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csaf_write__writes_a_valid_document),
        cmocka_unit_test(csaf_write__writes_a_valid_vex_document),
        cmocka_unit_test(csaf_write__refuses_scores_csaf_has_no_place_for),
        cmocka_unit_test(csaf_file_name__is_that_of_section_5_1),
        cmocka_unit_test(csaf_provider__lists_what_there_is),
    };

    return cmocka_run_group_tests_name("csaf", tests, NULL, NULL);
}
