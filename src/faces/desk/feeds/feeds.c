/* The administrator's pages of feeds: how each goes, and what may be done with it. */
#include "base/err.h"
#include "domain/feed/feed.h"
#include "faces/desk/context.h"
#include "faces/desk/feeds/feeds.html.h"
#include "faces/desk/feeds/routes.h"
#include "faces/desk/feeds/words.h"
#include "faces/desk/form.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"

enum { SMALL = 64 << 10 };

static struct str number(struct request *req, int64_t n)
{
    return arena_printf(req->arena, "%lld", (long long)n);
}

static struct str instant(struct request *req, struct utc t)
{
    return t.ms ? tr_short_instant(req->arena, req->lang, t) : STR("–");
}

static struct str code_of_instant(struct request *req, struct utc t)
{
    return t.ms ? utc_iso(req->arena, t) : STR_NONE;
}

static struct tag_view state_tag(const struct request *req, const struct feed *feed)
{
    if (str_eq_z(feed->step, "fetch"))
        return (struct tag_view){ say(req, N_("being fetched")), TONE_EMBER };
    if (str_eq_z(feed->step, "import"))
        return (struct tag_view){ say(req, N_("being imported")), TONE_EMBER };
    if (feed->is_paused)
        return (struct tag_view){ say(req, N_("paused")), TONE_NEUTRAL };
    if (feed->failures > 0)
        return (struct tag_view){ say(req, N_("failed")), TONE_BAD };
    if (!feed->seen.ms)
        return (struct tag_view){ say(req, N_("not fetched yet")), TONE_WARN };
    return (struct tag_view){ say(req, N_("in order")), TONE_GOOD };
}

static struct str counts(struct request *req, const struct feed *feed)
{
    return feed->taken.ms
               ? tr_fill(req->arena, req->lang,
                         N_("{read} read: {new} new, {changed} changed, {refused} refused"),
                         TR_ARGS({ "read", number(req, feed->read) },
                                 { "new", number(req, feed->added) },
                                 { "changed", number(req, feed->changed) },
                                 { "refused", number(req, feed->refused) }))
               : STR("–");
}

static struct str next_try(struct request *req, const struct feed *feed)
{
    if (feed->next.ms && (feed->is_paused || feed->next.ms > req->now.ms))
        return feed->is_paused ? STR("–") : instant(req, feed->next);
    return say(req, N_("now"));
}

static struct str page_of(struct request *req, struct str name, const char *more)
{
    return arena_printf(req->arena, "/feeds/%.*s%s", STR_ARG(name), more);
}

/* ---- the list ---- */

static struct str state_code(const struct feed *feed)
{
    return feed->step.len > 0   ? feed->step
           : feed->is_paused    ? STR("paused")
           : feed->failures > 0 ? STR("failed")
           : feed->seen.ms      ? STR("in_order")
                                : STR("not_fetched");
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct feed_row, name, N_("Name")),
    SHEET_CODED ("state", struct feed_row, state, state_code, N_("State")),
    SHEET_COLUMN(struct feed_row, why, N_("Reason")),
    SHEET_CODED ("imported_at", struct feed_row, taken, taken_code, N_("Last import")),
    SHEET_COLUMN(struct feed_row, read, N_("Records read")),
    SHEET_COLUMN(struct feed_row, added, N_("New records")),
    SHEET_COLUMN(struct feed_row, changed, N_("Changed records")),
    SHEET_COLUMN(struct feed_row, refused, N_("Refused records")),
    SHEET_CODED ("next_try_at", struct feed_row, next, next_code, N_("Next try")),
};
/* clang-format on */

static bool feeds_show(struct request *req, struct response *res, struct err *err)
{
    static const struct done done_rows[] = {
        { "removed", N_("The feed is removed. What came from it stays in the catalogue."),
          TONE_GOOD },
    };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct feeds feeds = { 0 };
    struct feeds_view view = {
        .empty = { .title = say(req, N_("There is no feed yet.")),
                   .why = say(req,
                              N_("Without feeds the catalogue grows by \"noroshi import\" alone.")),
                   .next = { say(req, N_("Add a feed")), STR("/feeds/new") } }
    };
    struct page *body = frame_page(req);
    struct frame frame = { .title = say(req, N_("Feeds")) };
    enum sheet_format format;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !feed_list(tx, req->arena, &feeds, err))
        return PASS(err);
    for (size_t i = 0; i < feeds.len; i++) {
        const struct feed *feed = &feeds.at[i];

        VEC_PUSH(req->arena, &view.rows,
                 (struct feed_row){ .name = feed->name,
                                    .href = page_of(req, feed->name, ""),
                                    .read = feed->read,
                                    .added = feed->added,
                                    .changed = feed->changed,
                                    .refused = feed->refused,
                                    .taken_code = code_of_instant(req, feed->taken),
                                    .next_code = code_of_instant(
                                        req, feed->is_paused ? (struct utc){ 0 } : feed->next),
                                    .state_code = state_code(feed),
                                    .taken = instant(req, feed->taken),
                                    .next = next_try(req, feed),
                                    .counts = counts(req, feed),
                                    .why = kept_words(req->arena, req->lang, feed->words),
                                    .state = state_tag(req, feed) });
    }
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("feeds", columns, view.rows), false, err)
                   ? true
                   : PASS(err);
    view.file = sheet_links(req);
    if (feeds.len > 0)
        VEC_PUSH(req->arena, &view.acts,
                 (struct act){ .label = say(req, N_("Add a feed")), .href = STR("/feeds/new") });
    VEC_PUSH(req->arena, &view.acts,
             (struct act){ .label = say(req, N_("Refused records")), .href = STR("/refused") });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    feeds_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

/* ---- a new one ---- */

static bool show_new(struct request *req, struct response *res, const struct form_faults *faults,
                     struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Add a feed")),
        .intro =
            say(req, N_("The file is fetched when it has changed, read by a process of its own, "
                        "and taken into the catalogue.")),
        .href = STR("/feeds"),
        .verb = say(req, N_("Add the feed"))
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *field;

    field = form_field(req, group, FIELD_CODE, "name", N_("Name"),
                       N_("Letters, digits, '-', '_' and '.', for example jvn-new."));
    field->required = true;
    field = form_field(req, group, FIELD_URL, "url", N_("Address"),
                       N_("Of the file, an https address; it may be packed (gz, zst, xz, zip)."));
    field->required = true;
    (void)form_field(
        req, group, FIELD_CODE, "format", N_("Format"),
        N_("nvd, cve, osv, csaf, jvnrss, vuldef, kev, epss, cpe, cwe or eol; empty: it is recognised."));
    (void)form_field(req, group, FIELD_URL, "checksums", N_("File of checksums"),
                     N_("If the source offers one: the file is fetched only when its checksum is "
                        "another one, and taken only when it fits."));
    field = form_field(req, group, FIELD_NUMBER, "every", N_("Minutes between two tries"),
                       N_("From 5; after failures it takes longer."));
    if (field->value.len == 0)
        field->value = number(req, FEED_EVERY_USUAL);
    form_link(req, &form, N_("Back to the list"), STR("/feeds"));
    if (faults)
        form_tell_faults(req, &form, faults);
    return form_send(req, res, &form, err);
}

static bool feed_new_show(struct request *req, struct response *res, struct err *err)
{
    return show_new(req, res, NULL, err);
}

/* The words for what the domain refused. */
static const char *fault_words(struct str part)
{
    static const struct {
        const char *part, *words;
    } rows[] = {
        { "name",
          N_("Please choose another name: letters, digits, '-', '_' and '.', and not one that is there already.") },
        { "url", N_("Please enter an https address.") },
        { "checksums", N_("Please enter an https address.") },
        { "format", N_("Please enter one of the formats, or leave this empty.") },
        { "every", N_("Please enter a number from 5 to 44640.") },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_eq_z(part, rows[i].part))
            return rows[i].words;
    return NULL;
}

static struct str sent(struct request *req, const char *name)
{
    struct str text = request_form(req, name);

    return text.ptr ? str_trim(text) : STR("");
}

static bool feed_add_one(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct form_faults faults = { 0 };
    struct feed values = { .name = sent(req, "name"),
                           .url = sent(req, "url"),
                           .format = sent(req, "format"),
                           .sum_url = sent(req, "checksums") };
    struct err why = { 0 };
    const char *words;

    if (!str_to_int(sent(req, "every"), FEED_EVERY_LEAST, FEED_EVERY_MOST, &values.every_minutes,
                    &why)) {
        VEC_PUSH(req->arena, &faults, (struct form_fault){ "every", fault_words(STR("every")) });
        return show_new(req, res, &faults, err);
    }
    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err))
        return PASS(err);
    if (feed_add(tx, &values, desk_of(req)->settings->feeds_plain_http, req->now, &why))
        return tx_commit(&tx, err) ? frame_go(req, res, page_of(req, values.name, "?done=added"))
                                   : PASS(err);
    words = fault_words(str_from_z(why.subject));
    if (why.code != ERR_INPUT || !words) {
        *err = why;
        return PASS(err);
    }
    tx_end(TAKE(tx));
    VEC_PUSH(req->arena, &faults,
             (struct form_fault){ arena_z(req->arena, str_from_z(why.subject)), words });
    return show_new(req, res, &faults, err);
}

/* ---- one of them ---- */

static void add_fact(struct request *req, struct feed_view *view, const char *name,
                     struct str value)
{
    VEC_PUSH(req->arena, &view->facts, (struct fact){ .name = say(req, name), .value = value });
}

static void add_act(struct request *req, struct feed_view *view, const struct feed *feed,
                    const char *label, const char *deed, enum look look)
{
    VEC_PUSH(req->arena, &view->acts,
             (struct act){ .label = say(req, label),
                           .href = page_of(req, feed->name, deed),
                           .look = look,
                           .posts = true });
}

static void tell_facts(struct request *req, const struct feed *feed, struct feed_view *view)
{
    VEC_PUSH(req->arena, &view->facts,
             (struct fact){ .name = say(req, N_("State")), .tag = state_tag(req, feed) });
    VEC_PUSH(req->arena, &view->facts,
             (struct fact){ .name = say(req, N_("Address")), .value = feed->url, .is_code = true });
    if (feed->sum_url.len > 0)
        VEC_PUSH(req->arena, &view->facts,
                 (struct fact){ .name = say(req, N_("File of checksums")),
                                .value = feed->sum_url,
                                .is_code = true });
    add_fact(req, view, N_("Format"),
             feed->format.len > 0 ? feed->format : say(req, N_("recognised")));
    add_fact(req, view, N_("Minutes between two tries"), number(req, feed->every_minutes));
    add_fact(req, view, N_("Last try"), instant(req, feed->tried));
    add_fact(req, view, N_("Last answer of the source"), instant(req, feed->seen));
    add_fact(req, view, N_("Last import"), instant(req, feed->taken));
    add_fact(req, view, N_("Records"), counts(req, feed));
    add_fact(req, view, N_("Next try"), next_try(req, feed));
}

static bool feed_show(struct request *req, struct response *res, struct err *err)
{
    static const struct done done_rows[] = {
        { "added", N_("The feed is added and is fetched now."), TONE_GOOD },
        { "run", N_("The feed is the next to be fetched."), TONE_GOOD },
        { "paused", N_("The feed is not fetched any more until it is resumed."), TONE_GOOD },
        { "resumed", N_("The feed is fetched again."), TONE_GOOD },
    };
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct feed feed;
    struct feed_view view = { 0 };
    struct page *body = frame_page(req);
    struct frame frame = { .is_narrow = true };

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !feed_find(tx, request_path(req, "name"), req->arena, &feed, err))
        return PASS(err);
    view.title = frame.title = feed.name;
    if (feed.failures > 0)
        view.why =
            (struct note_view){ TONE_BAD,
                                tr_fill(req->arena, req->lang, N_("The last {count} tries failed"),
                                        TR_ARGS({ "count", number(req, feed.failures) })),
                                kept_words(req->arena, req->lang, feed.words) };
    tell_facts(req, &feed, &view);
    add_act(req, &view, &feed, N_("Fetch now"), "/run", LOOK_GO);
    if (feed.is_paused)
        add_act(req, &view, &feed, N_("Resume"), "/resume", LOOK_PLAIN);
    else
        add_act(req, &view, &feed, N_("Pause"), "/pause", LOOK_PLAIN);
    VEC_PUSH(req->arena, &view.acts,
             (struct act){ .label = say(req, N_("Remove")),
                           .href = page_of(req, feed.name, "/remove"),
                           .look = LOOK_BAD });
    frame_crumb(req, &frame, N_("Feeds"), STR("/feeds"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ feed.name, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    feed_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

/* ---- deeds ---- */

static bool feed_run(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str name = request_path(req, "name");

    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) && feed_run_now(tx, name, err) &&
                   tx_commit(&tx, err)
               ? frame_go(req, res, page_of(req, name, "?done=run"))
               : PASS(err);
}

static bool set_paused(struct request *req, struct response *res, bool is_paused, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str name = request_path(req, "name");

    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) &&
                   feed_pause(tx, name, is_paused, req->now, err) && tx_commit(&tx, err)
               ? frame_go(req, res,
                          page_of(req, name, is_paused ? "?done=paused" : "?done=resumed"))
               : PASS(err);
}

static bool feed_pause_one(struct request *req, struct response *res, struct err *err)
{
    return set_paused(req, res, true, err);
}

static bool feed_resume(struct request *req, struct response *res, struct err *err)
{
    return set_paused(req, res, false, err);
}

static bool feed_remove_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct feed feed;
    struct form_view form = { .verb = say(req, N_("Remove the feed")), .is_dangerous = true };

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !feed_find(tx, request_path(req, "name"), req->arena, &feed, err))
        return PASS(err);
    form.title = tr_fill(req->arena, req->lang, N_("Remove the feed {name}?"),
                         TR_ARGS({ "name", feed.name }));
    form.intro =
        say(req, N_("It is not fetched any more. What came from it stays in the catalogue; "
                    "when it was fetched is forgotten."));
    form.href = page_of(req, feed.name, "/remove");
    form_link(req, &form, N_("Back"), page_of(req, feed.name, ""));
    return form_send(req, res, &form, err);
}

static bool feed_remove_one(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) &&
                   feed_remove(tx, request_path(req, "name"), err) && tx_commit(&tx, err)
               ? frame_go(req, res, STR("/feeds?done=removed"))
               : PASS(err);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET ("/feeds",                MAY_ADMINISTER, feeds_show),
    ROUTE_GET ("/feeds/new",            MAY_ADMINISTER, feed_new_show),
    ROUTE_POST("/feeds",                MAY_ADMINISTER, TOKEN_FORM, BODY_FORM, SMALL, feed_add_one),
    ROUTE_GET ("/feeds/{name}",         MAY_ADMINISTER, feed_show),
    ROUTE_POST("/feeds/{name}/run",     MAY_ADMINISTER, TOKEN_FORM, BODY_FORM, SMALL, feed_run),
    ROUTE_POST("/feeds/{name}/pause",   MAY_ADMINISTER, TOKEN_FORM, BODY_FORM, SMALL, feed_pause_one),
    ROUTE_POST("/feeds/{name}/resume",  MAY_ADMINISTER, TOKEN_FORM, BODY_FORM, SMALL, feed_resume),
    ROUTE_GET ("/feeds/{name}/remove",  MAY_ADMINISTER, feed_remove_show),
    ROUTE_POST("/feeds/{name}/remove",  MAY_ADMINISTER, TOKEN_FORM, BODY_FORM, SMALL, feed_remove_one),
};
/* clang-format on */

const struct route_list desk_feed_routes = ROUTES(routes);
