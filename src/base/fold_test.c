#include "base/fold.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* COO-06: a developer's product is found however its name was typed. */
static void fold__makes_one_of_widths_cases_and_kana(void **state)
{
    /* clang-format off */
    static const struct {
        const char *typed, *folded;
    } rows[] = {
        { "", "" },
        { "  ", "" },
        { "ACME Router", "acme router" },
        { "ＡＣＭＥ　Ｒｏｕｔｅｒ", "acme router" },
        { " a \t b\n", "a b" },
        { "サーバー", "さば" },
        { "サーバ", "さば" },
        { "ｻｰﾊﾞｰ", "さば" },
        { "ﾊﾟｿｺﾝ", "ぱそこん" },
        { "ｶﾞｷﾞｸﾞ ｳﾞ", "がぎぐ ゔ" },
        { "ハ\xe3\x82\x99", "ば" },
        { "Ünïcode ŠKODA Ω Я", "ünïcode škoda ω я" },
        { "A‐B—C−D", "a-b-c-d" },
        { "ー", "ー" },
        { "Aー A\xe3\x82\x99 か\xe3\x82\x99" "Bか", "aー a\xe3\x82\x99 がbか" },
        { "か \xe3\x82\x99 X\x7fY\x01Z か ー", "か \xe3\x82\x99 x\x7fy\x01z か ー" },
        { "漢字・ひらがな", "漢字・ひらがな" },
    };
    /* clang-format on */
    struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str once = fold(arena, str_from_z(rows[i].typed));

        print_message("case: \"%s\"\n", rows[i].typed);
        assert_true(str_eq_z(once, rows[i].folded));
        assert_true(str_eq(fold(arena, once), once));
    }
    arena_free(arena);
}

/* VDB-04: what is looked for stands in the folded text, wherever it was cut off. */
static void fold__part_is_in_what_it_was_cut_from(void **state)
{
    static const struct str whole = STR_INIT("ゲームサーーバー 漢字ーＡー");
    struct arena *arena = arena_new(1 << 20);
    struct str folded = fold(arena, whole);
    (void)state;

    for (size_t from = 0; from < str_code_points(whole); from++)
        for (size_t n = 1; n <= 4; n++) {
            struct str rest = str_drop(whole, str_take_code_points(whole, from).len),
                       part = str_take_code_points(rest, n), word = fold_part(fold(arena, part));

            if (!str_eq_z(word, "ー") && !str_eq_z(word, "ーー"))
                assert_true(str_contains(folded, word));
        }
    assert_true(str_eq_z(fold_part(STR("ーむ")), "む"));
    assert_true(str_eq_z(fold_part(STR("ーーむー")), "むー"));
    assert_true(str_eq_z(fold_part(STR("ー")), "ー"));
    assert_true(str_eq_z(fold_part(STR("むー")), "むー"));
    assert_true(str_eq_z(fold_part(STR("")), ""));
    arena_free(arena);
}

static void fold__keeps_valid_text_valid(void **state)
{
    struct arena *arena = arena_new(8 << 20);
    (void)state;

    for (uint32_t point = 1; point < 0x20000; point++) {
        char bytes[4];
        size_t len;

        if (point >= 0xd800 && point < 0xe000)
            continue;
        if (point < 0x80) {
            bytes[0] = (char)point;
            len = 1;
        } else if (point < 0x800) {
            bytes[0] = (char)(0xc0 | point >> 6);
            bytes[1] = (char)(0x80 | (point & 0x3f));
            len = 2;
        } else if (point < 0x10000) {
            bytes[0] = (char)(0xe0 | point >> 12);
            bytes[1] = (char)(0x80 | (point >> 6 & 0x3f));
            bytes[2] = (char)(0x80 | (point & 0x3f));
            len = 3;
        } else {
            bytes[0] = (char)(0xf0 | point >> 18);
            bytes[1] = (char)(0x80 | (point >> 12 & 0x3f));
            bytes[2] = (char)(0x80 | (point >> 6 & 0x3f));
            bytes[3] = (char)(0x80 | (point & 0x3f));
            len = 4;
        }
        {
            struct str once = fold(arena, (struct str){ bytes, len });

            assert_true(str_is_utf8(once));
            assert_true(str_eq(fold(arena, once), once));
        }
        if (point % 4096 == 0)
            arena_reset(arena);
    }
    arena_free(arena);
}

static void fold_has_word__wants_whole_words_of_ascii(void **state)
{
    (void)state;
    assert_true(fold_has_word(STR("acme router rx-9"), STR("router")));
    assert_true(fold_has_word(STR("acme router rx-9"), STR("rx-9")));
    assert_true(fold_has_word(STR("ai"), STR("ai")));
    assert_false(fold_has_word(STR("email"), STR("ai")));
    assert_true(fold_has_word(STR("email ai"), STR("ai")));
    assert_true(fold_has_word(STR("あくめのるた"), STR("るた")));
    assert_true(fold_has_word(STR("脆弱なai製品"), STR("ai")));
    assert_false(fold_has_word(STR("a"), STR("")));
    assert_false(fold_has_word(STR(""), STR("a")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fold__makes_one_of_widths_cases_and_kana),
        cmocka_unit_test(fold__part_is_in_what_it_was_cut_from),
        cmocka_unit_test(fold__keeps_valid_text_valid),
        cmocka_unit_test(fold_has_word__wants_whole_words_of_ascii),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
