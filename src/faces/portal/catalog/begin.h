/* faces/portal/catalog/begin.h: what all pages of the catalogue begin and end with. */
#pragma once
#include "faces/portal/frame.h"

struct tx;

/* False: there is no catalogue to ask. *is_told: it is not there yet, and the reader has been told so with a page; otherwise the error
 * stands in *err. */
MUST_CHECK bool catalog_begin(struct request *req, struct response *res, struct tx **out,
                              bool *is_told, struct err *err);
/* The same page for a catalogue that holds nothing. */
MUST_CHECK bool catalog_send_empty(struct request *req, struct response *res, struct err *err);
/* portal_send with the catalogue's look, feeds and place in the navigation. */
MUST_CHECK bool catalog_send(struct request *req, struct response *res, struct page *body,
                             struct portal_frame *frame, struct err *err);
MUST_CHECK bool catalog_number(const struct request *req, const char *name, int64_t *out,
                               struct err *err); /* {id} of a path. ERR_NOT_FOUND */
