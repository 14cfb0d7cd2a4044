/* faces/desk/frame.h: what stands around every page of the desk, and how a page is begun and sent. */
#pragma once
#include "faces/html/layout.h"
#include "faces/http/http.h"

struct frame {
    struct str title;
    struct crumbs crumbs;
    struct flash_view flash;
    bool is_narrow;
};

/* The body of a page: call templates on it, then frame_send. */
struct page *frame_page(struct request *req);
MUST_CHECK bool frame_send(struct request *req, struct response *res, struct page *body,
                           const struct frame *frame, struct err *err);

/* 303 to a path of ours without language: the reader's language is kept. */
bool frame_go(struct request *req, struct response *res, struct str path);

/* The sentence in the reader's language. */
struct str say(const struct request *req, const char *msgid);

/* What the reader is here as, in words: the first of the roles. */
struct str frame_role(const struct request *req);
/* This page with another value of a field of its query, from the first page of a list. */
struct str frame_here(const struct request *req, const char *field, struct str value);
void frame_crumb(struct request *req, struct frame *frame, const char *label, struct str href);

/* What was just done: POSTs lead to `?done=CODE`, and the page says the words of that row. Unknown codes say nothing. */
struct done {
    const char *code, *words; /* msgid */
    enum tone tone;
};
void frame_done(struct request *req, struct frame *frame, const struct done *rows, size_t count);

/* The hook that puts errors into words. */
void frame_error(struct request *req, const struct err *err, struct response *res);
