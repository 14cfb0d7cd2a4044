#include "domain/access/invitation.h"

#include "base/err.h"
#include "domain/access/password.h"
#include "faces/desk/access/enrol.h"
#include "faces/desk/access/pages.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/form.h"
#include "faces/desk/frame.h"
#include "faces/http/respond.h"

static bool find(struct request *req, struct invitation *invitation, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(desk_of(req)->store, TX_READ, &tx, err) &&
                   invitation_find(tx, request_path(req, "token"), req->now, req->arena, invitation,
                                   err)
               ? true
               : PASS(err);
}

static bool show(struct request *req, struct response *res, const char *field_name,
                 const char *fault, struct err *err)
{
    struct invitation invitation;
    struct form_view form = { .href = arena_printf(req->arena, "/invitation/%.*s",
                                                   STR_ARG(request_path(req, "token"))),
                              .verb = say(req, N_("Set the password and continue")) };
    struct form_group *group;
    struct field_view *field;

    res->secret_link = true;
    if (!find(req, &invitation, err))
        return PASS(err);
    door_visitor(req, res);
    group = form_group(req, &form, NULL, NULL);
    if (invitation.purpose == INVITATION_INVITE) {
        form.title = say(req, N_("Welcome"));
        form.intro = say(
            req,
            N_("You have been invited. Please check your name and choose a password; the second step of the login is set up next."));
        field = form_field(req, group, FIELD_TEXT, "name", N_("Your name"),
                           N_("The people you work with here see it."));
        field->autocomplete = STR("name");
        field->required = true;
        if (req->method == METHOD_GET)
            field->value = invitation.account->name;
    } else {
        form.title = say(req, N_("A new password"));
        form.intro = say(
            req,
            N_("Please choose a new password. All your sessions end; the one-time code is asked for next."));
    }
    field = form_field(req, group, FIELD_TEXT, "email", N_("Mail address"), NULL);
    field->value = invitation.account->email;
    field->is_read_only = field->is_bare = true;
    field->autocomplete = STR("username");
    field = form_field(
        req, group, FIELD_PASSWORD, "password", N_("New password"),
        N_("At least 12 characters of any kind; a sentence of several words is easy to remember."));
    field->autocomplete = STR("new-password");
    field->required = true;
    if (fault)
        form_tell(req, &form, field_name, fault);
    return form_send(req, res, &form, err);
}

bool invitation_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, NULL, err);
}

bool invitation_take(struct request *req, struct response *res, struct err *err)
{
    struct visit visit = visit_of(req);
    struct str name = str_trim(request_form(req, "name")), session;
    const char *fault;

    res->secret_link = true;
    if (str_code_points(name) > ACCOUNT_NAME_MAX || !str_is_plain(name, false))
        return show(req, res, "name",
                    N_("This name is too long or holds characters that cannot be shown."), err);
    if (!invitation_accept(&desk_of(req)->gate, &visit, request_path(req, "token"), name,
                           request_form(req, "password"), req->arena, &fault, &session, err))
        return PASS(err);
    if (fault)
        return show(req, res, "password", fault, err);
    door_enter(res, session);
    return frame_go(req, res, STR("/login/code"));
}

/* ---- a forgotten password ---- */
static bool show_forgotten(struct request *req, struct response *res, bool is_sent, struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Forgotten password")),
        .intro = say(
            req,
            N_("If the address belongs to an account, a link for a new password is sent to it. It works once, for an hour.")),
        .href = STR("/password/forgotten"),
        .verb = say(req, N_("Send the link")),
        .is_box = true,
    };
    struct form_group *group;
    struct field_view *field;

    door_visitor(req, res);
    group = form_group(req, &form, NULL, NULL);
    field = form_field(req, group, FIELD_EMAIL, "email", N_("Mail address"), NULL);
    field->autocomplete = STR("username");
    field->is_bare = field->required = true;
    field->value = STR_NONE;
    form_link(req, &form, N_("Back to the login"), STR("/login"));
    if (is_sent)
        form.note = (struct note_view){
            TONE_GOOD, say(req, N_("Your request has been received.")),
            say(req,
                N_("If the address belongs to an account, a mail is on its way. Please look into your mailbox."))
        };
    return form_send(req, res, &form, err);
}

bool forgotten_show(struct request *req, struct response *res, struct err *err)
{
    return show_forgotten(req, res, false, err);
}

/* C05: one answer for every address, also when there were too many requests about it. */
bool forgotten_try(struct request *req, struct response *res, struct err *err)
{
    struct visit visit = visit_of(req);
    struct err why = { 0 };

    if (!invitation_reset(&desk_of(req)->gate, &visit, request_form(req, "email"), req->arena,
                          &why) &&
        why.code != ERR_TOO_MANY) {
        *err = why;
        return PASS(err);
    }
    return show_forgotten(req, res, true, err);
}
