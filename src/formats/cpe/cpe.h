/* formats/cpe/cpe.h: CPE names: 2.3 formatted strings, 2.2 URIs, WFN (NISTIR 7695) and their relations (NISTIR 7696). Pure: text in, values out. */
#pragma once
#include "base/arena.h"

struct err;

enum { CPE_TEXT_MAX = 2048 };
enum cpe_attribute {
    CPE_PART,
    CPE_VENDOR,
    CPE_PRODUCT,
    CPE_VERSION,
    CPE_UPDATE,
    CPE_EDITION,
    CPE_LANGUAGE,
    CPE_SW_EDITION,
    CPE_TARGET_SW,
    CPE_TARGET_HW,
    CPE_OTHER,
    CPE_FIELDS
};

/* The attributes in the order of the formatted string, in lower case, escaped as the formatted string escapes them: "*" is ANY, "-" is NA. */
struct cpe {
    struct str field[CPE_FIELDS];
};

/**
 * Reads a formatted string such as "cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*", a URI such as "cpe:/a:vendor:product:1.0", or a WFN.
 *
 * text   at most CPE_TEXT_MAX bytes
 * out    filled on success, untouched on failure; points into text where that is in lower case already, else into arena
 * err    ERR_CPE_SYNTAX, ERR_TOO_LARGE
 * Rule:  STD-03 (NISTIR 7695, sections 5, 6.1 and 6.2)
 */
MUST_CHECK bool cpe_parse(struct str text, struct arena *arena, struct cpe *out, struct err *err);

struct str cpe_text(const struct cpe *cpe, struct arena *arena); /* the formatted string */
struct str cpe_uri(const struct cpe *cpe, struct arena *arena);  /* cpe:/, packed where needed */
struct str cpe_wfn(const struct cpe *cpe, struct arena *arena);  /* wfn:[part="a",…] */

bool cpe_is_any(struct str field);
bool cpe_is_na(struct str field);
/* What the attribute means, without the escapes: "1\\:2" is "1:2". In arena when it differs. */
struct str cpe_plain(struct str field, struct arena *arena);

/* How a criterion (source) relates to an asset's name (target). UNDEFINED: NISTIR 7696 gives no answer (a target with wildcards). */
enum cpe_relation { CPE_EQUAL, CPE_SUPERSET, CPE_SUBSET, CPE_DISJOINT, CPE_UNDEFINED };
enum cpe_relation cpe_field_relation(struct str source, struct str target);         /* table 6-2 */
enum cpe_relation cpe_relation(const struct cpe *source, const struct cpe *target); /* table 6-4 */
struct str cpe_relation_name(enum cpe_relation relation);                           /* "superset" */
