#include "faces/desk/statistics/routes.h"

#include "faces/desk/permission.h"
#include "faces/desk/statistics/pages.h"

enum { SMALL = 64 * 1024 };

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/statistics",                    MAY_BODIES,     statistics_index),
    ROUTE_GET("/statistics/{quarter}",          MAY_BODIES,     statistics_show),
    ROUTE_POST("/statistics/{quarter}/propose", MAY_RECEIVE,    TOKEN_FORM, BODY_FORM, SMALL, statistics_propose),
    ROUTE_POST("/statistics/{quarter}/approve", MAY_COORDINATE, TOKEN_FORM, BODY_FORM, SMALL, statistics_approve),
};
/* clang-format on */

const struct route_list desk_statistics_routes = ROUTES(routes);
