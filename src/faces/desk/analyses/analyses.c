/* faces/desk/analyses/analyses.c: a third party: what it was asked, under which condition, and its result (class AN of the matrix). */
#include "domain/casework/analysis.h"

#include "base/err.h"
#include "faces/desk/analyses/analyses.html.h"
#include "faces/desk/analyses/routes.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "faces/desk/sheet.h"

static const struct done done_rows[] = {
    { "answered", N_("Thank you. The body that asked has been told."), TONE_GOOD },
};

static struct tag_view state_of(const struct request *req, const struct analysis *a)
{
    return a->answered_at.ms
               ? (struct tag_view){ say(req, N_("Result sent")), TONE_GOOD }
               : (struct tag_view){ say(req, N_("Your result is asked for")), TONE_EMBER };
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct analysis_row, title, N_("Title")),
    SHEET_FIELD("asked_at", struct analysis_row, at, N_("Asked")),
    SHEET_FIELD("answer_due", struct analysis_row, due, N_("Answer due")),
    SHEET_CODED("state", struct analysis_row, state, state_code, N_("State")),
};
/* clang-format on */

static bool list_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct analysis_list_view v = {
        .nothing = { .title = say(req, N_("Nothing is to be analysed")),
                     .why = say(req, N_("You are told by mail when there is something.")) }
    };
    struct frame frame = { .title = say(req, N_("Analyses")) };
    struct page *body = frame_page(req);
    enum sheet_format format;
    struct analyses asked;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !analyses_of_organisation(tx, who_of(req)->organisation_id, req->arena, &asked, err))
        return PASS(err);
    for (size_t i = 0; i < asked.len; i++) {
        struct err absent = { 0 };
        struct product_case c;
        struct analysis a;
        struct grant grant;

        if (!analysis_load(&desk_of(req)->casework, tx, who_of(req), asked.at[i].public_id,
                           req->arena, &a, &c, &grant, &absent)) {
            if (absent.code == ERR_ABSENT)
                continue; /* ended: nothing may be seen of it any more */
            *err = absent;
            return PASS(err);
        }
        VEC_PUSH(req->arena, &v.rows,
                 (struct analysis_row){
                     .href = arena_printf(req->arena, "/analyses/%.*s", STR_ARG(a.public_id)),
                     .title = c.title,
                     .at = when_of(req->arena, req->lang, a.at),
                     .due = due_of(req->arena, req->lang, req->now, a.due),
                     .state = state_of(req, &a),
                     .state_code = a.answered_at.ms ? STR("ANSWERED") : STR("ASKED") });
    }
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("analyses", columns, v.rows), false, err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    frame_crumb(req, &frame, N_("Analyses"), STR_NONE);
    analysis_list_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

static bool show(struct request *req, struct response *res, struct str fault, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct page *body = frame_page(req);
    struct analysis_view v = { 0 };
    struct frame frame = { 0 };
    struct str condition, texts;
    struct product_case c;
    struct analysis a;
    struct grant grant;
    struct deed_view *d;
    struct field_view *f;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || /* the first look is an event */
        !analysis_load(&desk_of(req)->casework, tx, who_of(req), request_path(req, "id"),
                       req->arena, &a, &c, &grant, err) ||
        !analysis_texts(tx, &c, &a, &grant, req->arena, &v.scope, &condition, &texts, &v.answer,
                        err) ||
        !analysis_see(tx, who_of(req), &c, &a, req->now, req->arena, err) || !tx_commit(&tx, err))
        return PASS(err);
    v.number = c.number;
    v.title = frame.title = c.title;
    v.warning = say(
        req,
        N_("Confidential. It is given to you for this analysis alone, under the condition below."));
    fill_blocks(req, REPORT_PRODUCT, texts, false, &v.texts);
    VEC_PUSH(req->arena, &v.facts,
             (struct fact){ .name = say(req, N_("How it is to be kept")), .value = condition });
    VEC_PUSH(req->arena, &v.facts,
             (struct fact){ .name = say(req, N_("Answer due")),
                            .value = tr_instant(req->arena, req->lang, a.due) });
    if (!product_is_closed(c.state)) {
        d = deed_add(req, &v.deeds, "answer", N_("Send the result"), N_("Send the result"),
                     arena_printf(req->arena, "/analyses/%.*s/answer", STR_ARG(a.public_id)),
                     N_("The body that asked is told."), LOOK_GO, 0);
        f = deed_field(req, d, FIELD_TEXTAREA, "words", N_("Result"), "", true);
        f->rows = 8;
        f->error = fault;
        if (fault.len > 0)
            VEC_PUSH(req->arena, &v.faults, (struct fault){ f->id, fault });
    }
    frame_crumb(req, &frame, N_("Analyses"), STR("/analyses"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ c.number, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    analysis_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

static bool one_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, STR_NONE, err);
}

static bool keep(struct request *req, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct product_case c;
    struct analysis a;
    struct grant grant;

    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) &&
                   analysis_load(&desk_of(req)->casework, tx, who_of(req), request_path(req, "id"),
                                 req->arena, &a, &c, &grant, err) &&
                   analysis_answer(tx, who_of(req), &c, &a, request_form(req, "words"), req->now,
                                   req->arena, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool one_answer(struct request *req, struct response *res, struct err *err)
{
    struct err why = { 0 };

    if (keep(req, &why))
        return frame_go(req, res,
                        arena_printf(req->arena, "/analyses/%.*s?done=answered",
                                     STR_ARG(request_path(req, "id"))));
    if (why.code != ERR_INPUT) {
        *err = why;
        return PASS(err);
    }
    res->status = 422;
    return show(req, res, say(req, N_("Please write the result, at most 5,000 characters.")), err);
}

enum { LARGE = 512 * 1024 };

static const struct route routes[] = {
    ROUTE_GET("/analyses", MAY_ANALYSE, list_show),
    ROUTE_GET("/analyses/{id}", MAY_ANALYSE, one_show),
    ROUTE_POST("/analyses/{id}/answer", MAY_ANALYSE, TOKEN_FORM, BODY_FORM, LARGE, one_answer),
};
const struct route_list desk_analysis_routes = ROUTES(routes);
