#include "formats/kev/kev.h"
#include "base/err.h"
#include <string.h>

enum { WEAKNESSES_MAX = 64 };

bool kev_read(struct str text, struct arena *arena, struct kev_catalog *out, struct err *err)
{
    struct kev_catalog catalog;
    struct json json, items;

    if (!json_read(text, arena, &json, err))
        return PASS(err);
    items = json_get(json, "vulnerabilities");
    catalog.version = json_text(json_get(json, "catalogVersion"));
    catalog.items = items;
    if (json_kind(items) != JSON_ARRAY || catalog.version.len == 0)
        return FAIL(err, UNKNOWN_FORMAT, STR("KEV"));
    if (!utc_parse(json_text(json_get(json, "dateReleased")), &catalog.released, err))
        return PASS(err);
    if (json_int(json_get(json, "count"), -1) != (int64_t)json_count(items))
        return FAIL(err, CATALOG_RECORD, STR("count"));
    *out = catalog;
    return true;
}

/* "2025-01-29" as a day in UTC. */
static bool read_day(struct json json, struct utc *out, struct err *err)
{
    char instant[] = "0000-00-00T00:00:00Z";
    struct str day = json_text(json);

    if (day.len != 10)
        return FAIL(err, TIME_SYNTAX, day);
    memcpy(instant, day.ptr, 10);
    return utc_parse(str_from_z(instant), out, err) ? true : PASS(err);
}

bool kev_item_read(struct json json, struct arena *arena, struct kev_item *out, struct err *err)
{
    struct json_iter i = json_iter(json_get(json, "cwes"));
    struct kev_item item = { 0 };
    struct err why = { 0 };
    const struct {
        const char *key;
        struct str *to;
        bool is_required;
    } texts[] = {
        { "cveID", &item.cve, true },
        { "vendorProject", &item.vendor, true },
        { "product", &item.product, true },
        { "vulnerabilityName", &item.name, true },
        { "shortDescription", &item.description, true },
        { "requiredAction", &item.action, true },
        { "notes", &item.notes, false },
    };
    struct json cwe;

    for (size_t k = 0; k < COUNT(texts); k++) {
        *texts[k].to = json_text(json_get(json, texts[k].key));
        if (texts[k].is_required && !texts[k].to->ptr)
            return FAIL(err, CATALOG_RECORD,
                        arena_printf(arena, "%.*s: %s", STR_ARG(item.cve), texts[k].key));
    }
    if (!str_starts(item.cve, STR("CVE-")) ||
        !read_day(json_get(json, "dateAdded"), &item.added, &why) ||
        !read_day(json_get(json, "dueDate"), &item.due, &why))
        return FAIL(err, CATALOG_RECORD, item.cve);
    item.is_ransomware = str_eq_z(json_text(json_get(json, "knownRansomwareCampaignUse")), "Known");
    while (json_next(&i, NULL, &cwe) && item.weaknesses.len < WEAKNESSES_MAX)
        VEC_PUSH(arena, &item.weaknesses, json_text(cwe));
    *out = item;
    return true;
}
