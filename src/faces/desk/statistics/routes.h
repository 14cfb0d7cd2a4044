/* faces/desk/statistics/routes.h: figures of the quarters: counting, looking, publishing. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_statistics_routes;
