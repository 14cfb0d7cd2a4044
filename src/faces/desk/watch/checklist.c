/* The countermeasure checklist of a list: what is known to touch its products, worked off entry by entry. Rule: API-03 */
#include "base/err.h"
#include "base/lookup.h"
#include "domain/catalog/product.h"
#include "faces/desk/form.h"
#include "faces/desk/permission.h"
#include "faces/desk/watch/pages.h"
#include "faces/desk/watch/watch.html.h"
#include "faces/html/ratings.h"

enum { PAGES_MAX = 100000, WORDS_MAX = 200, CONDITIONS_MAX = 8192, PRODUCTS_SHOWN = 3 };

/* ---- what the address asks ---- */

static const struct {
    const char *value, *label;
    enum watch_state state;
    bool is_todo, is_changed;
} states[] = {
    { "todo", N_("Not settled yet"), WATCH_STATES, true, false },
    { "changed", N_("Changed since"), WATCH_STATES, false, true },
    { "open", N_("not looked at"), WATCH_OPEN, false, false },
    { "planned", N_("measure planned"), WATCH_PLANNED, false, false },
    { "done", N_("measure taken"), WATCH_DONE, false, false },
    { "not-affected", N_("not concerned"), WATCH_NOT_AFFECTED, false, false },
    { "accepted", N_("left as it is"), WATCH_ACCEPTED, false, false },
    { "all", N_("All"), WATCH_STATES, false, false },
};
static const struct {
    const char *value, *label;
} orders[WATCH_ORDERS] = {
    [WATCH_BY_NEWS] = { "news", N_("Latest news first") },
    [WATCH_BY_SCORE] = { "score", N_("Highest score first") },
    [WATCH_BY_STATE] = { "state", N_("By state") },
};

struct asked {
    struct watch_filter filter;
    size_t state; /* its row */
    int64_t page;
};

static bool read_state(struct request *req, struct asked *out, struct err *err)
{
    struct str value = request_query(req, "state");

    for (out->state = 0; value.len > 0 && out->state < COUNT(states); out->state++)
        if (str_eq_z(value, states[out->state].value))
            break;
    if (out->state == COUNT(states))
        return FAIL(err, BAD_REQUEST, STR("state"));
    out->filter.state = states[out->state].state;
    out->filter.is_todo = states[out->state].is_todo;
    out->filter.is_changed = states[out->state].is_changed;
    return true;
}

/* An unknown word is a mistake, not silence (C24). */
static bool read_asked(struct request *req, struct asked *out, struct err *err)
{
    struct str severity = request_query(req, "severity"), order = request_query(req, "order"),
               page = request_query(req, "page");

    *out = (struct asked){ .filter = { .severity = CATALOG_SEVERITIES,
                                       .is_kev = request_query(req, "kev").len > 0,
                                       .words = str_trim(request_query(req, "q")),
                                       .limit = desk_of(req)->settings->list_page },
                           .page = 1 };
    if (!read_state(req, out, err))
        return PASS(err);
    if (severity.len > 0 && !catalog_severity_from_name(severity, &out->filter.severity))
        return FAIL(err, BAD_REQUEST, STR("severity"));
    if (str_code_points(out->filter.words) > WORDS_MAX)
        return FAIL(err, BAD_REQUEST, STR("q"));
    for (size_t i = 0; i < COUNT(orders); i++)
        if (str_eq_z(order, orders[i].value))
            out->filter.order = (enum watch_order)i;
    if (page.len > 0 && !str_to_int(page, 1, PAGES_MAX, &out->page, err))
        return PASS(err);
    out->filter.offset = (out->page - 1) * out->filter.limit;
    return true;
}

/* ---- filters ---- */

static struct field_view *add_field(struct request *req, struct filters_view *v,
                                    enum field_kind kind, const char *name, const char *label,
                                    struct str value)
{
    VEC_PUSH(req->arena, &v->fields,
             (struct field_view){ .id = arena_printf(req->arena, "filter-%s", name),
                                  .name = str_from_z(name),
                                  .label = say(req, label),
                                  .kind = kind,
                                  .value = value,
                                  .is_bare = true });
    return &v->fields.at[v->fields.len - 1];
}

static void add_choice(struct request *req, struct field_view *field, struct str value,
                       struct str label)
{
    VEC_PUSH(req->arena, &field->choices, (struct choice){ .value = value, .label = label });
}

static void fill_filters(struct request *req, const struct asked *asked, int64_t count,
                         struct str href, struct filters_view *v)
{
    const struct watch_filter *f = &asked->filter;
    struct field_view *field;

    v->href = href;
    add_field(req, v, FIELD_TEXT, "q", N_("Words of number or title"), f->words);
    field = add_field(req, v, FIELD_SELECT, "state", N_("State"),
                      str_from_z(states[asked->state].value));
    for (size_t i = 0; i < COUNT(states); i++)
        add_choice(req, field, str_from_z(states[i].value), say(req, states[i].label));
    field = add_field(req, v, FIELD_SELECT, "severity", N_("Severity"),
                      f->severity == CATALOG_SEVERITIES ? STR_NONE
                                                        : catalog_severity_name(f->severity));
    add_choice(req, field, STR(""), say(req, N_("All")));
    for (int i = CATALOG_SEVERITIES - 1; i >= 0; i--)
        add_choice(req, field, catalog_severity_name((enum catalog_severity)i),
                   catalog_severity_tag(req->lang, (enum catalog_severity)i).word);
    field =
        add_field(req, v, FIELD_SELECT, "order", N_("Order"), str_from_z(orders[f->order].value));
    for (size_t i = 0; i < COUNT(orders); i++)
        add_choice(req, field, str_from_z(orders[i].value), say(req, orders[i].label));
    add_field(req, v, FIELD_CHECK, "kev", N_("Known to be exploited"),
              f->is_kev ? STR("1") : STR_NONE);
    if (req->query.len > 0)
        v->clear_href = arena_printf(req->arena, "%.*s?state=all", STR_ARG(href));
    v->found = tr_fill(req->arena, req->lang, N_("{count} entries"),
                       TR_ARGS({ "count", tr_number(req->arena, count) }));
}

static struct str page_link(struct request *req, struct str href, int64_t page)
{
    struct buf buf = buf_new(req->arena, 4096);
    struct str rest = req->query_text, pair;

    buf_printf(&buf, "%.*s?page=%lld", STR_ARG(href), (long long)page);
    while (rest.len > 0 && str_split(&rest, '&', &pair)) {
        if (pair.len == 0 || str_starts(pair, STR("page=")) || str_starts(pair, STR("done=")))
            continue;
        buf_byte(&buf, '&');
        buf_add(&buf, pair);
    }
    return buf_str(&buf);
}

/* ---- the list itself ---- */

struct tag_view watch_state_tag(const struct request *req, enum watch_state state)
{
    static const enum tone tones[WATCH_STATES] = { [WATCH_OPEN] = TONE_EMBER,
                                                   [WATCH_PLANNED] = TONE_WARN,
                                                   [WATCH_DONE] = TONE_GOOD,
                                                   [WATCH_NOT_AFFECTED] = TONE_NEUTRAL,
                                                   [WATCH_ACCEPTED] = TONE_NEUTRAL };

    return (struct tag_view){ say(req, watch_state_words(state)), tones[state] };
}

static struct finding_line line_of(struct request *req, const struct watch_item *item)
{
    return (struct finding_line){
        .name = item->name,
        .href = watch_record_href(req, item->name),
        .why_href = watch_touched_href(req, item->name),
        .title = watch_title(item, req->lang),
        .score = catalog_score_words(item->tenths, req->arena),
        .severity = catalog_severity_tag(req->lang, item->severity),
        .state = watch_state_tag(req, item->state),
        .found = { .words = tr_date(req->arena, req->lang, item->found),
                   .iso = utc_iso(req->arena, item->found) },
        .note = item->note,
        .decided = item->decided.ms
                       ? tr_fill(req->arena, req->lang, N_("{who}, {when}"),
                                 TR_ARGS({ "who", item->by },
                                         { "when", tr_short_instant(req->arena, req->lang,
                                                                    item->decided) }))
                       : STR_NONE,
        .is_kev = item->is_kev,
        .is_changed = item->is_changed
    };
}

static void add_fact(struct request *req, struct checklist_view *v, const char *name,
                     struct str value, struct str href)
{
    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = say(req, name), .value = value, .href = href });
}

static void add_act(struct request *req, struct checklist_view *v, const char *label,
                    struct str href)
{
    VEC_PUSH(req->arena, &v->acts, (struct act){ .label = say(req, label), .href = href });
}

static struct str severities_in_words(struct request *req, struct str names)
{
    struct buf buf = buf_new(req->arena, CONDITIONS_MAX);
    enum catalog_severity severity;
    struct str one;

    while (names.len > 0 && str_split(&names, ',', &one)) {
        if (!catalog_severity_from_name(one, &severity))
            continue;
        if (buf.len > 0)
            buf_add_z(&buf, req->lang == LANG_JA ? "・" : ", ");
        buf_add(&buf, catalog_severity_tag(req->lang, severity).word);
    }
    return buf_str(&buf);
}

struct str watch_conditions_in_words(struct request *req, const struct watch *watch)
{
    static const struct {
        enum search_param param;
        const char *words;
    } rows[] = {
        { PARAM_SEVERITY, N_("Severity: {value}") },
        { PARAM_KEV, N_("Only what is known to be exploited (KEV)") },
        { PARAM_EPSS, N_("Probability of attack (EPSS) of at least {value}") },
        { PARAM_JA, N_("Only what has a Japanese text") },
        { PARAM_FROM, N_("First published on {value} or later") },
        { PARAM_WORDS, N_("Words: {value}") },
    };
    struct buf buf = buf_new(req->arena, CONDITIONS_MAX);

    for (size_t i = 0; i < watch->conditions.len; i++) {
        const struct watch_condition *one = &watch->conditions.at[i];

        for (size_t k = 0; k < COUNT(rows); k++) {
            if (!str_eq_z(one->name, search_param_name(rows[k].param)))
                continue;
            if (buf.len > 0)
                buf_byte(&buf, '\n');
            buf_add(&buf, tr_fill(req->arena, req->lang, rows[k].words,
                                  TR_ARGS({ "value", rows[k].param == PARAM_SEVERITY
                                                         ? severities_in_words(req, one->value)
                                                         : one->value })));
        }
    }
    return buf_str(&buf);
}

static void tell_list(struct request *req, const struct watch_list *list, const struct watch *watch,
                      struct checklist_view *v)
{
    struct str conditions = watch_conditions_in_words(req, watch);

    v->title = list->name;
    v->href = watch_path(req, list, "/findings");
    if (!list->is_own)
        add_fact(req, v, N_("Whose"), list->owner, STR_NONE);
    add_fact(req, v, N_("Products"), tr_number(req->arena, list->products),
             watch_path(req, list, "/products"));
    add_fact(req, v, N_("Last search"),
             list->searched.ms ? tr_instant(req->arena, req->lang, list->searched)
                               : say(req, N_("not yet")),
             STR_NONE);
    if (conditions.len > 0)
        add_fact(req, v, N_("Conditions"), conditions, STR_NONE);
    add_act(req, v, N_("Products"), watch_path(req, list, "/products"));
    if (list->is_own) {
        add_act(req, v, N_("Settings of the list"), watch_path(req, list, "/settings"));
        add_act(req, v, N_("Feed of this list"), watch_path(req, list, "/feed"));
    }
    add_act(req, v, N_("Save as CSV"), watch_path(req, list, "/checklist.csv"));
    add_act(req, v, N_("Save as JSON"), watch_path(req, list, "/checklist.json"));
    if (list->is_own)
        VEC_PUSH(req->arena, &v->acts,
                 (struct act){ .label = say(req, N_("Search again now")),
                               .href = watch_path(req, list, "/search"),
                               .posts = true });
    if (list->is_waiting)
        v->note = (struct note_view){
            .tone = TONE_NEUTRAL,
            .words = say(req, N_("The list is being searched. What is found appears here in a "
                                 "moment; please open the page again."))
        };
    else if (list->capped.len > 0)
        v->note = (struct note_view){
            .tone = TONE_WARN,
            .words =
                tr_fill(req->arena, req->lang,
                        N_("{product} has more than one search shows: conditions make it less."),
                        TR_ARGS({ "product", list->capped }))
        };
}

/* Which of the list's products an entry touches, by what the catalogue says today. */
static bool products_of(struct request *req, struct tx *catalog, const struct lookup *keys,
                        struct finding_line *line, struct err *err)
{
    struct buf buf = buf_new(req->arena, PRODUCTS_SHOWN * (WATCH_KEY_MAX + 4));
    struct catalog_products products;
    struct catalog_entry entry;
    struct err why = { 0 };
    size_t shown = 0, ignored;

    if (!catalog_entry_find(catalog, line->name, req->arena, &entry, &why)) {
        if (why.code == ERR_ABSENT) /* gone from the catalogue, and still on the list */
            return true;
        *err = why;
        return PASS(err);
    }
    if (!catalog_entry_products(catalog, entry.id, req->arena, &products, err))
        return PASS(err);
    for (size_t i = 0; i < products.len; i++) {
        struct str key = arena_printf(req->arena, "%.*s:%.*s", STR_ARG(products.at[i].vendor_key),
                                      STR_ARG(products.at[i].key));

        if (!lookup_find(keys, key, &ignored) || shown++ >= PRODUCTS_SHOWN)
            continue;
        if (buf.len > 0)
            buf_add_z(&buf, ", ");
        buf_add(&buf, key);
    }
    if (shown > PRODUCTS_SHOWN)
        buf_add_z(&buf, ", …");
    line->products = buf_str(&buf);
    return true;
}

static bool tell_products(struct request *req, const struct watch *watch, struct checklist_view *v,
                          struct err *err)
{
    CLEANUP(tx_end_var) struct tx *catalog = NULL;
    struct lookup keys = { 0 };

    if (!desk_of(req)->catalog || v->rows.len == 0)
        return true;
    for (size_t i = 0; i < watch->products.len; i++)
        lookup_add(req->arena, &keys, watch->products.at[i], i);
    lookup_sort(&keys);
    if (!tx_begin(desk_of(req)->catalog, TX_READ, &catalog, err))
        return PASS(err);
    for (size_t i = 0; i < v->rows.len; i++)
        if (!products_of(req, catalog, &keys, &v->rows.at[i], err))
            return PASS(err);
    return true;
}

static void ask_decision(struct request *req, struct checklist_view *v)
{
    struct field_view
        state = { .name = STR("state"),
                  .label = say(req, N_("State")),
                  .kind = FIELD_RADIO,
                  .value = request_form(req, "state"),
                  .required = true },
        note = { .name = STR("note"),
                 .label = say(req, N_("Note")),
                 .help = say(req, N_("Empty: the notes that are there stay. A hyphen alone deletes "
                                     "them.")),
                 .kind = FIELD_TEXTAREA,
                 .value = request_form(req, "note"),
                 .rows = 3 };

    for (int i = 0; i < WATCH_STATES; i++) {
        struct str value = watch_state_name((enum watch_state)i);

        VEC_PUSH(req->arena, &state.choices,
                 (struct choice){ .value = value,
                                  .label = say(req, watch_state_words((enum watch_state)i)),
                                  .is_chosen = str_eq(state.value, value) });
    }
    state.error = faults_about(&v->faults, state.name);
    note.error = faults_about(&v->faults, note.name);
    VEC_PUSH(req->arena, &v->decision, state);
    VEC_PUSH(req->arena, &v->decision, note);
}

static bool show(struct request *req, struct response *res, const char *field, const char *fault,
                 struct err *err)
{
    static const struct done done_rows[] = {
        { "made", N_("The list is made. From here on it is searched by itself."), TONE_GOOD },
        { "kept", N_("The state is kept."), TONE_GOOD },
        { "searched", N_("The list is searched again."), TONE_GOOD },
        { "set", N_("The settings are kept."), TONE_GOOD },
    };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct checklist_view v = { 0 };
    struct frame frame = { 0 };
    struct page *body = frame_page(req);
    struct watch_items items;
    struct watch_list list;
    struct watch watch;
    struct asked asked;
    int64_t count;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) || !watch_of(req, tx, &list, err) ||
        !read_asked(req, &asked, err) || !watch_list_terms(tx, list.id, req->arena, &watch, err) ||
        !watch_list_findings(tx, list.id, &asked.filter, req->arena, &items, &count, err))
        return PASS(err);
    if (fault)
        VEC_PUSH(req->arena, &v.faults, (struct fault){ str_from_z(field), say(req, fault) });
    tell_list(req, &list, &watch, &v);
    fill_filters(req, &asked, count, watch_path(req, &list, ""), &v.filters);
    for (size_t i = 0; i < items.len; i++)
        VEC_PUSH(req->arena, &v.rows, line_of(req, &items.at[i]));
    if (!tell_products(req, &watch, &v, err))
        return PASS(err);
    v.empty = (struct empty_view){
        .title = list.products == 0 ? say(req, N_("No product is registered yet."))
                                    : say(req, N_("There is nothing here")),
        .why = list.products == 0 ? STR_NONE
               : list.findings == 0
                   ? say(req, N_("Nothing is known that touches the products of this list and "
                                 "meets its conditions."))
                   : say(req, N_("No entry of the checklist fits. Please choose another state."))
    };
    if (list.products == 0)
        v.empty.next =
            (struct link){ say(req, N_("Add products")), watch_path(req, &list, "/products") };
    else if (list.findings > 0)
        v.empty.next =
            (struct link){ say(req, N_("Show all")), v.filters.clear_href.len > 0
                                                         ? v.filters.clear_href
                                                         : watch_path(req, &list, "?state=all") };
    if (asked.page > 1)
        v.pager.previous = page_link(req, watch_path(req, &list, ""), asked.page - 1);
    if (asked.filter.offset + (int64_t)items.len < count)
        v.pager.next = page_link(req, watch_path(req, &list, ""), asked.page + 1);
    ask_decision(req, &v);
    frame.title = list.name;
    frame_crumb(req, &frame, N_("Filtered vulnerability countermeasure information"),
                STR("/watch"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ list.name, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    checklist_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

bool watch_checklist(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, NULL, err);
}

/* ---- what is decided ---- */

static bool decide(struct request *req, enum watch_state state, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };
    struct str note = str_trim(request_form(req, "note"));
    struct watch_list list;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || !watch_of(req, tx, &list, err))
        return PASS(err);
    deed.tx = tx;
    for (size_t i = 0; i < request_form_count(req, "entry"); i++)
        if (!watch_list_decide(&deed, &list, request_form_nth(req, "entry", i), state,
                               note.len == 0            ? STR_NONE
                               : str_eq(note, STR("-")) ? STR("")
                                                        : note,
                               err))
            return PASS(err);
    return tx_commit(&tx, err) ? true : PASS(err);
}

bool watch_decide_chosen(struct request *req, struct response *res, struct err *err)
{
    enum watch_state state;
    struct err why = { 0 };

    if (!watch_state_from_name(request_form(req, "state"), &state)) {
        res->status = 422;
        return show(req, res, "state", N_("Please choose the state."), err);
    }
    if (request_form_count(req, "entry") == 0) {
        res->status = 422;
        return show(req, res, "", N_("Please choose at least one entry of the checklist."), err);
    }
    if (decide(req, state, &why))
        return frame_go(
            req, res,
            arena_printf(req->arena, "/watch/%.*s?done=kept", STR_ARG(request_path(req, "id"))));
    if (why.code == ERR_INPUT) {
        res->status = 422;
        return show(req, res, "note", N_("The note is too long."), err);
    }
    *err = why;
    return PASS(err);
}

/* ---- searched again ---- */

static bool stir(struct request *req, struct watch_list *list, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || !watch_own(req, tx, list, err))
        return PASS(err);
    deed.tx = tx;
    return watch_list_stir(&deed, list, err) && tx_commit(&tx, err) ? true : PASS(err);
}

bool watch_search_now(struct request *req, struct response *res, struct err *err)
{
    struct watch_list list;

    if (!stir(req, &list, err))
        return PASS(err);
    watch_try_search(req, &list);
    return frame_go(req, res, watch_path(req, &list, "?done=searched"));
}
