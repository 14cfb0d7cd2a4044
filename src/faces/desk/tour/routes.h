/* faces/desk/tour/routes.h: the guided tour of a demonstration; elsewhere there is no such page. */
#pragma once
#include "faces/http/http.h"

struct store;

extern const struct route_list desk_tour_routes;

/* Asked once, at the start. */
MUST_CHECK bool tour_is_here(struct store *desk, bool *out, struct err *err);
