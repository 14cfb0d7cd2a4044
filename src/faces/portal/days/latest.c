#include "base/err.h"
#include "domain/catalog/search.h"
#include "faces/http/url.h"
#include "faces/portal/catalog/begin.h"
#include "faces/portal/catalog/words.h"
#include "faces/portal/days/days.h"
#include "faces/portal/days/days.html.h"
#include "store/store.h"

enum { ROWS = 50, PAGES_MAX = 20 };

/* One of the two lists. */
struct latest {
    const char *title, *lead, *path;
    enum search_order order;
};

static struct utc day_of(const struct latest *latest, const struct catalog_entry *entry)
{
    struct utc t = latest->order == ORDER_PUBLISHED ? entry->published : entry->modified;
    struct civil c = utc_to_jst(t);

    c.hour = c.minute = c.second = 0;
    return t.ms ? utc_from_jst(c) : t;
}

/* Lines of one day stand together, because the list is in the order of days. */
static void fill_days(const struct request *req, const struct latest *latest,
                      const struct catalog_entries *entries, const struct entry_lines *lines,
                      struct latest_view *v)
{
    struct utc last = { -1 };

    for (size_t i = 0; i < lines->len; i++) {
        struct utc day = day_of(latest, &entries->at[i]);

        if (day.ms != last.ms)
            VEC_PUSH(req->arena, &v->days,
                     (struct day_group){ .day = catalog_day(req->lang, day, req->arena) });
        last = day;
        VEC_PUSH(req->arena, &v->days.at[v->days.len - 1].lines, lines->at[i]);
    }
}

static struct str page_href(const struct latest *latest, size_t page, struct arena *arena)
{
    return page > 1 ? arena_printf(arena, "%s?page=%zu", latest->path, page)
                    : str_from_z(latest->path);
}

static size_t page_of(const struct request *req)
{
    struct err ignored = { 0 };
    int64_t page;

    return str_to_int(request_query(req, "page"), 1, PAGES_MAX, &page, &ignored) ? (size_t)page : 1;
}

static void fill_ways(const struct request *req, const struct latest *latest, struct latest_view *v)
{
    static const struct {
        const char *label, *href;
    } rows[] = { { N_("New vulnerabilities"), "/new" },
                 { N_("Updated vulnerabilities"), "/updated" },
                 { N_("Calendar"), "/calendar" } };

    for (size_t i = 0; i < COUNT(rows); i++)
        VEC_PUSH(
            req->arena, &v->ways,
            (struct link){ tr(req->lang, rows[i].label), strcmp(rows[i].href, latest->path) == 0
                                                             ? STR_NONE
                                                             : str_from_z(rows[i].href) });
}

static bool show(struct request *req, struct response *res, const struct latest *latest,
                 struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    size_t page = page_of(req);
    struct search search = { .order = latest->order, .offset = (page - 1) * ROWS, .limit = ROWS };
    struct portal_frame frame = { .title = tr(req->lang, latest->title) };
    struct latest_view v = { .title = frame.title, .lead = tr(req->lang, latest->lead) };
    struct page *body = portal_page(req);
    struct search_found found = { 0 };
    struct entry_lines lines = { 0 };
    bool is_told;

    if (!catalog_begin(req, res, &tx, &is_told, err))
        return is_told;
    if (!catalog_search(tx, &search, false, req->arena, &found, err) ||
        !entry_lines_of(tx, &found.entries, req->lang, req->arena, &lines, err))
        return PASS(err);
    fill_days(req, latest, &found.entries, &lines, &v);
    fill_ways(req, latest, &v);
    if (page > 1)
        v.pager.previous = page_href(latest, page - 1, req->arena);
    if (lines.len == ROWS && page < PAGES_MAX)
        v.pager.next = page_href(latest, page + 1, req->arena);
    frame.crumbs =
        PORTAL_CRUMBS(req->arena, { tr(req->lang, N_("Vulnerability database")), STR("/search") },
                      { v.title, STR_NONE });
    latest_page(body, &v);
    return catalog_send(req, res, body, &frame, err) ? true : PASS(err);
}

bool portal_new(struct request *req, struct response *res, struct err *err)
{
    static const struct latest latest = {
        N_("New vulnerabilities"),
        N_("By the day on which a source first published them, the latest first."), "/new",
        ORDER_PUBLISHED
    };

    return show(req, res, &latest, err) ? true : PASS(err);
}

bool portal_updated(struct request *req, struct response *res, struct err *err)
{
    static const struct latest latest = {
        N_("Updated vulnerabilities"),
        N_("By the day on which a source last changed them, the latest first."), "/updated",
        ORDER_MODIFIED
    };

    return show(req, res, &latest, err) ? true : PASS(err);
}
