#include "base/err.h"
#include "faces/cli/state.h"
#include "faces/clock/clock.h"
#include "faces/desk/desk.h"
#include "faces/portal/advisory/render.h"
#include "outside/peer.h"
#include "process/roles.h"

/* The only one with the desk's database; whom it speaks to connects to it. */
bool role_desk_main(struct role_context *context, struct err *err)
{
    CLEANUP(peer_free_var) struct peer *courier = peer_new_link(FD_COURIER_LINK);
    CLEANUP(peer_free_var) struct peer *pgp = peer_new_link(FD_PGP_LINK);
    CLEANUP(peer_free_var) struct peer *supervisor = peer_new(FD_SUPERVISOR);
    struct advisory_site site = advisory_site_from(context->settings);
    struct advisory_renderer renderer = portal_renderer(&site);
    struct desk_options options = { .settings = context->settings,
                                    .listen_fd = FD_LISTEN,
                                    .public_link = FD_PUBLIC_LINK,
                                    .courier = courier,
                                    .pgp = pgp,
                                    .supervisor = supervisor,
                                    .command_fd = FD_COMMAND,
                                    .state_folder = context->state_folder,
                                    .ready_fd = FD_READY,
                                    .stop_fd = FD_STOP,
                                    .renderer = &renderer,
                                    .clock_start = clock_start,
                                    .clock_stop = clock_stop };
    bool served;

    if (!state_master_key(context->settings, context->arena, &options.master, err) || !role_confine(context, err)) {
        seal_key_wipe(&options.master);
        return PASS(err);
    }
    options.command_token = state_command_token(&options.master, context->arena);
    options.is_sandboxed = context->is_sandboxed;
    served = desk_serve(&options, err);
    seal_key_wipe(&options.master);
    return served ? true : PASS(err);
}
