#include "domain/matching/entry.h"

#include "domain/matching/statement.h"

/* What stands in place of a version in CVE records. */
static const char *const no_versions[] = {
    "n/a", "na",           "-",   "unspecified", "unknown",        "none", "not specified",
    "all", "all versions", "any", "various",     "see references", "*"
};

static bool is_no_version(struct str text)
{
    text = str_trim(text);
    for (size_t i = 0; i < COUNT(no_versions); i++) {
        if (str_eq_nocase(text, str_from_z(no_versions[i])))
            return true;
    }
    return false;
}

bool span_is_point(const struct span *span)
{
    return !str_is_empty(span->from) && str_eq(span->from, span->to) && span->to_is_included &&
           !span->from_is_excluded;
}

bool span_is_usable(const struct span *span)
{
    return !span->is_git && !(span_is_point(span) && is_no_version(span->from));
}

bool span_is_gap(const struct span *span)
{
    return !span->is_git && !span_is_usable(span) && span->status == SPAN_AFFECTED;
}

bool entry_is_union(const struct affected *entry)
{
    if (entry->default_status != SPAN_UNAFFECTED)
        return false;
    for (size_t i = 0; i < entry->spans.len; i++) {
        if (span_is_usable(&entry->spans.at[i]) && entry->spans.at[i].status != SPAN_AFFECTED)
            return false;
    }
    return true;
}

bool version_is_modular(struct str version) { return str_contains(version, STR(".module")); }

bool span_is_modular(const struct span *span)
{
    return version_is_modular(span->from) || version_is_modular(span->to);
}

bool span_is_unbounded(const struct span *span)
{
    return str_is_empty(span->from) && str_is_empty(span->to);
}

/* Unbounded spans hold whatever stream a build comes from. */
static bool span_applies(const struct span *span, struct str version)
{
    return span_is_usable(span) &&
           (span_is_unbounded(span) || span_is_modular(span) == version_is_modular(version));
}

bool span_holds(const struct span *span, struct str version)
{
    if (span_is_unbounded(span))
        return true;
    if (str_is_empty(version))
        return false;
    if (!str_is_empty(span->from)) {
        int order = version_compare(span->scheme, version, span->from);

        if (span->from_is_excluded ? order <= 0 : order < 0)
            return false;
    }
    if (!str_is_empty(span->to)) {
        int order = version_compare(span->scheme, version, span->to);

        if (span->to_is_included ? order > 0 : order >= 0)
            return false;
    }
    return true;
}

enum entry_says entry_judge(const struct entry_facts *facts, const enum span_status *held,
                            bool has_version)
{
    if (held)
        return *held == SPAN_AFFECTED     ? ENTRY_AFFECTED
               : *held == SPAN_UNAFFECTED ? ENTRY_UNAFFECTED
                                          : ENTRY_NO_RANGE;
    if (!facts->any_applies) {
        if (facts->has_gap)
            return ENTRY_NO_RANGE;
        if (facts->had_spans)
            return ENTRY_SILENT;
        return facts->default_status == SPAN_UNAFFECTED ? ENTRY_UNAFFECTED : ENTRY_NO_RANGE;
    }
    if (!has_version)
        return facts->any_affected_applies || facts->default_status == SPAN_AFFECTED
                   ? ENTRY_UNKNOWN_VERSION
                   : ENTRY_SILENT;
    if (facts->default_status == SPAN_UNKNOWN)
        return facts->any_affected_applies ? ENTRY_SILENT : ENTRY_NO_RANGE;
    return facts->default_status == SPAN_AFFECTED ? ENTRY_AFFECTED : ENTRY_UNAFFECTED;
}

/* The first span that holds the version; where their order does not count, a range is named before single versions. */
static const struct span *holding(const struct affected *entry, struct str version)
{
    bool is_union = entry_is_union(entry);

    for (int pass = is_union ? 0 : 1; pass < 2; pass++) {
        for (size_t i = 0; i < entry->spans.len; i++) {
            const struct span *span = &entry->spans.at[i];

            if (pass == 0 && span_is_point(span))
                continue;
            if (span_applies(span, version) && span_holds(span, version))
                return span;
        }
    }
    return NULL;
}

static struct entry_facts facts_of(const struct affected *entry, struct str version)
{
    struct entry_facts facts = {
        .default_status = entry->default_status,
        .had_spans = entry->spans.len > 0,
    };

    for (size_t i = 0; i < entry->spans.len; i++) {
        const struct span *span = &entry->spans.at[i];

        facts.has_gap |= span_is_gap(span);
        if (!span_applies(span, version))
            continue;
        facts.any_applies = true;
        facts.any_affected_applies |= span->status == SPAN_AFFECTED;
    }
    return facts;
}

/* For people: the first range this version lies outside of. */
static const struct span *outside(const struct affected *entry, struct str version)
{
    for (size_t i = 0; i < entry->spans.len; i++) {
        const struct span *span = &entry->spans.at[i];

        if (span_applies(span, version) && span->status == SPAN_AFFECTED && !span_is_point(span))
            return span;
    }
    return NULL;
}

static struct str first_fix(const struct affected *entry, enum version_scheme scheme,
                            struct str version)
{
    struct str first = STR_NONE;

    for (size_t i = 0; i < entry->spans.len; i++) {
        const struct span *span = &entry->spans.at[i];
        int order;

        if (!span->to_is_fix || span_is_point(span) || str_is_empty(span->to) ||
            span->scheme != scheme || !span_applies(span, version) ||
            version_compare(scheme, span->to, version) <= 0)
            continue;
        order = str_is_empty(first) ? -1 : version_compare(scheme, span->to, first);
        if (order < 0 || (order == 0 && str_cmp(span->to, first) < 0))
            first = span->to;
    }
    return first;
}

struct entry_verdict entry_verdict(const struct affected *entry, struct str version)
{
    struct entry_facts facts = facts_of(entry, version);
    struct entry_verdict verdict = { .span = holding(entry, version) };
    enum span_status held = verdict.span ? verdict.span->status : SPAN_UNKNOWN;

    verdict.says = entry_judge(&facts, verdict.span ? &held : NULL, !str_is_empty(version));
    if (verdict.says == ENTRY_AFFECTED && verdict.span)
        verdict.fixed = first_fix(entry, verdict.span->scheme, version);
    if (verdict.says == ENTRY_UNAFFECTED && !verdict.span)
        verdict.span = outside(entry, version);
    return verdict;
}

int entry_confidence(const struct span *span)
{
    if (!span)
        return CONFIDENCE_GENERIC;
    return span_is_point(span) || span_is_unbounded(span) || span->scheme != VERSION_GENERIC
               ? CONFIDENCE_EXACT
               : CONFIDENCE_GENERIC;
}
