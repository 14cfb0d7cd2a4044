/* faces/desk/judgements/routes.h: what is before the publication judgement committee: the list of bodies and members, the members' pages. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_judgement_routes;
