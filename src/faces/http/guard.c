#include "faces/http/guard.h"

#include "base/ascii.h"
#include "base/err.h"
#include "faces/http/form.h"
#include <string.h>

static bool is_one_of(struct str text, const struct str *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(text, list[i]))
            return true;
    return false;
}

static size_t count_header(const struct request *req, struct str name)
{
    size_t count = 0;

    for (size_t i = 0; i < req->headers.len; i++)
        count += str_eq_nocase(req->headers.at[i].name, name);
    return count;
}

static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (!(ascii_is_alnum(c) || (c != 0 && strchr("!#$%&'*+-.^_`|~", c))))
            return false;
    }
    return s.len > 0;
}

static bool has_controls(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.ptr[i] < ' ' && s.ptr[i] != '\t') || s.ptr[i] == 0x7f)
            return true;
    return false;
}

bool guard_headers(const struct request *req, struct err *err)
{
    for (size_t i = 0; i < req->headers.len; i++)
        if (!is_token(req->headers.at[i].name) || has_controls(req->headers.at[i].value))
            return FAIL(err, BAD_REQUEST, STR("HTTP"));
    return true;
}

bool guard_host(struct request *req, const struct str *hosts, size_t count, struct err *err)
{
    struct str host = request_header(req, "Host");

    if (count_header(req, STR("Host")) != 1 || host.len == 0)
        return FAIL(err, BAD_REQUEST, STR("Host"));
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(host, hosts[i])) {
            req->host = hosts[i];
            return true;
        }
    return FAIL(err, MISDIRECTED, STR_NONE);
}

bool guard_origin(const struct request *req, enum token_rule rule, const struct str *origins,
                  size_t count, struct err *err)
{
    struct str origin = request_header(req, "Origin"), site = request_header(req, "Sec-Fetch-Site");
    bool has_origin = count_header(req, STR("Origin")) > 0,
         has_site = count_header(req, STR("Sec-Fetch-Site")) > 0;

    if (has_origin && (count_header(req, STR("Origin")) > 1 || !is_one_of(origin, origins, count)))
        return FAIL(err, FORM_ORIGIN, STR_NONE);
    /* "none": typed or from a bookmark; a browser sends no POST so, unless a page is loaded again.
     */
    if (has_site && !str_eq(site, STR("same-origin")) && !(str_eq(site, STR("none")) && has_origin))
        return FAIL(err, FORM_ORIGIN, STR_NONE);
    if (rule == TOKEN_FORM && !has_origin && !has_site)
        return FAIL(err, FORM_ORIGIN, STR_NONE);
    return true;
}

bool guard_media_type(const struct request *req, enum body_kind kind, struct err *err)
{
    struct str type = request_header(req, "Content-Type"),
               coding = request_header(req, "Content-Encoding"), boundary;
    bool fits = false;

    if (count_header(req, STR("Content-Type")) > 1 ||
        (coding.ptr && !str_eq_nocase(coding, STR("identity"))))
        return FAIL(err, MEDIA_TYPE, STR_NONE);
    switch (kind) {
    case BODY_MULTIPART:
        fits = form_boundary(type, &boundary) ||
               content_type_is(type, STR("application/x-www-form-urlencoded"));
        break;
    case BODY_FORM:
        fits = content_type_is(type, STR("application/x-www-form-urlencoded"));
        break;
    case BODY_JSON:
        fits = content_type_is(type, STR("application/json"));
        break;
    case BODY_NONE:
    case BODY_ANY:
        fits = true;
        break;
    case BODY_BYTES:
        fits = content_type_is(type, STR("application/octet-stream"));
        break;
    }
    return fits ? true : FAIL(err, MEDIA_TYPE, STR_NONE);
}

static bool is_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

bool guard_framing(const struct request *req, uint64_t *length, struct err *err)
{
    struct str coding = request_header(req, "Transfer-Encoding"),
               text = request_header(req, "Content-Length");
    size_t codings = count_header(req, STR("Transfer-Encoding")),
           lengths = count_header(req, STR("Content-Length"));
    int64_t n = 0;

    if (codings > 0 && (codings > 1 || lengths > 0 || !str_eq_nocase(coding, STR("chunked"))))
        return FAIL(err, BAD_REQUEST, STR("Transfer-Encoding"));
    if (codings > 0)
        return FAIL(err, LENGTH_NEEDED, STR_NONE);
    if (lengths > 1 ||
        (lengths == 1 && (!is_digits(text) || !str_to_int(text, 0, INT64_MAX, &n, err))))
        return FAIL(err, BAD_REQUEST, STR("Content-Length"));
    if (lengths == 0 && req->method == METHOD_POST)
        return FAIL(err, LENGTH_NEEDED, STR_NONE);
    *length = (uint64_t)n;
    return true;
}
