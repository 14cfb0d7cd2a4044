/* faces/desk/routes.h: every page of the desk, in one list that can be read from top to bottom. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_routes[];
extern const size_t desk_route_lists;
