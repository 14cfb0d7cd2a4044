#include "base/err.h"
#include "faces/api/describe.h"
#include "faces/api/myjvn/myjvn.h"
#include "faces/api/nvd/nvd.h"
#include "faces/api/osv/osv.h"
#include "faces/api/reports.h"
#include "faces/http/http.h"
#include "faces/portal/portal.h"
#include "outside/peer.h"
#include "process/roles.h"

/* The public world, a listener, and one socket through which sealed forms leave. */
bool role_public_main(struct role_context *context, struct err *err)
{
    CLEANUP(peer_free_var) struct peer *desk = peer_new(FD_DESK);
    const struct route_list interfaces[] = { api_report_routes, api_describe_routes,
                                             api_myjvn_routes, api_nvd_routes, api_osv_routes };
    struct portal_options options = { .settings = context->settings,
                                      .listen_fd = FD_LISTEN,
                                      .desk = desk,
                                      .interfaces = interfaces,
                                      .interface_count = COUNT(interfaces),
                                      .ready_fd = FD_READY,
                                      .stop_fd = FD_STOP };

    options.public_folder =
        arena_z(context->arena, arena_printf(context->arena, "%s/public", context->state_folder));
    if (!seal_key_read(arena_z(context->arena, arena_printf(context->arena, "%s/intake.key",
                                                            options.public_folder)),
                       &options.intake, err))
        return PASS(err);
    if (!server_prepare(err) || !role_confine(context, err))
        return PASS(err);
    options.is_sandboxed = context->is_sandboxed;
    return portal_serve(&options, err) ? true : PASS(err);
}
