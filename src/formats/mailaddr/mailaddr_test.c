#include "formats/mailaddr/mailaddr.h"

#include "formats/json/json.h"
#include "formats/testing.h"

static bool is_fine(const char *text)
{
    struct err err = { 0 };

    return mailaddr_check(str_from_z(text), &err);
}

/* INT-01: an address a finder can really be reached at. */
static void mailaddr_check__takes_plain_addresses(void **state)
{
    static const char *const right[] = { "a@b.jp", "taro.yamada+jvn@example.co.jp",
                                         "x_y-z@sub.example.com", "o'neil@example.ie" };
    (void)state;

    for (size_t i = 0; i < COUNT(right); i++) {
        print_message("case: \"%s\"\n", right[i]);
        assert_true(is_fine(right[i]));
    }
}

static void mailaddr_check__refuses_what_could_go_astray(void **state)
{
    static const char *const wrong[] = { "",
                                         "a",
                                         "@b.jp",
                                         "a@",
                                         "a@b",
                                         "a@b.jp.",
                                         ".a@b.jp",
                                         "a.@b.jp",
                                         "a..b@b.jp",
                                         "a b@c.jp",
                                         "a@b c.jp",
                                         "\"a b\"@c.jp",
                                         "a@[127.0.0.1]",
                                         "a@127.0.0.1",
                                         "a@b.jp\r\nBcc: x@y.jp",
                                         "a@-b.jp",
                                         "a@b_c.jp",
                                         "a@b.jp,c@d.jp",
                                         "山田@example.jp" };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: \"%s\"\n", wrong[i]);
        assert_false(is_fine(wrong[i]));
    }
}

/* Addresses on the list of wrong ones are refused; of the right ones those with a plain form are taken. */
static void check_list(const char *name, bool is_right, size_t least)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    const char *path = testing_data(arena, name);
    struct str lines, line;
    size_t taken = 0, count = 0;

    if (!path)
        return;
    lines = testing_read(arena, path);
    while (str_split(&lines, '\n', &line)) {
        struct err err = { 0 };
        bool ok;

        if (str_ends(line, STR("\r")))
            line.len--;
        if (line.len == 0)
            continue;
        ok = mailaddr_check(line, &err);
        count++;
        taken += ok;
        if (ok && !is_right &&
            !str_starts(line, STR("sql'or'"))) /* that one is a dot-atom like any other */
            fail_msg("taken: %.*s", STR_ARG(line));
    }
    print_message("%s: %zu of %zu taken\n", name, taken, count);
    assert_true(taken >= least);
}

static void mailaddr_check__holds_against_the_hostile_lists(void **state)
{
    (void)state;
    check_list("hostile/email/fuzzdb-invalid-email-addresses.txt", false, 0);
    check_list("hostile/email/fuzzdb-valid-email-addresses.txt", true, 8);
}

/* COO-07: "display name tricks" and line ends of the hostile headers are no addresses; what a header breaks never passes. */
static void mailaddr_check__refuses_hostile_headers(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(16 << 20);
    const char *path = testing_data(arena, "hostile/own/mail-header.jsonl");
    struct str lines, line;
    (void)state;

    if (!path) {
        arena_free(TAKE(arena));
        skip();
    }
    lines = testing_read(arena, path);
    while (str_split(&lines, '\n', &line)) {
        struct err err = { 0 };
        struct json json;

        assert_true(json_read(line, arena, &json, &err));
        if (mailaddr_check(json_text(json_get(json, "in")), &err))
            fail_msg("taken: %.*s", STR_ARG(line));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mailaddr_check__takes_plain_addresses),
        cmocka_unit_test(mailaddr_check__refuses_what_could_go_astray),
        cmocka_unit_test(mailaddr_check__holds_against_the_hostile_lists),
        cmocka_unit_test(mailaddr_check__refuses_hostile_headers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
