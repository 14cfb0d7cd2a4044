#include "faces/cli/export/links.h"

#include "base/err.h"
#include "base/testing.h"

static int setup(void **state)
{
    *state = arena_new(16 << 20);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

/* VDB-02: what is exported, where pages say it is, and which file that is. */
static void export_link_of__has_a_file_for_each_page_and_document(void **state)
{
    static const struct {
        const char *url, *href, *file;
        bool is_page;
    } rows[] = {
        { "/", "/", "index.html", true },
        { "/en", "/en", "en/index.html", true },
        { "/en/records/CVE-2026-1", "/en/records/CVE-2026-1", "en/records/CVE-2026-1/index.html",
          true },
        { "/records/CVE-2026-1.osv.json", "/records/CVE-2026-1.osv.json",
          "records/CVE-2026-1.osv.json", false },
        { "/records/SA%3A1", "/records/SA%3A1", "records/SA:1/index.html", true },
        { "/vendors?initial=%E3%81%82&page=2", "/vendors/-/initial=E38182/page=2/",
          "vendors/-/initial=E38182/page=2/index.html", true },
        { "/search?from=2026-11-01&to=2026-11-01", "/search/-/from=2026-11-01/to=2026-11-01/",
          "search/-/from=2026-11-01/to=2026-11-01/index.html", true },
        { "/assets/noroshi.css?v=abc", "/assets/noroshi.css?v=abc", "assets/noroshi.css", false },
        { "/.well-known/csaf/white/2026/a.json", "/.well-known/csaf/white/2026/a.json",
          ".well-known/csaf/white/2026/a.json", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct export_link link;
        struct err err = { 0 };
        struct str file;

        print_message("case: %s\n", rows[i].url);
        assert_true(export_link_of(str_from_z(rows[i].url), *state, &link));
        assert_str(link.href, rows[i].href);
        assert_true(export_file_of(&link, rows[i].is_page, *state, &file, &err));
        assert_str(file, rows[i].file);
    }
}

static void export_link_of__leaves_questions_to_the_portal(void **state)
{
    static const char *const others[] = { "/search?q=a",
                                          "/search?severity=high&page=2",
                                          "/search/suggest",
                                          "/report",
                                          "/healthz",
                                          "/metrics",
                                          "/api/v1/openapi.json",
                                          "/records",
                                          "/records/a/b",
                                          "/vendors?page=",
                                          "/vendors?page=2/../..",
                                          "/vendors?page",
                                          "/vendors?&page=2",
                                          "/new?page=1&page=2&page=3&page=4&page=5",
                                          "/enough",
                                          "/en/en" };

    for (size_t i = 0; i < COUNT(others); i++) {
        struct export_link link;

        print_message("case: %s\n", others[i]);
        assert_false(export_link_of(str_from_z(others[i]), *state, &link));
    }
}

/* No name of a record leads out of the folder. */
static void export_file_of__refuses_what_is_no_path(void **state)
{
    static const char *const wrong[] = { "/records/..", "/records/%2e%2e", "/records/a%2fb",
                                         "/records/a%00b", "/records/%" };

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct export_link link = { str_from_z(wrong[i]), str_from_z(wrong[i]) };
        struct err err = { 0 };
        struct str file;

        print_message("case: %s\n", wrong[i]);
        assert_false(export_file_of(&link, true, *state, &file, &err));
    }
}

struct followed {
    struct arena *arena;
    struct buf asks;
};

static bool note(void *context, const struct export_link *link, struct err *err)
{
    struct followed *followed = context;

    (void)err;
    buf_add(&followed->asks, link->ask);
    buf_byte(&followed->asks, '\n');
    return true;
}

static void export_page__changes_links_and_nothing_else(void **state)
{
    static const char page[] =
        "<!DOCTYPE html>\n<a class=\"a b\" href=\"/vendors?initial=A&amp;page=2#top\" hidden>/vendors</a>"
        "<a href=\"/search?q=a&amp;kev=yes\">x</a><a href=\"/records/A&#39;B\">x</a><a href=\"#x\">href=\"/report\" &gt; </a>"
        "<form action=\"/search\"><input value=\"/about\" data-suggest=\"/search/suggest\"></form>"
        "<a href=\"https://a.example/\">x</a><a href=\"//b.example/\">x</a><img src=\"/assets/logo.svg\"><a href=\"/about\">x</a>";
    static const char want[] =
        "<!DOCTYPE html>\n<a class=\"a b\" href=\"/vendors/-/initial=A/page=2/#top\" hidden>/vendors</a>"
        "<a href=\"https://p.example/search?q=a&amp;kev=yes\">x</a><a href=\"https://p.example/records/A&#39;B\">x</a><a href=\"#x\">href=\"/report\" &gt; </a>"
        "<form action=\"https://p.example/search\"><input value=\"/about\" data-suggest=\"/search/suggest\"></form>"
        "<a href=\"https://a.example/\">x</a><a href=\"//b.example/\">x</a><img src=\"/assets/logo.svg\"><a href=\"/about\">x</a>";
    struct followed followed = { *state, buf_new(*state, 4096) };
    const struct export_reader reader = { &followed, note };
    struct err err = { 0 };
    struct str out;

    assert_true(export_page(STR(page), STR("https://p.example"), &reader, *state, &out, &err));
    assert_str(out, want);
    assert_str(buf_str(&followed.asks), "/vendors?initial=A&page=2\n/assets/logo.svg\n/about\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(export_link_of__has_a_file_for_each_page_and_document,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(export_link_of__leaves_questions_to_the_portal, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(export_file_of__refuses_what_is_no_path, setup, teardown),
        cmocka_unit_test_setup_teardown(export_page__changes_links_and_nothing_else, setup,
                                        teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
