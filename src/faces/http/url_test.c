#include "base/testing.h"

#include "faces/http/url.h"

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* C53: one meaning or none. */
static void url_path__refuses_what_has_two_meanings(void **state)
{
    /* clang-format off */
    static const struct {
        struct str text;
        enum err_code want;
    } wrong[] = {
        { STR_INIT(""), ERR_BAD_REQUEST },          { STR_INIT("a"), ERR_BAD_REQUEST },
        { STR_INIT("//"), ERR_BAD_REQUEST },        { STR_INIT("/a//b"), ERR_BAD_REQUEST },
        { STR_INIT("/a/.."), ERR_BAD_REQUEST },     { STR_INIT("/a/./b"), ERR_BAD_REQUEST },
        { STR_INIT("/%2E%2e/b"), ERR_BAD_REQUEST }, { STR_INIT("/a%2fb"), ERR_BAD_REQUEST },
        { STR_INIT("/a%2Fb"), ERR_BAD_REQUEST },    { STR_INIT("/a%5cb"), ERR_BAD_REQUEST },
        { STR_INIT("/a\\b"), ERR_BAD_REQUEST },     { STR_INIT("/%"), ERR_BAD_REQUEST },
        { STR_INIT("/%4"), ERR_BAD_REQUEST },       { STR_INIT("/%4g"), ERR_BAD_REQUEST },
        { STR_INIT("/%00"), ERR_BAD_REQUEST },      { STR_INIT("/a\0b"), ERR_BAD_REQUEST },
        { STR_INIT("/%0a"), ERR_BAD_REQUEST },      { STR_INIT("/%7f"), ERR_BAD_REQUEST },
        { STR_INIT("/a b"), ERR_BAD_REQUEST },      { STR_INIT("/\xe3\x81\x82"), ERR_BAD_REQUEST },
        { STR_INIT("/%ff"), ERR_NOT_UTF8 },         { STR_INIT("/%c0%ae"), ERR_NOT_UTF8 },
        { STR_INIT("/%ed%a0%80"), ERR_NOT_UTF8 },
    };
    /* clang-format on */
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct str out = STR_NONE;
        struct err err = { 0 };

        print_message("case: %.*s\n", STR_ARG(wrong[i].text));
        assert_false(url_path(wrong[i].text, arena, &out, &err));
        assert_int_equal(err.code, wrong[i].want);
        assert_null(out.ptr);
    }
}

static void url_path__decodes_once(void **state)
{
    struct err err = { 0 };
    struct str out, base;
    enum lang lang;
    (void)state;

    assert_true(url_path(STR("/en/%E7%8B%BC%20%252e+"), arena, &out, &err));
    assert_str(out, "/en/狼 %2e+");
    assert_str(url_language(out, &lang, &base), "/狼 %2e+");
    assert_int_equal(lang, LANG_EN);
    assert_str(base, "/en");
    assert_str(url_language(STR("/en"), &lang, &base), "/");
    assert_str(url_language(STR("/english"), &lang, &base), "/english");
    assert_int_equal(lang, LANG_JA);
}

static void url_fields__reads_pairs(void **state)
{
    struct fields fields;
    struct err err = { 0 };
    (void)state;

    assert_true(url_fields(STR("a=1&b=x+y%2b&&c&d=&a=2&e==%3D"), arena, &fields, &err));
    assert_int_equal(fields.len, 6);
    assert_str(fields.at[1].value, "x y+");
    assert_str(fields.at[2].name, "c");
    assert_non_null(fields.at[2].value.ptr);
    assert_str(fields.at[3].value, "");
    assert_str(fields.at[4].value, "2");
    assert_str(fields.at[5].value, "==");
    assert_true(url_fields(STR(""), arena, &fields, &err));
    assert_int_equal(fields.len, 0);
}

/* C54 */
static void url_fields__has_limits(void **state)
{
    struct buf buf = buf_new(arena, 10000);
    struct fields fields;
    struct err err = { 0 };
    (void)state;

    for (int i = 0; i < HTTP_FIELDS_MAX; i++)
        buf_add_z(&buf, "a=b&");
    assert_true(url_fields(buf_str(&buf), arena, &fields, &err));
    buf_add_z(&buf, "a=b");
    assert_false(url_fields(buf_str(&buf), arena, &fields, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    buf = buf_new(arena, 1000);
    for (int i = 0; i < HTTP_FIELD_NAME_MAX; i++)
        buf_byte(&buf, 'n');
    assert_true(url_fields(buf_str(&buf), arena, &fields, &err));
    buf_byte(&buf, 'n');
    assert_false(url_fields(buf_str(&buf), arena, &fields, &err));
    assert_false(url_fields(STR("a=\"b"), arena, &fields, &err));
    assert_false(url_fields(STR("a%0a=b"), arena, &fields, &err));
    assert_false(url_fields(STR("a=%00"), arena, &fields, &err));
    assert_false(url_fields(STR("a=%e3%81"), arena, &fields, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(url_path__refuses_what_has_two_meanings),
        cmocka_unit_test(url_path__decodes_once),
        cmocka_unit_test(url_fields__reads_pairs),
        cmocka_unit_test(url_fields__has_limits),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
