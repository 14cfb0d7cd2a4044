/* faces/desk/feeds/view.h: what the pages of feeds show. */
#pragma once
#include "faces/desk/form.h"
#include "faces/desk/sheet.h"

struct feed_row {
    struct str name, href, taken, next, counts, why, state_code, taken_code, next_code;
    int64_t read, added, changed, refused; /* by the last import */
    struct tag_view state;
};
struct feeds_view {
    struct act_list acts;
    struct feed_rows {
        VEC_OF(struct feed_row);
    } rows;
    struct sheet_links file;
    struct empty_view empty;
};
/* What could not be taken in. */
struct refused_row {
    struct str file, href, line, reason, date, date_code;
    int64_t line_number; /* 0: the whole file */
};
struct refused_view {
    struct filters_view filters;
    struct {
        VEC_OF(struct refused_row);
    } rows;
    struct sheet_links file;
    struct empty_view empty;
    struct pager_view pager;
};
struct refused_one_view {
    struct fact_list facts;
    struct str bytes; /* empty: nothing that could be shown */
    struct note_view note;
};
struct feed_view {
    struct str title;
    struct note_view why; /* of the last failure; words empty: it did not fail */
    struct fact_list facts;
    struct act_list acts;
};
