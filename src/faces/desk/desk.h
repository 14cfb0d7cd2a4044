/* faces/desk/desk.h: the pages behind a login, in the desk process: the only one that opens desk.db. */
#pragma once
#include "base/settings.h"
#include "seal/seal.h"

struct advisory_renderer;
struct clock;
struct desk;
struct err;
struct peer;
struct store;

struct desk_options {
    const struct settings *settings;
    int listen_fd;   /* bound and listening; desk_serve closes it */
    int public_link; /* for peer_serve_link: PEER_INTAKE_REPORT, PEER_INTAKE_WEBSITE, PEER_INTAKE_FILE, PEER_INTAKE_ANSWER */
    struct peer *courier;    /* PEER_MAIL; a link: it may die and come back */
    struct peer *pgp;        /* PEER_PGP_IMPORT, PEER_PGP_ENCRYPT; a link */
    struct peer *supervisor; /* gives parse workers: outside/worker.h */
    const char *
        state_folder; /* desk/desk.db, public/advisories.db, backup/: all that is open to this process */
    struct store
        *catalog; /* public/catalog.db, held open as long as the desk lives; NULL: in tests */
    struct seal_key master;
    int ready_fd;      /* one byte is written here once pages are served */
    int stop_fd;       /* can be read when it is time to end */
    bool is_sandboxed; /* false: /healthz says so (C57) */

    /* From the floors above, handed down so that nothing here climbs: how public pages are made, and the clock. */
    const struct advisory_renderer *renderer;
    bool (*clock_start)(const struct desk *desk, struct clock **out, struct err *err);
    void (*clock_stop)(struct clock *clock);
};

/* Serves until stop_fd can be read: pages, the intake from public, and the clock. ERR_UNAVAILABLE, ERR_SETTING, ERR_BUG */
MUST_CHECK bool desk_serve(const struct desk_options *options, struct err *err);
