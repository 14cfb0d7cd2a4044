#include "base/str.h"

#include "base/testing.h"
#include <string.h>

static void str__compares_by_bytes_and_length(void **state)
{
    (void)state;
    assert_true(str_eq(STR_NONE, STR("")));
    assert_true(str_eq_nocase(STR("AbC-1"), STR("aBc-1")));
    assert_false(str_eq_nocase(STR("Ä"), STR("ä")));
    assert_true(str_cmp(STR("a"), STR("ab")) < 0);
    assert_true(str_cmp(STR("b"), STR("ab")) > 0);
    assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
    assert_int_equal(str_cmp(STR_NONE, STR("")), 0);
    assert_true(str_starts(STR("abc"), STR("ab")));
    assert_false(str_starts(STR("a"), STR("ab")));
    assert_true(str_ends(STR("abc"), STR("bc")));
    assert_true(str_ends(STR("abc"), STR("")));
    assert_false(str_ends(STR("c"), STR("bc")));
    assert_true(str_contains(STR("abc"), STR("b")));
    assert_true(str_contains(STR_NONE, STR("")));
    assert_false(str_contains(STR_NONE, STR("a")));
}

static void str__takes_and_drops_no_more_than_there_is(void **state)
{
    (void)state;
    assert_str(str_take(STR("abc"), 9), "abc");
    assert_str(str_drop(STR("abc"), 9), "");
    assert_str(str_drop(STR("abc"), 1), "bc");
    assert_str(str_drop(STR_NONE, 3), "");
    assert_str(str_trim(STR(" \t\r\n a b \n")), "a b");
    assert_str(str_trim(STR(" \n")), "");
    assert_int_equal(str_index(STR("a:b"), ':'), 1);
    assert_int_equal(str_index(STR("ab"), ':'), 2);
    assert_int_equal(str_index_str(STR("abcabd"), STR("abd")), 3);
    assert_int_equal(str_index_str(STR("abc"), STR("abcd")), 3);
}

static void str_split__gives_the_parts_between(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "a,,b", "[a][][b]" }, { "", "" }, { "a,", "[a]" }, { ",", "[]" }, { "a", "[a]" }
    };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str rest = str_from_z(rows[i].text), part;
        char got[64];
        size_t len = 0;

        print_message("case: \"%s\"\n", rows[i].text);
        while (str_split(&rest, ',', &part))
            len += (size_t)snprintf(got + len, sizeof got - len, "[%.*s]", STR_ARG(part));
        assert_str(((struct str){ got, len }), rows[i].want);
    }
}

static void str_to_int__reads_whole_numbers_in_range_alone(void **state)
{
    static const char *const wrong[] = { "",    "-",   "+1", " 1",  "1 ",
                                         "1.0", "0x1", "11", "-11", "9223372036854775808",
                                         "--1", "１" };
    struct err err = { 0 };
    int64_t n = 5;
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: \"%s\"\n", wrong[i]);
        assert_false(str_to_int(str_from_z(wrong[i]), -10, 10, &n, &err));
        assert_int_equal(err.code, ERR_NUMBER);
        assert_int_equal(n, 5);
    }
    assert_true(str_to_int(STR("-9223372036854775808"), INT64_MIN, INT64_MAX, &n, &err));
    assert_true(n == INT64_MIN);
    assert_true(str_to_int(STR("9223372036854775807"), INT64_MIN, INT64_MAX, &n, &err));
    assert_true(n == INT64_MAX);
    assert_true(str_to_int(STR("007"), 0, 9, &n, &err));
    assert_int_equal(n, 7);
}

/* RFC 3629: overlong forms, surrogates and what is above U+10FFFF are no characters. */
static void str_is_utf8__refuses_what_is_no_character(void **state)
{
    static const char *const wrong[] = { "\x80",
                                         "\xc0\x80",
                                         "\xc1\xbf",
                                         "\xe0\x80\x80",
                                         "\xed\xa0\x80",
                                         "\xf0\x80\x80\x80",
                                         "\xf4\x90\x80\x80",
                                         "\xf5\x80\x80\x80",
                                         "\xe3\x81",
                                         "a\xff" };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: %zu\n", i);
        assert_false(str_is_utf8(str_from_z(wrong[i])));
    }
    assert_false(str_is_utf8(STR("a\0b")));
    for (size_t i = 0; i < 24; i++) { /* texts are looked at eight bytes at a time */
        char text[24];

        memset(text, '\x7f', sizeof text);
        assert_true(str_is_utf8((struct str){ text, sizeof text }));
        text[i] = 0;
        assert_false(str_is_utf8((struct str){ text, sizeof text }));
        text[i] = '\x80';
        assert_false(str_is_utf8((struct str){ text, sizeof text }));
    }
    assert_true(str_is_utf8(
        STR("a\xc2\x80\xe0\xa0\x80\xed\x9f\xbf\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf")));
    assert_true(str_is_utf8(STR_NONE));
}

static void str__counts_and_cuts_characters(void **state)
{
    (void)state;
    assert_int_equal(str_code_points(STR("狼煙 x")), 4);
    assert_str(str_take_code_points(STR("狼煙x"), 1), "狼");
    assert_str(str_take_code_points(STR("狼煙x"), 0), "");
    assert_str(str_take_code_points(STR("狼煙x"), 9), "狼煙x");
    assert_int_equal(str_take_code_points(STR_NONE, 3).len, 0);
}

static void str_is_plain__refuses_controls_and_what_turns_text_round(void **state)
{
    static const char *const never[] = { "a\x01",        "\x7f",         "\xc2\x85",
                                         "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaa",
                                         "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa9",
                                         "\x1b[0m",      "\xff" };
    (void)state;

    for (size_t i = 0; i < COUNT(never); i++) {
        print_message("case: %zu\n", i);
        assert_false(str_is_plain(str_from_z(never[i]), false));
        assert_false(str_is_plain(str_from_z(never[i]), true));
    }
    assert_false(str_is_plain(STR("a\nb"), false));
    assert_true(str_is_plain(STR("a\r\n\tb"), true));
    assert_true(str_is_plain(STR("狼煙\xe2\x80\xa7\xe2\x81\xa5"), false));
}

/* Held against the plain loop, at every place of every byte: what looks at eight at a time must not see less. */
static void str_is_plain_and_has_controls__see_each_byte_wherever_it_stands(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        for (size_t at = 0; at < 19; at++) {
            char text[] = "abcdefgh\xc3\xa9ijklm ~xyz";
            struct str s = { text, sizeof text - 1 };
            bool is_control = byte < 0x20 || byte == 0x7f;

            text[at] = (char)byte;
            assert_int_equal(str_has_controls(s), is_control);
            text[8] = text[9] = 'i';
            text[at] = (char)byte;
            assert_int_equal(str_is_plain(s, false), byte < 0x80 && !is_control);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(str__compares_by_bytes_and_length),
        cmocka_unit_test(str__takes_and_drops_no_more_than_there_is),
        cmocka_unit_test(str_split__gives_the_parts_between),
        cmocka_unit_test(str_to_int__reads_whole_numbers_in_range_alone),
        cmocka_unit_test(str_is_utf8__refuses_what_is_no_character),
        cmocka_unit_test(str__counts_and_cuts_characters),
        cmocka_unit_test(str_is_plain__refuses_controls_and_what_turns_text_round),
        cmocka_unit_test(str_is_plain_and_has_controls__see_each_byte_wherever_it_stands),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
