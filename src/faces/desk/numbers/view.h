/* faces/desk/numbers/view.h: what the page of CVE numbers shows. */
#pragma once
#include "faces/desk/form.h"
#include "faces/desk/sheet.h"

struct number_pool_row {
    int64_t year, free, reserved, public, rejected;
};
struct number_row {
    struct str cve, case_number, case_href, record_href,
        state_code; /* record_href: empty: there is none yet */
    struct when_view at;
    struct tag_view state;
};
struct number_view {
    struct form_view form;
    struct number_pool_rows {
        VEC_OF(struct number_pool_row);
    } pool;
    struct number_rows {
        VEC_OF(struct number_row);
    } used;
    struct sheet_links file;
};
