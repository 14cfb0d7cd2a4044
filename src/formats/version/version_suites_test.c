/* Against the lists in ../shared/data: what the ecosystems' own tools say. */
#include "formats/json/json.h"
#include "formats/version/version_testing.h"

/* Comparisons by the ecosystems' own tools. different: so many lines we answer in another way, as docs/conformance.md says. */
/* clang-format off */
static const struct suite {
    const char *name;
    enum version_scheme scheme;
    size_t different;
} suites[] = {
    { "oracle-semver",                          VERSION_SEMVER,   0 },
    { "oracle-cargo",                           VERSION_CARGO,    0 },
    { "oracle-go",                              VERSION_GOLANG,   0 },
    { "oracle-pep440",                          VERSION_PYPI,     0 },
    { "oracle-maven",                           VERSION_MAVEN,    0 },
    { "oracle-gem",                             VERSION_GEM,      0 },
    { "oracle-composer",                        VERSION_COMPOSER, 0 },
    { "oracle-deb",                             VERSION_DEB,      0 },
    { "oracle-rpm",                             VERSION_RPM,      0 },
    { "rpm-rpmvercmp",                          VERSION_RPM,      0 },
    { "apk-tools-version-data",                 VERSION_APK,      0 },
    { "libversion-generic",                     VERSION_GENERIC,  0 },
    { "scalibr-semver-versions",                VERSION_SEMVER,   0 },
    { "scalibr-pub-versions",                   VERSION_PUB,      0 },
    { "scalibr-nuget-versions",                 VERSION_NUGET,    0 },
    { "scalibr-pypi-versions",                  VERSION_PYPI,     0 },
    { "scalibr-pypi-versions-generated",        VERSION_PYPI,     0 },
    { "scalibr-maven-versions",                 VERSION_MAVEN,    0 },
    { "scalibr-maven-versions-generated",       VERSION_MAVEN,    11 },
    { "scalibr-rubygems-versions",              VERSION_GEM,      0 },
    { "scalibr-rubygems-versions-generated",    VERSION_GEM,      0 },
    { "scalibr-packagist-versions",             VERSION_COMPOSER, 1 },
    { "scalibr-packagist-versions-generated",   VERSION_COMPOSER, 7 },
    { "scalibr-debian-versions",                VERSION_DEB,      0 },
    { "scalibr-debian-versions-generated",      VERSION_DEB,      0 },
    { "scalibr-redhat-versions",                VERSION_RPM,      0 },
    { "scalibr-alpine-versions",                VERSION_APK,      5 },
    { "scalibr-alpine-versions-generated",      VERSION_APK,      0 },
    { "scalibr-cran-versions",                  VERSION_CRAN,     0 },
    { "scalibr-cran-versions-generated",        VERSION_CRAN,     0 },
    { "scalibr-hackage-versions",               VERSION_HACKAGE,  0 },
};
/* clang-format on */

static bool agrees(enum version_scheme scheme, struct str line, size_t *total)
{
    struct str a, b, want;

    if (!str_split(&line, '\t', &a) || !str_split(&line, '\t', &b) ||
        !str_split(&line, '\t', &want) ||
        !(str_eq_z(want, "-1") || str_eq_z(want, "0") || str_eq_z(want, "1")))
        return true;
    (*total)++;
    if (str_eq(want, STR("0")) ? checked_order(scheme, a, b) == 0
                               : checked_order(scheme, a, b) == (str_eq(want, STR("1")) ? 1 : -1))
        return true;
    print_message("differs: %.*s: %.*s, %.*s\n", STR_ARG(version_scheme_name(scheme)), STR_ARG(a),
                  STR_ARG(b));
    return false;
}

static void run_suite(const struct suite *suite)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct str name = arena_printf(arena, "version-compare/%s.tsv", suite->name);
    const char *path = testing_data(arena, arena_z(arena, name));
    size_t total = 0, different = 0;
    struct str rest, line;

    if (!path)
        return;
    rest = testing_read(arena, path);
    while (str_split(&rest, '\n', &line))
        different += !agrees(suite->scheme, line, &total);
    print_message("conformance: version-compare/%s %zu/%zu\n", suite->name, total - different,
                  total);
    assert_true(total > 0);
    assert_int_equal(different, suite->different);
}

/* VDB-13: versions stand in the order of their ecosystem's own tools. */
static void version_compare__agrees_with_the_ecosystems_tools(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(suites); i++)
        run_suite(&suites[i]);
}

/* Every pair of an ascending list, and every refusal, of Python's own tests. */
static void version_compare__orders_pythons_own_list(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *path = testing_data(arena, "version-compare/pypa-packaging-ordered.txt");
    struct {
        VEC_OF(struct str);
    } list = { 0 };
    struct str rest, line;
    size_t right = 0;

    (void)state;
    if (!path)
        return;
    rest = testing_read(arena, path);
    while (str_split(&rest, '\n', &line))
        if (line.len > 0 && *line.ptr != '#')
            VEC_PUSH(arena, &list, line);
    for (size_t i = 0; i < list.len; i++)
        for (size_t k = i + 1; k < list.len; k++)
            right += checked_order(VERSION_PYPI, list.at[i], list.at[k]) == -1;
    print_message("conformance: version-compare/pypa-packaging-ordered %zu/%zu\n", right,
                  list.len * (list.len - 1) / 2);
    assert_int_equal(right, list.len * (list.len - 1) / 2);
}

static void refuse_all(const char *name)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *path =
        testing_data(arena, arena_z(arena, arena_printf(arena, "version-compare/%s.txt", name)));
    size_t refused = 0, total = 0;
    struct str rest, line;

    if (!path)
        return;
    rest = testing_read(arena, path);
    for (; str_split(&rest, '\n', &line); total++) {
        if (!version_is_valid(VERSION_PYPI, line))
            refused++;
        else
            print_message("differs: pypi allows %.*s\n", STR_ARG(line));
    }
    print_message("conformance: version-compare/%s %zu/%zu\n", name, refused, total);
    assert_int_equal(refused, total);
}

static void version_is_valid__refuses_what_python_refuses(void **state)
{
    (void)state;
    refuse_all("oracle-pep440-invalid");
    refuse_all("pypa-packaging-invalid");
}

/* Lists that VERS's suites want sorted, and pairs that are to be equal or not. */
static const struct {
    const char *name;
    size_t different;
} vers_suites[] = {
    { "vers-spec/alpine_version_cmp_test", 0 }, { "vers-spec/datetime_version_cmp_test", 0 },
    { "vers-spec/gentoo_version_cmp_test", 0 }, { "vers-spec/maven_version_cmp_test", 4 },
    { "vers-spec/nuget_version_cmp_test", 0 },  { "vers-spec/openssl_version_cmp_test", 0 },
    { "univers/schema/alpine_version_cmp", 0 }, { "univers/schema/alpm_version_cmp", 4 },
    { "univers/schema/conan_version_cmp", 0 },  { "univers/schema/deb_version_python_pkg_test", 0 },
    { "univers/schema/gentoo_version_cmp", 0 }, { "univers/schema/maven_version_cmp", 4 },
    { "univers/schema/nuget_version_cmp", 0 },  { "univers/schema/openssl_version_cmp", 0 },
};

/* Each text of the list, sorted by us, stands where the suite has it or an equal one. */
static bool is_sorted_alike(enum version_scheme scheme, struct json versions, struct json want)
{
    for (size_t i = 0; i < json_count(versions); i++) {
        struct str text = json_text(json_at(versions, i));
        size_t before = 0, not_after = 0, place;

        for (size_t k = 0; k < json_count(versions); k++) {
            int order = checked_order(scheme, json_text(json_at(versions, k)), text);

            before += order < 0;
            not_after += order <= 0;
        }
        for (place = before; place < not_after; place++)
            if (checked_order(scheme, text, json_text(json_at(want, place))) != 0)
                return false;
    }
    return json_count(versions) == json_count(want);
}

static bool passes(struct json test)
{
    struct json input = json_get(test, "input"), versions = json_get(input, "versions");
    struct json want = json_get(test, "expected_output");
    enum version_scheme scheme;

    if (!version_scheme_from_name(json_text(json_get(input, "input_scheme")), &scheme))
        return false;
    if (str_eq_z(json_text(json_get(test, "test_type")), "comparison"))
        return is_sorted_alike(scheme, versions, want);
    return json_is_true(want) == (checked_order(scheme, json_text(json_at(versions, 0)),
                                                json_text(json_at(versions, 1))) == 0);
}

static void run_vers_suite(const char *name, size_t different)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *path =
        testing_data(arena, arena_z(arena, arena_printf(arena, "vers/%s.json", name)));
    size_t passed = 0, total;
    struct err err = { 0 };
    struct json document, tests, test;

    if (!path)
        return;
    assert_true(json_read(testing_read(arena, path), arena, &document, &err));
    tests = json_kind(document) == JSON_ARRAY ? document : json_get(document, "tests");
    total = json_count(tests);
    for (struct json_iter i = json_iter(tests); json_next(&i, NULL, &test);) {
        struct json versions = json_get(json_get(test, "input"), "versions");

        if (passes(test))
            passed++;
        else
            print_message("differs: %s: %.*s, %.*s\n", name,
                          STR_ARG(json_text(json_at(versions, 0))),
                          STR_ARG(json_text(json_at(versions, 1))));
    }
    print_message("conformance: vers/%s %zu/%zu\n", name, passed, total);
    assert_true(total > 0);
    assert_int_equal(total - passed, different);
}

static void version_compare__sorts_as_vers_suites_do(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(vers_suites); i++)
        run_vers_suite(vers_suites[i].name, vers_suites[i].different);
}

/* The releases of OpenSSL in the order in which they came. */
static void version_compare__orders_openssls_releases(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *path = testing_data(arena, "vers/univers/openssl/openssl_versort_expected.json");
    size_t right = 0, total;
    struct json list;
    struct err err = { 0 };

    (void)state;
    if (!path)
        return;
    assert_true(json_read(testing_read(arena, path), arena, &list, &err));
    total = json_count(list) - 1;
    for (size_t i = 0; i < total; i++)
        right += checked_order(VERSION_OPENSSL, json_text(json_get(json_at(list, i), "string")),
                               json_text(json_get(json_at(list, i + 1), "string"))) < 0;
    print_message("conformance: vers/univers/openssl/openssl_versort_expected %zu/%zu\n", right,
                  total);
    assert_int_equal(right, total);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_compare__agrees_with_the_ecosystems_tools),
        cmocka_unit_test(version_compare__orders_pythons_own_list),
        cmocka_unit_test(version_is_valid__refuses_what_python_refuses),
        cmocka_unit_test(version_compare__sorts_as_vers_suites_do),
        cmocka_unit_test(version_compare__orders_openssls_releases),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
