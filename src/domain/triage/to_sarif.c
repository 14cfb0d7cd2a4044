/* domain/triage/to_sarif.c: a report as SARIF: a vulnerability is a rule, a component that has it a result. */
#include "base/buf.h"
#include "base/lookup.h"
#include "domain/triage/report_internal.h"
#include "formats/sarif/sarif.h"

#define URL "https://www.cve.org/CVERecord?id="

static enum sarif_level level_of(const struct priority *priority)
{
    if (!priority->score)
        return SARIF_WARNING;
    switch (priority->severity) {
    case CVSS_CRITICAL:
    case CVSS_HIGH:
        return SARIF_ERROR;
    case CVSS_MEDIUM:
        return SARIF_WARNING;
    case CVSS_LOW:
    case CVSS_NONE:
        break;
    }
    return SARIF_NOTE;
}

static struct sarif_rule rule_of(const struct report *report, size_t place, struct arena *arena)
{
    const struct finding *finding = &report->findings->at[place];
    const struct priority *priority = &report->priorities[place];
    struct sarif_rule rule = { .id = finding->id,
                               .name = STR("KnownVulnerability"),
                               .short_text = finding->title.len > 0 ? finding->title : finding->id,
                               .level = level_of(priority),
                               .help = report_remedy(finding, arena) };

    if (str_starts(finding->id, STR("CVE-")))
        rule.help_url = arena_printf(arena, URL "%.*s", STR_ARG(finding->id));
    else if (finding->urls.len > 0)
        rule.help_url = finding->urls.at[0];
    if (priority->score)
        rule.security_severity =
            arena_printf(arena, "%d.%d", priority->tenths / 10, priority->tenths % 10);
    VEC_PUSH(arena, &rule.tags, STR("security"));
    for (size_t i = 0; i < finding->weaknesses.len; i++)
        VEC_PUSH(arena, &rule.tags,
                 arena_printf(arena, "external/cwe/%.*s", STR_ARG(finding->weaknesses.at[i])));
    return rule;
}

static void put_property(struct sarif_result *result, const char *name, struct str value,
                         struct arena *arena)
{
    VEC_PUSH(arena, &result->properties, (struct sarif_property){ name, value });
}

static struct str message_of(const struct finding *finding, const struct priority *priority,
                             const struct component *component, struct arena *arena)
{
    return arena_printf(arena, "%.*s %.*s %s %.*s%s%.*s. %.*s", STR_ARG(component->name),
                        STR_ARG(component->version),
                        priority->is_certain ? "is affected by" : "may be affected by",
                        STR_ARG(finding->id), finding->title.len > 0 ? ": " : "",
                        STR_ARG(finding->title), STR_ARG(report_remedy(finding, arena)));
}

/* What lies in two places is to be mended twice. */
static struct str fingerprint_of(const struct finding *finding, const struct component *component,
                                 struct str part, struct arena *arena)
{
    return arena_printf(arena, "%.*s %.*s%s%.*s", STR_ARG(finding->id), STR_ARG(part),
                        component->path.len > 0 ? " " : "", STR_ARG(component->path));
}

static struct sarif_result result_of(const struct report *report, size_t place, size_t rule,
                                     struct arena *arena)
{
    const struct finding *finding = &report->findings->at[place];
    const struct priority *priority = &report->priorities[place];
    const struct component *component = &report->inventory->components.at[finding->component];
    struct str part = component->purl.len > 0 ? component->purl : component->ref;
    struct sarif_result result = { .rule = rule,
                                   .level = level_of(priority),
                                   .message = message_of(finding, priority, component, arena),
                                   .path =
                                       str_eq_z(report->target, "-") ? STR_NONE : report->target,
                                   .line = component->line,
                                   .part = part,
                                   .fingerprint = fingerprint_of(finding, component, part, arena) };

    if (priority->is_suppressed)
        result.suppression.justification = report_why(&finding->statement, arena);
    put_property(&result, "ssvc", triage_decision_word(priority->decision), arena);
    if (finding->is_in_kev)
        put_property(&result, "kev", STR("yes"), arena);
    if (finding->epss >= 0)
        put_property(&result, "epss",
                     arena_printf(arena, "%d.%05d", finding->epss / 100000, finding->epss % 100000),
                     arena);
    if (finding->fixed.len > 0)
        put_property(&result, "fixed", finding->fixed.at[0], arena);
    if (component->path.len > 0)
        put_property(&result, "path", component->path, arena);
    return result;
}

static struct str key_of(const struct sarif_result *result, struct arena *arena)
{
    return result->suppression.justification.len == 0
               ? result->fingerprint
               : arena_printf(arena, "%.*s\n", STR_ARG(result->fingerprint));
}

/* A list that names a package thrice has it to be updated once; what is set aside for one of them alone stays beside. */
static void keep_first_of_each(struct sarif *sarif, struct arena *arena)
{
    struct lookup marks = { 0 };
    size_t kept = 0, first;

    for (size_t i = 0; i < sarif->results.len; i++)
        lookup_add(arena, &marks, key_of(&sarif->results.at[i], arena), i);
    lookup_sort(&marks);
    for (size_t i = 0; i < sarif->results.len; i++) {
        if (lookup_find(&marks, key_of(&sarif->results.at[i], arena), &first) && first == i)
            sarif->results.at[kept++] = sarif->results.at[i];
    }
    sarif->results.len = kept;
}

void report_to_sarif(const struct report *report, struct arena *arena, struct buf *buf)
{
    struct report_places all = report_by_id(report, arena);
    struct sarif sarif = { .tool = STR("noroshi"),
                           .version = STR(NOROSHI_VERSION),
                           .ended = report->made };

    for (size_t from = 0, end; from < all.len; from = end) {
        end = report_run_end(report, &all, from);
        VEC_PUSH(arena, &sarif.rules, rule_of(report, all.at[from], arena));
        for (size_t i = from; i < end; i++)
            VEC_PUSH(arena, &sarif.results,
                     result_of(report, all.at[i], sarif.rules.len - 1, arena));
    }
    keep_first_of_each(&sarif, arena);
    sarif_write(&sarif, buf);
}
