/* faces/desk/saved/routes.h: a list's filters under a name of one's own. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_saved_routes;
