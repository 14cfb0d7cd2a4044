/* faces/portal/search/query.h: a search as it stands in an address: read, checked, and written again with one thing changed. */
#pragma once
#include "domain/catalog/asked.h"
#include "faces/html/parts.h"
#include "faces/http/http.h"

enum { PARAM_PAGE = SEARCH_PARAMS, QUERY_PARAMS }; /* what a query has beside what a search asks */
enum { SEARCH_PAGE = 20 };

struct search_query {
    struct str path;                /* of the list: "/search", "/vendors/12" */
    struct str value[QUERY_PARAMS]; /* as written in the address; empty: not asked */
    struct search search;
    size_t page;              /* from 1 */
    struct fault_list faults; /* what cannot be, in words */
};

const char *query_param_name(int param);

/**
 * Reads the request's query. What is asked wrongly is a fault and no filter; what no search knows is passed over.
 *
 * path   borrowed
 * Rule:  VDB-04
 */
void search_query_read(const struct request *req, struct str path, struct search_query *out);
/* The list with that parameter at another value (empty: without it), from its first page; PARAM_PAGE: at that page. Lives in arena. */
struct str search_href(const struct search_query *query, int param, struct str value,
                       struct arena *arena);
bool search_is_filtered(const struct search_query *query); /* by anything but words */
