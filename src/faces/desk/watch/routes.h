/* faces/desk/watch/routes.h: the collection tool at the desk. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_watch_routes;
