/* How names relate (NISTIR 7696, section 6). */
#include "formats/cpe/cpe_internal.h"
#include <stdint.h>

/* Whether the last byte stands unquoted: an even number of backslashes before it. */
static bool is_bare_end(struct str field)
{
    size_t slashes = 0;

    while (slashes + 1 < field.len && field.ptr[field.len - 2 - slashes] == '\\')
        slashes++;
    return slashes % 2 == 0;
}

static bool is_wild(char c) { return c == '*' || c == '?'; }

static bool has_wildcards(struct str field)
{
    return field.len > 0 && !cpe_is_any(field) &&
           (is_wild(field.ptr[0]) || (is_wild(field.ptr[field.len - 1]) && is_bare_end(field)));
}

/* Takes the wildcards off an end: how many characters they may stand for. */
static size_t take_first(struct str *pattern)
{
    size_t count = 0;

    if (str_skip(pattern, STR("*")))
        return SIZE_MAX;
    while (str_skip(pattern, STR("?")))
        count++;
    return count;
}

static size_t take_last(struct str *pattern)
{
    size_t count = 0;

    while (pattern->len > 0 && is_wild(pattern->ptr[pattern->len - 1]) && is_bare_end(*pattern)) {
        count = pattern->ptr[pattern->len - 1] == '*' ? SIZE_MAX : count + 1;
        pattern->len--;
    }
    return count;
}

/* One character: a quoted one counts as one. */
static size_t step(struct str text) { return text.ptr[0] == '\\' && text.len > 1 ? 2 : 1; }

static bool is_at_most(struct str text, size_t max)
{
    size_t count = 0;

    if (max == SIZE_MAX)
        return true;
    for (; text.len > 0 && count <= max; count++)
        text = str_drop(text, step(text));
    return count <= max;
}

/* A run of n '?' stands for none to n characters, as in the pseudocode of the standard. */
static bool fits(struct str pattern, struct str value)
{
    size_t before = take_first(&pattern), after = take_last(&pattern);

    for (size_t skipped = 0; skipped <= before; skipped++) {
        if (str_starts(value, pattern) && is_at_most(str_drop(value, pattern.len), after))
            return true;
        if (value.len == 0)
            return false;
        value = str_drop(value, step(value));
    }
    return false;
}

enum cpe_relation cpe_field_relation(struct str source, struct str target)
{
    if (has_wildcards(target))
        return CPE_UNDEFINED;
    if (str_eq(source, target))
        return CPE_EQUAL;
    if (cpe_is_any(source))
        return CPE_SUPERSET;
    if (cpe_is_any(target))
        return CPE_SUBSET;
    if (cpe_is_na(source) || cpe_is_na(target))
        return CPE_DISJOINT;
    return has_wildcards(source) && fits(source, target) ? CPE_SUPERSET : CPE_DISJOINT;
}

enum cpe_relation cpe_relation(const struct cpe *source, const struct cpe *target)
{
    unsigned seen = 0;

    for (size_t i = 0; i < CPE_FIELDS; i++) {
        enum cpe_relation relation = cpe_field_relation(source->field[i], target->field[i]);

        if (relation == CPE_DISJOINT)
            return CPE_DISJOINT;
        seen |= 1U << relation;
    }
    seen &= ~(1U << CPE_EQUAL);
    if (seen == 0)
        return CPE_EQUAL;
    if (seen == 1U << CPE_SUPERSET)
        return CPE_SUPERSET;
    return seen == 1U << CPE_SUBSET ? CPE_SUBSET : CPE_UNDEFINED;
}

struct str cpe_relation_name(enum cpe_relation relation)
{
    static const struct str names[] = {
        [CPE_EQUAL] = STR_INIT("equal"),         [CPE_SUPERSET] = STR_INIT("superset"),
        [CPE_SUBSET] = STR_INIT("subset"),       [CPE_DISJOINT] = STR_INIT("disjoint"),
        [CPE_UNDEFINED] = STR_INIT("undefined"),
    };

    return names[relation];
}
