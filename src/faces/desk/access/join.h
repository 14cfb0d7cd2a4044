/* faces/desk/access/join.h: what the page of open applications shows. */
#pragma once
#include "faces/html/parts.h"

struct join_card {
    struct str title;
    struct fact_list facts;
    struct act_list acts;
};
struct join_view {
    struct {
        VEC_OF(struct join_card);
    } cards;
    struct empty_view nothing;
};
