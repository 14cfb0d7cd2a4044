/* faces/desk/nav.h: the rooms of the desk; a person sees those that may be entered. */
#pragma once
#include "faces/html/layout.h"
#include "faces/http/http.h"

/* For the request's reader; the room the page stands in is marked. */
struct nav nav_for(const struct request *req);

/* The first room, in nav's order, that this reader may enter: where a login leads. */
struct str nav_home(const struct request *req, unsigned roles);

struct room {
    const char *label, *href; /* msgid; the path every page of the room begins with */
    unsigned may;
};
extern const struct room nav_rooms[]; /* ends with { 0 } */
