#include "faces/desk/access/me.h"

#include "base/err.h"
#include "domain/access/account.h"
#include "domain/access/login.h"
#include "domain/access/session.h"
#include "faces/desk/access/enrol.h"
#include "faces/desk/access/entry.h"
#include "faces/desk/access/events.h"
#include "faces/desk/access/me.html.h"
#include "faces/desk/access/pages.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/frame.h"
#include "faces/http/respond.h"

enum { EVENTS_SHOWN = 20 };

/* clang-format off */
static const struct done done_rows[] = {
    { "profile", N_("Your name and language have been saved."), TONE_GOOD },
    { "password", N_("The new password holds from now on."), TONE_GOOD },
    { "factor", N_("The new second step holds from now on."), TONE_GOOD },
    { "session", N_("The session has been ended."), TONE_GOOD },
    { "sessions", N_("All other sessions have been ended."), TONE_GOOD },
    { "key", N_("The key is used from now on: mails to you are encrypted with it."), TONE_GOOD },
    { "unkey", N_("The key has been removed. Mails to you say nothing but that there is something to read here."), TONE_GOOD },
};
/* clang-format on */

static void add_fact(struct request *req, struct me_view *view, const char *name, struct str value)
{
    VEC_PUSH(req->arena, &view->facts, (struct fact){ .name = say(req, name), .value = value });
}

static void add_act(struct request *req, struct me_view *view, const char *label, struct str href)
{
    VEC_PUSH(req->arena, &view->acts, (struct act){ .label = say(req, label), .href = href });
}

static void fill_account(struct request *req, const struct account *account, struct me_view *view)
{
    struct str key =
        say(req, N_("none; mails to you say nothing but that there is something to read here"));

    if (account->pgp_fingerprint.len > 0)
        key = fingerprint_groups(req->arena, account->pgp_fingerprint);
    add_fact(req, view, N_("Mail address"), account->email);
    add_fact(req, view, N_("Organisation"),
             req->lang == LANG_EN && account->organisation_name_en.len
                 ? account->organisation_name_en
                 : account->organisation_name_ja);
    add_fact(req, view, N_("Role"), roles_text(req, account->roles));
    add_fact(req, view, N_("Last login"),
             account->last_login_at.ms ? tr_instant(req->arena, req->lang, account->last_login_at)
                                       : say(req, N_("this is the first one")));
    add_fact(req, view, N_("PGP key"), key);
    if (account->pgp_fingerprint.len > 0 && account->pgp_confirmed_at.ms == 0)
        view->facts.at[view->facts.len - 1].tag =
            (struct tag_view){ say(req, N_("not confirmed yet")), TONE_WARN };
    else if (account->pgp_fingerprint.len > 0)
        view->facts.at[view->facts.len - 1].tag = key_end_tag(req, account->pgp_expires);
    add_act(req, view, N_("Change the password"), STR("/me/password"));
    add_act(req, view, N_("Set up the second step anew"), STR("/me/factor"));
    add_act(req, view, N_("PGP key"), STR("/me/key"));
    if (account->roles & (ROLE_RB | ROLE_CB))
        add_act(req, view, N_("Absence"), STR("/absence"));
}

static void fill_profile(struct request *req, const struct account *account, const char *fault,
                         struct form_view *form)
{
    struct form_group *group;
    struct field_view *field;
    bool is_new = req->method == METHOD_GET;

    form->href = STR("/me/profile");
    form->verb = say(req, N_("Save"));
    group = form_group(req, form, NULL, NULL);
    field = form_field(req, group, FIELD_TEXT, "name", N_("Your name"), NULL);
    field->required = true;
    field->autocomplete = STR("name");
    if (is_new)
        field->value = account->name;
    field = form_field(req, group, FIELD_SELECT, "lang",
                       N_("Language of mails and of the first page"), NULL);
    field->is_bare = true;
    if (is_new)
        field->value = lang_code(account->lang);
    form_choice(req, field, STR("ja"), STR("日本語"), false);
    form_choice(req, field, STR("en"), STR("English"), false);
    if (fault)
        form_tell(req, form, "name", fault);
}

static bool show(struct request *req, struct response *res, const char *fault, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct desk *desk = desk_of(req);
    struct account *account = NULL;
    struct session_rows sessions = { 0 };
    struct access_events events = { 0 };
    struct me_view view = { 0 };
    struct page *body = frame_page(req);
    struct frame frame = { .title = say(req, N_("Settings")), .is_narrow = true };

    if (!tx_begin(desk->store, TX_READ, &tx, err) ||
        !account_by_id(tx, who_of(req)->account_id, req->arena, &account, err) ||
        !session_list(tx, who_of(req), req->now, &desk->gate.limits, req->arena, &sessions, err) ||
        !access_events(tx, who_of(req)->account_id, 0, EVENTS_SHOWN, req->arena, &events, err))
        return PASS(err);
    if (!account)
        return FAIL(err, LOGIN_NEEDED, STR_NONE);
    fill_account(req, account, &view);
    fill_profile(req, account, fault, &view.profile);
    for (size_t i = 0; i < sessions.len; i++)
        VEC_PUSH(
            req->arena, &view.sessions,
            (struct me_session){ sessions.at[i].public_id, sessions.at[i].agent,
                                 tr_short_instant(req->arena, req->lang, sessions.at[i].created_at),
                                 tr_short_instant(req->arena, req->lang, sessions.at[i].seen_at),
                                 sessions.at[i].is_this });
    events_tell(req, &events, &view);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    if (fault)
        res->status = 422;
    me_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

bool me_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, err);
}

/* One short write transaction for one deed of the reader. */
static bool begin(struct request *req, struct tx **tx, struct deed *deed, struct err *err)
{
    if (!tx_begin(desk_of(req)->store, TX_WRITE, tx, err))
        return PASS(err);
    *deed = (struct deed){ *tx, who_of(req), req->now, req->arena };
    return true;
}

bool me_profile(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str name = str_trim(request_form(req, "name"));
    struct deed deed;
    enum lang lang;

    if (name.len == 0 || str_code_points(name) > ACCOUNT_NAME_MAX || !str_is_plain(name, false))
        return show(req, res, N_("Please enter your name, at most 100 characters."), err);
    if (!lang_from_code(request_form(req, "lang"), &lang))
        return FAIL(err, INPUT, STR("lang"));
    if (!begin(req, &tx, &deed, err) ||
        !account_set_profile(&deed, who_of(req)->account_id, name, lang, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return respond_redirect(res,
                            lang == LANG_EN ? STR("/en/me?done=profile") : STR("/me?done=profile"));
}

/* ---- password ---- */
static bool show_password(struct request *req, struct response *res, const char *fault,
                          struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Change the password")),
        .href = STR("/me/password"),
        .verb = say(req, N_("Change the password")),
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *field = form_field(
        req, group, FIELD_PASSWORD, "password", N_("New password"),
        N_("At least 12 characters of any kind; a sentence of several words is easy to remember."));

    field->autocomplete = STR("new-password");
    field->required = true;
    field = form_field(req, group, FIELD_CHECK, "end_others", N_("End my other sessions"), NULL);
    field->is_bare = true;
    if (req->method == METHOD_GET)
        field->value = STR("1");
    form_link(req, &form, N_("Back to the settings"), STR("/me"));
    if (fault)
        form_tell(req, &form, "password", fault);
    return form_send(req, res, &form, err);
}

bool me_password_show(struct request *req, struct response *res, struct err *err)
{
    return !door_is_fresh(req, res, STR("/me/password")) || show_password(req, res, NULL, err);
}

bool me_password_set(struct request *req, struct response *res, struct err *err)
{
    const char *fault;

    if (!door_is_fresh(req, res, STR("/me/password")))
        return true;
    if (!login_change_password(&desk_of(req)->gate, who_of(req), req->now,
                               request_form(req, "password"),
                               request_form(req, "end_others").len > 0, req->arena, &fault, err))
        return PASS(err);
    return fault ? show_password(req, res, fault, err)
                 : frame_go(req, res, STR("/me?done=password"));
}

/* ---- second factor ---- */
static bool show_factor(struct request *req, struct response *res, const char *fault,
                        struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct form_view form = {
        .title = say(req, N_("Set up the second step of the login")),
        .intro = say(
            req,
            N_("Scan the picture with an authenticator app, or type the key into it; then enter the six digits it shows. "
               "The one in use now works until then.")),
        .href = STR("/me/factor"),
        .verb = say(req, N_("Use this one from now on")),
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *field = form_field(req, group, FIELD_DIGITS, "code", N_("One-time code"),
                                          N_("Six digits; a new code comes every 30 seconds."));
    struct deed deed;
    struct str secret;

    field->autocomplete = STR("one-time-code");
    field->required = true;
    field->value = STR_NONE;
    form_link(req, &form, N_("Back to the settings"), STR("/me"));
    if (fault)
        form_tell(req, &form, "code", fault);
    if (!begin(req, &tx, &deed, err) ||
        !account_factor_begin(&deed, desk_of(req)->vault, who_of(req)->account_id, &secret, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return enrol_send(req, res, &form, secret, err);
}

bool me_factor_show(struct request *req, struct response *res, struct err *err)
{
    return !door_is_fresh(req, res, STR("/me/factor")) || show_factor(req, res, NULL, err);
}

bool me_factor_set(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed;
    bool matched;

    if (!door_is_fresh(req, res, STR("/me/factor")))
        return true;
    if (!begin(req, &tx, &deed, err) ||
        !account_factor_confirm(&deed, desk_of(req)->vault, who_of(req)->account_id,
                                request_form(req, "code"), &matched, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    if (!matched)
        return show_factor(
            req, res,
            N_("This code does not belong to the picture above. Please wait for the next one and try again."),
            err);
    return frame_go(req, res, STR("/me?done=factor"));
}

/* ---- sessions ---- */
bool me_session_end(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed;

    if (!begin(req, &tx, &deed, err) ||
        !session_end_one(&deed, who_of(req)->account_id, request_path(req, "session"), err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, STR("/me?done=session"));
}

bool me_sessions_end(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct deed deed;

    if (!begin(req, &tx, &deed, err) ||
        !session_end_all(&deed, who_of(req)->account_id, who_of(req)->session_id, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, STR("/me?done=sessions"));
}
