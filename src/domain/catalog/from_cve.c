#include "domain/catalog/from_internal.h"

#include <stdlib.h>

#include "base/ascii.h"
#include "base/err.h"

/* ---- versions ---- */

/* Collections whose packages are those of an ecosystem, by a part of their address. */
static const struct {
    const char *address, *ecosystem;
} collections[] = {
    { "npmjs.", "npm" },
    { "pypi.", "PyPI" },
    { "pypi.python.", "PyPI" },
    { "repo.maven.apache.org", "Maven" },
    { "repo1.maven.", "Maven" },
    { "repo.maven.", "Maven" },
    { "rubygems.org", "RubyGems" },
    { "crates.io", "crates.io" },
    { "pkg.go.dev", "Go" },
    { "proxy.golang.org", "Go" },
    { "packagist.org", "Packagist" },
    { "nuget.org", "NuGet" },
    { "hex.pm", "Hex" },
    { "pub.dev", "Pub" },
    { "cran.r-project.org", "CRAN" },
    { "hackage.haskell.org", "Hackage" },
};

static struct str ecosystem_of(struct str collection)
{
    for (size_t i = 0; i < COUNT(collections); i++)
        if (str_contains(collection, str_from_z(collections[i].address)))
            return str_from_z(collections[i].ecosystem);
    return STR_NONE;
}

static enum span_status status_of(struct str word, enum span_status otherwise)
{
    return str_eq(word, STR("affected"))     ? SPAN_AFFECTED
           : str_eq(word, STR("unaffected")) ? SPAN_UNAFFECTED
           : str_eq(word, STR("unknown"))    ? SPAN_UNKNOWN
                                             : otherwise;
}

/* What people write where no version is known. */
static bool is_no_version(struct str text)
{
    static const char *const words[] = {
        "", "-", "n/a", "N/A", "unspecified", "unknown", "not applicable"
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq_z(text, words[i]))
            return true;
    return false;
}

static bool is_beginning(struct str text)
{
    return str_eq(text, STR("0")) || str_eq(text, STR("*")) || is_no_version(text);
}

/* "2.*" in an upper bound is infinity below 3, "*" alone infinity (versions.md): the first version that is no more within, or none. */
static struct str behind(struct str bound, struct arena *arena)
{
    struct str number, before;
    struct err ignored = { 0 };
    int64_t n;
    size_t at;

    if (!str_ends(bound, STR(".*")))
        return STR_NONE;
    number = str_take(bound, bound.len - 2);
    for (at = number.len; at > 0 && ascii_is_digit(number.ptr[at - 1]);)
        at--;
    before = str_take(number, at);
    if (!str_to_int(str_drop(number, at), 0, INT64_MAX - 1, &n, &ignored) ||
        (at > 0 && !str_ends(before, STR("."))))
        return STR_NONE;
    return arena_printf(arena, "%.*s%lld", STR_ARG(before), (long long)n + 1);
}

struct change {
    struct str at;
    enum span_status status;
    size_t place;
    enum version_scheme scheme;
};

static int change_cmp(const void *a, const void *b)
{
    const struct change *left = a, *right = b;
    int order = version_compare(left->scheme, left->at, right->at);

    return order ? order : (left->place > right->place) - (left->place < right->place);
}

/* One entry with its changes as consecutive spans: what each change says holds from its version on. A mark of a build alone ("+security-01") is
 * no version, and cuts nothing: rather too many versions are affected than none. */
static void add_cut(struct affected *affected, struct span whole, struct json list,
                    struct arena *arena)
{
    struct change *changes = ARENA_NEW_N(arena, json_count(list) + 1, struct change);
    struct json change;
    size_t count = 0;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &change);) {
        struct str at = json_text(json_get(change, "at"));

        if (!is_no_version(at) && ascii_is_alnum(at.ptr[0]))
            changes[count] =
                (struct change){ at, status_of(json_text(json_get(change, "status")), SPAN_UNKNOWN),
                                 count, whole.scheme },
            count++;
    }
    if (!whole.is_git)
        qsort(changes, count, sizeof changes[0], change_cmp);
    for (size_t i = 0; i < count; i++) {
        struct span part = whole;

        part.to = changes[i].at;
        part.to_is_included = false;
        part.to_is_fix = part.status == SPAN_AFFECTED && changes[i].status == SPAN_UNAFFECTED;
        VEC_PUSH(arena, &affected->spans, part);
        whole.from = changes[i].at;
        whole.status = changes[i].status;
    }
    VEC_PUSH(arena, &affected->spans, whole);
}

static void add_entry(struct affected *affected, struct json entry, struct str ecosystem,
                      struct arena *arena)
{
    struct str version = json_text(json_get(entry, "version")),
               below = json_text(json_get(entry, "lessThan")),
               last = json_text(json_get(entry, "lessThanOrEqual")),
               type = json_text(json_get(entry, "versionType")),
               bound = below.len > 0 ? below : last;
    struct span span = { .status = status_of(json_text(json_get(entry, "status")), SPAN_UNKNOWN),
                         .is_git = str_eq_nocase(type, STR("git")) };

    if (!version_scheme_from_name(type, &span.scheme) &&
        !version_scheme_from_name(ecosystem, &span.scheme))
        span.scheme = VERSION_GENERIC;
    if (bound.len == 0) {
        if (is_no_version(version))
            return;
        if (!str_eq(version, STR("*")) && !str_eq_nocase(version, STR("all")))
            span.from = span.to = version;
        span.to_is_included = span.to.len > 0;
    } else {
        span.from = is_beginning(version) ? STR_NONE : version;
        span.to = bound;
        span.to_is_included = below.len == 0;
        if (is_no_version(bound)) {
            span.to = STR_NONE;
        } else if (str_index(bound, '*') < bound.len) {
            span.to = behind(bound, arena);
            span.to_is_included = false;
        } else {
            span.to_is_fix = below.len > 0 && span.status == SPAN_AFFECTED &&
                             affected->default_status == SPAN_UNAFFECTED;
        }
        span.to_is_included = span.to_is_included && span.to.len > 0;
    }
    add_cut(affected, span, json_get(entry, "changes"), arena);
}

/* ---- products ---- */

/* A product's CPE name and the version in it. */
struct product_name {
    struct str cpe, before, version, behind; /* the text; up to, in and from behind the version */
};

static bool name_of(struct str cpe, struct product_name *out)
{
    size_t field = 0, from = 0, to = 0;

    for (size_t i = 0; i < cpe.len && to == 0; i++) {
        if (cpe.ptr[i] == '\\')
            i++;
        else if (cpe.ptr[i] == ':' && ++field == 5)
            from = i + 1;
        else if (cpe.ptr[i] == ':' && field == 6)
            to = i;
    }
    if (!str_starts(cpe, STR("cpe:2.3:")) || to == 0)
        return false;
    *out = (struct product_name){ cpe, str_take(cpe, from),
                                  str_take(str_drop(cpe, from), to - from), str_drop(cpe, to) };
    return true;
}

/* The version as CPE writes it is the one meant: it quotes signs and has small letters. */
static bool is_version(struct str quoted, struct str plain)
{
    size_t n = 0;

    for (size_t i = 0; i < quoted.len; i++) {
        if (quoted.ptr[i] == '\\' && i + 1 < quoted.len)
            i++;
        if (n == plain.len || ascii_lower(quoted.ptr[i]) != ascii_lower(plain.ptr[n]))
            return false;
        n++;
    }
    return n == plain.len;
}

static void add_criterion(struct configuration *configuration, const struct product_name *name,
                          const struct span *span, struct arena *arena)
{
    struct criterion criterion = { .cpe = name->cpe, .is_vulnerable = true };

    if (span && (span->from.len == 0 || !str_eq(span->from, span->to))) {
        if (!str_eq(name->version, STR("*")))
            criterion.cpe =
                arena_printf(arena, "%.*s*%.*s", STR_ARG(name->before), STR_ARG(name->behind));
        criterion.from_is_excluded = span->from_is_excluded;
        criterion.to_is_included = span->to_is_included;
        criterion.from = span->from;
        criterion.to = span->to;
    } else if (span && str_eq(name->version, STR("*"))) {
        criterion.to_is_included = true;
        criterion.from = criterion.to = span->from;
    }
    VEC_PUSH(arena, &configuration->criteria, criterion);
}

/* A name with a version stands for the spans that begin with it, or for itself; one with any version for all spans that are affected. */
static void add_name(struct configuration *configuration, const struct affected *affected,
                     const struct product_name *name, struct arena *arena)
{
    bool is_any = str_eq(name->version, STR("*")), is_found = false;

    for (size_t s = 0; s < affected->spans.len; s++) {
        const struct span *span = &affected->spans.at[s];

        if (!is_any && !is_version(name->version, span->from))
            continue;
        is_found = true;
        if (span->status == SPAN_AFFECTED && !span->is_git)
            add_criterion(configuration, name, span, arena);
    }
    if (!is_found && (!is_any || affected->default_status == SPAN_AFFECTED))
        add_criterion(configuration, name, NULL, arena);
}

/* The product's CPE names, as a configuration that NVD might have written. */
static void add_names(struct catalog_record *record, const struct affected *affected,
                      struct json names, struct arena *arena)
{
    struct configuration node = { 0 }, outer = { .platforms = affected->platforms };
    struct product_name name;
    struct json item;

    for (struct json_iter i = json_iter(names); json_next(&i, NULL, &item);)
        if (name_of(json_text(item), &name))
            add_name(&node, affected, &name, arena);
    if (node.criteria.len == 0)
        return;
    VEC_PUSH(arena, &outer.nodes, node);
    VEC_PUSH(arena, &record->configurations, outer);
}

static struct str known(struct str text) { return is_no_version(text) ? STR_NONE : text; }

/* Without its version, qualifiers and subpath. */
static struct str bare_purl(struct str purl)
{
    purl = str_take(purl, str_index(purl, '#'));
    purl = str_take(purl, str_index(purl, '?'));
    for (size_t i = purl.len; i > 0 && purl.ptr[i - 1] != '/'; i--)
        if (purl.ptr[i - 1] == '@')
            return str_take(purl, i - 1);
    return purl;
}

void from_add_affected(struct catalog_record *record, struct json list, struct arena *arena)
{
    struct json item, entry;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &item);) {
        struct affected affected = {
            .name = known(json_text(json_get(item, "packageName"))),
            .purl = bare_purl(json_text(json_get(item, "packageURL"))),
            .vendor = known(json_text(json_get(item, "vendor"))),
            .product = known(json_text(json_get(item, "product"))),
            .default_status = status_of(json_text(json_get(item, "defaultStatus")), SPAN_UNKNOWN),
        };
        struct json routine;

        if (affected.name.len > 0)
            affected.ecosystem = ecosystem_of(json_text(json_get(item, "collectionURL")));
        for (struct json_iter v = json_iter(json_get(item, "versions"));
             json_next(&v, NULL, &entry);)
            add_entry(&affected, entry, affected.ecosystem, arena);
        from_add_all(&affected.platforms, json_get(item, "platforms"), arena);
        from_add_all(&affected.modules, json_get(item, "modules"), arena);
        from_add_all(&affected.files, json_get(item, "programFiles"), arena);
        for (struct json_iter r = json_iter(json_get(item, "programRoutines"));
             json_next(&r, NULL, &routine);)
            from_add(&affected.routines, json_text(json_get(routine, "name")), arena);
        if (affected.name.len + affected.purl.len + affected.product.len > 0)
            VEC_PUSH(arena, &record->affected, affected);
        add_names(record, &affected, json_get(item, "cpes"), arena);
    }
}

/* ---- containers ---- */

/* A word of the maker's own scale, as `other` metrics have it. SSVC and KEV stand there too; they are read for what they are. */
static void add_indicator(struct catalog_record *record, struct json other, struct str by,
                          struct arena *arena)
{
    static const char *const keys[] = { "text", "value", "severity" };
    struct str scale = json_text(json_get(other, "type"));
    struct json content = json_get(other, "content"), value;

    if (str_eq_nocase(str_take(scale, 4), STR("ssvc")) || str_eq_nocase(scale, STR("kev")))
        return;
    for (size_t i = 0; i < COUNT(keys); i++) {
        value = json_get(content, keys[i]);
        if (json_kind(value) == JSON_TEXT) {
            from_add_indicator(record, by, scale, json_text(value), arena);
            return;
        }
    }
}

static void add_metrics(struct catalog_record *record, struct json list, struct str by,
                        bool is_primary, struct arena *arena)
{
    static const char *const versions[] = { "cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0" };
    struct json metric;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &metric);) {
        struct json other = json_get(metric, "other");

        for (size_t v = 0; v < COUNT(versions); v++)
            from_add_score(record, json_get(metric, versions[v]), by, is_primary, arena);
        if (str_eq(json_text(json_get(other, "type")), STR("ssvc")))
            from_set_ssvc(record, json_get(json_get(other, "content"), "options"));
        add_indicator(record, other, is_primary ? record->origin : by, arena);
    }
}

static void add_weaknesses(struct catalog_record *record, struct json list, struct arena *arena)
{
    struct json type, description;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &type);) {
        for (struct json_iter d = json_iter(json_get(type, "descriptions"));
             json_next(&d, NULL, &description);) {
            from_add_weakness(record, json_text(json_get(description, "cweId")), arena);
            from_add_weakness(record, json_text(json_get(description, "description")), arena);
        }
    }
}

static bool add_container(struct catalog_record *record, struct json container, struct str by,
                          bool is_cna, struct arena *arena, struct err *err)
{
    struct json impact, tag;
    struct utc updated = from_time(
        json_text(json_get(json_get(container, "providerMetadata"), "dateUpdated")), arena);

    /* What an ADP adds later does not always move the record's own date. */
    if (updated.ms > record->modified.ms)
        record->modified = updated;
    if (is_cna)
        from_add_text(record, TEXT_TITLE, STR("en"), json_text(json_get(container, "title")), by,
                      arena);
    from_add_texts(record, TEXT_DESCRIPTION, json_get(container, "descriptions"), by, arena);
    from_add_texts(record, TEXT_DESCRIPTION, json_get(container, "rejectedReasons"), by, arena);
    for (struct json_iter i = json_iter(json_get(container, "impacts"));
         json_next(&i, NULL, &impact);)
        from_add_texts(record, TEXT_IMPACT, json_get(impact, "descriptions"), by, arena);
    from_add_texts(record, TEXT_COUNTERMEASURE, json_get(container, "solutions"), by, arena);
    from_add_texts(record, TEXT_WORKAROUND, json_get(container, "workarounds"), by, arena);
    for (struct json_iter i = json_iter(json_get(container, "tags")); json_next(&i, NULL, &tag);)
        from_add_tag(record, json_text(tag), arena);
    add_metrics(record, json_get(container, "metrics"), by, is_cna, arena);
    add_weaknesses(record, json_get(container, "problemTypes"), arena);
    from_add_references(record, json_get(container, "references"), arena);
    from_add_all(&record->related, json_get(container, "replacedBy"), arena);
    from_add_affected(record, json_get(container, "affected"), arena);
    return from_add_configurations(record, json_get(container, "cpeApplicability"), arena, err)
               ? true
               : PASS(err);
}

bool catalog_from_cve(struct json object, struct arena *arena, struct catalog_record *out,
                      struct err *err)
{
    struct json about = json_get(object, "cveMetadata"),
                containers = json_get(object, "containers"), adp;
    struct catalog_record record = {
        .source = SOURCE_CVE,
        .id = json_text(json_get(about, "cveId")),
        .origin = json_text(json_get(about, "assignerShortName")),
        .status = json_text(json_get(about, "state")),
        .published = from_time(json_text(json_get(about, "datePublished")), arena),
        .modified = from_time(json_text(json_get(about, "dateUpdated")), arena),
        .withdrawn = from_time(json_text(json_get(about, "dateRejected")), arena),
    };

    if (!from_is_cve_id(record.id))
        return FAIL(err, CATALOG_RECORD, STR("cveMetadata.cveId: no CVE identifier"));
    if (json_kind(json_get(containers, "cna")) != JSON_OBJECT)
        return FAIL(err, CATALOG_RECORD, STR("containers.cna: missing"));
    if (str_eq(record.status, STR("REJECTED")))
        record.state = CATALOG_REJECTED;
    else if (!str_eq(record.status, STR("PUBLISHED")))
        return FAIL(err, CATALOG_RECORD, STR("cveMetadata.state: neither PUBLISHED nor REJECTED"));
    if (!add_container(&record, json_get(containers, "cna"), STR("cna"), true, arena, err))
        return PASS(err);
    for (struct json_iter i = json_iter(json_get(containers, "adp")); json_next(&i, NULL, &adp);) {
        struct str by = json_text(json_get(json_get(adp, "providerMetadata"), "shortName"));

        if (!add_container(&record, adp, by.len > 0 ? by : STR("adp"), false, arena, err))
            return PASS(err);
    }
    *out = record;
    return true;
}
