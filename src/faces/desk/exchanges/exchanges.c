/* faces/desk/exchanges/exchanges.c: a foreign coordinator: the cases it takes part in, what it was given, the conversation (row FB of the
 * matrix, COO-34). */
#include "domain/casework/exchange.h"

#include "base/err.h"
#include "faces/desk/casework/exchange.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/exchanges/exchanges.html.h"
#include "faces/desk/exchanges/routes.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "faces/desk/sheet.h"
#include "faces/http/respond.h"

static const struct done done_rows[] = {
    { "said", N_("Thank you. The coordinating body has been told."), TONE_GOOD },
    { "sent", N_("Thank you. Both bodies have your notice, and the case has begun."), TONE_GOOD },
};

static struct tag_view state_of(const struct request *req, const struct product_case *c)
{
    if (c->published_at.ms)
        return (struct tag_view){ say(req, N_("Published")), TONE_GOOD };
    return product_is_closed(c->state)
               ? (struct tag_view){ say(req, N_("Ended without publication")), TONE_NEUTRAL }
               : (struct tag_view){ say(req, N_("Being coordinated")), TONE_WARN };
}

/* What it may be called: the case's title when the vulnerability may be seen, else the coordinator's own number, else ours. */
static struct str title_of(const struct product_case *c, const struct grant *grant,
                           struct str reference)
{
    if ((grant->full | grant->part) & SEES_V)
        return c->title;
    return reference.len > 0 ? reference : c->number;
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct exchange_row, title, N_("Title")),
    SHEET_FIELD("case", struct exchange_row, number, N_("Case")),
    SHEET_FIELD("since", struct exchange_row, at, N_("Since")),
    SHEET_CODED("state", struct exchange_row, state, state_code, N_("State")),
};
/* clang-format on */

static bool list_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct exchange_list_view v = {
        .nothing = { .title = say(req, N_("You take part in no case")),
                     .why = say(req, N_("You are told by mail when there is something.")) },
        .begin = { say(req, N_("Give notice of a vulnerability")), STR("/notices/new") }
    };
    struct frame frame = { .title = say(req, N_("Coordination")) };
    struct page *body = frame_page(req);
    enum sheet_format format;
    struct exchanges own;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !exchanges_of_organisation(tx, who_of(req)->organisation_id, req->arena, &own, err))
        return PASS(err);
    for (size_t i = 0; i < own.len; i++) {
        struct err absent = { 0 };
        struct exchange_texts t;
        struct product_case c;
        struct exchange e;
        struct grant grant;

        if (!exchange_load(&desk_of(req)->casework, tx, who_of(req), own.at[i].public_id,
                           req->arena, &e, &c, &grant, &absent)) {
            if (absent.code == ERR_ABSENT)
                continue; /* ended: nothing may be seen of it any more */
            *err = absent;
            return PASS(err);
        }
        if (!exchange_texts(tx, &c, &e, &grant, req->arena, &t, err))
            return PASS(err);
        VEC_PUSH(req->arena, &v.rows,
                 (struct exchange_row){
                     .href = arena_printf(req->arena, "/exchanges/%.*s", STR_ARG(e.public_id)),
                     .title = title_of(&c, &grant, t.reference),
                     .number = c.number,
                     .at = when_of(req->arena, req->lang, e.opened_at),
                     .state = state_of(req, &c),
                     .state_code = c.published_at.ms            ? STR("PUBLISHED")
                                   : product_is_closed(c.state) ? STR("ENDED")
                                                                : STR("OPEN") });
    }
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("coordination", columns, v.rows), false, err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    frame_crumb(req, &frame, N_("Coordination"), STR_NONE);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    exchange_list_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

static void add_fact(struct request *req, struct exchange_view *v, const char *name,
                     struct str value)
{
    if (value.len > 0)
        VEC_PUSH(req->arena, &v->facts, (struct fact){ .name = say(req, name), .value = value });
}

static void fill_page(struct request *req, const struct product_case *c, const struct exchange *e,
                      const struct grant *grant, const struct exchange_texts *t, struct str fault,
                      struct exchange_view *v)
{
    struct deed_view *d;
    struct field_view *f;

    v->number = c->number;
    v->title = title_of(c, grant, t->reference);
    v->warning =
        c->published_at.ms
            ? say(req, N_("It has been published. The methods stay confidential."))
            : say(req,
                  N_("Confidential until it is published. Please pass it on only as agreed, and publish nothing before the common date."));
    v->words = t->words;
    v->countermeasure = t->countermeasure;
    v->package_href = arena_printf(req->arena, "/exchanges/%.*s/package", STR_ARG(e->public_id));
    add_fact(req, v, N_("Your number"), t->reference);
    add_fact(req, v, N_("State"), state_of(req, c).word);
    if (((grant->full | grant->part) & SEES_D) && c->publication_date.ms)
        add_fact(req, v, N_("Publication date"),
                 tr_instant(req->arena, req->lang, c->publication_date));
    fill_blocks(req, REPORT_PRODUCT, t->fields, false, &v->texts);
    d = deed_add(req, &v->deeds, "say", N_("Write a message"), N_("Send"),
                 arena_printf(req->arena, "/exchanges/%.*s/messages", STR_ARG(e->public_id)),
                 N_("The coordinating body is told."), LOOK_PLAIN, 0);
    f = deed_field(req, d, FIELD_TEXTAREA, "text", N_("Message"), "", true);
    f->error = fault;
    if (fault.len > 0)
        VEC_PUSH(req->arena, &v->faults, (struct fault){ f->id, fault });
}

static bool show(struct request *req, struct response *res, struct str fault, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct page *body = frame_page(req);
    struct exchange_view v = { 0 };
    struct exchange_messages said;
    struct frame frame = { 0 };
    struct exchange_texts t;
    struct product_case c;
    struct exchange e;
    struct grant grant;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || /* the first look is an event */
        !exchange_load(&desk_of(req)->casework, tx, who_of(req), request_path(req, "id"),
                       req->arena, &e, &c, &grant, err) ||
        !exchange_texts(tx, &c, &e, &grant, req->arena, &t, err) ||
        !exchange_messages(tx, &c, &e, req->arena, &said, err) ||
        !exchange_see(tx, who_of(req), &c, &e, req->now, req->arena, err) || !tx_commit(&tx, err))
        return PASS(err);
    fill_page(req, &c, &e, &grant, &t, fault, &v);
    exchange_thread(req, &said, true, &v.messages);
    frame.title = v.title;
    frame_crumb(req, &frame, N_("Coordination"), STR("/exchanges"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ c.number, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    exchange_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

static bool one_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, STR_NONE, err);
}

static bool one_package(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct product_case c;
    struct exchange e;
    struct grant grant;

    return tx_begin(desk_of(req)->store, TX_READ, &tx, err) &&
                   exchange_load(&desk_of(req)->casework, tx, who_of(req), request_path(req, "id"),
                                 req->arena, &e, &c, &grant, err) &&
                   exchange_send_package(req, res, tx, &c, &e, &grant, err)
               ? true
               : PASS(err);
}

static bool keep(struct request *req, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct product_case c;
    struct exchange e;
    struct grant grant;

    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) &&
                   exchange_load(&desk_of(req)->casework, tx, who_of(req), request_path(req, "id"),
                                 req->arena, &e, &c, &grant, err) &&
                   exchange_say(tx, who_of(req), &c, &e, request_form(req, "text"), req->now,
                                req->arena, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static bool one_say(struct request *req, struct response *res, struct err *err)
{
    struct err why = { 0 };

    if (keep(req, &why))
        return frame_go(req, res,
                        arena_printf(req->arena, "/exchanges/%.*s?done=said",
                                     STR_ARG(request_path(req, "id"))));
    if (why.code != ERR_INPUT) {
        *err = why;
        return PASS(err);
    }
    res->status = 422;
    return show(req, res, say(req, N_("Please write the message, at most 5,000 characters.")), err);
}

enum { LARGE = 512 * 1024 };

static const struct route routes[] = {
    ROUTE_GET("/exchanges", MAY_EXCHANGE, list_show),
    ROUTE_GET("/exchanges/{id}", MAY_EXCHANGE, one_show),
    ROUTE_GET("/exchanges/{id}/package", MAY_EXCHANGE, one_package),
    ROUTE_POST("/exchanges/{id}/messages", MAY_EXCHANGE, TOKEN_FORM, BODY_FORM, LARGE, one_say),
};
const struct route_list desk_exchange_routes = ROUTES(routes);
