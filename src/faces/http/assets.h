/* faces/http/assets.h: files served from the binary, below /assets/. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list assets_routes;
