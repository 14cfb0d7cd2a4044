#include "domain/triage/report_testing.h"
#include "formats/csaf/csaf_check.h"
#include "formats/testing.h"

/* Golden files lie beside this test; testing_root is for formats alone. */
#define HERE_FOLDER testing_folder(__FILE__)

static const struct report_author author = { STR_INIT("Example Shop CSIRT"),
                                             STR_INIT("https://shop.example") };

static struct str done(struct buf *buf)
{
    struct err err = { 0 };
    struct str out = STR_NONE;

    assert_true(buf_done(buf, &out, &err));
    return out;
}

/* USR-31: what is certain, what may be and what somebody has set aside stand apart, each by urgency. */
static void report__puts_findings_in_order(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const struct report *report = &sample_new(arena)->report;
    static const char *const open[] = { "CVE-2026-1001", "CVE-2026-1002", "CVE-2026-2003" };
    (void)state;

    assert_int_equal(report->open.len, COUNT(open));
    for (size_t i = 0; i < COUNT(open); i++)
        assert_true(str_eq_z(report->findings->at[report->open.at[i]].id, open[i]));
    assert_int_equal(report->possible.len, 2);
    assert_int_equal(report->suppressed.len, 2);
    assert_int_equal(report->counts.components, 2);
    assert_int_equal(report->counts.by_severity[CVSS_CRITICAL], 1);
    assert_int_equal(report->counts.by_severity[CVSS_HIGH], 1);
    assert_int_equal(report->counts.by_severity[CVSS_MEDIUM], 1);
    assert_int_equal(report->counts.in_kev, 1);
    assert_int_equal(report->unnamed, 1);
    assert_int_equal(report->conditions.at[0].met, 1);
    assert_int_equal(report->conditions.at[1].met, 1);
    assert_int_equal(report->conditions.at[2].met, 0);
    assert_true(report_fails(report));
}

/* Packages of one source stand together, what they share once; others stay by themselves. */
static void report_groups__follow_the_source(void **state)
{
    static const char *const names[] = { "libgrpc++1.51", "libgrpc29", "other" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct sample sample = { .arena = arena };
    struct report report = { .inventory = &sample.inventory, .findings = &sample.findings };
    struct report_places places = { 0 };
    struct report_groups groups;
    (void)state;

    for (size_t i = 0; i < COUNT(names); i++) {
        sample_component(&sample, names[i], "1.51.1-3+b1", "", "");
        sample_finding(&sample, i, "CVE-2026-1", "", "");
        VEC_PUSH(arena, &places, i);
    }
    for (size_t i = 0; i < 2; i++)
        sample.inventory.components.at[i].source =
            (struct source_package){ STR("grpc"), STR("1.51.1-3") };
    groups = report_groups(&report, &places, arena);
    assert_int_equal(groups.len, 2);
    assert_int_equal(groups.at[0].components.len, 2);
    assert_int_equal(groups.at[0].findings.len, 1);
    assert_true(str_eq_z(report_group_name(&report, &groups.at[0], arena), "grpc 1.51.1-3"));
    assert_true(
        str_eq_z(report_group_members(&report, &groups.at[0], arena), "libgrpc++1.51, libgrpc29"));
    assert_true(str_eq_z(report_group_name(&report, &groups.at[1], arena), "other 1.51.1-3+b1"));
}

/* One package in two places is one update. */
static void report_groups__put_one_package_once(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct sample sample = { .arena = arena };
    struct report report = { .inventory = &sample.inventory, .findings = &sample.findings };
    struct report_places places = { 0 };
    struct report_groups groups;
    (void)state;

    for (size_t i = 0; i < 3; i++) {
        sample_component(&sample, "leftpad", i < 2 ? "1.0" : "2.0", "", "");
        sample.inventory.components.at[i].purl =
            i < 2 ? STR("pkg:npm/leftpad@1.0") : STR("pkg:npm/leftpad@2.0");
        sample_finding(&sample, i, "CVE-2026-1", "", "");
        VEC_PUSH(arena, &places, i);
    }
    groups = report_groups(&report, &places, arena);
    assert_int_equal(groups.len, 2);
    assert_int_equal(groups.at[0].findings.len, 1);
    assert_true(str_eq_z(report_group_name(&report, &groups.at[0], arena), "leftpad 1.0"));
    assert_true(
        str_eq_z(report_group_members(&report, &groups.at[0], arena), "pkg:npm/leftpad@1.0 ×2"));
    assert_true(
        str_eq_z(report_group_members(&report, &groups.at[1], arena), "pkg:npm/leftpad@2.0"));
}

static void report__is_written_for_programs(void **state)
{
    static const struct {
        const char *file;
        void (*write)(const struct report *report, struct arena *arena, struct buf *buf);
    } plain[] = { { "scan.json", report_to_json }, { "scan.sarif", report_to_sarif } };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const struct report *report = &sample_new(arena)->report;
    (void)state;

    for (size_t i = 0; i < COUNT(plain); i++) {
        struct buf buf = buf_new(arena, 1 << 20);

        plain[i].write(report, arena, &buf);
        testing_golden(arena, HERE_FOLDER, plain[i].file, done(&buf));
    }
}

/* PSR-21: three kinds of VEX say the same of each finding, and say it again when they are read. */
static void report__is_written_as_vex_and_read_again(void **state)
{
    static const char *const files[] = { "scan.openvex.json", "scan.cdx.json", "scan.csaf.json" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct sample *sample = sample_new(arena);
    const struct report *report = &sample->report;
    struct err err = { 0 };
    (void)state;

    for (size_t i = 0; i < COUNT(files); i++) {
        struct buf buf = buf_new(arena, 1 << 20), bytes = buf_new(arena, 1 << 20);
        struct vex vex, again;
        struct str text;

        print_message("case: %s\n", files[i]);
        if (i == 0)
            report_to_openvex(report, &author, arena, &buf);
        else if (i == 1)
            report_to_cyclonedx(report, &author, arena, &buf);
        else
            assert_true(report_to_csaf(report, &author, arena, &buf, &err));
        text = done(&buf);
        testing_golden(arena, HERE_FOLDER, files[i], text);

        if (!vex_read(text, arena, &vex, &err))
            fail_msg("%s", err.subject);
        assert_true(vex_encode(&vex, &bytes, &err));
        assert_true(vex_decode(done(&bytes), arena, &again, &err));
        for (size_t n = 0; n < sample->findings.len; n++)
            sample->findings.at[n].statement = (struct finding_statement){ 0 };
        vex_apply(&again, str_from_z(files[i]), &sample->inventory, &sample->findings, arena);
        for (size_t n = 0; n < sample->findings.len; n++) {
            static const enum finding_verdict want[] = { VERDICT_UNDER_INVESTIGATION,
                                                         VERDICT_UNDER_INVESTIGATION,
                                                         VERDICT_NOT_AFFECTED,
                                                         VERDICT_UNDER_INVESTIGATION,
                                                         VERDICT_AFFECTED,
                                                         VERDICT_UNDER_INVESTIGATION,
                                                         VERDICT_UNDER_INVESTIGATION };

            print_message("case: %s\n", sample->findings.at[n].id.ptr);
            assert_int_equal(sample->findings.at[n].statement.verdict, want[n]);
        }
        sample = sample_new(arena);
        report = &sample->report;
    }
}

/* The document passes the mandatory tests of its profile. */
static void report_to_csaf__is_valid(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const struct report *report = &sample_new(arena)->report;
    struct buf buf = buf_new(arena, 1 << 20);
    struct csaf_result result = { 0 };
    struct err err = { 0 };
    struct json json;
    (void)state;

    assert_true(report_to_csaf(report, &author, arena, &buf, &err));
    assert_true(json_read(done(&buf), arena, &json, &err));
    csaf_check(json, arena, &result);
    for (size_t i = 0; i < result.findings.len; i++)
        print_message("%.*s %.*s %s\n", STR_ARG(result.findings.at[i].test),
                      STR_ARG(result.findings.at[i].pointer), result.findings.at[i].message);
    assert_int_equal(result.findings.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(report__puts_findings_in_order),
        cmocka_unit_test(report_groups__follow_the_source),
        cmocka_unit_test(report_groups__put_one_package_once),
        cmocka_unit_test(report__is_written_for_programs),
        cmocka_unit_test(report__is_written_as_vex_and_read_again),
        cmocka_unit_test(report_to_csaf__is_valid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
