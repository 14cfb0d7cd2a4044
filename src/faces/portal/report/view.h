/* faces/portal/report/view.h: what the pages of the report form show. */
#pragma once
#include "faces/html/parts.h"

struct report_hidden {
    struct str name, value;
};
struct report_hiddens {
    VEC_OF(struct report_hidden);
};

/* A field, or check boxes that belong together. */
struct report_item {
    struct field_view field;  /* of a group: id, label, help and error of the whole */
    struct field_list checks; /* of a group; else empty */
};
struct report_items {
    VEC_OF(struct report_item);
};

/* What was entered on one page, to be read again before sending. */
struct report_part {
    struct str title, go; /* go: the button's value that leads back to it */
    struct fact_list facts;
};
struct report_parts {
    VEC_OF(struct report_part);
};

struct report_note_view {
    struct str title;
    struct words words;
};
struct report_notes_view {
    VEC_OF(struct report_note_view);
};

struct report_view {
    struct steps_view steps;
    struct fault_list faults;
    struct str title, lead, next,
        draft_name;           /* under which the browser keeps what was typed, on its own device */
    struct note_view trouble; /* words empty: none */
    struct report_hiddens hidden;
    struct report_items items;
    bool has_back, is_last;

    /* the last page */
    struct report_parts parts;
    struct report_notes_view notes;
    struct str valid_as_of;
    struct attachment_list files;
    struct field_view file_field;
    bool takes_files;
};

struct report_receipt_view {
    struct steps_view steps;
    struct str number, passphrase, mailbox, files, draft_name;
    struct note_view trouble;
};

struct report_intro_view {
    struct words how;
    struct str mailbox,
        website; /* website: where a single website is reported instead; empty: here */
};
