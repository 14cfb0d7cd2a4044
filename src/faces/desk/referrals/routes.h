/* faces/desk/referrals/routes.h: numbers for finders who wrote to somebody directly. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_referral_routes;
