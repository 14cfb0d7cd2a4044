#include "faces/api/nvd/parameters.h"

#include "base/testing.h"
#include "faces/api/nvd/nvd.h"
#include "faces/http/url.h"

static struct nvd_asked asked(enum nvd_interface interface, const char *query, struct arena *arena)
{
    struct fields fields;
    struct nvd_asked out;
    struct err err = { 0 };

    assert_true(url_fields(str_from_z(query), arena, &fields, &err));
    nvd_parameters(interface, &fields, arena, &out);
    return out;
}

/* API-05: without parameters everything is asked for, as many as a page may have. */
static void nvd_parameters__have_the_defaults_of_the_real_service(void **state)
{
    static const struct {
        enum nvd_interface interface;
        size_t limit;
    } cases[] = { { NVD_CVES, 2000 },
                  { NVD_CHANGES, 5000 },
                  { NVD_CPES, 10000 },
                  { NVD_MATCHES, 500 },
                  { NVD_SOURCES, 1000 } };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct nvd_asked out = asked(cases[i].interface, "", arena);

        print_message("case: %zu\n", i);
        assert_int_equal(out.why.len, 0);
        assert_int_equal(out.cves.limit, cases[i].limit);
        assert_int_equal(out.cves.offset, 0);
    }
}

static void nvd_parameters__are_read(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct nvd_asked out;
    (void)state;

    out = asked(
        NVD_CVES,
        "virtualMatchString=cpe:2.3:a:apache:http_server&versionStart=2.0&versionStartType=excluding&"
        "versionEnd=2.1&versionEndType=including&hasKev&noRejected=&cvssV3Severity=high&"
        "cvssV3Metrics=CVSS:3.1/AV:N&keywordSearch=denial+of&keywordExactMatch&startIndex=7&resultsPerPage=0",
        arena);
    assert_int_equal(out.why.len, 0);
    assert_true(out.cves.name.is_set && !out.cves.name.is_vulnerable);
    assert_true(out.cves.name.from_is_excluded && out.cves.name.to_is_included);
    assert_true(str_eq(out.cves.name.cpe.field[CPE_PRODUCT], STR("http_server")));
    assert_true(cpe_is_any(out.cves.name.cpe.field[CPE_VERSION]));
    assert_true(out.cves.is_kev && out.cves.no_rejected && out.cves.is_phrase);
    assert_int_equal(out.cves.severities[NVD_V3], FACT_V3_NONE << 3);
    assert_true(str_eq(out.cves.vectors[NVD_V3], STR("AV:N")));
    assert_true(str_eq(out.cves.words, STR("denial of")));
    assert_int_equal(out.cves.offset, 7);
    assert_int_equal(out.cves.limit, 0);
}

/* With a zone, without (then UTC), and with a '+' that a client forgot to quote. */
static void nvd_parameters__know_times(void **state)
{
    static const struct {
        const char *from;
        int64_t ms;
    } cases[] = { { "2021-08-04T00:00:00.000", INT64_C(1628035200000) },
                  { "2021-08-04T00:00:00Z", INT64_C(1628035200000) },
                  { "2021-08-04T00:00", INT64_C(1628035200000) },
                  { "2021-08-04T09:00:00.000%2B09:00", INT64_C(1628035200000) },
                  { "2021-08-04T09:00:00.000+09:00", INT64_C(1628035200000) },
                  { "2021-08-03T19:00:00.000-05:00", INT64_C(1628035200000) } };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str query = arena_printf(
            arena, "lastModStartDate=%s&lastModEndDate=2021-09-01T00:00:00.000", cases[i].from);
        struct nvd_asked out = asked(NVD_CVES, arena_z(arena, query), arena);

        print_message("case: %s\n", cases[i].from);
        assert_int_equal(out.why.len, 0);
        assert_int_equal(out.cves.modified.from.ms, cases[i].ms);
    }
}

/* Whatever is wrong is named, and nothing is guessed. */
static void nvd_parameters__say_what_is_wrong(void **state)
{
    static const struct {
        enum nvd_interface interface;
        const char *query, *why;
    } cases[] = {
        { NVD_CVES, "nothing=1", "Unknown parameter: nothing." },
        { NVD_CVES, "cpeNameId=87316812-5F2C-4286-94FE-CC98B9EAEF53",
          "Unknown parameter: cpeNameId." },
        { NVD_CVES, "resultsPerPage=2001", "resultsPerPage parameter cannot exceed 2000." },
        { NVD_MATCHES, "resultsPerPage=501", "resultsPerPage parameter cannot exceed 500." },
        { NVD_CVES, "cveId=CVE-1", "Invalid cveId parameter." },
        { NVD_CVES, "hasOval=yes", "Invalid hasOval parameter." },
        { NVD_CVES, "cvssV2Severity=CRITICAL", "Invalid cvssV2Severity parameter." },
        { NVD_CVES, "pubStartDate=2021-08-04T00:00:00.000",
          "pubStartDate and pubEndDate must both be there." },
        { NVD_CVES,
          "lastModStartDate=2021-01-01T00:00:00.000&lastModEndDate=2021-05-02T00:00:00.000",
          "lastModEndDate must be at most 120 days behind lastModStartDate." },
        { NVD_CVES, "isVulnerable", "isVulnerable goes with cpeName." },
        { NVD_CVES, "keywordExactMatch", "keywordExactMatch goes with keywordSearch." },
        { NVD_CVES, "cpeName=cpe:2.3:a:b", "cpeName must tell part, vendor, product and version." },
        { NVD_CVES, "cpeName=x", "Invalid cpeName parameter." },
        { NVD_CVES, "virtualMatchString=cpe:2.3:a", "The match string must tell the vendor." },
        { NVD_CVES, "versionStart=1", "versionStart and versionStartType go together." },
        { NVD_CVES, "versionEnd=1&versionEndType=excluding",
          "versionStart and versionEnd go with virtualMatchString." },
        { NVD_CHANGES, "eventName=Nothing", "Invalid eventName parameter." },
        { NVD_CPES, "matchCriteriaId=1", "Invalid matchCriteriaId parameter." },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct nvd_asked out = asked(cases[i].interface, cases[i].query, arena);

        print_message("case: %s\n", cases[i].query);
        assert_string_equal(arena_z(arena, out.why), cases[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nvd_parameters__have_the_defaults_of_the_real_service),
        cmocka_unit_test(nvd_parameters__are_read),
        cmocka_unit_test(nvd_parameters__know_times),
        cmocka_unit_test(nvd_parameters__say_what_is_wrong),
    };

    return cmocka_run_group_tests_name("nvd_parameters", tests, NULL, NULL);
}
