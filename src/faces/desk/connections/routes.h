/* faces/desk/connections/routes.h: what a developer's people connect to the desk: tokens of their programs, and webhooks. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_connection_routes;
