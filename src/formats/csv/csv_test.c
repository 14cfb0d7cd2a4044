#include "formats/csv/csv.h"
#include "formats/json/json.h"
#include "formats/testing.h"

static struct str cell(struct arena *arena, struct str text)
{
    struct buf buf = buf_new(arena, 1 << 16);
    struct csv_writer w = csv_writer_new(&buf);
    struct err err = { 0 };
    struct str out;

    csv_text(&w, text);
    assert_true(buf_done(&buf, &out, &err));
    assert_true(str_skip(&out, STR("\xef\xbb\xbf\"")));
    return out;
}

/* What a reader of RFC 4180 gets from a cell behind its first quote. */
static struct str unquoted(struct arena *arena, struct str text)
{
    struct buf buf = buf_new(arena, 1 << 16);

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"' && ++i < text.len)
            assert_int_equal(text.ptr[i], '"');
        else if (i == text.len)
            return buf_str(&buf);
        buf_byte(&buf, text.ptr[i]);
    }
    fail_msg("the cell has no end");
    return STR_NONE;
}

static void check(struct arena *arena, struct str text)
{
    static const char *const formulas[] = { "=",  "+",  "-",  "@",  "＝", "＋",
                                            "－", "＠", "\t", "\r", "\n" };
    struct str got = unquoted(arena, cell(arena, text)), back = got;

    for (size_t i = 0; i < COUNT(formulas); i++)
        if (str_starts(got, str_from_z(formulas[i])))
            fail_msg("a formula: %.*s", STR_ARG(got));
    str_skip(&back, STR("'"));
    if (!str_eq(back, text))
        fail_msg("%.*s came back as %.*s", STR_ARG(text), STR_ARG(back));
}

static void csv_text__never_begins_a_formula_and_comes_back(void **state)
{
    static const char *const cases[] = { "=1+1",        "-5",    "@x",  "+1", "\t=1",
                                         " =1",         "　＝1", "'=1", "'",  "plain",
                                         "a\"b,c\r\nd", "",      "狼煙" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i]);
        check(arena, str_from_z(cases[i]));
    }
    assert_string_equal(arena_z(arena, cell(arena, STR("=\"x\""))), "'=\"\"x\"\"\"");
    assert_string_equal(arena_z(arena, cell(arena, STR("plain"))), "plain\"");
}

static void csv_text__holds_against_the_hostile_set(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    const char *path = testing_data(arena, "hostile/own/csv-formula.jsonl");
    struct str lines, line;
    (void)state;

    if (!path) {
        arena_free(TAKE(arena));
        skip();
    }
    lines = testing_read(arena, path);
    while (str_split(&lines, '\n', &line)) {
        struct err err = { 0 };
        struct json json;

        assert_true(json_read(line, arena, &json, &err));
        check(arena, json_text(json_get(json, "in")));
    }
}

static void csv_writer__parts_cells_and_rows(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct buf buf = buf_new(arena, 4096);
    struct csv_writer w = csv_writer_new(&buf);
    (void)state;

    csv_text(&w, STR("a"));
    csv_int(&w, -7);
    csv_text(&w, STR_NONE);
    csv_end_row(&w);
    csv_int(&w, 1);
    csv_end_row(&w);
    assert_string_equal(arena_z(arena, buf_str(&buf)), "\xef\xbb\xbf\"a\",-7,\"\"\r\n1\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_text__never_begins_a_formula_and_comes_back),
        cmocka_unit_test(csv_text__holds_against_the_hostile_set),
        cmocka_unit_test(csv_writer__parts_cells_and_rows),
    };

    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
