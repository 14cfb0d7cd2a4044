#include "domain/catalog/from_internal.h"

#include "base/err.h"

static const char *const metrics[] = { "cvssMetricV40", "cvssMetricV31", "cvssMetricV30",
                                       "cvssMetricV2" };

static void add_scores(struct catalog_record *record, struct json cve, struct arena *arena)
{
    struct json all = json_get(cve, "metrics"), metric;

    for (size_t k = 0; k < COUNT(metrics); k++)
        for (struct json_iter i = json_iter(json_get(all, metrics[k]));
             json_next(&i, NULL, &metric);)
            from_add_score(record, json_get(metric, "cvssData"),
                           json_text(json_get(metric, "source")),
                           str_eq(json_text(json_get(metric, "type")), STR("Primary")), arena);
    for (struct json_iter i = json_iter(json_get(all, "ssvcV203")); json_next(&i, NULL, &metric);)
        from_set_ssvc(record, json_get(json_get(metric, "ssvcData"), "options"));
}

static void add_weaknesses(struct catalog_record *record, struct json list, struct arena *arena)
{
    struct json weakness, description;

    for (struct json_iter i = json_iter(list); json_next(&i, NULL, &weakness);)
        for (struct json_iter d = json_iter(json_get(weakness, "description"));
             json_next(&d, NULL, &description);) {
            struct str value = json_text(json_get(description, "value"));

            from_add_weakness(record, value, arena);
            if (str_starts(value, STR("NVD-CWE-")))
                from_add(&record->tags, value, arena);
        }
}

/* What NVD's people add in prose. */
static void add_evaluation(struct catalog_record *record, struct json cve, struct arena *arena)
{
    static const struct {
        const char *key;
        enum catalog_text_kind kind;
    } parts[] = { { "evaluatorComment", TEXT_DESCRIPTION },
                  { "evaluatorImpact", TEXT_IMPACT },
                  { "evaluatorSolution", TEXT_COUNTERMEASURE } };

    for (size_t i = 0; i < COUNT(parts); i++)
        from_add_text(record, parts[i].kind, STR("en"), json_text(json_get(cve, parts[i].key)),
                      STR("nvd@nist.gov"), arena);
}

static void set_state(struct catalog_record *record, struct json cve, struct arena *arena)
{
    struct json tags, tag;

    if (str_eq_nocase(record->status, STR("Rejected")))
        record->state = CATALOG_REJECTED;
    for (struct json_iter i = json_iter(json_get(cve, "cveTags")); json_next(&i, NULL, &tags);)
        for (struct json_iter t = json_iter(json_get(tags, "tags")); json_next(&t, NULL, &tag);)
            from_add_tag(record, json_text(tag), arena);
}

static bool set_name(struct catalog_record *record, struct json cve, struct json overlay,
                     struct arena *arena, struct err *err)
{
    record->id = json_text(json_get(cve, "id"));
    record->origin = json_text(json_get(cve, "sourceIdentifier"));
    record->published = from_time(json_text(json_get(cve, "published")), arena);
    record->modified = from_time(json_text(json_get(cve, "lastModified")), arena);
    if (record->id.len == 0 && json_kind(overlay) == JSON_OBJECT) {
        record->is_overlay = true;
        record->id = json_text(json_get(overlay, "cve_id"));
        record->origin = json_text(json_get(overlay, "cna"));
        record->published = from_time(json_text(json_get(overlay, "published")), arena);
        record->modified = from_time(json_text(json_get(overlay, "modified")), arena);
    }
    return from_is_cve_id(record->id) ? true
                                      : FAIL(err, CATALOG_RECORD, STR("id: no CVE identifier"));
}

bool catalog_from_nvd(struct json object, struct arena *arena, struct catalog_record *out,
                      struct err *err)
{
    struct catalog_record record = { .source = SOURCE_NVD };
    struct json inner = json_get(object, "cve"), by;
    struct json cve = json_kind(inner) == JSON_OBJECT ? inner : object;

    if (json_kind(json_get(cve, "CVE_data_meta")) != JSON_NONE)
        return FAIL(err, CATALOG_RECORD, STR("a record of the NVD 1.1 feeds, which ended in 2023"));
    if (!set_name(&record, cve, json_get(object, "_annotation"), arena, err))
        return PASS(err);
    record.status = json_text(json_get(cve, "vulnStatus"));
    set_state(&record, cve, arena);
    from_add_texts(&record, TEXT_DESCRIPTION, json_get(cve, "descriptions"), record.origin, arena);
    add_evaluation(&record, cve, arena);
    add_scores(&record, cve, arena);
    add_weaknesses(&record, json_get(cve, "weaknesses"), arena);
    from_add_references(&record, json_get(cve, "references"), arena);
    if (!from_add_configurations(&record, json_get(cve, "configurations"), arena, err))
        return PASS(err);
    for (struct json_iter i = json_iter(json_get(cve, "affected")); json_next(&i, NULL, &by);)
        from_add_affected(&record, json_get(by, "affectedData"), arena);
    *out = record;
    return true;
}
