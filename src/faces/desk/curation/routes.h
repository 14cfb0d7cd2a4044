/* faces/desk/curation/routes.h: Japanese texts for the database of countermeasures, and which records are about the same. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_curation_routes, desk_ruling_routes;
