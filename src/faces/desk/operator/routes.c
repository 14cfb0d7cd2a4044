/* faces/desk/operator/routes.c: the operator's page, read from top to bottom. It is left by /logout, as all sessions are. */
#include "faces/desk/operator/routes.h"

#include "faces/desk/operator/pages.h"
#include "faces/desk/permission.h"

enum { SMALL = 64 << 10, LARGE = 512 << 10 };

#define POST(path, handle)  ROUTE_POST(path, MAY_OPERATE, TOKEN_FORM, BODY_FORM, LARGE, handle)
#define PRESS(path, handle) ROUTE_POST(path, MAY_OPERATE, TOKEN_FORM, BODY_FORM, SMALL, handle)

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET ("/notice/{token}",  MAY_ANYONE,                               operator_door),
    ROUTE_POST("/notice/{token}",  MAY_ANYONE, TOKEN_FORM, BODY_FORM, SMALL, operator_enter),
    ROUTE_GET ("/operator",              MAY_OPERATE, operator_show),
    ROUTE_GET ("/operator/files/{file}", MAY_OPERATE, operator_file),
    PRESS("/operator/contact",     operator_contact),
    POST("/operator/encryption",   operator_encryption),
    PRESS("/operator/receipt",     operator_receipt),
    POST("/operator/result",       operator_result),
    POST("/operator/estimate",     operator_estimates),
    POST("/operator/fix",          operator_fixed),
    POST("/operator/integrator",   operator_integrator),
    POST("/operator/integrator/{handover}/receipt", operator_integrator_receipt),
    POST("/operator/ordinance",    operator_ordinance),
    POST("/operator/direct",       operator_direct),
    POST("/operator/messages",     operator_say),
    POST("/operator/finder",       operator_say_finder),
};
/* clang-format on */

const struct route_list desk_operator_routes = ROUTES(routes);
