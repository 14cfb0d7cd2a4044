/* faces/desk/exchanges/routes.h: a foreign coordinator: its cases; and the notice that begins one. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_exchange_routes, desk_notice_routes;
