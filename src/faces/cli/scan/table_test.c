#include "faces/cli/scan/scan.h"

#include <stdlib.h>

#include "base/fs.h"
#include "base/testing.h"
#include "domain/triage/report_testing.h"

enum { ARENA = 64 << 20 };

/* The text must be that of testdata/NAME; with RENEW=1 in the environment the file is written instead. */
static void is_golden(struct arena *arena, const char *name, struct str text)
{
    struct str here =
        str_take(str_from_z(__FILE__), str_index_str(str_from_z(__FILE__), STR("table_test.c")));
    const char *path = arena_printf(arena, "%.*stestdata/%s", STR_ARG(here), name).ptr;
    struct err err = { 0 };
    struct str want;

    print_message("case: %s\n", name);
    if (getenv("RENEW")) {
        assert_true(fs_write_whole(path, text, 0644, &err));
        return;
    }
    assert_true(fs_read_whole(path, 1 << 20, arena, &want, &err));
    if (!str_eq(want, text))
        fail_msg("%s differs from:\n%.*s", path, STR_ARG(text));
}

static void scan_table__shows_the_most_urgent_first(void **state)
{
    static const struct {
        const char *file, *columns;
        enum lang lang;
        size_t width;
        bool has_colours, explains;
    } cases[] = {
        { "wide.en.txt", "", LANG_EN, 120, false, false },
        { "wide.ja.txt", "", LANG_JA, 120, false, false },
        { "narrow.en.txt", "", LANG_EN, 60, false, false },
        { "colours.en.txt", "", LANG_EN, 100, true, false },
        { "explain.en.txt", "", LANG_EN, 100, false, true },
        { "explain.ja.txt", "", LANG_JA, 100, false, true },
        { "columns.en.txt", "id,aliases,weakness,published,source,confidence", LANG_EN, 100, false,
          false },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
    const struct sample *sample = sample_new(arena);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf buf = buf_new(arena, 1 << 20);
        struct paper paper = { &buf, cases[i].width, cases[i].has_colours };
        struct scan_columns columns;
        struct err err = { 0 };
        struct scan_table table = { &sample->report, &columns, cases[i].lang, cases[i].explains };

        assert_true(scan_columns_parse(str_from_z(cases[i].columns), arena, &columns, &err));
        scan_table_print(&table, arena, &paper);
        is_golden(arena, cases[i].file, buf_str(&buf));
    }
}

static void scan_columns__say_where_they_are_wrong(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
    struct scan_columns columns;
    struct err err = { 0 };
    (void)state;

    assert_false(scan_columns_parse(STR("id,colour"), arena, &columns, &err));
    assert_int_equal(err.code, ERR_USAGE);
    assert_string_equal(err.subject, "id,<?>colour");
}

/* One file that needs nothing else, in both languages. */
static void scan_html__is_whole(void **state)
{
    static const struct {
        const char *file;
        enum lang lang;
    } cases[] = { { "report.en.txt", LANG_EN }, { "report.ja.txt", LANG_JA } };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(ARENA);
    const struct sample *sample = sample_new(arena);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct err err = { 0 };
        struct str html, body;

        assert_true(scan_html(&sample->report, cases[i].lang, arena, &html, &err));
        assert_false(str_contains(html, STR("<script")));
        assert_false(str_contains(html, STR("<link")));
        assert_false(str_contains(html, STR("src=")));
        body = str_drop(html, str_index_str(html, STR("<body")));
        is_golden(arena, cases[i].file, body);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scan_table__shows_the_most_urgent_first),
        cmocka_unit_test(scan_html__is_whole),
        cmocka_unit_test(scan_columns__say_where_they_are_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
