/* faces/desk/casework/later_date.c: after so many changes a later publication date is proposed by one officer and decided on by another. */
#include "base/err.h"
#include "domain/casework/coordination.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/state.h"

static struct str form(const struct request *req, const char *name)
{
    return str_trim(request_form(req, name));
}

static void propose_deed_view(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d =
        deed_add(req, deeds, "propose-date", N_("Propose a later publication date"),
                 N_("Propose the date to your colleagues"), case_href(req, s, "/date/proposal"),
                 N_("Your colleagues are told. The present date stands until one of them agrees."),
                 LOOK_PLAIN, s->c.version);
    struct field_view *f =
        deed_field(req, d, FIELD_DATETIME, "date", N_("New date and time (JST)"), "", true);

    f->help = tr_fill(
        req->arena, req->lang,
        N_("The date has been changed {count} times. A later one wants a second officer; an earlier one you can set alone."),
        TR_ARGS({ "count", tr_number(req->arena, s->c.date_changes) }));
    deed_field(req, d, FIELD_CHECK, "others_heard", N_("The other developers have been consulted"),
               "", true);
    deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
}

static void decide_deed_views(struct request *req, const struct scene *s,
                              const struct later_date *proposal, struct deeds *deeds)
{
    struct str href = case_href(req, s, "/date/proposal/decision");
    struct deed_view *d;

    if (proposal->proposed_by != who_of(req)->account_id) {
        d = deed_add(
            req, deeds, "agree-date", N_("Agree to the later date"),
            N_("Change the date and tell everybody"), href,
            N_("The receiving body and all developers that were notified are told the new date at once. The old date no longer counts."),
            LOOK_GO, s->c.version);
        deed_value(req, deed_field(req, d, FIELD_HIDDEN, "decision", N_("Decision"), "", true),
                   STR("AGREED"));
    }
    d = deed_add(req, deeds, "decline-date", N_("Decline the later date"),
                 N_("Leave the date as it is"), href, "", LOOK_PLAIN, s->c.version);
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason"), "", true);
}

bool fill_later_date(struct request *req, struct scene *s, struct case_page_view *v,
                     struct err *err)
{
    struct later_date proposal;
    struct wait_row row;

    if (!(who_of(req)->roles & ROLE_CB) || s->c.state != CASE_DATE_SET)
        return true;
    /* The day after the present date is later by any measure. */
    if (coordination_wants_second(&desk_of(req)->casework, &s->c,
                                  utc_add_days(s->c.publication_date, 1)))
        propose_deed_view(req, s, &v->deeds);
    if (!coordination_later_date(s->tx, &s->c, req->arena, &proposal, err))
        return PASS(err);
    if (!proposal.seq)
        return true;
    row = (struct wait_row){
        .who = proposal.proposed_by_name,
        .what = tr_fill(req->arena, req->lang, N_("proposes publication on {date}"),
                        TR_ARGS({ "date", tr_instant(req->arena, req->lang, proposal.proposed) })),
        .words = proposal.reason,
        .when = when_of(req->arena, req->lang, proposal.at),
        .tag = { tr(req->lang, N_("Waits for a second officer")), TONE_EMBER },
    };
    decide_deed_views(req, s, &proposal, &row.deeds);
    VEC_PUSH(req->arena, &v->wishes, row);
    return true;
}

static bool propose_deed(struct request *req, struct scene *s, struct err *err)
{
    struct utc date;

    return scene_instant(req, "date", &date, err) &&
           coordination_propose_date(s->tx, who_of(req), &s->c, date,
                                     form(req, "others_heard").len > 0, form(req, "reason"),
                                     req->now, req->arena, err);
}

static bool decide_deed(struct request *req, struct scene *s, struct err *err)
{
    return coordination_decide_later_date(s->tx, who_of(req), &s->c, &s->developers,
                                          str_eq(form(req, "decision"), STR("AGREED")),
                                          form(req, "words"), req->now, req->arena, err);
}

bool case_propose_date(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, propose_deed, case_page_show, case_path(req), "date_proposed",
                           err);
}

bool case_decide_date(struct request *req, struct response *res, struct err *err)
{
    bool is_agreed = str_eq(form(req, "decision"), STR("AGREED"));

    return scene_carry_out(req, res, decide_deed, case_page_show, case_path(req),
                           is_agreed ? "date_changed" : "date_kept", err);
}
