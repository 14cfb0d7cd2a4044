#include "domain/matching/explain.h"

#include "base/buf.h"
#include "domain/matching/entry.h"

enum { TEXT_MAX = 16384 };

struct str explain_range(const struct span *span, struct arena *arena)
{
    struct buf buf = buf_new(arena, TEXT_MAX);

    if (span_is_point(span))
        return arena_printf(arena, "= %.*s", STR_ARG(span->from));
    if (!str_is_empty(span->from))
        buf_printf(&buf, "%s %.*s", span->from_is_excluded ? ">" : ">=", STR_ARG(span->from));
    if (!str_is_empty(span->to))
        buf_printf(&buf, "%s%s %.*s", buf.len > 0 ? ", " : "", span->to_is_included ? "<=" : "<",
                   STR_ARG(span->to));
    if (buf.len == 0)
        buf_byte(&buf, '*');
    return buf_str(&buf);
}

struct str explain_comparison(const struct span *span, struct str version, struct arena *arena)
{
    struct buf buf = buf_new(arena, TEXT_MAX);
    struct str scheme;

    if (!span)
        return arena_printf(arena, "%.*s: default", STR_ARG(version));
    scheme = version_scheme_name(span->scheme);
    if (span_is_point(span))
        return arena_printf(arena, "%.*s = %.*s (%.*s)", STR_ARG(version), STR_ARG(span->from),
                            STR_ARG(scheme));
    if (!str_is_empty(span->from))
        buf_printf(&buf, "%.*s %s ", STR_ARG(span->from), span->from_is_excluded ? "<" : "<=");
    buf_add(&buf, version);
    if (!str_is_empty(span->to))
        buf_printf(&buf, " %s %.*s", span->to_is_included ? "<=" : "<", STR_ARG(span->to));
    buf_printf(&buf, " (%.*s)", STR_ARG(scheme));
    return buf_str(&buf);
}

struct str explain_package(struct str ecosystem, struct str release, struct str name,
                           struct arena *arena)
{
    return arena_printf(arena, "%.*s%s%.*s %.*s", STR_ARG(ecosystem),
                        str_is_empty(release) ? "" : ":", STR_ARG(release), STR_ARG(name));
}

struct str explain_outside(const struct span *span, struct str version, struct arena *arena)
{
    struct str scheme;

    if (!span)
        return arena_printf(arena, "%.*s: default", STR_ARG(version));
    scheme = version_scheme_name(span->scheme);
    if (!str_is_empty(span->from)) {
        int order = version_compare(span->scheme, version, span->from);

        if (order < 0 || (order == 0 && span->from_is_excluded))
            return arena_printf(arena, "%.*s %s %.*s (%.*s)", STR_ARG(version),
                                span->from_is_excluded ? "<=" : "<", STR_ARG(span->from),
                                STR_ARG(scheme));
    }
    return arena_printf(arena, "%.*s %s %.*s (%.*s)", STR_ARG(version),
                        span->to_is_included ? ">" : ">=", STR_ARG(span->to), STR_ARG(scheme));
}

void explain_entry(const struct statement *statement, const struct affected *entry,
                   struct str version, struct arena *arena, struct finding_reason *out)
{
    struct entry_verdict verdict = entry_verdict(entry, version);

    out->range = verdict.span ? explain_range(verdict.span, arena) : STR_NONE;
    if (!statement->is_affected) {
        out->comparison = explain_outside(verdict.span, version, arena);
    } else if (statement->kind == FINDING_AFFECTED) {
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
        return arena_printf(arena, "%.*s = %.*s", STR_ARG(name->text), STR_ARG(text));
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
