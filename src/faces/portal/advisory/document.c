#include "faces/public/document.h"
#include "base/err.h"
#include "faces/http/respond.h"
#include "faces/http/url.h"
#include "faces/portal/advisory/fill.h"
#include "faces/portal/advisory/hits.h"
#include "faces/portal/advisory/list.html.h"
#include "faces/portal/advisory/pages.h"
#include "faces/portal/frame.h"
#include "faces/public/context.h"
#include "store/generation.h"

bool portal_document(struct request *req, struct response *res, struct err *err)
{
    return public_document(req, res) ? true : FAIL(err, NOT_FOUND, req->path);
}

/* All rows, borrowed from the generation, which the caller closes. An empty world has none. */
static bool load_rows(struct request *req, struct generation *generation, struct advisory_rows *out,
                      struct err *err)
{
    struct segment_entry entry;

    *out = (struct advisory_rows){ 0 };
    if (!generation_find(generation, STR(INDEX_PATH), &entry))
        return true;
    return index_read(entry.body, req->arena, out, err) ? true : PASS(err);
}

static enum index_order order_of(struct str sort)
{
    return str_eq(sort, STR("updated"))    ? ORDER_UPDATED
           : str_eq(sort, STR("severity")) ? ORDER_SEVERITY
                                           : ORDER_PUBLISHED;
}

/* What makes no sense counts as not asked: a list never answers a stranger with an error. */
static struct index_query query_of(const struct request *req)
{
    struct index_query query = {
        .text = str_trim(request_query(req, "q")),
        .severity = request_query(req, "severity"),
        .vendor = str_trim(request_query(req, "vendor")),
        .order = order_of(request_query(req, "sort")),
    };
    struct err ignored = { 0 };
    int64_t n;

    if (query.text.len > INDEX_QUERY_MAX * 4 || !str_is_plain(query.text, false))
        query.text = STR_NONE;
    if (query.vendor.len > INDEX_QUERY_MAX * 4 || !str_is_plain(query.vendor, false))
        query.vendor = STR_NONE;
    if (query.severity.len > 8)
        query.severity = STR_NONE;
    if (str_to_int(request_query(req, "year"), 1970, 9999, &n, &ignored))
        query.year = n;
    query.page = str_to_int(request_query(req, "page"), 1, 1000000, &n, &ignored) ? (size_t)n : 1;
    return query;
}

static bool search(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(generation_close_var) struct generation *generation = watch_now(public_of(req)->watch);
    struct portal_frame frame = { .title = tr(req->lang, N_("Countermeasure information")),
                                  .room = "/advisories" };
    struct index_query query = query_of(req);
    struct page *body = portal_page(req);
    struct advisory_list_view v;
    struct advisory_rows rows;

    if (!load_rows(req, generation, &rows, err))
        return PASS(err);
    v = advisory_list_of(&rows, &query, req->lang, req->arena);
    frame.search = query.text;
    portal_advisory_list(body, &v); /* copies what it shows */
    return portal_send(req, res, body, &frame, err) ? true : PASS(err);
}

bool advisory_hits(struct request *req, struct str words, int64_t *count, struct err *err)
{
    CLEANUP(generation_close_var) struct generation *generation = watch_now(public_of(req)->watch);
    struct index_query query = { .text = words, .page = 1 };
    struct advisory_rows rows;
    struct index_found found;

    *count = 0;
    if (words.len > INDEX_QUERY_MAX * 4)
        return true;
    if (!load_rows(req, generation, &rows, err))
        return PASS(err);
    index_search(&rows, &query, req->arena, &found);
    *count = (int64_t)found.total;
    return true;
}

struct str advisory_hits_href(struct str words, struct arena *arena)
{
    struct buf buf = buf_new(arena, 4 * HTTP_URL_MAX);

    buf_add_z(&buf, "/advisories");
    url_add(&buf, "q", words);
    return buf_str(&buf);
}

bool portal_list(struct request *req, struct response *res, struct err *err)
{
    if (req->query_text.len == 0 && public_document(req, res))
        return true;
    return search(req, res, err) ? true : PASS(err);
}

bool portal_home(struct request *req, struct response *res, struct err *err)
{
    static const struct advisory_rows none = { 0 };
    struct advisory_site site = advisory_site_from(public_of(req)->settings);
    struct portal_frame frame = { .title = STR_NONE };
    struct home_view v;
    struct page *body;

    if (public_document(req, res))
        return true;
    body = portal_page(req);
    v = home_of(&none, &site, req->lang, req->arena);
    portal_home_page(body, &v);
    return portal_send(req, res, body, &frame, err) ? true : PASS(err);
}
