/* faces/desk/casework/withdrawal.c: after one year the finder asks to be released from silence: on the pages of a case, and the receiving body's
 * answer (FND-12). */
#include "domain/casework/withdrawal.h"

#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/state.h"

static struct tag_view tag_of(const struct request *req, const struct withdrawal *at)
{
    switch (at->state) {
    case WITHDRAWAL_REQUESTED:
        return (struct tag_view){ tr(req->lang, N_("Waits for the receiving body's answer")),
                                  TONE_EMBER };
    case WITHDRAWAL_WITHDRAWN:
        return (struct tag_view){ tr(req->lang, N_("Withdrawn by the receiving body")), TONE_WARN };
    default:
        return (struct tag_view){ tr(req->lang, N_("Stands for now")), TONE_NEUTRAL };
    }
}

static const char *what_it_means(const struct withdrawal *at)
{
    switch (at->state) {
    case WITHDRAWAL_REQUESTED:
        return N_(
            "One year after the start of counting, the finder asks that the request not to disclose be withdrawn.");
    case WITHDRAWAL_WITHDRAWN:
        return N_(
            "The finder is free to publish. Nothing is published and no date moves by that; please decide how it goes on.");
    default:
        return N_("The finder's request has been answered; it may ask again.");
    }
}

static void add_decision(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d = deed_add(
        req, deeds, "answer-withdrawal",
        N_("Answer the request to withdraw the request not to disclose"), N_("Send the answer"),
        arena_printf(req->arena, "/reports/%.*s/withdrawal", STR_ARG(s->c.public_id)),
        N_("The finder, the coordinating body and the developers that know of the case are told. Once it is withdrawn, the finder is free to publish, and that cannot be undone."),
        LOOK_GO, s->c.version);
    struct field_view *f = deed_field(req, d, FIELD_RADIO, "decision", N_("Answer"), "", true);

    deed_choice(req, f, "WITHDRAW", N_("The request not to disclose is withdrawn"));
    deed_choice(req, f, "KEEP", N_("We ask the finder to wait"));
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("Words to the finder"), "", true);
}

bool fill_withdrawal(struct request *req, struct scene *s, struct case_page_view *v,
                     struct err *err)
{
    bool is_rb = who_of(req)->roles & ROLE_RB, is_body = who_of(req)->roles & (ROLE_RB | ROLE_CB);
    struct withdrawal at;
    struct wait_row row;

    if (!withdrawal_load(&desk_of(req)->casework, s->tx, &s->c, req->arena, &at, err))
        return PASS(err);
    if (!at.requested_at.ms)
        return true;
    row = (struct wait_row){ .who = tr(req->lang, N_("The finder")),
                             .when = when_of(req->arena, req->lang, at.requested_at),
                             .tag = tag_of(req, &at),
                             .what = tr(req->lang, what_it_means(&at)) };
    if (is_body)
        row.words = at.answer;
    if (is_rb && at.state == WITHDRAWAL_REQUESTED) {
        row.words = at.words;
        if (withdrawal_may_begin(&s->c))
            add_decision(req, s, &row.deeds);
    }
    VEC_PUSH(req->arena, &v->withdrawal, row);
    return true;
}

static bool decide_deed(struct request *req, struct scene *s, struct err *err)
{
    struct str decision = request_form(req, "decision");
    bool is_withdrawn = str_eq(decision, STR("WITHDRAW"));

    if (!is_withdrawn && !str_eq(decision, STR("KEEP")))
        return FAIL(err, INPUT, STR("decision"));
    return withdrawal_decide(&desk_of(req)->casework, s->tx, who_of(req), &s->c, &s->developers,
                             is_withdrawn, str_trim(request_form(req, "words")), req->now,
                             req->arena, err)
               ? true
               : PASS(err);
}

bool report_withdrawal(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out_in(req, res, scene_open_report, decide_deed, report_page_show,
                              report_path(req), "withdrawal_answered", err);
}
