/* faces/desk/page.h: a page of the desk: layout, navigation, breadcrumbs, the word after a deed, and the faults of a form. */
#pragma once
#include "faces/desk/context.h"

struct crumb_view {
    struct str label, path; /* path without language prefix; empty: here */
};
#define CRUMBS(...) (const struct crumb_view[]){ __VA_ARGS__ }, sizeof((const struct crumb_view[]){ __VA_ARGS__ }) / sizeof(struct crumb_view)

/* A page to write the body into. */
struct page *desk_page_new(const struct request *req);

/* Ends the body and answers with the whole page. room: "today", "reports", "cases", "developers", "advisories", "me", … for the navigation. */
bool desk_page_done(struct request *req, struct response *res, struct page *body, const char *room, struct str title, const struct crumb_view *crumbs,
                    size_t crumb_count, struct err *err);

/* After a deed: 303 to path (without language prefix) with ?done=CODE, whose words are shown once at the top. */
bool desk_done(struct request *req, struct response *res, struct str path, const char *code);
/* The words of a code that came back in ?done=; NULL when there are none. */
const char *desk_done_words(struct str code);

/* What was typed in a form that could not be taken, so that nothing is lost; empty on a fresh page. */
struct str desk_kept(const struct request *req, const char *field);
/* True when err is the reader's to mend: the page is shown again with the words instead of an error page. */
bool desk_is_mendable(const struct err *err);
