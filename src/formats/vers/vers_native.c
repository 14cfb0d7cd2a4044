/* From a native range to VERS: each alternative is an interval, what overlaps is joined, and the ends are written down. */
#include <stdlib.h>

#include "base/err.h"
#include "formats/vers/vers_internal.h"

/* An end without a version is open: nothing lies beyond it. */
struct end {
    struct str version;
    bool is_inclusive;
};
struct interval {
    struct end lower, upper;
};
struct native {
    enum version_scheme scheme;
    struct arena *arena;
    struct {
        VEC_OF(struct interval);
    } intervals; /* one an alternative */
    struct {
        VEC_OF(struct str);
    } exceptions; /* != */
    bool is_sayable;
};

/* The end that holds less; sign: 1 for lower ends, -1 for upper ones. */
static void narrow(const struct native *native, struct end *end, struct end by, int sign)
{
    int order;

    if (end->version.len > 0) {
        order = sign * version_compare(native->scheme, by.version, end->version);
        if (order < 0 || (order == 0 && by.is_inclusive))
            return;
    }
    *end = by;
}

static void take_bound(void *context, const struct version_bound *bound)
{
    struct native *native = context;
    struct end end = { arena_str(native->arena, bound->version),
                       bound->relation == VERSION_EQUAL ||
                           bound->relation == VERSION_LESS_OR_EQUAL ||
                           bound->relation == VERSION_GREATER_OR_EQUAL };
    struct interval *interval;

    native->is_sayable &= str_index(bound->version, '*') == bound->version.len;
    while (native->intervals.len <= bound->alternative)
        VEC_PUSH(native->arena, &native->intervals, (struct interval){ 0 });
    interval = &native->intervals.at[bound->alternative];
    switch (bound->relation) {
    case VERSION_ANY:
        break;
    case VERSION_NOT_EQUAL:
        VEC_PUSH(native->arena, &native->exceptions, end.version);
        break;
    case VERSION_EQUAL:
        narrow(native, &interval->lower, end, 1);
        narrow(native, &interval->upper, end, -1);
        break;
    case VERSION_GREATER:
    case VERSION_GREATER_OR_EQUAL:
        narrow(native, &interval->lower, end, 1);
        break;
    default:
        narrow(native, &interval->upper, end, -1);
    }
}

static bool is_empty(const struct native *native, const struct interval *interval)
{
    int order;

    if (interval->lower.version.len == 0 || interval->upper.version.len == 0)
        return false;
    order = version_compare(native->scheme, interval->lower.version, interval->upper.version);
    return order > 0 ||
           (order == 0 && !(interval->lower.is_inclusive && interval->upper.is_inclusive));
}

static int lower_order(const void *a, const void *b, void *scheme)
{
    const struct end *x = &((const struct interval *)a)->lower;
    const struct end *y = &((const struct interval *)b)->lower;
    int order;

    if (x->version.len == 0 || y->version.len == 0)
        return (x->version.len > 0) - (y->version.len > 0);
    order = version_compare(*(enum version_scheme *)scheme, x->version, y->version);
    return order != 0 ? order : (int)y->is_inclusive - (int)x->is_inclusive;
}

/* Does the second, which does not begin before the first, begin within it or right where it ends? What both leave out between them
 * becomes an exception. */
static bool touches(struct native *native, const struct interval *first,
                    const struct interval *second)
{
    int order;

    if (first->upper.version.len == 0 || second->lower.version.len == 0)
        return true;
    order = version_compare(native->scheme, second->lower.version, first->upper.version);
    if (order == 0 && !first->upper.is_inclusive && !second->lower.is_inclusive)
        VEC_PUSH(native->arena, &native->exceptions, second->lower.version);
    return order <= 0;
}

/* The upper end that holds more. */
static void widen(const struct native *native, struct end *end, struct end by)
{
    int order;

    if (end->version.len == 0)
        return;
    order = by.version.len == 0 ? 1 : version_compare(native->scheme, by.version, end->version);
    if (order > 0 || (order == 0 && by.is_inclusive))
        *end = by;
}

static void join(struct native *native)
{
    size_t kept = 0;

    for (size_t i = 0; i < native->intervals.len; i++)
        if (!is_empty(native, &native->intervals.at[i]))
            native->intervals.at[kept++] = native->intervals.at[i];
    native->intervals.len = kept;
    if (kept == 0)
        return;
    qsort_r(native->intervals.at, kept, sizeof *native->intervals.at, lower_order, &native->scheme);
    kept = 1;
    for (size_t i = 1; i < native->intervals.len; i++) {
        struct interval *last = &native->intervals.at[kept - 1];

        if (touches(native, last, &native->intervals.at[i]))
            widen(native, &last->upper, native->intervals.at[i].upper);
        else
            native->intervals.at[kept++] = native->intervals.at[i];
    }
    native->intervals.len = kept;
}

static void write_interval(const struct native *native, const struct interval *interval,
                           struct vers *vers)
{
    const struct end *lower = &interval->lower, *upper = &interval->upper;

    if (lower->version.len > 0 && upper->version.len > 0 &&
        version_compare(native->scheme, lower->version, upper->version) == 0) {
        VEC_PUSH(native->arena, &vers->constraints,
                 (struct vers_constraint){ VERS_EQUAL, lower->version });
        return;
    }
    if (lower->version.len > 0)
        VEC_PUSH(native->arena, &vers->constraints,
                 (struct vers_constraint){
                     lower->is_inclusive ? VERS_GREATER_OR_EQUAL : VERS_GREATER, lower->version });
    if (upper->version.len > 0)
        VEC_PUSH(native->arena, &vers->constraints,
                 (struct vers_constraint){ upper->is_inclusive ? VERS_LESS_OR_EQUAL : VERS_LESS,
                                           upper->version });
}

/* An exception twice is still one, and what lies outside needs none. */
static void write_exceptions(const struct native *native, struct vers *vers)
{
    for (size_t i = 0; i < native->exceptions.len; i++)
        if (vers->constraints.len == 0 || vers_contains(vers, native->exceptions.at[i]))
            VEC_PUSH(native->arena, &vers->constraints,
                     (struct vers_constraint){ VERS_NOT_EQUAL, native->exceptions.at[i] });
    qsort_r(vers->constraints.at, vers->constraints.len, sizeof *vers->constraints.at,
            vers_constraint_order, &vers->scheme);
}

bool vers_from_native(enum version_scheme scheme, struct str range, struct arena *arena,
                      struct vers *out, struct err *err)
{
    struct native native = { .scheme = scheme, .arena = arena, .is_sayable = true };
    struct vers vers = { .type = version_scheme_name(scheme), .scheme = scheme };

    if (!version_walk_range(scheme, range, take_bound, &native, err))
        return PASS(err);
    if (native.intervals.len > 1 && native.exceptions.len > 0)
        native.is_sayable = false; /* another alternative may hold what one leaves out */
    join(&native);
    for (size_t i = 0; i < native.intervals.len; i++)
        write_interval(&native, &native.intervals.at[i], &vers);
    if (native.exceptions.len > 0)
        write_exceptions(&native, &vers);
    if (!native.is_sayable || native.intervals.len == 0 ||
        vers.constraints.len > VERS_CONSTRAINTS_MAX)
        return FAIL(err, VERSION_RANGE, range);
    vers.is_everything = vers.constraints.len == 0;
    *out = vers;
    return true;
}
