/* faces/portal/answering.h: what the public face answers with, for those that ask it: its server, and the export, which asks from inside (faces/http/inside.h). */
#pragma once
#include "faces/http/http.h"
#include "faces/portal/routes.h"

struct public_face;

enum { PORTAL_PROXIES_MAX = 32 };

struct portal_answering { /* points into itself: is not copied */
    struct route_list lists[PORTAL_ROUTE_LISTS_MAX];
    struct str host, proxies[PORTAL_PROXIES_MAX];
    struct server_options options; /* listen_fd and threads are the server's to say */
};

/* face: outlives it. */
void portal_answering_of(struct public_face *face, const struct route_list *interfaces,
                         size_t interface_count, struct portal_answering *out);
