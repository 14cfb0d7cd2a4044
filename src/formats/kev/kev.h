/* formats/kev/kev.h: CISA's catalogue of Known Exploited Vulnerabilities (JSON). Pure: text in, values out. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"
#include "formats/json/json.h"

struct err;

struct kev_item {
    struct str cve, vendor, product, name, description, action, notes;
    struct utc added, due; /* days: midnight UTC */
    bool is_ransomware;    /* known to be used in ransomware campaigns */
    struct {
        VEC_OF(struct str); /* "CWE-79" */
    } weaknesses;
};

/* The head of the catalogue, and its entries as they stand there. */
struct kev_catalog {
    struct str version; /* "2025.08.25" */
    struct utc released;
    struct json items;
};

/**
 * Reads the catalogue: its head is checked, and that as many entries are there as it says.
 * for (struct json_iter i = json_iter(catalog.items); json_next(&i, NULL, &json);) kev_item_read(json, ...);
 *
 * text  at most JSON_TEXT_MAX bytes
 * out   its texts live in arena
 * err   ERR_JSON_SYNTAX with line, ERR_TOO_LARGE, ERR_UNKNOWN_FORMAT (no KEV), ERR_CATALOG_RECORD (cut off)
 * Rule: VDB-01
 */
MUST_CHECK bool kev_read(struct str text, struct arena *arena, struct kev_catalog *out,
                         struct err *err);

/* One entry. ERR_CATALOG_RECORD with its CVE: that one cannot be used, the others may be. */
MUST_CHECK bool kev_item_read(struct json json, struct arena *arena, struct kev_item *out,
                              struct err *err);
