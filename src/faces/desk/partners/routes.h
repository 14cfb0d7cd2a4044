/* faces/desk/partners/routes.h: the register of those the bodies work with beside developers. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_partner_routes;
