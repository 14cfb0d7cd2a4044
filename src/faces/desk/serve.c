#include "faces/desk/desk.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "base/record.h"
#include "domain/advisory/world.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/intake/intake.h"
#include "faces/desk/routes.h"
#include "faces/desk/tour/routes.h"
#include "faces/html/assets.h"
#include "faces/http/rate.h"
#include "outside/peer.h"
#include "seal/vault.h"
#include "store/kinds.h"
#include "store/store.h"
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

enum {
    THREADS = 4,
    END_MS = 5000,
    CONNECTIONS = 12,
    PGP_WAIT_MS = 20000,
    PROXIES_MAX = 16,
    PROGRAMS = 4096
};

/* What is opened once and closed in the other order. */
struct house {
    struct desk desk;
    struct vault vault;
    struct store *store;
    struct world *world;
    struct advisory_site site;
    struct server *server;
    struct clock *clock;
    pthread_t intake;
    bool has_intake;
    const struct desk_options *options;
    struct arena *arena;
};

/* C46: what an uploaded key is, asked of the process that has gpg. */
static bool inspect_key(const struct desk *desk, struct str armored, struct arena *arena,
                        struct account_key *out, struct err *err)
{
    struct buf body = buf_new(arena, PEER_BODY_MAX);
    struct str record, reply;

    record_put(&body, "key", armored);
    if (!buf_done(&body, &record, err) ||
        !peer_call(desk->pgp, PEER_PGP_IMPORT, record, PGP_WAIT_MS, arena, &reply, err))
        return PASS(err);
    *out = (struct account_key){ .armored = armored,
                                 .fingerprint = record_get(reply, "fingerprint"),
                                 .expires = { record_get_int(reply, "expires", 0) } };
    return true;
}

static bool open_store(struct house *h, struct err *err)
{
    struct store_options options = { .path =
                                         arena_z(h->arena, arena_printf(h->arena, "%s/desk/desk.db",
                                                                        h->options->state_folder)),
                                     .kind = &store_desk,
                                     .create = true,
                                     .connections = CONNECTIONS };

    return store_open(&options, &h->store, err) ? true : PASS(err);
}

static bool open_world(struct house *h, struct err *err)
{
    struct world_options options = { .state_dir = str_from_z(h->options->state_folder),
                                     .site = &h->site,
                                     .renderer = h->options->renderer };

    h->site = advisory_site_from(h->options->settings);
    return world_open(&options, &h->world, err) ? true : PASS(err);
}

/* Rule: C55 */
static struct rate *programs_from(const struct settings *settings)
{
    unsigned a_minute = (unsigned)settings->program_rate_per_minute;

    return rate_new(PROGRAMS, a_minute, a_minute * 60);
}

static void fill_desk(struct house *h)
{
    const struct desk_options *o = h->options;

    h->desk = (struct desk){ .store = h->store,
                             .advisories = world_store(h->world),
                             .catalog = h->options->catalog,
                             .settings = o->settings,
                             .vault = &h->vault,
                             .gate = { h->store, &h->vault, access_limits_from(o->settings) },
                             .casework = casework_from(o->settings, &h->vault),
                             .courier = o->courier,
                             .pgp = o->pgp,
                             .supervisor = o->supervisor,
                             .programs = programs_from(o->settings),
                             .state_folder = o->state_folder,
                             .is_sandboxed = o->is_sandboxed,
                             .world = h->world,
                             .renderer = o->renderer,
                             .inspect = inspect_key };
}

/* ---- the intake: a thread that serves whoever the supervisor connects from the public side ---- */

static void *serve_intake(void *context)
{
    struct house *h = context;
    struct err err = { 0 };

    if (!peer_serve_link(h->options->public_link, h->options->stop_fd, desk_intake_messages,
                         desk_intake_handle, &h->desk, &err))
        log_error("intake", STR_NONE, &err);
    return NULL;
}

/* ---- the pages ---- */

/* "http://desk.localhost:8081" without its scheme. */
static struct str host_of(struct str url)
{
    return str_drop(url, str_index_str(url, STR("://")) + 3);
}

static size_t proxies_from(struct str text, struct str out[PROXIES_MAX])
{
    struct str one;
    size_t n = 0;

    while (text.len > 0 && n < PROXIES_MAX && str_split(&text, ' ', &one)) {
        if (one.len > 0)
            out[n++] = one;
    }
    return n;
}

static bool serve_pages(struct house *h, struct err *err)
{
    const struct settings *s = h->options->settings;
    struct route_list lists[DESK_ROUTE_LISTS_MAX];
    struct str host = host_of(s->desk_url), proxies[PROXIES_MAX];
    struct server_options options = { .name = "desk",
                                      .listen_fd = h->options->listen_fd,
                                      .threads = THREADS,
                                      .lists = lists,
                                      .list_count = desk_routes(lists),
                                      .hooks = desk_hooks,
                                      .app = &h->desk,
                                      .hosts = &host,
                                      .host_count = 1,
                                      .origins = &s->desk_url,
                                      .origin_count = 1,
                                      .proxies = proxies,
                                      .proxy_count = proxies_from(s->trusted_proxies, proxies),
                                      .assets = assets_files,
                                      .asset_count = assets_count,
                                      .is_private = true };
    struct pollfd stop = { .fd = h->options->stop_fd, .events = POLLIN };

    if (!server_start(&options, &h->server, err))
        return PASS(err);
    if (write(h->options->ready_fd, "R", 1) != 1)
        log_plain("ready.unheard");
    while (poll(&stop, 1, -1) <= 0)
        ;
    server_stop(h->server, END_MS);
    return true;
}

static bool run(struct house *h, struct err *err)
{
    if (!open_store(h, err) || !open_world(h, err))
        return PASS(err);
    fill_desk(h);
    if (!tour_is_here(h->store, &h->desk.is_demonstration, err))
        return PASS(err);
    if (!h->options->clock_start(&h->desk, &h->clock, err))
        return PASS(err);
    h->has_intake = pthread_create(&h->intake, NULL, serve_intake, h) == 0;
    return h->has_intake ? serve_pages(h, err) : FAIL(err, UNAVAILABLE, STR("a thread"));
}

bool desk_serve(const struct desk_options *options, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)8 << 20);
    struct house h = { .options = options, .arena = arena, .vault = vault_from(&options->master) };
    bool served = run(&h, err);

    if (h.has_intake)
        pthread_join(h.intake, NULL);
    if (h.clock)
        options->clock_stop(h.clock);
    rate_free(h.desk.programs);
    world_close(h.world);
    store_close(h.store);
    vault_wipe(&h.vault);
    return served ? true : PASS(err);
}
