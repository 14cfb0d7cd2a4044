#include "faces/desk/saved/saved.h"

#include "base/err.h"
#include "domain/access/saved.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "faces/desk/saved/routes.h"

enum { SMALL = 16 << 10 };

/* clang-format off */
static const struct {
    const char *path;
    unsigned may;
} lists[] = {
    { "/cases",      MAY_CASES },
    { "/reports",    MAY_RECEIVE },
    { "/developers", MAY_LIST },
    { "/advisories", MAY_BODIES },
};
/* clang-format on */

/* The filters and the order: neither the page nor what was done before. */
static struct str query_of(const struct request *req)
{
    static const char *const passing[] = { "page=", "format=", "done=" };
    struct buf buf = buf_new(req->arena, HTTP_URL_MAX);
    struct str rest = req->query_text, pair;

    while (rest.len > 0 && str_split(&rest, '&', &pair)) {
        bool stays = pair.len > 0;

        for (size_t i = 0; i < COUNT(passing); i++)
            stays = stays && !str_starts(pair, str_from_z(passing[i]));
        if (!stays)
            continue;
        if (buf.len > 0)
            buf_byte(&buf, '&');
        buf_add(&buf, pair);
    }
    return buf_str(&buf);
}

bool saved_fill(const struct request *req, struct tx *tx, struct saved_part *out, struct err *err)
{
    struct saved_views views;

    *out = (struct saved_part){ .list = req->path, .query = query_of(req) };
    if (!saved_views_of(tx, desk_of(req)->vault, who_of(req)->account_id, req->path, req->arena,
                        &views, err))
        return PASS(err);
    for (size_t i = 0; i < views.len; i++) {
        const struct saved_view *view = &views.at[i];

        VEC_PUSH(req->arena, &out->rows,
                 (struct saved_row){
                     .name = view->name,
                     .href = arena_printf(req->arena, "%.*s?%.*s", STR_ARG(req->path),
                                          STR_ARG(view->query)),
                     .drop_href = arena_printf(req->arena, "/views/%lld/drop", (long long)view->id),
                     .is_current = str_eq(view->query, out->query) });
    }
    return true;
}

/* ---- what is sent ---- */

/* The list that a form speaks of: one that its sender may see. */
static bool read_list(const struct request *req, struct str *out, struct err *err)
{
    struct str list = request_form(req, "list");

    for (size_t i = 0; i < COUNT(lists); i++) {
        if (!str_eq_z(list, lists[i].path) || !door_allows(who_of(req), lists[i].may))
            continue;
        *out = str_from_z(lists[i].path);
        return true;
    }
    return FAIL(err, ABSENT, STR("a list"));
}

static bool view_keep(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };
    struct str query = request_form(req, "query"), list;

    if (!read_list(req, &list, err) || !tx_begin(desk_of(req)->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!saved_view_keep(&deed, desk_of(req)->vault, list, request_form(req, "name"), query, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, arena_printf(req->arena, "%.*s?%.*s", STR_ARG(list), STR_ARG(query)));
}

static bool view_drop(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };
    struct err ignored = { 0 };
    struct str list;
    int64_t id;

    if (!str_to_int(request_path(req, "view"), 1, INT64_MAX, &id, &ignored))
        return FAIL(err, ABSENT, STR("a saved view"));
    if (!read_list(req, &list, err) || !tx_begin(desk_of(req)->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!saved_view_drop(&deed, id, err) || !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, list);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_POST("/views",             MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, SMALL, view_keep),
    ROUTE_POST("/views/{view}/drop", MAY_LOGGED_IN, TOKEN_FORM, BODY_FORM, SMALL, view_drop),
};
/* clang-format on */

const struct route_list desk_saved_routes = ROUTES(routes);
