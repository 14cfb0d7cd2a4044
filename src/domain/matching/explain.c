#include "domain/matching/explain.h"

#include "base/buf.h"
#include "domain/matching/entry.h"

enum { TEXT_MAX = 16384 };

struct str explain_range(const struct span *span, struct arena *arena)
{
    bool has_from = !str_is_empty(span->from), has_to = !str_is_empty(span->to);

    if (span_is_point(span))
        return ARENA_JOIN(arena, STR("= "), span->from);
    if (!has_from && !has_to)
        return STR("*");
    return ARENA_JOIN(arena,
                      !has_from                ? STR_NONE
                      : span->from_is_excluded ? STR("> ")
                                               : STR(">= "),
                      span->from, has_from && has_to ? STR(", ") : STR_NONE,
                      !has_to                ? STR_NONE
                      : span->to_is_included ? STR("<= ")
                                             : STR("< "),
                      span->to);
}

static struct str by_default(struct str version, struct arena *arena)
{
    return ARENA_JOIN(arena, version, STR(": default"));
}

/* "1.2.2 < 1.2.3 (npm)" */
static struct str compared(struct str version, struct str sign, struct str bound,
                           enum version_scheme scheme, struct arena *arena)
{
    return ARENA_JOIN(arena, version, sign, bound, STR(" ("), version_scheme_name(scheme),
                      STR(")"));
}

struct str explain_comparison(const struct span *span, struct str version, struct arena *arena)
{
    struct str behind;

    if (!span)
        return by_default(version, arena);
    if (span_is_point(span))
        return compared(version, STR(" = "), span->from, span->scheme, arena);
    behind = str_is_empty(span->to) ? STR_NONE : span->to_is_included ? STR(" <= ") : STR(" < ");
    if (str_is_empty(span->from))
        return compared(version, behind, span->to, span->scheme, arena);
    return ARENA_JOIN(arena, span->from, span->from_is_excluded ? STR(" < ") : STR(" <= "), version,
                      behind, span->to, STR(" ("), version_scheme_name(span->scheme), STR(")"));
}

struct str explain_package(struct str ecosystem, struct str release, struct str name,
                           struct arena *arena)
{
    return ARENA_JOIN(arena, ecosystem, str_is_empty(release) ? STR_NONE : STR(":"), release,
                      STR(" "), name);
}

struct str explain_outside(const struct span *span, struct str version, struct arena *arena)
{
    if (!span)
        return by_default(version, arena);
    if (!str_is_empty(span->from)) {
        int order = version_compare(span->scheme, version, span->from);

        if (order < 0 || (order == 0 && span->from_is_excluded))
            return compared(version, span->from_is_excluded ? STR(" <= ") : STR(" < "), span->from,
                            span->scheme, arena);
    }
    return compared(version, span->to_is_included ? STR(" > ") : STR(" >= "), span->to,
                    span->scheme, arena);
}

void explain_entry(const struct statement *statement, const struct affected *entry,
                   struct str version, struct arena *arena, struct finding_reason *out)
{
    struct entry_verdict verdict = entry_verdict(entry, version);

    out->range = verdict.span ? explain_range(verdict.span, arena) : STR_NONE;
    if (!statement->is_affected) {
        out->comparison = explain_outside(verdict.span, version, arena);
    } else if (statement->kind <= FINDING_CONDITIONAL) {
        out->comparison = explain_comparison(verdict.span, version, arena);
        out->fixed = verdict.fixed;
    }
}

/* ---- CPE ---- */

static struct str compared_names(const struct criterion *criterion, struct str text,
                                 const struct asked_name *name, struct arena *arena)
{
    struct span span = {
        .scheme = VERSION_GENERIC,
        .from = criterion->from,
        .to = criterion->to,
        .from_is_excluded = criterion->from_is_excluded,
        .to_is_included = criterion->to_is_included,
    };

    if (str_is_empty(span.from) && str_is_empty(span.to))
        return ARENA_JOIN(arena, name->text, STR(" = "), text);
    return explain_comparison(&span, name->version, arena);
}

void explain_criterion(const struct criterion *criterion, struct str text,
                       const struct asked_name *name, enum finding_kind kind, struct arena *arena,
                       struct finding_reason *out)
{
    struct span span = {
        .from = criterion->from,
        .to = criterion->to,
        .from_is_excluded = criterion->from_is_excluded,
        .to_is_included = criterion->to_is_included,
    };

    out->criterion = text;
    out->subject = name->text;
    if (!str_is_empty(span.from) || !str_is_empty(span.to))
        out->range = explain_range(&span, arena);
    if (kind <= FINDING_CONDITIONAL)
        out->comparison = compared_names(criterion, text, name, arena);
    if (!criterion->to_is_included)
        out->fixed = criterion->to;
}

void platforms_add(struct platforms *platforms, struct str name)
{
    if (str_is_empty(name))
        return;
    for (size_t i = 0; i < platforms->count; i++) {
        if (str_eq(platforms->names[i], name))
            return;
    }
    if (platforms->count < EXPLAIN_PLATFORMS)
        platforms->names[platforms->count++] = name;
}

struct str platforms_text(const struct platforms *platforms, struct arena *arena)
{
    struct buf buf = buf_new(arena, TEXT_MAX);

    for (size_t i = 0; i < platforms->count; i++) {
        if (i > 0)
            buf_add(&buf, STR(" | "));
        buf_add(&buf, platforms->names[i]);
    }
    return buf_str(&buf);
}
