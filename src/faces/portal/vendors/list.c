#include "base/err.h"
#include "domain/catalog/initial.h"
#include "faces/html/html.h"
#include "faces/http/url.h"
#include "faces/portal/catalog/begin.h"
#include "faces/portal/catalog/names.h"
#include "faces/portal/vendors/vendors.h"
#include "faces/portal/vendors/vendors.html.h"
#include "store/store.h"

enum { ROWS = 60, PAGES_MAX = 1000, WORDS_MAX = 200, HREF_MAX = 4096 };

struct asked {
    struct str words, initial;
    size_t page;
};

static struct asked read_asked(const struct request *req)
{
    struct asked asked = { .words = str_trim(request_query(req, "q")),
                           .initial = str_trim(request_query(req, "initial")),
                           .page = 1 };
    struct err ignored = { 0 };
    int64_t page;

    if (!str_is_plain(asked.words, false))
        asked.words = STR_NONE;
    asked.words = str_take_code_points(asked.words, WORDS_MAX);
    if (str_to_int(request_query(req, "page"), 1, PAGES_MAX, &page, &ignored))
        asked.page = (size_t)page;
    return asked;
}

static struct str href_of(const struct asked *asked, size_t page, struct arena *arena)
{
    struct buf buf = buf_new(arena, HREF_MAX);

    buf_add_z(&buf, "/vendors");
    url_add(&buf, "q", asked->words);
    url_add(&buf, "initial", asked->initial);
    if (page > 1)
        url_add(&buf, "page", arena_printf(arena, "%zu", page));
    return buf_str(&buf);
}

static bool list(struct request *req, struct tx *tx, const struct asked *asked,
                 struct catalog_vendors *out, int64_t *count, struct err *err)
{
    size_t offset = (asked->page - 1) * ROWS;

    if (asked->initial.len > 0 && asked->words.len == 0)
        return catalog_vendors_by_initial(tx, asked->initial, offset, ROWS, req->arena, out, count,
                                          err)
                   ? true
                   : PASS(err);
    return catalog_vendors_list(tx, asked->words, offset, ROWS, req->arena, out, count, err)
               ? true
               : PASS(err);
}

static void fill_initials(const struct asked *asked, struct arena *arena, struct vendors_view *v)
{
    for (size_t i = 0; i < CATALOG_INITIALS; i++) {
        struct asked there = { .initial = catalog_initial(i) };
        bool is_latin = there.initial.len == 1;
        struct initial_line line = { .label = there.initial,
                                     .href = href_of(&there, 1, arena),
                                     .is_current = asked->words.len == 0 &&
                                                   str_eq(asked->initial, there.initial) };

        if (is_latin && i > 0)
            line.label = arena_printf(arena, "%c", there.initial.ptr[0] - 'a' + 'A');
        if (i == 0)
            line.label = STR("0–9");
        if (is_latin)
            VEC_PUSH(arena, &v->latin, line);
        else
            VEC_PUSH(arena, &v->japanese, line);
    }
}

static void fill_rows(const struct request *req, const struct catalog_vendors *vendors,
                      struct vendors_view *v)
{
    for (size_t i = 0; i < vendors->len; i++) {
        const struct catalog_vendor *vendor = &vendors->at[i];
        struct str name = vendor_name(vendor, req->lang, req->arena);

        VEC_PUSH(req->arena, &v->rows,
                 (struct vendor_row){
                     .name = name,
                     .key = vendor_is_named(vendor) ? vendor->key : STR_NONE,
                     .href = arena_printf(req->arena, "/vendors/%lld", (long long)vendor->id),
                     .products = tr_number(req->arena, vendor->products),
                     .entries = tr_number(req->arena, vendor->entries) });
    }
}

static void fill_pager(const struct request *req, const struct asked *asked, int64_t count,
                       struct vendors_view *v)
{
    int64_t pages = (count + ROWS - 1) / ROWS;

    if (pages < 2)
        return;
    v->pager.range = tr_fill(req->arena, req->lang, N_("Page {page} of {pages}"),
                             TR_ARGS({ "page", tr_number(req->arena, (int64_t)asked->page) },
                                     { "pages", tr_number(req->arena, pages) }));
    if (asked->page > 1)
        v->pager.previous = href_of(asked, asked->page - 1, req->arena);
    if ((int64_t)asked->page < pages && asked->page < PAGES_MAX)
        v->pager.next = href_of(asked, asked->page + 1, req->arena);
}

bool portal_vendors(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct asked asked = read_asked(req);
    struct portal_frame frame = { .title = tr(req->lang, N_("Vendors and products")) };
    struct page *body = portal_page(req);
    struct catalog_vendors vendors = { 0 };
    struct vendors_view v = { .words = asked.words };
    int64_t count;
    bool is_told;

    if (!catalog_begin(req, res, &tx, &is_told, err))
        return is_told;
    if (!list(req, tx, &asked, &vendors, &count, err))
        return PASS(err);
    fill_initials(&asked, req->arena, &v);
    fill_rows(req, &vendors, &v);
    fill_pager(req, &asked, count, &v);
    v.count = tr_fill(req->arena, req->lang, N_("{count} vendors"),
                      TR_ARGS({ "count", tr_number(req->arena, count) }));
    v.empty = (struct empty_view){
        .title = tr(req->lang, N_("No vendor is called so.")),
        .why = tr(req->lang,
                  N_("Try another spelling, a shorter name, or the search of the database.")),
        .next = { tr(req->lang, N_("Show all")), STR("/vendors") }
    };
    frame.crumbs =
        PORTAL_CRUMBS(req->arena, { tr(req->lang, N_("Vulnerability database")), STR("/search") },
                      { frame.title, STR_NONE });
    vendors_page(body, &v);
    return catalog_send(req, res, body, &frame, err) ? true : PASS(err);
}
