/* faces/desk/casework/frame_case.h: how the pages of this folder are sent, what is said after a deed, and what is kept of a form that could not be taken. */
#pragma once
#include "faces/desk/context.h"
#include "faces/desk/frame.h"

#define CASE_CRUMBS(...)                   \
    (const struct crumb[]){ __VA_ARGS__ }, \
        sizeof((const struct crumb[]){ __VA_ARGS__ }) / sizeof(struct crumb)

/* Answers with the whole page; the words of ?done= stand at its top. */
MUST_CHECK bool case_frame_send(struct request *req, struct response *res, struct page *body,
                                struct str title, const struct crumb *crumbs, size_t count,
                                struct err *err);
/* After a deed: 303 to path with ?done=CODE. */
bool case_done(struct request *req, struct response *res, struct str path, const char *code);
/* What was typed in a form that could not be taken; empty on a fresh page. */
struct str case_kept(const struct request *req, const char *field);
/* The reader can mend it: the page is shown again with the words instead of an error page. */
bool case_is_mendable(const struct err *err);
