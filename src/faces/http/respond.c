#include "faces/http/respond.h"

#include "base/ascii.h"
#include "base/err.h"
#include "base/log.h"
#include <string.h>

static void status_unless_set(struct response *res, int status)
{
    if (res->status == 0)
        res->status = status;
}

bool respond_html(struct response *res, struct html html)
{
    status_unless_set(res, 200);
    res->content = CONTENT_PAGE;
    res->type = STR("text/html; charset=utf-8");
    res->body = html.text;
    return true;
}

bool respond_text(struct response *res, struct str text)
{
    status_unless_set(res, 200);
    res->content = CONTENT_DATA;
    res->type = STR("text/plain; charset=utf-8");
    res->body = text;
    return true;
}

bool respond_json(struct response *res, struct str json)
{
    status_unless_set(res, 200);
    res->content = CONTENT_DATA;
    res->type = STR("application/json");
    res->body = json;
    return true;
}

bool respond_bytes(struct response *res, struct str bytes, struct str type, struct str etag,
                   struct str gzip)
{
    status_unless_set(res, 200);
    res->content = str_starts(type, STR("text/html")) ? CONTENT_PAGE : CONTENT_DATA;
    res->type = type;
    res->body = bytes;
    res->etag = etag;
    res->gzip = gzip;
    return true;
}

bool respond_embedded(struct response *res, const struct embedded *file)
{
    respond_bytes(res, file->bytes, file->type, file->etag, file->gzip);
    res->content = CONTENT_ASSET;
    return true;
}

/* A path that every browser reads as a path of this host: "//x" and "/\x" are other hosts for some.
 */
static bool is_local_path(struct str path)
{
    if (path.len == 0 || path.len > HTTP_URL_MAX || path.ptr[0] != '/')
        return false;
    if (path.len > 1 && (path.ptr[1] == '/' || path.ptr[1] == '\\'))
        return false;
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] <= ' ' || path.ptr[i] >= 0x7f || path.ptr[i] == '\\')
            return false;
    return true;
}

struct str local_path(struct str path, struct str fallback)
{
    return is_local_path(path) ? path : fallback;
}

bool respond_redirect(struct response *res, struct str path)
{
    res->status = 303;
    res->content = CONTENT_DATA;
    res->type = STR("text/plain; charset=utf-8");
    res->body = STR("");
    response_header(res, "Location", local_path(path, STR("/")));
    return true;
}

static bool is_plain_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < ' ' || s.ptr[i] >= 0x7f || strchr("\"\\%;/", s.ptr[i]))
            return false;
    return s.len > 0;
}

/* RFC 6266, 4 and appendix D: a plain name for old readers, the real one as RFC 8187 writes it. */
static struct str disposition(struct str name, struct arena *arena)
{
    static const char hex[] = "0123456789ABCDEF";
    struct buf buf = buf_new(arena, 4 * HTTP_FILE_NAME_MAX + 128);
    struct str text, whole = str_take(name, HTTP_FILE_NAME_MAX);
    struct err err = { 0 };

    if (is_plain_ascii(whole))
        return arena_printf(arena, "attachment; filename=\"%.*s\"", STR_ARG(whole));
    buf_add_z(&buf, "attachment; filename=\"file\"; filename*=UTF-8''");
    for (size_t i = 0; i < whole.len; i++) {
        unsigned char c = (unsigned char)whole.ptr[i];

        if (ascii_is_alnum(c) || c == '.' || c == '-' || c == '_') {
            buf_byte(&buf, (char)c);
        } else if (c >= ' ' && c != 0x7f && c != '/' && c != '\\') {
            buf_byte(&buf, '%');
            buf_byte(&buf, hex[c >> 4]);
            buf_byte(&buf, hex[c & 15]);
        }
    }
    return buf_done(&buf, &text, &err) ? text : STR("attachment");
}

bool respond_attachment(struct response *res, struct str bytes, struct str name, struct str type)
{
    status_unless_set(res, 200);
    res->content = CONTENT_DOWNLOAD;
    res->type = type;
    res->body = bytes;
    response_header(res, "Content-Disposition", disposition(name, res->arena));
    return true;
}

bool respond_download(struct response *res, struct str bytes, struct str name)
{
    return respond_attachment(res, bytes, name, STR("application/octet-stream"));
}

static void add_json_text(struct buf *buf, struct str text)
{
    buf_byte(buf, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];

        if (c < ' ' || c == '"' || c == '\\')
            buf_printf(buf, "\\u%04x", c);
        else
            buf_byte(buf, (char)c);
    }
    buf_byte(buf, '"');
}

/* Only what the caller sent may be repeated to the caller; what went wrong inside us is not told.
 */
static bool may_be_told(enum err_code code) { return err_http_status(code) < 500; }

struct str respond_words(struct arena *arena, enum lang lang, const struct err *why)
{
    if (!may_be_told(why->code))
        return tr(
            lang,
            N_("This did not work because of a fault on our side. Please try again in a little while."));
    return tr_fill(arena, lang, err_words(why->code),
                   TR_ARGS({ "subject", str_from_z(why->subject) }));
}

bool respond_problem(struct response *res, const struct request *req, const struct err *why)
{
    struct buf buf = buf_new(res->arena, 4096);
    struct str subject = may_be_told(why->code) ? str_from_z(why->subject) : STR_NONE;
    struct tr_arg args[] = { { "subject", subject } };
    struct str words = tr_fill(res->arena, req->lang, err_words(why->code), args, COUNT(args));
    struct err err = { 0 };

    res->status = err_http_status(why->code);
    res->content = CONTENT_DATA;
    res->type = STR("application/problem+json");
    buf_add_z(&buf, "{\"type\":\"about:blank\",\"title\":");
    add_json_text(&buf, words);
    buf_printf(&buf, ",\"status\":%d,\"code\":\"%s\"", res->status, err_name(why->code));
    if (why->line > 0)
        buf_printf(&buf, ",\"line\":%u", why->line);
    /* The same answer for what is absent and what is forbidden has no number of its own. */
    if (res->status >= 500)
        buf_printf(&buf, ",\"instance\":\"urn:request:%.*s\"", STR_ARG(req->id));
    buf_add_z(&buf, "}\n");
    if (!buf_done(&buf, &res->body, &err))
        res->body = STR("{\"type\":\"about:blank\"}\n");
    return true;
}

static bool is_header_text(struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.ptr[i] < ' ' || value.ptr[i] == 0x7f)
            return false;
    return true;
}

void response_header(struct response *res, const char *name, struct str value)
{
    struct field field = { str_from_z(name), STR_NONE };

    if (!is_header_text(value)) {
        LOG("http-header-refused", { "name", str_from_z(name) });
        return;
    }
    field.value = arena_str(res->arena, value);
    VEC_PUSH(res->arena, &res->headers, field);
}

static bool is_cookie_text(struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.ptr[i] <= ' ' || value.ptr[i] >= 0x7f || strchr("\",;\\", value.ptr[i]))
            return false;
    return value.len <= 3072;
}

void response_cookie(struct response *res, const char *name, struct str value,
                     int64_t max_age_seconds)
{
    struct str age = STR("");

    if (!str_starts(str_from_z(name), STR("__Host-")) || !is_cookie_text(value)) {
        LOG("http-cookie-refused", { "name", str_from_z(name) });
        return;
    }
    if (max_age_seconds > 0)
        age = arena_printf(res->arena, "; Max-Age=%lld", (long long)max_age_seconds);
    response_header(res, "Set-Cookie",
                    arena_printf(res->arena, "%s=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax%.*s",
                                 name, STR_ARG(value), STR_ARG(age)));
}

void response_cookie_end(struct response *res, const char *name)
{
    response_header(
        res, "Set-Cookie",
        arena_printf(res->arena, "%s=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", name));
}
