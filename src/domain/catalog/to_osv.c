#include "domain/catalog/to_internal.h"

#include "base/ascii.h"
#include "base/err.h"
#include "formats/csaf/csaf.h"
#include "formats/cvss/cvss.h"

static const struct str schema_version = STR_INIT("1.7.0");

/* ---- ranges ---- */

static void put_event(struct json_writer *w, const char *key, struct str version)
{
    json_object_begin(w);
    json_pair(w, key, version);
    json_object_end(w);
}

static bool is_commit(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.ptr[i]) && !(text.ptr[i] >= 'a' && text.ptr[i] <= 'f'))
            return false;
    return text.len == 40 || text.len == 64;
}

/* Commits have a place where a repository is named. */
static bool is_range(const struct affected *affected, const struct span *span)
{
    if (span->status != SPAN_AFFECTED)
        return false;
    if (span->is_git)
        return str_eq(affected->ecosystem, STR("GIT")) &&
               (span->from.len == 0 || is_commit(span->from)) &&
               (span->to.len == 0 || is_commit(span->to));
    return !to_is_point(span);
}

static void put_range(const struct affected *affected, const struct span *span,
                      struct json_writer *w)
{
    bool is_semver = span->scheme == VERSION_SEMVER;

    json_object_begin(w);
    json_pair(w, "type", span->is_git ? STR("GIT") : is_semver ? STR("SEMVER") : STR("ECOSYSTEM"));
    if (span->is_git)
        json_pair(w, "repo", affected->name);
    json_key(w, "events");
    json_array_begin(w);
    put_event(w, "introduced", span->from.len > 0 ? span->from : STR("0"));
    if (span->to.len > 0)
        put_event(w,
                  span->to_is_included ? "last_affected"
                  : span->to_is_fix    ? "fixed"
                                       : "limit",
                  span->to);
    json_array_end(w);
    json_object_end(w);
}

/* "1.2 and what comes later is not affected", said of a product that otherwise is: up to 1.2. */
static bool set_complement(const struct affected *affected, struct span *out)
{
    const struct span *only = affected->spans.at;

    if (affected->default_status != SPAN_AFFECTED || affected->spans.len != 1 ||
        only->status != SPAN_UNAFFECTED || only->is_git || only->to.len > 0 ||
        only->from_is_excluded || only->from.len == 0)
        return false;
    *out = (struct span){ .scheme = only->scheme, .to_is_fix = true, .to = only->from };
    return true;
}

static void put_ranges(const struct affected *affected, struct json_writer *w)
{
    struct span complement;
    size_t count = 0;

    if (set_complement(affected, &complement)) {
        json_key(w, "ranges");
        json_array_begin(w);
        put_range(affected, &complement, w);
        json_array_end(w);
        return;
    }
    for (size_t i = 0; i < affected->spans.len; i++)
        count += is_range(affected, &affected->spans.at[i]);
    if (count == 0)
        return;
    json_key(w, "ranges");
    json_array_begin(w);
    for (size_t i = 0; i < affected->spans.len; i++)
        if (is_range(affected, &affected->spans.at[i]))
            put_range(affected, &affected->spans.at[i], w);
    json_array_end(w);
}

static bool is_listed(const struct span *span)
{
    return span->status == SPAN_AFFECTED && !span->is_git && to_is_point(span);
}

static void put_versions(const struct affected *affected, struct json_writer *w)
{
    size_t count = 0;

    for (size_t i = 0; i < affected->spans.len; i++)
        count += is_listed(&affected->spans.at[i]);
    if (count == 0)
        return;
    json_key(w, "versions");
    json_array_begin(w);
    for (size_t i = 0; i < affected->spans.len; i++)
        if (is_listed(&affected->spans.at[i]))
            json_put_text(w, affected->spans.at[i].from);
    json_array_end(w);
}

/* ---- packages ---- */

static void put_package(const struct affected *affected, struct json_writer *w)
{
    struct str ecosystem = affected->ecosystem;

    if (affected->release.len > 0)
        ecosystem = arena_printf(w->buf->arena, "%.*s:%.*s", STR_ARG(ecosystem),
                                 STR_ARG(affected->release));
    json_key(w, "package");
    json_object_begin(w);
    json_pair(w, "ecosystem", ecosystem);
    json_pair(w, "name", affected->name);
    json_pair(w, "purl", affected->purl);
    json_object_end(w);
}

static void put_affected(const struct catalog_record *record, struct json_writer *w)
{
    json_key(w, "affected");
    json_array_begin(w);
    for (size_t i = 0; i < record->affected.len; i++) {
        const struct affected *affected = &record->affected.at[i];

        if (affected->ecosystem.len == 0 || affected->name.len == 0)
            continue;
        json_object_begin(w);
        put_package(affected, w);
        put_ranges(affected, w);
        put_versions(affected, w);
        if (affected->severity.len > 0) {
            json_key(w, "ecosystem_specific");
            json_object_begin(w);
            json_pair(w, "severity", affected->severity);
            json_object_end(w);
        }
        json_object_end(w);
    }
    json_array_end(w);
}

/* ---- the rest ---- */

static void put_severity(const struct catalog_record *record, struct json_writer *w)
{
    static const char *const types[] = { [CVSS_2_0] = "CVSS_V2",
                                         [CVSS_3_0] = "CVSS_V3",
                                         [CVSS_3_1] = "CVSS_V3",
                                         [CVSS_4_0] = "CVSS_V4" };
    struct err ignored = { 0 };
    struct cvss cvss;

    json_key(w, "severity");
    json_array_begin(w);
    for (size_t i = 0; i < record->scores.len; i++) {
        struct str vector = record->scores.at[i].vector;

        if (vector.len == 0 || !cvss_parse(vector, &cvss, &ignored))
            continue;
        json_object_begin(w);
        json_pair(w, "type", str_from_z(types[cvss.version]));
        json_pair(w, "score", vector);
        json_object_end(w);
    }
    json_array_end(w);
}

/* The words of NVD, of CVE and of CSAF for what OSV calls so. */
static struct str reference_type(struct str kinds)
{
    static const struct {
        const char *word, *type;
    } types[] = {
        { "ADVISORY", "ADVISORY" },
        { "ARTICLE", "ARTICLE" },
        { "DETECTION", "DETECTION" },
        { "DISCUSSION", "DISCUSSION" },
        { "REPORT", "REPORT" },
        { "FIX", "FIX" },
        { "INTRODUCED", "INTRODUCED" },
        { "GIT", "GIT" },
        { "PACKAGE", "PACKAGE" },
        { "EVIDENCE", "EVIDENCE" },
        { "Patch", "FIX" },
        { "patch", "FIX" },
        { "Vendor Advisory", "ADVISORY" },
        { "vendor-advisory", "ADVISORY" },
        { "Exploit", "EVIDENCE" },
        { "exploit", "EVIDENCE" },
        { "Issue Tracking", "REPORT" },
        { "issue-tracking", "REPORT" },
        { "Mailing List", "DISCUSSION" },
        { "mailing-list", "DISCUSSION" },
        { "Product", "PACKAGE" },
        { "product", "PACKAGE" },
        { "technical-description", "ARTICLE" },
    };
    struct str kind;

    while (to_next_kind(&kinds, &kind))
        for (size_t i = 0; i < COUNT(types); i++)
            if (str_eq_z(kind, types[i].word))
                return str_from_z(types[i].type);
    return STR("WEB");
}

static void put_references(const struct catalog_record *record, struct json_writer *w)
{
    json_key(w, "references");
    json_array_begin(w);
    for (size_t i = 0; i < record->references.len; i++) {
        if (!csaf_is_uri(record->references.at[i].url))
            continue;
        json_object_begin(w);
        json_pair(w, "type", reference_type(record->references.at[i].kind));
        json_pair(w, "url", record->references.at[i].url);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_specific(const struct catalog_record *record, struct json_writer *w)
{
    json_key(w, "database_specific");
    json_object_begin(w);
    json_pair(w, "source", catalog_source_name(record->source));
    to_put_texts(w, "cwe_ids", &record->weaknesses);
    json_object_end(w);
}

void catalog_to_osv(const struct catalog_record *record, struct json_writer *w)
{
    struct utc withdrawn = record->withdrawn;

    if (withdrawn.ms == 0 && record->state != CATALOG_PUBLISHED)
        withdrawn = record->modified;
    json_object_begin(w);
    json_pair(w, "schema_version", schema_version);
    json_pair(w, "id", record->id);
    json_pair(w, "modified",
              utc_iso(w->buf->arena, record->modified.ms ? record->modified : record->published));
    to_put_time(w, "published", record->published);
    to_put_time(w, "withdrawn", withdrawn);
    to_put_texts(w, "aliases", &record->aliases);
    to_put_texts(w, "upstream", &record->upstream);
    to_put_texts(w, "related", &record->related);
    json_pair(w, "summary", to_text(record, TEXT_TITLE, STR("en"), true));
    json_pair(w, "details", to_text(record, TEXT_DESCRIPTION, STR("en"), true));
    put_severity(record, w);
    put_affected(record, w);
    put_references(record, w);
    put_specific(record, w);
    json_object_end(w);
}
