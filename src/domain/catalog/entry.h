/* domain/catalog/entry.h: an entry is what a reader of the database looks at: one vulnerability, with every record that is about it side by side. Its row is a
 * cache for lists and searches, made from its records and made again when one of them changes; the records stay what is true. */
#pragma once
#include "domain/catalog/record.h"

struct tx;

/* From the best base score that its records give, the newest version of CVSS first; the limits of classes I to III are settings (VDB-08). */
enum catalog_severity {
    SEVERITY_UNKNOWN,
    SEVERITY_NONE,
    SEVERITY_LOW,
    SEVERITY_MEDIUM,
    SEVERITY_HIGH,
    SEVERITY_CRITICAL,
    CATALOG_SEVERITIES
};
struct str catalog_severity_name(enum catalog_severity severity); /* "critical" */
bool catalog_severity_from_name(struct str name, enum catalog_severity *out);

struct catalog_entry {
    int64_t id;
    struct str
        name; /* stands in its address: the one CVE its records agree on, otherwise the GHSA, otherwise its first record's id */
    struct str number;             /* of our own series; empty: none was given */
    struct str title_ja, title_en; /* either may be empty; one line */
    unsigned sources;              /* 1u << enum catalog_source, of its records */
    enum catalog_state state;      /* published when one of its records is */
    bool is_disputed;
    int tenths; /* base score, or CVSS_NO_SCORE */
    struct str score_version;
    enum catalog_severity severity;
    struct utc published, modified; /* the earliest and the latest its sources name; 0: none does */
    struct utc taken;               /* when it last changed here */
    bool has_ja, is_kev, is_embedded, is_standard;
    int epss; /* 1/100000, or -1 */
};
struct catalog_entries {
    VEC_OF(struct catalog_entry);
};

/* The entry that a name leads to: its own, its number, a record's id or any alias, whatever the case. ERR_ABSENT, ERR_STORE */
MUST_CHECK bool catalog_entry_find(struct tx *tx, struct str name, struct arena *arena,
                                   struct catalog_entry *out, struct err *err);

/* ---- its records ---- */

struct catalog_told {
    int64_t id;             /* of the record */
    bool is_ruled;          /* a curator decided about its other names (domain/catalog/ruling.h) */
    struct utc first, last; /* when it came first, and when it last changed here */
    struct str
        format; /* that it came in: "nvd", "osv", "cve", "csaf", "jvnrss", "vuldef"; empty: ours */
    struct catalog_record record;
};
struct catalog_tellings {
    VEC_OF(struct catalog_told);
};
/* All records about it, ours first, then in the order of enum catalog_source. ERR_STORE, ERR_CATALOG_RECORD */
MUST_CHECK bool catalog_entry_tellings(struct tx *tx, int64_t entry, struct arena *arena,
                                       struct catalog_tellings *out, struct err *err);
/* What the source sent for that record, byte for byte, as it was read last; empty when it is ours. ERR_ABSENT, ERR_STORE */
MUST_CHECK bool catalog_source_text(struct tx *tx, int64_t record, struct arena *arena,
                                    struct str *format, struct str *bytes, struct err *err);
/* Its source's words and what is told of it here name it differently: a curator decided so. ERR_STORE */
MUST_CHECK bool catalog_record_is_ruled(struct tx *tx, int64_t record, bool *out, struct err *err);
/* An earlier state of a record: what stood until `until`. The latest first. */
struct catalog_past {
    int64_t record;
    struct utc from, until;
    struct catalog_record was;
};
struct catalog_pasts {
    VEC_OF(struct catalog_past);
};
MUST_CHECK bool catalog_entry_past(struct tx *tx, int64_t entry, size_t limit, struct arena *arena,
                                   struct catalog_pasts *out, struct err *err);

/* KEV and EPSS of its CVE. */
struct catalog_exploited {
    bool is_there, is_ransomware;
    struct utc added, due;
    struct str vendor, product, name, action, notes;
};
MUST_CHECK bool catalog_entry_kev(struct tx *tx, struct str name, struct arena *arena,
                                  struct catalog_exploited *out, struct err *err);
struct catalog_chance {
    struct utc date;
    int score, percentile; /* 1/100000; -1: not told */
};
struct catalog_chances {
    VEC_OF(struct catalog_chance);
};
/* The scores kept for it, the newest first (a small history). */
MUST_CHECK bool catalog_entry_epss(struct tx *tx, struct str name, struct arena *arena,
                                   struct catalog_chances *out, struct err *err);
