#include "formats/cwe/cwe.h"
#include "formats/testing.h"

static void cwe_parse__reads_a_number_and_nothing_else(void **state)
{
    static const char *const wrong[] = {
        "",       "CWE",    "CWE-",      "CWE-079",        "CWE-0",
        "cwe-79", "CWE-7a", "CWE- 79",   "CWE-79 ",        "CWE-123456",
        "79",     "CWE--1", "CWE-Other", "NVD-CWE-noinfo", "CWE-99999999",
        "cwe79"
    };
    unsigned number = 7;
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: \"%s\"\n", wrong[i]);
        assert_false(cwe_parse(str_from_z(wrong[i]), &number));
        assert_int_equal(number, 7);
    }
    assert_true(cwe_parse(STR("CWE-1333"), &number));
    assert_int_equal(number, 1333);
}

/* STD-08: the class of weakness has a name in both languages. */
static void cwe_name__is_known_in_both_languages(void **state)
{
    (void)state;

    assert_true(str_eq_z(cwe_name(20, LANG_JA), "不適切な入力確認"));
    assert_true(str_eq_z(cwe_name(20, LANG_EN), "Improper Input Validation"));
    assert_true(str_eq_z(cwe_name(79, LANG_JA), "クロスサイトスクリプティング"));
    assert_true(str_eq_z(cwe_name(502, LANG_JA), "信頼できないデータのデシリアライゼーション"));
    /* Nobody calls it anything in Japanese. */
    assert_true(str_eq(cwe_name(1042, LANG_JA), cwe_name(1042, LANG_EN)));
    assert_null(cwe_find(18000));
    assert_null(cwe_find(0));
    assert_null(cwe_name(99999, LANG_EN).ptr);
}

/* What JVN writes in front of "(CWE-79)" in its references is our name. */
static void cwe_name__is_what_jvn_says(void **state)
{
    static const char *const files[] = { "jvndb.rdf",      "jvndb_2007.rdf", "jvndb_2011.rdf",
                                         "jvndb_2021.rdf", "jvndb_2022.rdf", "jvndb_2023.rdf",
                                         "jvndb_new.rdf" };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(TESTING_ARENA);
    size_t seen = 0;
    (void)state;

    for (size_t i = 0; i < COUNT(files); i++) {
        struct str name = arena_printf(arena, "jvn/feeds-2023/rss/%s", files[i]), line, text;
        const char *path = testing_data(arena, arena_z(arena, name));

        if (!path)
            skip();
        for (text = testing_read(arena, path); str_split(&text, '\n', &line);) {
            struct str title = str_drop(line, str_index_str(line, STR("title=\"")) + 7);
            size_t open = str_index_str(title, STR("(CWE-"));
            unsigned number;

            if (!str_contains(line, STR("sec:references")) || open >= str_index(title, '"'))
                continue;
            name = str_take(title, open);
            title = str_drop(title, open + 1);
            if (!cwe_parse(str_take(title, str_index(title, ')')), &number))
                continue; /* CWE-Other, CWE-noinfo */
            print_message("case: %u %.*s\n", number, STR_ARG(name));
            assert_true(str_eq(cwe_name(number, LANG_JA), name));
            seen++;
        }
    }
    assert_true(seen > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cwe_parse__reads_a_number_and_nothing_else),
        cmocka_unit_test(cwe_name__is_known_in_both_languages),
        cmocka_unit_test(cwe_name__is_what_jvn_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
