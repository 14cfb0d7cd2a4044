/* faces/desk/provisions/routes.h: what government and critical infrastructure were given before publication, as they see it. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_provision_routes;
