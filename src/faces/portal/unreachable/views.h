/* faces/portal/unreachable/views.h: what the pages about developers that cannot be reached show. */
#pragma once
#include "faces/html/parts.h"

struct unreachable_row {
    struct str number, name, url, listed, remark; /* name, url: may be empty */
    struct str product, versions, product_date;   /* empty before the second step */
    struct str deadline;                          /* empty before the third */
    struct str answer;                            /* path of the form */
};
struct unreachable_rows {
    VEC_OF(struct unreachable_row);
};
struct unreachable_page_view {
    struct unreachable_rows rows;
    struct fact_list counts;
    struct str receiving, coordinating, answer;
};

struct unreachable_form_view {
    struct fault_list faults;
    struct note_view trouble;
    struct field_list fields;
};
