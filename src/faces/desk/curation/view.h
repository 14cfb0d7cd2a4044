/* faces/desk/curation/view.h: what the pages of curation show. */
#pragma once
#include "faces/desk/form.h"
#include "faces/desk/sheet.h"

struct curation_row {
    struct str name, href, title, score, date, who, state_code, date_code, kev_code;
    struct str touched; /* how many watched products it is about; empty: none, or not asked */
    struct tag_view state, kev;
    bool is_kev;
};
struct curation_rows {
    VEC_OF(struct curation_row);
};
struct curation_index_view {
    struct curation_rows drafts;
    struct filters_view filters;
    struct curation_rows rows;
    struct sheet_links file;
    struct empty_view empty;
    struct pager_view pager;
    bool is_by_touched;
};

/* What the sources say of one part, beside the field for the Japanese. */
struct curation_said {
    struct str by, text;
};
struct curation_part {
    struct str label;
    struct {
        VEC_OF(struct curation_said);
    } said;
    struct field_view field;
};
struct curation_edit_view {
    struct str name, href, version, number;
    struct tag_view state;
    struct fault_list faults;
    struct fact_list facts;
    struct {
        VEC_OF(struct curation_part);
    } parts;
    struct field_list marks;
    bool may_save, may_finish; /* the form stands */
    struct act_list acts;      /* without texts: return, publish */
    struct curation_shown {    /* the kept texts, when there is nothing to type */
        VEC_OF(struct curation_said);
    } shown;
};

/* A record of an entry, and what it calls its flaw. */
struct ruling_record {
    struct str by, id, names, date;
    struct tag_view state; /* word empty: as its source has it */
};
struct ruling_row {
    struct str what, reason, date, who, undo_href; /* undo_href: empty when it was taken back */
    struct str undone_reason, undone_date, undone_who;
    struct tag_view state;
};
struct ruling_page_view {
    struct str name, title;
    struct act_list acts;
    struct {
        VEC_OF(struct ruling_record);
    } records;
    struct {
        VEC_OF(struct ruling_row);
    } rulings;
    struct empty_view empty;
};
