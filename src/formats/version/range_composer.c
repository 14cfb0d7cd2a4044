/* Composer's constraints. "<2.0" and ">=1.0" begin at the development versions of 2.0 and 1.0, unless a stability is named. */
#include "formats/version/range_internal.h"

enum { NUMBERS = 4 };

struct parts {
    struct str number[NUMBERS];
    size_t count; /* up to the first wildcard */
    bool has_wildcard;
    struct str tail; /* a stability */
    struct str text;
};

static bool is_between(char c) { return c == ' ' || c == '\t' || c == ',' || c == '|'; }

static bool take_parts(struct str *rest, struct parts *out)
{
    struct parts parts = { 0 };
    struct str at;
    size_t n = 0;

    while (n < rest->len && !is_between(rest->ptr[n]))
        n++;
    parts.text = version_take(rest, n);
    parts.text = str_take(parts.text, str_index(parts.text, '@')); /* "1.0@beta" asks for 1.0 */
    at = parts.text;
    if (at.len > 0 && ascii_lower(*at.ptr) == 'v')
        version_take(&at, 1);
    while (parts.count < NUMBERS && !parts.has_wildcard) {
        struct str digits = version_take_digits(&at);

        if (digits.len > 0)
            parts.number[parts.count++] = digits;
        else if (version_skip(&at, '*') || version_skip(&at, 'x') || version_skip(&at, 'X'))
            parts.has_wildcard = true;
        else
            break;
        if (at.len < 2 || *at.ptr != '.' || !strchr("0123456789xX*", at.ptr[1]))
            break;
        version_take(&at, 1);
    }
    while (parts.has_wildcard && (str_skip(&at, STR(".*")) || str_skip(&at, STR(".x"))))
        continue;
    parts.tail = at;
    *out = parts;
    return parts.text.len > 0 && (!parts.has_wildcard || at.len == 0 || str_eq(at, STR("-dev")));
}

static struct str as_dev(struct range_text *text, struct str version)
{
    text->len = 0;
    range_text_add(text, version);
    range_text_add(text, STR("-dev"));
    return (struct str){ text->at, text->len };
}

static struct str numbers(struct range_text *text, const struct parts *parts, size_t count,
                          bool is_next)
{
    text->len = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            range_text_add(text, STR("."));
        if (is_next && i + 1 == count)
            range_text_add_next(text, parts->number[i]);
        else
            range_text_add(text, parts->number[i]);
    }
    range_text_add(text, STR("-dev"));
    return (struct str){ text->at, text->len };
}

/* From what is written up to the next of its first count numbers. */
static void from_up_to(struct range *range, const struct parts *parts, size_t count)
{
    struct range_text text;

    range_bound(range, VERSION_GREATER_OR_EQUAL,
                parts->tail.len > 0 ? parts->text : numbers(&text, parts, parts->count, false));
    range_bound(range, VERSION_LESS, numbers(&text, parts, count, true));
}

static size_t caret_count(const struct parts *parts)
{
    size_t i = 0;

    while (i < 2 && i + 1 < parts->count && version_is_zero(parts->number[i]))
        i++;
    return i + 1;
}

static bool constraint(struct range *range, enum range_sign sign, const struct parts *parts)
{
    struct range_text text;
    bool is_plain = parts->tail.len == 0 && !str_starts(parts->text, STR("dev-"));

    if (parts->has_wildcard && parts->tail.len == 0) {
        if (sign != SIGN_NONE && sign != SIGN_EQUAL)
            return false;
        if (parts->count == 0)
            range_bound(range, VERSION_ANY, STR("0"));
        else
            from_up_to(range, parts, parts->count);
        return true;
    }
    if (sign == SIGN_CARET || sign == SIGN_TILDE) {
        if (parts->count == 0)
            return false;
        from_up_to(range, parts,
                   sign == SIGN_CARET  ? caret_count(parts)
                   : parts->count == 1 ? 1
                                       : parts->count - 1);
        return true;
    }
    if (!version_is_valid(VERSION_COMPOSER, parts->text))
        return false;
    range_bound(range, range_relation(sign),
                is_plain && (sign == SIGN_LESS || sign == SIGN_GREATER_OR_EQUAL)
                    ? as_dev(&text, parts->text)
                    : parts->text);
    return true;
}

/* "1.0 - 2.0" holds all of 2.0, "1.0 - 2.0.0" nothing after it. */
static bool hyphen_range(struct range *range, const struct parts *from, struct str *rest)
{
    struct range_text text;
    struct parts to;

    if (!take_parts(rest, &to) || from->count == 0 || to.count == 0)
        return false;
    range_bound(range, VERSION_GREATER_OR_EQUAL,
                from->tail.len > 0 ? from->text : numbers(&text, from, from->count, false));
    if (to.count >= 3 || to.tail.len > 0)
        range_bound(range, VERSION_LESS_OR_EQUAL, to.text);
    else
        range_bound(range, VERSION_LESS, numbers(&text, &to, to.count, true));
    return true;
}

static bool take_hyphen(struct str *rest)
{
    struct str after = *rest;

    range_skip_space(&after);
    if (!version_skip(&after, '-') || after.len == 0 || *after.ptr != ' ')
        return false;
    range_skip_space(&after);
    *rest = after;
    return true;
}

static void skip_between(struct str *rest)
{
    while (rest->len > 0 && is_between(*rest->ptr) && *rest->ptr != '|')
        version_take(rest, 1);
}

bool range_walk_composer(struct range *range, struct str text)
{
    struct str rest = text;

    while (true) {
        size_t count = 0;

        for (skip_between(&rest); rest.len > 0 && *rest.ptr != '|'; skip_between(&rest)) {
            enum range_sign sign = range_take_sign(&rest);
            struct parts parts;

            if (!take_parts(&rest, &parts) ||
                !(sign == SIGN_NONE && take_hyphen(&rest) ? hyphen_range(range, &parts, &rest)
                                                          : constraint(range, sign, &parts)))
                return false;
            count++;
        }
        if (count == 0)
            return false;
        if (rest.len == 0)
            return true;
        version_skip(&rest, '|');
        version_skip(&rest, '|');
        range->alternative++;
    }
}
