#include "formats/purl/purl.h"
#include "base/ascii.h"
#include "base/err.h"
#include "formats/purl/purl_internal.h"
#include <string.h>

static struct str str_of(struct purl_span span) { return (struct str){ span.ptr, span.len }; }

static struct purl_span span_of(char *ptr, size_t len) { return (struct purl_span){ ptr, len }; }

static struct purl_span drop(struct purl_span span, size_t n)
{
    return n < span.len ? span_of(span.ptr + n, span.len - n) : span_of(span.ptr + span.len, 0);
}

/* Index of the last such byte, or len when there is none. */
static size_t last_index(struct purl_span span, char c)
{
    const char *last = span.len > 0 ? memrchr(span.ptr, c, span.len) : NULL;

    return last ? (size_t)(last - span.ptr) : span.len;
}

static struct purl_span trim_slashes(struct purl_span span)
{
    while (span.len > 0 && span.ptr[0] == '/')
        span = drop(span, 1);
    while (span.len > 0 && span.ptr[span.len - 1] == '/')
        span.len--;
    return span;
}

static int hex_value(char c)
{
    c = ascii_lower(c);
    if (ascii_is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool can_be_shown(struct str text) { return str_is_utf8(text) && str_is_plain(text, false); }

/* Takes the percent signs out, in its place; what comes out is text that can be shown. Without any it is, as the whole is. */
static bool decode(struct purl_span *span)
{
    size_t len = str_index(str_of(*span), '%');

    if (len == span->len)
        return true;
    for (size_t i = len; i < span->len; len++) {
        int high, low;

        if (span->ptr[i] != '%') {
            span->ptr[len] = span->ptr[i++];
            continue;
        }
        if (span->len - i < 3)
            return false;
        high = hex_value(span->ptr[i + 1]);
        low = hex_value(span->ptr[i + 2]);
        if (high < 0 || low < 0)
            return false;
        span->ptr[len] = (char)(high * 16 + low);
        i += 3;
    }
    span->len = len;
    return can_be_shown(str_of(*span));
}

bool purl_is_dots(struct str segment) { return str_eq_z(segment, ".") || str_eq_z(segment, ".."); }

bool purl_has_dots(struct str path)
{
    struct str segment;

    while (path.len > 0 && str_split(&path, '/', &segment))
        if (purl_is_dots(segment))
            return true;
    return false;
}

/* Decodes a path segment by segment, in its place: empty ones fall out, and "." and ".." where has_dots is not set.
 * A segment that would hold a '/' is none. */
static bool decode_path(struct purl_span *path, bool has_dots)
{
    struct purl_span rest = *path;
    size_t len = 0;

    while (rest.len > 0) {
        size_t end = str_index(str_of(rest), '/');
        struct purl_span segment = span_of(rest.ptr, end);

        rest = drop(rest, end + 1);
        if (!decode(&segment) || str_index(str_of(segment), '/') < segment.len)
            return false;
        if (segment.len == 0 || (!has_dots && purl_is_dots(str_of(segment))))
            continue;
        if (len > 0)
            path->ptr[len++] = '/';
        memmove(path->ptr + len, segment.ptr, segment.len);
        len += segment.len;
    }
    path->len = len;
    return true;
}

/* Into their order; false when the key is there already. */
static bool insert(struct purl *purl, struct arena *arena, struct purl_qualifier qualifier)
{
    size_t i;

    VEC_PUSH(arena, &purl->qualifiers, qualifier);
    for (i = purl->qualifiers.len - 1; i > 0; i--) {
        int order = str_cmp(purl->qualifiers.at[i - 1].key, qualifier.key);

        if (order == 0)
            return false;
        if (order < 0)
            break;
        purl->qualifiers.at[i] = purl->qualifiers.at[i - 1];
    }
    purl->qualifiers.at[i] = qualifier;
    return true;
}

static bool has_capital(struct purl_span span)
{
    for (size_t i = 0; i < span.len; i++)
        if (ascii_is_upper(span.ptr[i]))
            return true;
    return false;
}

static bool parse_qualifiers(struct purl_span rest, bool strict, struct arena *arena,
                             struct purl *purl)
{

    while (rest.len > 0) {
        size_t end = str_index(str_of(rest), '&');
        struct purl_span pair = span_of(rest.ptr, end), key = pair, value;

        rest = drop(rest, end + 1);
        if (pair.len == 0)
            continue;
        key.len = str_index(str_of(pair), '=');
        value = drop(pair, key.len + 1);
        if ((strict && has_capital(key)) || !purl_fold_key(&key) || !decode(&value))
            return false;
        if (value.len == 0)
            continue;
        if (purl->qualifiers.len == PURL_QUALIFIERS_MAX ||
            !insert(purl, arena, (struct purl_qualifier){ str_of(key), str_of(value) }))
            return false;
    }
    return true;
}

/* Where the version begins: the last '@', unless it opens a scope as in "npm/@babel/core". */
static size_t version_index(struct purl_span rest)
{
    size_t at = last_index(rest, '@');
    bool opens = at < rest.len && (at == 0 || rest.ptr[at - 1] == '/');

    return opens && str_index(str_of(drop(rest, at)), '/') < rest.len - at ? rest.len : at;
}

static bool parse_names(struct purl_span rest, bool is_path, struct purl_parts *parts)
{
    size_t at = version_index(rest), slash;

    parts->version = drop(rest, at + 1);
    rest = trim_slashes(span_of(rest.ptr, at));
    slash = is_path ? str_index(str_of(rest), '/') : last_index(rest, '/');
    parts->namespace = span_of(rest.ptr, slash < rest.len ? slash : 0);
    parts->name = slash < rest.len ? drop(rest, slash + 1) : rest;
    if (!decode_path(&parts->namespace, true) || !decode(&parts->version) ||
        !(is_path ? decode_path(&parts->name, true) : decode(&parts->name)))
        return false;
    parts->name = trim_slashes(parts->name);
    return parts->name.len > 0 && !purl_has_dots(str_of(parts->namespace)) &&
           !purl_has_dots(str_of(parts->name));
}

static bool parse(struct purl_span rest, struct arena *arena, struct purl *purl)
{
    struct purl_parts parts = { 0 };
    struct purl_span subpath, qualifiers, name;
    const struct purl_type *type;
    size_t end;

    if (rest.len < 4 || !can_be_shown(str_of(rest)) ||
        !str_eq_nocase(str_of(span_of(rest.ptr, 4)), STR("pkg:")))
        return false;
    rest = drop(rest, 4);

    end = last_index(rest, '#');
    subpath = drop(rest, end + 1);
    rest.len = end;
    /* From the left, so that a URL among the qualifiers that forgot to quote its '?' stays whole. */
    end = str_index(str_of(rest), '?');
    qualifiers = drop(rest, end + 1);
    rest.len = end;

    while (rest.len > 0 && rest.ptr[0] == '/')
        rest = drop(rest, 1);
    end = str_index(str_of(rest), '/');
    name = span_of(rest.ptr, end);
    if (!purl_fold_type(&name))
        return false;
    purl->type = str_of(name);
    type = purl_type_of(purl->type);

    if (!parse_qualifiers(qualifiers, purl_keys_are_strict(type), arena, purl) ||
        !decode_path(&subpath, false) ||
        !parse_names(drop(rest, end + 1), purl_name_is_path(type), &parts) ||
        !purl_apply_type(type, purl, &parts))
        return false;
    purl->namespace = str_of(parts.namespace);
    purl->name = str_of(parts.name);
    purl->version = str_of(parts.version);
    purl->subpath = str_of(subpath);
    return true;
}

bool purl_parse(struct str text, struct arena *arena, struct purl *out, struct err *err)
{
    struct purl purl = { 0 };
    struct purl_span copy;

    if (text.len > PURL_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("a package URL"));
    copy = span_of(arena_alloc(arena, text.len), text.len);
    if (text.len > 0)
        memcpy(copy.ptr, text.ptr, text.len);
    if (!parse(copy, arena, &purl))
        return FAIL(err, PURL_SYNTAX, text);
    *out = purl;
    return true;
}

struct str purl_qualifier(const struct purl *purl, const char *key)
{
    for (size_t i = 0; i < purl->qualifiers.len; i++)
        if (str_eq_z(purl->qualifiers.at[i].key, key))
            return purl->qualifiers.at[i].value;
    return STR_NONE;
}
