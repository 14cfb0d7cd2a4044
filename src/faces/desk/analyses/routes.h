/* faces/desk/analyses/routes.h: what a third party was asked to analyse, as it sees it. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_analysis_routes;
