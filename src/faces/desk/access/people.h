/* faces/desk/access/people.h: what the administrator's pages show. */
#pragma once
#include "faces/desk/access/entry.h"

struct body_row {
    struct str href, name, kind, basis;
};
struct people_view {
    struct {
        VEC_OF(struct body_row);
    } bodies;
    struct person_rows people;
    struct sheet_links file;
    struct act_list acts;
};
struct person_view {
    struct str title;
    struct fact_list facts;
    struct act_list acts;
    struct form_view roles; /* verb empty: not this reader's to change */
    struct me_view events;
};
