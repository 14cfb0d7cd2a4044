#include "domain/watch/watch.h"

#include "base/err.h"
#include "base/lookup.h"
#include "domain/inventory/component.h"
#include "domain/matching/ecosystem.h"
#include "formats/cpe/cpe.h"
#include "formats/purl/purl.h"

static const struct str states[WATCH_STATES] = {
    [WATCH_OPEN] = STR_INIT("open"),         [WATCH_PLANNED] = STR_INIT("planned"),
    [WATCH_DONE] = STR_INIT("done"),         [WATCH_NOT_AFFECTED] = STR_INIT("not-affected"),
    [WATCH_ACCEPTED] = STR_INIT("accepted"),
};

struct str watch_state_name(enum watch_state state) { return states[state]; }

bool watch_state_from_name(struct str name, enum watch_state *out)
{
    for (size_t i = 0; i < WATCH_STATES; i++) {
        if (str_eq(name, states[i])) {
            *out = (enum watch_state)i;
            return true;
        }
    }
    return false;
}

const char *watch_state_words(enum watch_state state)
{
    static const char *const words[WATCH_STATES] = {
        [WATCH_OPEN] = N_("not looked at"),     [WATCH_PLANNED] = N_("measure planned"),
        [WATCH_DONE] = N_("measure taken"),     [WATCH_NOT_AFFECTED] = N_("not concerned"),
        [WATCH_ACCEPTED] = N_("left as it is"),
    };

    return words[state];
}

struct str watch_title(const struct watch_item *item, enum lang lang)
{
    bool is_there = (lang == LANG_JA ? item->title_ja : item->title_en).len > 0;

    return (lang == LANG_JA) == is_there ? item->title_ja : item->title_en;
}

/* ---- products ---- */

static bool is_value(struct str field) { return !cpe_is_any(field) && !cpe_is_na(field); }

static bool key_of_cpe(struct str text, struct arena *arena, struct str *key)
{
    struct err ignored = { 0 };
    struct str vendor, product;
    struct cpe cpe;

    if (!cpe_parse(text, arena, &cpe, &ignored) || !is_value(cpe.field[CPE_VENDOR]) ||
        !is_value(cpe.field[CPE_PRODUCT]))
        return false;
    vendor = cpe_plain(cpe.field[CPE_VENDOR], arena);
    product = cpe_plain(cpe.field[CPE_PRODUCT], arena);
    *key = arena_printf(arena, "%.*s:%.*s", STR_ARG(vendor), STR_ARG(product));
    return true;
}

static bool key_of_purl(struct str text, struct arena *arena, struct str *key)
{
    struct err ignored = { 0 };
    struct package package;
    struct purl purl;

    if (!purl_parse(text, arena, &purl, &ignored) ||
        !ecosystem_of_purl(&purl, (struct distribution){ 0 }, arena, &package))
        return false;
    *key = arena_printf(arena, "%.*s:%.*s", STR_ARG(package.ecosystem), STR_ARG(package.name));
    return true;
}

bool watch_key_of(struct str product, struct arena *arena, struct str *key)
{
    size_t colon = str_index(product, ':');

    product = str_trim(product);
    if (product.len > WATCH_KEY_MAX || !str_is_plain(product, false))
        return false;
    if (str_starts(product, STR("cpe:")))
        return key_of_cpe(product, arena, key);
    if (str_starts(product, STR("pkg:")))
        return key_of_purl(product, arena, key);
    *key = product;
    return colon > 0 && colon + 1 < product.len;
}

bool watch_keys_of_lines(struct str text, struct arena *arena, struct watch_keys *out,
                         struct str *wrong)
{
    struct str line, key;

    while (text.len > 0 && str_split(&text, '\n', &line)) {
        line = str_trim(str_take(line, str_index(line, '#')));
        if (line.len == 0)
            continue;
        if (!watch_key_of(line, arena, &key)) {
            *wrong = line;
            return false;
        }
        VEC_PUSH(arena, out, key);
    }
    return true;
}

static bool find_product(const struct watch *watch, struct str key, size_t *place)
{
    for (*place = 0; *place < watch->products.len; (*place)++)
        if (str_eq(watch->products.at[*place], key))
            return true;
    return false;
}

bool watch_add(struct watch *watch, struct str key, struct arena *arena, bool *is_new,
               struct err *err)
{
    size_t place;

    *is_new = !find_product(watch, key, &place);
    if (*is_new && watch->products.len == WATCH_PRODUCTS_MAX)
        return FAIL(err, TOO_LARGE, STR("products"));
    if (*is_new)
        VEC_PUSH(arena, &watch->products, arena_str(arena, key));
    return true;
}

bool watch_remove(struct watch *watch, struct str key)
{
    size_t place;

    if (!find_product(watch, key, &place))
        return false;
    watch->products.len--;
    for (; place < watch->products.len; place++)
        watch->products.at[place] = watch->products.at[place + 1];
    return true;
}

bool watch_add_component(struct watch *watch, const struct component *component,
                         struct arena *arena, bool *is_named, struct err *err)
{
    struct str key;
    bool is_new;

    *is_named = false;
    for (size_t i = 0; i < component->cpes.len; i++) {
        if (!watch_key_of(component->cpes.at[i], arena, &key))
            continue;
        *is_named = true;
        if (!watch_add(watch, key, arena, &is_new, err))
            return PASS(err);
    }
    if (component->purl.len == 0 || !watch_key_of(component->purl, arena, &key))
        return true;
    *is_named = true;
    return watch_add(watch, key, arena, &is_new, err) ? true : PASS(err);
}

/* ---- conditions ---- */

bool watch_may_be_condition(enum search_param param)
{
    return param != PARAM_PRODUCT && param != PARAM_SORT;
}

bool watch_asks(const struct watch *watch, struct search *out, struct err *err)
{
    *out = (struct search){ 0 };
    for (size_t i = 0; i < watch->conditions.len; i++) {
        const struct watch_condition *one = &watch->conditions.at[i];
        enum search_param param;

        if (!search_param_from_name(one->name, &param) || !watch_may_be_condition(param) ||
            !search_param_read(param, one->value, out))
            return FAIL(err, SEARCH, one->name);
    }
    return true;
}

/* ---- searching ---- */

struct searching {
    struct watch *watch;
    struct lookup known; /* of the items as they were before */
    bool *is_seen;       /* of those that were there before */
    size_t before;
    bool is_full; /* no item has room any more */
    struct utc now;
    struct arena *arena;
    struct watch_news *news;
};

static void take_facts(struct watch_item *item, const struct catalog_entry *entry,
                       struct arena *arena)
{
    item->title_ja = arena_str(arena, entry->title_ja);
    item->title_en = arena_str(arena, entry->title_en);
    item->severity = entry->severity;
    item->tenths = entry->tenths;
    item->is_kev = entry->is_kev;
    item->modified = entry->modified;
}

static void take_new(struct searching *s, const struct catalog_entry *entry)
{
    struct watch_item item = { .name = arena_str(s->arena, entry->name), .found = s->now };

    if (s->watch->items.len == WATCH_ITEMS_MAX) {
        s->is_full = true;
        return;
    }
    take_facts(&item, entry, s->arena);
    VEC_PUSH(s->arena, &s->news->fresh, s->watch->items.len);
    VEC_PUSH(s->arena, &s->watch->items, item);
}

static void take(struct searching *s, const struct catalog_entry *entry)
{
    struct watch_item *item;
    size_t place;

    if (!lookup_find(&s->known, entry->name, &place)) {
        take_new(s, entry);
        return;
    }
    item = &s->watch->items.at[place];
    if (place < s->before)
        s->is_seen[place] = true;
    if (item->modified.ms != entry->modified.ms || item->is_kev != entry->is_kev) {
        item->is_changed = true;
        VEC_PUSH(s->arena, &s->news->changed, place);
    }
    take_facts(item, entry, s->arena);
}

/* What one product of the list has, and none before it had. */
static bool search_product(struct searching *s, struct tx *tx, const struct search *conditions,
                           struct str product, struct err *err)
{
    struct search search = *conditions;
    struct search_found found;
    size_t before = s->watch->items.len;

    search.product = product;
    search.order = ORDER_MODIFIED;
    search.limit = SEARCH_PAGE_MAX;
    for (search.offset = 0; search.offset <= SEARCH_OFFSET_MAX; search.offset += search.limit) {
        if (!catalog_search(tx, &search, false, s->arena, &found, err))
            return PASS(err);
        for (size_t i = 0; i < found.entries.len; i++)
            take(s, &found.entries.at[i]);
        if (found.entries.len < search.limit)
            break;
    }
    if (search.offset > SEARCH_OFFSET_MAX || s->is_full)
        VEC_PUSH(s->arena, &s->news->capped, product);
    if (s->watch->items.len == before)
        return true;
    for (size_t i = before; i < s->watch->items.len; i++)
        lookup_add(s->arena, &s->known, s->watch->items.at[i].name, i);
    lookup_sort(&s->known);
    return true;
}

bool watch_search(struct tx *tx, struct watch *watch, struct utc now, struct arena *arena,
                  struct watch_news *out, struct err *err)
{
    struct searching s = { .watch = watch,
                           .is_seen = ARENA_NEW_N(arena, watch->items.len + 1, bool),
                           .before = watch->items.len,
                           .now = now,
                           .arena = arena,
                           .news = out };
    struct search conditions;

    *out = (struct watch_news){ 0 };
    if (!watch_asks(watch, &conditions, err))
        return PASS(err);
    for (size_t i = 0; i < watch->items.len; i++)
        lookup_add(arena, &s.known, watch->items.at[i].name, i);
    lookup_sort(&s.known);
    for (size_t i = 0; i < watch->products.len; i++)
        if (!search_product(&s, tx, &conditions, watch->products.at[i], err))
            return PASS(err);
    for (size_t i = 0; i < s.before; i++)
        if (!s.is_seen[i])
            VEC_PUSH(arena, &out->gone, i);
    watch->searched = now;
    return true;
}

bool watch_decide(struct watch *watch, struct str name, enum watch_state state, struct str note,
                  struct utc now, struct err *err)
{
    if (note.len > WATCH_NOTE_MAX || !str_is_utf8(note) || !str_is_plain(note, true))
        return FAIL(err, INPUT, STR("note"));
    for (size_t i = 0; i < watch->items.len; i++) {
        struct watch_item *item = &watch->items.at[i];

        if (!str_eq_nocase(item->name, name))
            continue;
        item->state = state;
        item->decided = now;
        item->is_changed = false;
        if (note.ptr)
            item->note = note;
        return true;
    }
    return FAIL(err, ABSENT, name);
}
