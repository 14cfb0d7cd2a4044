/* faces/desk/partners/view.h: what the register's pages show. */
#pragma once
#include "faces/desk/casework/deed.h"
#include "faces/desk/form.h"
#include "faces/desk/sheet.h"

struct partner_row {
    struct str href, name, kind, sector, agreed, kind_code, sector_code, state_code, agreed_code;
    struct tag_view state;
    int64_t given;
};
struct partner_list_view {
    struct link add;
    struct empty_view nothing;
    struct partner_rows {
        VEC_OF(struct partner_row);
    } rows;
    struct sheet_links file;
};
struct partner_view {
    struct str title;
    struct tag_view state;
    struct fact_list facts, given;
    struct link people;
    struct fault_list faults;
    struct deeds deeds;
};
