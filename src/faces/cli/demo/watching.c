/* A list of watched products in the demonstration: what the collection tool looks like when somebody has used it for a week. */
#include "base/err.h"
#include "domain/catalog/product.h"
#include "domain/watch/list.h"
#include "faces/cli/demo/cast.h"
#include "faces/cli/demo/demo.h"
#include "store/kinds.h"

enum { PRODUCTS = 5, LOOKED_AT = 40, SINCE_DAYS = 7 };

static const struct {
    enum watch_state state;
    const char *note;
} said[] = {
    { WATCH_DONE, "定期保守で修正版に更新しました。" },
    { WATCH_PLANNED, "次の定期保守で更新します。それまでは管理画面への接続元を制限しています。" },
    { WATCH_NOT_AFFECTED, "該当する機能を使用していません。" },
    { WATCH_ACCEPTED,
      "検証環境のみで使用しており、外部から接続できないため、次の更改まで現状のまま運用します。" },
    { WATCH_DONE, "" },
};

/* Those of the dictionary that something is known about. */
static bool pick(struct store *catalog, struct arena *arena, struct watch_keys *out,
                 struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct catalog_products products;
    int64_t count;

    if (!tx_begin(catalog, TX_READ, &tx, err) ||
        !catalog_products_list(tx, 0, STR_NONE, 0, LOOKED_AT, arena, &products, &count, err))
        return PASS(err);
    for (size_t i = 0; i < products.len && out->len < PRODUCTS; i++)
        if (products.at[i].entries > 0)
            VEC_PUSH(arena, out,
                     arena_printf(arena, "%.*s:%.*s", STR_ARG(products.at[i].vendor_key),
                                  STR_ARG(products.at[i].key)));
    return true;
}

static bool make(struct store *desk, struct deed deed, const struct watch_keys *keys,
                 struct watch_list *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    size_t added;

    if (!tx_begin(desk, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!watch_list_make(&deed, STR("社内ネットワーク機器"), deed.arena, out, err))
        return PASS(err);
    out->is_shared = true;
    out->rhythm = WATCH_DAILY;
    return watch_list_set(&deed, out, err) &&
                   watch_list_add_products(&deed, out, keys, &added, err) && tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool work_off(struct store *desk, struct deed deed, const struct watch_list *list,
                     struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct watch_filter gravest = { .state = WATCH_STATES,
                                          .severity = CATALOG_SEVERITIES,
                                          .order = WATCH_BY_SCORE,
                                          .limit = COUNT(said) };
    struct watch_items items;
    int64_t count;

    if (!tx_begin(desk, TX_WRITE, &tx, err) ||
        !watch_list_findings(tx, list->id, &gravest, deed.arena, &items, &count, err))
        return PASS(err);
    deed.tx = tx;
    for (size_t i = 0; i < items.len; i++)
        if (!watch_list_decide(&deed, list, items.at[i].name, said[i].state,
                               str_from_z(said[i].note), err))
            return PASS(err);
    return tx_commit(&tx, err) ? true : PASS(err);
}

bool demo_watching(const struct app *app, struct store *desk, const struct cast *cast,
                   struct err *err)
{
    CLEANUP(store_close_var) struct store *catalog = NULL;
    const struct store_options options = {
        .path = arena_z(app->arena, arena_printf(app->arena, "%.*s/public/catalog.db",
                                                 STR_ARG(app->settings->state_dir))),
        .kind = &store_catalog,
    };
    struct deed deed = { .who = &cast->recipient,
                         .now = utc_add_days(app->now, -SINCE_DAYS),
                         .arena = app->arena };
    struct watch_keys keys = { 0 };
    struct watch_list list;

    return store_open(&options, &catalog, err) && pick(catalog, app->arena, &keys, err) &&
                   make(desk, deed, &keys, &list, err) &&
                   watch_list_search(&(struct watch_desk){ .desk = desk, .catalog = catalog },
                                     list.id, deed.now, err) &&
                   work_off(desk, deed, &list, err)
               ? true
               : PASS(err);
}
