#include "domain/access/password.h"

#include "base/testing.h"

/* C03: short, common and own words are refused; all else is the person's business. */
static void password_fault__refuses_what_others_would_guess(void **state)
{
    static const char *const refused[] = {
        "short",
        "elevenchars",
        "password1234",
        "P@ssw0rd!2024",
        "passwordpassword",
        "qwertyuiop12",
        "123456789012",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "iloveyou2025!",
        "Welcome12345",
        "letmeinletmein",
        "adminadmin123",
        "1qaz2wsx3edc",
        "abcdefghijkl",
        "asdfghjklqwer",
        "Administrator1!",
        "noroshi on a hill",
        "Yamada is great",
        "my acme machine",
        "trustno1trustno1",
        "ｐａｓｓｗｏｒｄ１２３４",
        "sakurasakura2026",
        "hanako.y forever",
    };
    static const char *const taken[] = {
        "a beacon on nine hills", "correctly-fed-otters", "烽火は山から山へ伝わっていく",
        "zT9#kk2$Lw0@qq",         "two lamps, no wind",   "mmmmmmmmmmmmn plus three",
    };
    struct str about[] = { STR("Yamada Hanako"), STR("hanako.y"), STR("Acme 株式会社"), STR("hi") };
    struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(refused); i++) {
        print_message("refused: %s\n", refused[i]);
        assert_non_null(password_fault(str_from_z(refused[i]), about, COUNT(about), arena));
    }
    for (size_t i = 0; i < COUNT(taken); i++) {
        print_message("taken: %s\n", taken[i]);
        assert_null(password_fault(str_from_z(taken[i]), about, COUNT(about), arena));
    }
    arena_free(arena);
}

static void password_fault__takes_long_ones_and_counts_characters(void **state)
{
    struct arena *arena = arena_new(1 << 20);
    char text[PASSWORD_MAX + 1];
    (void)state;

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + (i * i + i / 7) % 26);
    assert_null(password_fault((struct str){ text, 200 }, NULL, 0, arena));
    assert_null(password_fault((struct str){ text, PASSWORD_MAX }, NULL, 0, arena));
    assert_non_null(password_fault((struct str){ text, PASSWORD_MAX + 1 }, NULL, 0, arena));
    assert_non_null(password_fault(STR("十一文字のあいことばだ"), NULL, 0,
                                   arena)); /* eleven characters, 33 bytes */
    assert_null(password_fault(STR("十二文字のあいことばだよ"), NULL, 0, arena));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(password_fault__refuses_what_others_would_guess),
        cmocka_unit_test(password_fault__takes_long_ones_and_counts_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
