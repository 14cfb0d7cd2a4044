#include "domain/watch/list.h"

#include "base/err.h"
#include "domain/catalog/catalog.h"
#include "domain/watch/list.sql.h"
#include "seal/seal.h"

enum { FIRST_SEARCH = -1 };
#define SEARCH_MEMORY ((size_t)1 << 30)

static const struct str rhythms[WATCH_RHYTHMS] = { [WATCH_NEVER] = STR_INIT("NEVER"),
                                                   [WATCH_HOURLY] = STR_INIT("HOURLY"),
                                                   [WATCH_DAILY] = STR_INIT("DAILY"),
                                                   [WATCH_WEEKLY] = STR_INIT("WEEKLY") };

struct str watch_rhythm_name(enum watch_rhythm rhythm) { return rhythms[rhythm]; }

bool watch_rhythm_from_name(struct str name, enum watch_rhythm *out)
{
    for (size_t i = 0; i < WATCH_RHYTHMS; i++) {
        if (!str_eq(name, rhythms[i]))
            continue;
        *out = (enum watch_rhythm)i;
        return true;
    }
    return false;
}

/* ---- looking ---- */

static struct watch_list list_of(struct rows *rows, const struct subject *who)
{
    struct watch_list list = { .id = row_int(rows, "id"),
                               .public_id = row_text(rows, "public_id"),
                               .name = row_text(rows, "name"),
                               .owner = row_text(rows, "owner"),
                               .is_own = row_int(rows, "account_id") == who->account_id,
                               .is_shared = row_int(rows, "is_shared") != 0,
                               .is_waiting = row_int(rows, "is_waiting") != 0,
                               .searched = row_utc(rows, "searched_at"),
                               .capped = row_text(rows, "capped"),
                               .names_records = row_int(rows, "names_records") != 0,
                               .feed = row_utc(rows, "feed_at"),
                               .products = row_int(rows, "products"),
                               .findings = row_int(rows, "findings"),
                               .fresh = row_int(rows, "fresh") };

    (void)watch_rhythm_from_name(row_text(rows, "rhythm"), &list.rhythm);
    return list;
}

static bool read_lists(struct tx *tx, const struct subject *who, struct str public_id,
                       struct arena *arena, struct watch_lists *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    *out = (struct watch_lists){ 0 };
    if (who->kind != SUBJECT_ACCOUNT)
        return true;
    if (!store_select(tx, &sql_watch_lists,
                      BINDS(bind_int("account", who->account_id),
                            bind_int("organisation", who->organisation_id),
                            bind_some("public_id", public_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, list_of(rows, who));
    return more == 0 ? true : PASS(err);
}

bool watch_lists_of(struct tx *tx, const struct subject *who, struct arena *arena,
                    struct watch_lists *out, struct err *err)
{
    return read_lists(tx, who, STR_NONE, arena, out, err) ? true : PASS(err);
}

bool watch_list_find(struct tx *tx, const struct subject *who, struct str public_id,
                     struct arena *arena, struct watch_list *out, struct err *err)
{
    struct watch_lists lists;

    if (!public_id_is(public_id))
        return FAIL(err, ABSENT, STR("watch list"));
    if (!read_lists(tx, who, public_id, arena, &lists, err))
        return PASS(err);
    if (lists.len != 1)
        return FAIL(err, ABSENT, STR("watch list"));
    *out = lists.at[0];
    return true;
}

/* ---- what stands in it ---- */

static bool load_products(struct tx *tx, int64_t list, struct arena *arena, struct watch *out,
                          struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_watch_products, BINDS(bind_int("id", list)), arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, &out->products, row_text(rows, "key"));
    return more == 0 ? true : PASS(err);
}

bool watch_registered(struct tx *tx, int64_t limit, struct arena *arena,
                      struct catalog_strings *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    *out = (struct catalog_strings){ 0 };
    if (!store_select(tx, &sql_watch_registered, BINDS(bind_int("limit", limit)), arena, &rows,
                      err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, row_text(rows, "key"));
    return more == 0 ? true : PASS(err);
}

static bool load_conditions(struct tx *tx, int64_t list, struct arena *arena, struct watch *out,
                            struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_watch_conditions, BINDS(bind_int("id", list)), arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, &out->conditions,
                 (struct watch_condition){ row_text(rows, "name"), row_text(rows, "value") });
    return more == 0 ? true : PASS(err);
}

static struct watch_item item_of(struct rows *rows)
{
    return (struct watch_item){ .name = row_text(rows, "name"),
                                .title_ja = row_text(rows, "title_ja"),
                                .title_en = row_text(rows, "title_en"),
                                .severity = (enum catalog_severity)row_int(rows, "severity"),
                                .tenths = (int)row_int(rows, "tenths"),
                                .is_kev = row_int(rows, "is_kev") != 0,
                                .modified = row_utc(rows, "modified_at"),
                                .found = row_utc(rows, "found_at"),
                                .state = (enum watch_state)row_int(rows, "state"),
                                .note = row_text(rows, "note"),
                                .decided = row_utc(rows, "decided_at"),
                                .by = row_text(rows, "decided_by"),
                                .is_changed = row_int(rows, "is_changed") != 0 };
}

bool watch_list_terms(struct tx *tx, int64_t list, struct arena *arena, struct watch *out,
                      struct err *err)
{
    *out = (struct watch){ 0 };
    return load_products(tx, list, arena, out, err) && load_conditions(tx, list, arena, out, err)
               ? true
               : PASS(err);
}

static struct bind bind_if(const char *name, bool is_asked, int64_t n)
{
    return is_asked ? bind_int(name, n) : bind_null(name);
}

#define FILTER_BINDS(list, filter)                                                         \
    bind_int("id", (list)), bind_id("todo", (filter)->is_todo),                            \
        bind_if("state", (filter)->state != WATCH_STATES, (filter)->state),                \
        bind_id("changed", (filter)->is_changed),                                          \
        bind_if("severity", (filter)->severity != CATALOG_SEVERITIES, (filter)->severity), \
        bind_id("kev", (filter)->is_kev), bind_some("words", (filter)->words),             \
        bind_some("name", (filter)->name)

static bool select_items(struct tx *tx, int64_t list, const struct watch_filter *filter,
                         struct arena *arena, struct watch_items *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(tx, &sql_watch_findings,
                      BINDS(FILTER_BINDS(list, filter),
                            bind_id("by_score", filter->order == WATCH_BY_SCORE),
                            bind_id("by_state", filter->order == WATCH_BY_STATE),
                            bind_id("by_news", filter->order != WATCH_BY_STATE),
                            bind_int("limit", filter->limit), bind_int("offset", filter->offset)),
                      arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, item_of(rows));
    return more == 0 ? true : PASS(err);
}

static const struct watch_filter everything = { .state = WATCH_STATES,
                                                .severity = CATALOG_SEVERITIES,
                                                .limit = WATCH_ITEMS_MAX };

bool watch_list_load(struct tx *tx, int64_t list, struct arena *arena, struct watch *out,
                     struct err *err)
{
    struct watch_items items = { 0 };

    if (!watch_list_terms(tx, list, arena, out, err) ||
        !select_items(tx, list, &everything, arena, &items, err))
        return PASS(err);
    for (size_t i = 0; i < items.len; i++)
        VEC_PUSH(arena, &out->items, items.at[i]);
    return true;
}

bool watch_list_findings(struct tx *tx, int64_t list, const struct watch_filter *filter,
                         struct arena *arena, struct watch_items *out, int64_t *count,
                         struct err *err)
{
    *out = (struct watch_items){ 0 };
    return store_number(tx, &sql_watch_findings_count, BINDS(FILTER_BINDS(list, filter)), 0, count,
                        err) &&
                   select_items(tx, list, filter, arena, out, err)
               ? true
               : PASS(err);
}

/* ---- by its owner ---- */

static bool check_name(struct str name, struct err *err)
{
    return name.len > 0 && str_code_points(name) <= WATCH_LIST_NAME_MAX && str_is_plain(name, false)
               ? true
               : FAIL(err, INPUT, STR("name"));
}

static bool must_own(const struct watch_list *list, struct err *err)
{
    return list->is_own ? true : FAIL(err, ABSENT, STR("watch list"));
}

bool watch_list_make(const struct deed *deed, struct str name, struct arena *arena,
                     struct watch_list *out, struct err *err)
{
    struct str public_id = public_id_new(arena);
    int64_t count;

    if (deed->who->kind != SUBJECT_ACCOUNT)
        return FAIL(err, ABSENT, STR("watch list"));
    if (!check_name(name, err) ||
        !store_number(deed->tx, &sql_watch_list_count,
                      BINDS(bind_int("account", deed->who->account_id)), 0, &count, err))
        return PASS(err);
    if (count >= WATCH_LISTS_MAX)
        return FAIL(err, TOO_MANY, STR("watch lists"));
    return store_exec(deed->tx, &sql_watch_list_insert,
                      BINDS(bind_text("public_id", public_id),
                            bind_int("account", deed->who->account_id), bind_text("name", name),
                            bind_utc("now", deed->now)),
                      NULL, err) &&
                   watch_list_find(deed->tx, deed->who, public_id, arena, out, err)
               ? true
               : PASS(err);
}

bool watch_list_set(const struct deed *deed, const struct watch_list *list, struct err *err)
{
    return must_own(list, err) && check_name(list->name, err) &&
                   store_exec(deed->tx, &sql_watch_list_settle, BINDS(bind_int("id", list->id)),
                              NULL, err) &&
                   store_exec(deed->tx, &sql_watch_list_set,
                              BINDS(bind_text("name", list->name),
                                    bind_int("shared", list->is_shared),
                                    bind_text("rhythm", rhythms[list->rhythm]),
                                    bind_int("names_records", list->names_records),
                                    bind_utc("now", deed->now), bind_int("id", list->id)),
                              NULL, err)
               ? true
               : PASS(err);
}

bool watch_list_remove(const struct deed *deed, const struct watch_list *list, struct err *err)
{
    return must_own(list, err) && store_exec(deed->tx, &sql_watch_list_delete,
                                             BINDS(bind_int("id", list->id)), NULL, err)
               ? true
               : PASS(err);
}

bool watch_list_stir(const struct deed *deed, const struct watch_list *list, struct err *err)
{
    return must_own(list, err) && store_exec(deed->tx, &sql_watch_list_stir,
                                             BINDS(bind_int("id", list->id)), NULL, err)
               ? true
               : PASS(err);
}

static bool each_key(const struct deed *deed, const struct watch_list *list,
                     const struct watch_keys *keys, const struct query *query, size_t *changed,
                     struct err *err)
{
    *changed = 0;
    if (!must_own(list, err))
        return PASS(err);
    for (size_t i = 0; i < keys->len; i++) {
        int64_t one;

        if (!store_exec(deed->tx, query,
                        BINDS(bind_int("id", list->id), bind_text("key", keys->at[i])), &one, err))
            return PASS(err);
        *changed += one != 0;
    }
    return *changed == 0 || watch_list_stir(deed, list, err) ? true : PASS(err);
}

bool watch_list_add_products(const struct deed *deed, const struct watch_list *list,
                             const struct watch_keys *keys, size_t *added, struct err *err)
{
    int64_t count;

    if (!each_key(deed, list, keys, &sql_watch_product_add, added, err) ||
        !store_number(deed->tx, &sql_watch_product_count, BINDS(bind_int("id", list->id)), 0,
                      &count, err))
        return PASS(err);
    return count <= WATCH_PRODUCTS_MAX ? true : FAIL(err, TOO_LARGE, STR("products"));
}

bool watch_list_remove_products(const struct deed *deed, const struct watch_list *list,
                                const struct watch_keys *keys, size_t *removed, struct err *err)
{
    return each_key(deed, list, keys, &sql_watch_product_remove, removed, err) ? true : PASS(err);
}

bool watch_list_set_conditions(const struct deed *deed, const struct watch_list *list,
                               const struct watch *with, struct err *err)
{
    struct search ignored;

    if (!must_own(list, err) || !watch_asks(with, &ignored, err) ||
        !store_exec(deed->tx, &sql_watch_conditions_clear, BINDS(bind_int("id", list->id)), NULL,
                    err))
        return PASS(err);
    for (size_t i = 0; i < with->conditions.len; i++)
        if (!store_exec(deed->tx, &sql_watch_condition_add,
                        BINDS(bind_int("id", list->id),
                              bind_text("name", with->conditions.at[i].name),
                              bind_text("value", with->conditions.at[i].value)),
                        NULL, err))
            return PASS(err);
    return watch_list_stir(deed, list, err) ? true : PASS(err);
}

/* ---- the checklist ---- */

bool watch_list_decide(const struct deed *deed, const struct watch_list *list, struct str name,
                       enum watch_state state, struct str note, struct err *err)
{
    int64_t changed;

    if (note.len > WATCH_NOTE_MAX || !str_is_plain(note, true))
        return FAIL(err, INPUT, STR("note"));
    if (!store_exec(deed->tx, &sql_watch_finding_decide,
                    BINDS(bind_int("state", state), bind_utc("now", deed->now),
                          bind_int("account", deed->who->account_id),
                          note.ptr ? bind_text("note", note) : bind_null("note"),
                          bind_int("id", list->id), bind_text("name", name)),
                    &changed, err))
        return PASS(err);
    return changed == 1 ? true : FAIL(err, ABSENT, STR("finding"));
}

/* ---- searched again and again ---- */

static bool catalog_at(const struct watch_desk *at, struct utc *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(at->catalog, TX_READ, &tx, err) && catalog_changed(tx, out, err) ? true
                                                                                     : PASS(err);
}

bool watch_list_due(const struct watch_desk *at, struct utc now, int64_t *list, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct utc catalog;

    return catalog_at(at, &catalog, err) && tx_begin(at->desk, TX_READ, &tx, err) &&
                   store_number(tx, &sql_watch_waiting,
                                BINDS(bind_int("catalog", catalog.ms),
                                      bind_int("not_since", now.ms - at->rest_ms),
                                      bind_int("failed_before", now.ms - UTC_MINUTE),
                                      bind_int("day_before", now.ms - UTC_DAY)),
                                0, list, err)
               ? true
               : PASS(err);
}

bool watch_list_set_aside(const struct watch_desk *at, int64_t list, struct utc now,
                          struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(at->desk, TX_WRITE, &tx, err) &&
                   store_exec(tx, &sql_watch_set_aside,
                              BINDS(bind_utc("now", now), bind_int("id", list)), NULL, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* What a search starts from. */
struct start {
    struct watch watch;
    struct utc searched, catalog;
    int64_t version;
};

static bool load_start(const struct watch_desk *at, int64_t list, struct arena *arena,
                       struct start *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    *out = (struct start){ 0 };
    if (!tx_begin(at->desk, TX_READ, &tx, err) ||
        !watch_list_load(tx, list, arena, &out->watch, err) ||
        !store_select(tx, &sql_watch_to_search, BINDS(bind_int("id", list)), arena, &rows, err) ||
        !rows_one(rows, STR("watch list"), err))
        return PASS(err);
    out->searched = row_utc(rows, "searched_at");
    out->version = row_int(rows, "version");
    return true;
}

static bool search(const struct watch_desk *at, struct start *start, struct utc now,
                   struct arena *arena, struct watch_news *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(at->catalog, TX_READ, &tx, err) && catalog_changed(tx, &start->catalog, err) &&
                   watch_search(tx, &start->watch, now, arena, out, err)
               ? true
               : PASS(err);
}

/* No text is an empty one here. */
static struct str filled(struct str text) { return text.len > 0 ? text : STR(""); }

#define FACT_BINDS(list, item)                                                                   \
    bind_int("id", (list)), bind_text("name", (item)->name),                                     \
        bind_text("title_ja", filled((item)->title_ja)),                                         \
        bind_text("title_en", filled((item)->title_en)), bind_int("severity", (item)->severity), \
        bind_int("tenths", (item)->tenths), bind_int("kev", (item)->is_kev),                     \
        bind_int("modified", (item)->modified.ms)

static bool keep_news(struct tx *tx, int64_t list, const struct start *start,
                      const struct watch_news *news, struct utc now, struct err *err)
{
    const struct watch_item *items = start->watch.items.at;

    for (size_t i = 0; i < news->fresh.len; i++)
        if (!store_exec(tx, &sql_watch_finding_add,
                        BINDS(FACT_BINDS(list, &items[news->fresh.at[i]]), bind_utc("now", now),
                              bind_int("digest", start->searched.ms ? 0 : FIRST_SEARCH)),
                        NULL, err))
            return PASS(err);
    for (size_t i = 0; i < news->changed.len; i++)
        if (!store_exec(tx, &sql_watch_finding_change,
                        BINDS(FACT_BINDS(list, &items[news->changed.at[i]]), bind_utc("now", now)),
                        NULL, err))
            return PASS(err);
    /* What stands beyond the end of a search is not gone. */
    for (size_t i = 0; news->capped.len == 0 && i < news->gone.len; i++)
        if (!store_exec(
                tx, &sql_watch_finding_drop,
                BINDS(bind_int("id", list), bind_text("name", items[news->gone.at[i]].name)), NULL,
                err))
            return PASS(err);
    return true;
}

bool watch_list_search(const struct watch_desk *at, int64_t list, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(SEARCH_MEMORY);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct watch_news news;
    struct start start;

    return load_start(at, list, arena, &start, err) && search(at, &start, now, arena, &news, err) &&
                   tx_begin(at->desk, TX_WRITE, &tx, err) &&
                   keep_news(tx, list, &start, &news, now, err) &&
                   store_exec(
                       tx, &sql_watch_searched,
                       BINDS(bind_utc("now", now), bind_int("version", start.version),
                             bind_int("catalog", start.catalog.ms),
                             bind_text("capped", news.capped.len > 0 ? news.capped.at[0] : STR("")),
                             bind_int("id", list)),
                       NULL, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}
