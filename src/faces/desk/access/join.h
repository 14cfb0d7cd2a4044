/* faces/desk/access/join.h: what the page of open applications shows. */
#pragma once
#include "faces/desk/sheet.h"

struct join_card {
    struct str title;
    struct fact_list facts;
    struct act_list acts;
};
struct join_row {
    struct str name_ja, name_en, url, window_email, window_phone, person, products, words;
    struct when_view received;
};
struct join_view {
    struct {
        VEC_OF(struct join_card);
    } cards;
    struct sheet_links file;
    struct empty_view nothing;
};
