/* faces/portal/vendors/views.h: what the dictionary's pages show. */
#pragma once
#include "faces/portal/search/views.h"

struct initial_line {
    struct str label, href;
    bool is_current;
};
struct initials {
    VEC_OF(struct initial_line);
};
struct vendor_row {
    struct str name, key, href, products, entries;
};
struct vendors_view {
    struct str words, count;
    struct initials latin, japanese;
    struct {
        VEC_OF(struct vendor_row);
    } rows;
    struct empty_view empty;
    struct pager_view pager;
};
struct product_line_view {
    struct str name, href, entries;
};
struct product_lines {
    VEC_OF(struct product_line_view);
};
/* Of a vendor, a product or a weakness: its head, and the entries that the search's filters narrow. */
struct subject_view {
    struct str title, other_name, kind;
    struct fact_list facts;
    struct str products_title,
        products_all; /* all: a link to the whole list; empty: all are shown */
    struct product_lines products;
    struct search_view search;
};
