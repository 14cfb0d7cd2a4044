/* faces/portal/portal.h: the public pages, in the public process: they hold nothing that is not public. */
#pragma once
#include "base/settings.h"
#include "seal/seal.h"

struct err;
struct peer;
struct route_list;

struct portal_options {
    const struct settings *settings;
    int listen_fd; /* bound and listening; portal_serve closes it */
    struct peer
        *desk; /* PEER_INTAKE_REPORT, PEER_INTAKE_WEBSITE, PEER_INTAKE_FILE, PEER_INTAKE_ANSWER */
    struct seal_key
        intake; /* the intake's public key: what is sealed to it, this process cannot open again */
    const char *public_folder; /* advisories.db and what else of the public world; read only */
    const struct route_list *
        interfaces; /* faces/api, beside the pages; they see what pages see (faces/public/context.h) */
    size_t interface_count;
    int ready_fd;      /* one byte is written here once pages are served */
    int stop_fd;       /* can be read when it is time to end */
    bool is_sandboxed; /* false: /healthz says so (C57) */
};

/* Serves until stop_fd can be read. ERR_UNAVAILABLE, ERR_SETTING, ERR_BUG */
MUST_CHECK bool portal_serve(const struct portal_options *options, struct err *err);
