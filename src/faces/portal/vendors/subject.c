/* Pages of one vendor, product or weakness: what the dictionary says of it, then the entries that the search's filters narrow. */
#include "base/err.h"
#include "domain/catalog/reference.h"
#include "faces/portal/catalog/begin.h"
#include "faces/portal/catalog/names.h"
#include "faces/portal/catalog/words.h"
#include "faces/portal/search/search.h"
#include "faces/portal/vendors/vendors.h"
#include "faces/portal/vendors/vendors.html.h"
#include "formats/cwe/cwe.h"
#include "store/store.h"

enum { PRODUCTS_FIRST = 12, CYCLES_FIRST = 12, PRODUCTS_ALL = 1000, BAD_REQUEST = 400 };

static void add_fact(struct request *req, struct subject_view *v, const char *name,
                     struct str value, struct str href, bool is_code)
{
    if (value.len > 0)
        VEC_PUSH(
            req->arena, &v->facts,
            (struct fact){
                .name = tr(req->lang, name), .value = value, .href = href, .is_code = is_code });
}

/* The name in the other language, where there is one. */
static struct str other_name(struct str ja, struct str en, struct str shown)
{
    return ja.len > 0 && en.len > 0 && !str_eq(ja, en) ? str_eq(shown, ja) ? en : ja : STR_NONE;
}

static bool send(struct request *req, struct response *res, struct tx *tx,
                 struct search_query *query, enum search_param hidden, struct subject_view *v,
                 struct crumbs crumbs, struct err *err)
{
    struct portal_frame frame = { .title = v->title, .crumbs = crumbs };
    struct page *body = portal_page(req);

    if (!search_fill(req, tx, query, hidden, &v->search, err))
        return PASS(err);
    if (v->search.faults.len > 0)
        res->status = BAD_REQUEST;
    frame.is_secret = search_is_filtered(query) || query->page > 1;
    subject_page(body, v);
    return catalog_send(req, res, body, &frame, err) ? true : PASS(err);
}

/* ---- a vendor ---- */

static bool fill_products(struct request *req, struct tx *tx, int64_t vendor,
                          struct subject_view *v, struct err *err)
{
    bool is_all = str_eq(request_query(req, "products"), STR("all"));
    struct catalog_products products = { 0 };
    int64_t count;

    if (!catalog_products_list(tx, vendor, STR_NONE, 0, is_all ? PRODUCTS_ALL : PRODUCTS_FIRST,
                               req->arena, &products, &count, err))
        return PASS(err);
    for (size_t i = 0; i < products.len; i++)
        VEC_PUSH(
            req->arena, &v->products,
            (struct product_line_view){
                .name = product_name(&products.at[i], req->lang, req->arena),
                .href = arena_printf(req->arena, "/products/%lld", (long long)products.at[i].id),
                .entries = tr_number(req->arena, products.at[i].entries) });
    v->products_title = tr_fill(req->arena, req->lang, N_("Products ({count})"),
                                TR_ARGS({ "count", tr_number(req->arena, count) }));
    if (count > (int64_t)products.len && !is_all)
        v->products_all = arena_printf(req->arena, "/vendors/%lld?products=all", (long long)vendor);
    return true;
}

bool portal_vendor(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct subject_view v = { .kind = tr(req->lang, N_("Vendor")) };
    struct catalog_vendor vendor;
    struct search_query query;
    bool is_told;
    int64_t id;

    if (!catalog_number(req, "id", &id, err))
        return PASS(err);
    if (!catalog_begin(req, res, &tx, &is_told, err))
        return is_told;
    if (!catalog_vendor_find(tx, id, req->arena, &vendor, err) ||
        !fill_products(req, tx, id, &v, err))
        return PASS(err);
    v.title = vendor_name(&vendor, req->lang, req->arena);
    v.other_name = other_name(vendor.name_ja, vendor.name_en, v.title);
    add_fact(req, &v, N_("Name in CPE"), vendor.key, STR_NONE, true);
    if (vendor.jvn)
        add_fact(req, &v, N_("Number in MyJVN"),
                 arena_printf(req->arena, "%lld", (long long)vendor.jvn), STR_NONE, true);
    search_query_read(req, req->path, &query);
    query.search.vendor = vendor.key;
    query.value[PARAM_VENDOR] = STR_NONE;
    return send(req, res, tx, &query, PARAM_VENDOR, &v,
                PORTAL_CRUMBS(req->arena,
                              { tr(req->lang, N_("Vulnerability database")), STR("/search") },
                              { tr(req->lang, N_("Vendors and products")), STR("/vendors") },
                              { v.title, STR_NONE }),
                err)
               ? true
               : PASS(err);
}

/* ---- a product ---- */

static struct str life_words(struct request *req, struct str ends)
{
    struct err ignored = { 0 };
    struct utc day;

    if (str_eq(ends, STR("true")))
        return tr(req->lang, N_("Support has ended"));
    if (!utc_parse(ends, &day, &ignored))
        return str_eq(ends, STR("false")) ? tr(req->lang, N_("Supported; no end is announced"))
                                          : STR_NONE;
    return tr_fill(req->arena, req->lang,
                   utc_days_between(req->now, day) >= 0 ? N_("Supported until {day}")
                                                        : N_("Support ended on {day}"),
                   TR_ARGS({ "day", tr_date(req->arena, req->lang, day) }));
}

/* How long the newest lines of its releases are supported, where a list says so. */
static bool add_life(struct request *req, struct tx *tx, const struct catalog_product *product,
                     struct subject_view *v, struct err *err)
{
    struct endoflife life;
    struct err why = { 0 };

    if (!reference_life(tx, product->cpe, product->purl, req->arena, &life, &why)) {
        if (why.code == ERR_ABSENT)
            return true;
        *err = why;
        return PASS(err);
    }
    for (size_t i = 0; i < life.cycles.len && i < CYCLES_FIRST; i++) {
        const struct endoflife_cycle *cycle = &life.cycles.at[i];
        struct str words = life_words(req, cycle->ends);

        if (words.len > 0)
            VEC_PUSH(req->arena, &v->facts,
                     (struct fact){ .name = cycle->label.len > 0
                                                ? cycle->label
                                                : arena_printf(req->arena, "%.*s %.*s",
                                                               STR_ARG(life.title),
                                                               STR_ARG(cycle->name)),
                                    .value = words });
    }
    return true;
}

bool portal_product(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct subject_view v = { .kind = tr(req->lang, N_("Product")) };
    struct catalog_product product;
    struct catalog_vendor vendor;
    struct search_query query;
    struct str vendor_href;
    bool is_told;
    int64_t id;

    if (!catalog_number(req, "id", &id, err))
        return PASS(err);
    if (!catalog_begin(req, res, &tx, &is_told, err))
        return is_told;
    if (!catalog_product_find(tx, id, req->arena, &product, err) ||
        !catalog_vendor_find(tx, product.vendor, req->arena, &vendor, err))
        return PASS(err);
    vendor_href = arena_printf(req->arena, "/vendors/%lld", (long long)vendor.id);
    v.title = product_name(&product, req->lang, req->arena);
    v.other_name = other_name(product.name_ja, product.name_en, v.title);
    add_fact(req, &v, N_("Vendor"), vendor_name(&vendor, req->lang, req->arena), vendor_href,
             false);
    add_fact(req, &v, N_("CPE name"), product.cpe, STR_NONE, true);
    add_fact(req, &v, N_("Package URL"), product.purl, STR_NONE, true);
    if (product.jvn)
        add_fact(req, &v, N_("Number in MyJVN"),
                 arena_printf(req->arena, "%lld", (long long)product.jvn), STR_NONE, true);
    if (!add_life(req, tx, &product, &v, err))
        return PASS(err);
    search_query_read(req, req->path, &query);
    query.search.product =
        arena_printf(req->arena, "%.*s:%.*s", STR_ARG(product.vendor_key), STR_ARG(product.key));
    query.value[PARAM_PRODUCT] = query.value[PARAM_VENDOR] = STR_NONE;
    query.search.vendor = STR_NONE;
    return send(req, res, tx, &query, PARAM_PRODUCT, &v,
                PORTAL_CRUMBS(req->arena,
                              { tr(req->lang, N_("Vulnerability database")), STR("/search") },
                              { tr(req->lang, N_("Vendors and products")), STR("/vendors") },
                              { vendor_name(&vendor, req->lang, req->arena), vendor_href },
                              { v.title, STR_NONE }),
                err)
               ? true
               : PASS(err);
}

/* ---- a weakness ---- */

/* What CWE's list says of it, where it was imported. */
static bool add_weakness(struct request *req, struct tx *tx, int64_t number, struct subject_view *v,
                         struct err *err)
{
    struct catalog_weakness told;
    struct err why = { 0 };

    if (!reference_weakness(tx, number, req->arena, &told, &why)) {
        if (why.code == ERR_ABSENT)
            return true;
        *err = why;
        return PASS(err);
    }
    add_fact(req, v, N_("Description"), told.text, STR_NONE, false);
    for (size_t i = 0; i < told.parents.len; i++) {
        struct err ignored = { 0 };
        int64_t parent;

        if (!str_to_int(told.parents.at[i], 1, 99999, &parent, &ignored))
            continue;
        add_fact(req, v, N_("A kind of"),
                 arena_printf(req->arena, "CWE-%u %.*s", (unsigned)parent,
                              STR_ARG(cwe_name((unsigned)parent, req->lang))),
                 cwe_find((unsigned)parent)
                     ? arena_printf(req->arena, "/weaknesses/%u", (unsigned)parent)
                     : STR_NONE,
                 false);
    }
    return true;
}

/* A weakness newer than this program is in the newest list that was imported, or nowhere. */
static bool name_weakness(const struct request *req, struct tx *tx, int64_t id,
                          struct subject_view *v, struct err *err)
{
    const struct cwe *known = id <= 99999 ? cwe_find((unsigned)id) : NULL;
    struct catalog_weakness told;
    struct str name;

    if (!known && !reference_weakness(tx, id, req->arena, &told, err))
        return PASS(err);
    name = known ? cwe_name(known->number, req->lang) : told.name;
    v->title = arena_printf(req->arena, "CWE-%lld %.*s", (long long)id, STR_ARG(name));
    if (known && req->lang == LANG_JA && known->ja.len > 0)
        v->other_name = known->en;
    return true;
}

bool portal_weakness(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct subject_view v = { .kind = tr(req->lang, N_("Weakness (CWE)")) };
    struct search_query query;
    bool is_told;
    int64_t id;

    if (!catalog_number(req, "id", &id, err))
        return PASS(err);
    if (!catalog_begin(req, res, &tx, &is_told, err))
        return is_told;
    if (!name_weakness(req, tx, id, &v, err) || !add_weakness(req, tx, id, &v, err))
        return PASS(err);
    search_query_read(req, req->path, &query);
    query.search.cwe = id;
    query.value[PARAM_CWE] = STR_NONE;
    return send(req, res, tx, &query, PARAM_CWE, &v,
                PORTAL_CRUMBS(req->arena,
                              { tr(req->lang, N_("Vulnerability database")), STR("/search") },
                              { v.title, STR_NONE }),
                err)
               ? true
               : PASS(err);
}
