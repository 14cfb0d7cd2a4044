/* faces/desk/tour/view.h: what the page shows. */
#pragma once
#include "faces/html/parts.h"

struct tour_row {
    struct str what, href, why;
    struct str receipt, passphrase; /* what opens it; empty: the login does */
    struct words press;
};
struct tour_rows {
    VEC_OF(struct tour_row);
};
struct tour_person {
    struct str role, organisation, name, address;
};
struct tour_view {
    struct words roles;    /* of the reader; none: nobody has logged in */
    struct tour_rows rows; /* what the reader can try */
    struct tour_people {
        VEC_OF(struct tour_person);
    } people;                   /* to log in as */
    struct tour_rows finders;   /* mailboxes to open */
    struct tour_rows operators; /* notices to open */
};
