/* domain/catalog/from_internal.h: what the readers of sources share. For from_*.c, and for advisory/to_catalog.c: our own advisories are a source too. */
#pragma once
#include "domain/catalog/from.h"

/* "CVE-2024-3094": four digits, then four to nineteen. */
bool from_is_cve_id(struct str id);
/* An id that can be shown and asked for: 1 to CATALOG_ID_MAX bytes without blanks or controls. */
bool from_is_id(struct str id);
/* A time with or without zone (then UTC), or a day; none when it is something else or before 1970. */
struct utc from_time(struct str text, struct arena *arena);
/* Adds what is not there yet; empty texts are left out. */
void from_add(struct catalog_strings *list, struct str text, struct arena *arena);
/* Each once; what is empty or too long to be one is left out. */
void from_add_indicator(struct catalog_record *record, struct str by, struct str scale,
                        struct str value, struct arena *arena);
void from_add_all(struct catalog_strings *list, struct json texts, struct arena *arena);
/* "CWE-79" at the start of the text; what is no number of CWE ("NVD-CWE-Other") is left out. */
void from_add_weakness(struct catalog_record *record, struct str text, struct arena *arena);
/* A mark of CVE's and NVD's: "disputed", "unsupported-when-assigned". */
void from_add_tag(struct catalog_record *record, struct str tag, struct arena *arena);
void from_add_text(struct catalog_record *record, enum catalog_text_kind kind, struct str lang,
                   struct str text, struct str by, struct arena *arena);
/* [{"lang": …, "value": …}] */
void from_add_texts(struct catalog_record *record, enum catalog_text_kind kind, struct json list,
                    struct str by, struct arena *arena);
/* A score of CVSS as CVE and NVD both write it: {"version", "vectorString", "baseScore"} */
void from_add_score(struct catalog_record *record, struct json cvss, struct str by, bool is_primary,
                    struct arena *arena);
/* "CVSS:3.1/…": "3.1"; without a prefix "2.0" */
struct str from_cvss_version(struct str vector);
/* [{"url": …, "tags": [ … ]}] */
void from_add_references(struct catalog_record *record, struct json list, struct arena *arena);
/* [{"Exploitation": "none"}, {"Automatable": "no"}, …], however its words are spelled */
void from_set_ssvc(struct catalog_record *record, struct json options);
/* [{"operator", "negate", "nodes": [{"operator", "negate", "cpeMatch": [ … ]}]}]. ERR_CATALOG_RECORD when it is deeper than CATALOG_DEPTH_MAX */
MUST_CHECK bool from_add_configurations(struct catalog_record *record, struct json list,
                                        struct arena *arena, struct err *err);
/* {"criteria": …, "versionStartIncluding": …}, an element of `cpeMatch` */
struct criterion from_criterion(struct json match);
/* CVE's `affected`, also in NVD's own records. */
void from_add_affected(struct catalog_record *record, struct json list, struct arena *arena);
/* One statement about versions in words: affected, or unknown with the words themselves as its bounds where they are not understood. Points into text. */
struct span from_phrase(struct str text, enum version_scheme scheme);
/* A CPE name in any binding as a formatted string; empty when it is none. */
struct str from_cpe(struct str text, struct arena *arena);
/* "CVE-…" goes where aliases go; several make an advisory of the record, which is not the same as any one of them: upstream. */
void from_add_names(struct catalog_record *record, const struct catalog_strings *cves);
/* A score whose vector is all that is given: the base score is worked out. */
void from_add_vector(struct catalog_record *record, struct str vector, struct str by,
                     struct arena *arena);
