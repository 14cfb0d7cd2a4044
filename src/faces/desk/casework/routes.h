/* faces/desk/casework/routes.h: the day's list, reports, cases, and a developer's answers. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_casework_routes;
