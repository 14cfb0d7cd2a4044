#include "base/tr.h"

#include <string.h>

#include "base/err.h"
#include "base/testing.h"
#include "base/utc.h"

enum { MAX = 1 << 20 };

static struct utc at(const char *text)
{
    struct utc t = { 0 };
    struct err err = { 0 };

    if (!utc_parse(str_from_z(text), &t, &err))
        fail_msg("%s", text);
    return t;
}

static void tr__gives_the_catalogue_s_sentence_in_japanese_alone(void **state)
{
    (void)state;
    assert_str(tr(LANG_JA, "Please log in."), "ログインしてください。");
    assert_str(tr(LANG_EN, "Please log in."), "Please log in.");
    assert_str(tr(LANG_JA, "No catalogue has this."), "No catalogue has this.");
}

/* The binary search needs it, and the other tests see only a few entries. */
static void tr__catalogue_is_sorted_and_every_entry_is_found(void **state)
{
    (void)state;
    assert_true(tr_catalogue_ja_count > 0);
    for (size_t i = 0; i < tr_catalogue_ja_count; i++) {
        struct str found = tr(LANG_JA, tr_catalogue_ja[i].msgid);

        assert_ptr_equal(found.ptr, tr_catalogue_ja[i].text.ptr);
        assert_true(i == 0 || strcmp(tr_catalogue_ja[i - 1].msgid, tr_catalogue_ja[i].msgid) < 0);
    }
}

static void tr__every_error_has_japanese_words(void **state)
{
    (void)state;
    for (int code = 1; code < ERR_COUNT; code++) {
        const char *words = err_words((enum err_code)code);

        print_message("case: %s\n", err_name((enum err_code)code));
        assert_false(str_eq_z(tr(LANG_JA, words), words));
    }
}

static void tr_fill__fills_the_places_it_knows(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    (void)state;

    assert_str(tr_fill(arena, LANG_JA, "The setting \"{subject}\" is not usable.",
                       TR_ARGS({ "subject", STR("list_page") })),
               "設定「list_page」の値は使用できません。");
    assert_str(tr_fill(arena, LANG_EN, "{a}{b} {c} {{a}} {",
                       TR_ARGS({ "a", STR("{b}") }, { "b", STR("2") })),
               "{b}2 {c} {{b}} {");
}

static void tr__instants_are_said_in_japanese_time(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    struct utc t = at("2026-11-21T13:00");
    (void)state;

    assert_str(tr_instant(arena, LANG_JA, t), "2026年11月21日（土）13:00 (JST)");
    assert_str(tr_instant(arena, LANG_EN, t), "21 November 2026, 13:00 JST (04:00 UTC)");
    assert_str(tr_date(arena, LANG_JA, t), "2026年11月21日");
    assert_str(tr_date(arena, LANG_EN, t), "21 November 2026");
    assert_str(tr_short_instant(arena, LANG_JA, t), "11月21日 13:00");
    assert_str(tr_short_instant(arena, LANG_EN, t), "21 Nov 13:00");
}

static void tr_number__groups_by_three(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    (void)state;

    assert_str(tr_number(arena, 0), "0");
    assert_str(tr_number(arena, 999), "999");
    assert_str(tr_number(arena, 12345), "12,345");
    assert_str(tr_number(arena, -1234567), "-1,234,567");
    assert_str(tr_number(arena, INT64_MIN), "-9,223,372,036,854,775,808");
}

static void tr_due__counts_days_of_the_calendar(void **state)
{
    /* clang-format off */
    static const struct {
        const char *due, *ja, *en;
    } rows[] = {
        { "2026-11-24T00:00", "あと3日", "in 3 days" },       { "2026-11-22T00:00", "あと1日", "in 1 day" },
        { "2026-11-21T13:00", "今日 13:00", "today 13:00" },  { "2026-11-21T09:00", "今日 09:00", "today 09:00" },
        { "2026-11-20T23:59", "1日超過", "1 day overdue" },   { "2026-11-19T13:00", "2日超過", "2 days overdue" },
        { "2031-11-21", "あと1,826日", "in 1,826 days" },
    };
    /* clang-format on */
    CLEANUP(arena_free_var) struct arena *arena = arena_new(MAX);
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("case: %s\n", rows[i].due);
        assert_str(tr_due(arena, LANG_JA, at("2026-11-21T10:00"), at(rows[i].due)), rows[i].ja);
        assert_str(tr_due(arena, LANG_EN, at("2026-11-21T10:00"), at(rows[i].due)), rows[i].en);
    }
}

static void lang__has_two_codes(void **state)
{
    enum lang lang = LANG_EN;
    (void)state;

    assert_true(lang_from_code(STR("ja"), &lang));
    assert_int_equal(lang, LANG_JA);
    assert_false(lang_from_code(STR("de"), &lang));
    assert_str(lang_code(LANG_EN), "en");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tr__gives_the_catalogue_s_sentence_in_japanese_alone),
        cmocka_unit_test(tr__catalogue_is_sorted_and_every_entry_is_found),
        cmocka_unit_test(tr__every_error_has_japanese_words),
        cmocka_unit_test(tr_fill__fills_the_places_it_knows),
        cmocka_unit_test(tr__instants_are_said_in_japanese_time),
        cmocka_unit_test(tr_number__groups_by_three),
        cmocka_unit_test(tr_due__counts_days_of_the_calendar),
        cmocka_unit_test(lang__has_two_codes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
