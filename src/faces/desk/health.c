#include "faces/desk/health.h"

#include "base/err.h"
#include "faces/desk/context.h"
#include "faces/desk/permission.h"
#include "faces/http/respond.h"
#include "store/store.h"

/* Whether it works, without details to strangers (C57, C61). */
static bool health_show(struct request *req, struct response *res, struct err *err)
{
    const struct desk *desk = desk_of(req);
    bool writes = !store_is_stopped(desk->store);

    (void)err;
    if (!writes)
        res->status = 503;
    return respond_json(res, arena_printf(req->arena, "{\"status\":\"%s\",\"sandbox\":%s}\n",
                                          writes ? "ok" : "stopped",
                                          desk->is_sandboxed ? "true" : "false"));
}

static const struct route routes[] = { ROUTE_GET("/healthz", MAY_ANYONE, health_show) };

const struct route_list desk_health_routes = ROUTES(routes);
