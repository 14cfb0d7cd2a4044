/* domain/catalog/cpe_names.h: NVD's dictionary of CPE names and its match criteria, as they came. Rule: VDB-06, STD-03 */
#pragma once
#include "domain/catalog/catalog.h"
#include "domain/catalog/nvd.h"
#include "formats/json/json.h"

enum { CPE_ENTRY_MAX = 16 << 20 }; /* bytes of one entry */

/* One entry of either, as a reader found it. */
struct cpe_entry {
    bool is_match; /* of the criteria */
    struct str id, name;
    struct utc created, modified;
    struct str words; /* titles; empty for criteria */
    struct str
        packed; /* the element whole, {"cpe": …} or {"matchString": …} (formats/archive/pack.h) */
};
/* An element of `products` or of `matchStrings`, all but packed. ERR_CATALOG_RECORD with what is missing */
MUST_CHECK bool cpe_entry_from(struct json object, struct arena *arena, struct cpe_entry *out,
                               struct err *err);
/* The one with the later date stays. ERR_STORE */
MUST_CHECK bool cpe_entry_put(struct tx *tx, const struct cpe_entry *entry, struct arena *arena,
                              enum catalog_change *out, struct err *err);

struct cpe_query {
    struct str id; /* empty: any */
    struct str
        words; /* each begins a word of the title or stands in the name; is_phrase: all of it stands so; for names alone */
    bool is_phrase;
    struct nvd_name name; /* its vendor must be told */
    struct nvd_time modified;
    const struct catalog_strings
        *ids; /* these, in their order; then nothing else counts. NULL: any */
    size_t offset, limit;
};
/* Ids of a page: names by the date they were made, criteria by that of their last change; then by id. ERR_STORE, ERR_ARCHIVE */
MUST_CHECK bool cpe_list(struct tx *tx, bool is_match, const struct cpe_query *query,
                         struct arena *arena, struct catalog_strings *out, int64_t *total,
                         struct err *err);
/* The element whole. ERR_ABSENT, ERR_STORE, ERR_ARCHIVE */
MUST_CHECK bool cpe_entry_json(struct tx *tx, bool is_match, struct str id, struct arena *arena,
                               struct str *out, struct err *err);
/* The names that a criterion matches, and the criteria of a CVE. Both empty when there is no such. ERR_STORE, ERR_ARCHIVE, ERR_CATALOG_RECORD */
MUST_CHECK bool cpe_names_of_match(struct tx *tx, struct str id, struct arena *arena,
                                   struct catalog_strings *out, struct err *err);
MUST_CHECK bool cpe_matches_of_cve(struct tx *tx, struct str cve, struct arena *arena,
                                   struct catalog_strings *out, struct err *err);
