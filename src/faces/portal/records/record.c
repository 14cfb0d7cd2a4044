#include "faces/portal/records/record.h"

#include "base/err.h"
#include "faces/http/respond.h"
#include "faces/portal/catalog/begin.h"
#include "faces/portal/records/fill.h"
#include "faces/portal/records/show.html.h"
#include "faces/public/context.h"
#include "store/store.h"

static bool load_vendors(struct request *req, struct tx *tx, struct record_facts *facts,
                         struct err *err)
{
    for (size_t i = 0; i < facts->products.len && facts->vendors.len < RECORD_VENDORS_MAX; i++) {
        struct catalog_vendor vendor;

        /* by vendor: the same ones stand together */
        if (facts->vendors.len > 0 &&
            facts->vendors.at[facts->vendors.len - 1].id == facts->products.at[i].vendor)
            continue;
        if (!catalog_vendor_find(tx, facts->products.at[i].vendor, req->arena, &vendor, err))
            return PASS(err);
        VEC_PUSH(req->arena, &facts->vendors, vendor);
    }
    return true;
}

static bool load(struct request *req, struct tx *tx, struct record_facts *facts, struct err *err)
{
    struct catalog_entry *entry = &facts->entry;
    struct arena *arena = req->arena;

    return catalog_entry_tellings(tx, entry->id, arena, &facts->tellings, err) &&
                   catalog_entry_past(tx, entry->id, RECORD_PAST_MAX, arena, &facts->pasts, err) &&
                   catalog_entry_kev(tx, entry->name, arena, &facts->kev, err) &&
                   catalog_entry_epss(tx, entry->name, arena, &facts->chances, err) &&
                   catalog_entry_products(tx, entry->id, arena, &facts->products, err) &&
                   load_vendors(req, tx, facts, err)
               ? true
               : PASS(err);
}

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
    struct record_facts facts = { 0 };
    bool is_told;

    if (!catalog_begin(req, res, &tx, &is_told, err))
        return is_told;
    if (!catalog_entry_find(tx, name, req->arena, &facts.entry, err))
        return PASS(err);
    if (!str_eq(name, facts.entry.name))
        return respond_redirect(res,
                                arena_printf(req->arena, "%.*s%.*s", STR_ARG(req->base),
                                             STR_ARG(entry_href(facts.entry.name, req->arena))));
    return load(req, tx, &facts, err) && send(req, res, &facts, err) ? true : PASS(err);
}
