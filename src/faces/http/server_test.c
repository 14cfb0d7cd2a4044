#include "faces/http/testing.h"

#include "faces/http/respond.h"
#include "seal/seal.h"
#include <stdatomic.h>

/* ---- a small face ---- */

enum { MAY_ALL = 1, MAY_MEMBER, MAY_HIDDEN, MAY_SHOWN };

struct probe {
    atomic_int changes, releases;
    struct server *server;
};

static bool show(struct request *req, struct response *res, struct err *err)
{
    struct page *page = page_new(req->arena, 4096, req->lang, req->form_token);
    struct html html;

    html_text_str(page, request_path(req, "id"));
    html_text_str(page, request_query(req, "q"));
    html_base(page);
    return html_done(page, &html, err) ? respond_html(res, html) : PASS(err);
}

static bool change(struct request *req, struct response *res, struct err *err)
{
    struct probe *probe = req->app;

    (void)err;
    atomic_fetch_add(&probe->changes, 1);
    return respond_redirect(res, arena_printf(req->arena, "%.*s/things/1", STR_ARG(req->base)));
}

static bool upload(struct request *req, struct response *res, struct err *err)
{
    const struct upload *file = request_upload(req, "file", 0);

    (void)err;
    return respond_text(
        res, arena_printf(req->arena, "%zu %.*s %zu", request_form_count(req, "tick"),
                          STR_ARG(file ? file->name : STR("none")), file ? file->bytes.len : 0));
}

static bool query_api(struct request *req, struct response *res, struct err *err)
{
    (void)err;
    return respond_json(res, req->body);
}

static void released(void *owner)
{
    struct probe *probe = owner;

    atomic_fetch_add(&probe->releases, 1);
}

static bool blob(struct request *req, struct response *res, struct err *err)
{
    (void)err;
    res->release = released;
    res->owner = req->app;
    return respond_bytes(res, STR("<p>plain</p>"), STR("text/html; charset=utf-8"), STR("\"v1\""),
                         STR("GZIP"));
}

static bool save(struct request *req, struct response *res, struct err *err)
{
    (void)req;
    (void)err;
    return respond_download(res, STR("<script>"), STR("報告\"\r\nX: y/..\\a.html"));
}

static bool who(struct request *req, struct response *res, struct err *err)
{
    (void)err;
    response_cookie(res, "__Host-s", STR("abc"), 60);
    response_cookie(res, "plain", STR("abc"), 60);
    response_header(res, "X-Bad", STR("a\r\nSet-Cookie: x=y"));
    return respond_text(res, arena_printf(req->arena, "%.*s %d %.*s", STR_ARG(req->peer_address),
                                          req->is_https, STR_ARG(request_cookie(req, "__Host-s"))));
}

static bool absent(struct request *req, struct response *res, struct err *err)
{
    (void)req;
    (void)res;
    return FAIL(err, ABSENT, STR("thing 17"));
}

static bool broken(struct request *req, struct response *res, struct err *err)
{
    (void)req;
    (void)res;
    return FAIL(err, STORE, STR("secret.db: table finder"));
}

static bool secret_link(struct request *req, struct response *res, struct err *err)
{
    (void)req;
    (void)err;
    res->secret_link = true;
    return respond_text(res, STR("x"));
}

static bool leave(struct request *req, struct response *res, struct err *err)
{
    (void)err;
    res->clear_site = true;
    response_cookie_end(res, "__Host-s");
    return respond_redirect(res, request_query(req, "next"));
}

static bool feed(struct request *req, struct response *res, struct err *err)
{
    if (str_eq(request_path(req, "id"), STR("absent")))
        return FAIL(err, ABSENT, STR("feed"));
    response_header(res, "Last-Modified", STR("Sat, 21 Nov 2026 04:00:00 GMT"));
    return respond_bytes(res, STR("<rdf/>"), STR("application/xml"), STR("\"v1\""), STR_NONE);
}

/* clang-format off */
static const struct route pages[] = {
    ROUTE_GET("/", MAY_ALL, show),
    ROUTE_GET("/things/{id}", MAY_ALL, show),
    ROUTE_GET("/things/new", MAY_ALL, who),
    ROUTE_POST("/things/{id}", MAY_MEMBER, TOKEN_FORM, BODY_FORM, 1000, change),
    ROUTE_POST("/files", MAY_MEMBER, TOKEN_FORM, BODY_MULTIPART, 100000, upload),
    ROUTE_GET("/members", MAY_MEMBER, show),
    ROUTE_GET("/hidden", MAY_HIDDEN, show),
    ROUTE_GET("/shown", MAY_SHOWN, show),
    ROUTE_GET("/who", MAY_ALL, who),
    ROUTE_GET("/blob", MAY_ALL, blob),
    ROUTE_GET("/save", MAY_ALL, save),
    ROUTE_GET("/absent", MAY_ALL, absent),
    ROUTE_GET("/broken", MAY_ALL, broken),
    ROUTE_GET("/secret", MAY_ALL, secret_link),
    ROUTE_GET("/leave", MAY_ALL, leave),
};
static const struct route interfaces[] = {
    ROUTE_POST("/api/query", MAY_ALL, TOKEN_API, BODY_JSON, 1000, query_api),
    ROUTE_POST("/api/open", MAY_ALL, TOKEN_OPEN, BODY_JSON, 1000, query_api),
    ROUTE_GET_OPEN("/api/feed/{id}", MAY_ALL, feed),
    ROUTE_GET_OPEN("/api/page", MAY_ALL, blob),
};
/* clang-format on */
static const struct route_list lists[] = { ROUTES(pages), ROUTES(interfaces) };

static bool identify(struct request *req, struct err *err)
{
    (void)err;
    if (str_eq(request_cookie(req, "__Host-s"), STR("good"))) {
        req->subject = "member";
        req->form_token = STR("token-of-good");
    }
    return true;
}

static enum may may(const struct request *req, unsigned permission)
{
    switch (permission) {
    case MAY_ALL:
        return MAY_YES;
    case MAY_MEMBER:
        return req->subject ? MAY_YES : MAY_LOGIN;
    case MAY_SHOWN:
        return MAY_NOT_DO;
    }
    return MAY_NOT_SEE;
}

static const struct str hosts[] = { STR_INIT("localhost") },
                        origins[] = { STR_INIT("http://localhost") };
static const struct embedded assets[] = {
    { "css/a.css",
      STR_INIT("text/css; charset=utf-8"),
      STR_INIT("p{}"),
      { "", 0 },
      STR_INIT("\"e1\"") },
};

static struct server_options options_for(struct probe *probe)
{
    struct server_options options = { .name = "test",
                                      .listen_fd = -1,
                                      .threads = 2,
                                      .lists = lists,
                                      .list_count = COUNT(lists),
                                      .hooks = { identify, may, NULL, NULL, "/login" },
                                      .app = probe,
                                      .hosts = hosts,
                                      .host_count = 1,
                                      .origins = origins,
                                      .origin_count = 1,
                                      .assets = assets,
                                      .asset_count = COUNT(assets),
                                      .per_address = 500 };

    return options;
}

static struct probe probe;

static int set_up(void **state)
{
    struct err err = { 0 };

    (void)state;
    memset(&probe, 0, sizeof(probe));
    if (!seal_start(&err))
        return 1;
    probe.server = start(options_for(&probe));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    server_stop(probe.server, 1000);
    return 0;
}

/* ---- routes, language, methods ---- */

static void server__routes_by_path_and_language(void **state)
{
    (void)state;
    assert_int_equal(ask("GET /things/a%20b?q=%E7%8B%BC", "", ""), 200);
    assert_string_equal(body_of(), "a b狼");
    assert_int_equal(ask("GET /en/things/7", "", ""), 200);
    assert_string_equal(body_of(), "7/en");
    assert_int_equal(ask("GET /en", "", ""), 200);
    assert_string_equal(body_of(), "/en");
    assert_int_equal(ask("GET /things/new", "", ""), 200);
    assert_true(has("127.0.0.1 0"));
    assert_int_equal(ask("GET /things/", "", ""), 404);
    assert_int_equal(ask("GET /nothing", "", ""), 404);
    assert_int_equal(ask("HEAD /things/7", "", ""), 200);
    assert_string_equal(body_of(), "");
    assert_true(has("Content-Length: 1"));
}

static void server__refuses_other_methods(void **state)
{
    static const struct {
        const char *line;
        int status;
    } cases[] = { { "PUT /things/7", 405 }, { "DELETE /things/7", 405 },
                  { "TRACE /", 405 },       { "OPTIONS *", 405 },
                  { "PATCH /", 405 },       { "BREW /", 501 },
                  { "get /", 501 },         { "GET *", 400 },
                  { "POST /who", 405 },     { "GET /api/query", 405 },
                  { "GET who", 400 },       { "GET http://localhost/", 400 } };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].line);
        assert_int_equal(ask(cases[i].line, "Content-Length: 0\r\n", ""), cases[i].status);
        assert_true(was_closed);
    }
    ask("GET /api/query", "", "");
    assert_true(has("Allow: POST\r\n"));
}

static void server__refuses_odd_urls(void **state)
{
    static const char *const wrong[] = {
        "/../etc/passwd",
        "/a/../b",
        "/..%2f..%2fetc",
        "/a/%2e%2e/b",
        "/static/..%5c..%5cx",
        "/%c0%ae%c0%ae/x",
        "/%00",
        "/a%00.css",
        "/a#b",
        "/a?b#c",
        "/%",
        "/%zz",
        "/%u0041",
        "//x/",
        "/a//b",
        "/./",
        "/a\\b",
        "/%0d%0aX:y",
        "/?q=%ff",
        "/?q=%00",
        "/?q=%4",
        "/\xe7\x8b\xbc",
        "/a\"b",
        "/?q=<b>",
    };
    (void)state;

    for (size_t i = 0; i < COUNT(wrong); i++) {
        char line[200];

        print_message("case: %s\n", wrong[i]);
        snprintf(line, sizeof(line), "GET %s", wrong[i]);
        assert_int_equal(ask(line, "", ""), 400);
    }
}

/* C50: only our host names; nothing in an answer comes from the request's Host. */
/* API-05: what programs read is for pages of every origin, refusals too; pages for people are not. */
static void server__opens_to_other_origins_what_is_open(void **state)
{
#define ELSEWHERE "Origin: https://a.example\r\nSec-Fetch-Site: cross-site\r\n"
    static const struct {
        const char *line, *headers, *body;
        int status;
        bool is_open;
    } cases[] = {
        { "GET /api/feed/1", ELSEWHERE, "", 200, true },
        { "GET /api/feed/1", "", "", 200, true },
        { "GET /api/feed/absent", ELSEWHERE, "", 404, true },
        { "GET /api/page", ELSEWHERE, "", 200, false },
        { "GET /things/7", ELSEWHERE, "", 200, false },
        { "POST /api/open", ELSEWHERE "Content-Type: application/json\r\nContent-Length: 2\r\n",
          "{}", 200, true },
        { "POST /api/query", ELSEWHERE "Content-Type: application/json\r\nContent-Length: 2\r\n",
          "{}", 403, false },
        { "OPTIONS /api/feed/1", ELSEWHERE "Access-Control-Request-Method: GET\r\n", "", 204,
          true },
        { "OPTIONS /api/open", ELSEWHERE "Access-Control-Request-Method: POST\r\n", "", 204, true },
        { "OPTIONS /api/open", ELSEWHERE "Access-Control-Request-Method: GET\r\n", "", 405, false },
        { "OPTIONS /api/query", ELSEWHERE "Access-Control-Request-Method: POST\r\n", "", 405,
          false },
        { "OPTIONS /things/7", ELSEWHERE "Access-Control-Request-Method: GET\r\n", "", 405, false },
        { "OPTIONS /nothing", ELSEWHERE "Access-Control-Request-Method: GET\r\n", "", 404, false },
        { "OPTIONS /api/feed/1", ELSEWHERE, "", 405, false },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].line);
        assert_int_equal(ask(cases[i].line, cases[i].headers, cases[i].body), cases[i].status);
        assert_int_equal(has("Access-Control-Allow-Origin: *\r\n"), cases[i].is_open);
    }
}

/* API-05: by tag, or by the time that was told; a tag counts before it. */
static void server__says_what_has_not_changed(void **state)
{
#define TIME "If-Modified-Since: Sat, 21 Nov 2026 04:00:00 GMT\r\n"
    (void)state;

    assert_int_equal(ask("GET /api/feed/1", TIME, ""), 304);
    assert_int_equal(ask("GET /api/feed/1", TIME "If-None-Match: \"v1\"\r\n", ""), 304);
    assert_int_equal(ask("GET /api/feed/1", TIME "If-None-Match: \"v0\"\r\n", ""), 200);
    assert_int_equal(
        ask("GET /api/feed/1", "If-Modified-Since: Sat, 21 Nov 2026 03:59:59 GMT\r\n", ""), 200);
    assert_int_equal(ask("GET /blob", TIME, ""), 200);
}

static void server__refuses_foreign_hosts(void **state)
{
    (void)state;
    send_raw(STR("GET / HTTP/1.1\r\nHost: attacker.example\r\nConnection: close\r\n\r\n"), 3000);
    assert_true(has("HTTP/1.1 421 "));
    assert_false(has("attacker"));
    send_raw(
        STR("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        3000);
    assert_true(has("HTTP/1.1 400 "));
    send_raw(STR("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), 3000);
    assert_true(has(" 400 "));
    send_raw(STR("GET / HTTP/1.0\r\nHost: LocalHost\r\n\r\n"), 3000);
    assert_true(has(" 200 "));
}

/* ---- permission ---- */

static void server__asks_permission_before_the_handler(void **state)
{
    static char hidden[sizeof(answer)];
    (void)state;

    assert_int_equal(ask("GET /en/members?a=b", "", ""), 303);
    assert_true(has("Location: /en/login?next=%2Fen%2Fmembers%3Fa%3Db\r\n"));
    assert_int_equal(ask("GET /members", "Cookie: __Host-s=good\r\n", ""), 200);
    assert_int_equal(ask("GET /members", "Cookie: __Host-s=good; __Host-s=good\r\n", ""), 303);
    assert_int_equal(ask("GET /shown", "", ""), 403);

    /* C27: forbidden, absent and never there are one answer. */
    assert_int_equal(ask("GET /hidden", "", ""), 404);
    snprintf(hidden, sizeof(hidden), "%s", answer);
    assert_int_equal(ask("GET /absent", "", ""), 404);
    assert_string_equal(strstr(answer, "\r\nDate") ? body_of() : "",
                        strstr(hidden, "\r\n\r\n") + 4);
    assert_int_equal(strlen(answer), strlen(hidden));
    assert_int_equal(ask("GET /never", "", ""), 404);
    assert_int_equal(strlen(answer), strlen(hidden));
    assert_false(has("thing 17"));
}

static void server__tells_nothing_of_what_broke_inside(void **state)
{
    (void)state;
    assert_int_equal(ask("GET /broken", "", ""), 503);
    assert_false(has("secret.db"));
    assert_false(has("finder"));
    assert_true(has("application/problem+json"));
    assert_true(has("\"instance\":\"urn:request:"));
    assert_true(has("Retry-After: 10\r\n"));
    assert_true(has("Cache-Control: no-store\r\n"));
}

/* ---- forms ---- */

#define MINE   "Cookie: __Host-s=good\r\n"
#define FORM   "Content-Type: application/x-www-form-urlencoded\r\n"
#define ORIGIN "Origin: http://localhost\r\n"
#define SAME   "Sec-Fetch-Site: same-origin\r\n"

/* C15, T71: the nine forgeries, and others like them. */
static void server__refuses_forged_forms(void **state)
{
    static const struct {
        const char *what, *headers, *body;
        int status;
    } cases[] = {
        { "no token", MINE FORM ORIGIN SAME, "a=b", 403 },
        { "wrong token", MINE FORM ORIGIN SAME, "form_token=wrong", 403 },
        { "empty token", MINE FORM ORIGIN SAME, "form_token=", 403 },
        { "two tokens", MINE FORM ORIGIN SAME, "form_token=token-of-good&form_token=token-of-good",
          403 },
        { "other session's token", MINE FORM ORIGIN SAME, "form_token=token-of-other", 403 },
        { "other form's token", MINE FORM ORIGIN SAME, "form_token=token-of-good-form-2", 403 },
        { "foreign origin", MINE FORM "Origin: https://evil.example\r\n",
          "form_token=token-of-good", 403 },
        { "origin null", MINE FORM "Origin: null\r\n" SAME, "form_token=token-of-good", 403 },
        { "origin of another port", MINE FORM "Origin: http://localhost:81\r\n",
          "form_token=token-of-good", 403 },
        { "two origins", MINE FORM ORIGIN ORIGIN, "form_token=token-of-good", 403 },
        { "no origin at all", MINE FORM, "form_token=token-of-good", 403 },
        { "cross-site", MINE FORM ORIGIN "Sec-Fetch-Site: cross-site\r\n",
          "form_token=token-of-good", 403 },
        { "same-site", MINE FORM ORIGIN "Sec-Fetch-Site: same-site\r\n", "form_token=token-of-good",
          403 },
        { "none without origin", MINE FORM "Sec-Fetch-Site: none\r\n", "form_token=token-of-good",
          403 },
        { "text/plain", MINE ORIGIN SAME "Content-Type: text/plain\r\n", "form_token=token-of-good",
          415 },
        { "no type", MINE ORIGIN SAME, "form_token=token-of-good", 415 },
        { "json", MINE ORIGIN SAME "Content-Type: application/json\r\n",
          "{\"form_token\":\"token-of-good\"}", 415 },
        { "packed", MINE FORM ORIGIN SAME "Content-Encoding: gzip\r\n", "form_token=token-of-good",
          415 },
        { "token in the query", MINE FORM ORIGIN SAME, "", 403 },
        { "nobody", FORM ORIGIN SAME, "form_token=token-of-good", 401 },
    };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].what);
        assert_int_equal(
            post("/things/1?form_token=token-of-good", cases[i].headers, cases[i].body),
            cases[i].status);
    }
    print_message("case: GET\n");
    assert_int_equal(ask("GET /things/1?form_token=token-of-good", MINE ORIGIN SAME, ""), 200);
    assert_int_equal(probe.changes, 0);
}

static void server__takes_our_own_forms(void **state)
{
    (void)state;
    assert_int_equal(post("/en/things/1", MINE FORM ORIGIN SAME, "form_token=token-of-good"), 303);
    assert_true(has("Location: /en/things/1\r\n"));
    assert_int_equal(post("/things/1", MINE FORM SAME, "form_token=token-of-good"), 303);
    assert_int_equal(post("/things/1", MINE FORM ORIGIN, "form_token=token-of-good"), 303);
    assert_int_equal(
        post("/things/1", MINE FORM ORIGIN "Sec-Fetch-Site: none\r\n", "form_token=token-of-good"),
        303);
    assert_int_equal(probe.changes, 4);
    assert_int_equal(post("/api/query", "Content-Type: application/json\r\n", "{\"a\":1}"), 200);
    assert_string_equal(body_of(), "{\"a\":1}");
    assert_int_equal(post("/api/query",
                          "Content-Type: application/json\r\nOrigin: https://evil.example\r\n",
                          "{}"),
                     403);
}

static void server__limits_bodies(void **state)
{
    static char large[3000];
    char text[5000];
    int fd = dial();
    (void)state;

    memset(large, 'a', sizeof(large) - 1);
    assert_int_equal(post("/things/1", MINE FORM ORIGIN, large), 413);
    assert_int_equal(ask("POST /things/1", MINE FORM ORIGIN "Content-Length: 99999999999\r\n", "a"),
                     413);
    assert_true(was_closed);
    assert_int_equal(
        ask("POST /things/1", MINE FORM ORIGIN "Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), 411);
    assert_int_equal(ask("POST /things/1", MINE FORM ORIGIN, ""), 411);
    assert_int_equal(ask("GET /", "Content-Length: 3\r\n", "abc"), 400);
    assert_int_equal(
        ask("POST /things/1", MINE FORM ORIGIN "Content-Length: 3\r\nExpect: 200-ok\r\n", "a=b"),
        417);
    assert_int_equal(probe.changes, 0);

    /* A refused body that is read away leaves the connection usable. */
    snprintf(text, sizeof(text),
             "POST /things/1 HTTP/1.1\r\nHost: localhost\r\n" FORM ORIGIN
             "Content-Length: 2999\r\n\r\n%s"
             "GET /things/second HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
             large);
    send(fd, text, strlen(text), MSG_NOSIGNAL);
    listen_to(fd, 3000);
    close(fd);
    assert_true(has("HTTP/1.1 413 "));
    assert_true(has("second"));
}

static void server__reads_multipart_forms(void **state)
{
    static const char body[] =
        "--b1\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\ntoken-of-good\r\n"
        "--b1\r\nContent-Disposition: form-data; name=\"tick\"\r\n\r\n1\r\n"
        "--b1\r\nContent-Disposition: form-data; name=\"tick\"\r\n\r\n2\r\n"
        "--b1\r\nContent-Disposition: form-data; name=\"file\"; "
        "filename=\"C:\\x\\\xe7\x8b\xbc.txt\"\r\n"
        "Content-Type: text/plain\r\n\r\n12\r\n-3\r\n--b1--\r\n";
    (void)state;

    assert_int_equal(
        post("/files", MINE ORIGIN "Content-Type: multipart/form-data; boundary=b1\r\n", body),
        200);
    assert_string_equal(body_of(), "2 狼.txt 6");
    assert_int_equal(post("/files", MINE ORIGIN FORM, "form_token=token-of-good&tick=1"), 200);
    assert_string_equal(body_of(), "1 none 0");
    assert_int_equal(
        post("/files", MINE ORIGIN "Content-Type: multipart/form-data; boundary=b2\r\n", body),
        400);
}

/* ---- answers ---- */

/* C11, T73: every answer has the headers of the table. */
static void server__sends_the_headers_of_the_table(void **state)
{
    static const struct {
        const char *line, *headers;
        int status;
        const char *has, *has_not;
    } cases[] = {
        { "GET /", "", 200, "require-trusted-types-for 'script'", "Strict-Transport" },
        { "GET /who", "", 200, "Content-Security-Policy: default-src 'none'; form-action 'none'",
          "trusted-types" },
        { "GET /nothing", "", 404, "Cache-Control: no-store", "trusted-types" },
        { "GET /broken", "", 503, "Cache-Control: no-store", "trusted-types" },
        { "GET /members", "", 303, "Cache-Control: no-cache", "no-store" },
        { "GET /save", "", 200, "; sandbox\r\n", "trusted-types" },
        { "GET /assets/css/a.css", "", 200, "Cache-Control: no-cache\r\n", "immutable" },
        { "GET /assets/css/a.css?v=e1", "", 200,
          "Cache-Control: public, max-age=31536000, immutable\r\n", "no-cache" },
        { "GET /assets/css/a.css", "If-None-Match: \"e1\"\r\n", 304, "ETag: \"e1\"", "p{}" },
        { "GET /assets/css/b.css", "", 404, "Cache-Control: no-store", "immutable" },
        { "GET /secret", "", 200, "Referrer-Policy: strict-origin\r\n",
          "Referrer-Policy: same-origin" },
        { "GET /leave?next=/who", "", 303, "Clear-Site-Data: ", "strict-origin" },
    };
    static const char *const every[] = { "X-Content-Type-Options: nosniff\r\n",
                                         "Cross-Origin-Opener-Policy: same-origin\r\n",
                                         "Cross-Origin-Resource-Policy: same-origin\r\n",
                                         "Permissions-Policy: ",
                                         "frame-ancestors 'none'",
                                         "base-uri 'none'",
                                         "X-Frame-Options: DENY\r\n",
                                         "Referrer-Policy: ",
                                         "Cache-Control: ",
                                         "Content-Security-Policy: default-src 'none'" };
    (void)state;

    for (size_t i = 0; i < COUNT(cases); i++) {
        print_message("case: %s\n", cases[i].line);
        assert_int_equal(ask(cases[i].line, cases[i].headers, ""), cases[i].status);
        assert_true(has(cases[i].has));
        assert_false(has(cases[i].has_not));
        for (size_t k = 0; k < COUNT(every); k++)
            assert_true(has(every[k]));
        assert_false(has("Server:"));
    }
}

static void server__keeps_nothing_of_a_private_face(void **state)
{
    struct server_options options = options_for(&probe);
    struct server *private;
    (void)state;

    options.is_private = true;
    private = start(options);
    ask("GET /blob", "", "");
    assert_true(has("Cache-Control: no-store\r\n"));
    ask("GET /assets/css/a.css?v=e1", "", "");
    assert_true(has("immutable"));
    server_stop(private, 1000);
}

static void server__answers_conditional_and_packed(void **state)
{
    (void)state;
    assert_int_equal(ask("GET /blob", "", ""), 200);
    assert_true(has("ETag: \"v1\"\r\n") && has("Vary: Accept-Encoding\r\n") && has("<p>plain</p>"));
    assert_int_equal(ask("GET /blob", "Accept-Encoding: br, gzip;q=0.5\r\n", ""), 200);
    assert_true(has("ETag: \"v1-gz\"\r\n") && has("Content-Encoding: gzip\r\n"));
    assert_string_equal(body_of(), "GZIP");
    assert_int_equal(ask("GET /blob", "Accept-Encoding: gzip;q=0\r\n", ""), 200);
    assert_true(has("plain"));
    assert_int_equal(ask("GET /blob", "If-None-Match: \"v0\", W/\"v1\"\r\n", ""), 304);
    assert_string_equal(body_of(), "");
    assert_int_equal(ask("GET /blob", "If-None-Match: \"v2\"\r\n", ""), 200);
    assert_int_equal(ask("GET /blob", "Range: bytes=0-,0-,0-\r\n", ""), 200);
    assert_int_equal(ask("HEAD /blob", "", ""), 200);
    for (int i = 0; i < 100 && probe.releases < 7; i++)
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    assert_int_equal(probe.releases, 7);
}

/* C14, C16, C17, C47 */
static void server__sends_clean_cookies_names_and_redirects(void **state)
{
    (void)state;
    ask("GET /who", "", "");
    assert_true(
        has("Set-Cookie: __Host-s=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=60\r\n"));
    assert_false(has("plain=abc"));
    assert_false(has("X-Bad"));
    ask("GET /save", "", "");
    assert_true(has("Content-Type: application/octet-stream\r\n"));
    assert_true(has("Content-Disposition: attachment; filename=\"file\"; "
                    "filename*=UTF-8''%E5%A0%B1%E5%91%8A%22X%3A%20y..a.html\r\n"));
    ask("GET /leave?next=//evil.example/", "", "");
    assert_true(has("Location: /\r\n"));
    ask("GET /leave?next=/%5Cevil.example/", "", "");
    assert_true(has("Location: /\r\n"));
    ask("GET /leave?next=https://evil.example/", "", "");
    assert_true(has("Location: /\r\n"));
    ask("GET /leave?next=/who", "", "");
    assert_true(has("Location: /who\r\n"));
}

/* C50: forwarded headers count from configured proxies alone. */
static void server__believes_its_own_proxies_alone(void **state)
{
    static const struct str proxies[] = { STR_INIT("127.0.0.0/8"), STR_INIT("10.1.1.1") };
    struct server_options options = options_for(&probe);
    struct server *behind;
    (void)state;

    ask("GET /who", "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\n", "");
    assert_string_equal(body_of(), "127.0.0.1 0 ");
    options.proxies = proxies;
    options.proxy_count = COUNT(proxies);
    behind = start(options);
    ask("GET /who", "X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.1.1.1\r\nX-Forwarded-Proto: https\r\n",
        "");
    assert_string_equal(body_of(), "192.0.2.1 1 ");
    assert_true(has("Strict-Transport-Security: max-age=63072000"));
    ask("GET /who", "X-Forwarded-For: 6.6.6.6, nonsense\r\n", "");
    assert_string_equal(body_of(), "127.0.0.1 0 ");
    server_stop(behind, 1000);
}

static void server__counts_by_route_name(void **state)
{
    struct arena *arena = arena_new(4 << 20);
    struct err err = { 0 };
    struct str text = STR_NONE;
    (void)state;

    ask("GET /things/7", "", "");
    ask("GET /nothing/attacker-label", "", "");
    for (int i = 0; i < 100; i++) {
        assert_true(server_metrics(probe.server, arena, &text, &err));
        if (str_contains(text,
                         STR("noroshi_http_requests_total{route=\"none\",status=\"4xx\"} 1\n")))
            break;
        nanosleep(&(struct timespec){ .tv_nsec = 10000000 }, NULL);
    }
    assert_true(
        str_contains(text, STR("noroshi_http_requests_total{route=\"show\",status=\"2xx\"} 1\n")));
    assert_true(str_contains(text, STR("noroshi_http_refused_total{why=\"NOT_FOUND\"} 1\n")));
    assert_false(str_contains(text, STR("attacker")));
    arena_free(arena);
}

/* G24: a client that sends a byte now and then is not waited for. */
static void server__ends_connections_that_dawdle(void **state)
{
    struct server_options options = options_for(&probe);
    struct server *hasty;
    int fd;
    int64_t began = utc_now().ms;
    (void)state;

    options.head_seconds = 1;
    hasty = start(options);
    fd = dial();
    for (int i = 0; i < 60; i++) {
        if (send(fd, "G", 1, MSG_NOSIGNAL) < 0)
            break;
        listen_to(fd, 100);
        if (was_closed)
            break;
    }
    assert_true(was_closed);
    assert_true(utc_now().ms - began < 5000);
    close(fd);
    server_stop(hasty, 1000);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(server__routes_by_path_and_language),
        TEST(server__refuses_other_methods),
        TEST(server__refuses_odd_urls),
        TEST(server__opens_to_other_origins_what_is_open),
        TEST(server__says_what_has_not_changed),
        TEST(server__refuses_foreign_hosts),
        TEST(server__asks_permission_before_the_handler),
        TEST(server__tells_nothing_of_what_broke_inside),
        TEST(server__refuses_forged_forms),
        TEST(server__takes_our_own_forms),
        TEST(server__limits_bodies),
        TEST(server__reads_multipart_forms),
        TEST(server__sends_the_headers_of_the_table),
        TEST(server__keeps_nothing_of_a_private_face),
        TEST(server__answers_conditional_and_packed),
        TEST(server__sends_clean_cookies_names_and_redirects),
        TEST(server__believes_its_own_proxies_alone),
        TEST(server__counts_by_route_name),
        TEST(server__ends_connections_that_dawdle),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
