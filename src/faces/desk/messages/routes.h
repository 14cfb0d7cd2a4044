/* faces/desk/messages/routes.h: where somebody has written to you. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_message_routes;
