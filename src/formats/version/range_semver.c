/* Ranges of npm, and of those that write them nearly alike: Cargo, Hex, Pub, Conan. */
#include "formats/version/range_internal.h"

enum { NUMBERS = 3 };

/* "1.2.x", "1.2.3-rc.1": numbers up to the first that is missing or a wildcard, and what follows three of them. */
struct partial {
    struct str number[NUMBERS];
    size_t count;
    struct str tail, text;
};

static bool is_end(char c) { return c == ' ' || c == '\t' || c == ',' || c == '|'; }

static bool take_partial(struct str *rest, struct partial *out)
{
    struct partial partial = { 0 };
    struct str start, at;
    bool is_wild = false;
    size_t n = 0;

    if (rest->len > 0 && ascii_lower(*rest->ptr) == 'v')
        version_take(rest, 1);
    while (n < rest->len && !is_end(rest->ptr[n]))
        n++;
    start = at = version_take(rest, n);
    for (size_t i = 0; i < NUMBERS; i++) {
        struct str digits = version_take_digits(&at);

        if (digits.len == 0 && !version_skip(&at, 'x') && !version_skip(&at, 'X') &&
            !version_skip(&at, '*'))
            return false;
        is_wild |= digits.len == 0;
        if (!is_wild)
            partial.number[partial.count++] = digits;
        if (!version_skip(&at, '.'))
            break;
        if (i + 1 == NUMBERS)
            return false;
    }
    partial.tail = at;
    partial.text = start;
    *out = partial;
    return start.len > 0 && (at.len == 0 || partial.count == NUMBERS);
}

/* With its missing numbers as 0. */
static struct str full(struct range_text *text, const struct partial *partial)
{
    text->len = 0;
    for (size_t i = 0; i < NUMBERS; i++) {
        if (i > 0)
            range_text_add(text, STR("."));
        range_text_add(text, i < partial->count ? partial->number[i] : STR("0"));
    }
    range_text_add(text, partial->tail);
    return (struct str){ text->at, text->len };
}

/* The first version with a greater number at that place: 1.2.3 has 1.3.0 at 1. */
static struct str next(struct range_text *text, const struct partial *partial, size_t place)
{
    text->len = 0;
    for (size_t i = 0; i < NUMBERS; i++) {
        if (i > 0)
            range_text_add(text, STR("."));
        if (i < place)
            range_text_add(text, partial->number[i]);
        else if (i == place)
            range_text_add_next(text, partial->number[i]);
        else
            range_text_add(text, STR("0"));
    }
    return (struct str){ text->at, text->len };
}

/* The place that ^ holds fast: the first number that is not 0; Pub looks no further than the second. */
static size_t caret_place(const struct range *range, const struct partial *partial)
{
    size_t most = range->scheme == VERSION_PUB ? 1 : NUMBERS - 1, place = 0;

    while (place < most && place + 1 < partial->count && version_is_zero(partial->number[place]))
        place++;
    return place;
}

/* Hex holds the last but one of what is written; the others the second number, if there is one. */
static size_t tilde_place(const struct range *range, const struct partial *partial)
{
    if (range->scheme == VERSION_HEX)
        return partial->count == NUMBERS ? 1 : 0;
    return partial->count > 1 ? 1 : 0;
}

static void from_up_to(struct range *range, const struct partial *partial, size_t place)
{
    struct range_text text;

    range_bound(range, VERSION_GREATER_OR_EQUAL, full(&text, partial));
    range_bound(range, VERSION_BELOW, next(&text, partial, place));
}

/* "1.2" is everything of 1.2: what is greater comes after all of it. */
static void part_bound(struct range *range, enum range_sign sign, const struct partial *partial)
{
    struct range_text text;
    size_t last = partial->count - 1;

    switch (sign) {
    case SIGN_GREATER:
        range_bound(range, VERSION_GREATER_OR_EQUAL, next(&text, partial, last));
        break;
    case SIGN_GREATER_OR_EQUAL:
        range_bound(range, VERSION_GREATER_OR_EQUAL, full(&text, partial));
        break;
    case SIGN_LESS:
        range_bound(range, VERSION_BELOW, full(&text, partial));
        break;
    case SIGN_LESS_OR_EQUAL:
        range_bound(range, VERSION_BELOW, next(&text, partial, last));
        break;
    default:
        from_up_to(range, partial, last);
    }
}

static bool comparator(struct range *range, enum range_sign sign, const struct partial *partial)
{
    struct range_text text;
    enum version_relation relation;

    if (sign == SIGN_NONE && range->scheme == VERSION_CARGO)
        sign = SIGN_CARET;
    if (partial->count == 0) {
        if (sign == SIGN_GREATER || sign == SIGN_LESS)
            range_bound(range, VERSION_BELOW, STR("0.0.0")); /* nothing */
        else
            range_bound(range, VERSION_ANY, STR("0.0.0"));
        return sign != SIGN_NOT_EQUAL;
    }
    if (sign == SIGN_CARET || sign == SIGN_TILDE) {
        from_up_to(range, partial,
                   sign == SIGN_CARET ? caret_place(range, partial) : tilde_place(range, partial));
        return true;
    }
    if (partial->count < NUMBERS && sign != SIGN_NOT_EQUAL) {
        part_bound(range, sign, partial);
        return true;
    }
    relation = range_relation(sign);
    if (relation == VERSION_LESS && partial->tail.len == 0 && range->scheme == VERSION_PUB)
        relation = VERSION_BELOW;
    range_bound(range, relation, full(&text, partial));
    return true;
}

/* " - B" behind A. */
static bool take_hyphen(struct str *rest)
{
    struct str after = *rest;

    range_skip_space(&after);
    if (after.ptr == rest->ptr || !version_skip(&after, '-') || after.len == 0 ||
        (*after.ptr != ' ' && *after.ptr != '\t'))
        return false;
    range_skip_space(&after);
    *rest = after;
    return true;
}

static bool hyphen_range(struct range *range, const struct partial *from, struct str *rest)
{
    struct partial to;

    if (!take_partial(rest, &to))
        return false;
    range_skip_space(rest);
    if (rest->len > 0 && *rest->ptr != '|')
        return false; /* it is an alternative of its own */
    return comparator(range, SIGN_GREATER_OR_EQUAL, from) &&
           comparator(range, SIGN_LESS_OR_EQUAL, &to);
}

static bool take_word(struct str *rest, struct str word)
{
    struct str after = *rest;

    if (!str_skip(&after, word) || (after.len > 0 && !is_end(*after.ptr)))
        return false;
    *rest = after;
    return true;
}

static void skip_between(const struct range *range, struct str *rest)
{
    do
        range_skip_space(rest);
    while (version_skip(rest, ',') ||
           (range->scheme == VERSION_HEX && take_word(rest, STR("and"))));
}

static bool take_or(const struct range *range, struct str *rest)
{
    if (range->scheme == VERSION_HEX)
        return take_word(rest, STR("or"));
    return (range->scheme == VERSION_NPM || range->scheme == VERSION_CONAN) &&
           str_skip(rest, STR("||"));
}

/* "2.6-" stands before all pre-releases of 2.6. */
static struct str conan_next(struct range_text *text, const struct partial *partial, size_t place)
{
    text->len = 0;
    for (size_t i = 0; i < place; i++) {
        range_text_add(text, partial->number[i]);
        range_text_add(text, STR("."));
    }
    range_text_add_next(text, partial->number[place]);
    range_text_add(text, STR("-"));
    return (struct str){ text->at, text->len };
}

/* Conan's bounds are versions as they stand, with as many parts as they like; a hyphen at their end lets pre-releases in. */
static bool conan_bound(struct range *range, enum range_sign sign, struct str *rest)
{
    struct str text = *rest, start;
    struct range_text next_text;
    struct partial partial;
    size_t n = 0;

    while (n < text.len && !is_end(text.ptr[n]))
        n++;
    version_take(rest, n);
    text = str_take(text, n > 0 && text.ptr[n - 1] == '-' ? n - 1 : n);
    if (str_eq(text, STR("*"))) {
        range_bound(range, VERSION_GREATER_OR_EQUAL, STR("0.0.0"));
        return true;
    }
    if (text.len == 0 || !version_is_valid(VERSION_CONAN, text))
        return false;
    if (sign != SIGN_CARET && sign != SIGN_TILDE) {
        range_bound(range, range_relation(sign), text);
        return true;
    }
    start = text;
    if (!take_partial(&start, &partial) || partial.count == 0)
        return false;
    range_bound(range, VERSION_GREATER_OR_EQUAL, text);
    range_bound(range, VERSION_LESS,
                conan_next(&next_text, &partial,
                           sign == SIGN_CARET ? caret_place(range, &partial)
                                              : tilde_place(range, &partial)));
    return true;
}

static bool bound(struct range *range, bool is_first, struct str *rest)
{
    enum range_sign sign = range_take_sign(rest);
    struct partial partial;

    if (range->scheme == VERSION_CONAN)
        return conan_bound(range, sign, rest);
    (void)version_skip(rest, '='); /* npm: ">==1.0" */
    if (!take_partial(rest, &partial))
        return false;
    if (sign == SIGN_NONE && range->scheme == VERSION_NPM && take_hyphen(rest))
        return is_first && hyphen_range(range, &partial, rest);
    return comparator(range, sign, &partial);
}

static bool alternative(struct range *range, struct str *rest)
{
    size_t count = 0;

    for (skip_between(range, rest); rest->len > 0 && *rest->ptr != '|'; skip_between(range, rest)) {
        if (range->scheme == VERSION_HEX && count > 0 && str_starts(*rest, STR("or")))
            break;
        if (!bound(range, count++ == 0, rest))
            return false;
    }
    if (count == 0)
        range_bound(range, VERSION_ANY, STR("0.0.0"));
    return true;
}

bool range_walk_semver(struct range *range, struct str text)
{
    struct str rest = text;

    if (text.len == 0 && range->scheme != VERSION_NPM)
        return false;
    if (range->scheme == VERSION_PUB && str_eq(text, STR("any")))
        rest = STR("*");
    if (range->scheme == VERSION_CONAN) /* "*, include_prerelease=True" */
        rest = str_take(text, str_index(text, ','));
    do {
        if (!alternative(range, &rest))
            return false;
        range->alternative++;
    } while (take_or(range, &rest));
    return rest.len == 0;
}
