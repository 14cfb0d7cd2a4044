#include "faces/html/html.h"

#include "base/testing.h"
#include "faces/html/embedded.h"

#define ASSERT_PAGE(page, want)                        \
    do {                                               \
        struct html html_ = { 0 };                     \
        struct err err_ = { 0 };                       \
                                                       \
        assert_true(html_done((page), &html_, &err_)); \
        assert_str(html_.text, (want));                \
    } while (0)

static struct page *page_of(struct arena *arena, enum lang lang)
{
    return page_new(arena, 4096, lang, STR("t\"k"));
}

/* conventions 9: what people typed stays text, between tags and in quoted attributes of either
 * quote. */
static void html_text__lets_no_markup_through(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    struct page *page = page_of(arena, LANG_JA);
    (void)state;

    html_text(page, STR("<a href=\"x\" o='y'>&amp;"));
    ASSERT_PAGE(page, "&lt;a href=&#34;x&#34; o=&#39;y&#39;&gt;&amp;amp;");
}

static void html_text__replaces_what_html_forbids(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    struct page *page = page_of(arena, LANG_JA);
    (void)state;

    html_attr(page, STR("a\0b\x1b\x7f\t\r\n狼煙"));
    ASSERT_PAGE(page, "a\xef\xbf\xbd"
                      "b\xef\xbf\xbd\xef\xbf\xbd\t\r\n狼煙");
}

static void html_text__writes_by_type(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    struct page *page = page_of(arena, LANG_JA);
    struct html html = { STR_INIT("<b>") };
    (void)state;

    html_text(page, html);
    html_text(page, INT64_MIN);
    html_static(page, STR(" "));
    html_attr(page, -1);
    html_static(page, STR(" "));
    html_url_part(page, SIZE_MAX);
    html_text(page, STR_NONE);
    ASSERT_PAGE(page, "<b>-9223372036854775808 -1 18446744073709551615");
}

static void html_url_part__encodes_all_but_the_unreserved(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    struct page *page = page_of(arena, LANG_JA);
    (void)state;

    html_url_part(page, STR("aZ09-._~ /?#&=:%\"<\n狼"));
    ASSERT_PAGE(page, "aZ09-._~%20%2F%3F%23%26%3D%3A%25%22%3C%0A%E7%8B%BC");
}

static void html_url__lets_only_harmless_urls_pass(void **state)
{
    static const char *const good[] = { "/", "/cases/1?a=b#c", "http://example.jp/",
                                        "HTTPS://example.jp", "mailto:a@example.jp" };
    static const char *const bad[] = { "",
                                       "cases",
                                       "//example.jp/",
                                       "/\\example.jp",
                                       "/\t/example.jp",
                                       "javascript:alert(1)",
                                       "JavaScript:x",
                                       " javascript:x",
                                       "java\nscript:x",
                                       "data:text/html,x",
                                       "vbscript:x",
                                       "\x01/x",
                                       "/a b",
                                       "ftp://example.jp/",
                                       "https:",
                                       "http:/example.jp" };
    (void)state;

    for (size_t i = 0; i < COUNT(good); i++) {
        print_message("case: \"%s\"\n", good[i]);
        assert_true(html_is_safe_url(str_from_z(good[i])));
    }
    for (size_t i = 0; i < COUNT(bad); i++) {
        print_message("case: \"%s\"\n", bad[i]);
        assert_false(html_is_safe_url(str_from_z(bad[i])));
    }
}

static void html_url__is_escaped_or_replaced(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    struct page *page = page_of(arena, LANG_JA);
    (void)state;

    html_url(page, STR("/a?b=\"&c"));
    html_url(page, STR("javascript:x"));
    ASSERT_PAGE(page, "/a?b=&#34;&amp;c#");
}

static void html_base__follows_the_language(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    struct page *ja = page_of(arena, LANG_JA), *en = page_of(arena, LANG_EN);
    (void)state;

    html_base(ja);
    html_lang(ja);
    ASSERT_PAGE(ja, "ja");
    html_base(en);
    html_lang(en);
    ASSERT_PAGE(en, "/enen");
}

static void html_token__is_a_hidden_field(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    struct page *page = page_of(arena, LANG_JA);
    (void)state;

    html_token(page);
    ASSERT_PAGE(page, "<input type=\"hidden\" name=\"form_token\" value=\"t&#34;k\">");
}

static void html_done__refuses_a_page_over_its_maximum(void **state)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(1 << 16);
    struct page *page = page_new(arena, 8, LANG_JA, STR_NONE);
    struct html html = { STR_INIT("left alone") };
    struct err err = { 0 };
    (void)state;

    html_static(page, STR("12345678"));
    html_text(page, STR("9"));
    assert_false(html_done(page, &html, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_true(str_eq(html.text, STR("left alone")));
}

static void embedded_lookup__finds_what_is_there(void **state)
{
    static const struct embedded table[] = {
        { .path = "a" }, { .path = "css/a.css" }, { .path = "css/b.css" }, { .path = "z" }
    };
    (void)state;

    for (size_t i = 0; i < COUNT(table); i++)
        assert_ptr_equal(embedded_lookup(table, COUNT(table), str_from_z(table[i].path)),
                         &table[i]);
    assert_null(embedded_lookup(table, COUNT(table), STR("css/")));
    assert_null(embedded_lookup(table, COUNT(table), STR("css/a.css/")));
    assert_null(embedded_lookup(table, COUNT(table), STR("")));
    assert_null(embedded_lookup(table, 0, STR("a")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_text__lets_no_markup_through),
        cmocka_unit_test(html_text__replaces_what_html_forbids),
        cmocka_unit_test(html_text__writes_by_type),
        cmocka_unit_test(html_url_part__encodes_all_but_the_unreserved),
        cmocka_unit_test(html_url__lets_only_harmless_urls_pass),
        cmocka_unit_test(html_url__is_escaped_or_replaced),
        cmocka_unit_test(html_base__follows_the_language),
        cmocka_unit_test(html_token__is_a_hidden_field),
        cmocka_unit_test(html_done__refuses_a_page_over_its_maximum),
        cmocka_unit_test(embedded_lookup__finds_what_is_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
