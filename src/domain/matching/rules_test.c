#include "base/testing.h"

#include "domain/matching/alias.h"
#include "domain/matching/criterion.h"
#include "domain/matching/testing.h"

/* The rules one by one, with names that anybody can check by hand. */

struct place {
    struct arena *arena;
    struct slow_input input;
    struct catalog_record records[8];
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    place->arena = arena_new((size_t)1 << 32);
    place->input.records = place->records;
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;

    arena_free(place->arena);
    free(place);
    return 0;
}

static struct catalog_record *record(struct place *place, enum catalog_source source,
                                     const char *id)
{
    struct catalog_record *record = &place->records[place->input.record_count++];

    record->source = source;
    record->id = str_from_z(id);
    return record;
}

/* Affected from `from` until `fixed`. */
static struct affected *package(struct place *place, struct catalog_record *record,
                                const char *ecosystem, const char *release, const char *name,
                                enum version_scheme scheme, const char *from, const char *fixed)
{
    struct affected affected = { .ecosystem = str_from_z(ecosystem),
                                 .release = str_from_z(release),
                                 .name = str_from_z(name) };

    VEC_PUSH(place->arena, &affected.spans,
             (struct span){ .scheme = scheme,
                            .from = str_from_z(from),
                            .to = str_from_z(fixed),
                            .to_is_fix = true });
    affected.default_status = SPAN_UNAFFECTED;
    VEC_PUSH(place->arena, &record->affected, affected);
    return &record->affected.at[record->affected.len - 1];
}

static void criteria(struct place *place, struct catalog_record *record, bool is_and,
                     struct criterion first, struct criterion second)
{
    struct configuration configuration = { .is_and = is_and };

    VEC_PUSH(place->arena, &configuration.criteria, first);
    if (!str_is_empty(second.cpe))
        VEC_PUSH(place->arena, &configuration.criteria, second);
    VEC_PUSH(place->arena, &record->configurations, configuration);
}

static struct findings find(struct place *place, const char *purl, const char *cpe,
                            struct operating_system os)
{
    CLEANUP(matching_index_close_var) struct matching_index *index = NULL;
    CLEANUP(slow_free_var) struct slow *slow = slow_new(place->input);
    struct inventory inventory = { .os = os };
    struct component component = { .purl = str_from_z(purl) };
    struct findings slowly, findings;
    struct str want;

    if (cpe)
        VEC_PUSH(place->arena, &component.cpes, str_from_z(cpe));
    VEC_PUSH(place->arena, &inventory.components, component);
    slow_find(slow, &inventory, (struct matching_options){ 0 }, place->arena, &slowly);
    want = testing_findings(&slowly, place->arena);
    index = testing_index(place->input, place->arena);
    matching_find(index, &inventory, (struct matching_options){ 0 }, place->arena, &findings);
    assert_int_equal(str_cmp(want, testing_findings(&findings, place->arena)), 0);
    return findings; /* their texts lie in the index's bytes, which are the arena's */
}

static const struct operating_system no_os;

/* matching 4.8: names are compared as their ecosystem compares them, releases too. */
static void package__is_found_by_the_names_of_its_ecosystem(void **state)
{
    static const struct {
        const char *ecosystem, *release, *name;
        enum version_scheme scheme;
        const char *purl;
        size_t found;
    } cases[] = {
        { "PyPI", "", "Foo.Bar_baz", VERSION_PYPI, "pkg:pypi/foo-bar-baz@1.0", 1 },
        { "npm", "", "@scope/name", VERSION_NPM, "pkg:npm/%40scope/name@1.0.0", 1 },
        { "npm", "", "name", VERSION_NPM, "pkg:npm/%40scope/name@1.0.0", 0 },
        { "Maven", "", "org.acme:core", VERSION_MAVEN, "pkg:maven/org.acme/core@1.0", 1 },
        { "Maven", "", "org.other:core", VERSION_MAVEN, "pkg:maven/org.acme/core@1.0", 0 },
        { "Go", "", "github.com/Masterminds/goutils", VERSION_SEMVER,
          "pkg:golang/github.com/masterminds/goutils@v1.0.0", 1 },
        { "Go", "", "stdlib", VERSION_SEMVER, "pkg:golang/stdlib@go1.0.1", 1 },
        { "Debian", "12", "curl", VERSION_DEB, "pkg:deb/debian/curl@1.0-1?distro=debian-12", 1 },
        { "Debian", "11", "curl", VERSION_DEB, "pkg:deb/debian/curl@1.0-1?distro=debian-12", 0 },
        { "Debian", "12", "curl", VERSION_DEB,
          "pkg:deb/debian/libcurl4@1.0-1?distro=bookworm&upstream=curl", 1 },
        { "Alpine", "v3.20", "curl", VERSION_APK, "pkg:apk/alpine/curl@1.0-r0?distro=alpine-3.20.3",
          1 },
        { "Red Hat", "enterprise_linux:9::appstream", "curl", VERSION_RPM,
          "pkg:rpm/redhat/curl@1.0-1.el9?distro=rhel-9.2", 1 },
        { "Red Hat", "rhel_eus:9.2::appstream", "curl", VERSION_RPM,
          "pkg:rpm/redhat/curl@1.0-1.el9?distro=rhel-9.2", 0 },
        { "Rocky Linux", "9", "curl", VERSION_RPM,
          "pkg:rpm/rocky/libcurl@1.0-1.el9?distro=rocky-9.1&upstream=curl", 1 },
        { "SUSE", "Linux Enterprise Server 15 SP5", "curl", VERSION_RPM,
          "pkg:rpm/suse/curl@1.0-1?distro=sles-15.5", 1 },
        { "SUSE", "Linux Enterprise Server 15 SP4", "curl", VERSION_RPM,
          "pkg:rpm/suse/curl@1.0-1?distro=sles-15.5", 0 },
        { "SUSE", "Linux Enterprise Server 15 SP5-LTSS", "curl", VERSION_RPM,
          "pkg:rpm/suse/libcurl4@1.0-1?distro=sles-15.5&upstream=curl", 1 },
        { "SUSE", "Linux Enterprise Module for Python 3 15 SP5", "curl", VERSION_RPM,
          "pkg:rpm/sles/curl@1.0-1?distro=sles-15.5", 1 },
        { "SUSE", "Linux Enterprise Server 12", "curl", VERSION_RPM,
          "pkg:rpm/suse/curl@1.0-1?distro=sles-12", 1 },
        { "SUSE", "Linux Enterprise Server for SAP Applications 12 SP1", "curl", VERSION_RPM,
          "pkg:rpm/suse/curl@1.0-1?distro=sles_sap-12.1", 1 },
        { "SUSE", "Package Hub 12", "curl", VERSION_RPM, "pkg:rpm/suse/curl@1.0-1?distro=sles-12",
          1 },
        { "SUSE", "Manager Server 4.3", "curl", VERSION_RPM,
          "pkg:rpm/suse/curl@1.0-1?distro=sles-4.3", 0 },
        { "SUSE", "Linux Enterprise Micro 5.5", "curl", VERSION_RPM,
          "pkg:rpm/suse/curl@1.0-1?distro=sle-micro-5.5", 1 },
        { "SUSE", "Linux Enterprise Micro 5.5", "curl", VERSION_RPM,
          "pkg:rpm/suse/curl@1.0-1?distro=sles-5.5", 0 },
        { "openSUSE", "Leap 15.5", "curl", VERSION_RPM,
          "pkg:rpm/opensuse/curl@1.0-1?distro=opensuse-leap-15.5", 1 },
        { "openSUSE", "Leap 15.5", "curl", VERSION_RPM,
          "pkg:rpm/opensuse/curl@1.0-1?distro=opensuse-leap-15.4", 0 },
        { "openSUSE", "Leap 15.5", "curl", VERSION_RPM, "pkg:rpm/suse/curl@1.0-1?distro=sles-15.5",
          0 },
        { "openSUSE", "Tumbleweed", "curl", VERSION_RPM,
          "pkg:rpm/opensuse/curl@1.0-1?distro=opensuse-tumbleweed-20260101", 1 },
        { "openSUSE", "Tumbleweed", "curl", VERSION_RPM,
          "pkg:rpm/opensuse/curl@1.0-1?distro=opensuse-leap-15.5", 0 },
        { "Amazon Linux", "2023", "curl", VERSION_RPM,
          "pkg:rpm/amzn/curl@1.0-1.amzn2023?distro=amzn-2023.3", 1 },
        { "Amazon Linux", "2", "curl", VERSION_RPM, "pkg:rpm/amzn/curl@1.0-1.amzn2?distro=amzn-2",
          1 },
        { "Amazon Linux", "2", "curl", VERSION_RPM,
          "pkg:rpm/amazon/curl@1.0-1.amzn2023?distro=amzn-2023", 0 },
        { "Amazon Linux", "1", "curl", VERSION_RPM,
          "pkg:rpm/amzn/curl@1.0-1.amzn1?distro=amzn-2018.03", 1 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct place *place = *state;

        print_message("case: %s\n", cases[i].purl);
        memset(place->records, 0, sizeof place->records);
        place->input.record_count = 0;
        package(place, record(place, SOURCE_OSV, "GHSA-a"), cases[i].ecosystem, cases[i].release,
                cases[i].name, cases[i].scheme, "", "2.0");
        assert_int_equal(find(place, cases[i].purl, NULL, no_os).len, cases[i].found);
    }
}

/* matching 4.8: aliases are one finding with all ids; a reason for each source. */
static void aliases__are_one_finding(void **state)
{
    struct place *place = *state;
    struct catalog_record *first = record(place, SOURCE_OSV, "GHSA-a");
    struct catalog_record *second = record(place, SOURCE_OSV, "PYSEC-1");
    struct findings findings;

    VEC_PUSH(place->arena, &first->aliases, STR("CVE-2020-1"));
    VEC_PUSH(place->arena, &second->aliases, STR("CVE-2020-1"));
    package(place, first, "PyPI", "", "foo", VERSION_PYPI, "1.0", "2.0");
    package(place, second, "PyPI", "", "foo", VERSION_PYPI, "1.0", "2.0.0");
    findings = find(place, "pkg:pypi/foo@1.5", NULL, no_os);
    assert_int_equal(findings.len, 1);
    assert_str(findings.at[0].id, "CVE-2020-1");
    assert_int_equal(findings.at[0].ids.len, 3);
    assert_int_equal(findings.at[0].reasons.len, 2);
    assert_str(findings.at[0].reasons.at[0].comparison, "1.0 <= 1.5 < 2.0 (pypi)");
    assert_str(findings.at[0].reasons.at[0].criterion, "PyPI foo");
}

/* Two CVE numbers are two vulnerabilities, whatever a record calls itself. */
static void aliases__never_join_two_cves(void **state)
{
    struct place *place = *state;
    struct catalog_record *both = record(place, SOURCE_OSV, "GHSA-a");
    struct findings findings;

    VEC_PUSH(place->arena, &both->aliases, STR("CVE-2020-1"));
    VEC_PUSH(place->arena, &both->aliases, STR("CVE-2020-2"));
    package(place, both, "npm", "", "foo", VERSION_NPM, "", "2.0.0");
    findings = find(place, "pkg:npm/foo@1.0.0", NULL, no_os);
    assert_int_equal(findings.len, 2);
    assert_str(findings.at[0].id, "CVE-2020-1");
    assert_str(findings.at[1].id, "CVE-2020-2");
}

/* matching 4.4: a rejected CVE matches no more, whoever copied it; a record that knows the flaw by another name does. */
static void rejected__never_matches(void **state)
{
    struct place *place = *state;
    struct catalog_record *copy, *advisory;
    struct findings findings;

    record(place, SOURCE_NVD, "CVE-2020-1")->state = CATALOG_REJECTED;
    copy = record(place, SOURCE_OSV, "CVE-2020-1");
    package(place, copy, "Debian", "12", "foo", VERSION_DEB, "", "");
    assert_int_equal(find(place, "pkg:deb/debian/foo@1?distro=debian-12", NULL, no_os).len, 0);
    advisory = record(place, SOURCE_OSV, "GHSA-a");
    VEC_PUSH(place->arena, &advisory->aliases, STR("CVE-2020-1"));
    package(place, advisory, "npm", "", "foo", VERSION_NPM, "", "");
    findings = find(place, "pkg:npm/foo@1.0.0", NULL, no_os);
    assert_int_equal(findings.len, 1);
    assert_str(findings.at[0].reasons.at[0].record, "GHSA-a");
}

/* The ecosystem's range overrules a CPE match of the same vulnerability; both stay visible. */
static void ecosystem__overrules_a_cpe_match(void **state)
{
    static const char cpe[] = "cpe:2.3:a:lodash:lodash:4.17.21:*:*:*:*:node.js:*:*";
    struct place *place = *state;
    struct catalog_record *nvd = record(place, SOURCE_NVD, "CVE-2020-1");
    struct catalog_record *ghsa = record(place, SOURCE_OSV, "GHSA-a");
    struct findings findings;

    VEC_PUSH(place->arena, &ghsa->aliases, STR("CVE-2020-1"));
    package(place, ghsa, "npm", "", "lodash", VERSION_NPM, "", "4.17.21");
    criteria(place, nvd, false,
             (struct criterion){ .cpe = STR("cpe:2.3:a:lodash:lodash:*:*:*:*:*:node.js:*:*"),
                                 .is_vulnerable = true,
                                 .to = STR("4.17.21"),
                                 .to_is_included = true },
             (struct criterion){ 0 });
    findings = find(place, "pkg:npm/lodash@4.17.21", cpe, no_os);
    assert_int_equal(findings.len, 1);
    assert_int_equal(findings.at[0].statement.verdict, VERDICT_NOT_AFFECTED);
    assert_str(findings.at[0].statement.from, "GHSA-a");
    assert_str(findings.at[0].statement.reason, "npm lodash: < 4.17.21; 4.17.21 >= 4.17.21 (npm)");
    assert_str(findings.at[0].reasons.at[0].record, "CVE-2020-1");
    /* the same name without a package: nothing to overrule it */
    findings = find(place, "", cpe, no_os);
    assert_int_equal(findings.at[0].statement.verdict, VERDICT_NONE);
}

/* A distribution corrects without a new upstream version: where it is silent, an upstream range is worth little. */
static void distribution__makes_upstream_ranges_weak(void **state)
{
    struct place *place = *state;
    struct findings findings;

    criteria(place, record(place, SOURCE_NVD, "CVE-2020-1"), false,
             (struct criterion){ .cpe = STR("cpe:2.3:a:haxx:curl:*:*:*:*:*:*:*:*"),
                                 .is_vulnerable = true,
                                 .to = STR("8.0") },
             (struct criterion){ 0 });
    findings = find(place, "pkg:deb/debian/curl@7.88.1-10?distro=debian-12",
                    "cpe:2.3:a:haxx:curl:7.88.1:*:*:*:*:*:*:*", no_os);
    assert_int_equal(findings.len, 1);
    assert_int_equal(findings.at[0].confidence, 10);
}

/* matching 4.4: true, false, and unclear where the asset does not name what it runs on. */
static void platform__that_is_not_named_makes_a_condition(void **state)
{
    struct place *place = *state;
    struct operating_system windows = { .cpe =
                                            STR("cpe:2.3:o:microsoft:windows:10:*:*:*:*:*:*:*") };
    struct operating_system linux = { .cpe =
                                          STR("cpe:2.3:o:linux:linux_kernel:6.1:*:*:*:*:*:*:*") };
    static const char cpe[] = "cpe:2.3:a:acme:app:1.0:*:*:*:*:*:*:*";
    struct findings findings;

    criteria(place, record(place, SOURCE_NVD, "CVE-2020-1"), true,
             (struct criterion){ .cpe = STR("cpe:2.3:a:acme:app:1.0:*:*:*:*:*:*:*"),
                                 .is_vulnerable = true },
             (struct criterion){ .cpe = STR("cpe:2.3:o:microsoft:windows:*:*:*:*:*:*:*:*") });
    findings = find(place, "", cpe, windows);
    assert_int_equal(findings.len, 1);
    assert_int_equal(findings.at[0].kind, FINDING_AFFECTED);
    assert_int_equal(find(place, "", cpe, linux).len, 0);
    findings = find(place, "", cpe, no_os);
    assert_int_equal(findings.len, 1);
    assert_int_equal(findings.at[0].kind, FINDING_CONDITIONAL);
    assert_str(findings.at[0].reasons.at[0].platform,
               "cpe:2.3:o:microsoft:windows:*:*:*:*:*:*:*:*");
}

/* matching 4.5: an entry said of some platforms alone is certain only where the asset tells of running on one. */
static void entry__said_of_some_platforms_is_a_condition_elsewhere(void **state)
{
    static const struct {
        const char *platforms[2];
        const char *id, *name, *version; /* of the system */
        enum finding_kind kind;
        const char *told;
    } cases[] = {
        { { "Windows" }, "", "", "", FINDING_CONDITIONAL, "Windows" },
        { { "Windows" }, "debian", "Debian GNU/Linux", "12", FINDING_CONDITIONAL, "Windows" },
        { { "Windows", "Linux" },
          "debian",
          "Debian GNU/Linux",
          "12",
          FINDING_AFFECTED,
          "Windows | Linux" },
        { { "linux" }, "freebsd", "FreeBSD", "14.1", FINDING_CONDITIONAL, "linux" },
        { { "Debian 12" }, "debian", "Debian GNU/Linux", "12.1", FINDING_AFFECTED, "Debian 12" },
        { { "Debian 1" }, "debian", "Debian GNU/Linux", "12.1", FINDING_CONDITIONAL, "Debian 1" },
        { { "Debian GNU/Linux" },
          "debian",
          "Debian GNU/Linux",
          "12",
          FINDING_AFFECTED,
          "Debian GNU/Linux" },
        { { "Debianish" }, "debian", "Debian GNU/Linux", "12", FINDING_CONDITIONAL, "Debianish" },
        { { "Red Hat Enterprise Linux 9" },
          "rhel",
          "Red Hat Enterprise Linux",
          "9.3",
          FINDING_AFFECTED,
          "Red Hat Enterprise Linux 9" },
        { { "x64-based Systems", "32-bit Systems" },
          "",
          "",
          "",
          FINDING_AFFECTED,
          "x64-based Systems | 32-bit Systems" },
        { { "Windows 10 for x64-based Systems" },
          "",
          "",
          "",
          FINDING_CONDITIONAL,
          "Windows 10 for x64-based Systems" },
        { { "Windows", "Unknown" }, "", "", "", FINDING_AFFECTED, "" },
        { { " n/a " }, "", "", "", FINDING_AFFECTED, "" },
        { { "ルーター" }, "", "", "", FINDING_CONDITIONAL, "ルーター" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct place *place = *state;
        struct operating_system os = { .id = str_from_z(cases[i].id),
                                       .name = str_from_z(cases[i].name),
                                       .version = str_from_z(cases[i].version) };
        struct affected *entry;
        struct findings findings;

        print_message("case: %s on %s\n", cases[i].platforms[0], cases[i].id);
        memset(place->records, 0, sizeof place->records);
        place->input.record_count = 0;
        entry = package(place, record(place, SOURCE_CVE, "CVE-2020-1"), "npm", "", "alpha",
                        VERSION_SEMVER, "", "2.0.0");
        for (size_t n = 0; n < 2 && cases[i].platforms[n]; n++)
            VEC_PUSH(place->arena, &entry->platforms, str_from_z(cases[i].platforms[n]));
        findings = find(place, "pkg:npm/alpha@1.0.0", NULL, os);
        assert_int_equal(findings.len, 1);
        assert_int_equal(findings.at[0].kind, cases[i].kind);
        assert_int_equal(findings.at[0].confidence, 100);
        assert_str(findings.at[0].reasons.at[0].platform, cases[i].told);
        assert_str(findings.at[0].reasons.at[0].comparison, "1.0.0 < 2.0.0 (semver)");
        assert_int_equal(find(place, "pkg:npm/alpha@2.0.0", NULL, os).len, 0);
    }
}

/* matching 4.5: what an entry calls safe on one platform is not safe on another. */
static void entry__said_of_some_platforms_proves_no_safety_elsewhere(void **state)
{
    struct place *place = *state;
    struct catalog_record *advisory = record(place, SOURCE_CVE, "CVE-2020-1");
    struct operating_system debian = { .id = STR("debian"), .version = STR("12") };
    struct affected *safe;
    struct findings findings;

    criteria(place, advisory, false,
             (struct criterion){ .cpe = STR("cpe:2.3:a:acme:alpha:1.0.0:*:*:*:*:*:*:*"),
                                 .is_vulnerable = true },
             (struct criterion){ 0 });
    safe = package(place, advisory, "npm", "", "alpha", VERSION_SEMVER, "5.0.0", "6.0.0");
    VEC_PUSH(place->arena, &safe->platforms, STR("Windows"));
    findings =
        find(place, "pkg:npm/alpha@1.0.0", "cpe:2.3:a:acme:alpha:1.0.0:*:*:*:*:*:*:*", debian);
    assert_int_equal(findings.len, 1);
    assert_int_equal(findings.at[0].kind, FINDING_AFFECTED);
    assert_int_equal(findings.at[0].statement.verdict, VERDICT_NONE);
    safe->platforms.at[0] = STR("Linux");
    findings =
        find(place, "pkg:npm/alpha@1.0.0", "cpe:2.3:a:acme:alpha:1.0.0:*:*:*:*:*:*:*", debian);
    assert_true(findings.len == 0 || findings.at[0].statement.verdict == VERDICT_NOT_AFFECTED);
}

/* matching 4.5: the CPE names beside an entry are narrowed as it is. */
static void configuration__said_of_some_platforms_is_a_condition_elsewhere(void **state)
{
    static const char cpe[] = "cpe:2.3:a:acme:app:1.0:*:*:*:*:*:*:*";
    struct place *place = *state;
    struct catalog_record *cve = record(place, SOURCE_CVE, "CVE-2020-1");
    struct operating_system debian = { .id = STR("debian"), .version = STR("12") };
    struct catalog_strings *platforms;
    struct findings findings;

    criteria(place, cve, false, (struct criterion){ .cpe = str_from_z(cpe), .is_vulnerable = true },
             (struct criterion){ 0 });
    platforms = &cve->configurations.at[0].platforms;
    VEC_PUSH(place->arena, platforms, STR("Windows"));
    VEC_PUSH(place->arena, platforms, STR("macOS"));
    findings = find(place, "", cpe, debian);
    assert_int_equal(findings.len, 1);
    assert_int_equal(findings.at[0].kind, FINDING_CONDITIONAL);
    assert_str(findings.at[0].reasons.at[0].platform, "Windows | macOS");
    platforms->at[1] = STR("Linux");
    assert_int_equal(find(place, "", cpe, debian).at[0].kind, FINDING_AFFECTED);
    platforms->at[1] = STR("all");
    assert_int_equal(find(place, "", cpe, no_os).at[0].kind, FINDING_AFFECTED);
    platforms->at[0] = STR("32-bit Systems");
    platforms->at[1] = STR("ARM64-based Systems");
    assert_int_equal(find(place, "", cpe, no_os).at[0].kind, FINDING_AFFECTED);
}

/* matching 4.3: what is no match, and how sure one is. */
static void criterion__relates_as_the_rules_say(void **state)
{
    static const struct {
        const char *criterion, *from, *to, *name;
        enum finding_kind kind;
        int confidence; /* 0: no finding */
    } cases[] = {
        { "a:v:p:1.0:*:*:*:*:*:*:*", "", "", "a:v:p:1.0:*:*:*:*:*:*:*", FINDING_AFFECTED, 100 },
        { "a:v:p:1.0:*:*:*:*:*:*:*", "", "", "a:v:p:1.1:*:*:*:*:*:*:*", 0, 0 },
        { "a:v:p:*:*:*:*:*:*:*:*", "1.0", "2.0", "a:v:p:1.5:*:*:*:*:*:*:*", FINDING_AFFECTED, 80 },
        { "a:v:p:*:*:*:*:*:*:*:*", "1.0", "2.0", "a:v:p:2.0:*:*:*:*:*:*:*", 0, 0 },
        { "a:v:p:*:*:*:*:*:*:*:*", "1.0", "2.0", "a:v:p:1.0:rc1:*:*:*:*:*:*", 0, 0 },
        { "a:v:p:*:*:*:*:*:*:*:*", "1.0", "2.0", "a:v:p:2.0:rc1:*:*:*:*:*:*", FINDING_AFFECTED,
          80 },
        { "a:v:p:*:rc8:*:*:*:*:*:*", "", "2.0", "a:v:p:1.9:*:*:*:*:*:*:*", FINDING_AFFECTED, 80 },
        { "a:v:p:*:*:*:*:*:*:*:*", "1.0", "2.0", "a:v:p:-:*:*:*:*:*:*:*", 0, 0 },
        { "a:v:p:*:*:*:*:*:*:*:*", "1.0", "2.0", "a:v:p:*:*:*:*:*:*:*:*", 0, 0 },
        { "a:v:p:*:*:*:*:*:*:*:*", "", "", "a:v:p:1.0:*:*:*:*:*:*:*", FINDING_NO_RANGE, 10 },
        { "a:v:p:-:*:*:*:*:*:*:*", "", "", "a:v:p:1.0:*:*:*:*:*:*:*", 0, 0 },
        { "a:v:p:1.0:sp1:*:*:*:*:*:*", "", "", "a:v:p:1.0:*:*:*:*:*:*:*", 0, 0 },
        { "a:v:p:1.0:-:*:*:*:*:*:*", "", "", "a:v:p:1.0:*:*:*:*:*:*:*", FINDING_AFFECTED, 100 },
        { "a:v:p:1.0:*:*:*:*:android:*:*", "", "", "a:v:p:1.0:*:*:*:*:python:*:*", 0, 0 },
        { "a:v:p:1.0:*:*:*:*:wordpress:*:*", "", "", "a:v:p:1.0:*:*:*:*:*:*:*", 0, 0 },
        { "a:v:p:1.0:*:*:*:*:node.js:*:*", "", "", "a:v:p:1.0:*:*:*:*:*:*:*", FINDING_AFFECTED,
          100 },
        { "a:v:p:1.*:*:*:*:*:*:*:*", "", "", "a:v:p:1.7:*:*:*:*:*:*:*", FINDING_AFFECTED, 100 },
        { "a:v:p:1.0:*:*:*:*:*:*:*", "", "", "a:*:p:1.0:*:*:*:*:*:*:*", 0, 0 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct place *place = *state;
        struct findings findings;
        struct criterion criterion = { .is_vulnerable = true,
                                       .from = str_from_z(cases[i].from),
                                       .to = str_from_z(cases[i].to) };

        print_message("case: %s [%s, %s) %s\n", cases[i].criterion, cases[i].from, cases[i].to,
                      cases[i].name);
        memset(place->records, 0, sizeof place->records);
        place->input.record_count = 0;
        criterion.cpe = arena_printf(place->arena, "cpe:2.3:%s", cases[i].criterion);
        criteria(place, record(place, SOURCE_NVD, "CVE-2020-1"), false, criterion,
                 (struct criterion){ 0 });
        findings = find(
            place, "pkg:npm/unnamed@1.0.0",
            arena_z(place->arena, arena_printf(place->arena, "cpe:2.3:%s", cases[i].name)), no_os);
        assert_int_equal(findings.len, cases[i].confidence ? 1 : 0);
        if (findings.len > 0) {
            assert_int_equal(findings.at[0].kind, cases[i].kind);
            assert_int_equal(findings.at[0].confidence, cases[i].confidence);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(package__is_found_by_the_names_of_its_ecosystem, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(aliases__are_one_finding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(aliases__never_join_two_cves, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rejected__never_matches, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ecosystem__overrules_a_cpe_match, set_up, tear_down),
        cmocka_unit_test_setup_teardown(distribution__makes_upstream_ranges_weak, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(platform__that_is_not_named_makes_a_condition, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(entry__said_of_some_platforms_is_a_condition_elsewhere,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(entry__said_of_some_platforms_proves_no_safety_elsewhere,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            configuration__said_of_some_platforms_is_a_condition_elsewhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(criterion__relates_as_the_rules_say, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
