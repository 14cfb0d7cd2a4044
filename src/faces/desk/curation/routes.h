/* faces/desk/curation/routes.h: Japanese texts for the database of countermeasures. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_curation_routes;
