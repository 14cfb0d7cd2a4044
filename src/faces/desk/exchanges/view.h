/* faces/desk/exchanges/view.h: what a foreign coordinator's pages show. */
#pragma once
#include "faces/desk/casework/views.h"
#include "faces/desk/sheet.h"

struct exchange_row {
    struct str href, title, number, state_code;
    struct when_view at;
    struct tag_view state;
};
struct exchange_list_view {
    struct empty_view nothing;
    struct link begin;
    struct exchange_rows {
        VEC_OF(struct exchange_row);
    } rows;
    struct sheet_links file;
};
struct exchange_view {
    struct str number, title, warning, words, countermeasure, package_href;
    struct fact_list facts;
    struct fault_list faults;
    struct deeds deeds;
    struct class_blocks texts;
    struct message_list messages;
};
