#include "faces/cli/export/links.h"

#include "base/ascii.h"
#include "base/err.h"
#include "faces/http/url.h"

enum { QUERY_PARTS_MAX = 4 };
#define PAGE_MAX ((size_t)64 << 20)

/* ---- what is exported ---- */

/* '*' is one segment, a last "**" one or more. params: the parts of a query that are exported. */
/* clang-format off */
static const struct kind {
    const char *path, *params;
} kinds[] = {
    { "/",                         "" },
    { "/about",                    "" },
    { "/for-developers",           "" },
    { "/feeds",                    "" },
    { "/robots.txt",               "" },
    { "/.well-known/security.txt", "" },
    { "/.well-known/csaf/**",      "" },
    { "/advisories",               "sort page" },
    { "/advisories/*",             "" },
    { "/vuldef/*",                 "" },
    { "/rss/**",                   "" },
    { "/ja/rss/**",                "" },
    { "/feed/**",                  "" },
    { "/ja/feed/**",               "" },
    { "/unreachable",              "" },
    { "/receipts",                 "" },
    { "/receipts/*",               "" },
    { "/statistics",               "" },
    { "/statistics/*",             "" },
    { "/search",                   "from to page" },
    { "/records/*",                "" },
    { "/vendors",                  "initial page" },
    { "/vendors/*",                "page" },
    { "/products/*",               "page" },
    { "/weaknesses/*",             "page" },
    { "/new",                      "page" },
    { "/updated",                  "page" },
    { "/calendar",                 "" },
    { "/calendar/*/*",             "" },
    { "/assets/**",                "v" },
};
/* clang-format on */

static bool fits(struct str path, struct str pattern)
{
    struct str want, have;

    while (str_split(&pattern, '/', &want)) {
        if (str_eq(want, STR("**")))
            return path.len > 0;
        if (!str_split(&path, '/', &have) ||
            (str_eq(want, STR("*")) ? have.len == 0 : !str_eq(want, have)))
            return false;
    }
    return path.ptr == NULL || path.len == 0;
}

static const struct kind *kind_of(struct str path)
{
    if (str_eq(path, STR("/en")))
        path = STR("/");
    else if (str_starts(path, STR("/en/")))
        path = str_drop(path, sizeof "/en" - 1);
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (fits(path, str_from_z(kinds[i].path)))
            return &kinds[i];
    return NULL;
}

static bool is_param(const struct kind *kind, struct str name)
{
    struct str names = str_from_z(kind->params), one;

    while (str_split(&names, ' ', &one))
        if (name.len > 0 && str_eq(one, name))
            return true;
    return false;
}

static bool is_simple(struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (!ascii_is_alnum(value.ptr[i]) && value.ptr[i] != '-' && value.ptr[i] != '%')
            return false;
    return value.len > 0;
}

/* "initial=%E3%81%82" as a folder: "initial=E38182": a server would take the marks away. */
static void add_folder(struct buf *href, struct str part)
{
    buf_byte(href, '/');
    for (size_t i = 0; i < part.len; i++)
        if (part.ptr[i] != '%')
            buf_byte(href, part.ptr[i]);
}

static bool add_query(const struct kind *kind, struct str query, struct buf *href)
{
    struct str part;
    size_t count = 0;

    buf_add(href, STR("/-"));
    while (str_split(&query, '&', &part)) {
        size_t at = str_index(part, '=');

        if (++count > QUERY_PARTS_MAX || !is_param(kind, str_take(part, at)) ||
            !is_simple(str_drop(part, at + 1)))
            return false;
        add_folder(href, part);
    }
    buf_byte(href, '/');
    return true;
}

bool export_link_of(struct str url, struct arena *arena, struct export_link *out)
{
    size_t at = str_index(url, '?');
    struct str path = str_take(url, at), query = str_drop(url, at + 1);
    const struct kind *kind = kind_of(path);
    struct buf href = buf_new(arena, 2 * (size_t)HTTP_URL_MAX);

    if (!kind || url.len > HTTP_URL_MAX)
        return false;
    if (query.len == 0 || str_starts(path, STR("/assets/"))) {
        *out = (struct export_link){ .ask = path, .href = url };
        return true;
    }
    buf_add(&href, path);
    if (!add_query(kind, query, &href))
        return false;
    *out = (struct export_link){ .ask = url, .href = buf_str(&href) };
    return true;
}

bool export_file_of(const struct export_link *link, bool is_page, struct arena *arena,
                    struct str *out, struct err *err)
{
    struct str path = str_take(link->href, str_index(link->href, '?'));

    while (path.len > 1 && path.ptr[path.len - 1] == '/')
        path.len--;
    if (!url_path(path, arena, &path, err))
        return PASS(err);
    path = str_drop(path, 1);
    *out = !is_page       ? path
           : path.len > 0 ? arena_printf(arena, "%.*s/index.html", STR_ARG(path))
                          : STR("index.html");
    return true;
}

/* ---- pages ---- */

struct reading {
    struct str rest, portal;
    const struct export_reader *reader;
    struct arena *arena;
    struct buf out;
};

static void keep(struct reading *r, size_t len)
{
    buf_add(&r->out, str_take(r->rest, len));
    r->rest = str_drop(r->rest, len);
}

/* "&amp;" is all that a written address needs; another mark is none of our links. */
static bool plain(struct str value, struct arena *arena, struct str *out)
{
    struct buf buf = buf_new(arena, value.len + 1);

    while (value.len > 0) {
        if (str_skip(&value, STR("&amp;"))) {
            buf_byte(&buf, '&');
            continue;
        }
        if (value.ptr[0] == '&')
            return false;
        buf_byte(&buf, value.ptr[0]);
        value = str_drop(value, 1);
    }
    *out = buf_str(&buf);
    return true;
}

static bool put_link(struct reading *r, struct str value, bool is_question, struct err *err)
{
    size_t at = str_index(value, '#');
    struct str url = str_take(value, at);
    struct export_link link;

    if (is_question || !plain(url, r->arena, &url) || !export_link_of(url, r->arena, &link)) {
        buf_add(&r->out, r->portal);
        buf_add(&r->out, value);
        return true;
    }
    if (r->reader->follow && !r->reader->follow(r->reader->context, &link, err))
        return PASS(err);
    /* what was changed has no mark in it; what was not is written as it came */
    buf_add(&r->out, str_eq(link.href, url) ? str_take(value, at) : link.href);
    buf_add(&r->out, str_drop(value, at));
    return true;
}

static bool ends_name(char c)
{
    return c == '=' || c == '>' || c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* One attribute with its value, or whatever else stands in a tag. */
static bool put_attribute(struct reading *r, struct err *err)
{
    size_t len = 0;
    struct str name, value;

    while (len < r->rest.len && !ends_name(r->rest.ptr[len]))
        len++;
    name = str_take(r->rest, len);
    keep(r, len > 0 ? len : 1);
    if (!str_starts(r->rest, STR("=\"")))
        return true;
    keep(r, 2);
    value = str_take(r->rest, str_index(r->rest, '"'));
    r->rest = str_drop(r->rest, value.len);
    if (str_starts(value, STR("/")) && !str_starts(value, STR("//")) &&
        (str_eq(name, STR("href")) || str_eq(name, STR("src")) || str_eq(name, STR("action"))))
        return put_link(r, value, str_eq(name, STR("action")), err) ? true : PASS(err);
    buf_add(&r->out, value);
    return true;
}

/* Our own templates write it: each value stands in double quotes, and no text holds a '<'. */
bool export_page(struct str html, struct str portal, const struct export_reader *reader,
                 struct arena *arena, struct str *out, struct err *err)
{
    struct reading r = { html, portal, reader, arena, buf_new(arena, PAGE_MAX) };

    while (r.rest.len > 0) {
        keep(&r, str_index(r.rest, '<'));
        while (r.rest.len > 0 && r.rest.ptr[0] != '>')
            if (!put_attribute(&r, err))
                return PASS(err);
    }
    return buf_done(&r.out, out, err) ? true : PASS(err);
}
