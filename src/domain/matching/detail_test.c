#include "domain/matching/detail.h"

#include "base/buf.h"
#include "base/testing.h"

static struct str title_of_text(struct arena *arena, const char *text)
{
    struct catalog_text one = { .kind = TEXT_DESCRIPTION,
                                .lang = STR("en"),
                                .text = str_from_z(text) };
    struct catalog_record record = { .id = STR("CVE-2026-0001") };

    VEC_PUSH(arena, &record.texts, one);
    return detail_of(&record, arena).title;
}

/* What a finding is called: the first sentence of what it is. */
static void detail__is_called_by_its_first_sentence(void **state)
{
    static const char *const cases[][2] = {
        { "Foo 1.2 crashes. It may do more.", "Foo 1.2 crashes" },
        { "  One line\nand another", "One line" },
        { "製品Aに脆弱性があります。回避策はありません。", "製品Aに脆弱性があります" },
        { "Ends with a stop.", "Ends with a stop" },
        { "Node.js leaks", "Node.js leaks" },
    };
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i][0]);
        assert_str(title_of_text(arena, cases[i][0]), cases[i][1]);
    }
}

static void detail__cuts_between_words_and_says_so(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 20);
    struct buf words = buf_new(arena, 4096), run = buf_new(arena, 4096);
    struct str title;

    (void)state;
    for (int i = 0; i < 100; i++) {
        buf_add_z(&words, "words ");
        buf_add_z(&run, "脆弱性");
    }
    title = title_of_text(arena, arena_z(arena, buf_str(&words)));
    assert_true(str_ends(title, STR(" words…")));
    assert_true(str_code_points(title) <= DETAIL_TITLE_MAX);
    title = title_of_text(arena, arena_z(arena, buf_str(&run)));
    assert_true(str_ends(title, STR("…")) && str_is_utf8(title));
    assert_int_equal(str_code_points(title), DETAIL_TITLE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(detail__is_called_by_its_first_sentence),
        cmocka_unit_test(detail__cuts_between_words_and_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
