#include "domain/catalog/from_internal.h"

#include <stdlib.h>

#include "base/err.h"
#include "formats/cvss/cvss.h"

/* ---- ranges ---- */

enum event_kind { INTRODUCED, FIXED, LAST_AFFECTED, LIMIT };
static const char *const event_names[] = { [INTRODUCED] = "introduced",
                                           [FIXED] = "fixed",
                                           [LAST_AFFECTED] = "last_affected",
                                           [LIMIT] = "limit" };

struct event {
    enum event_kind kind;
    struct str version;
    bool is_beginning; /* introduced at "0": before every version */
    size_t place;
    enum version_scheme scheme;
};

/* By version; where it is the same, in the record's own order. */
static int event_cmp(const void *a, const void *b)
{
    const struct event *left = a, *right = b;
    int order = left->is_beginning || right->is_beginning
                    ? right->is_beginning - left->is_beginning
                    : version_compare(left->scheme, left->version, right->version);

    return order ? order : (left->place > right->place) - (left->place < right->place);
}

static struct event *events_of(struct json list, enum version_scheme scheme, struct arena *arena,
                               size_t *count)
{
    struct event *events =
        ARENA_NEW_N(arena, json_count(list) * COUNT(event_names) + 1, struct event);
    struct json item;

    *count = 0;
    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        for (size_t kind = 0; kind < COUNT(event_names); kind++) {
            struct str version = json_text(json_get(item, event_names[kind]));

            if (version.len == 0 || (kind == LIMIT && str_eq(version, STR("*"))))
                continue;
            events[*count] =
                (struct event){ (enum event_kind)kind, version,
                                kind == INTRODUCED && str_eq(version, STR("0")), *count, scheme };
            ++*count;
        }
    }
    return events;
}

/* Versions below "0" are none: Alpine says with it that it never had the flaw. */
static bool is_nothing(const struct span *span)
{
    return span->from.len == 0 && !span->to_is_included && str_eq(span->to, STR("0"));
}

/* Switched on by introduced, off by whatever ends it first. */
static void add_spans(struct affected *affected, struct json list, struct span model,
                      struct arena *arena)
{
    size_t count;
    struct event *events = events_of(list, model.scheme, arena, &count);
    struct span span = model;
    bool is_on = false;

    if (!model.is_git) /* commits have no order: what stands together belongs together */
        qsort(events, count, sizeof events[0], event_cmp);
    for (size_t i = 0; i < count; i++) {
        const struct event *event = &events[i];

        if (event->kind == INTRODUCED && !is_on) {
            span = model;
            span.from = event->is_beginning ? STR_NONE : event->version;
            is_on = true;
        } else if (event->kind != INTRODUCED && is_on) {
            span.to = event->version;
            span.to_is_included = event->kind == LAST_AFFECTED;
            span.to_is_fix = event->kind == FIXED;
            is_on = false;
            if (!is_nothing(&span))
                VEC_PUSH(arena, &affected->spans, span);
        }
    }
    if (is_on)
        VEC_PUSH(arena, &affected->spans, span);
}

static bool holds(const struct span *span, struct str version)
{
    if (span->is_git)
        return false;
    if (span->from.len > 0 && version_compare(span->scheme, version, span->from) < 0)
        return false;
    if (span->to.len > 0) {
        int order = version_compare(span->scheme, version, span->to);

        return order < 0 || (order == 0 && span->to_is_included);
    }
    return true;
}

/* The versions that no range takes in already; each is a span of its own. */
static void add_versions(struct affected *affected, struct json list, enum version_scheme scheme,
                         struct arena *arena)
{
    size_t ranges = affected->spans.len;
    struct json item;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct str version = json_text(item);
        bool is_held = version.len == 0;

        for (size_t s = 0; s < ranges && !is_held; s++)
            is_held = holds(&affected->spans.at[s], version);
        if (!is_held)
            VEC_PUSH(
                arena, &affected->spans,
                (struct span){
                    .scheme = scheme, .to_is_included = true, .from = version, .to = version });
    }
}

/* ---- packages ---- */

/* The distribution's own word of how bad it is for this package. */
static struct str severity_of(struct json item, struct json record)
{
    static const struct {
        const char *part, *key;
    } places[] = { { "ecosystem_specific", "urgency" },
                   { "ecosystem_specific", "severity" },
                   { "ecosystem_specific", "ubuntu_priority" },
                   { "database_specific", "severity" } };

    for (size_t i = 0; i < COUNT(places); i++) {
        struct str word = json_text(json_get(json_get(item, places[i].part), places[i].key));

        if (word.len > 0 && !str_eq(word, STR("not yet assigned")))
            return word;
    }
    return json_text(json_get(json_get(record, "database_specific"), "severity"));
}

/* Where only a repository is named, that is the package. */
static struct str repository_of(struct json ranges)
{
    struct json range;

    for (struct json_iter i = json_iter(ranges); json_next(&i, NULL, &range);)
        if (json_text(json_get(range, "repo")).len > 0)
            return json_text(json_get(range, "repo"));
    return STR_NONE;
}

static struct affected package_of(struct json item, struct json object)
{
    struct json package = json_get(item, "package"), ranges = json_get(item, "ranges");
    struct str ecosystem = json_text(json_get(package, "ecosystem"));
    size_t colon = str_index(ecosystem, ':');
    struct affected affected = { .ecosystem = str_take(ecosystem, colon),
                                 .release = str_drop(ecosystem, colon + 1),
                                 .name = json_text(json_get(package, "name")),
                                 .purl = json_text(json_get(package, "purl")),
                                 .severity = severity_of(item, object),
                                 .default_status = SPAN_UNAFFECTED };

    if (affected.name.len == 0) {
        affected.ecosystem = STR("GIT");
        affected.name = repository_of(ranges);
    }
    return affected;
}

static void add_package(struct catalog_record *record, struct json item, struct json object,
                        struct arena *arena)
{
    struct affected affected = package_of(item, object);
    struct json range;
    enum version_scheme scheme, of_ranges = VERSION_GENERIC;
    bool is_known = version_scheme_from_name(affected.ecosystem, &scheme);

    if (affected.name.len == 0)
        return;
    if (!is_known)
        scheme = VERSION_GENERIC;
    for (struct json_iter i = json_iter(json_get(item, "ranges")); json_next(&i, NULL, &range);) {
        struct str type = json_text(json_get(range, "type"));
        struct span model = { .scheme = scheme, .is_git = str_eq(type, STR("GIT")) };

        if (str_eq(type, STR("SEMVER")))
            model.scheme = of_ranges = VERSION_SEMVER;
        add_spans(&affected, json_get(range, "events"), model, arena);
    }
    /* Listed versions are of the ecosystem; where that is not known, of the ranges' kind. */
    add_versions(&affected, json_get(item, "versions"), is_known ? scheme : of_ranges, arena);
    if (json_count(json_get(item, "ranges")) == 0 && json_count(json_get(item, "versions")) == 0)
        affected.default_status = SPAN_UNKNOWN; /* names the package and no version at all */
    VEC_PUSH(arena, &record->affected, affected);
}

/* ---- the record ---- */

/* Which database wrote it, by its ids. */
static struct str origin_of(struct str id, struct json affected)
{
    static const struct {
        const char *prefix, *name;
    } databases[] = {
        { "DSA", "Debian" },     { "DLA", "Debian" },       { "DTSA", "Debian" },
        { "DEBIAN", "Debian" },  { "USN", "Ubuntu" },       { "LSN", "Ubuntu" },
        { "UBUNTU", "Ubuntu" },  { "ALSA", "AlmaLinux" },   { "ALBA", "AlmaLinux" },
        { "ALEA", "AlmaLinux" }, { "RHSA", "Red Hat" },     { "RHBA", "Red Hat" },
        { "RHEA", "Red Hat" },   { "RLSA", "Rocky Linux" }, { "RXSA", "Rocky Linux" },
        { "ALPINE", "Alpine" },  { "BIT", "Bitnami" },      { "BELL", "BellSoft" },
        { "MGASA", "Mageia" },   { "CGA", "Chainguard" },   { "ELSA", "Oracle Linux" },
    };
    struct str prefix = str_take(id, str_index(id, '-')), ecosystem;

    for (size_t i = 0; i < COUNT(databases); i++)
        if (str_eq_z(prefix, databases[i].prefix))
            return str_from_z(databases[i].name);
    if (!str_eq(prefix, STR("CVE")))
        return prefix;
    /* Older exports kept a distribution's word under the CVE's own id. */
    ecosystem = json_text(json_get(json_get(json_at(affected, 0), "package"), "ecosystem"));
    return str_take(ecosystem, str_index(ecosystem, ':'));
}

static void add_scores(struct catalog_record *record, struct json list, struct arena *arena)
{
    struct json severity;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &severity);) {
        struct str vector = json_text(json_get(severity, "score"));
        bool is_there = false;

        if (!str_starts(json_text(json_get(severity, "type")), STR("CVSS_")) || vector.len == 0)
            continue;
        for (size_t s = 0; s < record->scores.len && !is_there; s++)
            is_there = str_eq(record->scores.at[s].vector, vector);
        if (!is_there)
            from_add_vector(record, vector, record->origin, arena);
    }
}

static void add_references(struct catalog_record *record, struct json list, struct arena *arena)
{
    struct json reference;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &reference);) {
        struct str url = json_text(json_get(reference, "url"));

        if (url.len > 0)
            VEC_PUSH(arena, &record->references,
                     (struct catalog_reference){ url, json_text(json_get(reference, "type")) });
    }
}

static void add_weaknesses(struct catalog_record *record, struct json database, struct arena *arena)
{
    struct json weakness;

    for (struct json_iter i = json_iter(json_get(database, "cwe_ids"));
         json_next(&i, NULL, &weakness);)
        from_add_weakness(record, json_text(weakness), arena);
}

bool catalog_from_osv(struct json object, struct arena *arena, struct catalog_record *out,
                      struct err *err)
{
    struct json affected = json_get(object, "affected"), item;
    struct catalog_record record = {
        .source = SOURCE_OSV,
        .id = json_text(json_get(object, "id")),
        .published = from_time(json_text(json_get(object, "published")), arena),
        .modified = from_time(json_text(json_get(object, "modified")), arena),
        .withdrawn = from_time(json_text(json_get(object, "withdrawn")), arena),
    };

    if (!from_is_id(record.id))
        return FAIL(err, CATALOG_RECORD, STR("id: missing, or no identifier"));
    if (json_kind(json_get(object, "modified")) != JSON_TEXT)
        return FAIL(err, CATALOG_RECORD, STR("modified: missing"));
    if (json_get(object, "withdrawn").value &&
        json_kind(json_get(object, "withdrawn")) != JSON_NULL)
        record.state = CATALOG_WITHDRAWN;
    record.origin = origin_of(record.id, affected);
    from_add_all(&record.aliases, json_get(object, "aliases"), arena);
    from_add_all(&record.upstream, json_get(object, "upstream"), arena);
    from_add_all(&record.related, json_get(object, "related"), arena);
    from_add_text(&record, TEXT_TITLE, STR("en"), json_text(json_get(object, "summary")),
                  record.origin, arena);
    from_add_text(&record, TEXT_DESCRIPTION, STR("en"), json_text(json_get(object, "details")),
                  record.origin, arena);
    add_scores(&record, json_get(object, "severity"), arena);
    add_references(&record, json_get(object, "references"), arena);
    add_weaknesses(&record, json_get(object, "database_specific"), arena);
    for (struct json_iter i = json_iter(affected); json_next(&i, NULL, &item);) {
        add_scores(&record, json_get(item, "severity"), arena);
        add_package(&record, item, object, arena);
    }
    *out = record;
    return true;
}
