/* formats/csaf/csaf.h: advisories as CSAF 2.0 documents, and what a provider lays beside them. Pure: structs in, text out.
 * The words of the standard's enumerations ("known_affected", "vendor_fix") are plain text here; csaf_check.h judges them. */
#pragma once
#include "base/buf.h"
#include "base/utc.h"
#include "base/vec.h"

struct err;

struct csaf_texts {
    VEC_OF(struct str);
};
struct csaf_note {
    struct str category, title, text, audience;
};
struct csaf_notes {
    VEC_OF(struct csaf_note);
};
struct csaf_reference {
    struct str category, summary, url;
};
struct csaf_references {
    VEC_OF(struct csaf_reference);
};
struct csaf_acknowledgment {
    struct csaf_texts names, urls;
    struct str organization, summary;
};
struct csaf_acknowledgments {
    VEC_OF(struct csaf_acknowledgment);
};
struct csaf_publisher {
    struct str category, name, namespace_uri, contact_details, issuing_authority;
};
struct csaf_revision {
    struct utc date;
    struct str number, summary;
};
struct csaf_tracking {
    struct str id, status, version;
    struct utc initial_release_date, current_release_date;
    struct {
        VEC_OF(struct csaf_revision);
    } revision_history; /* oldest first */
    struct csaf_texts aliases;
    struct str generator_name, generator_version; /* left out without a name */
};

/* One line of the product tree; the writer makes branches vendor > product_name > product_version of them. */
struct csaf_product {
    struct str vendor, name;
    struct str version;    /* empty: the product as a whole */
    bool is_range;         /* version is a range such as "<4.2" or words: product_version_range */
    struct str full_name;  /* as people read it */
    struct str product_id; /* unique in the document */
    struct str cpe, purl;  /* may be empty */
};
struct csaf_score {
    struct str
        vector; /* CVSS 2.0, 3.0 or 3.1: score and severity are computed; CSAF 2.0 has no place for 4.0 */
    struct csaf_texts products;
};
struct csaf_remediation {
    struct str category, details, url;
    struct utc date;
    struct csaf_texts product_ids;
};
struct csaf_threat {
    struct str category, details;
    struct utc date;
    struct csaf_texts product_ids;
};
struct csaf_flag {
    struct str label;
    struct utc date;
    struct csaf_texts product_ids;
};
struct csaf_involvement {
    struct str party, status, summary;
    struct utc date;
};
struct csaf_id {
    struct str system_name, text;
};
struct csaf_vulnerability {
    struct str cve, title, cwe_id, cwe_name;
    struct {
        VEC_OF(struct csaf_id);
    } ids;
    struct utc discovery_date, release_date;
    struct csaf_notes notes;
    struct {
        struct csaf_texts known_affected, known_not_affected, fixed, under_investigation,
            recommended;
    } status;
    struct {
        VEC_OF(struct csaf_score);
    } scores;
    struct {
        VEC_OF(struct csaf_remediation);
    } remediations;
    struct {
        VEC_OF(struct csaf_threat);
    } threats;
    struct {
        VEC_OF(struct csaf_flag);
    } flags;
    struct {
        VEC_OF(struct csaf_involvement);
    } involvements;
    struct csaf_references references;
    struct csaf_acknowledgments acknowledgments;
};
struct csaf_document {
    struct str category, title, lang, source_lang;
    struct str tlp;               /* "WHITE"; empty: no distribution */
    struct str distribution_text; /* may be empty */
    struct csaf_publisher publisher;
    struct str severity,
        severity_namespace; /* aggregate_severity: the publisher's own word, and the URI that explains it */
    struct csaf_tracking tracking;
    struct csaf_notes notes;
    struct csaf_references references;
    struct csaf_acknowledgments acknowledgments;
    struct {
        VEC_OF(struct csaf_product);
    } products;
    struct {
        VEC_OF(struct csaf_vulnerability);
    } vulnerabilities;
};

/**
 * Appends the document as indented JSON with a line's end. Empty texts, times of 0 and empty lists are left out, so what is
 * not known is not claimed. Whether the document is a valid one is for csaf_check to say.
 *
 * err    ERR_CSAF_INVALID (a score that CSAF 2.0 cannot hold), ERR_CVSS_SYNTAX
 * Rule:  API-05 (CSAF 2.0, section 3)
 */
MUST_CHECK bool csaf_write(const struct csaf_document *document, struct buf *out, struct err *err);

/* Whether the text can stand where CSAF wants a URI: a scheme, and no character that would have to be written in another way. */
bool csaf_is_uri(struct str text);

/* "NRS#48213075" is "nrs_48213075.json" (CSAF 2.0, section 5.1). */
struct str csaf_file_name(struct str tracking_id, struct arena *arena);

/* What a provider lays beside its documents (CSAF 2.0, section 7.1). Path: from the folder of index.txt. */
struct csaf_entry {
    struct str id, title, summary;
    struct str path, url;
    struct utc published, updated;
};
struct csaf_entries {
    VEC_OF(struct csaf_entry);
};
void csaf_write_index(const struct csaf_entries *entries, struct buf *out); /* index.txt */
void csaf_write_changes(const struct csaf_entries *entries, struct arena *arena,
                        struct buf *out); /* changes.csv, latest first */

struct
    csaf_feed { /* ROLIE, section 7.1.15; hashes and, where signed, signatures lie beside each document's URL */
    struct str id, title, url;
    struct utc updated;
    bool has_sha256, has_sha512, has_signature;
    struct csaf_entries entries;
};
void csaf_write_feed(const struct csaf_feed *feed, struct buf *out);

struct csaf_provider_feed {
    struct str summary, tlp, url;
};
struct csaf_key {
    struct str fingerprint, url;
};
struct csaf_provider { /* provider-metadata.json, section 7.1.7 */
    struct str canonical_url;
    struct str role; /* "csaf_publisher", "csaf_provider", "csaf_trusted_provider" */
    struct utc last_updated;
    bool may_be_listed, may_be_mirrored; /* by aggregators */
    struct csaf_publisher publisher;
    struct {
        VEC_OF(struct csaf_provider_feed);
    } feeds;
    struct csaf_texts directory_urls;
    struct {
        VEC_OF(struct csaf_key);
    } keys;
};
void csaf_write_provider(const struct csaf_provider *provider, struct buf *out);
