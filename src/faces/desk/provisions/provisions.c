/* faces/desk/provisions/provisions.c: a recipient of priority provision: the three conditions, what was given, receipt (class CI of the matrix). */
#include "domain/casework/priority.h"

#include "base/err.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/desk/permission.h"
#include "faces/desk/provisions/provisions.html.h"
#include "faces/desk/provisions/routes.h"
#include "faces/desk/sheet.h"
#include "store/store.h"

static const struct done done_rows[] = {
    { "confirmed", N_("Your confirmation has been kept."), TONE_GOOD },
    { "received", N_("Thank you. Receipt has been confirmed, and both bodies have been told."),
      TONE_GOOD },
};
static const char *const condition_fields[PARTNER_CONDITIONS] = { "inside", "contractors",
                                                                  "protection" };

static struct tag_view state_tag_of(const struct request *req, const struct provision *p)
{
    if (p->received_at.ms)
        return (struct tag_view){ say(req, N_("Receipt confirmed")), TONE_GOOD };
    return (struct tag_view){ say(req, N_("Please confirm receipt")), TONE_EMBER };
}

/* Each is confirmed by itself: a box of its own. */
static void tell_conditions(struct request *req, const struct partner *own,
                            struct provision_list_view *v)
{
    struct form_group *group = NULL;

    for (int i = 0; i < PARTNER_CONDITIONS; i++) {
        const char *words = partner_condition_words((enum partner_condition)i);

        if (own->confirmed_at[i].ms) {
            VEC_PUSH(
                req->arena, &v->conditions,
                (struct fact){ .name = say(req, words),
                               .value = tr_date(req->arena, req->lang, own->confirmed_at[i]) });
            continue;
        }
        if (own->ended_at.ms)
            continue;
        if (!group)
            group = form_group(req, &v->confirm, NULL, NULL);
        (void)form_field(req, group, FIELD_CHECK, condition_fields[i], words, NULL);
        v->confirm.href = STR("/provisions/conditions");
        v->confirm.verb = say(req, N_("Confirm what is ticked"));
    }
}

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_COLUMN(struct provision_row, title, N_("Title")),
    SHEET_FIELD("provided_at", struct provision_row, at, N_("Provided")),
    SHEET_CODED("state", struct provision_row, state, state_code, N_("State")),
};
/* clang-format on */

static bool list_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct provision_list_view v = {
        .nothing = { .title = say(req, N_("Nothing has been provided to you")),
                     .why = say(req, N_("You are told by mail when there is something.")) }
    };
    struct frame frame = { .title = say(req, N_("Provided before publication")) };
    struct page *body = frame_page(req);
    enum sheet_format format;
    struct provisions given;
    struct partner own;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !partner_of(tx, who_of(req)->organisation_id, req->arena, &own, err) ||
        !provisions_of_organisation(tx, own.organisation_id, req->arena, &given, err))
        return PASS(err);
    for (size_t i = 0; i < given.len; i++) {
        struct err absent = { 0 };
        struct product_case c;
        struct provision p;
        struct grant grant;

        if (!provision_load(&desk_of(req)->casework, tx, who_of(req), given.at[i].public_id,
                            req->arena, &p, &c, &grant, &absent)) {
            if (absent.code == ERR_ABSENT)
                continue; /* ended without publication: nothing may be seen of it any more */
            *err = absent;
            return PASS(err);
        }
        VEC_PUSH(req->arena, &v.rows,
                 (struct provision_row){
                     .href = arena_printf(req->arena, "/provisions/%.*s", STR_ARG(p.public_id)),
                     .title = c.title,
                     .at = when_of(req->arena, req->lang, p.at),
                     .state = state_tag_of(req, &p),
                     .state_code = p.received_at.ms ? STR("RECEIVED") : STR("PROVIDED") });
    }
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("provided", columns, v.rows), false, err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    tell_conditions(req, &own, &v);
    frame_crumb(req, &frame, N_("Provided before publication"), STR_NONE);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    provision_list_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

static bool conditions_confirm(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed = (struct deed){ tx, who_of(req), req->now, req->arena };
    for (int i = 0; i < PARTNER_CONDITIONS; i++) {
        if (request_form(req, condition_fields[i]).len > 0 &&
            !partner_confirm(&deed, (enum partner_condition)i, err))
            return PASS(err);
    }
    return tx_commit(&tx, err) ? frame_go(req, res, STR("/provisions?done=confirmed")) : PASS(err);
}

static bool one_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct page *body = frame_page(req);
    struct provision_view v = { 0 };
    struct frame frame = { 0 };
    struct priority_text text;
    struct product_case c;
    struct provision p;
    struct grant grant;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) || /* the first look is an event */
        !provision_load(&desk_of(req)->casework, tx, who_of(req), request_path(req, "id"),
                        req->arena, &p, &c, &grant, err) ||
        !provision_text(tx, &c, &p, &grant, req->arena, &text, err) ||
        !provision_see(tx, who_of(req), &c, &p, req->now, req->arena, err) || !tx_commit(&tx, err))
        return PASS(err);
    v.number = c.number;
    v.title = frame.title = c.title;
    v.vulnerability = text.vulnerability;
    v.countermeasure = text.countermeasure;
    v.verification = text.verification;
    v.attack = text.attack;
    if (!c.published_at.ms)
        v.warning = say(
            req,
            N_("Not public. Please keep it secret inside your organisation and at your contractors, and use it for your own protection alone."));
    VEC_PUSH(req->arena, &v.facts,
             (struct fact){ .name = say(req, N_("Provided")),
                            .value = tr_instant(req->arena, req->lang, p.at) });
    if ((grant.full | grant.part) & SEES_D)
        VEC_PUSH(
            req->arena, &v.facts,
            (struct fact){
                .name = say(req, c.published_at.ms ? N_("Published") : N_("To be published")),
                .value = tr_instant(req->arena, req->lang,
                                    c.published_at.ms ? c.published_at : c.publication_date) });
    VEC_PUSH(req->arena, &v.facts,
             (struct fact){ .name = say(req, N_("Receipt")),
                            .tag = state_tag_of(req, &p),
                            .value = p.received_at.ms
                                         ? tr_instant(req->arena, req->lang, p.received_at)
                                         : STR_NONE });
    if (!p.received_at.ms)
        VEC_PUSH(req->arena, &v.acts,
                 (struct act){ .label = say(req, N_("Confirm receipt")),
                               .href = arena_printf(req->arena, "/provisions/%.*s/receipt",
                                                    STR_ARG(p.public_id)),
                               .look = LOOK_GO,
                               .posts = true });
    frame_crumb(req, &frame, N_("Provided before publication"), STR("/provisions"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ c.number, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    provision_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

static bool receipt_confirm(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct product_case c;
    struct provision p;
    struct grant grant;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !provision_load(&desk_of(req)->casework, tx, who_of(req), request_path(req, "id"),
                        req->arena, &p, &c, &grant, err) ||
        !provision_receive(tx, who_of(req), &c, &p, req->now, req->arena, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(
        req, res, arena_printf(req->arena, "/provisions/%.*s?done=received", STR_ARG(p.public_id)));
}

enum { SMALL = 64 * 1024 };

static const struct route routes[] = {
    ROUTE_GET("/provisions", MAY_BE_PROVIDED, list_show),
    ROUTE_POST("/provisions/conditions", MAY_BE_PROVIDED, TOKEN_FORM, BODY_FORM, SMALL,
               conditions_confirm),
    ROUTE_GET("/provisions/{id}", MAY_BE_PROVIDED, one_show),
    ROUTE_POST("/provisions/{id}/receipt", MAY_BE_PROVIDED, TOKEN_FORM, BODY_FORM, SMALL,
               receipt_confirm),
};
const struct route_list desk_provision_routes = ROUTES(routes);
