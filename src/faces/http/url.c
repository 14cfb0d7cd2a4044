#include "faces/http/url.h"

#include "base/ascii.h"
#include "base/err.h"
#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool url_decode(struct str text, bool plus, struct arena *arena, struct str *out, struct err *err)
{
    char *to;
    size_t len = 0;
    struct str decoded = text;

    if (str_index(text, '%') != text.len || (plus && str_index(text, '+') != text.len)) {
        to = arena_alloc(arena, text.len);
        for (size_t i = 0; i < text.len; i++) {
            int high, low;

            if (text.ptr[i] != '%') {
                to[len++] = plus && text.ptr[i] == '+' ? ' ' : text.ptr[i];
                continue;
            }
            if (text.len - i < 3)
                return FAIL(err, BAD_REQUEST, STR("%"));
            high = hex_digit(text.ptr[i + 1]);
            low = hex_digit(text.ptr[i + 2]);
            if (high < 0 || low < 0)
                return FAIL(err, BAD_REQUEST, STR("%"));
            to[len++] = (char)(high << 4 | low);
            i += 2;
        }
        decoded = (struct str){ to, len };
    }
    if (memchr(decoded.ptr ? decoded.ptr : "", 0, decoded.len))
        return FAIL(err, BAD_REQUEST, STR("NUL"));
    if (!str_is_utf8(decoded))
        return FAIL(err, NOT_UTF8, STR("URL"));
    *out = decoded;
    return true;
}

/* pchar of RFC 3986 and '/'; '%' is looked at by url_decode. */
static bool is_path_char(char c)
{
    return ascii_is_alnum(c) || (c != 0 && strchr("-._~%!$&'()*+,;=:@/", c));
}

static bool is_dots(struct str segment)
{
    return str_eq(segment, STR(".")) || str_eq(segment, STR(".."));
}

/* The raw text already shows how many segments there are: an encoded '/' would change that. */
static bool raw_path_is_clean(struct str text)
{
    if (text.len == 0 || text.ptr[0] != '/')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_path_char(text.ptr[i]))
            return false;
        if (text.ptr[i] == '/' && i > 0 && text.ptr[i - 1] == '/')
            return false;
        if (text.ptr[i] == '%' && text.len - i >= 3 && hex_digit(text.ptr[i + 1]) == 2 &&
            hex_digit(text.ptr[i + 2]) == 15)
            return false;
    }
    return true;
}

bool url_path(struct str text, struct arena *arena, struct str *out, struct err *err)
{
    struct str path, rest, segment;

    if (!raw_path_is_clean(text))
        return FAIL(err, BAD_REQUEST, STR("URL"));
    if (!url_decode(text, false, arena, &path, err))
        return PASS(err);
    if (!str_is_plain(path, false) || str_index(path, '\\') != path.len)
        return FAIL(err, BAD_REQUEST, STR("URL"));
    rest = str_drop(path, 1);
    while (str_split(&rest, '/', &segment))
        if (is_dots(segment))
            return FAIL(err, BAD_REQUEST, STR("URL"));
    *out = path;
    return true;
}

struct str url_language(struct str path, enum lang *lang, struct str *base)
{
    bool is_english = str_eq(path, STR("/en")) || str_starts(path, STR("/en/"));

    *lang = is_english ? LANG_EN : LANG_JA;
    *base = is_english ? STR("/en") : STR("");
    if (!is_english)
        return path;
    return path.len == 3 ? STR("/") : str_drop(path, 3);
}

/* What stands in a query or an urlencoded form: printable ASCII without blanks. */
static bool is_query_text(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] <= ' ' || text.ptr[i] >= 0x7f || strchr("\"<>#", text.ptr[i]))
            return false;
    return true;
}

static bool read_pair(struct str pair, struct arena *arena, struct field *out, struct err *err)
{
    size_t at = str_index(pair, '=');

    if (!url_decode(str_take(pair, at), true, arena, &out->name, err) ||
        !url_decode(str_drop(pair, at + 1), true, arena, &out->value, err))
        return PASS(err);
    if (out->value.ptr == NULL)
        out->value = STR("");
    if (out->name.len > HTTP_FIELD_NAME_MAX)
        return FAIL(err, TOO_LARGE, STR("URL"));
    if (!str_is_plain(out->name, false))
        return FAIL(err, BAD_REQUEST, STR("URL"));
    return true;
}

bool url_fields(struct str text, struct arena *arena, struct fields *out, struct err *err)
{
    struct fields fields = { 0 };
    struct str rest = text, pair;

    if (!is_query_text(text))
        return FAIL(err, BAD_REQUEST, STR("URL"));
    while (rest.len > 0 && str_split(&rest, '&', &pair)) {
        struct field field = { 0 };

        if (pair.len == 0)
            continue;
        if (fields.len == HTTP_FIELDS_MAX)
            return FAIL(err, TOO_LARGE, STR("URL"));
        if (!read_pair(pair, arena, &field, err))
            return PASS(err);
        VEC_PUSH(arena, &fields, field);
    }
    *out = fields;
    return true;
}

void url_add(struct buf *path, const char *name, struct str value)
{
    if (value.len == 0)
        return;
    buf_printf(path, "%s%s=", str_contains(buf_str(path), STR("?")) ? "&" : "?", name);
    html_url_encode(path, value);
}
