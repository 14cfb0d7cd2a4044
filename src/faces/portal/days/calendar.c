#include "domain/catalog/calendar.h"
#include "base/err.h"
#include "faces/http/respond.h"
#include "faces/portal/catalog/begin.h"
#include "faces/portal/days/days.h"
#include "faces/portal/days/days.html.h"
#include "store/store.h"

enum { YEAR_FIRST = 1970, YEAR_LAST = 9998, LEVELS = 4 };

static const char *const month_names[] = {
    N_("January {year}"),   N_("February {year}"), N_("March {year}"),    N_("April {year}"),
    N_("May {year}"),       N_("June {year}"),     N_("July {year}"),     N_("August {year}"),
    N_("September {year}"), N_("October {year}"),  N_("November {year}"), N_("December {year}")
};
static const char *const weekday_names[] = { N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"),
                                             N_("Thu"), N_("Fri"), N_("Sat") };

struct month {
    int year, month;
};

static struct utc start_of(struct month month)
{
    return utc_from_jst((struct civil){ .year = month.year, .month = month.month, .day = 1 });
}

static struct month month_of(struct utc t)
{
    struct civil c = utc_to_jst(t);

    return (struct month){ c.year, c.month };
}

static struct month beside(struct month month, int step)
{
    return month_of(utc_add_months(start_of(month), step));
}

static struct str month_words(const struct request *req, struct month month)
{
    return tr_fill(req->arena, req->lang, month_names[month.month - 1],
                   TR_ARGS({ "year", arena_printf(req->arena, "%d", month.year) }));
}

static struct str month_href(const struct request *req, struct month month)
{
    return arena_printf(req->arena, "/calendar/%04d/%02d", month.year, month.month);
}

/* ---- cells ---- */

static const struct catalog_day *day_at(const struct catalog_days *days, struct utc day)
{
    for (size_t i = 0; i < days->len; i++)
        if (days->at[i].day.ms == day.ms)
            return &days->at[i];
    return NULL;
}

static int64_t most_of(const struct catalog_days *days)
{
    int64_t most = 1;

    for (size_t i = 0; i < days->len; i++)
        most = days->at[i].count > most ? days->at[i].count : most;
    return most;
}

static struct str search_of(const struct request *req, struct utc day)
{
    struct civil c = utc_to_jst(day);

    return arena_printf(req->arena, "/search?from=%04d-%02d-%02d&to=%04d-%02d-%02d&sort=published",
                        c.year, c.month, c.day, c.year, c.month, c.day);
}

static struct calendar_cell cell_of(const struct request *req, struct utc day,
                                    const struct catalog_days *days)
{
    const struct catalog_day *there = day_at(days, day);
    struct calendar_cell cell = { .is_today = utc_days_between(day, req->now) == 0 };

    cell.day = arena_printf(req->arena, "%d", utc_to_jst(day).day);
    if (!there)
        return cell;
    cell.href = search_of(req, day);
    cell.count = tr_number(req->arena, there->count);
    cell.words =
        tr_fill(req->arena, req->lang, N_("{date}: {count} published"),
                TR_ARGS({ "date", tr_date(req->arena, req->lang, day) }, { "count", cell.count }));
    if (there->grave > 0)
        cell.grave = tr_fill(req->arena, req->lang, N_("{count} severe"),
                             TR_ARGS({ "count", tr_number(req->arena, there->grave) }));
    cell.is_exploited = there->exploited > 0;
    cell.level = 1 + (int)((there->count - 1) * LEVELS / most_of(days));
    return cell;
}

static void fill_weeks(const struct request *req, struct month month,
                       const struct catalog_days *days, struct calendar_view *v)
{
    struct utc day = start_of(month), end = start_of(beside(month, 1));
    int place = utc_to_jst(day).weekday;
    struct calendar_week week = { 0 };

    for (; day.ms < end.ms; day = utc_add_days(day, 1)) {
        week.cell[place++] = cell_of(req, day, days);
        if (place < 7)
            continue;
        VEC_PUSH(req->arena, &v->weeks, week);
        week = (struct calendar_week){ 0 };
        place = 0;
    }
    if (place > 0)
        VEC_PUSH(req->arena, &v->weeks, week);
}

/* ---- the page ---- */

static void fill_around(const struct request *req, struct month month, struct utc first,
                        struct utc last, struct calendar_view *v)
{
    struct month before = beside(month, -1), after = beside(month, 1);

    if (first.ms && start_of(month).ms > first.ms) {
        v->previous = month_href(req, before);
        v->previous_words = month_words(req, before);
    }
    if (start_of(after).ms <= last.ms) {
        v->next = month_href(req, after);
        v->next_words = month_words(req, after);
    }
}

static struct str total_words(const struct request *req, const struct catalog_days *days)
{
    int64_t total = 0;

    for (size_t i = 0; i < days->len; i++)
        total += days->at[i].count;
    return tr_fill(req->arena, req->lang, N_("{count} published in this month"),
                   TR_ARGS({ "count", tr_number(req->arena, total) }));
}

static bool read_month(const struct request *req, struct month *out, struct err *err)
{
    struct err ignored = { 0 };
    int64_t year, month;

    if (!str_to_int(request_path(req, "year"), YEAR_FIRST, YEAR_LAST, &year, &ignored) ||
        !str_to_int(request_path(req, "month"), 1, 12, &month, &ignored))
        return FAIL(err, NOT_FOUND, req->path);
    *out = (struct month){ (int)year, (int)month };
    return true;
}

bool portal_calendar(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct portal_frame frame = { 0 };
    struct page *body = portal_page(req);
    struct catalog_days days = { 0 };
    struct calendar_view v = { 0 };
    struct utc first, last;
    struct month month;
    bool is_told;

    if (!read_month(req, &month, err))
        return PASS(err);
    if (!catalog_begin(req, res, &tx, &is_told, err))
        return is_told;
    if (!catalog_days_of(tx, start_of(month), start_of(beside(month, 1)), req->arena, &days, err) ||
        !catalog_days_range(tx, &first, &last, err))
        return PASS(err);
    v.title = month_words(req, month);
    v.total = total_words(req, &days);
    for (size_t i = 0; i < COUNT(weekday_names); i++)
        VEC_PUSH(req->arena, &v.weekdays, tr(req->lang, weekday_names[i]));
    fill_weeks(req, month, &days, &v);
    fill_around(req, month, first, last, &v);
    frame.title = arena_printf(req->arena, "%.*s %.*s", STR_ARG(v.title),
                               STR_ARG(tr(req->lang, N_("Calendar"))));
    frame.crumbs =
        PORTAL_CRUMBS(req->arena, { tr(req->lang, N_("Vulnerability database")), STR("/search") },
                      { tr(req->lang, N_("Calendar")), STR("/calendar") }, { v.title, STR_NONE });
    calendar_page(body, &v);
    return catalog_send(req, res, body, &frame, err) ? true : PASS(err);
}

bool portal_calendar_now(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct utc first, last;
    bool is_told;

    if (!catalog_begin(req, res, &tx, &is_told, err))
        return is_told;
    if (!catalog_days_range(tx, &first, &last, err))
        return PASS(err);
    if (!last.ms || last.ms > req->now.ms)
        last = req->now;
    return respond_redirect(res, arena_printf(req->arena, "%.*s%.*s", STR_ARG(req->base),
                                              STR_ARG(month_href(req, month_of(last)))));
}
