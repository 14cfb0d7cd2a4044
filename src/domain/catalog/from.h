/* domain/catalog/from.h: what each source's record means: one JSON object or XML element in, our record out; a CSAF document in, our records out. Texts point into the JSON or live in arena, so both must
 * live as long as the record. What a source does not say stays empty; what it says wrongly (a text where a list should be) counts as not said. */
#pragma once
#include "domain/catalog/record.h"
#include "formats/json/json.h"
#include "formats/jvnrss/jvnrss.h"
#include "formats/vuldef/vuldef.h"

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

struct catalog_records {
    VEC_OF(struct catalog_record);
};
/**
 * CSAF 2.0 and 2.1: a record for each vulnerability, named by the document's tracking id and, behind a '/', its CVE or its place from 1: other publishers speak about
 * the same CVE in documents of their own. Products are those of the tree; a status for one that the tree does not have is passed over.
 *
 * err    ERR_CATALOG_RECORD with what is missing, ERR_TOO_LARGE
 * Rule:  STD-01 (CSAF 2.0, section 3)
 */
MUST_CHECK bool catalog_from_csaf(struct json document, struct arena *arena,
                                  struct catalog_records *out, struct err *err);

/* ERR_CATALOG_RECORD without an id. Japanese words are JVN's own record; English ones stand beside it as an overlay. Versions are prose there and are taken where
 * every word is understood. Rule: STD-01, matching (JVN) */
MUST_CHECK bool catalog_from_jvnrss(const struct jvnrss_item *item, enum lang lang,
                                    struct arena *arena, struct catalog_record *out,
                                    struct err *err);
MUST_CHECK bool catalog_from_vuldef(const struct vuldef_info *info, enum lang lang,
                                    struct arena *arena, struct catalog_record *out,
                                    struct err *err);
