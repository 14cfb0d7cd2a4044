/* What imports and feeds could not take: where it stood, why, how it begins, and what can be done. */
#include "domain/catalog/refused.h"

#include "base/err.h"
#include "faces/desk/context.h"
#include "faces/desk/feeds/feeds.html.h"
#include "faces/desk/feeds/routes.h"
#include "faces/desk/feeds/words.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "store/store.h"

enum { PAGE_MOST = 1000000 };

static struct str place_of(struct request *req, const struct refusal *one)
{
    return one->line > 0
               ? tr_fill(
                     req->arena, req->lang, N_("line {line}"),
                     TR_ARGS({ "line", arena_printf(req->arena, "%lld", (long long)one->line) }))
               : say(req, N_("the whole file"));
}

static struct str instant(struct request *req, struct utc t)
{
    return t.ms ? tr_short_instant(req->arena, req->lang, t) : STR("–");
}

static struct str page_link(struct request *req, struct str words, int64_t page)
{
    struct buf buf = buf_new(req->arena, 4096);

    html_url_encode(&buf, words);
    return arena_printf(req->arena, "/refused?q=%.*s&page=%lld", STR_ARG(buf_str(&buf)),
                        (long long)page);
}

static void tell_rows(struct request *req, const struct refusals *list, struct refused_view *view)
{
    for (size_t i = 0; i < list->len; i++) {
        const struct refusal *one = &list->at[i];

        VEC_PUSH(req->arena, &view->rows,
                 (struct refused_row){
                     .file = one->file.len > 0 ? one->file : STR("–"),
                     .href = arena_printf(req->arena, "/refused/%lld", (long long)one->id),
                     .line = place_of(req, one),
                     .reason = kept_words(req->arena, req->lang, one->reason),
                     .line_number = one->line,
                     .date = instant(req, one->at),
                     .date_code = one->at.ms ? utc_iso(req->arena, one->at) : STR_NONE });
    }
}

static void tell_around(struct request *req, struct str words, int64_t page, int64_t rows,
                        int64_t count, struct refused_view *view)
{
    VEC_PUSH(req->arena, &view->filters.fields,
             (struct field_view){ .name = STR("q"),
                                  .label = say(req, N_("Words of the file's name or the reason")),
                                  .kind = FIELD_TEXT,
                                  .value = words,
                                  .is_bare = true });
    view->filters.href = STR("/refused");
    if (words.len > 0)
        view->filters.clear_href = STR("/refused");
    view->filters.found = tr_fill(req->arena, req->lang, N_("{count} refused"),
                                  TR_ARGS({ "count", tr_number(req->arena, count) }));
    if (page > 1)
        view->pager.previous = page_link(req, words, page - 1);
    if (page * rows < count)
        view->pager.next = page_link(req, words, page + 1);
    view->empty.title = words.len > 0 ? say(req, N_("Nothing that was refused has these words."))
                                      : say(req, N_("Nothing was refused."));
    view->empty.why =
        say(req, N_("Every record that imports and feeds brought was taken into the catalogue."));
    if (words.len > 0)
        view->empty.why = say(req, N_("Please try fewer or other words."));
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct refused_row, file, N_("File")),
    SHEET_FIELD ("line", struct refused_row, line_number, N_("Line number")),
    SHEET_COLUMN(struct refused_row, reason, N_("Reason")),
    SHEET_CODED ("imported_at", struct refused_row, date, date_code, N_("Import")),
};
/* clang-format on */

static bool refused_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t rows = desk_of(req)->settings->list_page;
    enum sheet_format format;
    struct str words = str_trim(request_query(req, "q")), number = request_query(req, "page");
    struct refusals list = { 0 };
    struct refused_view view = { 0 };
    struct page *body = frame_page(req);
    struct frame frame = { .title = say(req, N_("Refused records")) };
    int64_t page = 1, count;

    if (!desk_of(req)->catalog)
        return FAIL(err, UNAVAILABLE, STR("catalog"));
    if (!sheet_asked(req, &format, err))
        return PASS(err);
    rows = sheet_rows(format, rows);
    if (format == SHEET_PAGE && number.len > 0 && !str_to_int(number, 1, PAGE_MOST, &page, err))
        return PASS(err);
    if (!tx_begin(desk_of(req)->catalog, TX_READ, &tx, err) ||
        !refusal_list(tx, words, (size_t)((page - 1) * rows), (size_t)rows, req->arena, &list,
                      &count, err))
        return PASS(err);
    tell_rows(req, &list, &view);
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("refused", columns, view.rows), count > rows, err)
                   ? true
                   : PASS(err);
    view.file = sheet_links(req);
    tell_around(req, words, page, rows, count, &view);
    frame_crumb(req, &frame, N_("Feeds"), STR("/feeds"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ frame.title, STR_NONE });
    refused_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

static void add_fact(struct request *req, struct refused_one_view *view, const char *name,
                     struct str value)
{
    VEC_PUSH(req->arena, &view->facts, (struct fact){ .name = say(req, name), .value = value });
}

static bool refused_one(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct refusal one;
    struct refused_one_view view = { 0 };
    struct page *body = frame_page(req);
    struct frame frame = { .title = say(req, N_("A refused record")), .is_narrow = true };
    int64_t id;

    if (!desk_of(req)->catalog)
        return FAIL(err, UNAVAILABLE, STR("catalog"));
    if (!str_to_int(request_path(req, "id"), 1, INT64_MAX, &id, err) ||
        !tx_begin(desk_of(req)->catalog, TX_READ, &tx, err) ||
        !refusal_find(tx, id, req->arena, &one, err))
        return PASS(err);
    view.note = (struct note_view){
        one.is_kept ? TONE_NEUTRAL : TONE_WARN, say(req, N_("What to do")),
        one.is_kept
            ? say(req,
                  N_("It is kept. When the reader can take it after an update, \"noroshi import --retry\" does so."))
            : say(req, N_("It is not kept. Please import its file again once it is mended."))
    };
    add_fact(req, &view, N_("File"), one.file);
    add_fact(req, &view, N_("Place"), place_of(req, &one));
    add_fact(req, &view, N_("Reason"), kept_words(req->arena, req->lang, one.reason));
    add_fact(req, &view, N_("Import"), instant(req, one.at));
    view.bytes = one.bytes;
    frame_crumb(req, &frame, N_("Feeds"), STR("/feeds"));
    frame_crumb(req, &frame, N_("Refused records"), STR("/refused"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ frame.title, STR_NONE });
    refused_one_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/refused",      MAY_ADMINISTER, refused_show),
    ROUTE_GET("/refused/{id}", MAY_ADMINISTER, refused_one),
};
/* clang-format on */

const struct route_list desk_refused_routes = ROUTES(routes);
