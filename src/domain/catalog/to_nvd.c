#include "domain/catalog/to_internal.h"

#include "base/err.h"
#include "formats/cvss/cvss.h"

/* NVD's times have milliseconds and no zone. */
static void put_time(struct json_writer *w, const char *key, struct utc t)
{
    struct civil c = utc_to_civil(t);

    json_pair(w, key,
              arena_printf(w->buf->arena, "%04d-%02d-%02dT%02d:%02d:%02d.%03d", c.year, c.month,
                           c.day, c.hour, c.minute, c.second, (int)(t.ms % UTC_SECOND)));
}

static void put_day(struct json_writer *w, const char *key, struct utc t)
{
    struct civil c = utc_to_civil(t);

    if (t.ms != 0)
        json_pair(w, key, arena_printf(w->buf->arena, "%04d-%02d-%02d", c.year, c.month, c.day));
}

/* One of the words that NVD has; of other sources' records nobody there has spoken yet. */
static struct str status_of(const struct catalog_record *record)
{
    static const char *const known[] = { "Received", "Awaiting Analysis", "Undergoing Analysis",
                                         "Analyzed", "Modified",          "Deferred",
                                         "Rejected" };

    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq_z(record->status, known[i]))
            return record->status;
    return record->state == CATALOG_PUBLISHED ? STR("Received") : STR("Rejected");
}

/* NVD has no titles: where a record has nothing else, its title describes it, and its number where there is not even that. */
static void put_descriptions(const struct catalog_record *record, struct json_writer *w)
{
    struct str title = to_text(record, TEXT_TITLE, STR("en"), true);
    bool has_some = false;

    json_key(w, "descriptions");
    json_array_begin(w);
    for (size_t i = 0; i < record->texts.len; i++) {
        const struct catalog_text *text = &record->texts.at[i];

        if (text->kind != TEXT_DESCRIPTION)
            continue;
        json_object_begin(w);
        json_pair(w, "lang", text->lang);
        json_pair(w, "value", text->text);
        json_object_end(w);
        has_some = true;
    }
    if (!has_some) {
        json_object_begin(w);
        json_pair(w, "lang", STR("en"));
        json_pair(w, "value", title.len > 0 ? title : record->id);
        json_object_end(w);
    }
    json_array_end(w);
}

/* ---- scores ---- */

/* Whose score it is, as far as it is told. */
static struct str speaker(const struct catalog_record *record, const struct catalog_score *score)
{
    if (score->by.len > 0)
        return score->by;
    return record->origin.len > 0 ? record->origin : catalog_source_name(record->source);
}

static void put_metric(const struct catalog_record *record, const struct catalog_score *score,
                       struct json_writer *w)
{
    json_object_begin(w);
    json_pair(w, "source", speaker(record, score));
    json_pair(w, "type", score->is_primary ? STR("Primary") : STR("Secondary"));
    json_key(w, "cvssData");
    to_put_cvss(score, w);
    if (str_eq(score->version, STR("2.0")) && score->tenths != CVSS_NO_SCORE)
        json_pair(w, "baseSeverity", cvss_severity_word(cvss_severity(score->tenths, CVSS_2_0)));
    json_object_end(w);
}

/* Every metric of NVD's has one: told, or worked out from the vector. */
static bool has_number(const struct catalog_score *score)
{
    struct err ignored = { 0 };
    struct cvss cvss;

    return score->tenths != CVSS_NO_SCORE ||
           (score->vector.len > 0 && cvss_parse(score->vector, &cvss, &ignored));
}

static void put_metrics(const struct catalog_record *record, struct json_writer *w)
{
    static const struct {
        const char *version, *key;
    } lists[] = { { "4.0", "cvssMetricV40" },
                  { "3.1", "cvssMetricV31" },
                  { "3.0", "cvssMetricV30" },
                  { "2.0", "cvssMetricV2" } };

    json_key(w, "metrics");
    json_object_begin(w);
    for (size_t v = 0; v < COUNT(lists); v++) {
        bool has_begun = false;

        for (size_t i = 0; i < record->scores.len; i++) {
            if (!str_eq_z(record->scores.at[i].version, lists[v].version) ||
                !has_number(&record->scores.at[i]))
                continue;
            if (!has_begun) {
                json_key(w, lists[v].key);
                json_array_begin(w);
                has_begun = true;
            }
            put_metric(record, &record->scores.at[i], w);
        }
        if (has_begun)
            json_array_end(w);
    }
    json_object_end(w);
}

/* ---- the rest ---- */

static void put_kev(const struct catalog_exploited *kev, struct json_writer *w)
{
    if (!kev || !kev->is_there)
        return;
    put_day(w, "cisaExploitAdd", kev->added);
    put_day(w, "cisaActionDue", kev->due);
    json_pair(w, "cisaRequiredAction", kev->action);
    json_pair(w, "cisaVulnerabilityName", kev->name);
}

static bool is_weakness(struct str tag) { return str_starts(tag, STR("NVD-CWE-")); }

static void put_tags(const struct catalog_record *record, struct json_writer *w)
{
    size_t count = 0;

    for (size_t i = 0; i < record->tags.len; i++)
        count += !is_weakness(record->tags.at[i]);
    json_key(w, "cveTags");
    json_array_begin(w);
    if (count > 0 || record->is_disputed) {
        json_object_begin(w);
        json_pair(w, "sourceIdentifier", record->origin);
        json_key(w, "tags");
        json_array_begin(w);
        for (size_t i = 0; i < record->tags.len; i++)
            if (!is_weakness(record->tags.at[i]))
                json_put_text(w, record->tags.at[i]);
        if (count == 0)
            json_put_text(w, STR("disputed"));
        json_array_end(w);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_weakness(struct json_writer *w, struct str weakness)
{
    json_object_begin(w);
    json_pair(w, "lang", STR("en"));
    json_pair(w, "value", weakness);
    json_object_end(w);
}

static void put_weaknesses(const struct catalog_record *record, struct json_writer *w)
{
    bool has_tag = false;

    for (size_t i = 0; i < record->tags.len; i++)
        has_tag |= is_weakness(record->tags.at[i]);
    if (record->weaknesses.len == 0 && !has_tag)
        return;
    json_key(w, "weaknesses");
    json_array_begin(w);
    json_object_begin(w);
    json_pair(w, "source", record->origin);
    json_pair(w, "type", STR("Secondary"));
    json_key(w, "description");
    json_array_begin(w);
    for (size_t i = 0; i < record->weaknesses.len; i++)
        put_weakness(w, record->weaknesses.at[i]);
    for (size_t i = 0; i < record->tags.len; i++)
        if (is_weakness(record->tags.at[i]))
            put_weakness(w, record->tags.at[i]);
    json_array_end(w);
    json_object_end(w);
    json_array_end(w);
}

static void put_reference(const struct catalog_record *record,
                          const struct catalog_reference *reference, struct json_writer *w)
{
    struct str rest = reference->kind, kind;

    json_object_begin(w);
    json_pair(w, "url", reference->url);
    json_pair(w, "source", record->origin);
    if (reference->kind.len > 0) {
        json_key(w, "tags");
        json_array_begin(w);
        while (to_next_kind(&rest, &kind))
            json_put_text(w, kind);
        json_array_end(w);
    }
    json_object_end(w);
}

static void put_affected(const struct catalog_record *record, struct json_writer *w)
{
    if (record->affected.len == 0)
        return;
    json_key(w, "affected");
    json_array_begin(w);
    json_object_begin(w);
    json_pair(w, "source", record->origin);
    json_key(w, "affectedData");
    json_array_begin(w);
    for (size_t i = 0; i < record->affected.len; i++)
        to_put_product(&record->affected.at[i], w);
    json_array_end(w);
    json_object_end(w);
    json_array_end(w);
}

void catalog_to_nvd(const struct catalog_record *record, const struct catalog_exploited *kev,
                    struct json_writer *w)
{
    json_object_begin(w);
    json_key(w, "cve");
    json_object_begin(w);
    json_pair(w, "id", catalog_cve_of(record));
    json_pair(w, "sourceIdentifier", record->origin);
    put_time(w, "published", record->published.ms ? record->published : record->modified);
    put_time(w, "lastModified", record->modified.ms ? record->modified : record->published);
    json_pair(w, "vulnStatus", status_of(record));
    put_kev(kev, w);
    put_tags(record, w);
    put_descriptions(record, w);
    put_affected(record, w);
    put_metrics(record, w);
    put_weaknesses(record, w);
    if (record->configurations.len > 0) {
        json_key(w, "configurations");
        to_put_configurations(record, w);
    }
    json_key(w, "references");
    json_array_begin(w);
    for (size_t i = 0; i < record->references.len; i++)
        put_reference(record, &record->references.at[i], w);
    json_array_end(w);
    json_object_end(w);
    json_object_end(w);
}
