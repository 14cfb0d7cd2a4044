#include "formats/cpe/cpe.h"
#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "formats/cpe/cpe_internal.h"

/* clang-format off */
static const unsigned char kinds[256] = {
    ['a' ... 'z'] = CPE_PLAIN, ['0' ... '9'] = CPE_PLAIN, ['.'] = CPE_PLAIN, ['-'] = CPE_PLAIN, ['_'] = CPE_PLAIN,
    ['A' ... 'Z'] = CPE_CAPITAL,
    ['!'] = CPE_QUOTABLE, ['"'] = CPE_QUOTABLE, ['#'] = CPE_QUOTABLE, ['$'] = CPE_QUOTABLE, ['%'] = CPE_QUOTABLE,
    ['&'] = CPE_QUOTABLE, ['\''] = CPE_QUOTABLE, ['('] = CPE_QUOTABLE, [')'] = CPE_QUOTABLE, ['+'] = CPE_QUOTABLE,
    [','] = CPE_QUOTABLE, ['/'] = CPE_QUOTABLE, [':'] = CPE_QUOTABLE, [';'] = CPE_QUOTABLE, ['<'] = CPE_QUOTABLE,
    ['='] = CPE_QUOTABLE, ['>'] = CPE_QUOTABLE, ['@'] = CPE_QUOTABLE, ['['] = CPE_QUOTABLE, [']'] = CPE_QUOTABLE,
    ['^'] = CPE_QUOTABLE, ['`'] = CPE_QUOTABLE, ['{'] = CPE_QUOTABLE, ['|'] = CPE_QUOTABLE, ['}'] = CPE_QUOTABLE,
    ['~'] = CPE_QUOTABLE,
    ['*'] = CPE_STAR, ['?'] = CPE_QUESTION, ['\\'] = CPE_BACKSLASH,
};
/* clang-format on */

enum cpe_kind cpe_kind(char c) { return kinds[(unsigned char)c]; }

/* One '*' or a run of '?'. */
static size_t skip_wildcards(struct str text, size_t i)
{
    if (i < text.len && text.ptr[i] == '*')
        return i + 1;
    while (i < text.len && text.ptr[i] == '?')
        i++;
    return i;
}

/* A hyphen is quoted only where it is the whole value, since one alone means NA. */
static bool is_quoted(struct str text, size_t i)
{
    if (i + 1 == text.len)
        return false;
    if (text.ptr[i + 1] == '-')
        return i == 0 && (text.len == 2 || text.ptr[2] == ':');
    return kinds[(unsigned char)text.ptr[i + 1]] >= CPE_QUOTABLE;
}

size_t cpe_value_length(struct str text, bool *has_capitals)
{
    size_t start = skip_wildcards(text, 0), i = start;
    bool capitals = false;

    for (; i < text.len; i++) {
        unsigned char kind = kinds[(unsigned char)text.ptr[i]];

        if (kind == CPE_BACKSLASH && is_quoted(text, i))
            i++;
        else if (kind == CPE_CAPITAL)
            capitals = true;
        else if (kind != CPE_PLAIN)
            break;
    }
    *has_capitals |= capitals;
    return i > start ? skip_wildcards(text, i) : i;
}

bool cpe_is_value(struct str value)
{
    bool has_capitals = false;

    return value.len > 0 && cpe_value_length(value, &has_capitals) == value.len && !has_capitals;
}

bool cpe_is_part(struct str value)
{
    return value.len == 1 && (value.ptr[0] == 'a' || value.ptr[0] == 'o' || value.ptr[0] == 'h' ||
                              value.ptr[0] == '*' || value.ptr[0] == '-');
}

static struct str lower(struct str text, struct arena *arena)
{
    char *copy = arena_alloc(arena, text.len);

    for (size_t i = 0; i < text.len; i++)
        copy[i] = ascii_lower(text.ptr[i]);
    return (struct str){ copy, text.len };
}

static bool read_fields(struct str rest, struct cpe *cpe, bool *has_capitals)
{
    for (size_t i = 0; i < CPE_FIELDS; i++) {
        size_t len = cpe_value_length(rest, has_capitals);

        /* Only the last field ends the text: a twelfth field or a trailing ':' is an error. */
        if (len == 0 || (len == rest.len) != (i == CPE_FIELDS - 1) ||
            (len < rest.len && rest.ptr[len] != ':'))
            return false;
        cpe->field[i] = (struct str){ rest.ptr, len };
        rest = str_drop(rest, len + 1);
    }
    return true;
}

static bool read_formatted(struct str rest, struct arena *arena, struct cpe *cpe)
{
    bool has_capitals = false;

    if (!read_fields(rest, cpe, &has_capitals))
        return false;
    if (has_capitals && !read_fields(lower(rest, arena), cpe, &has_capitals))
        return false;
    return cpe_is_part(cpe->field[CPE_PART]);
}

static bool skip_prefix(struct str *rest, struct str prefix)
{
    if (!str_eq_nocase(str_take(*rest, prefix.len), prefix))
        return false;
    *rest = str_drop(*rest, prefix.len);
    return true;
}

static bool parse(struct str rest, struct arena *arena, struct cpe *cpe)
{
    if (skip_prefix(&rest, STR("cpe:2.3:")))
        return read_formatted(rest, arena, cpe);
    if (skip_prefix(&rest, STR("cpe:/")))
        return cpe_read_uri(rest, arena, cpe);
    return skip_prefix(&rest, STR("wfn:[")) && cpe_read_wfn(rest, arena, cpe);
}

bool cpe_parse(struct str text, struct arena *arena, struct cpe *out, struct err *err)
{
    struct cpe cpe;

    if (text.len > CPE_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("a CPE name"));
    if (!parse(text, arena, &cpe))
        return FAIL(err, CPE_SYNTAX, text);
    *out = cpe;
    return true;
}

struct str cpe_text(const struct cpe *cpe, struct arena *arena)
{
    struct buf buf = buf_new(arena, CPE_WRITTEN_MAX);

    buf_add(&buf, STR("cpe:2.3"));
    for (size_t i = 0; i < CPE_FIELDS; i++) {
        buf_byte(&buf, ':');
        buf_add(&buf, cpe->field[i]);
    }
    return buf_str(&buf);
}

bool cpe_is_any(struct str field) { return field.len == 1 && field.ptr[0] == '*'; }

bool cpe_is_na(struct str field) { return field.len == 1 && field.ptr[0] == '-'; }

struct str cpe_plain(struct str field, struct arena *arena)
{
    size_t len = str_index(field, '\\');
    char *plain;

    if (len == field.len)
        return field;
    plain = arena_alloc(arena, field.len);
    len = 0;
    for (size_t i = 0; i < field.len; i++) {
        if (field.ptr[i] == '\\' && i + 1 < field.len)
            i++;
        plain[len++] = field.ptr[i];
    }
    return (struct str){ plain, len };
}
