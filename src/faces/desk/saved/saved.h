/* faces/desk/saved/saved.h: the views that the reader has kept of a list, and the form that keeps the present one: a part of the list's page. */
#pragma once
#include "faces/html/parts.h"
#include "faces/http/http.h"
#include "store/store.h"

struct saved_row {
    struct str name, href, drop_href;
    bool is_current;
};
struct saved_part {
    struct saved_rows {
        VEC_OF(struct saved_row);
    } rows;
    struct str list, query; /* query: what would be kept; empty: there is nothing to keep */
};
/* Of the list at the request's path. */
MUST_CHECK bool saved_fill(const struct request *req, struct tx *tx, struct saved_part *out,
                           struct err *err);
