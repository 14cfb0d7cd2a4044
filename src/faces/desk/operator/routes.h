/* faces/desk/operator/routes.h: the page of a website's operator: opened by the link of a mail, without any account. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list desk_operator_routes;
