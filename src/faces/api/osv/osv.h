/* faces/api/osv/osv.h: OSV's interface, version 1, over our catalogue, for clients that already speak it. Rule: API-01, API-05 */
#pragma once
#include "faces/http/http.h"

struct err;

extern const struct route_list api_osv_routes;

enum {
    OSV_BODY_MAX = 4 << 20,
    OSV_QUERIES_MAX = 1000, /* of a batch */
    OSV_VULNS_MAX = 1000,   /* of one answer; a page_token goes on */
    OSV_LOOKED_MAX =
        50000, /* records that one request may make us look at: what is left has a page_token too */
    OSV_TOKEN_MAX = 300
};

/* One query. Names are folded as their ecosystem does it. */
struct osv_query {
    bool is_nothing; /* about a kind of package that no record can be about: an empty answer */
    struct str commit;
    struct str ecosystem, release, name;
    struct str version; /* empty: any */
    struct str after;   /* of the page: the last record before it */
};
struct osv_queries {
    VEC_OF(struct osv_query);
};
/**
 * Reads the body of a query, or of a batch.
 *
 * why  what is wrong with it, as OSV says it; empty: nothing
 * err  ERR_JSON_SYNTAX, ERR_TOO_LARGE
 */
MUST_CHECK bool osv_read(struct str body, bool is_batch, struct arena *arena,
                         struct osv_queries *out, struct str *why, struct err *err);
