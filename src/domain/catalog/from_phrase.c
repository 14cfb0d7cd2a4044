/* Versions as people write them, in Japanese ("1.0 から 1.3 より前") and English ("1.0 and earlier"): words are taken one after the other, and one that is
 * not known makes the whole phrase unknown, so that nothing is claimed that does not stand there. */
#include "domain/catalog/from_internal.h"

#include "base/ascii.h"

enum meaning {
    NOISE,    /* says nothing: "version" */
    ALL,      /* every version, unless a bound follows */
    AND,      /* between two bounds */
    BEHIND,   /* an operator that stands behind its version */
    BEFORE,   /* one that stands before it */
    OPENS,    /* "1.0 から": from the version before it, to the one behind it */
    NOT_KNOWN /* no word of ours */
};
enum bound { IS, AT_LEAST, ABOVE, AT_MOST, BELOW };

/* A word that begins another stands after it. */
static const struct word {
    const char *text;
    enum meaning meaning;
    enum bound bound;
} words[] = {
    { "すべてのバージョン", ALL, IS },
    { "全てのバージョン", ALL, IS },
    { "全バージョン", ALL, IS },
    { "およびそれ以前", BEHIND, AT_MOST },
    { "及びそれ以前", BEHIND, AT_MOST },
    { "およびそれ以降", BEHIND, AT_LEAST },
    { "及びそれ以降", BEHIND, AT_LEAST },
    { "より前", BEHIND, BELOW },
    { "より後", BEHIND, ABOVE },
    { "より大きい", BEHIND, ABOVE },
    { "以前", BEHIND, AT_MOST },
    { "以下", BEHIND, AT_MOST },
    { "まで", BEHIND, AT_MOST },
    { "未満", BEHIND, BELOW },
    { "以上", BEHIND, AT_LEAST },
    { "以降", BEHIND, AT_LEAST },
    { "から", OPENS, AT_LEAST },
    { "～", OPENS, AT_LEAST }, /* U+FF5E */
    { "〜", OPENS, AT_LEAST }, /* U+301C */
    { "ファームウェア", NOISE, IS },
    { "バージョン", NOISE, IS },
    { "かつ", AND, IS },
    { "の", NOISE, IS },
    { "　", NOISE, IS },
    { "all versions", ALL, IS },
    { "and earlier", BEHIND, AT_MOST },
    { "and prior", BEHIND, AT_MOST },
    { "and below", BEHIND, AT_MOST },
    { "or earlier", BEHIND, AT_MOST },
    { "or prior", BEHIND, AT_MOST },
    { "or below", BEHIND, AT_MOST },
    { "and later", BEHIND, AT_LEAST },
    { "and newer", BEHIND, AT_LEAST },
    { "and above", BEHIND, AT_LEAST },
    { "or later", BEHIND, AT_LEAST },
    { "or newer", BEHIND, AT_LEAST },
    { "or above", BEHIND, AT_LEAST },
    { "up to and including", BEFORE, AT_MOST },
    { "prior to", BEFORE, BELOW },
    { "earlier than", BEFORE, BELOW },
    { "less than", BEFORE, BELOW },
    { "before", BEFORE, BELOW },
    { "later than", BEFORE, ABOVE },
    { "from", BEFORE, AT_LEAST },
    { "through", OPENS, AT_LEAST },
    { "firmware", NOISE, IS },
    { "versions", NOISE, IS },
    { "version", NOISE, IS },
    { "vers.", NOISE, IS },
    { "ver.", NOISE, IS },
    { "ver", NOISE, IS },
    { "v.", NOISE, IS },
    { "all", ALL, IS },
    { "and", AND, IS },
    { "|", AND, IS },
    { ">=", BEFORE, AT_LEAST },
    { "<=", BEFORE, AT_MOST },
    { "≧", BEFORE, AT_LEAST },
    { "≦", BEFORE, AT_MOST },
    { ">", BEFORE, ABOVE },
    { "<", BEFORE, BELOW },
    { "=", BEFORE, IS },
    { "*", ALL, IS },
};

static bool is_sign(char c)
{
    return ascii_is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '~' ||
           c == ':';
}

static bool skip_word(struct str *rest, struct str word)
{
    struct str start = str_take(*rest, word.len);
    bool is_ascii_word = ascii_is_letter(word.ptr[word.len - 1]);

    if (!str_eq_nocase(start, word) ||
        (is_ascii_word && rest->len > word.len && ascii_is_letter(rest->ptr[word.len])))
        return false;
    *rest = str_drop(*rest, word.len);
    return true;
}

static struct word next_word(struct str *rest)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (skip_word(rest, str_from_z(words[i].text)))
            return words[i];
    return (struct word){ .meaning = NOT_KNOWN };
}

/* "1.2.3", "v6", "2.0-beta9"; what has a wildcard for a part is none. */
static bool skip_version(struct str *rest, struct str *out)
{
    struct str version = *rest;
    size_t n = 0;

    if (version.len > 1 && ascii_lower(version.ptr[0]) == 'v' && ascii_is_digit(version.ptr[1]))
        version = str_drop(version, 1);
    if (version.len == 0 || !ascii_is_digit(version.ptr[0]))
        return false;
    while (n < version.len && is_sign(version.ptr[n]))
        n++;
    *rest = str_drop(version, n);
    *out = str_take(version, n);
    return ascii_is_alnum(version.ptr[n - 1]) && !str_ends(*out, STR(".x")) &&
           !str_ends(*out, STR(".X"));
}

struct phrase {
    struct str versions[2];
    enum bound bounds[2];
    size_t count;
    bool is_named[2]; /* its bound was said, not only supposed */
    bool is_all, has_bound;
    enum bound bound; /* for the next version, when has_bound */
};

static bool add_version(struct phrase *phrase, struct str version)
{
    size_t n = phrase->count;

    if (n == COUNT(phrase->versions))
        return false;
    phrase->versions[n] = version;
    phrase->bounds[n] = phrase->has_bound ? phrase->bound : IS;
    phrase->is_named[n] = phrase->has_bound;
    /* "1.0 から 1.5": what ends the range may be said behind it, and else is the last one within. */
    if (n == 1 && !phrase->has_bound && phrase->bounds[0] == AT_LEAST)
        phrase->bounds[n] = AT_MOST;
    phrase->has_bound = false;
    phrase->count++;
    return true;
}

static bool add_word(struct phrase *phrase, const struct word *word)
{
    size_t last = phrase->count - 1;

    switch (word->meaning) {
    case NOISE:
    case AND:
        return true;
    case ALL:
        phrase->is_all = true;
        return true;
    case BEFORE:
        if (phrase->has_bound)
            return false;
        phrase->has_bound = true;
        phrase->bound = word->bound;
        return true;
    case BEHIND:
    case OPENS:
        if (phrase->count == 0 || phrase->has_bound ||
            (phrase->is_named[last] && phrase->bounds[last] != word->bound))
            return false;
        phrase->bounds[last] = word->bound;
        phrase->is_named[last] = true;
        return true;
    default:
        return false;
    }
}

/* "（CVE-2025-0354、CVE-2025-0355）" at the end tells whom the range is about; anything else in brackets may narrow it. */
static struct str without_names(struct str text)
{
    static const char *const opens[] = { "（", "(" }, *const closes[] = { "）", ")" };

    for (size_t i = 0; i < COUNT(opens); i++) {
        size_t at = str_index_str(text, str_from_z(opens[i]));
        struct str inside = str_drop(text, at + str_from_z(opens[i]).len);

        if (at < text.len && str_starts(str_trim(inside), STR("CVE-")) &&
            str_ends(text, str_from_z(closes[i])) &&
            str_index_str(inside, str_from_z(opens[i])) == inside.len)
            return str_trim(str_take(text, at));
    }
    return text;
}

static bool is_lower(enum bound bound) { return bound == AT_LEAST || bound == ABOVE; }

static bool is_upper(enum bound bound) { return bound == AT_MOST || bound == BELOW; }

static void set_bound(struct span *span, enum bound bound, struct str version)
{
    if (bound == IS || is_lower(bound)) {
        span->from = version;
        span->from_is_excluded = bound == ABOVE;
    }
    if (bound == IS || is_upper(bound)) {
        span->to = version;
        span->to_is_included = bound != BELOW;
    }
}

static bool make_span(const struct phrase *phrase, struct span *span)
{
    if (phrase->has_bound || (phrase->count == 0 && !phrase->is_all))
        return false;
    if (phrase->count == 2 && (!is_lower(phrase->bounds[0]) || !is_upper(phrase->bounds[1])))
        return false;
    for (size_t i = 0; i < phrase->count; i++)
        set_bound(span, phrase->bounds[i], phrase->versions[i]);
    return phrase->count < 2 || version_compare(span->scheme, span->from, span->to) <= 0;
}

struct span from_phrase(struct str text, enum version_scheme scheme)
{
    struct span span = { .status = SPAN_AFFECTED, .scheme = scheme };
    struct phrase phrase = { 0 };
    struct str rest = str_trim(without_names(str_trim(text)));
    bool is_known = text.len <= VERSION_TEXT_MAX;

    while (is_known && rest.len > 0) {
        struct str version;
        struct word word;

        if (skip_version(&rest, &version)) {
            is_known = add_version(&phrase, version);
        } else {
            word = next_word(&rest);
            is_known = add_word(&phrase, &word);
        }
        rest = str_trim(rest);
    }
    if (is_known && make_span(&phrase, &span))
        return span;
    return (struct span){
        .status = SPAN_UNKNOWN, .scheme = scheme, .from = text, .to = text, .to_is_included = true
    };
}
