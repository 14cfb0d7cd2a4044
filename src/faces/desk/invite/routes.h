/* faces/desk/invite/routes.h: many developers join a case at once, from a pasted list. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_invite_routes;
