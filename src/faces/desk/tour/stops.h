/* faces/desk/tour/stops.h: what the guided tour shows to whom: where, which situation, what to press there, and why. */
#pragma once
#include <stddef.h>

/* The page a stop leads to. */
enum sight {
    A_ROOM,      /* of the desk: where is its path */
    A_REPORT,    /* the other ones are of a case: where is its situation */
    A_CASE,      /* or what a third party sees of it */
    A_DEVELOPER, /* in the case */
    AN_ADVISORY,
    A_MAILBOX, /* of its finder */
    A_NOTICE,  /* to the operator of the website */
    SIGHTS
};

enum { STOP_PRESSES = 2 };

struct stop {
    unsigned roles;
    enum sight sight;
    const char *where, *what; /* what: msgid, the situation */
    /* msgids: the headings of what may be done there, as the page says them */
    const char *press[STOP_PRESSES];
    const char *why; /* msgid */
};
extern const struct stop tour_stops[];
extern const size_t tour_stop_count;
