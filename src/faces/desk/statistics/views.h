/* faces/desk/statistics/views.h: what the pages of this folder show. */
#pragma once
#include "faces/html/figures.h"

struct quarter_row {
    struct str quarter, href;
    struct tag_view state;
    struct when_view changed; /* iso empty: nobody has done anything yet */
};
struct statistics_index_view {
    struct {
        VEC_OF(struct quarter_row);
    } rows;
    struct empty_view empty;
};
struct statistics_show_view {
    struct str quarter, sentence;
    struct tag_view state;
    struct act_list acts;
    struct fact_list facts;
    struct figures_view figures;
};
