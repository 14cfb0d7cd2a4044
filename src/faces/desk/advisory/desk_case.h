/* faces/desk/advisory/desk_case.h: one advisory as a request finds it, with its case. For this folder. */
#pragma once
#include "domain/advisory/editing.h"
#include "faces/desk/casework/frame_case.h"
#include "store/store.h"

struct desk_advisory {
    struct tx *tx;
    struct advisory a;
    struct product_case c;
};
/* The advisory of the route's {id}; ERR_ABSENT when there is none. End with CLEANUP(desk_advisory_end). */
MUST_CHECK bool desk_advisory_open(struct request *req, enum tx_kind kind,
                                   struct desk_advisory *out, struct err *err);
void desk_advisory_end(struct desk_advisory *d);
struct str desk_advisory_href(struct request *req, const char *rest);
/* "Title: Japanese", "Product 2": where a fault of advisory_check lies, as the form says it. */
struct str advisory_field_label(struct request *req, struct str field);
/* The page, with words at the top when a deed could not be done. */
bool desk_advisory_page(struct request *req, struct response *res, const struct err *fault,
                        struct err *err);
