#include "faces/http/exchange.h"

#include "base/log.h"
#include "faces/http/cookie.h"
#include "faces/http/form.h"
#include "faces/http/guard.h"
#include "faces/http/peer_address.h"
#include "faces/http/respond.h"
#include "faces/http/url.h"
#include "seal/seal.h"
#include <stdlib.h>
#include <string.h>

enum { DISCARD_MAX = 64 << 20 };

int64_t monotonic_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- the head ---- */

static bool read_method(struct str text, struct exchange *exchange, struct err *err)
{
    static const char *const others[] = { "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT" };
    struct request *req = &exchange->req;

    req->is_head = str_eq(text, STR("HEAD"));
    req->method = str_eq(text, STR("POST")) ? METHOD_POST : METHOD_GET;
    req->is_preflight = str_eq(text, STR("OPTIONS")) &&
                        request_header(req, "Access-Control-Request-Method").len > 0;
    if (req->is_head || req->is_preflight || req->method == METHOD_POST || str_eq(text, STR("GET")))
        return true;
    exchange->must_close = true;
    for (size_t i = 0; i < COUNT(others); i++)
        if (str_eq_z(text, others[i]))
            return FAIL(err, METHOD, STR_NONE);
    return FAIL(err, METHOD_UNKNOWN, STR_NONE);
}

static bool read_framing(struct exchange *exchange, struct err *err)
{
    struct request *req = &exchange->req;
    struct str expect = request_header(req, "Expect");

    exchange->must_close = true;
    if (!guard_headers(req, err) || !guard_framing(req, &exchange->length, err))
        return PASS(err);
    if (req->method == METHOD_GET && exchange->length > 0)
        return FAIL(err, BAD_REQUEST, STR("Content-Length"));
    exchange->has_expectation = expect.ptr != NULL;
    if (expect.ptr && !str_eq_nocase(expect, STR("100-continue")))
        return FAIL(err, EXPECTATION, STR_NONE);
    exchange->must_close = false;
    return true;
}

static bool read_url(struct str url, struct request *req, struct err *err)
{
    size_t at = str_index(url, '?');
    struct str path;

    if (url.len > HTTP_URL_MAX)
        return FAIL(err, URL_TOO_LONG, STR_NONE);
    req->raw_path = str_take(url, at);
    req->query_text = str_drop(url, at + 1);
    if (!url_path(req->raw_path, req->arena, &path, err))
        return PASS(err);
    req->path = url_language(path, &req->lang, &req->base);
    if (url_fields(req->query_text, req->arena, &req->query, err))
        return true;
    if (err->code == ERR_TOO_LARGE)
        err->code = ERR_URL_TOO_LONG;
    return PASS(err);
}

static bool read_cookies(struct request *req, struct err *err)
{
    for (size_t i = 0; i < req->headers.len; i++)
        if (str_eq_nocase(req->headers.at[i].name, STR("Cookie")) &&
            !cookie_parse(req->headers.at[i].value, req->arena, &req->cookies, err))
            return PASS(err);
    return true;
}

/* Forwarded headers count from proxies of the settings alone. */
static void read_peer(struct request *req, struct str peer)
{
    const struct server_options *options = req->options;
    bool is_proxy = address_is_proxy(peer, options->proxies, options->proxy_count);

    req->peer_address = peer;
    req->is_https = false;
    if (!is_proxy)
        return;
    req->peer_address = address_behind(peer, request_header(req, "X-Forwarded-For"),
                                       options->proxies, options->proxy_count, req->arena);
    req->is_https = str_eq_nocase(str_trim(request_header(req, "X-Forwarded-Proto")), STR("https"));
}

static struct str new_id(struct arena *arena)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char random[8];
    char *to = arena_alloc(arena, 2 * sizeof(random));

    random_fill(random, sizeof(random));
    for (size_t i = 0; i < sizeof(random); i++) {
        to[2 * i] = digits[random[i] >> 4];
        to[2 * i + 1] = digits[random[i] & 15];
    }
    return (struct str){ to, 2 * sizeof(random) };
}

static bool read_head(struct exchange *exchange, const struct exchange_head *head, struct err *err)
{
    struct request *req = &exchange->req;

    if (!read_method(head->method, exchange, err) || !read_framing(exchange, err))
        return PASS(err);
    exchange->must_close = true;
    if (!str_eq(head->version, STR("HTTP/1.1")) && !str_eq(head->version, STR("HTTP/1.0")))
        return FAIL(err, BAD_REQUEST, STR("HTTP"));
    if (!guard_host(req, req->options->hosts, req->options->host_count, err))
        return PASS(err);
    exchange->must_close = false;
    return (read_url(head->url, req, err) && read_cookies(req, err)) || PASS(err);
}

/* ---- what may be asked, and by whom ---- */

/* A preflight is about the request that is to follow. */
static enum method method_asked(const struct request *req)
{
    return req->is_preflight &&
                   str_eq(request_header(req, "Access-Control-Request-Method"), STR("POST"))
               ? METHOD_POST
               : req->method;
}

static bool find_route(struct exchange *exchange, struct err *err)
{
    struct request *req = &exchange->req;
    const struct router *router = exchange->shared->router;

    switch (router_find(router, method_asked(req), req->path, req->arena, &exchange->route_index,
                        &req->path_values)) {
    case FOUND:
        req->route = router_route(router, exchange->route_index);
        return !req->is_preflight || req->route->token == TOKEN_OPEN ? true
                                                                     : FAIL(err, METHOD, STR_NONE);
    case FOUND_OTHER_METHOD:
        return FAIL(err, METHOD, STR_NONE);
    case FOUND_NOTHING:
        break;
    }
    return FAIL(err, NOT_FOUND, STR_NONE);
}

static bool check_post(struct exchange *exchange, struct err *err)
{
    const struct request *req = &exchange->req;
    const struct route *route = req->route;

    if (req->method != METHOD_POST)
        return true;
    if ((route->token != TOKEN_OPEN && !guard_origin(req, route->token, req->options->origins,
                                                     req->options->origin_count, err)) ||
        !guard_media_type(req, route->body, err))
        return PASS(err);
    if (exchange->length > route->body_max)
        return FAIL(err, TOO_LARGE, STR("form"));
    return true;
}

static bool authorize(struct request *req, struct err *err)
{
    const struct hooks *hooks = &req->options->hooks;

    if (req->route->may == HTTP_MAY_ASSETS)
        return true;
    if (hooks->identify && !hooks->identify(req, err))
        return PASS(err);
    switch (hooks->may(req, req->route->may)) {
    case MAY_YES:
        return true;
    case MAY_LOGIN:
        return FAIL(err, LOGIN_NEEDED, STR_NONE);
    case MAY_NOT_DO:
        return FAIL(err, FORBIDDEN, STR_NONE);
    case MAY_NOT_SEE:
        break;
    }
    return FAIL(err, NOT_FOUND, STR_NONE);
}

void exchange_begin(struct exchange *exchange, const struct exchange_head *head)
{
    struct request *req = &exchange->req;
    struct err *err = &exchange->refused;

    exchange->began_us = monotonic_us();
    exchange->route_index = router_count(exchange->shared->router);
    req->options = exchange->shared->options;
    req->app = req->options->app;
    req->now = utc_now();
    req->id = new_id(req->arena);
    req->base = STR("");
    read_peer(req, head->peer);
    if (err->code == ERR_NONE && read_head(exchange, head, err) && find_route(exchange, err) &&
        check_post(exchange, err) && authorize(req, err))
        return;
    /* A client that still sends while we close may never read the answer: what is not too long is
     * read away. */
    exchange->discards = exchange->length > 0 && exchange->length <= DISCARD_MAX &&
                         !exchange->must_close && !exchange->has_expectation;
    exchange->must_close = exchange->must_close || (exchange->length > 0 && !exchange->discards);
}

/* ---- the body ---- */

static bool grow_body(struct exchange *exchange, size_t need)
{
    size_t cap = exchange->body_cap > 0 ? exchange->body_cap : 4096;
    char *body;

    while (cap < need)
        cap *= 2;
    if (cap > exchange->length)
        cap = (size_t)exchange->length;
    if (atomic_fetch_add(&exchange->shared->bodies, cap - exchange->body_cap) + cap -
                exchange->body_cap >
            exchange->req.options->bodies_memory ||
        !(body = realloc(exchange->body, cap))) {
        atomic_fetch_sub(&exchange->shared->bodies, cap - exchange->body_cap);
        return false;
    }
    exchange->body = body;
    exchange->body_cap = cap;
    return true;
}

bool exchange_take(struct exchange *exchange, struct str piece)
{
    int64_t seconds = (monotonic_us() - exchange->began_us) / 1000000;

    if (seconds > exchange->req.options->body_seconds)
        return false;
    if (exchange->discards)
        return true;
    if (piece.len > exchange->length - exchange->body_len)
        return false;
    if (piece.len > exchange->body_cap - exchange->body_len &&
        !grow_body(exchange, exchange->body_len + piece.len)) {
        err_set(&exchange->refused, ERR_UNAVAILABLE, STR("memory"), HERE);
        exchange->discards = true;
        return true;
    }
    memcpy(exchange->body + exchange->body_len, piece.ptr, piece.len);
    exchange->body_len += piece.len;
    return true;
}

static bool read_form(struct exchange *exchange, struct err *err)
{
    struct request *req = &exchange->req;
    struct str body = { exchange->body ? exchange->body : "", exchange->body_len }, boundary;

    if (req->method != METHOD_POST)
        return true;
    switch (req->route->body) {
    case BODY_NONE:
        return true;
    case BODY_JSON:
    case BODY_ANY:
    case BODY_BYTES:
        req->body = body;
        return true;
    case BODY_FORM:
    case BODY_MULTIPART:
        break;
    }
    if (req->route->body == BODY_MULTIPART &&
        form_boundary(request_header(req, "Content-Type"), &boundary))
        return form_multipart(body, boundary, req->arena, &req->form, &req->uploads, err) ||
               PASS(err);
    return url_fields(body, req->arena, &req->form, err) || PASS(err);
}

static bool check_token(const struct request *req, struct err *err)
{
    struct str token = request_form(req, "form_token");
    bool (*token_ok)(const struct request *, struct str) = req->options->hooks.token_ok;
    bool is_ours;

    if (req->method != METHOD_POST || req->route->token != TOKEN_FORM)
        return true;
    if (request_form_count(req, "form_token") != 1 || token.len == 0)
        return FAIL(err, FORM_TOKEN, STR_NONE);
    is_ours = token_ok ? token_ok(req, token)
                       : req->form_token.len > 0 && secret_eq(token, req->form_token);
    return is_ours ? true : FAIL(err, FORM_TOKEN, STR_NONE);
}

/* ---- the answer ---- */

static void new_response(struct exchange *exchange)
{
    if (exchange->res.release)
        exchange->res.release(exchange->res.owner);
    exchange->res = (struct response){ .arena = exchange->req.arena };
}

/* GET pages of people who are not logged in lead to the login page, which leads back. */
static bool lead_to_login(struct exchange *exchange)
{
    struct request *req = &exchange->req;
    const char *login = req->options->hooks.login_path;
    struct page *link;
    struct html text;
    struct err err = { 0 };

    if (exchange->refused.code != ERR_LOGIN_NEEDED || !login || req->method != METHOD_GET)
        return false;
    link = page_new(req->arena, 4 * HTTP_URL_MAX, req->lang, STR_NONE);
    html_url_part(link, req->query_text.len > 0
                            ? arena_printf(req->arena, "%.*s?%.*s", STR_ARG(req->raw_path),
                                           STR_ARG(req->query_text))
                            : req->raw_path);
    if (!html_done(link, &text, &err))
        text.text = STR("%2F");
    return respond_redirect(&exchange->res,
                            arena_printf(req->arena, "%.*s%s?next=%.*s", STR_ARG(req->base), login,
                                         STR_ARG(text.text)));
}

static void add_allow(struct exchange *exchange)
{
    struct request *req = &exchange->req;
    struct fields unused;
    size_t index;
    bool is_get = router_find(exchange->shared->router, METHOD_GET, req->path, req->arena, &index,
                              &unused) == FOUND;

    response_header(&exchange->res, "Allow", is_get ? STR("GET, HEAD") : STR("POST"));
}

static struct str retry_after(const struct request *req, int status)
{
    if (status == 429 && req->wait_seconds > 0)
        return arena_printf(req->arena, "%u", req->wait_seconds);
    return status == 429 ? STR("60") : STR("10");
}

static void answer_refusal(struct exchange *exchange)
{
    struct request *req = &exchange->req;
    struct err *why = &exchange->refused;
    const struct hooks *hooks = &req->options->hooks;
    int status;

    new_response(exchange);
    metrics_refused(exchange->shared->metrics, why->code);
    if (err_http_status(why->code) >= 500 && why->code != ERR_METHOD_UNKNOWN)
        log_error("http-request", req->id, why);
    if (lead_to_login(exchange))
        return;
    if (why->code == ERR_ABSENT || why->code == ERR_NOT_FOUND) {
        /* Forbidden, absent, never there: one answer. */
        why->code = ERR_NOT_FOUND;
        why->subject[0] = 0;
        req->route = NULL;
    }
    status = err_http_status(why->code);
    if (status == 405 && req->path.len > 0)
        add_allow(exchange);
    if (status == 429 || status == 503)
        response_header(&exchange->res, "Retry-After", retry_after(req, status));
    if (hooks->render_error)
        hooks->render_error(req, why, &exchange->res);
    else
        respond_problem(&exchange->res, req, why);
    if (exchange->res.status == 0 || exchange->res.status == 200)
        exchange->res.status = status;
}

/* ---- pages of other origins (Fetch, 3.2) ---- */

static bool answer_preflight(struct exchange *exchange)
{
    struct response *res = &exchange->res;

    res->status = 204;
    res->content = CONTENT_DATA;
    response_header(res, "Access-Control-Allow-Methods",
                    exchange->req.route->method == METHOD_POST ? STR("POST") : STR("GET, HEAD"));
    response_header(res, "Access-Control-Allow-Headers", STR("*"));
    response_header(res, "Access-Control-Max-Age", STR("86400"));
    return true;
}

/* Refusals too; a page for people stays with its own origin. */
static void open_to_all(struct exchange *exchange, const struct route *route)
{
    if (!route || route->token != TOKEN_OPEN || exchange->res.content == CONTENT_PAGE)
        return;
    response_header(&exchange->res, "Access-Control-Allow-Origin", STR("*"));
    response_header(&exchange->res, "Access-Control-Expose-Headers",
                    STR("ETag, Retry-After, message"));
}

static bool handle(struct exchange *exchange, struct err *err)
{
    struct request *req = &exchange->req;

    if (req->is_preflight)
        return answer_preflight(exchange);
    return read_form(exchange, err) && check_token(req, err) &&
           req->route->handle(req, &exchange->res, err);
}

void exchange_finish(struct exchange *exchange)
{
    struct request *req = &exchange->req;
    const struct route *route = req->route;
    struct err *err = &exchange->refused;

    new_response(exchange);
    /* A body may have taken minutes: rights are asked again. */
    if (err->code == ERR_NONE && exchange->length > 0 && !authorize(req, err))
        (void)PASS(err);
    if (err->code != ERR_NONE || !handle(exchange, err)) {
        if (err->code == ERR_NONE)
            err_set(err, ERR_BUG, STR("handler"), HERE);
        answer_refusal(exchange);
    }
    open_to_all(exchange, route);
}

void exchange_end(struct exchange *exchange)
{
    if (exchange->res.release)
        exchange->res.release(exchange->res.owner);
    exchange->res.release = NULL;
    if (exchange->body) {
        explicit_bzero(exchange->body, exchange->body_cap);
        free(exchange->body);
        atomic_fetch_sub(&exchange->shared->bodies, exchange->body_cap);
    }
    exchange->body = NULL;
}

/* ---- conditional requests and gzip ---- */

static bool takes_gzip(const struct request *req)
{
    struct str rest = request_header(req, "Accept-Encoding"), part;

    while (rest.len > 0 && str_split(&rest, ',', &part)) {
        size_t at = str_index(part, ';');
        struct str weight = str_trim(str_drop(part, at + 1));

        if (!str_eq_nocase(str_trim(str_take(part, at)), STR("gzip")))
            continue;
        return !(str_eq(weight, STR("q=0")) || str_starts(weight, STR("q=0.0")));
    }
    return false;
}

/* "abc" of the plain body is "abc-gz" of the packed one: one strong tag, one sequence of bytes (RFC
 * 9110, 8.8.3). */
static struct str gzip_etag(struct str etag, struct arena *arena)
{
    return etag.len < 2 ? etag
                        : arena_printf(arena, "%.*s-gz\"", STR_ARG(str_take(etag, etag.len - 1)));
}

static bool has_tag(struct str list, struct str etag)
{
    struct str tag;

    while (list.len > 0 && str_split(&list, ',', &tag)) {
        tag = str_trim(tag);
        str_skip(&tag, STR("W/"));
        if (str_eq(tag, etag) || str_eq(tag, STR("*")))
            return true;
    }
    return false;
}

/* By the time that was told, to the letter, as most servers do; a tag counts before it (RFC 9110, 13.2.2). */
static bool is_unchanged(const struct request *req, const struct response *res, struct str etag)
{
    struct str since = request_header(req, "If-Modified-Since");

    if (request_header(req, "If-None-Match").ptr)
        return etag.len > 0 && has_tag(request_header(req, "If-None-Match"), etag);
    for (size_t i = 0; i < res->headers.len; i++)
        if (str_eq(res->headers.at[i].name, STR("Last-Modified")))
            return str_eq(res->headers.at[i].value, since);
    return false;
}

struct reply exchange_reply(const struct exchange *exchange)
{
    const struct request *req = &exchange->req;
    const struct response *res = &exchange->res;
    struct reply reply = { res->status, res->body, res->etag, false };

    if (res->gzip.len > 0 && takes_gzip(req)) {
        reply.is_gzip = true;
        reply.body = res->gzip;
        reply.etag = gzip_etag(res->etag, req->arena);
    }
    if (reply.status == 200 && req->method == METHOD_GET && is_unchanged(req, res, reply.etag)) {
        reply.status = 304;
        reply.body = STR("");
    }
    return reply;
}
