/* faces/html/layout.h: what stands around every page: head, header with navigation, crumbs, footer. */
#pragma once
#include "faces/html/parts.h"

struct nav_item {
    struct str label, href;
    bool is_current;
    int64_t count; /* things that wait there; 0: not shown */
};
struct nav {
    VEC_OF(struct nav_item);
};

/* The last one, without href, is the page itself. */
struct crumb {
    struct str label, href;
};
struct crumbs {
    VEC_OF(struct crumb);
};

/* The same matter in another form, for feed readers and programs. */
struct alternate {
    struct str type, title, href;
};
struct alternates {
    VEC_OF(struct alternate);
};

struct layout_view {
    struct str title; /* without the site's name; empty: the front page */
    struct html body;
    struct nav nav;
    struct crumbs crumbs;
    struct str other_language_href; /* whole path with its prefix: request_in(); empty: no switch */
    struct flash_view flash;        /* words empty: none */
    bool is_narrow;                 /* forms and texts: a column that reads well */
    const char *stylesheet, *script; /* further files of web/ that this page needs; NULL: none */
    bool is_secret; /* search engines are asked to stay away; every page of the desk */

    /* the portal's */
    struct str description, search; /* what the search box holds */
    struct act report;              /* the button to the report form; label empty: none */
    struct link login;              /* label empty: none */
    struct alternates alternates;

    /* the desk's */
    struct str user_name, role_name; /* empty: nobody is logged in */
    struct str logout_href, account_href;
    struct str
        tour_href; /* of a demonstration, which says so above every page; empty: it is none */
    struct str
        idle_warning; /* seconds until the script warns that the session is about to end; empty: never */

    /* the footer's */
    struct str operator_name, contact_href, about_href, security_href,
        privacy_href; /* security_href: /.well-known/security.txt */
};

/* "/assets/noroshi.css?v=…": may be kept for ever. path: a file of web/. */
struct str asset_href(struct arena *arena, const char *path);
