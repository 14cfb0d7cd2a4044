/* faces/desk/watch/view.h: what the collection tool's pages show. */
#pragma once
#include "faces/desk/form.h"

struct watch_line {
    struct str href, name, whose, searched;
    int64_t products, findings, fresh;
    bool is_waiting;
};
struct watch_lists_view {
    struct act_list acts;
    struct empty_view empty;
    struct {
        VEC_OF(struct watch_line);
    } rows;
};

/* A row of the checklist. */
struct finding_line {
    struct str name, href, why_href, title, products, score, note, decided;
    struct tag_view severity, state;
    struct when_view found;
    bool is_kev, is_changed;
};
struct checklist_view {
    struct str title, href;
    struct note_view note; /* words empty: none */
    struct fact_list facts;
    struct act_list acts;
    struct filters_view filters;
    struct {
        VEC_OF(struct finding_line);
    } rows;
    struct empty_view empty;
    struct pager_view pager;
    struct fault_list faults;
    struct field_list decision; /* of those that are chosen */
};

/* Which lists an entry touches, and why. */
struct touched_reason {
    struct str words, href; /* href: the product in the catalogue */
};
struct touched_list {
    struct str name, href, whose, fate; /* fate: why it is not on the checklist; empty: it is */
    struct tag_view state;
    struct when_view found;
    struct str note;
    struct {
        VEC_OF(struct touched_reason);
    } reasons;
};
struct touched_view {
    struct str name, title, untouched; /* untouched: the lists it does not touch */
    struct tag_view severity;
    struct str score;
    struct act_list acts;
    struct {
        VEC_OF(struct touched_list);
    } lists;
    struct empty_view empty;
};

struct product_line {
    struct str key, name;
    bool is_known; /* to the catalogue */
    int64_t entries;
};
struct product_lines {
    VEC_OF(struct product_line);
};
struct watch_products_view {
    struct str title, href, choice_href, upload_href, remove_href;
    struct fault_list faults;
    bool is_own;
    struct filters_view find;
    struct product_lines found; /* in the dictionary */
    bool has_asked;
    struct form_view paste, upload;
    struct product_lines products;
    struct empty_view empty;
    struct pager_view pager;
};

struct watch_feed_view {
    struct str address; /* of a feed that was just made; empty: not shown */
    struct fact_list facts;
    struct act_list acts;
};
