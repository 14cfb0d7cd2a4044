#include <fcntl.h>
#include <pthread.h>

#include "base/err.h"
#include "base/log.h"
#include "faces/cli/remote.h"
#include "faces/cli/state.h"
#include "faces/clock/clock.h"
#include "faces/desk/desk.h"
#include "faces/http/http.h"
#include "faces/portal/advisory/render.h"
#include "outside/peer.h"
#include "process/roles.h"
#include "store/kinds.h"

/* Commands of this machine have a thread beside the pages. */
struct commands {
    struct remote_desk desk;
    int stop[2];
    pthread_t thread;
};

static void *serve_commands(void *context)
{
    struct commands *commands = context;
    struct err err = { 0 };

    if (!remote_serve(&commands->desk, FD_COMMAND, commands->stop[0], &err))
        log_error("commands", STR_NONE, &err);
    return NULL;
}

static bool serve(const struct role_context *context, const struct desk_options *options,
                  struct err *err)
{
    struct commands commands = { .desk = { context->settings, &options->master } };
    bool served;

    if (pipe2(commands.stop, O_CLOEXEC) != 0 ||
        pthread_create(&commands.thread, NULL, serve_commands, &commands) != 0)
        return FAIL(err, UNAVAILABLE, STR("a thread"));
    served = desk_serve(options, err);
    close(commands.stop[1]);
    pthread_join(commands.thread, NULL);
    close(commands.stop[0]);
    return served ? true : PASS(err);
}

/* A catalogue that nobody who may write holds open cannot be read by those who may not (design 11.2, decision 0008): the desk does, as long as it lives. */
static bool hold_catalog(const struct role_context *context, struct store **out, struct err *err)
{
    const struct store_options options = {
        .path = arena_z(context->arena, arena_printf(context->arena, "%s/public/catalog.db",
                                                     context->state_folder)),
        .kind = &store_catalog,
        .create = true,
        .migrate = true
    };

    return store_open(&options, out, err) ? true : PASS(err);
}

/* The only one with the desk's database; whom it speaks to connects to it. */
bool role_desk_main(struct role_context *context, struct err *err)
{
    CLEANUP(peer_free_var) struct peer *courier = peer_new_link(FD_COURIER_LINK);
    CLEANUP(peer_free_var) struct peer *pgp = peer_new_link(FD_PGP_LINK);
    CLEANUP(peer_free_var) struct peer *supervisor = peer_new(FD_SUPERVISOR);
    CLEANUP(store_close_var) struct store *catalog = NULL;
    struct advisory_site site = advisory_site_from(context->settings);
    struct advisory_renderer renderer = portal_renderer(&site);
    struct desk_options options = { .settings = context->settings,
                                    .listen_fd = FD_LISTEN,
                                    .public_link = FD_PUBLIC_LINK,
                                    .courier = courier,
                                    .pgp = pgp,
                                    .supervisor = supervisor,
                                    .state_folder = context->state_folder,
                                    .ready_fd = FD_READY,
                                    .stop_fd = FD_STOP,
                                    .renderer = &renderer,
                                    .clock_start = clock_start,
                                    .clock_stop = clock_stop };
    bool served;

    if (!state_master_key(context->settings, context->arena, &options.master, err) ||
        !server_prepare(err) || !role_confine(context, err) ||
        !hold_catalog(context, &catalog, err)) {
        seal_key_wipe(&options.master);
        return PASS(err);
    }
    options.catalog = catalog;
    options.is_sandboxed = context->is_sandboxed;
    served = serve(context, &options, err);
    seal_key_wipe(&options.master);
    return served ? true : PASS(err);
}
