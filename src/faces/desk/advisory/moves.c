/* faces/desk/advisory/moves.c: what the buttons of an advisory do. */
#include "base/err.h"
#include "domain/advisory/world.h"
#include "faces/desk/advisory/desk_case.h"
#include "faces/desk/advisory/pages.h"

static bool move(struct request *req, struct response *res, enum advisory_event event,
                 struct err *err)
{
    struct err fault = { 0 };
    bool ok;

    {
        __attribute__((cleanup(desk_advisory_end))) struct desk_advisory d = { 0 };

        ok = desk_advisory_open(req, TX_WRITE, &d, &fault) &&
             advisory_move(&desk_of(req)->casework, d.tx, who_of(req), &d.c, &d.a, event,
                           request_form(req, "words"), req->now, req->arena, &fault) &&
             tx_commit(&d.tx, &fault);
    }
    if (ok)
        return frame_go(req, res, desk_advisory_href(req, ""));
    if (!case_is_mendable(&fault)) {
        *err = fault;
        return PASS(err);
    }
    res->status = err_http_status(fault.code);
    return desk_advisory_page(req, res, &fault, err);
}

#define MOVE(name, event)                                                 \
    bool name(struct request *req, struct response *res, struct err *err) \
    {                                                                     \
        return move(req, res, event, err);                                \
    }

MOVE(advisory_submit, ON_ADVISORY_SUBMIT)
MOVE(advisory_return, ON_ADVISORY_RETURN)
MOVE(advisory_approve, ON_ADVISORY_APPROVE)
MOVE(advisory_confirm, ON_ADVISORY_CONFIRM)
MOVE(advisory_object, ON_ADVISORY_OBJECT)
MOVE(advisory_reopen, ON_ADVISORY_REOPEN)
MOVE(advisory_revise, ON_ADVISORY_REVISE)

bool advisory_rehearse(struct request *req, struct response *res, struct err *err)
{
    const struct desk *desk = desk_of(req);
    __attribute__((cleanup(desk_advisory_end))) struct desk_advisory d = { 0 };
    struct advisory_faults faults = { 0 };
    struct advisory_view text;

    if (!desk_advisory_open(req, TX_WRITE, &d, err) ||
        !advisory_draft(d.tx, &d.c, &d.a, req->arena, &text, err))
        return PASS(err);
    if (!text.published_at.ms)
        text.published_at = text.updated_at =
            d.c.publication_date.ms ? d.c.publication_date : req->now;
    text.revision = d.a.revision + 1;
    world_rehearse(&text, world_site(desk->world), desk->renderer, req->arena, &faults);
    if (!advisory_rehearsed(d.tx, who_of(req), &d.c, &d.a, &faults, req->now, req->arena, err) ||
        !tx_commit(&d.tx, err))
        return PASS(err);
    return frame_go(req, res, desk_advisory_href(req, ""));
}
