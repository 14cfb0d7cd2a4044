/* Japanese texts for the database of countermeasures: what waits, one of them beside the English, and its moves. Rule: VDB-14 */
#include "domain/curation/curation.h"
#include "base/err.h"
#include "domain/catalog/search.h"
#include "domain/watch/list.h"
#include "faces/desk/context.h"
#include "faces/desk/curation/curation.html.h"
#include "faces/desk/curation/routes.h"
#include "faces/desk/curation/shared.h"
#include "faces/desk/form.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"

enum { FORM = 1 << 20, SMALL = 64 << 10, DRAFTS_SHOWN = 50 };

static const struct {
    const char *value, *label;
    enum search_order order;
    enum search_tick kev;
    bool by_touched; /* by how many products of watch lists they are about, before */
} orders[] = {
    { "touched", N_("Most watched products first"), ORDER_EPSS, TICK_ANY, true },
    { "epss", N_("Likeliest to be attacked first"), ORDER_EPSS, TICK_ANY, false },
    { "kev", N_("Known to be attacked"), ORDER_MODIFIED, TICK_YES, false },
    { "severity", N_("Highest score first"), ORDER_SEVERITY, TICK_ANY, false },
    { "modified", N_("Latest change first"), ORDER_MODIFIED, TICK_ANY, false },
};

static struct tag_view state_tag(const struct request *req, enum curation_state state)
{
    static const struct {
        const char *words;
        enum tone tone;
    } rows[CURATION_STATES] = {
        [CURATION_NONE] = { N_("no Japanese text"), TONE_NEUTRAL },
        [CURATION_DRAFT] = { N_("draft"), TONE_WARN },
        [CURATION_TRANSLATED] = { N_("translated"), TONE_EMBER },
        [CURATION_PUBLISHED] = { N_("published"), TONE_GOOD },
    };

    return (struct tag_view){ say(req, rows[state].words), rows[state].tone };
}

static struct str encoded(struct request *req, struct str text)
{
    struct buf buf = buf_new(req->arena, 4096);

    html_url_encode(&buf, text);
    return buf_str(&buf);
}

struct str curation_href(struct request *req, struct str name, const char *more)
{
    return arena_printf(req->arena, "/curation/%.*s%s", STR_ARG(encoded(req, name)), more);
}

struct str curation_instant(struct request *req, struct utc t)
{
    return t.ms ? tr_short_instant(req->arena, req->lang, t) : STR("–");
}

/* ---- what waits ---- */

static struct str state_code(enum curation_state state)
{
    return str_from_z(curation_life.states[state]);
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_FIELD ("number", struct curation_row, name, N_("Number")),
    SHEET_COLUMN(struct curation_row, title, N_("Title")),
    SHEET_FIELD ("score", struct curation_row, score, N_("Severity")),
    SHEET_CODED ("exploited", struct curation_row, kev, kev_code, N_("Known to be attacked")),
    SHEET_FIELD ("watched_products", struct curation_row, touched, N_("Watched products")),
    SHEET_CODED ("state", struct curation_row, state, state_code, N_("State")),
    SHEET_FIELD ("who", struct curation_row, who, N_("Person")),
    SHEET_CODED ("changed_at", struct curation_row, date, date_code, N_("Latest change")),
};
/* clang-format on */

static bool tell_drafts(struct request *req, struct curation_rows *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct curations list = { 0 };
    int64_t count;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !curation_list(tx, CURATION_NONE, 0, DRAFTS_SHOWN, req->arena, &list, &count, err))
        return PASS(err);
    for (size_t i = 0; i < list.len; i++)
        VEC_PUSH(req->arena, out,
                 (struct curation_row){ .name = list.at[i].name,
                                        .href = curation_href(req, list.at[i].name, ""),
                                        .title = list.at[i].title,
                                        .date = curation_instant(req, list.at[i].changed),
                                        .who = list.at[i].who,
                                        .date_code = utc_iso(req->arena, list.at[i].changed),
                                        .state = state_tag(req, list.at[i].state),
                                        .state_code = state_code(list.at[i].state) });
    return true;
}

static struct str score_of(struct request *req, const struct catalog_entry *entry)
{
    return entry->tenths < 0
               ? STR("–")
               : arena_printf(req->arena, "%d.%d", entry->tenths / 10, entry->tenths % 10);
}

static size_t order_of(struct request *req)
{
    struct str value = request_query(req, "order");

    for (size_t i = 0; i < COUNT(orders); i++)
        if (str_eq_z(value, orders[i].value))
            return i;
    return 0;
}

static struct str page_link(struct request *req, int64_t page)
{
    return arena_printf(req->arena, "/curation?order=%s&q=%.*s&page=%lld",
                        orders[order_of(req)].value, STR_ARG(encoded(req, request_query(req, "q"))),
                        (long long)page);
}

static void tell_filters(struct request *req, struct filters_view *out)
{
    struct field_view words = { .name = STR("q"),
                                .label = say(req, N_("Words")),
                                .kind = FIELD_TEXT,
                                .value = request_query(req, "q"),
                                .is_bare = true },
                      order = { .name = STR("order"),
                                .label = say(req, N_("Order")),
                                .kind = FIELD_SELECT,
                                .is_bare = true };

    for (size_t i = 0; i < COUNT(orders); i++)
        VEC_PUSH(req->arena, &order.choices,
                 (struct choice){ .value = str_from_z(orders[i].value),
                                  .label = say(req, orders[i].label),
                                  .is_chosen = i == order_of(req) });
    out->href = STR("/curation");
    VEC_PUSH(req->arena, &out->fields, words);
    VEC_PUSH(req->arena, &out->fields, order);
    if (request_query(req, "q").len > 0)
        out->clear_href = STR("/curation");
}

static void tell_found(struct request *req, const struct search_found *found,
                       struct curation_rows *out)
{
    for (size_t i = 0; i < found->entries.len; i++) {
        const struct catalog_entry *entry = &found->entries.at[i];

        int touched = i < found->touched.len ? found->touched.at[i] : 0;

        VEC_PUSH(req->arena, out,
                 (struct curation_row){
                     .name = entry->name,
                     .touched = touched > 0 ? arena_printf(req->arena, "%d", touched) : STR_NONE,
                     .href = curation_href(req, entry->name, ""),
                     .title = entry->title_en,
                     .score = score_of(req, entry),
                     .date = curation_instant(req, entry->modified),
                     .date_code = utc_iso(req->arena, entry->modified),
                     .state = state_tag(req, CURATION_NONE),
                     .state_code = state_code(CURATION_NONE),
                     .kev = { entry->is_kev ? say(req, N_("exploited")) : STR_NONE, TONE_BAD },
                     .kev_code = entry->is_kev ? STR("KEV") : STR_NONE,
                     .is_kev = entry->is_kev });
    }
}

/* For a file: what is on its way, and all that waits; as far as a search goes, else it is to be narrowed down. */
static bool send_sheet(struct request *req, struct response *res, enum sheet_format format,
                       struct search *search, struct curation_rows *rows, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct search_found found;

    search->limit = SEARCH_PAGE_MAX;
    if (!tx_begin(desk_of(req)->catalog, TX_READ, &tx, err))
        return PASS(err);
    do {
        if (!catalog_search(tx, search, false, req->arena, &found, err))
            return PASS(err);
        tell_found(req, &found, rows);
        search->offset += SEARCH_PAGE_MAX;
    } while (found.entries.len == SEARCH_PAGE_MAX && search->offset < SEARCH_OFFSET_MAX);
    return sheet_send(req, res, format, SHEET("translation", columns, *rows),
                      found.entries.len == SEARCH_PAGE_MAX, err)
               ? true
               : PASS(err);
}

/* VDB-14: what is watched comes first; whose lists it stands in is not told. */
static bool find_watched(struct request *req, struct catalog_strings *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!orders[order_of(req)].by_touched)
        return true;
    return tx_begin(desk_of(req)->store, TX_READ, &tx, err) &&
                   watch_registered(tx, SEARCH_TOUCHING_MAX, req->arena, out, err)
               ? true
               : PASS(err);
}

static struct search search_of(struct request *req, const struct catalog_strings *watched)
{
    size_t order = order_of(req);

    return (struct search){ .touching = orders[order].by_touched ? watched : NULL,
                            .words = str_trim(request_query(req, "q")),
                            .has_ja = TICK_NO,
                            .kev = orders[order].kev,
                            .order = orders[order].order };
}

static bool tell_waiting(struct request *req, struct search search,
                         struct curation_index_view *view, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const int64_t rows = desk_of(req)->settings->list_page > SEARCH_PAGE_MAX
                             ? SEARCH_PAGE_MAX
                             : desk_of(req)->settings->list_page;
    struct str number = request_query(req, "page");
    struct search_found found = { 0 };
    int64_t page = 1;

    if (number.len > 0 && !str_to_int(number, 1, SEARCH_OFFSET_MAX / rows, &page, err))
        return PASS(err);
    search.limit = (size_t)rows;
    search.offset = (size_t)((page - 1) * rows);
    if (!tx_begin(desk_of(req)->catalog, TX_READ, &tx, err) ||
        !catalog_search(tx, &search, false, req->arena, &found, err))
        return PASS(err);
    tell_found(req, &found, &view->rows);
    if (page > 1)
        view->pager.previous = page_link(req, page - 1);
    if ((int64_t)found.entries.len == rows && (page + 1) * rows <= SEARCH_OFFSET_MAX)
        view->pager.next = page_link(req, page + 1);
    view->filters.found =
        tr_fill(req->arena, req->lang,
                found.count_is_capped ? N_("more than {count}") : N_("{count} entries"),
                TR_ARGS({ "count", arena_printf(req->arena, "%lld", (long long)found.count) }));
    return true;
}

static bool curation_index(struct request *req, struct response *res, struct err *err)
{
    struct curation_index_view view = {
        .empty = { .title = say(req, N_("Nothing waits for a translation here.")),
                   .why = say(req, N_("Every entry that was looked for has a Japanese text, or the "
                                      "catalogue is still empty.")) }
    };
    struct page *body = frame_page(req);
    struct frame frame = { .title = say(req, N_("Translation")) };
    struct catalog_strings watched = { 0 };
    struct search search = search_of(req, &watched);
    enum sheet_format format;

    if (!desk_of(req)->catalog)
        return FAIL(err, UNAVAILABLE, STR("catalog"));
    if (!sheet_asked(req, &format, err) || !find_watched(req, &watched, err) ||
        !tell_drafts(req, &view.drafts, err))
        return PASS(err);
    if (format != SHEET_PAGE)
        return send_sheet(req, res, format, &search, &view.drafts, err) ? true : PASS(err);
    tell_filters(req, &view.filters);
    view.is_by_touched = orders[order_of(req)].by_touched;
    if (!tell_waiting(req, search, &view, err))
        return PASS(err);
    view.file = sheet_links(req);
    curation_index_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

/* ---- one entry ---- */

static const struct {
    const char *name, *label;
    enum catalog_text_kind kind;
} text_parts[] = {
    { "title", N_("Title"), TEXT_TITLE },
    { "overview", N_("Overview"), TEXT_DESCRIPTION },
    { "impact", N_("Impact"), TEXT_IMPACT },
    { "countermeasure", N_("Countermeasure"), TEXT_COUNTERMEASURE },
};

static struct str *text_of(struct curation *curation, size_t part)
{
    struct str *texts[] = { &curation->title, &curation->overview, &curation->impact,
                            &curation->countermeasure };

    return texts[part];
}

static void tell_said(struct request *req, const struct catalog_tellings *tellings,
                      enum catalog_text_kind kind, struct curation_part *part)
{
    for (size_t i = 0; i < tellings->len; i++) {
        const struct catalog_record *record = &tellings->at[i].record;

        for (size_t k = 0; k < record->texts.len; k++) {
            const struct catalog_text *text = &record->texts.at[k];

            if (text->kind == kind && !str_eq_z(text->lang, "ja"))
                VEC_PUSH(req->arena, &part->said,
                         (struct curation_said){
                             arena_printf(req->arena, "%.*s %.*s",
                                          STR_ARG(catalog_source_name(record->source)),
                                          STR_ARG(text->by)),
                             text->text });
        }
    }
}

static void tell_parts(struct request *req, struct curation *curation,
                       const struct catalog_tellings *tellings, struct curation_edit_view *view)
{
    for (size_t i = 0; i < COUNT(text_parts); i++) {
        struct curation_part part = {
            .label = say(req, text_parts[i].label),
            .field = { .name = str_from_z(text_parts[i].name),
                       .label = say(req, N_("In Japanese")),
                       .kind = text_parts[i].kind == TEXT_TITLE ? FIELD_TEXT : FIELD_TEXTAREA,
                       .value = *text_of(curation, i),
                       .rows = 8,
                       .max_length = text_parts[i].kind == TEXT_TITLE ? CURATION_TITLE_MAX
                                                                      : CURATION_TEXT_MAX,
                       .is_bare = true,
                       .error = faults_about(&view->faults, str_from_z(text_parts[i].name)) }
        };

        tell_said(req, tellings, text_parts[i].kind, &part);
        VEC_PUSH(req->arena, &view->parts, part);
        if (text_of(curation, i)->len > 0)
            VEC_PUSH(req->arena, &view->shown,
                     (struct curation_said){ part.label, *text_of(curation, i) });
    }
}

static void add_mark(struct request *req, struct curation_edit_view *view, const char *name,
                     const char *label, bool is_set)
{
    struct field_view field = {
        .name = str_from_z(name), .label = say(req, label), .kind = FIELD_CHECK, .is_bare = true
    };

    VEC_PUSH(req->arena, &field.choices,
             (struct choice){ .value = STR("1"), .label = say(req, label), .is_chosen = is_set });
    VEC_PUSH(req->arena, &view->marks, field);
}

static void add_act(struct request *req, struct curation_edit_view *view,
                    const struct curation *curation, enum curation_event event, const char *label,
                    const char *verb, const char *help, enum look look)
{
    if (life_can(&curation_life, curation->state, who_of(req)->roles, event, curation))
        VEC_PUSH(req->arena, &view->acts,
                 (struct act){ .label = say(req, label),
                               .href = curation_href(req, curation->name, verb),
                               .look = look,
                               .posts = true,
                               .name = STR("version"),
                               .value = view->version,
                               .help = say(req, help) });
}

static bool load_said(struct request *req, struct str name, struct catalog_entry *entry,
                      struct catalog_tellings *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!desk_of(req)->catalog)
        return FAIL(err, ABSENT, STR("entry"));
    if (!tx_begin(desk_of(req)->catalog, TX_READ, &tx, err) ||
        !catalog_entry_find(tx, name, req->arena, entry, err))
        return PASS(err);
    return str_eq(entry->name, name) ? catalog_entry_tellings(tx, entry->id, req->arena, out, err)
                                     : FAIL(err, ABSENT, STR("entry"));
}

static bool load_written(struct request *req, struct str name, struct curation *out,
                         struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk_of(req)->store, TX_READ, &tx, err) &&
                   curation_find(tx, name, req->arena, out, err)
               ? true
               : PASS(err);
}

static void tell_faults(struct request *req, const struct form_faults *faults,
                        struct curation_edit_view *view)
{
    for (size_t i = 0; faults && i < faults->len; i++)
        VEC_PUSH(req->arena, &view->faults,
                 (struct fault){ str_from_z(faults->at[i].field), say(req, faults->at[i].words) });
}

/* typed: what was sent and could not be kept; NULL: what is kept. */
static bool show(struct request *req, struct response *res, struct curation *typed,
                 const struct form_faults *faults, struct err *err)
{
    static const struct done done_rows[] = {
        { "saved", N_("The draft is kept."), TONE_GOOD },
        { "finished", N_("The text is handed in as translated."), TONE_GOOD },
        { "returned", N_("The text is a draft again."), TONE_GOOD },
        { "published", N_("The Japanese text is published."), TONE_GOOD },
    };
    struct str name = request_path(req, "name");
    struct catalog_entry entry;
    struct catalog_tellings tellings = { 0 };
    struct curation curation;
    struct curation_edit_view view = { .name = name };
    struct page *body = frame_page(req);
    struct frame frame = { .title = name };

    if (!load_said(req, name, &entry, &tellings, err) || !load_written(req, name, &curation, err))
        return PASS(err);
    view.href = curation_href(req, name, "");
    view.version =
        arena_printf(req->arena, "%lld", (long long)(typed ? typed->version : curation.version));
    view.number = curation.number;
    view.state = state_tag(req, curation.state);
    tell_faults(req, faults, &view);
    tell_parts(req, typed ? typed : &curation, &tellings, &view);
    add_mark(req, &view, "embedded", N_("Software in devices, IoT included"),
             (typed ? typed : &curation)->is_embedded);
    add_mark(req, &view, "standard", N_("Frequently used standard software"),
             (typed ? typed : &curation)->is_standard);
    VEC_PUSH(req->arena, &view.facts,
             (struct fact){ .name = say(req, N_("Public page")),
                            .value = entry.title_en.len > 0 ? entry.title_en : entry.name,
                            .href = arena_printf(req->arena, "%.*s/records/%.*s",
                                                 STR_ARG(desk_of(req)->settings->portal_url),
                                                 STR_ARG(encoded(req, name))) });
    view.may_save = curation.state != CURATION_TRANSLATED;
    view.may_finish = curation.state == CURATION_DRAFT;
    add_act(req, &view, &curation, CURATION_RETURN, N_("Make it a draft again"), "/return",
            N_("To change the text."), LOOK_PLAIN);
    add_act(req, &view, &curation, CURATION_PUBLISH, N_("Publish the Japanese text"), "/publish",
            N_("Readers see it at once, beside what the sources say."), LOOK_GO);
    VEC_PUSH(req->arena, &view.acts,
             (struct act){ .label = say(req, N_("Records and names")),
                           .href = curation_href(req, name, "/records"),
                           .help = say(req, N_("Join this entry with another, or take a wrong "
                                               "name apart.")) });
    frame_crumb(req, &frame, N_("Translation"), STR("/curation"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ name, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    curation_edit_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

static bool curation_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, NULL, err);
}

/* ---- moves ---- */

struct curation_place curation_place_of(const struct request *req)
{
    const struct settings *settings = desk_of(req)->settings;

    return (struct curation_place){ desk_of(req)->catalog, settings->entry_prefix,
                                    settings->publisher_name_en };
}

static bool read_version(struct request *req, struct curation *out, struct err *err)
{
    return str_to_int(request_form(req, "version"), 0, INT64_MAX, &out->version, err) ? true
                                                                                      : PASS(err);
}

static bool move_to(struct request *req, struct response *res, enum curation_event event,
                    struct curation *curation, const char *done, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct curation_place place = curation_place_of(req);
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    return curation_move(&deed, event, curation, &place, err) && tx_commit(&tx, err)
               ? frame_go(req, res, curation_href(req, curation->name, done))
               : PASS(err);
}

static bool curation_save(struct request *req, struct response *res, struct err *err)
{
    struct curation curation = { .name = request_path(req, "name") };
    struct catalog_entry entry;
    struct catalog_tellings tellings = { 0 };
    struct form_faults faults = { 0 };
    bool is_finished = str_eq_z(request_form(req, "go"), "finish");

    if (!load_said(req, curation.name, &entry, &tellings, err) ||
        !read_version(req, &curation, err))
        return PASS(err);
    for (size_t i = 0; i < COUNT(text_parts); i++) {
        struct str text = request_form(req, text_parts[i].name);

        *text_of(&curation, i) = text.ptr ? str_trim(text) : STR("");
    }
    curation.is_embedded = request_form(req, "embedded").len > 0;
    curation.is_standard = request_form(req, "standard").len > 0;
    curation_check(&curation, is_finished, req->arena, &faults);
    if (faults.len > 0)
        return show(req, res, &curation, &faults, err);
    return is_finished ? move_to(req, res, CURATION_FINISH, &curation, "?done=finished", err)
                       : move_to(req, res, CURATION_SAVE, &curation, "?done=saved", err);
}

static bool curation_return(struct request *req, struct response *res, struct err *err)
{
    struct curation curation = { .name = request_path(req, "name") };

    return read_version(req, &curation, err) &&
                   move_to(req, res, CURATION_RETURN, &curation, "?done=returned", err)
               ? true
               : PASS(err);
}

static bool curation_publish(struct request *req, struct response *res, struct err *err)
{
    struct curation curation = { .name = request_path(req, "name") };

    if (!desk_of(req)->catalog)
        return FAIL(err, UNAVAILABLE, STR("catalog"));
    return read_version(req, &curation, err) &&
                   move_to(req, res, CURATION_PUBLISH, &curation, "?done=published", err)
               ? true
               : PASS(err);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET ("/curation",                MAY_BODIES, curation_index),
    ROUTE_GET ("/curation/{name}",         MAY_BODIES, curation_show),
    ROUTE_POST("/curation/{name}",         MAY_BODIES, TOKEN_FORM, BODY_FORM, FORM,  curation_save),
    ROUTE_POST("/curation/{name}/return",  MAY_BODIES, TOKEN_FORM, BODY_FORM, SMALL, curation_return),
    ROUTE_POST("/curation/{name}/publish", MAY_BODIES, TOKEN_FORM, BODY_FORM, SMALL, curation_publish),
};
/* clang-format on */

const struct route_list desk_curation_routes = ROUTES(routes);
