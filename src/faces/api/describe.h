/* faces/api/describe.h: what our own interface offers, as OpenAPI 3.1, printed from the tables it works by. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list api_describe_routes;
/* Pages that answer programs as well (faces/public/record_formats.h): to be described, not routed. */
extern const struct route_list api_page_routes;

/* The document; `lists` are the interface's routes, each of which must be known here: ERR_BUG names one that is not. */
MUST_CHECK bool api_describe(const struct route_list *lists, size_t count, struct str portal_url,
                             struct arena *arena, struct str *out, struct err *err);
