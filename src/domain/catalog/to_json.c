#include "domain/catalog/to_internal.h"

#include "formats/cvss/cvss.h"

/* ---- words ---- */

static struct str kind_word(enum catalog_text_kind kind)
{
    static const char *const words[] = { [TEXT_TITLE] = "title",
                                         [TEXT_DESCRIPTION] = "description",
                                         [TEXT_IMPACT] = "impact",
                                         [TEXT_COUNTERMEASURE] = "countermeasure",
                                         [TEXT_WORKAROUND] = "workaround" };

    return str_from_z(words[kind]);
}

static void put_flag(struct json_writer *w, const char *key, bool flag)
{
    json_key(w, key);
    json_put_bool(w, flag);
}

/* ---- parts of a telling ---- */

static void put_texts(const struct catalog_record *record, struct json_writer *w)
{
    json_key(w, "texts");
    json_array_begin(w);
    for (size_t i = 0; i < record->texts.len; i++) {
        const struct catalog_text *text = &record->texts.at[i];

        json_object_begin(w);
        json_pair(w, "kind", kind_word(text->kind));
        json_pair(w, "lang", text->lang);
        json_pair(w, "text", text->text);
        json_pair(w, "by", text->by);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_indicators(const struct catalog_record *record, struct json_writer *w)
{
    if (record->indicators.len == 0)
        return;
    json_key(w, "indicators");
    json_array_begin(w);
    for (size_t i = 0; i < record->indicators.len; i++) {
        json_object_begin(w);
        json_pair(w, "by", record->indicators.at[i].by);
        json_pair(w, "scale", record->indicators.at[i].scale);
        json_pair(w, "value", record->indicators.at[i].value);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_scores(const struct catalog_record *record, struct json_writer *w)
{
    json_key(w, "scores");
    json_array_begin(w);
    for (size_t i = 0; i < record->scores.len; i++) {
        const struct catalog_score *score = &record->scores.at[i];

        json_object_begin(w);
        json_pair(w, "version", score->version);
        json_pair(w, "vector", score->vector);
        if (score->tenths != CVSS_NO_SCORE) {
            json_key(w, "base");
            json_put_tenths(w, score->tenths);
        }
        put_flag(w, "primary", score->is_primary);
        json_pair(w, "by", score->by);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_span(const struct span *span, struct json_writer *w)
{
    json_object_begin(w);
    json_pair(w, "status", to_status_word(span->status));
    json_pair(w, "scheme", span->is_git ? STR("git") : version_scheme_name(span->scheme));
    json_pair(w, "from", span->from);
    if (span->from_is_excluded)
        put_flag(w, "fromExcluded", true);
    json_pair(w, "to", span->to);
    if (span->to.len > 0)
        put_flag(w, "toIncluded", span->to_is_included);
    if (span->to_is_fix)
        put_flag(w, "toIsFix", true);
    json_object_end(w);
}

static void put_affected(const struct affected *affected, struct json_writer *w)
{
    json_object_begin(w);
    json_pair(w, "ecosystem", affected->ecosystem);
    json_pair(w, "release", affected->release);
    json_pair(w, "name", affected->name);
    json_pair(w, "purl", affected->purl);
    json_pair(w, "vendor", affected->vendor);
    json_pair(w, "product", affected->product);
    json_pair(w, "severity", affected->severity);
    json_pair(w, "default", to_status_word(affected->default_status));
    json_key(w, "versions");
    json_array_begin(w);
    for (size_t i = 0; i < affected->spans.len; i++)
        put_span(&affected->spans.at[i], w);
    json_array_end(w);
    to_put_texts(w, "platforms", &affected->platforms);
    to_put_texts(w, "modules", &affected->modules);
    to_put_texts(w, "files", &affected->files);
    to_put_texts(w, "routines", &affected->routines);
    json_object_end(w);
}

static void put_references(const struct catalog_record *record, struct json_writer *w)
{
    json_key(w, "references");
    json_array_begin(w);
    for (size_t i = 0; i < record->references.len; i++) {
        json_object_begin(w);
        json_pair(w, "url", record->references.at[i].url);
        json_pair(w, "kind", record->references.at[i].kind);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_ssvc(const struct ssvc_points *ssvc, struct json_writer *w)
{
    if (ssvc->exploitation.len + ssvc->automatable.len + ssvc->technical_impact.len == 0)
        return;
    json_key(w, "ssvc");
    json_object_begin(w);
    json_pair(w, "exploitation", ssvc->exploitation);
    json_pair(w, "automatable", ssvc->automatable);
    json_pair(w, "technicalImpact", ssvc->technical_impact);
    json_object_end(w);
}

static void put_record(const struct catalog_record *record, struct json_writer *w)
{
    json_pair(w, "status", record->status);
    json_pair(w, "state", catalog_state_name(record->state));
    put_flag(w, "disputed", record->is_disputed);
    put_flag(w, "overlay", record->is_overlay);
    to_put_time(w, "published", record->published);
    to_put_time(w, "modified", record->modified);
    to_put_time(w, "withdrawn", record->withdrawn);
    to_put_texts(w, "aliases", &record->aliases);
    to_put_texts(w, "upstream", &record->upstream);
    to_put_texts(w, "related", &record->related);
    to_put_texts(w, "weaknesses", &record->weaknesses);
    to_put_texts(w, "tags", &record->tags);
    put_texts(record, w);
    put_scores(record, w);
    put_indicators(record, w);
    put_references(record, w);
    json_key(w, "affected");
    json_array_begin(w);
    for (size_t i = 0; i < record->affected.len; i++)
        put_affected(&record->affected.at[i], w);
    json_array_end(w);
    json_key(w, "configurations");
    to_put_configurations(record, w);
    put_ssvc(&record->ssvc, w);
}

static void put_telling(const struct catalog_told *told, struct json_writer *w)
{
    json_object_begin(w);
    json_pair(w, "source", catalog_source_name(told->record.source));
    json_pair(w, "origin", told->record.origin);
    json_pair(w, "id", told->record.id);
    json_pair(w, "format", told->format);
    to_put_time(w, "first", told->first);
    to_put_time(w, "last", told->last);
    put_record(&told->record, w);
    json_object_end(w);
}

/* ---- the entry ---- */

static void put_score(const struct catalog_entry *entry, struct json_writer *w)
{
    json_pair(w, "severity", catalog_severity_name(entry->severity));
    if (entry->tenths == CVSS_NO_SCORE)
        return;
    json_key(w, "score");
    json_object_begin(w);
    json_pair(w, "version", entry->score_version);
    json_key(w, "base");
    json_put_tenths(w, entry->tenths);
    json_object_end(w);
}

static void put_kev(const struct catalog_exploited *kev, struct json_writer *w)
{
    if (!kev->is_there)
        return;
    json_key(w, "kev");
    json_object_begin(w);
    to_put_time(w, "added", kev->added);
    to_put_time(w, "due", kev->due);
    put_flag(w, "ransomware", kev->is_ransomware);
    json_pair(w, "vendor", kev->vendor);
    json_pair(w, "product", kev->product);
    json_pair(w, "name", kev->name);
    json_pair(w, "action", kev->action);
    json_pair(w, "notes", kev->notes);
    json_object_end(w);
}

static void put_epss(const struct catalog_chances *chances, struct json_writer *w)
{
    enum { DIGITS = 5 };

    if (chances->len == 0)
        return;
    json_key(w, "epss");
    json_array_begin(w);
    for (size_t i = 0; i < chances->len; i++) {
        json_object_begin(w);
        to_put_time(w, "date", chances->at[i].date);
        json_key(w, "score");
        json_put_decimal(w, chances->at[i].score, DIGITS);
        if (chances->at[i].percentile >= 0) {
            json_key(w, "percentile");
            json_put_decimal(w, chances->at[i].percentile, DIGITS);
        }
        json_object_end(w);
    }
    json_array_end(w);
}

void catalog_to_json(const struct catalog_entry *entry, const struct catalog_tellings *tellings,
                     const struct catalog_exploited *kev, const struct catalog_chances *chances,
                     struct json_writer *w)
{
    json_object_begin(w);
    json_pair(w, "name", entry->name);
    json_pair(w, "number", entry->number);
    json_key(w, "title");
    json_object_begin(w);
    json_pair(w, "ja", entry->title_ja);
    json_pair(w, "en", entry->title_en);
    json_object_end(w);
    json_pair(w, "state", catalog_state_name(entry->state));
    put_flag(w, "disputed", entry->is_disputed);
    put_flag(w, "embedded", entry->is_embedded);
    put_flag(w, "standard", entry->is_standard);
    to_put_time(w, "published", entry->published);
    to_put_time(w, "modified", entry->modified);
    to_put_time(w, "taken", entry->taken);
    put_score(entry, w);
    put_kev(kev, w);
    put_epss(chances, w);
    json_key(w, "tellings");
    json_array_begin(w);
    for (size_t i = 0; i < tellings->len; i++)
        put_telling(&tellings->at[i], w);
    json_array_end(w);
    json_object_end(w);
}
