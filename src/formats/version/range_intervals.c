/* Intervals as Maven and NuGet write them: "[1.0,2.0)", "(,1.0]", "[1.5]". A lone version is Maven's wish, which any other fulfils too, and
 * NuGet's least; NuGet's "1.2.*" is from 1.2.0 on. */
#include "formats/version/range_internal.h"

static bool lower_bound(struct range *range, struct str version, bool is_inclusive)
{
    struct range_text text;

    if (version.len == 0) {
        range_bound(range, VERSION_ANY, STR("0"));
        return true;
    }
    if (range->scheme == VERSION_NUGET && version.ptr[version.len - 1] == '*') {
        text.len = 0;
        range_text_add(&text, str_take(version, version.len - 1));
        range_text_add(&text, STR("0"));
        version = (struct str){ text.at, text.len };
    }
    if (!version_is_valid(range->scheme, version))
        return false;
    range_bound(range, is_inclusive ? VERSION_GREATER_OR_EQUAL : VERSION_GREATER, version);
    return true;
}

/* Maven refuses an interval that holds nothing: somebody meant another one. */
static bool is_empty(enum version_scheme scheme, struct str from, struct str to, bool is_closed)
{
    int order = version_compare(scheme, from, to);

    return order > 0 || (order == 0 && !is_closed);
}

/* What stands between the brackets. */
static bool interval(struct range *range, struct str inside, bool has_first, bool has_last)
{
    size_t comma = str_index(inside, ',');
    struct str from = str_trim(str_take(inside, comma)), to = str_trim(str_drop(inside, comma + 1));

    if (comma == inside.len) {
        if (!has_first || !has_last || !version_is_valid(range->scheme, from))
            return false;
        range_bound(range, VERSION_EQUAL, from);
        return true;
    }
    if (!lower_bound(range, from, has_first))
        return false;
    if (to.len == 0)
        return true;
    if (!version_is_valid(range->scheme, to) ||
        (from.len > 0 && is_empty(range->scheme, from, to, has_first && has_last)))
        return false;
    range_bound(range, has_last ? VERSION_LESS_OR_EQUAL : VERSION_LESS, to);
    return true;
}

static bool take_interval(struct range *range, struct str *rest)
{
    bool has_first = *rest->ptr == '[';
    size_t end = 1;

    while (end < rest->len && rest->ptr[end] != ']' && rest->ptr[end] != ')')
        end++;
    if (end == rest->len ||
        !interval(range, str_take(str_drop(*rest, 1), end - 1), has_first, rest->ptr[end] == ']'))
        return false;
    version_take(rest, end + 1);
    range->alternative++;
    return true;
}

bool range_walk_intervals(struct range *range, struct str text)
{
    struct str rest = text;

    if (rest.len == 0)
        return false;
    if (*rest.ptr != '[' && *rest.ptr != '(') {
        if (range->scheme == VERSION_NUGET)
            return lower_bound(range, rest, true);
        range_bound(range, VERSION_ANY, rest);
        return str_index(rest, ',') == rest.len;
    }
    while (rest.len > 0 && (*rest.ptr == '[' || *rest.ptr == '(')) {
        if (!take_interval(range, &rest))
            return false;
        range_skip_space(&rest);
        if (rest.len == 0)
            return true;
        if (range->scheme == VERSION_NUGET || !version_skip(&rest, ','))
            return false;
        range_skip_space(&rest);
    }
    return false;
}
