/* faces/desk/feeds/routes.h: where known vulnerabilities come from by themselves. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_feed_routes, desk_refused_routes;
