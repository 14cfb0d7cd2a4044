/* faces/http/router.h: which route a request is for. */
#pragma once
#include "faces/http/http.h"

struct router;

/* Checks the routes (ERR_BUG names the one that is wrong) and lays them out; lives in arena. */
MUST_CHECK bool router_new(const struct route_list *lists, size_t count, struct arena *arena,
                           struct router **out, struct err *err);

enum found { FOUND, FOUND_OTHER_METHOD, FOUND_NOTHING };

/* The route of a decoded path. FOUND: *index is its number (0..router_count-1), *values its {names}, in arena. */
enum found router_find(const struct router *router, enum method method, struct str path,
                       struct arena *arena, size_t *index, struct fields *values);
size_t router_count(const struct router *router);
const struct route *router_route(const struct router *router, size_t index);
