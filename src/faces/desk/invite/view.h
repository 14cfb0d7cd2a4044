/* faces/desk/invite/view.h: a pasted list as it was understood, line by line. */
#pragma once
#include "faces/html/parts.h"

struct invite_row {
    int64_t number;
    struct str text, note; /* note: what to do about it */
    struct tag_view outcome;
    struct field_view choice; /* its choices: whom to add; none where nobody can be */
    struct links links;
};
struct invite_view {
    struct str number, href, join_href; /* of the case; of the two forms */
    struct fault_list faults;
    struct flash_view flash;
    struct fact_list counts;
    struct invite_rows {
        VEC_OF(struct invite_row);
    } rows;
    bool can_join;                 /* somebody could be added */
    struct field_view lines, kept; /* to look up; as they were looked up */
};
