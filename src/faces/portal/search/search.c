#include "faces/portal/search/search.h"

#include "base/err.h"
#include "faces/http/respond.h"
#include "faces/portal/advisory/hits.h"
#include "faces/portal/catalog/begin.h"
#include "faces/portal/catalog/names.h"
#include "faces/portal/search/search.html.h"
#include "faces/public/catalog.h"
#include "faces/public/context.h"
#include "formats/json/json.h"

enum { SUGGEST_FROM = 2, SUGGEST_MAX = 8, SUGGEST_TEXT_MAX = 64 << 10, BAD_REQUEST = 400 };

/* This site's own countermeasure information stands in a list of its own. */
static bool fill_advisories(struct request *req, const struct search_query *query,
                            struct search_view *v, struct err *err)
{
    int64_t count;

    if (query->search.words.len == 0 || query->page > 1)
        return true;
    if (!advisory_hits(req, query->search.words, &count, err))
        return PASS(err);
    if (count == 0)
        return true;
    v->advisories = (struct link){
        .label = tr_fill(req->arena, req->lang,
                         N_("Countermeasure information published on this site: {count}"),
                         TR_ARGS({ "count", tr_number(req->arena, count) })),
        .href = advisory_hits_href(query->search.words, req->arena),
    };
    return true;
}

bool portal_search(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct portal_frame frame = { .title = tr(req->lang, N_("Vulnerability database")) };
    struct page *body = portal_page(req);
    struct search_query query;
    struct search_view v;
    bool is_told;

    if (!catalog_begin(req, res, &tx, &is_told, err))
        return is_told;
    search_query_read(req, req->path, &query);
    if (!search_fill(req, tx, &query, SEARCH_PARAMS, &v, err) ||
        !fill_advisories(req, &query, &v, err))
        return PASS(err);
    if (req->query_text.len == 0 && v.lines.len == 0)
        return catalog_send_empty(req, res, err) ? true : PASS(err);
    if (v.faults.len > 0)
        res->status = BAD_REQUEST;
    frame.is_secret = search_is_filtered(&query) || query.page > 1;
    search_page(body, &v);
    return catalog_send(req, res, body, &frame, err) ? true : PASS(err);
}

/* ---- suggestions ---- */

struct suggesting {
    struct request *req;
    struct tx *tx;
    struct json_writer w;
    size_t count;
};

static void suggest(struct suggesting *s, struct str name)
{
    json_put_text(&s->w, name);
    s->count++;
}

static bool suggest_vendors(struct suggesting *s, struct str words, struct err *err)
{
    struct catalog_vendors vendors = { 0 };
    int64_t count;

    if (!catalog_vendors_list(s->tx, words, 0, SUGGEST_MAX / 2, s->req->arena, &vendors, &count,
                              err))
        return PASS(err);
    for (size_t i = 0; i < vendors.len; i++)
        suggest(s, vendor_name(&vendors.at[i], s->req->lang, s->req->arena));
    return true;
}

static bool suggest_products(struct suggesting *s, struct str words, struct err *err)
{
    struct catalog_products products = { 0 };
    int64_t count;

    if (!catalog_products_list(s->tx, 0, words, 0, SUGGEST_MAX - s->count, s->req->arena, &products,
                               &count, err))
        return PASS(err);
    for (size_t i = 0; i < products.len; i++)
        suggest(s, product_name(&products.at[i], s->req->lang, s->req->arena));
    return true;
}

bool portal_suggest(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str words = str_trim(request_query(req, "q"));
    struct buf buf = buf_new(req->arena, SUGGEST_TEXT_MAX);
    struct suggesting s = { .req = req, .w = json_writer_new(&buf, false) };
    size_t points = str_code_points(words);
    struct str text;

    if (points > SEARCH_WORDS_MAX || !str_is_plain(words, false))
        return FAIL(err, SEARCH, STR("q"));
    json_array_begin(&s.w);
    if (points >= SUGGEST_FROM && public_of(req)->catalog && public_catalog_begin(req, &tx, err)) {
        s.tx = tx;
        if (!suggest_vendors(&s, words, err) || !suggest_products(&s, words, err))
            return PASS(err);
    } else if (err->code != ERR_NONE && err->code != ERR_ABSENT) {
        return PASS(err);
    }
    *err = (struct err){ 0 };
    json_array_end(&s.w);
    return buf_done(&buf, &text, err) ? respond_json(res, text) : PASS(err);
}
