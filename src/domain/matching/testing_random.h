/* domain/matching/testing_random.h: random records and assets that meet in few names and versions, so that every rule is met often. */
#pragma once
#include "domain/matching/testing.h"

struct dice {
    uint64_t state;
    struct arena *arena;
};

static inline uint32_t roll(struct dice *dice, uint32_t sides)
{
    dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(dice->state >> 33) % sides;
}

#define PICK(dice, list) str_from_z((list)[roll((dice), COUNT(list))])

/* clang-format off */
static const char *const versions[] = { "0.9", "1.0", "1.0.0", "1.1", "1.1-rc1", "1.2.3", "1.10", "2.0", "2.0.1", "3", "10.0", "1.0-1.module+el8", "2.0+b1" };
static const char *const no_versions[] = { "n/a", "unspecified", "*", "-" };
static const char *const ids[] = { "CVE-2020-1", "CVE-2020-2", "CVE-2020-3", "CVE-2020-4", "CVE-2020-5", "GHSA-a", "GHSA-b", "GHSA-c", "PYSEC-1", "DSA-1", "RHSA-1", "RHBA-1" };
static const char *const names[] = { "alpha", "Beta_X", "beta.x", "gamma" };
static const char *const vendors[] = { "acme", "umbrella" };
static const char *const cpe_versions[] = { "1.0", "1.1", "1.2.3", "2.0", "*", "*", "*", "-", "1.*", "1.0.0" };
static const char *const tails[] = { "*:*:*:*:*:*:*", "*:*:*:*:*:*:*", "rc1:*:*:*:*:*:*", "-:*:*:*:*:*:*", "*:*:*:*:node.js:*:*", "*:*:*:*:android:*:*", "*:*:*:pro:*:*:*", "sp1:*:*:*:*:x64:*" };
static const char *const parts[] = { "a", "a", "a", "o", "h", "*" };
static const char *const origins[] = { "GHSA", "nvd@nist.gov", "" };
static const struct { const char *ecosystem, *release; enum version_scheme scheme; } ecosystems[] = {
    { "npm", "", VERSION_NPM }, { "PyPI", "", VERSION_PYPI }, { "Debian", "12", VERSION_DEB }, { "Debian", "11", VERSION_DEB }, { "Alpine", "v3.20", VERSION_APK },
    { "Red Hat", "enterprise_linux:9::appstream", VERSION_RPM }, { "Packagist", "https://packages.example/8", VERSION_COMPOSER }, { "Maven", "", VERSION_MAVEN },
};
static const char *const purls[] = {
    "pkg:npm/alpha@", "pkg:pypi/beta-x@", "pkg:deb/debian/gamma@", "pkg:deb/debian/libgamma@", "pkg:apk/alpine/alpha@", "pkg:rpm/redhat/alpha@",
    "pkg:composer/alpha/beta.x@", "pkg:generic/alpha@",
};
static const char *const qualifiers[] = { "", "?distro=debian-12", "?distro=debian-11", "?distro=alpine-3.20.1", "?distro=rhel-9.2", "?upstream=gamma", "?distro=bookworm&upstream=gamma%401.0" };
/* clang-format on */

static inline struct str some_cpe(struct dice *dice, bool is_criterion)
{
    struct str version = PICK(dice, cpe_versions);
    const char *part = parts[roll(dice, is_criterion ? COUNT(parts) : COUNT(parts) - 1)];

    return arena_printf(dice->arena, "cpe:2.3:%s:%s:%s:%.*s:%s", part,
                        vendors[roll(dice, COUNT(vendors))],
                        is_criterion && roll(dice, 12) == 0 ? "*"
                        : roll(dice, 2)                     ? "alpha"
                                                            : "gamma",
                        STR_ARG(version), tails[roll(dice, COUNT(tails))]);
}

static inline struct span some_span(struct dice *dice, enum version_scheme scheme,
                                    bool only_affected)
{
    struct span span = {
        .status = only_affected ? SPAN_AFFECTED : (enum span_status)roll(dice, 3),
        .scheme = roll(dice, 8) == 0 ? VERSION_GENERIC : scheme,
        .is_git = roll(dice, 12) == 0,
        .from_is_excluded = roll(dice, 6) == 0,
        .to_is_included = roll(dice, 4) == 0,
        .to_is_fix = roll(dice, 2) == 0,
    };

    if (roll(dice, 3) == 0) {
        span.from = span.to = roll(dice, 5) == 0 ? PICK(dice, no_versions) : PICK(dice, versions);
        span.to_is_included = true;
        span.from_is_excluded = span.to_is_fix = false;
        return span;
    }
    if (roll(dice, 3) != 0)
        span.from = PICK(dice, versions);
    if (roll(dice, 4) != 0)
        span.to = PICK(dice, versions);
    return span;
}

/* What the asset may be, is, and what says nothing of it. */
static inline void some_platforms(struct dice *dice, struct catalog_strings *out)
{
    static const char *const words[] = { "Windows", "Linux", "debian 12", "x64-based Systems",
                                         "Unknown" };

    for (size_t n = roll(dice, 3) == 0 ? roll(dice, 3) : 0; n > 0; n--)
        VEC_PUSH(dice->arena, out, str_from_z(words[roll(dice, COUNT(words))]));
}

static inline struct affected some_entry(struct dice *dice, bool is_cve)
{
    size_t place = roll(dice, COUNT(ecosystems));
    bool only_affected = !is_cve || roll(dice, 2) == 0;
    struct affected entry = {
        .ecosystem = str_from_z(ecosystems[place].ecosystem),
        .release = str_from_z(ecosystems[place].release),
        .name = PICK(dice, names),
        .default_status =
            only_affected && !is_cve ? SPAN_UNAFFECTED : (enum span_status)roll(dice, 3),
    };

    if (str_eq_z(entry.ecosystem, "Packagist"))
        entry.name = STR("Alpha/beta.x");
    if (is_cve && roll(dice, 2) == 0) {
        entry.ecosystem = entry.name = entry.release = STR_NONE;
        entry.vendor = roll(dice, 2) ? STR("ACME") : STR("umbrella");
        entry.product = roll(dice, 2) ? STR("Alpha") : STR("gamma");
    } else if (roll(dice, 8) == 0) {
        entry.ecosystem = entry.name = entry.release = STR_NONE;
        entry.purl = STR("pkg:npm/alpha");
    }
    some_platforms(dice, &entry.platforms);
    for (size_t n = roll(dice, 5); n > 0; n--)
        VEC_PUSH(dice->arena, &entry.spans,
                 some_span(dice, ecosystems[place].scheme, only_affected));
    return entry;
}

static inline struct criterion some_criterion(struct dice *dice)
{
    struct criterion criterion = {
        .cpe = roll(dice, 30) == 0 ? STR("no name at all") : some_cpe(dice, true),
        .is_vulnerable = roll(dice, 3) != 0,
        .from_is_excluded = roll(dice, 4) == 0,
        .to_is_included = roll(dice, 3) == 0,
    };

    if (roll(dice, 3) == 0)
        criterion.from = PICK(dice, versions);
    if (roll(dice, 2) == 0)
        criterion.to = PICK(dice, versions);
    return criterion;
}

static inline struct configuration some_configuration(struct dice *dice, int depth)
{
    struct configuration configuration = { .is_and = roll(dice, 2) == 0,
                                           .is_negated = roll(dice, 10) == 0 };

    if (depth == 0)
        some_platforms(dice, &configuration.platforms);
    if (depth < 3) {
        for (size_t n = roll(dice, depth == 0 ? 3 : 2); n > 0; n--)
            VEC_PUSH(dice->arena, &configuration.nodes, some_configuration(dice, depth + 1));
    }
    for (size_t n = roll(dice, 4); n > 0; n--)
        VEC_PUSH(dice->arena, &configuration.criteria, some_criterion(dice));
    return configuration;
}

static inline void some_ids(struct dice *dice, struct catalog_strings *list, uint32_t most)
{
    for (size_t n = roll(dice, most); n > 0; n--)
        VEC_PUSH(dice->arena, list, PICK(dice, ids));
}

static inline struct catalog_record some_record(struct dice *dice, enum catalog_source source,
                                                struct str id)
{
    struct catalog_record record = {
        .source = source,
        .id = id,
        .origin = PICK(dice, origins),
        .state = roll(dice, 8) == 0 ? (enum catalog_state)(1 + roll(dice, 2)) : CATALOG_PUBLISHED,
        .is_disputed = roll(dice, 8) == 0,
        .published = { roll(dice, 1000) },
        .modified = { roll(dice, 1000) },
    };
    struct catalog_text text = { .kind = roll(dice, 2) ? TEXT_TITLE : TEXT_DESCRIPTION,
                                 .lang = STR("en"),
                                 .text = arena_printf(dice->arena, "About %.*s. More of it.",
                                                      STR_ARG(id)) };

    VEC_PUSH(dice->arena, &record.texts, text);
    VEC_PUSH(dice->arena, &record.weaknesses, roll(dice, 2) ? STR("CWE-79") : STR("CWE-89"));
    VEC_PUSH(dice->arena, &record.references,
             (struct catalog_reference){
                 .url = arena_printf(dice->arena, "https://x.example/%u", roll(dice, 4)),
                 .kind = roll(dice, 2) ? STR("ADVISORY") : STR("WEB") });
    VEC_PUSH(
        dice->arena, &record.scores,
        (struct catalog_score){ .vector = roll(dice, 2) ? STR("CVSS:3.1/A") : STR("CVSS:3.1/B") });
    if (roll(dice, 3) == 0)
        VEC_PUSH(dice->arena, &record.indicators,
                 (struct catalog_indicator){ PICK(dice, origins),
                                             roll(dice, 2) ? STR("impact") : STR_NONE,
                                             roll(dice, 2) ? STR("Important") : STR("Low") });
    some_ids(dice, &record.aliases, 3);
    if (roll(dice, 4) == 0)
        some_ids(dice, &record.upstream, 3);
    some_ids(dice, &record.related, 3);
    if (source != SOURCE_NVD) {
        for (size_t n = roll(dice, 4); n > 0; n--)
            VEC_PUSH(dice->arena, &record.affected, some_entry(dice, source == SOURCE_CVE));
    }
    if (source != SOURCE_OSV) {
        for (size_t n = roll(dice, 4); n > 0; n--)
            VEC_PUSH(dice->arena, &record.configurations, some_configuration(dice, 0));
    }
    return record;
}

static inline struct component some_component(struct dice *dice, size_t number)
{
    struct component component = { .ref = arena_printf(dice->arena, "c%zu", number),
                                   .version = PICK(dice, versions) };
    struct str version = roll(dice, 6) == 0 ? STR_NONE : component.version;

    if (roll(dice, 3) != 0)
        component.purl = arena_printf(dice->arena, "%s%.*s%s", purls[roll(dice, COUNT(purls))],
                                      STR_ARG(version), qualifiers[roll(dice, COUNT(qualifiers))]);
    if (str_is_empty(version))
        component.version = STR_NONE;
    for (size_t n = roll(dice, 3); n > 0; n--)
        VEC_PUSH(dice->arena, &component.cpes, some_cpe(dice, false));
    if (roll(dice, 5) == 0)
        component.source = (struct source_package){ STR("gamma"), PICK(dice, versions) };
    return component;
}

static inline struct inventory some_inventory(struct dice *dice)
{
    struct inventory inventory = { .os = { .id = STR("debian"), .version = STR("12.1") } };

    if (roll(dice, 2) == 0)
        inventory.os.cpe = some_cpe(dice, false);
    for (size_t i = 0, n = 1 + roll(dice, 6); i < n; i++)
        VEC_PUSH(dice->arena, &inventory.components, some_component(dice, i));
    return inventory;
}

static inline struct catalog_record *some_records(struct dice *dice, size_t *count)
{
    struct catalog_record *records =
        ARENA_NEW_N(dice->arena, 3 * COUNT(ids), struct catalog_record);

    *count = 0;
    for (size_t i = 0; i < COUNT(ids); i++) {
        for (int source = SOURCE_NVD; source <= SOURCE_OSV; source++) {
            if (roll(dice, 2))
                records[(*count)++] =
                    some_record(dice, (enum catalog_source)source, str_from_z(ids[i]));
        }
    }
    return records;
}
