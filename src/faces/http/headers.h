/* faces/http/headers.h: the headers of every answer, from one table. Rule: C11 */
#pragma once
#include "faces/http/http.h"

/* What the choice of headers depends on. */
struct headers_of {
    enum content content;
    bool is_private, is_https, is_error, secret_link, clear_site, has_gzip, has_etag;
    enum cache cache;
};

/* Calls add for each header of the table that such an answer has. */
void headers_each(const struct headers_of *of,
                  void (*add)(void *to, const char *name, const char *value), void *to);
