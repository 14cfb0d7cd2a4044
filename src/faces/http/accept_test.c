/* What a client would rather have. */
#include "faces/http/accept.h"

#include "base/testing.h"

static void accept_language__takes_what_is_wanted_most(void **state)
{
    static const struct {
        const char *header, *base;
        enum lang before, want;
    } rows[] = {
        { "en", "", LANG_JA, LANG_EN },
        { "en-GB,en;q=0.8,ja;q=0.1", "", LANG_JA, LANG_EN },
        { "ja;q=0.5, EN;q=0.9", "", LANG_JA, LANG_EN },
        { "fr, ja;q=0.9, en;q=0.5", "", LANG_JA, LANG_JA },
        { "fr", "", LANG_JA, LANG_JA },
        { "en;q=0", "", LANG_JA, LANG_JA },
        { "*", "", LANG_JA, LANG_JA },
        { ",;,=", "", LANG_JA, LANG_JA },
        { "english", "", LANG_JA, LANG_JA },
        { "", "", LANG_JA, LANG_JA },
        { "ja", "/en", LANG_EN, LANG_EN }, /* the address has said it */
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct request req = { .arena = arena,
                               .lang = rows[i].before,
                               .base = str_from_z(rows[i].base) };
        struct field field = { STR("accept-language"), str_from_z(rows[i].header) };

        print_message("case: \"%s\"\n", rows[i].header);
        VEC_PUSH(arena, &req.headers, field);
        accept_language(&req);
        assert_int_equal(req.lang, rows[i].want);
    }
}

static void accept_weight__is_read_in_thousandths(void **state)
{
    static const struct {
        const char *text;
        int want;
    } rows[] = { { "", 1000 },       { "q=1", 1000 },          { "q=0", 0 }, { " q=0.8 ", 800 },
                 { "q=0.125", 125 }, { "level=1;q=0.5", 500 }, { "q=", 0 },  { "q=x", 0 } };
    (void)state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        print_message("case: \"%s\"\n", rows[i].text);
        assert_int_equal(accept_weight(str_from_z(rows[i].text)), rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accept_language__takes_what_is_wanted_most),
        cmocka_unit_test(accept_weight__is_read_in_thousandths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
