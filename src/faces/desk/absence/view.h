/* faces/desk/absence/view.h: what the page of absences shows. */
#pragma once
#include "faces/desk/form.h"
#include "faces/desk/sheet.h"

struct absence_row {
    struct str who, deputy, from, last, from_code, last_code, state_code;
    struct tag_view state;
    struct str end_href; /* empty: nothing to end */
};
struct absence_view {
    struct form_view form;
    bool has_deputies;
    struct absence_rows {
        VEC_OF(struct absence_row);
    } rows;
    struct sheet_links file;
};
