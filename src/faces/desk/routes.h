/* faces/desk/routes.h: every page of the desk, folder by folder. */
#pragma once
#include "faces/http/http.h"

enum { DESK_ROUTE_LISTS_MAX = 32 };

/* Fills out and says how many lists there are. */
size_t desk_routes(struct route_list out[DESK_ROUTE_LISTS_MAX]);
