/* faces/desk/casework/today.c: the desk opens on what needs a decision, oldest deadline first. */
#include "base/err.h"
#include "domain/access/absence.h"
#include "domain/casework/list.h"
#include "faces/desk/casework/frame_case.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/casework/today.html.h"
#include "faces/desk/casework/views.h"
#include "faces/desk/sheet.h"
#include "faces/http/respond.h"
#include "store/store.h"

enum { GROUP_LATE, GROUP_TODAY, GROUP_WEEK, GROUP_LATER, GROUP_OPEN, GROUPS };

static int group_of(struct utc now, struct utc due)
{
    int64_t days;

    if (!due.ms)
        return GROUP_OPEN;
    if (due.ms < now.ms)
        return GROUP_LATE;
    days = utc_days_between(now, due);
    return days == 0 ? GROUP_TODAY : days <= 7 ? GROUP_WEEK : GROUP_LATER;
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_FIELD ("due_at", struct today_row, due, N_("Deadline")),
    SHEET_FIELD ("what", struct today_row, words, N_("What to do")),
    SHEET_COLUMN(struct today_row, number,    N_("Number")),
    SHEET_COLUMN(struct today_row, title,     N_("Case")),
    SHEET_COLUMN(struct today_row, waits_for, N_("Who it is about")),
};
/* clang-format on */

static struct today_row row_of(struct request *req, const struct task *t)
{
    return (struct today_row){ .due = due_of(req->arena, req->lang, req->now, t->due),
                               .words = tr(req->lang, t->words),
                               .href = t->path,
                               .number = t->number,
                               .title = t->title,
                               .waits_for = t->waits_for };
}

static bool send_sheet(struct request *req, struct response *res, enum sheet_format format,
                       const struct tasks *tasks, struct err *err)
{
    struct today_rows rows = { 0 };

    for (size_t i = 0; i < tasks->len; i++)
        VEC_PUSH(req->arena, &rows, row_of(req, &tasks->at[i]));
    return sheet_send(req, res, format, SHEET("today", columns, rows), false, err) ? true
                                                                                   : PASS(err);
}

static void fill_groups(struct request *req, const struct tasks *tasks, struct today_view *v)
{
    static const char *const titles[GROUPS] = { N_("Past the deadline"), N_("Until today"),
                                                N_("Within a week"), N_("Later"),
                                                N_("Without a deadline") };
    struct today_group groups[GROUPS] = { 0 };

    for (size_t i = 0; i < tasks->len; i++) {
        const struct task *t = &tasks->at[i];

        VEC_PUSH(req->arena, &groups[group_of(req->now, t->due)].rows, row_of(req, t));
    }
    for (int g = 0; g < GROUPS; g++) {
        if (groups[g].rows.len == 0)
            continue;
        groups[g].title = tr(req->lang, titles[g]);
        groups[g].count =
            tr_fill(req->arena, req->lang, N_("Things to do: {count}"),
                    TR_ARGS({ "count", tr_number(req->arena, (int64_t)groups[g].rows.len) }));
        VEC_PUSH(req->arena, &v->groups, groups[g]);
    }
}

/* What is due for a colleague who is away is among one's own meanwhile. */
static bool fill_stands_in(struct request *req, struct tx *tx, struct today_view *v,
                           struct err *err)
{
    struct absences all;

    if (!absence_list(tx, who_of(req)->account_id, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        const struct absence *a = &all.at[i];

        if (a->deputy_id != who_of(req)->account_id || !absence_is_now(a, req->now))
            continue;
        VEC_PUSH(
            req->arena, &v->stands_in,
            tr_fill(
                req->arena, req->lang,
                N_("{name} is away until {date}. You stand in: what is due in those cases is among yours."),
                TR_ARGS({ "name", a->account_name },
                        { "date", tr_date(req->arena, req->lang,
                                          (struct utc){ a->until.ms - UTC_SECOND }) })));
    }
    return true;
}

bool today_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    bool mine = request_query(req, "mine").len > 0;
    struct today_view v = { .date = tr_date(req->arena, req->lang, req->now) };
    struct page *page = frame_page(req);
    enum sheet_format format;
    struct tasks tasks;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !tasks_today(&desk_of(req)->casework, tx, who_of(req), mine, req->now, req->arena, &tasks,
                     err) ||
        !fill_stands_in(req, tx, &v, err))
        return PASS(err);
    if (format != SHEET_PAGE)
        return send_sheet(req, res, format, &tasks, err) ? true : PASS(err);
    v.file = sheet_links(req);
    fill_groups(req, &tasks, &v);
    if (who_of(req)->roles & (ROLE_RB | ROLE_CB))
        v.other = mine ? (struct link){ tr(req->lang, N_("Show everybody's")), STR("/today") }
                       : (struct link){ tr(req->lang, N_("Show mine only")), STR("/today?mine=1") };
    v.empty = (struct empty_view){
        .title = tr(req->lang, N_("Nothing waits for you")),
        .why = tr(req->lang,
                  N_("As soon as a decision is needed or a deadline comes near, it stands here.")),
        .next = { tr(req->lang, N_("All cases")), STR("/cases?state=all") }
    };
    today_page(page, &v);
    return case_frame_send(req, res, page, tr(req->lang, N_("Today")),
                           CASE_CRUMBS({ tr(req->lang, N_("Today")), STR_NONE }), err);
}
