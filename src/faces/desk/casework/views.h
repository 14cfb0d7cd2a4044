/* faces/desk/casework/views.h: what the pages of a case show; filled in the .c files, decided by nothing in the templates. */
#pragma once
#include "faces/desk/casework/deed.h"
#include "faces/desk/saved/saved.h"
#include "faces/desk/sheet.h"

struct grid_row {
    struct str name, href; /* href empty: no page of its own for this reader */
    int64_t unread;        /* messages from there that the reader has not seen */
    struct tag_view state, level, contact, affected, countermeasure;
    struct str state_code, level_code, contact_code, affected_code, countermeasure_code;
    struct when_view last, due;
};
struct grid {
    VEC_OF(struct grid_row);
};

/* One field of the report as the reader may see it. */
struct text_block {
    struct str label, text;
};
struct text_blocks {
    VEC_OF(struct text_block);
};
/* The texts of one information class, under its heading. */
struct class_block {
    struct str title, warning;
    struct text_blocks blocks;
};
struct class_blocks {
    VEC_OF(struct class_block);
};

struct wait_row { /* a wish or a hint that waits for an answer */
    struct str who, what, words;
    struct str href; /* a page of its own; empty: none */
    struct when_view when;
    struct tag_view tag;
    struct deeds deeds;
};
struct wait_rows {
    VEC_OF(struct wait_row);
};

struct like_row { /* what may be about the same */
    struct link link;
    struct str common; /* what the two have in common, in kinds */
};

/* A conversation beside the first one. */
struct thread_block {
    struct str id, title, note; /* note: who reads it */
    struct message_list messages;
    struct deeds deeds;
};
struct thread_blocks {
    VEC_OF(struct thread_block);
};
struct fact_block {
    struct str title;
    struct fact_list facts;
};
struct fact_blocks {
    VEC_OF(struct fact_block);
};

struct attempt_row { /* to reach a developer */
    struct when_view when;
    struct str channel, result, to, words, evidence;
};
struct attempt_rows {
    VEC_OF(struct attempt_row);
};

/* Many developers stand in groups, by what they have answered. */
struct grid_group {
    struct str title, count;
    bool is_open;
    struct grid rows;
};
struct grid_groups {
    VEC_OF(struct grid_group);
};

struct search_hit {
    struct str where, href, text;
    struct when_view when;
};
struct search_view {
    struct str number;
    bool is_asked;
    struct filters_view filters;
    struct search_hits {
        VEC_OF(struct search_hit);
    } hits;
    struct empty_view nothing;
};

struct case_page_view {
    bool is_paper;    /* printed: whole, and nothing to press */
    struct str paper; /* whose view it is; empty on the screen */
    struct str number, title, sentence, embargo;
    struct tag_view state, grade;
    struct fault_list faults;
    struct clock_view clock;
    struct deeds deeds;
    bool has_grid;
    struct grid grid;
    struct str grid_note, invite_href;
    struct sheet_links grid_file; /* csv empty: not for this reader */
    bool is_long_grid;
    struct grid_groups grid_groups;
    struct fact_list grid_counts;
    struct filters_view grid_filters;
    struct pager_view grid_pager;
    struct wait_rows wishes, hints, openings;
    struct wait_rows observed;                     /* a leak, an exploit, an attack */
    struct wait_rows inquiries;                    /* the finder's questions */
    struct wait_rows withdrawal;                   /* the finder asks to be released from silence */
    struct wait_rows analyses, exchanges, numbers; /* by third parties */
    struct wait_rows rooms;                        /* that developers share */
    struct fact_list priority; /* provision to critical infrastructure before publication */
    struct fact_list eol;      /* the end of support */
    struct fact_list ties;     /* cases that belong together */
    struct fact_list reach;    /* how far it is with a developer that does not answer */
    struct attempt_rows attempts;
    struct fact_list docket,
        bundle; /* before the publication judgement committee; what was gathered for it */
    struct attempt_rows bundle_attempts;
    struct str summary;
    struct class_blocks texts;
    struct fact_list facts;
    struct fact_blocks
    operator; /* of a website: the contact, what it answered; on paper each developer */
    struct thread_blocks threads;
    struct tag_view advisory;
    struct str advisory_href, report_href, history_href, print_href, search_href;
    struct attachment_list files;
    struct act_list file_acts;
    bool has_thread;
    struct str thread_title;
    struct message_list thread;
    struct pager_view thread_pager, note_pager;
    struct deeds thread_deeds;
    bool has_notes; /* inside the reader's own body or organisation */
    struct message_list notes;
    struct deeds note_deeds;
    struct moment_list timeline;
    struct moment_list dates; /* how the publication date came about */
    bool has_rediscovery;     /* of what is alike, something may be the same vulnerability */
    struct like_rows {
        VEC_OF(struct like_row);
    } like;
};

struct list_row {
    struct str number, title, href, officer, state_code, grade_code;
    struct tag_view state, grade;
    struct when_view changed, due, submitted,
        publication; /* due: of a developer its answer, else the date */
    struct str age, developers;
    int64_t unread;
};
struct list_page_view {
    bool is_developer, is_reports;
    struct filters_view filters;
    struct list_rows {
        VEC_OF(struct list_row);
    } rows;
    struct empty_view empty;
    struct pager_view pager;
    struct sheet_links file;
    struct saved_part saved;
    struct links begin; /* what this reader may begin here */
};

struct today_row {
    struct when_view due;
    struct str words, href, number, title, waits_for;
};
struct today_group {
    struct str title, count;
    struct today_rows {
        VEC_OF(struct today_row);
    } rows;
};
struct today_view {
    struct str date;
    struct today_groups {
        VEC_OF(struct today_group);
    } groups;
    struct empty_view empty;
    struct sheet_links file;
    struct link other;      /* mine or all */
    struct words stands_in; /* for whom this officer stands in today */
};

struct history_row {
    int64_t seq;
    struct when_view at;
    struct str what, who, rule, states, carries, kind, actor;
};
struct history_view {
    struct str number;
    struct history_rows {
        VEC_OF(struct history_row);
    } rows;
    struct sheet_links file;
};

struct audit_row {
    struct history_row entry;
    struct str number, hash;
};
struct audit_view {
    struct filters_view filters;
    struct audit_rows {
        VEC_OF(struct audit_row);
    } rows;
    struct sheet_links file;
    struct empty_view empty;
    struct pager_view pager;
};

struct identity_view {
    struct str number, back;
    struct fact_list facts;
};
