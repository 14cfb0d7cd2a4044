/* How a list leaves the desk: as a spreadsheet, as the file that `noroshi watch` reads, and as a feed for a reader that has no session (decision 0011). Rule: API-02,
 * API-03 */
#include "base/err.h"
#include "domain/watch/tell.h"
#include "faces/desk/watch/pages.h"
#include "faces/desk/watch/view.h"
#include "faces/desk/watch/watch.html.h"
#include "faces/http/respond.h"

enum { FILE_MAX = 256 << 20, FEED_MAX = 1 << 20 };
#define FILE_MEMORY ((size_t)1 << 30)

/* ---- as a file ---- */

static void release(void *owner) { arena_free(owner); }

typedef void writer(const struct watch *watch, enum lang lang, struct buf *out);

static void write_csv(const struct watch *watch, enum lang lang, struct buf *out)
{
    struct watch_places all = { 0 };

    for (size_t i = 0; i < watch->items.len; i++)
        VEC_PUSH(out->arena, &all, i);
    watch_write_csv(watch, &all, lang, out);
}

static void write_json(const struct watch *watch, enum lang lang, struct buf *out)
{
    (void)lang;
    watch_write(watch, out);
}

/* The whole list may be larger than a request: it has memory of its own, which ends with the answer. */
static bool send_file(struct request *req, struct response *res, writer *write_it, const char *name,
                      const char *type, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new(FILE_MEMORY);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct buf out = buf_new(arena, FILE_MAX);
    struct watch_list list;
    struct watch watch;
    struct str bytes;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) || !watch_of(req, tx, &list, err) ||
        !watch_list_load(tx, list.id, arena, &watch, err))
        return PASS(err);
    watch.searched = list.searched;
    write_it(&watch, req->lang, &out);
    if (!buf_done(&out, &bytes, err))
        return PASS(err);
    (void)respond_attachment(res, bytes, str_from_z(name), str_from_z(type));
    res->release = release;
    res->owner = TAKE(arena);
    return true;
}

bool watch_csv(struct request *req, struct response *res, struct err *err)
{
    return send_file(req, res, write_csv, "checklist.csv", "text/csv; charset=utf-8", err);
}

bool watch_json(struct request *req, struct response *res, struct err *err)
{
    return send_file(req, res, write_json, "checklist.json", "application/json", err);
}

/* ---- the feed's page ---- */

/* address: of a feed that was just made; it is shown this once. */
static bool show_feed(struct request *req, struct response *res, const struct watch_list *list,
                      struct str address, struct err *err)
{
    static const struct done done_rows[] = {
        { "ended", N_("The feed has ended. Its address opens nothing any more."), TONE_GOOD },
    };
    struct watch_feed_view v = { .address = address };
    struct frame frame = { .title = say(req, N_("Feed of this list")), .is_narrow = true };
    struct page *body = frame_page(req);
    bool is_there = list->feed.ms != 0;

    VEC_PUSH(req->arena, &v.facts,
             (struct fact){
                 .name = say(req, N_("Feed")),
                 .value = is_there ? tr_fill(req->arena, req->lang, N_("since {when}"),
                                             TR_ARGS({ "when", tr_instant(req->arena, req->lang,
                                                                          list->feed) }))
                                   : say(req, N_("There is none.")) });
    VEC_PUSH(
        req->arena, &v.acts,
        (struct act){ .label = say(req, is_there ? N_("Make a new address") : N_("Make the feed")),
                      .href = watch_path(req, list, "/feed"),
                      .look = is_there ? LOOK_PLAIN : LOOK_GO,
                      .posts = true,
                      .help = is_there ? say(req, N_("The address there was opens nothing "
                                                     "any more."))
                                       : STR_NONE });
    if (is_there)
        VEC_PUSH(req->arena, &v.acts,
                 (struct act){ .label = say(req, N_("End the feed")),
                               .href = watch_path(req, list, "/feed/end"),
                               .look = LOOK_BAD,
                               .posts = true });
    watch_crumbs(req, list, &frame);
    frame_crumb(req, &frame, N_("Feed of this list"), STR_NONE);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    watch_feed_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

bool watch_feed_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct watch_list list;

    return tx_begin(desk_of(req)->store, TX_READ, &tx, err) && watch_own(req, tx, &list, err)
               ? show_feed(req, res, &list, STR_NONE, err)
               : PASS(err);
}

/* The address stands in this answer and nowhere else, so there is nothing to be led to. */
bool watch_feed_renew(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };
    struct watch_list list;
    struct str token;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || !watch_own(req, tx, &list, err))
        return PASS(err);
    deed.tx = tx;
    if (!watch_feed_make(&deed, &list, &token, err) || !tx_commit(&tx, err))
        return PASS(err);
    list.feed = req->now;
    return show_feed(req, res, &list,
                     arena_printf(req->arena, "%.*s%.*s/rss/%.*s",
                                  STR_ARG(desk_of(req)->settings->desk_url), STR_ARG(req->base),
                                  STR_ARG(token)),
                     err);
}

bool watch_feed_stop(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed = { .who = who_of(req), .now = req->now, .arena = req->arena };
    struct watch_list list;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || !watch_own(req, tx, &list, err))
        return PASS(err);
    deed.tx = tx;
    return watch_feed_end(&deed, &list, err) && tx_commit(&tx, err)
               ? frame_go(req, res, watch_path(req, &list, "/feed?done=ended"))
               : PASS(err);
}

/* ---- the feed ---- */

bool watch_feed_read(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct settings *settings = desk_of(req)->settings;
    const struct watch_feed_site site = { settings->desk_url, settings->portal_url, req->lang };
    struct buf out = buf_new(req->arena, FEED_MAX);
    struct str bytes, etag;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !watch_feed(tx, request_path(req, "token"), &site, req->arena, &out, err) ||
        !buf_done(&out, &bytes, err))
        return PASS(err);
    etag = arena_printf(req->arena, "\"%.*s\"", STR_ARG(hash_hex(hash_of(bytes), req->arena)));
    res->secret_link = true;
    return respond_bytes(res, bytes, STR("application/rdf+xml; charset=utf-8"), etag, STR_NONE);
}
