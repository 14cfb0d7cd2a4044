/* faces/desk/provisions/view.h: what the recipients' pages show. */
#pragma once
#include "faces/desk/form.h"
#include "faces/desk/sheet.h"

struct provision_row {
    struct str href, title, state_code;
    struct when_view at;
    struct tag_view state;
};
struct provision_list_view {
    struct fact_list conditions;
    struct form_view confirm; /* verb empty: all are confirmed */
    struct empty_view nothing;
    struct given_rows {
        VEC_OF(struct provision_row);
    } rows;
    struct sheet_links file;
};
struct provision_view {
    struct str number, title, warning, vulnerability, countermeasure, verification, attack;
    struct fact_list facts;
    struct act_list acts;
};
