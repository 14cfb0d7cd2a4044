/* faces/desk/advisory/views.h: what the pages of this folder show. */
#pragma once
#include "faces/desk/casework/deed.h"
#include "faces/desk/saved/saved.h"
#include "faces/desk/sheet.h"

struct advisory_index_row {
    struct str number, title, href, case_number, case_href, state_code;
    struct tag_view state;
    struct when_view date, changed;
};
struct advisory_index_view {
    struct filters_view filters;
    struct link numbers; /* label empty: not this reader's */
    struct advisory_index_rows {
        VEC_OF(struct advisory_index_row);
    } rows;
    struct empty_view empty;
    struct pager_view pager;
    struct sheet_links file;
    struct saved_part saved;
};

struct text_pair { /* the same part in both languages, side by side */
    struct str label, ja, en;
};
struct advisory_show_view {
    struct str number, title, case_number, case_href, sentence, edit_href, preview_ja, preview_en,
        public_href;
    struct tag_view state;
    struct fault_list faults;
    struct deeds deeds;
    struct fault_list missing; /* what advisory_check finds now */
    struct text_pairs {
        VEC_OF(struct text_pair);
    } texts;
    struct moment_list steps;
    struct fact_list facts;
    struct list_of_lines {
        VEC_OF(struct str);
    } products, weaknesses, vendors, references;
};

struct edit_group {
    struct str title, help;
    struct field_list fields;
    bool is_pair; /* two languages side by side */
};
struct advisory_edit_view {
    struct str number, href, back;
    struct fault_list faults;
    int64_t version;
    struct edit_groups {
        VEC_OF(struct edit_group);
    } groups;
};
