/* A list as a file: what it is asked for, what its cells hold, where its links lead. */
#include "faces/desk/sheet.h"

#include "base/testing.h"

struct row {
    struct str name, note, code;
    struct tag_view state;
    struct when_view at;
    int64_t count;
};
struct rows {
    VEC_OF(struct row);
};

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct row, name,  N_("Name")),
    SHEET_CODED ("state", struct row, state, code, N_("State")),
    SHEET_COLUMN(struct row, at,    N_("When")),
    SHEET_FIELD ("how_many", struct row, count, N_("Count")),
};
/* clang-format on */

static struct rows two_rows(struct arena *arena)
{
    struct rows rows = { 0 };

    VEC_PUSH(arena, &rows,
             (struct row){ .name = STR("=HYPERLINK(\"http://x\")"),
                           .note = STR("canary: no column"),
                           .state = { STR("Open, \"new\""), TONE_WARN },
                           .code = STR("OPEN"),
                           .at = { STR("21 Nov"), STR("2026-11-21T04:00:00Z"), TONE_NEUTRAL },
                           .count = -3 });
    VEC_PUSH(arena, &rows, (struct row){ .name = STR("—"), .count = 2 });
    return rows;
}

static struct request asked(struct arena *arena, const char *query)
{
    struct request req = { .arena = arena,
                           .lang = LANG_EN,
                           .path = STR("/cases"),
                           .query_text = str_from_z(query),
                           .now = { INT64_C(1795233600000) } };
    struct str rest = req.query_text, pair;

    while (rest.len > 0 && str_split(&rest, '&', &pair)) {
        size_t at = str_index(pair, '=');

        VEC_PUSH(arena, &req.query,
                 (struct field){ str_take(pair, at), str_drop(pair, at < pair.len ? at + 1 : at) });
    }
    return req;
}

static struct str file_of(struct arena *arena, enum sheet_format format)
{
    struct request req = asked(arena, "");
    struct rows rows = two_rows(arena);
    struct response res = { .arena = arena };
    struct err err = { 0 };

    assert_true(sheet_send(&req, &res, format, SHEET("cases", columns, rows), false, &err));
    assert_int_equal(res.status, 200);
    return res.body;
}

/* Rule: C49 (T31): what a spreadsheet would take for a formula is text. */
static void sheet_send__writes_csv_that_stays_text(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    assert_str(
        file_of(arena, SHEET_CSV),
        "\xef\xbb\xbf\"Name\",\"State\",\"When\",\"Count\"\r\n"
        "\"'=HYPERLINK(\"\"http://x\"\")\",\"Open, \"\"new\"\"\",\"2026-11-21T04:00:00Z\",-3\r\n"
        "\"\",\"\",\"\",2\r\n");
}

static void sheet_send__writes_the_columns_alone(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct str json = file_of(arena, SHEET_JSON);
    (void)state;

    assert_true(str_contains(json, STR("\"name\": \"=HYPERLINK(\\\"http://x\\\")\"")));
    assert_true(str_contains(json, STR("\"at\": null")));
    assert_true(str_contains(json, STR("\"state\": \"OPEN\"")));
    assert_false(str_contains(json, STR("Open, ")));
    assert_true(str_contains(json, STR("\"how_many\": -3")));
    assert_false(str_contains(json, STR("canary")));
}

static void sheet_send__never_sends_a_part_for_the_whole(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct request req = asked(arena, "");
    struct rows rows = two_rows(arena);
    struct response res = { .arena = arena };
    struct err err = { 0 };
    (void)state;

    assert_false(sheet_send(&req, &res, SHEET_CSV, SHEET("cases", columns, rows), true, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
}

static void sheet_asked__knows_its_formats(void **state)
{
    static const struct {
        const char *query;
        bool is_known;
        enum sheet_format format;
    } cases[] = {
        { "", true, SHEET_PAGE },
        { "format=csv", true, SHEET_CSV },
        { "q=x&format=json", true, SHEET_JSON },
        { "format=xlsx", false, SHEET_PAGE },
        { "format=CSV", false, SHEET_PAGE },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct request req = asked(arena, cases[i].query);
        enum sheet_format format;
        struct err err = { 0 };

        print_message("case: \"%s\"\n", cases[i].query);
        req.lang = LANG_JA;
        assert_true(sheet_asked(&req, &format, &err) == cases[i].is_known);
        assert_int_equal(req.lang, cases[i].is_known && format == SHEET_JSON ? LANG_EN : LANG_JA);
        if (cases[i].is_known)
            assert_int_equal(format, cases[i].format);
        else
            assert_int_equal(err.code, ERR_BAD_REQUEST);
    }
}

/* The filters as they came, not the page. */
static void sheet_links__keep_the_filters(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct request req = asked(arena, "state=open&page=3&q=%E8%A6%8B&format=csv");
    (void)state;

    assert_str(sheet_links(&req).csv, "/cases?format=csv&state=open&q=%E8%A6%8B");
    assert_str(sheet_links(&req).json, "/cases?format=json&state=open&q=%E8%A6%8B");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheet_send__writes_csv_that_stays_text),
        cmocka_unit_test(sheet_send__writes_the_columns_alone),
        cmocka_unit_test(sheet_send__never_sends_a_part_for_the_whole),
        cmocka_unit_test(sheet_asked__knows_its_formats),
        cmocka_unit_test(sheet_links__keep_the_filters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
