#include "formats/json/json.h"
#include "formats/testing.h"
#include "formats/vers/vers.h"

static const struct str signs[] = { STR_INIT("="),  STR_INIT("!="), STR_INIT("<"),
                                    STR_INIT("<="), STR_INIT(">"),  STR_INIT(">=") };

/* STD-14: what is not canonical is refused, and out is left alone. */
static void vers_parse__refuses_what_is_not_canonical(void **state)
{
    static const char *const wrong[] = {
        "",
        "vers:",
        "vers:npm",
        "vers:npm/",
        "vers:/1.0",
        "vers:NPM/1.0",
        "VERS:npm/1.0",
        " vers:npm/1.0",
        "vers:npm/1.0 ",
        "vers:npm/>= 1.0",
        "vers:npm/=1.0",
        "vers:npm/>=",
        "vers:npm/*|1.0",
        "vers:npm/1.0|*",
        "vers:npm/>=2.0.0|<1.0.0",
        "vers:npm/>=1.0.0|<1.0.0",
        "vers:npm/1.0||2.0",
        "vers:npm/1.0%2g",
        "vers:npm/1.0%2",
        "vers:npm/1.0=2",
        "vers:npm/1.0\n",
        "vers:npm/1.\xc3\xa9",
        "pkg:npm/a@1",
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct vers vers = { 0 };
        struct err err = { 0 };

        print_message("case: \"%s\"\n", wrong[i]);
        assert_false(vers_parse(str_from_z(wrong[i]), arena, &vers, &err));
        assert_int_equal(err.code, ERR_VERS_SYNTAX);
        assert_null(vers.type.ptr);
    }
}

static void vers_parse__has_its_limits(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct buf many = buf_new(arena, VERS_TEXT_MAX), big = buf_new(arena, 1 << 20);
    struct vers vers = { 0 };
    struct err err = { 0 };

    (void)state;
    buf_add_z(&many, "vers:generic/1000");
    for (int i = 1; i < VERS_CONSTRAINTS_MAX; i++)
        buf_printf(&many, "|%d", 1000 + i);
    assert_true(vers_parse(buf_str(&many), arena, &vers, &err));
    assert_int_equal(vers.constraints.len, VERS_CONSTRAINTS_MAX);
    buf_add_z(&many, "|9999");
    assert_false(vers_parse(buf_str(&many), arena, &vers, &err));
    assert_int_equal(err.code, ERR_VERS_SYNTAX);

    buf_add_z(&big, "vers:npm/");
    while (big.len <= VERS_TEXT_MAX)
        buf_byte(&big, '1');
    err.code = ERR_NONE;
    assert_false(vers_parse(buf_str(&big), arena, &vers, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

static void vers_text__is_canonical(void **state)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        { " vers:npm/ < 2.0.0 | >= 1.0.0 ", "vers:npm/>=1.0.0|<2.0.0" },
        { "vers:npm/=1.0.0", "vers:npm/1.0.0" },
        { "vers:npm/*", "vers:npm/*" },
        { "vers:none/*", "vers:none/*" },
        { "vers:deb/>=1:2.0~rc1+b1", "vers:deb/>=1:2.0~rc1+b1" },
        { "vers:generic/1%7C2%25", "vers:generic/1%7C2%25" },
        { "vers:generic/1%41", "vers:generic/1A" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct vers vers, again;
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].text);
        assert_true(vers_parse_loose(str_from_z(cases[i].text), arena, &vers, &err));
        assert_true(str_eq_z(vers_text(&vers, arena), cases[i].want));
        assert_true(vers_parse(str_from_z(cases[i].want), arena, &again, &err));
    }
}

static void vers_contains__decides_by_what_stands_next_to_a_version(void **state)
{
    static const struct {
        const char *range, *in, *out; /* versions, with spaces between */
    } cases[] = {
        { "vers:npm/*", "0.0.1 99.0.0", "" },
        { "vers:none/*", "", "0.0.1" },
        { "vers:npm/1.0.0|2.0.0", "1.0.0 2.0.0", "0.9.0 1.5.0 3.0.0" },
        { "vers:npm/!=1.0.0", "0.9.0 1.0.1", "1.0.0" },
        { "vers:npm/>=1.0.0|<2.0.0", "1.0.0 1.9.9", "0.9.9 2.0.0" },
        { "vers:npm/>1.0.0|<=2.0.0", "1.0.1 2.0.0", "1.0.0 2.0.1" },
        { "vers:npm/<1.0.0|>=2.0.0|!=2.5.0|<3.0.0", "0.9.0 2.0.0 2.4.0 2.6.0",
          "1.0.0 1.5.0 2.5.0 3.0.0" },
        { "vers:npm/<1.0.0|<2.0.0", "0.9.0 1.0.0 1.5.0", "2.0.0" },
        { "vers:npm/>1.0.0|>2.0.0", "1.5.0 2.0.0 2.5.0", "1.0.0" },
        { "vers:npm/<1.0.0|1.5.0|>2.0.0", "0.1.0 1.5.0 2.1.0", "1.0.0 1.6.0 2.0.0" },
        { "vers:deb/>=1.0-1|<1.0-1+deb12u2", "1.0-1 1.0-1+deb12u1", "1.0~rc1-1 1.0-1+deb12u2" },
        { "vers:pypi/>=1.0|<2.0", "1.0.0 1.0.post1", "1.0rc1 2.0.0" },
        { "vers:unheardof/>=1.0|<2.0", "1.0 1.5", "2.0" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str in = str_from_z(cases[i].in), out = str_from_z(cases[i].out), version;
        struct vers vers;
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].range);
        assert_true(vers_parse(str_from_z(cases[i].range), arena, &vers, &err));
        while (str_split(&in, ' ', &version))
            assert_true(vers_contains(&vers, version));
        while (str_split(&out, ' ', &version))
            assert_false(vers_contains(&vers, version));
    }
}

/* What overlaps is one interval, what holds nothing goes, and what VERS cannot say is refused. */
static void vers_from_native__says_the_same(void **state)
{
    static const struct {
        enum version_scheme scheme;
        const char *range, *want; /* NULL: refused */
    } cases[] = {
        { VERSION_NPM, "^1.2.3 || >=2.0.0 <3 || 5.x", "vers:npm/>=1.2.3|<3.0.0|>=5.0.0|<6.0.0" },
        { VERSION_NPM, ">=1.0.0 >=2.0.0", "vers:npm/>=2.0.0" },
        { VERSION_NPM, "<1.0.0 >2.0.0 || 3.0.0", "vers:npm/3.0.0" },
        { VERSION_NPM, "<1.0.0 >2.0.0", NULL },
        { VERSION_NPM, "*", "vers:npm/*" },
        { VERSION_NPM, "<1.0.0 || >=1.0.0", "vers:npm/*" },
        { VERSION_NPM, "<1.0.0 || >1.0.0", "vers:npm/!=1.0.0" },
        { VERSION_PYPI, ">=1,!=1.5,<2,!=1.5,!=3", "vers:pypi/>=1|!=1.5|<2" },
        { VERSION_PYPI, "!=5", "vers:pypi/!=5" },
        { VERSION_PYPI, "==1.*", NULL },
        { VERSION_MAVEN, "[1,2),(3,]", "vers:maven/>=1|<2|>3" },
        { VERSION_GEM, "~> 2.0.8, != 2.0.9", "vers:gem/>=2.0.8|!=2.0.9|<2.1" },
        { VERSION_DEB, ">= 1", NULL },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct vers vers, again;
        struct err err = { 0 };
        bool is_made =
            vers_from_native(cases[i].scheme, str_from_z(cases[i].range), arena, &vers, &err);

        print_message("case: %s\n", cases[i].range);
        assert_int_equal(is_made, cases[i].want != NULL);
        if (!is_made) {
            assert_int_equal(err.code, ERR_VERSION_RANGE);
            continue;
        }
        assert_true(str_eq_z(vers_text(&vers, arena), cases[i].want));
        assert_true(vers_parse(vers_text(&vers, arena), arena, &again, &err));
    }
}

/* ---- the suites ---- */

static bool parses_as(const struct vers *vers, struct json want)
{
    struct json list = json_get(want, "version_constraints");

    if (!str_eq(vers->type, json_text(json_get(want, "scheme"))) ||
        vers->constraints.len != json_count(list))
        return false;
    for (size_t i = 0; i < vers->constraints.len; i++) {
        struct json pair = json_at(list, i);

        if (!str_eq(json_text(json_at(pair, 0)), signs[vers->constraints.at[i].comparator]) ||
            !str_eq(json_text(json_at(pair, 1)), vers->constraints.at[i].version))
            return false;
    }
    return true;
}

static bool converts_to(enum version_scheme scheme, struct str native, struct str want,
                        struct arena *arena)
{
    struct vers vers;
    struct err err = { 0 };

    return vers_from_native(scheme, native, arena, &vers, &err) &&
           str_eq(vers_text(&vers, arena), want);
}

static bool passes(struct json test, struct arena *arena)
{
    struct str kind = json_text(json_get(test, "test_type"));
    struct json input = json_get(test, "input"), want = json_get(test, "expected_output");
    struct str text =
        json_kind(input) == JSON_TEXT ? json_text(input) : json_text(json_get(input, "vers"));
    struct vers vers;
    struct err err = { 0 };

    if (json_kind(json_get(test, "npm_native")) == JSON_TEXT)
        return converts_to(VERSION_NPM, json_text(json_get(test, "npm_native")),
                           json_text(json_get(test, "expected_vers")), arena);
    if (str_eq_z(kind, "from_native")) {
        enum version_scheme scheme;

        return version_scheme_from_name(json_text(json_get(input, "scheme")), &scheme) &&
               converts_to(scheme, json_text(json_get(input, "native_range")), json_text(want),
                           arena);
    }
    if (str_eq_z(kind, "parse")) {
        bool is_read = vers_parse(text, arena, &vers, &err);

        return json_is_true(json_get(test, "expected_failure")) ? !is_read
                                                                : is_read && parses_as(&vers, want);
    }
    if (!vers_parse_loose(text, arena, &vers, &err))
        return false;
    if (str_eq_z(kind, "containment"))
        return vers_contains(&vers, json_text(json_get(input, "version"))) == json_is_true(want);
    return str_eq(vers_text(&vers, arena), json_text(want));
}

/* different: so many cases, as docs/conformance.md says why. */
static const struct {
    const char *name;
    size_t different;
} suites[] = {
    { "vers-spec/vers_canonical_parse_test", 0 },
    { "vers-spec/pypi_range_validate_test", 0 },
    { "vers-spec/pypi_range_containment_test", 0 },
    { "vers-spec/pypi_range_from_native_test", 0 },
    { "vers-spec/gem_range_from_native_test", 0 },
    { "vers-spec/nuget_range_from_native_test", 0 },
    { "vers-spec/openssl_range_from_native_test", 0 },
    { "vers-spec/npm_range_from_native_test", 13 },
    { "vers-spec/conan_range_from_native_test", 2 },
    { "vers-spec/nginx_range_from_native_test", 4 },
    { "univers/schema/range/pypi_range_containment", 0 },
    { "univers/schema/range/npm_range_containment", 0 },
    { "univers/schema/range/pypi_range_roundtrip", 0 },
    { "univers/schema/range/pypi_range_from_native", 0 },
    { "univers/schema/range/gem_range_from_native", 0 },
    { "univers/schema/range/npm_range_from_native", 15 },
    { "univers/schema/range/gitlab/npm_gitlab_range_from_native", 3 },
    { "univers/schema/range/conan_range_from_native", 3 },
    { "univers/schema/range/conan_range_from_native_basic", 0 },
    { "univers/schema/range/nginx_range_from_native", 8 },
    { "univers/npm_advisory", 14 },
};

static void run_suite(const char *name, size_t different)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    const char *path =
        testing_data(arena, arena_z(arena, arena_printf(arena, "vers/%s.json", name)));
    struct json document, tests, test;
    struct err err = { 0 };
    size_t passed = 0;

    if (!path)
        return;
    assert_true(json_read(testing_read(arena, path), arena, &document, &err));
    tests = json_kind(document) == JSON_ARRAY ? document : json_get(document, "tests");
    for (struct json_iter i = json_iter(tests); json_next(&i, NULL, &test);) {
        struct str native = json_text(json_get(json_get(test, "input"), "native_range"));

        if (passes(test, arena))
            passed++;
        else
            print_message("differs: %s: %.*s\n", name, STR_ARG(native));
    }
    print_message("conformance: vers/%s %zu/%zu\n", name, passed, json_count(tests));
    assert_true(json_count(tests) > 0);
    assert_int_equal(json_count(tests) - passed, different);
}

/* STD-14: the official suite and that of the reference library. */
static void vers__passes_the_suites(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(suites); i++)
        run_suite(suites[i].name, suites[i].different);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vers_parse__refuses_what_is_not_canonical),
        cmocka_unit_test(vers_parse__has_its_limits),
        cmocka_unit_test(vers_text__is_canonical),
        cmocka_unit_test(vers_contains__decides_by_what_stands_next_to_a_version),
        cmocka_unit_test(vers_from_native__says_the_same),
        cmocka_unit_test(vers__passes_the_suites),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
