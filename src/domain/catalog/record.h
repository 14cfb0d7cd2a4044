/* domain/catalog/record.h: what a record of a known vulnerability is, whatever its source: the superset of CVE 5, NVD, OSV, CSAF and VULDEF that
 * search, matching and interfaces ask. One source's words about one vulnerability stand in one record; records about the same
 * vulnerability are linked by alias, never merged away. Texts are UTF-8, checked where they came in. Rule: VDB-01, STD-01 */
#pragma once
#include "base/utc.h"
#include "base/vec.h"
#include "formats/version/version.h"

struct buf;
struct err;

enum catalog_source {
    SOURCE_NVD,
    SOURCE_CVE,
    SOURCE_OSV,
    SOURCE_CSAF,
    SOURCE_JVN,
    SOURCE_OURS,
    CATALOG_SOURCES
};
enum catalog_state {
    CATALOG_PUBLISHED,
    CATALOG_REJECTED, /* CVE: rejected */
    CATALOG_WITHDRAWN /* OSV: withdrawn */
};
enum catalog_text_kind {
    TEXT_TITLE,
    TEXT_DESCRIPTION,
    TEXT_IMPACT,
    TEXT_COUNTERMEASURE,
    TEXT_WORKAROUND
};

struct catalog_strings {
    VEC_OF(struct str);
};
struct catalog_text {
    enum catalog_text_kind kind;
    struct str lang; /* "en", "ja" */
    struct str text;
    struct str by; /* who says so: "cna", "CISA-ADP", a source identifier; may be empty */
};
struct catalog_score {
    struct str by;      /* "nvd@nist.gov", "cna" */
    struct str vector;  /* as given; the version stands in it, but for 2.0 */
    struct str version; /* "2.0" "3.0" "3.1" "4.0" */
    int tenths;         /* base score as given, or CVSS_NO_SCORE */
    bool is_primary;
};
/* How grave it is in the words of who gives them, beside CVSS: "Important", by Red Hat's own scale. Rule: STD-13 */
struct catalog_indicator {
    struct str by;    /* who says so */
    struct str scale; /* what kind of word it is, or where that is explained; may be empty */
    struct str value;
};
struct catalog_indicators {
    VEC_OF(struct catalog_indicator);
};
struct catalog_reference {
    struct str url;
    struct str
        kind; /* in the source's words: "ADVISORY", "Patch", "exploit"; several with ',' between */
};

/* ---- which versions: spans of a scheme's order ---- */
enum span_status { SPAN_AFFECTED, SPAN_UNAFFECTED, SPAN_UNKNOWN };
/* from <= v <= to, where an empty bound is none. One named version is a span with from = to and both included. */
struct span {
    enum span_status status;
    enum version_scheme scheme;
    bool is_git;           /* bounds are commits: they have no order here, only equality */
    bool from_is_excluded; /* v > from instead of v >= from */
    bool to_is_included;   /* v <= to instead of v < to */
    bool to_is_fix;        /* `to` is the first version that has the correction (OSV: fixed) */
    struct str from, to;
};
/* One package or product, as a language or distribution package (ecosystem, name) or by its maker's words (vendor, product), or both. */
struct affected {
    struct str
        ecosystem; /* OSV's word without its suffix: "npm", "PyPI", "Debian"; empty when unknown */
    struct str release; /* the suffix: "12", "v3.20", "22.04:LTS"; empty: all or none */
    struct str name;    /* the package, as its ecosystem writes it ("group:artifact" for Maven) */
    struct str purl;    /* without version; may be empty */
    struct str vendor, product;
    struct str severity; /* the distribution's own word for this package; may be empty */
    /* The first span that holds the version decides; when none does, the default. OSV: default SPAN_UNAFFECTED, all spans AFFECTED. CVE 5.x: the
     * entries in their order, each with `changes` already cut into consecutive spans. */
    enum span_status default_status;
    struct {
        VEC_OF(struct span);
    } spans;
    /* narrow the statement: what it runs on ("Windows", "ARM"), and which parts of it are wrong */
    struct catalog_strings platforms, modules, files, routines;
};

/* ---- CPE configurations, as trees: matching 4.4 ---- */
struct criterion {
    struct str cpe; /* formatted string */
    struct str id;  /* matchCriteriaId; may be empty */
    bool is_vulnerable;
    bool from_is_excluded, to_is_included;
    struct str from, to; /* bounds of the version; empty: none */
};
struct configuration {
    bool is_and, is_negated;
    struct {
        VEC_OF(struct criterion);
    } criteria;
    struct {
        VEC_OF(struct configuration); /* NVD 2.0: the nodes; NVD 1.1: children, deeper */
    } nodes;
    struct catalog_strings
        platforms; /* of an outermost one, in words: see affected; they stand beside a CVE record's CPE names */
};

/* CISA's points of decision in the ADP container; empty: not given. */
struct ssvc_points {
    struct str exploitation, automatable, technical_impact; /* "active", "yes", "total" */
};

struct catalog_record {
    enum catalog_source source;
    struct str id; /* in its source: CVE-…, GHSA-…, DSA-…, JVNDB-… */
    struct str
        origin; /* finer than the source: the assigner, the database that wrote it ("GHSA", "Debian", "cve@mitre.org"); may be empty */
    struct str
        status; /* the source's own word: "Analyzed", "Deferred", "PUBLISHED"; may be empty */
    enum catalog_state state;
    bool is_disputed;
    struct utc published, modified, withdrawn;
    struct catalog_strings aliases;  /* the same flaw: only these collapse */
    struct catalog_strings upstream; /* OSV: this record is about a downstream copy of those */
    struct catalog_strings related;
    struct catalog_strings weaknesses; /* "CWE-79" */
    struct catalog_strings tags; /* what its source marks it with: "disputed", "NVD-CWE-Other" */
    struct {
        VEC_OF(struct catalog_text);
    } texts;
    struct {
        VEC_OF(struct catalog_score);
    } scores;
    struct catalog_indicators indicators;
    struct {
        VEC_OF(struct catalog_reference);
    } references;
    struct {
        VEC_OF(struct affected);
    } affected;
    struct {
        VEC_OF(struct configuration); /* one of them is enough */
    } configurations;
    struct ssvc_points ssvc;
    bool
        is_overlay; /* not the source's own word: what somebody adds to its record of that id (configurations NVD never wrote) */
};

enum {
    CATALOG_ID_MAX = 256,
    CATALOG_INDICATOR_MAX = 200,   /* bytes; what is longer is a text and no indicator */
    CATALOG_RECORD_MAX = 16 << 20, /* bytes of one record, as read and as kept */
    CATALOG_DEPTH_MAX = 8,         /* of configurations */
    CATALOG_LIST_MAX = 1 << 20,    /* entries of any one list; read: of all lists together */
    CATALOG_WORK_MAX = 1 << 30 /* for the arena that one record is decoded into: any record fits */
};

struct str catalog_source_name(enum catalog_source source); /* "nvd" */
struct str catalog_state_name(enum catalog_state state);    /* "published" */
bool catalog_source_from_name(struct str name, enum catalog_source *out);

/* A record as bytes: what a worker answers and what is kept. The same record gives the same bytes; an unknown field of a newer writer is
 * passed over. ERR_TOO_LARGE; ERR_CATALOG_RECORD without an id; ERR_NOT_UTF8 for a text with a zero byte. On failure buf holds what it held. */
MUST_CHECK bool catalog_record_encode(const struct catalog_record *record, struct buf *buf,
                                      struct err *err);
/* Bytes from a worker are a stranger's: every count and length is checked. Texts point into bytes, lists live in arena. ERR_CATALOG_RECORD */
MUST_CHECK bool catalog_record_decode(struct str bytes, struct arena *arena,
                                      struct catalog_record *out, struct err *err);
