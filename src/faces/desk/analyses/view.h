/* faces/desk/analyses/view.h: what a third party's pages show. */
#pragma once
#include "faces/desk/casework/views.h"
#include "faces/desk/sheet.h"

struct analysis_row {
    struct str href, title, state_code;
    struct when_view at, due;
    struct tag_view state;
};
struct analysis_list_view {
    struct empty_view nothing;
    struct analysis_rows {
        VEC_OF(struct analysis_row);
    } rows;
    struct sheet_links file;
};
struct analysis_view {
    struct str number, title, warning, scope, answer;
    struct fact_list facts;
    struct fault_list faults;
    struct deeds deeds;
    struct class_blocks texts;
};
