/* faces/desk/judgements/view.h: what the committee's pages show. */
#pragma once
#include "faces/desk/casework/views.h"

struct judgement_row {
    struct str href, number, title, cause, waiting,
        waits_for; /* href empty: may not be read any more */
    struct str cause_code, state_code;
    int64_t days; /* waiting */
    struct when_view meeting;
    struct tag_view state;
};
struct judgement_list_view {
    struct empty_view nothing;
    struct judgement_rows {
        VEC_OF(struct judgement_row);
    } rows;
    struct sheet_links file;
};
struct judgement_view {
    struct str number, title, sentence, warning;
    struct tag_view state;
    struct fault_list faults;
    struct deeds deeds;
    struct fact_list facts, bundle, developers;
    struct attempt_rows attempts;
    struct class_blocks texts;
};
