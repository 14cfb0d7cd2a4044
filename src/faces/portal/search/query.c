#include "faces/portal/search/query.h"

#include "base/err.h"
#include "faces/http/url.h"

enum { HREF_MAX = 4 * HTTP_URL_MAX, PAGES_MAX = SEARCH_OFFSET_MAX / SEARCH_PAGE };

static const char *const wrong_page = N_(
    "\"{value}\" is not a page that can be shown. Please narrow the search down to see what is further behind.");

static bool read_page(struct str value, struct search_query *query)
{
    struct err ignored = { 0 };
    int64_t page;

    if (!str_to_int(value, 1, PAGES_MAX, &page, &ignored))
        return false;
    query->page = (size_t)page;
    return true;
}

const char *query_param_name(int param)
{
    return param == PARAM_PAGE ? "page" : search_param_name((enum search_param)param);
}

static bool read_param(struct search_query *query, int param)
{
    struct str value = query->value[param];

    return param == PARAM_PAGE ? read_page(value, query)
                               : search_param_read((enum search_param)param, value, &query->search);
}

static void add_fault(const struct request *req, int param, struct search_query *out)
{
    struct str shown = str_is_plain(out->value[param], false)
                           ? str_take_code_points(out->value[param], 40)
                           : STR("…");
    struct fault fault = {
        .field_id = param == PARAM_WORDS ? STR("find") : STR_NONE,
        .words =
            tr_fill(req->arena, req->lang,
                    param == PARAM_PAGE ? wrong_page : search_param_wrong((enum search_param)param),
                    TR_ARGS({ "value", shown }, { "name", str_from_z(query_param_name(param)) })),
    };

    VEC_PUSH(req->arena, &out->faults, fault);
}

void search_query_read(const struct request *req, struct str path, struct search_query *out)
{
    *out = (struct search_query){ .path = path, .page = 1 };
    for (int i = 0; i < QUERY_PARAMS; i++) {
        out->value[i] = str_trim(request_query(req, query_param_name(i)));
        if (out->value[i].len == 0 || read_param(out, i))
            continue;
        add_fault(req, i, out);
        out->value[i] = STR_NONE;
    }
    /* Words ask for what fits them best, a list for what is new; without words nothing fits better than something else. */
    if (out->value[PARAM_SORT].len == 0 && out->search.words.len > 0)
        out->search.order = ORDER_RELEVANCE;
    if (out->search.order == ORDER_RELEVANCE && out->search.words.len == 0)
        out->search.order = ORDER_MODIFIED;
    out->search.limit = SEARCH_PAGE;
    out->search.offset = (out->page - 1) * SEARCH_PAGE;
}

struct str search_href(const struct search_query *query, int param, struct str value,
                       struct arena *arena)
{
    struct buf buf = buf_new(arena, HREF_MAX);

    buf_add(&buf, query->path);
    for (int i = 0; i < QUERY_PARAMS; i++) {
        if (i == param)
            url_add(&buf, query_param_name(i), value);
        else if (i != PARAM_PAGE)
            url_add(&buf, query_param_name(i), query->value[i]);
    }
    return buf_str(&buf);
}

bool search_is_filtered(const struct search_query *query)
{
    for (int i = 0; i < QUERY_PARAMS; i++)
        if (i != PARAM_WORDS && i != PARAM_SORT && i != PARAM_PAGE && query->value[i].len > 0)
            return true;
    return false;
}
