/* faces/desk/absence/routes.h: an officer says when he is away and who stands in for him. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_absence_routes;
