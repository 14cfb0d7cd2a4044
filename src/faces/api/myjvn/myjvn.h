/* faces/api/myjvn/myjvn.h: the MyJVN interface (/myjvn?method=…, feed=hnd), /cvesearch, and the addresses of pages that its answers name. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list api_myjvn_routes;
