#include "faces/portal/catalog/words.h"

#include "base/testing.h"

static int setup(void **state)
{
    *state = arena_new(16 << 20);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct span span_of(const char *from, bool from_is_excluded, const char *to,
                           bool to_is_included)
{
    return (struct span){ .from = str_from_z(from),
                          .to = str_from_z(to),
                          .from_is_excluded = from_is_excluded,
                          .to_is_included = to_is_included };
}

/* Versions are said as people say them, in both languages. */
static void catalog_span_words__say_every_kind_of_range(void **state)
{
    /* clang-format off */
    static const struct {
        const char *from;
        bool from_is_excluded;
        const char *to;
        bool to_is_included;
        const char *ja, *en;
    } rows[] = {
        { "2.4.0", false, "2.4.58", false, "2.4.0 以上 2.4.58 未満", "2.4.0 or later, before 2.4.58" },
        { "2.4.0", false, "2.4.57", true,  "2.4.0 以上 2.4.57 以下", "2.4.0 or later, up to 2.4.57" },
        { "2.4.0", true,  "2.4.58", false, "2.4.0 より後 2.4.58 未満", "later than 2.4.0, before 2.4.58" },
        { "2.4.0", true,  "2.4.57", true,  "2.4.0 より後 2.4.57 以下", "later than 2.4.0, up to 2.4.57" },
        { "",      false, "2.4.58", false, "2.4.58 未満", "before 2.4.58" },
        { "",      false, "2.4.57", true,  "2.4.57 以下", "up to 2.4.57" },
        { "2.4.0", false, "",       false, "2.4.0 以上", "2.4.0 or later" },
        { "2.4.0", true,  "",       false, "2.4.0 より後", "later than 2.4.0" },
        { "2.4.0", false, "2.4.0",  true,  "2.4.0", "2.4.0" },
        { "",      false, "",       false, "すべてのバージョン", "all versions" },
    };
    /* clang-format on */

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span span =
            span_of(rows[i].from, rows[i].from_is_excluded, rows[i].to, rows[i].to_is_included);

        assert_str(catalog_span_words(LANG_JA, &span, *state), rows[i].ja);
        assert_str(catalog_span_words(LANG_EN, &span, *state), rows[i].en);
    }
}

static void catalog_span_words__call_commits_by_their_beginning(void **state)
{
    struct span span = span_of("0123456789abcdef0123", false, "fedcba98765432100123", false);

    span.is_git = true;
    assert_str(catalog_span_words(LANG_EN, &span, *state),
               "commits from 0123456789ab until before fedcba987654");
}

static void catalog_criterion_words__read_the_name_where_there_are_no_bounds(void **state)
{
    static const struct {
        const char *cpe, *to, *want;
    } rows[] = {
        { "cpe:2.3:a:v:p:9.0.0:m1:*:*:*:*:*:*", "", "9.0.0 m1" },
        { "cpe:2.3:a:v:p:1\\:2:*:*:*:*:*:*:*", "", "1:2" },
        { "cpe:2.3:a:v:p:*:*:*:*:*:*:*:*", "2.0", "2.0 未満" },
        { "cpe:2.3:a:v:p:*:*:*:*:*:*:*:*", "", "" },
        { "not a name", "", "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct criterion criterion = { .cpe = str_from_z(rows[i].cpe),
                                       .to = str_from_z(rows[i].to) };

        assert_str(catalog_criterion_words(LANG_JA, &criterion, *state), rows[i].want);
    }
}

/* VDB-08: the classes' limits are settings. */
static void catalog_class_words__follow_the_settings(void **state)
{
    struct settings settings;
    struct err err = { 0 };

    assert_true(settings_load(STR(""), NULL, *state, &settings, &err));
    assert_str(catalog_class_words(LANG_JA, 100, &settings), "深刻度III");
    assert_str(catalog_class_words(LANG_JA, 70, &settings), "深刻度III");
    assert_str(catalog_class_words(LANG_JA, 69, &settings), "深刻度II");
    assert_str(catalog_class_words(LANG_JA, 39, &settings), "深刻度I");
    assert_int_equal(catalog_class_words(LANG_JA, -1, &settings).len, 0);
    settings.severity_class_3 = 90;
    assert_str(catalog_class_words(LANG_EN, 70, &settings), "Severity class II");
}

static void catalog_chance_words__are_percent(void **state)
{
    assert_str(catalog_chance_words(94370, *state), "94.37%");
    assert_str(catalog_chance_words(100000, *state), "100.00%");
    assert_str(catalog_chance_words(9, *state), "<0.01%");
    assert_int_equal(catalog_chance_words(-1, *state).len, 0);
}

static void catalog_words__name_sources_and_weaknesses(void **state)
{
    assert_str(catalog_sources_words(LANG_JA, 1u << SOURCE_NVD | 1u << SOURCE_JVN, *state),
               "NVD、JVN iPedia");
    assert_str(catalog_weakness_words(LANG_JA, STR("CWE-79"), *state),
               "CWE-79 クロスサイトスクリプティング");
    assert_str(catalog_weakness_words(LANG_JA, STR("NVD-CWE-noinfo"), *state), "NVD-CWE-noinfo");
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(catalog_span_words__say_every_kind_of_range, setup, teardown),
        cmocka_unit_test_setup_teardown(catalog_span_words__call_commits_by_their_beginning, setup, teardown),
        cmocka_unit_test_setup_teardown(catalog_criterion_words__read_the_name_where_there_are_no_bounds, setup, teardown),
        cmocka_unit_test_setup_teardown(catalog_class_words__follow_the_settings, setup, teardown),
        cmocka_unit_test_setup_teardown(catalog_chance_words__are_percent, setup, teardown),
        cmocka_unit_test_setup_teardown(catalog_words__name_sources_and_weaknesses, setup, teardown),
    };
    /* clang-format on */

    return cmocka_run_group_tests(tests, NULL, NULL);
}
