#include "formats/endoflife/endoflife.h"

#include "base/err.h"
#include "formats/testing.h"

static struct str data(struct arena *arena, const char *name)
{
    return testing_read(
        arena, arena_z(arena, arena_printf(arena, "%.*stestdata/%s", STR_ARG(TESTING_HERE), name)));
}

static void same(struct str found, const char *want)
{
    print_message("case: \"%.*s\" is \"%s\"\n", STR_ARG(found), want);
    assert_true(str_eq_z(found, want));
}

/* Keys of a cycle and of nothing inside it, quotes and remarks taken off. */
static void endoflife_read_page__takes_cycles_and_names(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    struct str text = data(arena, "page");
    struct endoflife told;
    struct err err = { 0 };

    (void)state;
    assert_true(endoflife_is_page(text));
    assert_true(endoflife_read_page(text, arena, &told, &err));
    same(told.title, "Example: a product");
    assert_int_equal(told.names.len, 2);
    same(told.names.at[0], "pkg:npm/example");
    same(told.names.at[1], "cpe:2.3:a:example:example");
    assert_int_equal(told.cycles.len, 2);
    same(told.cycles.at[0].name, "10");
    same(told.cycles.at[0].label, "Ten # first");
    same(told.cycles.at[0].released, "2025-05-27");
    same(told.cycles.at[0].active, "2030-05-31");
    same(told.cycles.at[0].ends, "false");
    same(told.cycles.at[0].latest, "10.2");
    same(told.cycles.at[1].name, "9");
    same(told.cycles.at[1].ends, "2024-05-31");
    same(told.cycles.at[1].extended, "true");
    same(told.cycles.at[1].label, "");
}

static void endoflife_read_page__refuses_with_the_line(void **state)
{
    static const struct {
        const char *text;
        unsigned line;
    } wrong[] = { { "", 1 },
                  { "title: x\n", 1 },
                  { "---\ntitle: x\n", 2 },
                  { "---\ncategory: os\n---\n", 3 },
                  { "---\ntitle: x\nreleases:\n  - eol: true\n  - releaseCycle: 1\n---\n", 5 },
                  { "---\ntitle: x\nreleases:\n  - eol: true\n---\n", 5 } };

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
        struct endoflife told = { 0 };
        struct err err = { 0 };

        print_message("case: \"%s\"\n", wrong[i].text);
        assert_false(endoflife_read_page(str_from_z(wrong[i].text), arena, &told, &err));
        assert_int_equal(err.code, ERR_CATALOG_RECORD);
        assert_int_equal(err.line, wrong[i].line);
        assert_null(told.title.ptr);
    }
}

static void endoflife_read_json__takes_releases_and_versions(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(64 << 20);
    struct endoflife told;
    struct err err = { 0 };
    struct json json;

    (void)state;
    assert_true(json_read(data(arena, "list.json"), arena, &json, &err));
    assert_true(endoflife_read_json(json, arena, &told, &err));
    assert_int_equal(told.cycles.len, 1);
    same(told.cycles.at[0].ends, "true");
    assert_int_equal(told.releases.len, 2);
    same(told.releases.at[0].name, "9.1");
    same(told.releases.at[1].at, "2022-05-26");
    assert_true(json_read(STR("{\"releases\":{\"1\":{}},\"versions\":{}}"), arena, &json, &err));
    assert_false(endoflife_read_json(json, arena, &told, &err));
    assert_int_equal(err.code, ERR_CATALOG_RECORD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endoflife_read_page__takes_cycles_and_names),
        cmocka_unit_test(endoflife_read_page__refuses_with_the_line),
        cmocka_unit_test(endoflife_read_json__takes_releases_and_versions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
