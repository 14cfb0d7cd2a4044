#include "faces/portal/records/record.h"

#include "base/err.h"
#include "faces/http/respond.h"
#include "faces/portal/catalog/begin.h"
#include "faces/portal/records/fill.h"
#include "faces/portal/records/show.html.h"
#include "faces/public/context.h"
#include "faces/public/record_formats.h"
#include "store/store.h"

static bool send(struct request *req, struct response *res, const struct record_facts *facts,
                 struct err *err)
{
    struct page *body = portal_page(req);
    struct record_view *v = ARENA_NEW(req->arena, struct record_view);
    struct portal_frame frame = { 0 };

    record_fill(facts, public_of(req)->settings, req->lang, req->arena, v);
    frame.title = str_eq(v->title, v->name)
                      ? v->name
                      : arena_printf(req->arena, "%.*s %.*s", STR_ARG(v->name), STR_ARG(v->title));
    frame.description = v->title;
    frame.crumbs =
        PORTAL_CRUMBS(req->arena, { tr(req->lang, N_("Vulnerability database")), STR("/search") },
                      { v->name, STR_NONE });
    for (size_t i = 0; i < v->formats.len; i++)
        VEC_PUSH(req->arena, &frame.alternates,
                 (struct alternate){ str_ends(v->formats.at[i].href, STR(".xml"))
                                         ? STR("application/xml")
                                         : STR("application/json"),
                                     v->formats.at[i].label, v->formats.at[i].href });
    record_page(body, v);
    return catalog_send(req, res, body, &frame, err) ? true : PASS(err);
}

bool portal_record(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str name = request_path(req, "id");
    struct catalog_entry entry;
    struct record_facts facts;
    bool is_told;

    if (!public_record_format(req, res, name, &is_told, err))
        return PASS(err);
    if (is_told)
        return true;
    if (!catalog_begin(req, res, &tx, &is_told, err))
        return is_told;
    if (!catalog_entry_find(tx, name, req->arena, &entry, err))
        return PASS(err);
    if (!str_eq(name, entry.name))
        return respond_redirect(res, arena_printf(req->arena, "%.*s%.*s", STR_ARG(req->base),
                                                  STR_ARG(entry_href(entry.name, req->arena))));
    return record_load(tx, &entry, req->arena, &facts, err) && send(req, res, &facts, err)
               ? true
               : PASS(err);
}
