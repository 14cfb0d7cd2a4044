/* domain/catalog/from.h: what each source's record means: one JSON object in, our record out. Texts point into the JSON or live in arena, so both must
 * live as long as the record. What a source does not say stays empty; what it says wrongly (a text where a list should be) counts as not said. */
#pragma once
#include "domain/catalog/record.h"
#include "formats/json/json.h"

/* ERR_CATALOG_RECORD with what is missing. */
typedef bool catalog_from(struct json object, struct arena *arena, struct catalog_record *out,
                          struct err *err);

/**
 * NVD API 2.0: an element of `vulnerabilities`, or the `cve` in it. An object without an id but with an annotation that names one is an overlay: somebody's
 * addition to NVD's record.
 * Rule: STD-01, matching 4.4
 */
catalog_from catalog_from_nvd;
/* CVE Record Format 5.0 to 5.2 with the containers of ADPs. Rule: STD-01, matching 4.5 */
catalog_from catalog_from_cve;
/* OSV 1.x. Rule: STD-01, matching 4.8 */
catalog_from catalog_from_osv;
