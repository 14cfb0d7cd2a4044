/* A developer that published before the agreed date: what is on record, and whether it is left out of later handling (CFD-07). */
#include "base/err.h"
#include "domain/casework/breach.h"
#include "faces/desk/access/entry.h"
#include "faces/desk/access/pages.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/http/respond.h"

static void ask(struct request *req, const struct place *place, struct entry_view *view)
{
    bool is_left_out = place->organisation->handling_suspended;
    struct step_form one = {
        .form = { .title = say(req, is_left_out ? N_("Let it take part in handling again")
                                                : N_("Leave out of later handling")),
                  .href = arena_printf(req->arena, "%.*s/handling", STR_ARG(place->href)),
                  .is_dangerous = !is_left_out }
    };
    struct form_group *group = form_group(req, &one.form, NULL, NULL);
    struct field_view *field;

    one.form.verb = one.form.title;
    form_field(req, group, FIELD_HIDDEN, "is_left_out", NULL, NULL)->value =
        is_left_out ? STR("no") : STR("yes");
    field = form_field(
        req, group, FIELD_TEXTAREA, "reason", N_("Reason"),
        is_left_out
            ? N_("It is kept. From now on the developer can be added to cases.")
            : N_("It is kept; nothing is sent to the developer. It is not suggested and cannot be added to cases any more; cases it takes part in go on."));
    field->id = STR("handling-reason");
    field->rows = 3;
    field->required = true;
    VEC_PUSH(req->arena, &view->step_forms, one);
}

bool handling_tell(struct request *req, struct tx *tx, const struct place *place,
                   struct entry_view *view, struct err *err)
{
    struct breaches breaches;
    struct handling_changes changes;

    if (place->is_own || !has_role(req, ROLE_RB | ROLE_CB))
        return true;
    if (!breach_list(&desk_of(req)->casework, tx, who_of(req), place->organisation->id, req->arena,
                     &breaches, err) ||
        !organisation_handling_changes(tx, place->organisation->id, req->arena, &changes, err))
        return PASS(err);
    for (size_t i = 0; i < breaches.len; i++) {
        const struct breach *b = &breaches.at[i];

        VEC_PUSH(
            req->arena, &view->breaches,
            (struct breach_row){ .published = tr_instant(req->arena, req->lang, b->published_at),
                                 .in = { b->case_number, arena_printf(req->arena, "/cases/%.*s",
                                                                      STR_ARG(b->case_public_id)) },
                                 .words = b->words,
                                 .who = b->actor_name,
                                 .at = tr_short_instant(req->arena, req->lang, b->at) });
    }
    for (size_t i = 0; i < changes.len; i++) {
        const struct handling_change *c = &changes.at[i];

        VEC_PUSH(req->arena, &view->handling_changes,
                 (struct contact_row){ .at = tr_short_instant(req->arena, req->lang, c->at),
                                       .who = c->actor_name,
                                       .field = say(req, c->is_left_out
                                                             ? N_("Left out of later handling")
                                                             : N_("Takes part in handling again")),
                                       .after = c->reason });
    }
    /* Before there is a reason on record, the button would only be in the way. */
    if (has_role(req, ROLE_CB) && (breaches.len > 0 || changes.len > 0))
        ask(req, place, view);
    return true;
}

bool entry_handling(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str reason = str_trim(request_form(req, "reason"));
    struct place place;

    if (reason.len == 0)
        return FAIL(err, NOT_READY, say(req, registration_guard_words(STR("reason_is_given"))));
    if (str_code_points(reason) > ORGANISATION_TEXT_MAX)
        return FAIL(err, TOO_LARGE, STR("reason"));
    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !place_find(req, tx, false, &place, err) ||
        !organisation_set_handling(
            &(struct deed){ tx, who_of(req), req->now, req->arena }, place.organisation->id,
            str_eq(request_form(req, "is_left_out"), STR("yes")), reason, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, arena_printf(req->arena, "%.*s?done=handling", STR_ARG(place.href)));
}
