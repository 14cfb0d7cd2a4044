/* faces/desk/casework/handover.c: a case goes to a colleague of the same body, with what has to be known. */
#include "domain/casework/handover.h"

#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"

bool fill_handover(struct request *req, struct scene *s, struct str base, struct deeds *deeds,
                   struct err *err)
{
    struct accounts choices;
    struct deed_view *d;
    struct field_view *f;

    if (!handover_choices(s->tx, who_of(req), &s->c, req->arena, &choices, err))
        return PASS(err);
    if (choices.len == 0)
        return true;
    d = deed_add(
        req, deeds, "handover", N_("Hand it over to a colleague"), N_("Hand it over"),
        arena_printf(req->arena, "%.*s/handover", STR_ARG(base)),
        N_("The colleague is told by mail. What you write is kept as a note among the officers of your body."),
        LOOK_PLAIN, s->c.version);
    f = deed_field(req, d, FIELD_SELECT, "officer", N_("Officer"), "", true);
    for (size_t i = 0; i < choices.len; i++)
        VEC_PUSH(req->arena, &f->choices,
                 (struct choice){ .value = choices.at[i].public_id,
                                  .label = choices.at[i].name,
                                  .is_chosen = str_eq(f->value, choices.at[i].public_id) });
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("What has to be known"),
               N_("What is under way, what was promised, what comes next."), true);
    return true;
}

static bool handover_deed(struct request *req, struct scene *s, struct err *err)
{
    return handover_case(s->tx, who_of(req), &s->c, request_form(req, "officer"),
                         request_form(req, "words"), req->now, req->arena, err);
}

bool case_handover(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(
        req, res, handover_deed, case_page_show,
        arena_printf(req->arena, "/cases/%.*s", STR_ARG(request_path(req, "id"))), "handed_over",
        err);
}

bool report_handover(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(
        req, res, handover_deed, report_page_show,
        arena_printf(req->arena, "/reports/%.*s", STR_ARG(request_path(req, "id"))), "handed_over",
        err);
}
