/* faces/desk/access/routes.h: logins, one's own account, the developer list, people. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_access_routes;
