#include "formats/version/version_testing.h"

static void check_case(struct str line)
{
    struct str rest = line, name = line, range = line, version = line, want = line;
    enum version_scheme scheme;
    bool is_in = false, is_range;
    struct err err = { 0 };

    print_message("case: %.*s\n", STR_ARG(line));
    assert_true(str_split(&rest, '\t', &name) && str_split(&rest, '\t', &range) &&
                str_split(&rest, '\t', &version) && str_split(&rest, '\t', &want));
    assert_true(version_scheme_from_name(name, &scheme));
    is_range = version_in_native_range(scheme, range, version, &is_in, &err);
    if (!is_range)
        assert_int_equal(err.code, ERR_VERSION_RANGE);
    assert_true(str_eq_z(want, is_range ? is_in ? "true" : "false" : "error"));
}

/* Some of npm, pypi, gem and maven are what node-semver, packaging, RubyGems and Maven 3.8.7 said about random ranges. */
static void version_in_native_range__says_what_the_ecosystem_says(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct str path = arena_printf(arena, "%.*stestdata/ranges.tsv", STR_ARG(TESTING_HERE));
    struct str rest = testing_read(arena, arena_z(arena, path)), line;

    (void)state;
    while (str_split(&rest, '\n', &line))
        check_case(line);
}

static void version_walk_range__has_a_limit(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    struct buf buf = buf_new(arena, 1 << 16);
    struct err err = { 0 };
    bool is_in;

    (void)state;
    while (buf.len <= VERSION_TEXT_MAX)
        buf_add_z(&buf, ">=1.0.0 ");
    assert_false(version_in_native_range(VERSION_NPM, buf_str(&buf), STR("1.0.0"), &is_in, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_true(version_in_native_range(VERSION_NPM, str_take(buf_str(&buf), VERSION_TEXT_MAX),
                                        STR("1.0.0"), &is_in, &err));
    assert_true(is_in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_in_native_range__says_what_the_ecosystem_says),
        cmocka_unit_test(version_walk_range__has_a_limit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
