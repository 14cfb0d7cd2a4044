/* Which products of which lists an entry of the catalogue touches, and why it stands on their checklists or does not. Rule: API-02, API-03 */
#include "base/err.h"
#include "base/lookup.h"
#include "domain/catalog/product.h"
#include "faces/desk/permission.h"
#include "faces/desk/watch/pages.h"
#include "faces/desk/watch/watch.html.h"
#include "faces/html/ratings.h"

enum { NAMES_MAX = 16 << 10 };

struct str watch_touched_href(struct request *req, struct str name)
{
    struct buf buf = buf_new(req->arena, 4096);

    buf_add_z(&buf, "/records/");
    html_url_encode(&buf, name);
    return buf_str(&buf);
}

static struct str key_of(const struct catalog_product *product, struct arena *arena)
{
    return arena_printf(arena, "%.*s:%.*s", STR_ARG(product->vendor_key), STR_ARG(product->key));
}

static struct str name_of(const struct catalog_product *product, enum lang lang)
{
    struct str own = lang == LANG_JA ? product->name_ja : product->name_en;

    return own.len > 0 ? own : lang == LANG_JA ? product->name_en : product->name_ja;
}

/* The products that both name, the record and the list. */
static void add_reasons(struct request *req, const struct catalog_products *products,
                        const struct watch *watch, struct touched_list *line)
{
    struct lookup keys = { 0 };
    size_t ignored;

    for (size_t i = 0; i < watch->products.len; i++)
        lookup_add(req->arena, &keys, watch->products.at[i], i);
    lookup_sort(&keys);
    for (size_t i = 0; i < products->len; i++) {
        const struct catalog_product *product = &products->at[i];
        struct str key = key_of(product, req->arena);

        if (!lookup_find(&keys, key, &ignored))
            continue;
        VEC_PUSH(req->arena, &line->reasons,
                 (struct touched_reason){
                     .words = tr_fill(
                         req->arena, req->lang,
                         N_("The record names {product} ({key}), and so does the list."),
                         TR_ARGS({ "product", name_of(product, req->lang) }, { "key", key })),
                     .href = arena_printf(req->arena, "%.*s%.*s/products/%lld",
                                          STR_ARG(desk_of(req)->settings->portal_url),
                                          STR_ARG(req->base), (long long)product->id) });
    }
}

/* Why a list that it touches does not have it. */
static struct str fate_of(struct request *req, const struct watch_list *list,
                          const struct watch *watch)
{
    struct str conditions = watch_conditions_in_words(req, watch);

    if (list->is_waiting || conditions.len == 0)
        return say(req, N_("Not on the checklist yet: the next search puts it there."));
    return tr_fill(req->arena, req->lang,
                   N_("Not on the checklist: the conditions of the list leave it out, or the next "
                      "search puts it there. {conditions}"),
                   TR_ARGS({ "conditions", conditions }));
}

static bool add_list(struct request *req, struct tx *tx, const struct watch_list *list,
                     const struct catalog_entry *entry, const struct catalog_products *products,
                     struct touched_view *v, struct buf *untouched, struct err *err)
{
    const struct watch_filter filter = {
        .state = WATCH_STATES, .severity = CATALOG_SEVERITIES, .name = entry->name, .limit = 1
    };
    struct touched_list line = { .name = list->name,
                                 .href = arena_printf(req->arena, "%.*s?state=all&q=%.*s",
                                                      STR_ARG(watch_path(req, list, "")),
                                                      STR_ARG(entry->name)) };
    struct watch_items found;
    struct watch watch;
    int64_t count;

    if (!watch_list_terms(tx, list->id, req->arena, &watch, err) ||
        !watch_list_findings(tx, list->id, &filter, req->arena, &found, &count, err))
        return PASS(err);
    add_reasons(req, products, &watch, &line);
    if (line.reasons.len == 0 && found.len == 0) {
        if (untouched->len > 0)
            buf_add_z(untouched, req->lang == LANG_JA ? "、" : ", ");
        buf_add(untouched, list->name);
        return true;
    }
    if (!list->is_own)
        line.whose = list->owner;
    if (line.reasons.len == 0)
        VEC_PUSH(req->arena, &line.reasons,
                 (struct touched_reason){ .words = say(req, N_("The record named a product of this "
                                                               "list before, and does not any "
                                                               "more.")) });
    if (found.len == 0) {
        line.fate = fate_of(req, list, &watch);
    } else {
        line.state = watch_state_tag(req, found.at[0].state);
        line.note = found.at[0].note;
        line.found = (struct when_view){ .words = tr_date(req->arena, req->lang, found.at[0].found),
                                         .iso = utc_iso(req->arena, found.at[0].found) };
    }
    VEC_PUSH(req->arena, &v->lists, line);
    return true;
}

static bool add_lists(struct request *req, const struct catalog_entry *entry,
                      const struct catalog_products *products, struct touched_view *v,
                      struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct buf untouched = buf_new(req->arena, NAMES_MAX);
    struct watch_lists lists;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !watch_lists_of(tx, who_of(req), req->arena, &lists, err))
        return PASS(err);
    for (size_t i = 0; i < lists.len; i++)
        if (!add_list(req, tx, &lists.at[i], entry, products, v, &untouched, err))
            return PASS(err);
    if (v->lists.len > 0 && untouched.len > 0)
        v->untouched = tr_fill(req->arena, req->lang, N_("It does not touch: {lists}"),
                               TR_ARGS({ "lists", buf_str(&untouched) }));
    v->empty = (struct empty_view){
        .title = lists.len > 0 ? say(req, N_("It touches none of your lists."))
                               : say(req, N_("You have no list of products yet.")),
        .why = lists.len > 0 ? buf_str(&untouched) : STR_NONE,
        .next = { lists.len > 0 ? say(req, N_("Your lists")) : say(req, N_("New list")),
                  lists.len > 0 ? STR("/watch") : STR("/watch/new") }
    };
    return true;
}

static bool find_entry(struct request *req, struct catalog_entry *entry,
                       struct catalog_products *products, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!desk_of(req)->catalog)
        return FAIL(err, ABSENT, STR("catalog"));
    return tx_begin(desk_of(req)->catalog, TX_READ, &tx, err) &&
                   catalog_entry_find(tx, request_path(req, "name"), req->arena, entry, err) &&
                   catalog_entry_products(tx, entry->id, req->arena, products, err)
               ? true
               : PASS(err);
}

bool watch_touched(struct request *req, struct response *res, struct err *err)
{
    struct page *body = frame_page(req);
    struct touched_view v = { 0 };
    struct frame frame = { 0 };
    struct catalog_products products;
    struct catalog_entry entry;

    if (!find_entry(req, &entry, &products, err) || !add_lists(req, &entry, &products, &v, err))
        return PASS(err);
    v.name = entry.name;
    v.title = watch_title(&(struct watch_item){ .name = entry.name,
                                                .title_ja = entry.title_ja,
                                                .title_en = entry.title_en },
                          req->lang);
    v.severity = catalog_severity_tag(req->lang, entry.severity);
    v.score = catalog_score_words(entry.tenths, req->arena);
    VEC_PUSH(req->arena, &v.acts,
             (struct act){ .label = say(req, N_("The entry, with its versions")),
                           .href = watch_record_href(req, entry.name) });
    frame.title = tr_fill(req->arena, req->lang, N_("{name}: which of my products?"),
                          TR_ARGS({ "name", entry.name }));
    frame_crumb(req, &frame, N_("Filtered vulnerability countermeasure information"),
                STR("/watch"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ entry.name, STR_NONE });
    touched_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}
