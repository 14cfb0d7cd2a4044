/* faces/public/context.h: what the handlers of the public process stand on, pages and interfaces alike: request->app. Made once by
 * portal_serve, then const. Nothing here can open what was sealed. */
#pragma once
#include "base/settings.h"
#include "faces/http/http.h"
#include "outside/intake.h"

struct public_catalog;
struct limits;
struct rate;
struct watch;

struct public_face {
    const struct settings *settings;
    struct watch *watch; /* the public world, read only (store/generation.h) */
    struct watch *files; /* JVN's feed files (domain/myjvn/files.h); NULL in tests without them */
    struct public_catalog *catalog; /* faces/public/catalog.h; NULL in tests without one */
    struct intake_way intake;       /* the way of a report to the desk */
    struct seal_key form_key;       /* of form tokens; seal_key_new() at the start */
    struct rate *reports;  /* how often one address may send reports and files; NULL: not limited */
    struct limits *limits; /* how often one address may ask for anything; NULL: not limited */
    bool is_sandboxed;     /* false: /healthz says so (C57) */
    struct server *_Atomic server; /* for /metrics; NULL until it runs */
};

static inline const struct public_face *public_of(const struct request *req) { return req->app; }

/* For portal_serve: places, burst and per hour of `reports` (C55). */
enum { REPORT_RATE_PLACES = 65536, REPORT_RATE_BURST = 30, REPORT_RATE_PER_HOUR = 60 };
