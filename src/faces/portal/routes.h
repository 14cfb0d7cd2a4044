/* faces/portal/routes.h: every public address, read from top to bottom; each folder's table in one list. */
#pragma once
#include "faces/http/http.h"

enum { MAY_READ = 1, PORTAL_ROUTE_LISTS_MAX = 16 };

/* Fills out and says how many lists there are. */
size_t portal_routes(struct route_list out[PORTAL_ROUTE_LISTS_MAX]);
