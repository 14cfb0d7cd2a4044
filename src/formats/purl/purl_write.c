#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "formats/purl/purl_internal.h"
#include <string.h>

/* A byte becomes at most three; a text that parses has room for every part of it. */
enum { WRITTEN_MAX = 4 * PURL_TEXT_MAX };

/* What stays as it is in every part: the unreserved characters of a URL, and the colon. */
static bool is_kept(char c)
{
    return ascii_is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '~' || c == ':';
}

static void add_encoded(struct buf *buf, struct str text)
{
    static const char digits[] = "0123456789ABCDEF";

    while (text.len > 0) {
        size_t kept = 0;
        unsigned char c;

        while (kept < text.len && is_kept(text.ptr[kept]))
            kept++;
        buf_add(buf, str_take(text, kept));
        text = str_drop(text, kept);
        if (text.len == 0)
            break;
        c = (unsigned char)text.ptr[0];
        buf_add(buf, (struct str){ (char[]){ '%', digits[c >> 4], digits[c & 15] }, 3 });
        text = str_drop(text, 1);
    }
}

/* Segment by segment; empty ones fall out, and "." and "..". */
static void add_path(struct buf *buf, const char *before, struct str path)
{
    struct str segment;
    bool any = false;

    while (path.len > 0 && str_split(&path, '/', &segment)) {
        if (segment.len == 0 || purl_is_dots(segment))
            continue;
        buf_add_z(buf, any ? "/" : before);
        add_encoded(buf, segment);
        any = true;
    }
}

static struct purl_span copy_of(struct arena *arena, struct str text)
{
    struct purl_span copy = { arena_alloc(arena, text.len), text.len };

    if (text.len > 0)
        memcpy(copy.ptr, text.ptr, text.len);
    return copy;
}

static struct str without_slashes(struct str text)
{
    while (text.len > 0 && text.ptr[0] == '/')
        text = str_drop(text, 1);
    while (text.len > 0 && text.ptr[text.len - 1] == '/')
        text.len--;
    return text;
}

/* In the order of the keys as they are written, whatever the caller's was. */
static bool add_qualifiers(struct buf *buf, const struct purl *purl, struct arena *arena)
{
    struct purl_qualifier sorted[PURL_QUALIFIERS_MAX];
    size_t len = 0;

    for (size_t i = 0; i < purl->qualifiers.len; i++) {
        struct purl_span key = copy_of(arena, purl->qualifiers.at[i].key);
        struct purl_qualifier qualifier;
        size_t at = len;

        if (!purl_fold_key(&key))
            return false;
        if (str_is_empty(purl->qualifiers.at[i].value))
            continue;
        if (len == PURL_QUALIFIERS_MAX)
            return false;
        qualifier = (struct purl_qualifier){ { key.ptr, key.len }, purl->qualifiers.at[i].value };
        while (at > 0 && str_cmp(sorted[at - 1].key, qualifier.key) > 0) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        if (at > 0 && str_eq(sorted[at - 1].key, qualifier.key))
            return false;
        sorted[at] = qualifier;
        len++;
    }
    for (size_t i = 0; i < len; i++) {
        buf_byte(buf, i == 0 ? '?' : '&');
        buf_add(buf, sorted[i].key);
        buf_byte(buf, '=');
        add_encoded(buf, sorted[i].value);
    }
    return true;
}

static bool print(struct buf *buf, const struct purl *purl, struct arena *arena)
{
    struct purl_span name = copy_of(arena, purl->type);
    const struct purl_type *type;
    struct purl_parts parts = { copy_of(arena, without_slashes(purl->namespace)),
                                copy_of(arena, without_slashes(purl->name)),
                                copy_of(arena, purl->version) };
    struct purl typed = *purl;

    if (!purl_fold_type(&name) || parts.name.len == 0 || purl_has_dots(purl->namespace) ||
        purl_has_dots(purl->name))
        return false;
    typed.type = (struct str){ name.ptr, name.len };
    type = purl_type_of(typed.type);
    if (!purl_apply_type(type, &typed, &parts))
        return false;

    buf_add(buf, STR("pkg:"));
    buf_add(buf, typed.type);
    add_path(buf, "/", (struct str){ parts.namespace.ptr, parts.namespace.len });
    typed.name = (struct str){ parts.name.ptr, parts.name.len };
    if (purl_name_is_path(type)) {
        add_path(buf, "/", typed.name);
    } else {
        buf_byte(buf, '/');
        add_encoded(buf, typed.name);
    }
    if (parts.version.len > 0) {
        buf_byte(buf, '@');
        add_encoded(buf, (struct str){ parts.version.ptr, parts.version.len });
    }
    if (purl->qualifiers.len > 0 && !add_qualifiers(buf, purl, arena))
        return false;
    add_path(buf, "#", purl->subpath);
    return true;
}

bool purl_text(const struct purl *purl, struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, WRITTEN_MAX);

    if (!print(&buf, purl, arena))
        return FAIL(err, PURL_SYNTAX, purl->name);
    return buf_done(&buf, out, err) ? true : PASS(err);
}
