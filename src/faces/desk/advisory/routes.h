/* faces/desk/advisory/routes.h: writing, reviewing, confirming, rehearsing an advisory. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_advisory_routes;
