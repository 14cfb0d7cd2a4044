/* faces/portal/days/views.h: what is new, what changed, and the calendar of a month. */
#pragma once
#include "faces/portal/catalog/lines.h"

/* Entries of one day. */
struct day_group {
    struct when_view day;
    struct entry_lines lines;
};
struct latest_view {
    struct str title, lead;
    struct {
        VEC_OF(struct day_group);
    } days;
    struct pager_view pager;
    struct links ways; /* the other lists */
};

struct calendar_cell {
    struct str day, href, count, grave,
        words; /* day empty: another month's; words: for who does not see the cell */
    int level; /* 0 to 4: how much came out, for the eye */
    bool is_today, is_exploited;
};
struct calendar_week {
    struct calendar_cell cell[7];
};
struct calendar_view {
    struct str title, total, previous, next, previous_words, next_words;
    struct words weekdays;
    struct {
        VEC_OF(struct calendar_week);
    } weeks;
};
