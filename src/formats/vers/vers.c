#include "formats/vers/vers_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"

/* Longer ones before what they begin with; a version without any is VERS_EQUAL. */
static const struct {
    struct str sign;
    enum vers_comparator comparator;
} signs[] = {
    { STR_INIT("!="), VERS_NOT_EQUAL },        { STR_INIT("<="), VERS_LESS_OR_EQUAL },
    { STR_INIT(">="), VERS_GREATER_OR_EQUAL }, { STR_INIT("<"), VERS_LESS },
    { STR_INIT(">"), VERS_GREATER },
};

/* What a version holds only as %XX: what else stands in a range, and what is not printable ASCII. */
static bool is_apart(char c) { return c <= ' ' || c > '~' || strchr("%|<>=!*", c); }

/* ---- reading ---- */

static bool is_type(struct str type)
{
    for (size_t i = 0; i < type.len; i++)
        if (!ascii_is_digit(type.ptr[i]) && !(type.ptr[i] >= 'a' && type.ptr[i] <= 'z') &&
            type.ptr[i] != '.' && type.ptr[i] != '-')
            return false;
    return type.len > 0;
}

/* Of capital letters alone, which is the canonical form; -1 for any other. */
static int hex_digit(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool decode(struct str text, bool is_loose, struct arena *arena, struct str *out)
{
    struct buf buf = buf_new(arena, VERS_TEXT_MAX);

    for (size_t i = 0; i < text.len; i++) {
        int high, low;

        if (text.ptr[i] != '%') {
            if (!is_loose && is_apart(text.ptr[i]))
                return false;
            buf_byte(&buf, text.ptr[i]);
            continue;
        }
        if (text.len - i < 3 || (high = hex_digit(text.ptr[i + 1])) < 0 ||
            (low = hex_digit(text.ptr[i + 2])) < 0)
            return false;
        buf_byte(&buf, (char)(high * 16 + low));
        i += 2;
    }
    *out = buf_str(&buf);
    return out->len > 0;
}

static bool read_constraint(struct str text, bool is_loose, const struct vers *vers,
                            struct arena *arena, struct vers_constraint *out)
{
    struct str rest = is_loose ? str_trim(text) : text;

    out->comparator = VERS_EQUAL;
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (!str_skip(&rest, signs[i].sign))
            continue;
        out->comparator = signs[i].comparator;
        break;
    }
    if (is_loose && out->comparator == VERS_EQUAL)
        (void)str_skip(&rest, STR("="));
    if (!decode(is_loose ? str_trim(rest) : rest, is_loose, arena, &out->version))
        return false;
    /* An instant has one way to be written, its colons as they are. */
    return vers->scheme != VERSION_DATETIME ||
           (version_is_valid(VERSION_DATETIME, out->version) && str_index(text, '%') == text.len);
}

int vers_constraint_order(const void *a, const void *b, void *scheme)
{
    const struct vers_constraint *x = a, *y = b;
    int order = version_compare(*(enum version_scheme *)scheme, x->version, y->version);

    return order != 0 ? order : (int)x->comparator - (int)y->comparator;
}

/* Ascending, and a version once; to say the same thing twice is allowed. */
static bool is_sorted(const struct vers *vers)
{
    for (size_t i = 1; i < vers->constraints.len; i++) {
        const struct vers_constraint *a = &vers->constraints.at[i - 1], *b = a + 1;
        int order = version_compare(vers->scheme, a->version, b->version);

        if (order > 0 || (order == 0 && a->comparator != b->comparator))
            return false;
    }
    return true;
}

static bool read_constraints(struct str text, bool is_loose, struct arena *arena, struct vers *vers)
{
    struct str rest = text;

    while (true) {
        struct str part = str_take(rest, str_index(rest, '|'));
        struct vers_constraint constraint;

        if (vers->constraints.len == VERS_CONSTRAINTS_MAX ||
            !read_constraint(part, is_loose, vers, arena, &constraint))
            return false;
        VEC_PUSH(arena, &vers->constraints, constraint);
        if (part.len == rest.len)
            break;
        rest = str_drop(rest, part.len + 1);
    }
    if (is_loose)
        qsort_r(vers->constraints.at, vers->constraints.len, sizeof *vers->constraints.at,
                vers_constraint_order, &vers->scheme);
    return is_sorted(vers);
}

static bool parse(struct str text, bool is_loose, struct arena *arena, struct vers *out,
                  struct err *err)
{
    struct str rest = is_loose ? str_trim(text) : text;
    struct vers vers = { 0 };

    if (text.len > VERS_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("a VERS range"));
    if (!str_skip(&rest, STR("vers:")))
        return FAIL(err, VERS_SYNTAX, text);
    vers.type = str_take(rest, str_index(rest, '/'));
    if (!is_type(vers.type) || vers.type.len == rest.len)
        return FAIL(err, VERS_SYNTAX, text);
    rest = str_drop(rest, vers.type.len + 1);
    if (!version_scheme_from_name(vers.type, &vers.scheme))
        vers.scheme = VERSION_GENERIC;
    if (str_eq(is_loose ? str_trim(rest) : rest, STR("*")))
        vers.is_everything = !str_eq(vers.type, STR("none"));
    else if (!read_constraints(rest, is_loose, arena, &vers))
        return FAIL(err, VERS_SYNTAX, text);
    vers.type = arena_str(arena, vers.type);
    *out = vers;
    return true;
}

bool vers_parse(struct str text, struct arena *arena, struct vers *out, struct err *err)
{
    return parse(text, false, arena, out, err) ? true : PASS(err);
}

bool vers_parse_loose(struct str text, struct arena *arena, struct vers *out, struct err *err)
{
    return parse(text, true, arena, out, err) ? true : PASS(err);
}

/* ---- writing ---- */

static void put_version(struct buf *buf, struct str version)
{
    for (size_t i = 0; i < version.len; i++)
        if (is_apart(version.ptr[i]))
            buf_printf(buf, "%%%02X", (unsigned)(unsigned char)version.ptr[i]);
        else
            buf_byte(buf, version.ptr[i]);
}

struct str vers_text(const struct vers *vers, struct arena *arena)
{
    struct buf buf = buf_new(arena, (size_t)4 * VERS_TEXT_MAX);

    buf_printf(&buf, "vers:%.*s/", STR_ARG(vers->type));
    if (vers->constraints.len == 0)
        buf_byte(&buf, '*');
    for (size_t i = 0; i < vers->constraints.len; i++) {
        const struct vers_constraint *constraint = &vers->constraints.at[i];

        if (i > 0)
            buf_byte(&buf, '|');
        for (size_t k = 0; k < COUNT(signs); k++)
            if (signs[k].comparator == constraint->comparator)
                buf_add(&buf, signs[k].sign);
        put_version(&buf, constraint->version);
    }
    return buf_str(&buf);
}

/* ---- deciding ---- */

static bool is_upper_bound(const struct vers_constraint *c)
{
    return c->comparator == VERS_LESS || c->comparator == VERS_LESS_OR_EQUAL;
}

static bool is_lower_bound(const struct vers_constraint *c)
{
    return c->comparator == VERS_GREATER || c->comparator == VERS_GREATER_OR_EQUAL;
}

/*
 * What equals a constraint's version is decided by it; "<" and ">" at the version itself lie below and above it. For all else the bounds
 * next to it decide: below an upper bound or above a lower one it is inside. (Of several lower bounds in a row the first counts, of upper
 * bounds the last, and this comes to the same.) Without any bound, it is inside if all that is said is what is not.
 */
bool vers_contains(const struct vers *vers, struct str version)
{
    const struct vers_constraint *below = NULL, *above = NULL;
    bool has_equal = false;

    if (vers->constraints.len == 0)
        return vers->is_everything;
    for (size_t i = 0; i < vers->constraints.len; i++) {
        const struct vers_constraint *at = &vers->constraints.at[i];
        int order = version_compare(vers->scheme, at->version, version);

        if (order == 0 && at->comparator == VERS_NOT_EQUAL)
            return false;
        if (order == 0 && at->comparator != VERS_LESS && at->comparator != VERS_GREATER)
            return true;
        has_equal |= at->comparator == VERS_EQUAL;
        if (!is_upper_bound(at) && !is_lower_bound(at))
            continue;
        if (order < 0 || (order == 0 && is_upper_bound(at)))
            below = at;
        else if (!above)
            above = at;
    }
    if (!below && !above)
        return !has_equal;
    return (below && is_lower_bound(below)) || (above && is_upper_bound(above));
}
