#include "base/err.h"
#include "formats/version/range_internal.h"

static bool (*const walks[VERSION_SCHEMES])(struct range *range, struct str text) = {
    [VERSION_NPM] = range_walk_semver,      [VERSION_CARGO] = range_walk_semver,
    [VERSION_HEX] = range_walk_semver,      [VERSION_PUB] = range_walk_semver,
    [VERSION_CONAN] = range_walk_semver,    [VERSION_COMPOSER] = range_walk_composer,
    [VERSION_GEM] = range_walk_gem,         [VERSION_PYPI] = range_walk_pypi,
    [VERSION_MAVEN] = range_walk_intervals, [VERSION_NUGET] = range_walk_intervals,
    [VERSION_OPENSSL] = range_walk_list,
};

/* ---- for the walks ---- */

void range_bound(struct range *range, enum version_relation relation, struct str version)
{
    range->each(range->context, &(struct version_bound){ range->alternative, relation, version });
}

void range_text_add(struct range_text *text, struct str s)
{
    s = str_take(s, sizeof text->at - text->len);
    memcpy(text->at + text->len, s.ptr, s.len);
    text->len += s.len;
}

void range_text_add_next(struct range_text *text, struct str digits)
{
    size_t nines = 0, start;

    while (nines < digits.len && digits.ptr[digits.len - 1 - nines] == '9')
        nines++;
    if (nines == digits.len) {
        range_text_add(text, STR("1"));
        start = text->len;
        range_text_add(text, digits);
    } else {
        start = text->len + digits.len - nines;
        range_text_add(text, digits);
        if (start <= text->len)
            text->at[start - 1]++;
    }
    for (size_t i = start; i < text->len; i++)
        text->at[i] = '0';
}

void range_skip_space(struct str *rest)
{
    while (rest->len > 0 && (*rest->ptr == ' ' || *rest->ptr == '\t'))
        version_take(rest, 1);
}

enum range_sign range_take_sign(struct str *rest)
{
    /* Longer ones before what they begin with. */
    static const struct {
        struct str text;
        enum range_sign sign;
    } signs[] = {
        { STR_INIT(">="), SIGN_GREATER_OR_EQUAL },
        { STR_INIT("<="), SIGN_LESS_OR_EQUAL },
        { STR_INIT("<>"), SIGN_NOT_EQUAL },
        { STR_INIT("!="), SIGN_NOT_EQUAL },
        { STR_INIT("=="), SIGN_EQUAL },
        { STR_INIT("~>"), SIGN_TILDE },
        { STR_INIT("~="), SIGN_TILDE },
        { STR_INIT("="), SIGN_EQUAL },
        { STR_INIT(">"), SIGN_GREATER },
        { STR_INIT("<"), SIGN_LESS },
        { STR_INIT("~"), SIGN_TILDE },
        { STR_INIT("^"), SIGN_CARET },
    };
    enum range_sign found = SIGN_NONE;

    for (size_t i = 0; i < COUNT(signs) && found == SIGN_NONE; i++)
        if (str_skip(rest, signs[i].text))
            found = signs[i].sign;
    range_skip_space(rest);
    return found;
}

enum version_relation range_relation(enum range_sign sign)
{
    static const enum version_relation relations[] = {
        [SIGN_NONE] = VERSION_EQUAL,
        [SIGN_EQUAL] = VERSION_EQUAL,
        [SIGN_NOT_EQUAL] = VERSION_NOT_EQUAL,
        [SIGN_LESS] = VERSION_LESS,
        [SIGN_LESS_OR_EQUAL] = VERSION_LESS_OR_EQUAL,
        [SIGN_GREATER] = VERSION_GREATER,
        [SIGN_GREATER_OR_EQUAL] = VERSION_GREATER_OR_EQUAL,
    };

    return relations[sign];
}

/* OpenSSL's advisories: versions with commas between. */
bool range_walk_list(struct range *range, struct str text)
{
    struct str rest = text, version;

    for (; str_split(&rest, ',', &version); range->alternative++) {
        version = str_trim(version);
        if (!version_is_valid(range->scheme, version))
            return false;
        range_bound(range, VERSION_EQUAL, version);
    }
    return range->alternative > 0;
}

bool version_walk_range(enum version_scheme scheme, struct str range, version_bound_fn *each,
                        void *context, struct err *err)
{
    struct range walk = { .scheme = scheme, .each = each, .context = context };

    if (range.len > VERSION_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("a range of versions"));
    if (!walks[scheme] || !walks[scheme](&walk, str_trim(range)))
        return FAIL(err, VERSION_RANGE, range);
    return true;
}

/* ---- deciding ---- */

struct decision {
    enum version_scheme scheme;
    struct str version, release; /* without what stands behind its numbers */
    bool is_pre_release;
    size_t alternative;
    bool holds;      /* all bounds of this alternative so far */
    bool names_it;   /* one of them is a pre-release of the same version */
    bool is_decided; /* an alternative before holds */
};

static struct str release_of(struct str version)
{
    size_t n = 0;

    while (n < version.len && !ascii_is_digit(version.ptr[n]))
        n++;
    while (n < version.len && (ascii_is_digit(version.ptr[n]) || version.ptr[n] == '.'))
        n++;
    while (n > 0 && version.ptr[n - 1] == '.')
        n--;
    return str_take(version, n);
}

static bool is_pre_release(struct str version)
{
    struct str tail = str_drop(version, release_of(version).len);

    return tail.len > 0 && *tail.ptr != '+';
}

static bool bound_holds(const struct decision *d, const struct version_bound *bound)
{
    int order;

    if (d->scheme == VERSION_PYPI)
        return range_pypi_holds(bound, d->version);
    order = version_compare(d->scheme, d->version, bound->version);
    switch (bound->relation) {
    case VERSION_ANY:
        return true;
    case VERSION_EQUAL:
        return order == 0;
    case VERSION_NOT_EQUAL:
        return order != 0;
    case VERSION_LESS:
        return order < 0;
    case VERSION_BELOW:
        return version_compare(d->scheme, d->release, bound->version) < 0;
    case VERSION_LESS_OR_EQUAL:
        return order <= 0;
    case VERSION_GREATER:
        return order > 0;
    case VERSION_GREATER_OR_EQUAL:
        return order >= 0;
    }
    return false;
}

static void end_alternative(struct decision *d)
{
    bool asks_for_name =
        d->is_pre_release && (d->scheme == VERSION_NPM || d->scheme == VERSION_CARGO);

    d->is_decided |= d->holds && (!asks_for_name || d->names_it);
}

static void take_bound(void *context, const struct version_bound *bound)
{
    struct decision *d = context;

    if (bound->alternative != d->alternative) {
        end_alternative(d);
        d->alternative = bound->alternative;
        d->holds = true;
        d->names_it = false;
    }
    d->holds = d->holds && bound_holds(d, bound);
    d->names_it |= is_pre_release(bound->version) &&
                   version_compare(d->scheme, release_of(bound->version), d->release) == 0;
}

bool version_in_native_range(enum version_scheme scheme, struct str range, struct str version,
                             bool *out, struct err *err)
{
    struct decision d = { .scheme = scheme, .version = version, .holds = true };

    d.release = release_of(version);
    d.is_pre_release = is_pre_release(version);
    if (!version_walk_range(scheme, range, take_bound, &d, err))
        return PASS(err);
    end_alternative(&d);
    *out = d.is_decided;
    return true;
}
