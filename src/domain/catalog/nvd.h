/* domain/catalog/nvd.h: the questions of NVD's interface 2.0, asked of the CVE that NVD and the CVE program tell. Rule: API-04, API-05 */
#pragma once
#include "domain/catalog/listing.h"
#include "formats/cpe/cpe.h"

/* Both ends count; 0: open. */
struct nvd_time {
    struct utc from, to;
};
enum { NVD_V2, NVD_V3, NVD_V4, NVD_VERSIONS };

/* A CPE name that the CVE's match criteria are held against. */
struct nvd_name {
    bool is_set;
    struct cpe cpe;
    bool is_vulnerable; /* only criteria that are: no platforms */
    bool from_is_excluded, to_is_included;
    struct str from, to; /* versions that a criterion must touch; empty: open */
};

struct nvd_query {
    struct str cve, origin; /* exact; empty: any */
    struct str mark;        /* "CWE-79", "NVD-CWE-Other" */
    struct str tag;         /* "disputed" */
    struct str
        words; /* each begins a word of the English description; is_phrase: they stand there so */
    bool is_phrase;
    unsigned must;                     /* listing_fact, all of them */
    unsigned severities[NVD_VERSIONS]; /* listing_fact, one of them; 0: any */
    struct str vectors[NVD_VERSIONS];  /* parts of a vector: "AV:N/AC:L" */
    struct nvd_time published, modified, kev_added;
    bool is_kev, no_rejected;
    struct nvd_name name;
    size_t offset, limit;
};
struct nvd_row {
    struct str cve;
    int64_t record;
    bool is_nvd; /* NVD's own record; otherwise the CVE program's */
};
struct nvd_rows {
    VEC_OF(struct nvd_row);
};

/**
 * A page of what is asked for, by the date of publication, the earliest first, then by name.
 *
 * total  of all pages
 * err    ERR_STORE, ERR_CATALOG_RECORD
 */
MUST_CHECK bool nvd_list(struct tx *tx, const struct nvd_query *query, struct arena *arena,
                         struct nvd_rows *out, int64_t *total, struct err *err);
/* One record. ERR_ABSENT, ERR_STORE, ERR_CATALOG_RECORD */
MUST_CHECK bool nvd_record(struct tx *tx, int64_t record, struct arena *arena,
                           struct catalog_record *out, struct err *err);
/* Is one of the record's match criteria about such a name? Looser than matching: a name that leaves an attribute open takes every value of it. */
bool nvd_name_fits(const struct nvd_name *name, const struct catalog_record *record,
                   struct arena *arena);
/* Does a criterion with these bounds touch the name's versions? */
bool nvd_criterion_fits(const struct nvd_name *name, const struct criterion *criterion,
                        struct arena *arena);

/* ---- sources ---- */
struct nvd_source {
    struct str name; /* "cve@mitre.org" */
    struct utc first, last;
};
struct nvd_sources {
    VEC_OF(struct nvd_source);
};
/* name: empty, or the one. By name. ERR_STORE */
MUST_CHECK bool nvd_sources_list(struct tx *tx, struct str name, struct nvd_time modified,
                                 struct arena *arena, struct nvd_sources *out, struct err *err);

/* ---- changes ---- */
/* A record's first state (past: 0), or that it was replaced. */
struct nvd_event {
    struct str cve;
    int64_t record, past;
    struct utc at; /* when it changed here */
};
struct nvd_events {
    VEC_OF(struct nvd_event);
};
struct nvd_events_query {
    struct str cve, event; /* empty: any */
    struct nvd_time at;
    size_t offset, limit;
};
/* Of the records of NVD, and of the CVE program where NVD has none; the earliest first. ERR_STORE, ERR_CATALOG_RECORD */
MUST_CHECK bool nvd_events_list(struct tx *tx, const struct nvd_events_query *query,
                                struct arena *arena, struct nvd_events *out, int64_t *total,
                                struct err *err);

struct nvd_detail {
    struct str action, type, was, is; /* "Changed", "Description" */
};
struct nvd_change {
    struct str event, id, origin; /* "CVE Modified"; id: a UUID, the same each time */
    struct {
        VEC_OF(struct nvd_detail);
    } details;
};
/* ERR_STORE, ERR_CATALOG_RECORD */
MUST_CHECK bool nvd_change_of(struct tx *tx, const struct nvd_event *event, struct arena *arena,
                              struct nvd_change *out, struct err *err);
/* What one state of a record says other than the one before; was: NULL for its first. */
void nvd_details(const struct catalog_record *was, const struct catalog_record *is,
                 struct arena *arena, struct nvd_change *out);
bool nvd_is_event(struct str name); /* of those that nvd_change_of gives */
