#include "faces/desk/feeds/words.h"

#include "base/testing.h"

/* GEN-14: what is kept in English is said in the reader's language; what no sentence of ours is stays. */
static void kept_words__are_said_in_the_readers_language(void **state)
{
    static const struct {
        const char *kept, *ja;
    } cases[] = {
        { "the server answered 503", "サーバーの応答は503でした" },
        { "its checksum is another one", "チェックサムが一致しません" },
        { "its format is not known", "形式が分かりません" },
        { "Timeout was reached", "時間内に応答がありませんでした" },
        { "baseScore", "baseScore" },
        { "", "" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].kept);
        assert_str(kept_words(arena, LANG_JA, str_from_z(cases[i].kept)), cases[i].ja);
        assert_str(kept_words(arena, LANG_EN, str_from_z(cases[i].kept)), cases[i].kept);
    }
    /* An error by its name, and by its words. */
    assert_str(kept_words(arena, LANG_EN, STR("JSON_SYNTAX: line 7")),
               "The text is not valid JSON: line 7");
    assert_false(str_eq(kept_words(arena, LANG_JA, STR("The text is not valid JSON: line 7")),
                        STR("The text is not valid JSON: line 7")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_words__are_said_in_the_readers_language),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
