/* faces/public/context.h: what the handlers of the public process stand on, pages and interfaces alike: request->app. Made once by
 * portal_serve, then const. Nothing here can open what was sealed. */
#pragma once
#include "base/settings.h"
#include "faces/http/http.h"
#include "outside/intake.h"

struct rate;
struct world;

struct public_face {
    const struct settings *settings;
    struct world *world;      /* the public world, read only */
    struct intake_way intake; /* the way of a report to the desk */
    struct seal_key form_key; /* of form tokens; seal_key_new() at the start */
    struct rate *reports;     /* how often one address may send reports and files; NULL: not limited */
};

static inline const struct public_face *public_of(const struct request *req)
{
    return req->app;
}

/* For portal_serve: places, burst and per hour of `reports` (C55). */
enum { REPORT_RATE_PLACES = 65536, REPORT_RATE_BURST = 30, REPORT_RATE_PER_HOUR = 60 };
