#include "formats/mailaddr/mailaddr.h"

#include "base/err.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static bool is_fine(const char *text)
{
    struct err err = { 0 };

    return mailaddr_check(str_from_z(text), &err);
}

/* INT-01: an address a finder can really be reached at. */
static void mailaddr_check__takes_plain_addresses(void **state)
{
    static const char *const right[] = { "a@b.jp", "taro.yamada+jvn@example.co.jp", "x_y-z@sub.example.com", "o'neil@example.ie" };
    (void)state;

    for (size_t i = 0; i < COUNT(right); i++) {
        print_message("case: \"%s\"\n", right[i]);
        assert_true(is_fine(right[i]));
    }
}

static void mailaddr_check__refuses_what_could_go_astray(void **state)
{
    static const char *const wrong[] = { "",        "a",        "@b.jp",       "a@",          "a@b",          "a@b.jp.",     ".a@b.jp", "a.@b.jp", "a..b@b.jp",
                                         "a b@c.jp", "a@b c.jp", "\"a b\"@c.jp", "a@[127.0.0.1]", "a@b.jp\r\nBcc: x@y.jp", "a@-b.jp", "a@b_c.jp", "a@b.jp,c@d.jp", "山田@example.jp" };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        print_message("case: \"%s\"\n", wrong[i]);
        assert_false(is_fine(wrong[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mailaddr_check__takes_plain_addresses),
        cmocka_unit_test(mailaddr_check__refuses_what_could_go_astray),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
