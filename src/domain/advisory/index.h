/* domain/advisory/index.h: the list of advisories as searched in memory: one row each, kept in the public world as one entry that no
 * URL can reach, so that a search asks no database. */
#pragma once
#include "domain/advisory/view.h"

#define INDEX_PATH "index/advisories"

enum { INDEX_MAX = 256 << 20, INDEX_QUERY_MAX = 200, INDEX_PAGE = 20 };

struct advisory_row {
    struct str number, slug, title_ja, title_en, overview_ja, overview_en;
    struct str severity;                      /* NONE LOW MEDIUM HIGH CRITICAL, or empty */
    int64_t tenths;                           /* -1: no score */
    struct str cves, cwes, vendors, products; /* a line each; vendors in both languages */
    bool is_critical, is_stop_use;
    struct utc published_at, updated_at;
    int64_t revision;
};
struct advisory_rows {
    VEC_OF(struct advisory_row);
};

/* Texts are borrowed from view and arena. */
struct advisory_row advisory_row_of(const struct advisory_view *view, struct arena *arena);

/* As bytes and back. Reading checks all; rows borrow from bytes. ERR_TOO_LARGE, ERR_BAD_REQUEST */
MUST_CHECK bool index_write(const struct advisory_rows *rows, struct arena *arena, struct str *out,
                            struct err *err);
MUST_CHECK bool index_read(struct str bytes, struct arena *arena, struct advisory_rows *out,
                           struct err *err);

enum index_order { ORDER_PUBLISHED, ORDER_UPDATED, ORDER_SEVERITY };
struct index_query {
    struct str
        text; /* words: each must occur in number, titles, overviews, products, developers, CVE or CWE */
    struct str severity; /* a word as above; empty: all */
    struct str vendor;   /* part of a developer's name */
    int64_t year;        /* of first publication, in Japan; 0: all */
    enum index_order order;
    size_t page; /* from 1 */
};
struct index_year {
    int64_t year;
    size_t count;
};
struct index_found {
    struct advisory_rows rows; /* of this page */
    size_t total, page, pages;
    struct {
        VEC_OF(struct index_year);
    } years; /* of all advisories, latest first */
};
/* No statement, no file: looks at every row once. Rule: VDB-04, PUB-09, PUB-15 */
void index_search(const struct advisory_rows *rows, const struct index_query *query,
                  struct arena *arena, struct index_found *out);
