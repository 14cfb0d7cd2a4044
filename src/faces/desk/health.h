/* faces/desk/health.h: is the desk alive, can it write, is it confined. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_health_routes;
