/* faces/desk/referrals/view.h: what the page shows. */
#pragma once
#include "faces/desk/form.h"
#include "faces/desk/sheet.h"

struct referral_row {
    struct str code, told, date, date_code;
};
struct referral_view {
    struct str notice; /* to hand to the finder; empty: none was made just now */
    struct form_view form;
    struct fact_list made;
    struct sheet_links file;
};
