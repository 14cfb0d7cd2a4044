/* faces/desk/casework/analysis.c: analyses by third parties on the page of a case: who was asked, what came back, a new request (INT-14). */
#include "domain/casework/analysis.h"

#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/state.h"

enum { ANSWER_DAYS = 14 };

struct tag_view analysis_tag(const struct request *req, const struct analysis *a)
{
    if (a->ended_at.ms)
        return (struct tag_view){ tr(req->lang, N_("Ended")), TONE_NEUTRAL };
    if (a->answered_at.ms)
        return (struct tag_view){ tr(req->lang, N_("Result has come")), TONE_GOOD };
    return a->due.ms < req->now.ms
               ? (struct tag_view){ tr(req->lang, N_("Overdue")), TONE_BAD }
               : (struct tag_view){ tr(req->lang, N_("Waits for an answer")), TONE_EMBER };
}

static bool fill_one(struct request *req, struct scene *s, const struct analysis *a,
                     struct case_page_view *v, struct err *err)
{
    bool is_ours = who_of(req)->roles & (str_eq(a->body, STR("RB")) ? ROLE_RB : ROLE_CB);
    struct wait_row row = { .who = req->lang == LANG_EN && a->organisation_name_en.len > 0
                                       ? a->organisation_name_en
                                       : a->organisation_name_ja,
                            .when = when_of(req->arena, req->lang, a->at),
                            .tag = analysis_tag(req, a) };
    struct str scope, condition, texts, answer;

    if (!analysis_texts(s->tx, &s->c, a, &s->grant, req->arena, &scope, &condition, &texts, &answer,
                        err))
        return PASS(err);
    row.what = tr_fill(
        req->arena, req->lang, N_("Asked by {body}; back by {due}. Condition: {condition}"),
        TR_ARGS({ "body", str_eq(a->body, STR("RB")) ? tr(req->lang, N_("Receiving body"))
                                                     : tr(req->lang, N_("Coordinating body")) },
                { "due", tr_short_instant(req->arena, req->lang, a->due) },
                { "condition", condition }));
    row.words = answer.len > 0
                    ? arena_printf(req->arena, "%.*s\n\n%.*s", STR_ARG(scope), STR_ARG(answer))
                    : scope;
    if (is_ours && !a->ended_at.ms)
        deed_add(req, &row.deeds, "end-analysis", N_("End the analysis"), N_("End the analysis"),
                 arena_printf(req->arena, "/cases/%.*s/analyses/%.*s/end", STR_ARG(s->c.public_id),
                              STR_ARG(a->public_id)),
                 N_("The third party sees nothing of the case from here on."), LOOK_PLAIN,
                 s->c.version);
    VEC_PUSH(req->arena, &v->analyses, row);
    return true;
}

static bool add_ask_deed(struct request *req, struct scene *s, struct deeds *deeds, struct err *err)
{
    struct partners partners;
    struct deed_view *d;
    struct field_view *f;

    if (!partner_list(s->tx, STR("AN"), req->arena, &partners, err))
        return PASS(err);
    if (partners.len == 0)
        return true; /* nobody in the register to ask */
    d = deed_add(
        req, deeds, "ask-analysis", N_("Ask a third party to analyse"), N_("Ask for the analysis"),
        case_href(req, s, "/analyses"),
        N_("The third party reads the vulnerability information of the report, and the methods as you tick; it stays confidential. The finder is not named."),
        LOOK_PLAIN, s->c.version);
    f = deed_field(req, d, FIELD_SELECT, "partner", N_("Third party"), "", true);
    for (size_t i = 0; i < partners.len; i++) {
        const struct partner *p = &partners.at[i];

        if (partner_is_ready(p))
            VEC_PUSH(req->arena, &f->choices,
                     (struct choice){ .value = p->public_id,
                                      .label = p->values.name_ja,
                                      .is_chosen = str_eq(f->value, p->public_id) });
    }
    deed_field(req, d, FIELD_TEXTAREA, "scope", N_("What is to be analysed"), "", true);
    deed_field(req, d, FIELD_TEXTAREA, "condition", N_("How it is to be kept"),
               N_("Who may know of it, where it is kept, what happens with it afterwards."), true);
    deed_field(req, d, FIELD_CHECK, "with_verification", N_("Give the verification method as well"),
               "", false);
    deed_field(req, d, FIELD_CHECK, "with_attack", N_("Give the attack method as well"), "", false);
    deed_value(req,
               deed_field(req, d, FIELD_DATETIME, "answer_due", N_("Answer by (JST)"), "", true),
               deed_instant(req->arena, utc_add_days(req->now, ANSWER_DAYS)));
    return true;
}

bool fill_analyses(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct analyses all;

    if (!analyses_of_case(s->tx, s->c.id, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (!fill_one(req, s, &all.at[i], v, err))
            return PASS(err);
    }
    return !visibility_cell(AUDIENCE_AN, s->grant.phase).part ||
                   add_ask_deed(req, s, &v->deeds, err)
               ? true
               : PASS(err);
}

static bool ask_deed(struct request *req, struct scene *s, struct err *err)
{
    struct analysis_wish wish = { .partner = request_form(req, "partner"),
                                  .scope = request_form(req, "scope"),
                                  .condition = request_form(req, "condition"),
                                  .with_verification =
                                      request_form(req, "with_verification").len > 0,
                                  .with_attack = request_form(req, "with_attack").len > 0 };

    return scene_instant(req, "answer_due", &wish.due, err) &&
           analysis_ask(s->tx, who_of(req), &s->c, &s->grant, &wish, req->now, req->arena, err);
}

static bool end_deed(struct request *req, struct scene *s, struct err *err)
{
    return analysis_end(s->tx, who_of(req), &s->c, request_path(req, "analysis"), req->now,
                        req->arena, err);
}

bool case_analysis_ask(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, ask_deed, case_page_show, case_path(req), "analysis_asked",
                           err);
}

bool case_analysis_end(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, end_deed, case_page_show, case_path(req), "analysis_ended",
                           err);
}
