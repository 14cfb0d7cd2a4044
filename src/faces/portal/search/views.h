/* faces/portal/search/views.h: what a search shows. */
#pragma once
#include "faces/portal/catalog/lines.h"

struct facet_line {
    struct str label, count, href; /* href of one that is chosen: without it */
    bool is_chosen;
};
struct facet_view {
    struct str title, note; /* note: where not all hits were counted */
    struct {
        VEC_OF(struct facet_line);
    } lines, more; /* more: behind a disclosure */
};
struct facet_list {
    VEC_OF(struct facet_view);
};
struct chip {
    struct str name, value, href; /* href: without it */
};
struct chips {
    VEC_OF(struct chip);
};
struct sort_line {
    struct str label, href;
    bool is_current;
};
struct sort_lines {
    VEC_OF(struct sort_line);
};
struct kept_field {
    struct str name, value;
};
struct kept_fields {
    VEC_OF(struct kept_field);
};

struct find_view {
    struct str href, words; /* where the form goes */
    struct kept_fields kept;
};

struct search_view {
    struct find_view find;
    struct fault_list faults;
    struct facet_list facets;
    struct chips chips;
    struct str clear_href,
        again_href; /* again: what is left without the faults; empty: there are none */
    struct sort_lines sorts;
    struct str count; /* 「1,000件以上」 */
    struct entry_lines lines;
    struct pager_view pager;
    struct links meant;       /* what would have found something */
    struct link advisories;   /* of this site's own; label empty: none */
    struct str with_rejected; /* a link to the same with rejected ones; empty: they are there */
    bool is_done;             /* false: nothing could be asked */
};
