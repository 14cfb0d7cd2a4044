#include "base/testing.h"
#include "faces/api/osv/osv.h"

static struct str why_of(const char *body, bool is_batch, struct osv_queries *out,
                         struct arena *arena)
{
    struct err err = { 0 };
    struct str why;

    if (!osv_read(str_from_z(body), is_batch, arena, out, &why, &err))
        fail_msg("%s", err.subject);
    return why;
}

/* API-05: a package by name, by package URL with its version inside or beside, a commit. */
static void osv_read__takes_every_kind_of_query(void **state)
{
    static const struct {
        const char *body, *ecosystem, *release, *name, *version;
    } cases[] = {
        { "{\"package\":{\"name\":\"jinja2\",\"ecosystem\":\"PyPI\"},\"version\":\"3.1.4\"}",
          "PyPI", "", "jinja2", "3.1.4" },
        { "{\"package\":{\"purl\":\"pkg:pypi/Jinja2@3.1.4\"}}", "PyPI", "", "jinja2", "3.1.4" },
        { "{\"package\":{\"purl\":\"pkg:pypi/jinja2\"},\"version\":\"3.1.4\"}", "PyPI", "",
          "jinja2", "3.1.4" },
        { "{\"package\":{\"name\":\"Foo_Bar\",\"ecosystem\":\"PyPI\"}}", "PyPI", "", "foo-bar",
          "" },
        { "{\"package\":{\"name\":\"curl\",\"ecosystem\":\"Debian:12\"},\"version\":\"7.88.1-10\"}",
          "Debian", "12", "curl", "7.88.1-10" },
        { "{\"package\":{\"purl\":\"pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1\"}}",
          "Maven", "", "org.apache.logging.log4j:log4j-core", "2.14.1" },
        { "{\"package\":{\"name\":\"https://github.com/curl/curl.git\",\"ecosystem\":\"GIT\"},\"version\":\"8.5.0\"}",
          "GIT", "", "https://github.com/curl/curl.git", "8.5.0" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct osv_queries queries;
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].body);
        assert_string_equal(arena_z(arena, why_of(cases[i].body, false, &queries, arena)), "");
        assert_int_equal(queries.len, 1);
        assert_string_equal(arena_z(arena, queries.at[0].ecosystem), cases[i].ecosystem);
        assert_string_equal(arena_z(arena, queries.at[0].release), cases[i].release);
        assert_string_equal(arena_z(arena, queries.at[0].name), cases[i].name);
        assert_string_equal(arena_z(arena, queries.at[0].version), cases[i].version);
    }
    why_of("{\"queries\":[{\"commit\":\"6879efc2c1596d11a6a6ad296f80063b558d5e0f\",\"package\":{}},"
           "{\"package\":{\"purl\":\"pkg:generic/x@1\"},\"page_token\":\"GHSA-1\"}]}",
           true, &queries, arena);
    assert_int_equal(queries.len, 2);
    assert_int_equal(queries.at[0].commit.len, 40);
    assert_true(queries.at[1].is_nothing);
    assert_string_equal(arena_z(arena, queries.at[1].after), "GHSA-1");
}

static void osv_read__says_what_is_wrong_as_osv_does(void **state)
{
    static const struct {
        const char *body, *why;
    } cases[] = {
        { "[]", "Invalid query." },
        { "{}", "Invalid query." },
        { "{\"package\":{\"name\":\"x\"}}", "Invalid query." },
        { "{\"package\":{\"ecosystem\":\"npm\"}}", "Invalid query." },
        { "{\"commit\":\"6879efc2c1596d11a6a6ad296f80063b558d5e0f\",\"version\":\"1\"}",
          "Invalid query." },
        { "{\"commit\":\"6879\"}", "Invalid hash." },
        { "{\"package\":{\"name\":\"x\",\"ecosystem\":\"Nowhere\"}}", "Invalid ecosystem." },
        { "{\"package\":{\"purl\":\"x\"}}", "Invalid Package URL." },
        { "{\"package\":{\"purl\":\"pkg:npm/x\",\"name\":\"x\"}}",
          "name specified in a PURL query" },
        { "{\"package\":{\"purl\":\"pkg:npm/x\",\"ecosystem\":\"npm\"}}",
          "ecosystem specified in a PURL query" },
        { "{\"package\":{\"purl\":\"pkg:npm/x@1\"},\"version\":\"1\"}",
          "version specified in params and PURL query" },
        { "{\"package\":{\"name\":\"x\",\"ecosystem\":\"npm\"},\"page_token\":\"\\u0001\"}",
          "Invalid page token." },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct osv_queries queries;
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].body);
        assert_string_equal(arena_z(arena, why_of(cases[i].body, false, &queries, arena)),
                            cases[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(osv_read__takes_every_kind_of_query),
        cmocka_unit_test(osv_read__says_what_is_wrong_as_osv_does),
    };

    return cmocka_run_group_tests_name("osv_query", tests, NULL, NULL);
}
