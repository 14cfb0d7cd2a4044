/* faces/html/html.h: what compiled templates (tools/htmlc.py) write with: text escaped by where it stands and what it is. */
#pragma once
#include "base/buf.h"
#include "base/tr.h"

/* Text that is HTML already. Only html_done and the sanitiser make one. */
struct html {
    struct str text;
};

/* A page as it is written. Open, because templates read its fields; only the functions below write it. */
struct page {
    struct arena *arena;
    struct buf buf;
    enum lang lang;
    struct str token; /* of the reader's forms; empty where no form stands */
};

/* max: bytes of the whole page; what goes beyond makes html_done fail. Lives in arena. */
struct page *page_new(struct arena *arena, size_t max, enum lang lang, struct str token);

/* The page; lives in its arena. ERR_TOO_LARGE if it ever was over its maximum. */
MUST_CHECK bool html_done(struct page *page, struct html *out, struct err *err);

/* For templates. The static text of a template, as it is: never call it with anything but a literal. */
void html_static(struct page *page, struct str literal);
void html_base(
    struct page *page); /* "" in Japanese, "/en" in English: what every internal link starts with */
void html_token(struct page *page); /* the hidden field form_token */
void html_lang(struct page *page);  /* "ja", "en" */
/* A file of web/ in a <style>: for documents that travel alone; pages of a site link to it. Styles of ours hold no "</" (a test looks). */
void html_stylesheet(struct page *page, const char *path);

/* Between tags: & < > " ' are escaped, and controls that HTML forbids become U+FFFD. */
void html_text_str(struct page *page, struct str text);
void html_text_html(struct page *page, struct html html);
void html_text_int(struct page *page, int64_t n);
void html_text_size(struct page *page, size_t n);

/* Text as a part of a URL, outside of pages: what html_url_part writes. */
void html_url_encode(struct buf *buf, struct str text);

/* A part of a URL: all but the unreserved characters of RFC 3986 is percent-encoded. */
void html_url_part_str(struct page *page, struct str text);

/* A whole URL: http, https, mailto, or a path from '/'; anything else becomes "#". */
void html_url_str(struct page *page, struct str url);
bool html_is_safe_url(struct str url);

/* {{ v }} by place; a char * or any other struct does not compile. */
/* clang-format off */
#define html_text(page, v) _Generic((v), struct str: html_text_str, struct html: html_text_html, \
                                    int: html_text_int, int64_t: html_text_int, size_t: html_text_size)(page, v)
/* In a quoted attribute, in <title> and <textarea>. */
#define html_attr(page, v) _Generic((v), struct str: html_text_str, \
                                    int: html_text_int, int64_t: html_text_int, size_t: html_text_size)(page, v)
#define html_url_part(page, v) _Generic((v), struct str: html_url_part_str, \
                                    int: html_text_int, int64_t: html_text_int, size_t: html_text_size)(page, v)
#define html_url(page, v) _Generic((v), struct str: html_url_str)(page, v)
/* clang-format on */
