/* domain/catalog/to.h: a record in the formats that others read: what the format has a place for, and nothing that the record does not say. Pure: a record in,
 * text out. A record that came in the format is not written with these: its source's own bytes are kept (catalog_source_text). Rule: API-05, STD-01 */
#pragma once
#include "base/tr.h"
#include "domain/catalog/entry.h"

struct json_writer;
struct vuldef_info;

/* Who converts; its texts stand in formats that name a publisher. */
struct catalog_publisher {
    struct str name, namespace_uri; /* of CSAF: an https address */
    struct str url;                 /* of the portal, without a slash at the end */
};

/**
 * What all records of an entry say as one record, for formats with one place for each thing: its name is the entry's; state, dates and each kind of text in each
 * language are the first telling's that has them, lists are put together, configurations are those of the first that has any. Texts and scores still say who
 * gives them. tellings: at least one; borrowed.
 */
struct catalog_record catalog_whole(const struct catalog_entry *entry,
                                    const struct catalog_tellings *tellings, struct arena *arena);
/* The CVE that a record is about: its id or its one alias; empty when there is none, or several. */
struct str catalog_cve_of(const struct catalog_record *record);

/* OSV 1.7: packages of ecosystems that OSV knows; a range that excludes its beginning has no place there and begins at it. */
void catalog_to_osv(const struct catalog_record *record, struct json_writer *w);
/* NVD 2.0: an element of `vulnerabilities`. kev: NULL when it is not in that catalogue */
void catalog_to_nvd(const struct catalog_record *record, const struct catalog_exploited *kev,
                    struct json_writer *w);
/* CVE Record Format 5.2; the record must be about one CVE. The format wants identifiers of organisations: those that are not told are made of the name that is. */
void catalog_to_cve(const struct catalog_record *record, struct json_writer *w);
/* The words in `lang`, else those there are. */
void catalog_to_vuldef(const struct catalog_record *record, enum lang lang, struct arena *arena,
                       struct vuldef_info *out);
/* CSAF 2.0 of a publisher of the category "other": ERR_TOO_LARGE, ERR_CSAF_INVALID */
MUST_CHECK bool catalog_to_csaf(const struct catalog_record *record,
                                const struct catalog_publisher *publisher, struct buf *out,
                                struct err *err);
/* Everything that is known of an entry, telling by telling, each field with who says it: docs/schemas/record.schema.json. */
void catalog_to_json(const struct catalog_entry *entry, const struct catalog_tellings *tellings,
                     const struct catalog_exploited *kev, const struct catalog_chances *chances,
                     struct json_writer *w);
