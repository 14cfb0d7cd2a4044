#include "domain/catalog/to_internal.h"

#include "base/err.h"
#include "domain/catalog/address.h"
#include "formats/csaf/csaf.h"
#include "formats/cvss/cvss.h"

enum {
    TITLE_MAX = 256,
    TEXT_MAX = 4096,
    REFERENCES_MAX = 512
}; /* what the schema allows; code points */

static struct str organisation(struct str name, struct arena *arena)
{
    return to_is_uuid(name) ? name : to_uuid(name, arena);
}

/* ---- products ---- */

/* At least one product: where none is told, that is what is said. */
static void put_products(const struct catalog_record *record, struct json_writer *w)
{
    struct to_products products = to_products_of(record, w->buf->arena);
    const struct affected unknown = { .default_status = SPAN_UNKNOWN };

    json_key(w, "affected");
    json_array_begin(w);
    for (size_t i = 0; i < products.len; i++)
        to_put_product(&products.at[i], w);
    if (products.len == 0)
        to_put_product(&unknown, w);
    json_array_end(w);
}

/* ---- texts ---- */

static void put_text(struct json_writer *w, const char *key, struct str lang, struct str text)
{
    json_object_begin(w);
    json_pair(w, "lang", lang);
    json_pair(w, key, str_take_code_points(text, TEXT_MAX));
    json_object_end(w);
}

static void put_kind(const struct catalog_record *record, enum catalog_text_kind kind,
                     struct json_writer *w)
{
    for (size_t i = 0; i < record->texts.len; i++)
        if (record->texts.at[i].kind == kind)
            put_text(w, "value", record->texts.at[i].lang, record->texts.at[i].text);
}

/* Every list of texts needs one in English: what is told in Japanese alone has no place in a CVE record. */
static void put_if_any(const struct catalog_record *record, enum catalog_text_kind kind,
                       const char *key, struct json_writer *w)
{
    if (!to_text(record, kind, STR("en"), false).ptr)
        return;
    json_key(w, key);
    json_array_begin(w);
    put_kind(record, kind, w);
    json_array_end(w);
}

/* Every record has a description in English: the title where there is none, and its id where there is not even that. */
static void put_descriptions(const struct catalog_record *record, const char *key,
                             struct json_writer *w)
{
    struct str title = to_text(record, TEXT_TITLE, STR("en"), false);

    json_key(w, key);
    json_array_begin(w);
    put_kind(record, TEXT_DESCRIPTION, w);
    if (!to_text(record, TEXT_DESCRIPTION, STR("en"), false).ptr)
        put_text(w, "value", STR("en"), title.len > 0 ? title : record->id);
    json_array_end(w);
}

static void put_impacts(const struct catalog_record *record, struct json_writer *w)
{
    if (!to_text(record, TEXT_IMPACT, STR("en"), false).ptr)
        return;
    json_key(w, "impacts");
    json_array_begin(w);
    json_object_begin(w);
    json_key(w, "descriptions");
    json_array_begin(w);
    put_kind(record, TEXT_IMPACT, w);
    json_array_end(w);
    json_object_end(w);
    json_array_end(w);
}

/* ---- the rest ---- */

/* Several sources give the same vector: a CVE record has it once. */
static bool is_told_before(const struct catalog_record *record, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_eq(record->scores.at[i].vector, record->scores.at[at].vector))
            return true;
    return false;
}

static void put_indicator(const struct catalog_indicator *indicator, struct json_writer *w)
{
    json_object_begin(w);
    json_key(w, "other");
    json_object_begin(w);
    json_pair(w, "type",
              indicator->scale.len > 0 ? indicator->scale : STR("vendor threat indicator"));
    json_key(w, "content");
    json_object_begin(w);
    json_pair(w, "text", indicator->value);
    json_object_end(w);
    json_object_end(w);
    json_object_end(w);
}

static void begin_metrics(bool *has_begun, struct json_writer *w)
{
    if (*has_begun)
        return;
    json_key(w, "metrics");
    json_array_begin(w);
    *has_begun = true;
}

static void put_metrics(const struct catalog_record *record, struct json_writer *w)
{
    static const char *const keys[] = { [CVSS_2_0] = "cvssV2_0",
                                        [CVSS_3_0] = "cvssV3_0",
                                        [CVSS_3_1] = "cvssV3_1",
                                        [CVSS_4_0] = "cvssV4_0" };
    struct err ignored = { 0 };
    bool has_begun = false;
    struct cvss cvss;

    for (size_t i = 0; i < record->scores.len; i++) {
        if (record->scores.at[i].vector.len == 0 || is_told_before(record, i) ||
            !cvss_parse(record->scores.at[i].vector, &cvss, &ignored))
            continue;
        begin_metrics(&has_begun, w);
        json_object_begin(w);
        json_pair(w, "format", STR("CVSS"));
        json_key(w, keys[cvss.version]);
        cvss_write(&cvss, w);
        json_object_end(w);
    }
    for (size_t i = 0; i < record->indicators.len; i++) {
        begin_metrics(&has_begun, w);
        put_indicator(&record->indicators.at[i], w);
    }
    if (has_begun)
        json_array_end(w);
}

static void put_weaknesses(const struct catalog_record *record, struct json_writer *w)
{
    if (record->weaknesses.len == 0)
        return;
    json_key(w, "problemTypes");
    json_array_begin(w);
    for (size_t i = 0; i < record->weaknesses.len; i++) {
        json_object_begin(w);
        json_key(w, "descriptions");
        json_array_begin(w);
        json_object_begin(w);
        json_pair(w, "type", STR("CWE"));
        json_pair(w, "lang", STR("en"));
        json_pair(w, "cweId", record->weaknesses.at[i]);
        json_pair(w, "description", record->weaknesses.at[i]);
        json_object_end(w);
        json_array_end(w);
        json_object_end(w);
    }
    json_array_end(w);
}

/* What is no word of the CVE program is an extension of it. */
static void put_tag(struct json_writer *w, struct str kind)
{
    static const char *const known[] = { "broken-link",
                                         "customer-entitlement",
                                         "exploit",
                                         "government-resource",
                                         "issue-tracking",
                                         "mailing-list",
                                         "mitigation",
                                         "not-applicable",
                                         "patch",
                                         "permissions-required",
                                         "media-coverage",
                                         "product",
                                         "related",
                                         "release-notes",
                                         "signature",
                                         "technical-description",
                                         "third-party-advisory",
                                         "vendor-advisory",
                                         "vdb-entry" };
    struct buf buf = buf_new(w->buf->arena, 128);
    struct str word;

    for (size_t i = 0; i < kind.len && i < 64; i++) {
        char c = kind.ptr[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        buf_byte(&buf, c >= 'A' && c <= 'Z' ? (char)(c | 32) : is_letter ? c : '-');
    }
    word = buf_str(&buf);
    for (size_t i = 0; i < COUNT(known); i++) {
        if (str_eq_z(word, known[i])) {
            json_put_text(w, word);
            return;
        }
    }
    json_put_text(w, str_starts(word, STR("x-"))
                         ? arena_printf(w->buf->arena, "x_%.*s", STR_ARG(str_drop(word, 2)))
                         : arena_printf(w->buf->arena, "x_%.*s", STR_ARG(word)));
}

/* At least one: where none is told, where the CVE itself is described. */
static void put_references(const struct catalog_record *record, struct json_writer *w)
{
    size_t count = 0;

    json_key(w, "references");
    json_array_begin(w);
    for (size_t i = 0; i < record->references.len && count < REFERENCES_MAX; i++) {
        struct str rest = record->references.at[i].kind, kind;

        if (!csaf_is_uri(record->references.at[i].url))
            continue;
        count++;
        json_object_begin(w);
        json_pair(w, "url", record->references.at[i].url);
        if (rest.len > 0) {
            json_key(w, "tags");
            json_array_begin(w);
            while (to_next_kind(&rest, &kind))
                put_tag(w, kind);
            json_array_end(w);
        }
        json_object_end(w);
    }
    if (count == 0) {
        json_object_begin(w);
        json_pair(w, "url", url_of_cve(catalog_cve_of(record), w->buf->arena));
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_metadata(const struct catalog_record *record, struct json_writer *w)
{
    bool is_rejected = record->state != CATALOG_PUBLISHED;

    json_key(w, "cveMetadata");
    json_object_begin(w);
    json_pair(w, "cveId", catalog_cve_of(record));
    json_pair(w, "assignerOrgId", organisation(record->origin, w->buf->arena));
    if (record->origin.len >= 2 && record->origin.len <= 32)
        json_pair(w, "assignerShortName", record->origin);
    json_pair(w, "state", is_rejected ? STR("REJECTED") : STR("PUBLISHED"));
    to_put_time(w, "datePublished", record->published);
    to_put_time(w, "dateUpdated", record->modified);
    if (is_rejected)
        to_put_time(w, "dateRejected", record->withdrawn);
    json_object_end(w);
}

/* Who wrote this container is not the assigner: its words are another source's, brought into this shape here. */
static void put_provider(const struct catalog_record *record, struct json_writer *w)
{
    json_key(w, "providerMetadata");
    json_object_begin(w);
    json_pair(w, "orgId", organisation(record->origin, w->buf->arena));
    to_put_time(w, "dateUpdated", record->modified);
    json_object_end(w);
    json_key(w, "x_generator");
    json_object_begin(w);
    json_pair(w, "engine", STR("Noroshi " NOROSHI_VERSION));
    json_pair(w, "source", catalog_source_name(record->source));
    json_object_end(w);
}

static bool is_mark(struct str tag)
{
    return str_eq(tag, STR("disputed")) || str_eq(tag, STR("unsupported-when-assigned")) ||
           str_eq(tag, STR("exclusively-hosted-service")) || str_starts(tag, STR("x_"));
}

static void put_marks(const struct catalog_record *record, struct json_writer *w)
{
    bool is_told = false, has_some = record->is_disputed;

    for (size_t i = 0; i < record->tags.len; i++)
        has_some |= is_mark(record->tags.at[i]);
    if (!has_some)
        return;
    json_key(w, "tags");
    json_array_begin(w);
    for (size_t i = 0; i < record->tags.len; i++) {
        is_told |= str_eq(record->tags.at[i], STR("disputed"));
        if (is_mark(record->tags.at[i]))
            json_put_text(w, record->tags.at[i]);
    }
    if (record->is_disputed && !is_told)
        json_put_text(w, STR("disputed"));
    json_array_end(w);
}

static void put_published(const struct catalog_record *record, struct json_writer *w)
{
    json_pair(w, "title",
              str_take_code_points(to_text(record, TEXT_TITLE, STR("en"), true), TITLE_MAX));
    put_descriptions(record, "descriptions", w);
    put_products(record, w);
    put_weaknesses(record, w);
    put_metrics(record, w);
    put_impacts(record, w);
    put_if_any(record, TEXT_COUNTERMEASURE, "solutions", w);
    put_if_any(record, TEXT_WORKAROUND, "workarounds", w);
    if (record->configurations.len > 0) {
        json_key(w, "cpeApplicability");
        to_put_configurations(record, w);
    }
    put_marks(record, w);
    put_references(record, w);
}

void catalog_to_cve(const struct catalog_record *record, struct json_writer *w)
{
    json_object_begin(w);
    json_pair(w, "dataType", STR("CVE_RECORD"));
    json_pair(w, "dataVersion", STR("5.2"));
    put_metadata(record, w);
    json_key(w, "containers");
    json_object_begin(w);
    json_key(w, "cna");
    json_object_begin(w);
    put_provider(record, w);
    if (record->state == CATALOG_PUBLISHED)
        put_published(record, w);
    else
        put_descriptions(record, "rejectedReasons", w);
    json_object_end(w);
    json_object_end(w);
    json_object_end(w);
}
