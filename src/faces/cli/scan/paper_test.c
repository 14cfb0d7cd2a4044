#include "faces/cli/scan/paper.h"

#include "base/testing.h"

static void paper_columns__counts_what_is_seen(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
    } cases[] = { { "", 0 },         { "abc", 3 }, { "脆弱性", 6 }, { "ﾊﾝｶｸ", 4 },
                  { "か\u3099", 2 }, { "é", 1 },   { "😀", 2 },      { "１", 2 } };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].text);
        assert_int_equal(paper_columns(str_from_z(cases[i].text)), cases[i].columns);
    }
}

/* A name in a list cannot move the cursor, colour the screen or turn the text around. */
static void paper_clean__leaves_nothing_to_obey(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    assert_str(paper_clean(arena, STR("a\x1b[31mred\x07")), "a\xef\xbf\xbd[31mred\xef\xbf\xbd");
    assert_str(paper_clean(arena, STR("a\u202e\u2066b")), "a\xef\xbf\xbd\xef\xbf\xbd"
                                                          "b");
    assert_str(paper_clean(arena, STR(" two\n\t words  ")), "two words");
    assert_str(paper_clean(arena, STR("日本語")), "日本語");
    assert_str(paper_clean(arena, STR("\xff\x80")), "\xff\xef\xbf\xbd");
}

static void wraps(const char *text, size_t width, const char *const *want)
{
    struct str rest = str_from_z(text), line;
    size_t n = 0;

    print_message("case: %s at %zu\n", text, width);
    for (; paper_wrap(&rest, width, &line); n++) {
        assert_non_null(want[n]);
        assert_str(line, want[n]);
        assert_true(paper_columns(line) <= width);
    }
    assert_null(want[n]);
}

static void paper_wrap__cuts_where_a_reader_would(void **state)
{
    (void)state;

    wraps("one two three", 7, (const char *const[]){ "one two", "three", NULL });
    wraps("one two", 20, (const char *const[]){ "one two", NULL });
    wraps("extraordinarily", 6, (const char *const[]){ "extrao", "rdinar", "ily", NULL });
    wraps("修正版があります", 8, (const char *const[]){ "修正版が", "あります", NULL });
    wraps("直す、急ぐ", 5, (const char *const[]){ "直", "す、", "急ぐ", NULL });
    wraps("lodash の版", 9, (const char *const[]){ "lodash の", "版", NULL });
    wraps("  ", 9, (const char *const[]){ NULL });
}

static void paper_flow__indents_all_but_the_first_line(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct buf buf = buf_new(arena, 1 << 16);
    struct paper paper = { &buf, 40, false };
    (void)state;

    paper_put(&paper, TINT_BOLD, STR("id  "));
    paper_flow(&paper, TINT_NONE, STR("this is longer than what is left of a line of forty"), 4, 4);
    assert_str(buf_str(&buf), "id  this is longer than what is left of\n    a line of forty\n");

    buf.len = 0;
    paper.has_colours = true;
    paper_put(&paper, TINT_RED, STR("x"));
    assert_str(buf_str(&buf), "\x1b[31mx\x1b[0m");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paper_columns__counts_what_is_seen),
        cmocka_unit_test(paper_clean__leaves_nothing_to_obey),
        cmocka_unit_test(paper_wrap__cuts_where_a_reader_would),
        cmocka_unit_test(paper_flow__indents_all_but_the_first_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
