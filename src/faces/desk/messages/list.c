#include "faces/desk/messages/list.h"

#include "base/err.h"
#include "domain/casework/list.h"
#include "faces/desk/casework/frame_case.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/messages/list.html.h"
#include "faces/desk/messages/routes.h"
#include "faces/desk/permission.h"
#include "faces/desk/sheet.h"
#include "store/store.h"

enum { CASES_MAX = 2000 };

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct message_row, number, N_("Number")),
    SHEET_COLUMN(struct message_row, title, N_("Title")),
    SHEET_FIELD("not_read", struct message_row, count, N_("Not read")),
    SHEET_FIELD("changed_at", struct message_row, changed, N_("Last move")),
};
/* clang-format on */

static bool message_list(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct case_filter filter = { .limit = CASES_MAX };
    const char *room = who_of(req)->roles & ROLE_RB ? "/reports" : "/cases";
    struct messages_view v = { 0 };
    struct page *page = frame_page(req);
    enum sheet_format format;
    struct case_lines lines;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !cases_list(&desk_of(req)->casework, tx, who_of(req), &filter, req->now, req->arena, &lines,
                    err))
        return PASS(err);
    for (size_t i = 0; i < lines.len; i++) {
        const struct case_line *line = &lines.at[i];

        if (line->unread > 0)
            VEC_PUSH(req->arena, &v.rows,
                     (struct message_row){
                         .number = line->number,
                         .title = line->title.len > 0 ? line->title : line->number,
                         .href = arena_printf(req->arena, "%s/%.*s#thread", room,
                                              STR_ARG(line->public_id)),
                         .count = line->unread,
                         .changed = when_of(req->arena, req->lang, line->changed_at) });
    }
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("messages", columns, v.rows), lines.has_more, err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    v.empty = (struct empty_view){
        .title = tr(req->lang, N_("You have read everything")),
        .why = tr(req->lang, N_("As soon as somebody writes to you in a case, it stands here.")),
        .next = { tr(req->lang, N_("All cases")), STR("/cases?state=all") }
    };
    messages_page(page, &v);
    return case_frame_send(req, res, page, tr(req->lang, N_("Messages")),
                           CASE_CRUMBS({ tr(req->lang, N_("Messages")), STR_NONE }), err);
}

static const struct route routes[] = { ROUTE_GET("/messages", MAY_CASES, message_list) };

const struct route_list desk_message_routes = ROUTES(routes);
