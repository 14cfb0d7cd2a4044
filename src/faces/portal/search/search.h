/* faces/portal/search/search.h: finding entries of the catalogue, on its own page and below whatever else lists some. */
#pragma once
#include "faces/portal/search/query.h"
#include "faces/portal/search/views.h"

struct tx;

/* GET /search. Rule: VDB-04 */
bool portal_search(struct request *req, struct response *res, struct err *err);
/* GET /search/suggest?q=…: what could be typed, as JSON. Rule: VDB-04 */
bool portal_suggest(struct request *req, struct response *res, struct err *err);

/**
 * Asks the catalogue and fills the view; with faults in the query nothing is asked.
 *
 * hidden  a parameter that the page itself stands for (the vendor of a vendor's page): no facet, no condition; SEARCH_PARAMS: none
 * err     ERR_STORE
 */
MUST_CHECK bool search_fill(const struct request *req, struct tx *tx, struct search_query *query,
                            enum search_param hidden, struct search_view *out, struct err *err);
