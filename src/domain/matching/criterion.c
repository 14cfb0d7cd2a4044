#include "domain/matching/criterion.h"

#include "base/ascii.h"
#include "base/buf.h"
#include "base/err.h"
#include "domain/matching/statement.h"

static bool is_superset(struct str source, struct str target)
{
    enum cpe_relation relation = cpe_field_relation(source, target);

    return relation == CPE_EQUAL || relation == CPE_SUPERSET;
}

static bool has_wildcard(struct str field)
{
    for (size_t i = 0; i < field.len; i++) {
        if (field.ptr[i] == '\\')
            i++;
        else if (field.ptr[i] == '*' || field.ptr[i] == '?')
            return true;
    }
    return false;
}

enum criterion_shape criterion_shape(struct str version, bool has_bounds)
{
    if (cpe_is_any(version))
        return has_bounds ? CRITERION_BOUNDED : CRITERION_OPEN;
    if (cpe_is_na(version))
        return CRITERION_NA;
    return has_bounds || has_wildcard(version) ? CRITERION_PATTERN : CRITERION_POINT;
}

/* ---- update to other ---- */

/* 4.3.3: what a criterion gives must match; a name that tells no update may be the release itself (NA). */
static bool update_allows(struct str criterion, struct str asked)
{
    if (cpe_is_any(criterion))
        return true;
    if (cpe_is_any(asked))
        return cpe_is_na(criterion);
    return is_superset(criterion, asked);
}

static bool purl_allows(struct str target_sw, const struct asked_name *name)
{
    char plain[64];
    size_t len = 0;

    if (str_is_empty(name->purl_type) || cpe_is_any(target_sw) || cpe_is_na(target_sw))
        return true;
    for (size_t i = 0; i < target_sw.len && len < sizeof plain; i++) {
        if (target_sw.ptr[i] == '\\' && i + 1 < target_sw.len)
            i++;
        plain[len++] = target_sw.ptr[i];
    }
    return ecosystem_allows_target(name->purl_type, (struct str){ plain, len });
}

bool criterion_tail_allows(const struct str tail[], bool is_joined, const struct asked_name *name)
{
    if (!is_joined && !update_allows(tail[0], name->cpe.field[CPE_UPDATE]))
        return false;
    for (size_t i = CPE_EDITION; i < CPE_FIELDS; i++) {
        struct str criterion = tail[i - CPE_UPDATE], asked = name->cpe.field[i];

        if (!cpe_is_any(criterion) && !cpe_is_any(asked) && !is_superset(criterion, asked))
            return false;
    }
    return purl_allows(tail[CPE_TARGET_SW - CPE_UPDATE], name);
}

/* ---- version ---- */

bool criterion_is_joined(enum criterion_shape shape, bool has_upper_bound)
{
    return shape == CRITERION_BOUNDED && has_upper_bound;
}

struct criterion criterion_joined(const struct criterion *criterion, const struct cpe *cpe,
                                  struct arena *arena)
{
    struct criterion joined = *criterion;
    struct str update = cpe->field[CPE_UPDATE];

    if (!cpe_is_any(cpe->field[CPE_VERSION]) || str_is_empty(criterion->to) || cpe_is_any(update) ||
        cpe_is_na(update) || has_wildcard(update))
        return joined;
    update = cpe_plain(update, arena);
    joined.to = arena_printf(arena, "%.*s-%.*s", STR_ARG(criterion->to), STR_ARG(update));
    return joined;
}

enum criterion_answer criterion_value_answers(enum criterion_shape shape, struct str version,
                                              const struct asked_name *name, bool is_platform)
{
    struct str asked = name->cpe.field[CPE_VERSION];

    if (shape == CRITERION_OPEN)
        return CRITERION_ALL;
    if (cpe_is_any(asked))
        return CRITERION_UNSURE;
    if (shape == CRITERION_NA && !cpe_is_na(asked))
        return is_platform ? CRITERION_UNSURE : CRITERION_NO;
    return is_superset(version, asked) ? CRITERION_YES : CRITERION_NO;
}

static bool is_inside(const struct criterion *criterion, struct str version)
{
    if (!str_is_empty(criterion->from)) {
        int order = version_compare(VERSION_GENERIC, version, criterion->from);

        if (criterion->from_is_excluded ? order <= 0 : order < 0)
            return false;
    }
    if (!str_is_empty(criterion->to)) {
        int order = version_compare(VERSION_GENERIC, version, criterion->to);

        if (criterion->to_is_included ? order > 0 : order >= 0)
            return false;
    }
    return true;
}

static enum criterion_answer version_answers(const struct criterion *criterion, struct str version,
                                             const struct asked_name *name)
{
    bool has_bounds = !str_is_empty(criterion->from) || !str_is_empty(criterion->to);
    enum criterion_shape shape = criterion_shape(version, has_bounds);
    enum criterion_answer answer = CRITERION_YES;

    if (shape != CRITERION_BOUNDED)
        answer = criterion_value_answers(shape, version, name, !criterion->is_vulnerable);
    if (answer != CRITERION_YES || !has_bounds)
        return answer;
    if (cpe_is_any(name->cpe.field[CPE_VERSION]))
        return CRITERION_UNSURE;
    if (str_is_empty(name->version))
        return CRITERION_NO;
    return is_inside(criterion, name->version) ? CRITERION_YES : CRITERION_NO;
}

enum criterion_answer criterion_answers(const struct criterion *criterion, const struct cpe *cpe,
                                        const struct asked_name *name)
{
    enum criterion_shape shape;

    for (size_t i = CPE_PART; i <= CPE_PRODUCT; i++) {
        if (!is_superset(cpe->field[i], name->cpe.field[i]))
            return CRITERION_NO;
    }
    shape = criterion_shape(cpe->field[CPE_VERSION],
                            !str_is_empty(criterion->from) || !str_is_empty(criterion->to));
    if (!criterion_tail_allows(cpe->field + CPE_UPDATE,
                               criterion_is_joined(shape, !str_is_empty(criterion->to)), name))
        return CRITERION_NO;
    return version_answers(criterion, cpe->field[CPE_VERSION], name);
}

int criterion_confidence(const struct criterion *criterion, enum criterion_answer answer)
{
    if (answer != CRITERION_YES)
        return CONFIDENCE_NAME_ONLY;
    return str_is_empty(criterion->from) && str_is_empty(criterion->to) ? CONFIDENCE_EXACT
                                                                        : CONFIDENCE_GENERIC;
}

/* ---- order ---- */

static bool is_point(const struct criterion *criterion, const struct cpe *cpe)
{
    bool has_bounds = !str_is_empty(criterion->from) || !str_is_empty(criterion->to);

    return criterion_shape(cpe->field[CPE_VERSION], has_bounds) == CRITERION_POINT;
}

int criterion_compare(const struct criterion *a, const struct cpe *a_cpe, const struct criterion *b,
                      const struct cpe *b_cpe)
{
    int order = (int)is_point(b, b_cpe) - (int)is_point(a, a_cpe);

    for (size_t i = CPE_PART; order == 0 && i < CPE_FIELDS; i++)
        order = str_cmp(a_cpe->field[i], b_cpe->field[i]);
    if (order == 0)
        order = str_cmp(a->from, b->from);
    if (order == 0)
        order = str_cmp(a->to, b->to);
    if (order == 0)
        order = (int)a->from_is_excluded - (int)b->from_is_excluded;
    return order == 0 ? (int)a->to_is_included - (int)b->to_is_included : order;
}

/* ---- writing ---- */

static struct str joined(const struct cpe *cpe, size_t first, size_t last, struct arena *arena)
{
    struct buf buf = buf_new(arena, CPE_TEXT_MAX * 2);

    for (size_t i = first; i <= last; i++) {
        if (i > first)
            buf_byte(&buf, ':');
        buf_add(&buf, cpe->field[i]);
    }
    return buf_str(&buf);
}

struct str criterion_product(const struct cpe *cpe, struct arena *arena)
{
    return joined(cpe, CPE_PART, CPE_PRODUCT, arena);
}

struct str criterion_tail(const struct cpe *cpe, struct arena *arena)
{
    return joined(cpe, CPE_UPDATE, CPE_OTHER, arena);
}

bool criterion_is_wild(const struct cpe *cpe)
{
    return has_wildcard(cpe->field[CPE_PART]) || has_wildcard(cpe->field[CPE_VENDOR]) ||
           has_wildcard(cpe->field[CPE_PRODUCT]);
}

struct str criterion_word(struct str words, struct arena *arena)
{
    char *to = arena_alloc(arena, 2 * words.len + 1);
    size_t len = 0;

    words = str_trim(words);
    for (size_t i = 0; i < words.len; i++) {
        char c = ascii_lower(words.ptr[i]);
        bool is_plain = ascii_is_alnum(c) || c == '.' || c == '-' || c == '_' || (c & 0x80) != 0;

        if (c == ' ') {
            to[len++] = '_';
            continue;
        }
        if (!is_plain)
            to[len++] = '\\';
        to[len++] = c;
    }
    return (struct str){ to, len };
}
