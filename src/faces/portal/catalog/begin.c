#include "faces/portal/catalog/begin.h"

#include "base/err.h"
#include "faces/portal/catalog/empty.html.h"
#include "faces/public/catalog.h"
#include "faces/public/context.h"

bool catalog_send_empty(struct request *req, struct response *res, struct err *err)
{
    struct page *body = portal_page(req);
    struct portal_frame frame = { .title = tr(req->lang, N_("Vulnerability database")) };

    catalog_empty_page(body);
    return catalog_send(req, res, body, &frame, err) ? true : PASS(err);
}

bool catalog_begin(struct request *req, struct response *res, struct tx **out, bool *is_told,
                   struct err *err)
{
    struct err why = { 0 };

    *is_told = false;
    if (public_of(req)->catalog && public_catalog_begin(req, out, &why))
        return true;
    if (public_of(req)->catalog && why.code != ERR_ABSENT) {
        *err = why;
        return PASS(err);
    }
    *is_told = catalog_send_empty(req, res, err);
    return false;
}

bool catalog_send(struct request *req, struct response *res, struct page *body,
                  struct portal_frame *frame, struct err *err)
{
    frame->is_catalog = true;
    if (!frame->room)
        frame->room = "/search";
    return portal_send(req, res, body, frame, err) ? true : PASS(err);
}

bool catalog_number(const struct request *req, const char *name, int64_t *out, struct err *err)
{
    struct err ignored = { 0 };

    if (!str_to_int(request_path(req, name), 1, INT64_MAX, out, &ignored))
        return FAIL(err, NOT_FOUND, req->path);
    return true;
}
