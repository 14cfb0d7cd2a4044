#include "faces/desk/advisory/routes.h"

#include "faces/desk/advisory/pages.h"
#include "faces/desk/permission.h"

enum { SMALL = 64 * 1024, LARGE = 1024 * 1024 };

#define PRESS(path, may, handle) ROUTE_POST(path, may, TOKEN_FORM, BODY_FORM, SMALL, handle)

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/advisories",               MAY_BODIES,     advisory_index),
    PRESS("/advisories",                   MAY_COORDINATE, advisory_begin),
    ROUTE_GET("/advisories/{id}",          MAY_BODIES,     advisory_show),
    ROUTE_GET("/advisories/{id}/preview",  MAY_BODIES,     advisory_preview),
    ROUTE_GET("/advisories/{id}/edit",     MAY_COORDINATE, advisory_edit),
    ROUTE_POST("/advisories/{id}/edit",    MAY_COORDINATE, TOKEN_FORM, BODY_FORM, LARGE, advisory_keep),
    PRESS("/advisories/{id}/submit",       MAY_COORDINATE, advisory_submit),
    PRESS("/advisories/{id}/return",       MAY_COORDINATE, advisory_return),
    PRESS("/advisories/{id}/approve",      MAY_COORDINATE, advisory_approve),
    PRESS("/advisories/{id}/reopen",       MAY_COORDINATE, advisory_reopen),
    PRESS("/advisories/{id}/revise",       MAY_COORDINATE, advisory_revise),
    PRESS("/advisories/{id}/rehearse",     MAY_BODIES,     advisory_rehearse),
    PRESS("/advisories/{id}/confirm",      MAY_RECEIVE,    advisory_confirm),
    PRESS("/advisories/{id}/object",       MAY_RECEIVE,    advisory_object),
};
/* clang-format on */

const struct route_list desk_advisory_routes = ROUTES(routes);
