/* faces/portal/frame.h: what stands around every public page: navigation, language switch, footer. The same for pages made at the moment
 * and for those made at publication, so nothing in it depends on the reader. */
#pragma once
#include "domain/advisory/site.h"
#include "faces/html/layout.h"
#include "faces/http/http.h"

enum { PORTAL_PAGE_MAX = 4 << 20 };

struct portal_frame {
    struct str title;       /* empty: the front page */
    struct str description; /* for search engines */
    struct str search;      /* what the search box holds */
    struct str
        path; /* of this page without its language, with its query: for the language switch; empty: none */
    const char *room; /* href of the navigation's item it belongs to; NULL: none */
    struct crumbs crumbs;
    struct alternates alternates;
    bool is_narrow, is_secret;
    bool is_catalog; /* its own stylesheet and script beside those of every page */
};

/* body: a finished page's inside. token: of the reader's forms; empty on pages without one. Lives in arena. */
MUST_CHECK bool portal_frame_html(const struct advisory_site *site, enum lang lang,
                                  struct arena *arena, const struct portal_frame *frame,
                                  struct page *body, struct str token, struct html *out,
                                  struct err *err);
/* The same as the answer to a request; frame->path is filled in. */
MUST_CHECK bool portal_send(struct request *req, struct response *res, struct page *body,
                            struct portal_frame *frame, struct err *err);
/* A page for its body. */
struct page *portal_page(struct request *req);
#define PORTAL_CRUMBS(arena, ...)                                 \
    portal_crumbs((arena), (const struct crumb[]){ __VA_ARGS__ }, \
                  COUNT(((const struct crumb[]){ __VA_ARGS__ })))
struct crumbs portal_crumbs(struct arena *arena, const struct crumb *at, size_t count);
