/* faces/desk/tracker/routes.h: what a developer's own tracker may ask of the desk, by a token: its cases and what the pages let it do there. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_tracker_routes;
