/* faces/desk/numbers/routes.h: the pool of CVE numbers. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_number_routes;
