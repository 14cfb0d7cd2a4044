#include "base/testing.h"

#include "faces/http/cookie.h"
#include "faces/http/form.h"

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

static void form_boundary__takes_one_plain_boundary(void **state)
{
    static const struct {
        const char *type, *want;
    } cases[] = {
        { "multipart/form-data; boundary=abc", "abc" },
        { "Multipart/Form-Data;boundary=\"a b\"", NULL },
        { "multipart/form-data; boundary=\"a:b?\"", "a:b?" },
        { "multipart/form-data; charset=utf-8; boundary=----WebKitFormBoundaryX",
          "----WebKitFormBoundaryX" },
        { "multipart/form-data", NULL },
        { "multipart/form-data; boundary=", NULL },
        { "multipart/form-data; boundary=a; boundary=b", NULL },
        { "multipart/form-data; boundary=a\\b", NULL },
        { "multipart/form-data; boundary=\"abc", NULL },
        { "multipart/mixed; boundary=abc", NULL },
        { "multipart/form-data; "
          "boundary=a234567890123456789012345678901234567890123456789012345678901234567890x",
          NULL },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str boundary = STR_NONE;

        print_message("case: %s\n", cases[i].type);
        assert_int_equal(form_boundary(str_from_z(cases[i].type), &boundary),
                         cases[i].want != NULL);
        if (cases[i].want)
            assert_str(boundary, cases[i].want);
    }
    assert_true(
        content_type_is(STR("Application/JSON; charset=\"UTF-8\""), STR("application/json")));
    assert_false(content_type_is(STR("application/json; charset=utf-16"), STR("application/json")));
    assert_false(content_type_is(STR("application/jsonp"), STR("application/json")));
}

#define PART(name) "--b\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"

static void form_multipart__reads_what_browsers_send(void **state)
{
    static const struct str body = STR_INIT(PART("a") "1\r\n" PART(
        "a") "2\r\n--b\r\n--bx"
             "\r\n" PART(
                 "empty") "\r\n"
                          "--b\r\ncontent-disposition: form-data; name=\"f\"; "
                          "filename=\"..\\..\\a%22b%0D%0A.txt\"\r\n"
                          "Content-Type: text/plain; charset=x\r\n\r\n\0\r\n--\r\n"
                          "--b\r\nContent-Disposition: form-data; name=\"f\"; "
                          "filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n"
                          "--b--\r\n");
    struct fields fields;
    struct uploads uploads;
    struct err err = { 0 };
    (void)state;

    /* "\r\n--b" inside a value ends it: browsers choose a boundary that does not occur. */
    assert_false(form_multipart(body, STR("b"), arena, &fields, &uploads, &err));

    static const struct str good = STR_INIT(PART("a") "1\r\n" PART(
        "a") "2\n--b"
             "\r\n" PART(
                 "empty") "\r\n"
                          "--b\r\ncontent-disposition: form-data; name=\"f\"; "
                          "filename=\"..\\..\\a%22b%0D%0A.txt\"\r\n"
                          "Content-Type: text/plain; charset=x\r\n\r\n\0\r\n--\r\n"
                          "--b\r\nContent-Disposition: form-data; name=\"f\"; "
                          "filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n"
                          "--b--\r\n");

    err = (struct err){ 0 };
    assert_true(form_multipart(good, STR("b"), arena, &fields, &uploads, &err));
    assert_int_equal(fields.len, 3);
    assert_str(fields.at[1].value, "2\n--b");
    assert_str(fields.at[2].value, "");
    assert_int_equal(uploads.len, 1);
    assert_str(uploads.at[0].name, "a\"b  .txt");
    assert_str(uploads.at[0].type, "text/plain");
    assert_int_equal(uploads.at[0].bytes.len, 5);
}

static void form_multipart__refuses_the_rest(void **state)
{
    static const struct {
        const char *what;
        struct str body;
    } wrong[] = {
        { "nothing", STR_INIT("") },
        { "a preamble", STR_INIT("x\r\n" PART("a") "1\r\n--b--\r\n") },
        { "an epilogue", STR_INIT(PART("a") "1\r\n--b--\r\nx") },
        { "no end", STR_INIT(PART("a") "1\r\n") },
        { "another boundary",
          STR_INIT("--c\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--c--\r\n") },
        { "no head", STR_INIT("--b\r\n\r\n1\r\n--b--\r\n") },
        { "no name", STR_INIT("--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--\r\n") },
        { "an empty name", STR_INIT(PART("") "1\r\n--b--\r\n") },
        { "a quote within a token",
          STR_INIT(
              "--b\r\nContent-Disposition: form-data; name=a; filename=x\"b\"\r\n\r\n1\r\n--b--\r\n") },
        { "two names", STR_INIT("--b\r\nContent-Disposition: form-data; name=\"a\"; "
                                "name=\"b\"\r\n\r\n1\r\n--b--\r\n") },
        { "filename*", STR_INIT("--b\r\nContent-Disposition: form-data; name=\"a\"; "
                                "filename*=UTF-8''x\r\n\r\n1\r\n--b--\r\n") },
        { "two dispositions",
          STR_INIT("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
                   "Content-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--b--\r\n") },
        { "a nested form",
          STR_INIT("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
                   "Content-Type: Multipart/mixed; boundary=c\r\n\r\n1\r\n--b--\r\n") },
        { "base64", STR_INIT("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n"
                             "Content-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--b--\r\n") },
        { "a folded line",
          STR_INIT("--b\r\nContent-Disposition: form-data;\r\n name=\"a\"\r\n\r\n1\r\n--b--\r\n") },
        { "an open quote",
          STR_INIT("--b\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--b--\r\n") },
        { "not UTF-8", STR_INIT(PART("a") "\xff\r\n--b--\r\n") },
        { "a NUL", STR_INIT(PART("a") "\0\r\n--b--\r\n") },
        { "a control character in a name", STR_INIT(PART("a\x01") "1\r\n--b--\r\n") },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct fields fields = { 0 };
        struct uploads uploads = { 0 };
        struct err err = { 0 };

        print_message("case: %s\n", wrong[i].what);
        assert_false(form_multipart(wrong[i].body, STR("b"), arena, &fields, &uploads, &err));
        assert_true(err.code == ERR_BAD_REQUEST || err.code == ERR_NOT_UTF8);
        assert_null(fields.at);
    }
}

/* C54, G23: at the limit, and one beyond it. */
static void form_multipart__has_limits(void **state)
{
    static const struct {
        const char *what;
        int fields, files;
        size_t name, head;
        bool ok;
    } cases[] = {
        { "fields", HTTP_FIELDS_MAX, 0, 1, 0, true },
        { "fields + 1", HTTP_FIELDS_MAX + 1, 0, 1, 0, false },
        { "files", 0, HTTP_FILES_MAX, 1, 0, true },
        { "files + 1", 0, HTTP_FILES_MAX + 1, 1, 0, false },
        { "name", 1, 0, HTTP_FIELD_NAME_MAX, 0, true },
        { "name + 1", 1, 0, HTTP_FIELD_NAME_MAX + 1, 0, false },
        { "head", 1, 0, 1, HTTP_PART_HEAD_MAX / 2, true },
        { "head + 1", 1, 0, 1, HTTP_PART_HEAD_MAX, false },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf buf = buf_new(arena, 1 << 20);
        struct fields fields;
        struct uploads uploads;
        struct err err = { 0 };

        print_message("case: %s\n", cases[i].what);
        for (int n = 0; n < cases[i].fields + cases[i].files; n++) {
            buf_add_z(&buf, "--b\r\nX: ");
            for (size_t k = 0; k < cases[i].head; k++)
                buf_byte(&buf, 'x');
            buf_add_z(&buf, "\r\nContent-Disposition: form-data; name=\"");
            for (size_t k = 0; k < cases[i].name; k++)
                buf_byte(&buf, 'n');
            buf_add_z(&buf,
                      n < cases[i].files ? "\"; filename=\"x\"\r\n\r\n\r\n" : "\"\r\n\r\n\r\n");
        }
        buf_add_z(&buf, "--b--");
        assert_int_equal(form_multipart(buf_str(&buf), STR("b"), arena, &fields, &uploads, &err),
                         cases[i].ok);
        assert_int_equal(err.code, cases[i].ok ? ERR_NONE : ERR_TOO_LARGE);
    }
}

static void cookie_parse__skips_what_is_none(void **state)
{
    struct fields cookies = { 0 };
    struct err err = { 0 };
    (void)state;

    assert_true(
        cookie_parse(STR("__Host-s=abc;theme=dark; bad name=x; quoted=\"x\"; =y; alone; a=; b=c=d"),
                     arena, &cookies, &err));
    assert_int_equal(cookies.len, 4);
    assert_str(cookies.at[0].name, "__Host-s");
    assert_str(cookies.at[0].value, "abc");
    assert_str(cookies.at[2].value, "");
    assert_str(cookies.at[3].value, "c=d");
    for (int i = 0; i < HTTP_COOKIES_MAX - 4; i++)
        assert_true(cookie_parse(STR("a=b"), arena, &cookies, &err));
    assert_false(cookie_parse(STR("a=b"), arena, &cookies, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(form_boundary__takes_one_plain_boundary),
        cmocka_unit_test(form_multipart__reads_what_browsers_send),
        cmocka_unit_test(form_multipart__refuses_the_rest),
        cmocka_unit_test(form_multipart__has_limits),
        cmocka_unit_test(cookie_parse__skips_what_is_none),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
