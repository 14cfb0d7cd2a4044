/* Version specifiers of PEP 440. Pre-releases are held by their order, as when they are asked for. */
#include "formats/version/range_internal.h"

static bool is_wild(struct str version) { return str_ends(version, STR(".*")); }

/* The numbers with their epoch; behind them pre, post, dev and local. */
static struct str release_of(struct str version)
{
    size_t n = 0;

    while (n < version.len &&
           (ascii_is_digit(version.ptr[n]) || version.ptr[n] == '!' ||
            (version.ptr[n] == '.' && n + 1 < version.len && ascii_is_digit(version.ptr[n + 1]))))
        n++;
    return str_take(version, n);
}

static struct str without_v(struct str version)
{
    struct str s = str_trim(version);

    return s.len > 0 && ascii_lower(*s.ptr) == 'v' ? str_drop(s, 1) : s;
}

/* ~=1.4.5 is >=1.4.5, ==1.4.*. */
static bool compatible(struct range *range, struct str version)
{
    struct range_text text;
    struct str release = release_of(version);
    size_t dot = release.len;

    while (dot > 0 && release.ptr[dot - 1] != '.')
        dot--;
    if (dot == 0)
        return false;
    range_bound(range, VERSION_GREATER_OR_EQUAL, version);
    text.len = 0;
    range_text_add(&text, str_take(release, dot));
    range_text_add(&text, STR("*"));
    range_bound(range, VERSION_EQUAL, (struct str){ text.at, text.len });
    return true;
}

static bool specifier(struct range *range, struct str text)
{
    struct str version = text;
    enum range_sign sign = range_take_sign(&version);
    bool is_equality = sign == SIGN_EQUAL || sign == SIGN_NOT_EQUAL;

    if (sign == SIGN_EQUAL && version_skip(&version, '=')) /* "===": the text itself */
        version = str_trim(version);
    version = without_v(version);
    if (sign == SIGN_NONE || sign == SIGN_CARET || str_starts(text, STR("~>")))
        return false;
    if (!version_is_valid(VERSION_PYPI, is_wild(version) && is_equality
                                            ? str_take(version, version.len - 2)
                                            : version))
        return false;
    if (sign == SIGN_TILDE)
        return compatible(range, version);
    range_bound(range, range_relation(sign), version);
    return true;
}

bool range_walk_pypi(struct range *range, struct str text)
{
    struct str rest = text, part;

    if (text.len == 0)
        range_bound(range, VERSION_ANY, STR("0"));
    while (text.len > 0 && str_split(&rest, ',', &part))
        if (str_trim(part).len > 0 && !specifier(range, str_trim(part)))
            return false;
    return true;
}

/* ---- what a specifier holds ---- */

static int compare(struct str a, struct str b) { return version_compare(VERSION_PYPI, a, b); }

/* 1.2.* holds whatever begins with 1.2, its development releases too. */
static bool begins_with(struct str version, struct str wild)
{
    struct range_text from, to;
    struct str release = str_take(wild, wild.len - 2), last;
    size_t start = release.len;

    from.len = to.len = 0;
    range_text_add(&from, release);
    range_text_add(&from, STR(".dev0"));
    while (start > 0 && ascii_is_digit(release.ptr[start - 1]))
        start--;
    last = str_drop(release, start);
    range_text_add(&to, str_take(release, start));
    range_text_add_next(&to, last);
    range_text_add(&to, STR(".dev0"));
    return compare(version, (struct str){ from.at, from.len }) >= 0 &&
           compare(version, (struct str){ to.at, to.len }) < 0;
}

static bool equals(struct str version, struct str public, struct str wanted)
{
    if (is_wild(wanted))
        return begins_with(version, wanted);
    return compare(str_index(wanted, '+') < wanted.len ? version : public, wanted) == 0;
}

static struct str public_of(struct str version)
{
    return str_take(version, str_index(version, '+'));
}

/* Less than all of the release, pre-releases too; its own key would not do, as 1.0.post1 comes after 1.0. */
static bool is_pre_release(struct str version)
{
    return compare(version, release_of(version)) < 0 ||
           str_index_str(version, STR("dev")) < version.len;
}

static bool is_post_release(struct str version)
{
    return compare(public_of(version), release_of(version)) > 0;
}

bool range_pypi_holds(const struct version_bound *bound, struct str text)
{
    struct str version = without_v(text), public = public_of(version), wanted = bound->version;
    bool is_same_release = compare(release_of(version), release_of(wanted)) == 0;

    switch (bound->relation) {
    case VERSION_ANY:
        return true;
    case VERSION_EQUAL:
        return equals(version, public, wanted);
    case VERSION_NOT_EQUAL:
        return !equals(version, public, wanted);
    case VERSION_LESS:
    case VERSION_BELOW:
        return compare(version, wanted) < 0 &&
               (is_pre_release(wanted) || !is_pre_release(version) || !is_same_release);
    case VERSION_LESS_OR_EQUAL:
        return compare(public, wanted) <= 0;
    case VERSION_GREATER:
        return compare(version, wanted) > 0 &&
               !(is_same_release && is_post_release(version) && !is_post_release(wanted)) &&
               !(is_same_release && public.len < version.len);
    case VERSION_GREATER_OR_EQUAL:
        return compare(public, wanted) >= 0;
    }
    return false;
}
