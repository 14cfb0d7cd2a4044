#include "domain/access/login.h"
#include "base/err.h"
#include "domain/access/session.h"
#include "faces/desk/access/enrol.h"
#include "faces/desk/access/pages.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/form.h"
#include "faces/desk/frame.h"
#include "faces/desk/nav.h"
#include "faces/http/respond.h"

struct visit visit_of(const struct request *req)
{
    return (struct visit){ req->peer_address, request_header(req, "User-Agent"), req->now };
}

/* Where to go once inside: what was asked for, else the first room. next: with its language. */
static bool go_in(struct request *req, struct response *res, struct str next,
                  const struct account *account)
{
    const char *base = account->lang == LANG_EN ? "/en" : "";
    struct str home = nav_home(req, account->roles);

    return respond_redirect(
        res, local_path(next, arena_printf(req->arena, "%s%.*s", base, STR_ARG(home))));
}

bool access_home(struct request *req, struct response *res, struct err *err)
{
    const struct subject *who = who_of(req);

    (void)err;
    if (who->needs_second_factor)
        return frame_go(req, res, STR("/login/code"));
    if (who->kind == SUBJECT_FINDER)
        return frame_go(req, res, STR("/mailbox"));
    return frame_go(req, res,
                    who->kind == SUBJECT_ACCOUNT ? nav_home(req, who->roles) : STR("/login"));
}

bool access_settings(struct request *req, struct response *res, struct err *err)
{
    (void)err;
    return frame_go(req, res, STR("/me"));
}

/* ---- address and password ---- */
static bool show_login(struct request *req, struct response *res, const char *fault,
                       struct err *err)
{
    struct str next =
        req->method == METHOD_POST ? request_form(req, "next") : request_query(req, "next");
    struct form_view form = {
        .title = say(req, N_("Log in")),
        .intro = say(req, N_("This is where officers and developers work on reports and cases.")),
        .href = STR("/login"),
        .verb = say(req, N_("Log in")),
        .is_box = true,
    };
    struct form_group *group;
    struct field_view *field;

    door_visitor(req, res);
    group = form_group(req, &form, NULL, NULL);
    field = form_field(req, group, FIELD_EMAIL, "email", N_("Mail address"), NULL);
    field->autocomplete = STR("username");
    field->is_bare = field->required = true;
    field = form_field(req, group, FIELD_PASSWORD, "password", N_("Password"), NULL);
    field->autocomplete = STR("current-password");
    field->is_bare = field->required = true;
    form_field(req, group, FIELD_HIDDEN, "next", NULL, NULL)->value = local_path(next, STR(""));
    form_link(req, &form, N_("I have forgotten my password"), STR("/password/forgotten"));
    form_link(req, &form, N_("I have reported something and want to see my mailbox"),
              STR("/mailbox"));
    form_link(req, &form, N_("We are a developer and want to register in advance"), STR("/join"));
    if (fault)
        form_tell(req, &form, "email", fault);
    return form_send(req, res, &form, err);
}

bool login_show(struct request *req, struct response *res, struct err *err)
{
    if (who_of(req)->needs_second_factor)
        return frame_go(req, res, STR("/login/code"));
    if (who_of(req)->kind == SUBJECT_ACCOUNT)
        return frame_go(req, res, nav_home(req, who_of(req)->roles));
    /* A mailbox is not opened with an account. */
    if (str_starts(request_query(req, "next"), STR("/mailbox")) ||
        str_starts(request_query(req, "next"), STR("/en/mailbox")))
        return frame_go(req, res, STR("/mailbox"));
    return show_login(req, res, NULL, err);
}

/* What a person can mend is said in the form; all else goes on as an error. */
static const char *fault_of(const struct err *why, struct response *res)
{
    if (why->code == ERR_LOGIN_WRONG)
        return err_words(ERR_LOGIN_WRONG);
    if (why->code != ERR_TOO_MANY)
        return NULL;
    res->status = 429;
    return err_words(ERR_TOO_MANY);
}

bool login_try(struct request *req, struct response *res, struct err *err)
{
    struct visit visit = visit_of(req);
    struct err why = { 0 };
    struct str token, next = local_path(request_form(req, "next"), STR(""));
    const char *fault;

    if (!login_password(&desk_of(req)->gate, &visit, request_form(req, "email"),
                        request_form(req, "password"), req->arena, &token, &why)) {
        fault = fault_of(&why, res);
        if (fault)
            return show_login(req, res, fault, err);
        *err = why;
        return PASS(err);
    }
    door_enter(res, token);
    if (next.len == 0)
        return frame_go(req, res, STR("/login/code"));
    {
        struct page *part = page_new(req->arena, (size_t)HTTP_URL_MAX * 4, req->lang, STR_NONE);
        struct html escaped;

        html_url_part(part, next);
        if (!html_done(part, &escaped, err))
            return PASS(err);
        return frame_go(req, res,
                        arena_printf(req->arena, "/login/code?next=%.*s", STR_ARG(escaped.text)));
    }
}

/* ---- the code ---- */
static bool show_code(struct request *req, struct response *res, const char *fault, struct err *err)
{
    struct str next = req->method == METHOD_POST ? request_form(req, "next")
                                                 : request_query(req, "next"),
               secret;
    struct form_view form = {
        .title = say(req, N_("One-time code")),
        .intro = say(req, N_("Please enter the six digits that your authenticator app shows now.")),
        .href = STR("/login/code"),
        .verb = say(req, N_("Continue")),
        .is_box = true,
    };
    struct form_group *group;
    struct field_view *field;

    if (!login_factor(&desk_of(req)->gate, who_of(req), req->now, req->arena, &secret, err))
        return PASS(err);
    if (secret.len > 0) {
        form.title = say(req, N_("Set up the second step of the login"));
        form.intro = say(
            req,
            N_("Besides the password, each login needs a code from an app on your telephone or computer. Scan the picture with an "
               "authenticator app, or type the key into it; then enter the six digits it shows."));
        form.verb = say(req, N_("Set up and log in"));
    }
    group = form_group(req, &form, NULL, NULL);
    field = form_field(req, group, FIELD_DIGITS, "code", N_("One-time code"),
                       N_("Six digits; a new code comes every 30 seconds."));
    field->autocomplete = STR("one-time-code");
    field->is_bare = field->required = true;
    field->value = STR_NONE;
    form_field(req, group, FIELD_HIDDEN, "next", NULL, NULL)->value = local_path(next, STR(""));
    if (fault)
        form_tell(req, &form, "code", fault);
    return enrol_send(req, res, &form, secret, err);
}

bool login_code_show(struct request *req, struct response *res, struct err *err)
{
    return show_code(req, res, NULL, err);
}

bool login_code_try(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct visit visit = visit_of(req);
    struct account *account = NULL;
    struct err why = { 0 };
    struct str token;

    if (!login_code(&desk_of(req)->gate, &visit, who_of(req), request_form(req, "code"), req->arena,
                    &token, &why)) {
        const char *fault = fault_of(&why, res);

        if (fault)
            return show_code(req, res, fault, err);
        *err = why;
        return PASS(err);
    }
    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !account_by_id(tx, who_of(req)->account_id, req->arena, &account, err))
        return PASS(err);
    if (!account)
        return FAIL(err, LOGIN_NEEDED, STR_NONE);
    door_enter(res, token);
    return go_in(req, res, request_form(req, "next"), account);
}

/* ---- once more, before something grave ---- */
static bool show_again(struct request *req, struct response *res, const char *fault,
                       struct err *err)
{
    struct str next =
        req->method == METHOD_POST ? request_form(req, "next") : request_query(req, "next");
    struct form_view form = {
        .title = say(req, N_("Please confirm that it is you")),
        .intro = say(req, N_("What you are about to do needs a login of the last five minutes.")),
        .href = STR("/login/again"),
        .verb = say(req, N_("Confirm")),
        .is_box = true,
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *field =
        form_field(req, group, FIELD_PASSWORD, "password", N_("Password"), NULL);

    field->autocomplete = STR("current-password");
    field->is_bare = field->required = true;
    field = form_field(req, group, FIELD_DIGITS, "code", N_("One-time code"),
                       N_("Six digits; a new code comes every 30 seconds."));
    field->autocomplete = STR("one-time-code");
    field->is_bare = field->required = true;
    field->value = STR_NONE;
    form_field(req, group, FIELD_HIDDEN, "next", NULL, NULL)->value = local_path(next, STR("/me"));
    if (fault)
        form_tell(req, &form, "password", fault);
    return form_send(req, res, &form, err);
}

bool login_again_show(struct request *req, struct response *res, struct err *err)
{
    return show_again(req, res, NULL, err);
}

bool login_again_try(struct request *req, struct response *res, struct err *err)
{
    struct visit visit = visit_of(req);
    struct err why = { 0 };
    struct str token;

    if (!login_again(&desk_of(req)->gate, &visit, who_of(req), request_form(req, "password"),
                     request_form(req, "code"), req->arena, &token, &why)) {
        const char *fault = fault_of(&why, res);

        if (fault)
            return show_again(req, res, fault, err);
        *err = why;
        return PASS(err);
    }
    door_enter(res, token);
    return respond_redirect(res, local_path(request_form(req, "next"), STR("/me")));
}

bool logout(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (who_of(req)->session_id != 0) {
        if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
            !session_end(&(struct deed){ tx, who_of(req), req->now, req->arena },
                         who_of(req)->session_id, err) ||
            !tx_commit(&tx, err))
            return PASS(err);
    }
    door_leave(res);
    return frame_go(req, res,
                    who_of(req)->kind == SUBJECT_FINDER ? STR("/mailbox") : STR("/login"));
}
