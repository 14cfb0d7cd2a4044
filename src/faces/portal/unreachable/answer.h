/* faces/portal/unreachable/answer.h: the page on which people tell of a developer that cannot be reached; what they write goes sealed to
 * the desk, and this side keeps nothing. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list portal_unreachable_routes;
