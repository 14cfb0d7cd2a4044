/* The administrator's pages: bodies, accounts, roles. No cases. */
#include "faces/desk/access/people.h"

#include "base/err.h"
#include "base/log.h"
#include "domain/access/invitation.h"
#include "domain/access/session.h"
#include "faces/desk/access/events.h"
#include "faces/desk/access/pages.h"
#include "faces/desk/access/people.html.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/frame.h"
#include "faces/desk/sheet.h"
#include "faces/http/respond.h"

enum { EVENTS_SHOWN = 30, EVENTS_ALL = 200 };

/* clang-format off */
static const struct done done_rows[] = {
    { "roles", N_("The roles have been changed; the person logs in anew."), TONE_GOOD },
    { "disabled", N_("The account is disabled, and its sessions have ended."), TONE_GOOD },
    { "enabled", N_("The account is enabled again."), TONE_GOOD },
    { "factor", N_("The second step is taken away; the next login sets up a new one."), TONE_GOOD },
    { "invited", N_("An invitation is on its way by mail. It holds for 72 hours and works once."), TONE_GOOD },
};
/* clang-format on */

struct str roles_text(struct request *req, unsigned roles)
{
    struct str text = STR("");

    for (const struct role_word *word = role_words; word->role; word++) {
        if (roles & word->role)
            text = arena_printf(req->arena, "%.*s%s%.*s", STR_ARG(text), text.len ? " / " : "",
                                STR_ARG(say(req, word->words)));
    }
    return text.len ? text : STR("–");
}

/* "rb admin": as the command line gives them. */
static struct str roles_code(struct request *req, unsigned roles)
{
    struct buf out = buf_new(req->arena, 256);

    for (const struct role_word *word = role_words; word->role; word++) {
        if (roles & word->role)
            buf_printf(&out, "%s%s", buf_str(&out).len ? " " : "", word->name);
    }
    return buf_str(&out);
}

const char *organisation_kind_words(struct str kind)
{
    /* clang-format off */
    static const struct {
        const char *kind, *words;
    } rows[] = {
        { "RB", N_("Receiving body") },     { "CB", N_("Coordinating body") },          { "PD", N_("Product developer") },
        { "FB", N_("Foreign coordinating body") }, { "AN", N_("Third party asked to analyse") }, { "CI", N_("Critical infrastructure operator") },
        { "PC", N_("Publication judgement committee") }, { "WO", N_("Website operator") }, { "PU", N_("Product user") },
    };
    /* clang-format on */

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq_z(kind, rows[i].kind))
            return rows[i].words;
    }
    return "";
}

static struct tag_view state_tag(const struct request *req, enum account_state state)
{
    static const enum tone tones[ACCOUNT_STATES] = { TONE_WARN, TONE_GOOD, TONE_BAD };

    return (struct tag_view){ say(req, account_state_words(state)), tones[state] };
}

struct tag_view key_end_tag(const struct request *req, struct utc expires)
{
    switch (account_key_end(expires, req->now)) {
    case KEY_ENDS_SOON:
        return (
            struct tag_view){ tr_fill(req->arena, req->lang, N_("expires on {date}"),
                                      TR_ARGS({ "date", tr_date(req->arena, req->lang, expires) })),
                              TONE_WARN };
    case KEY_HAS_ENDED:
        return (
            struct tag_view){ tr_fill(req->arena, req->lang, N_("expired on {date}"),
                                      TR_ARGS({ "date", tr_date(req->arena, req->lang, expires) })),
                              TONE_BAD };
    default:
        return (struct tag_view){ STR_NONE, TONE_NEUTRAL };
    }
}

static void tell(struct request *req, const struct accounts *accounts, bool has_links,
                 struct person_rows *out)
{
    for (size_t i = 0; i < accounts->len; i++) {
        const struct account *a = &accounts->at[i];

        VEC_PUSH(
            req->arena, out,
            (struct person_row){
                .href = has_links ? arena_printf(req->arena, "/people/%.*s", STR_ARG(a->public_id))
                                  : STR_NONE,
                .name = a->name,
                .email = a->email,
                .roles = roles_text(req, a->roles),
                .key = a->pgp_confirmed_at.ms ? fingerprint_groups(req->arena, a->pgp_fingerprint)
                                              : STR("–"),
                .key_end = a->pgp_confirmed_at.ms ? key_end_tag(req, a->pgp_expires)
                                                  : (struct tag_view){ STR_NONE, TONE_NEUTRAL },
                .last_login = a->last_login_at.ms
                                  ? tr_short_instant(req->arena, req->lang, a->last_login_at)
                                  : STR("–"),
                .roles_code = roles_code(req, a->roles),
                .login_code =
                    a->last_login_at.ms ? utc_iso(req->arena, a->last_login_at) : STR_NONE,
                .state = state_tag(req, a->state),
                .state_code = account_state_name(a->state),
            });
    }
}

void people_tell(struct request *req, struct tx *tx, int64_t organisation_id, bool has_links,
                 struct person_rows *out)
{
    struct accounts accounts = { 0 };
    struct err err = { 0 };

    /* The page is worth showing without them; the log has the reason. */
    if (!account_list(tx, organisation_id, req->arena, &accounts, &err))
        log_error("people", req->id, &err);
    tell(req, &accounts, has_links, out);
}

static bool tell_bodies(struct request *req, struct tx *tx, const char *kind,
                        struct people_view *view, struct err *err)
{
    struct organisation_filter filter = { .kind = str_from_z(kind) };
    struct organisation_rows rows = { 0 };

    if (!organisation_list(tx, &filter, req->arena, &rows, err))
        return PASS(err);
    for (size_t i = 0; i < rows.len; i++) {
        struct organisation *body = NULL;

        if (!organisation_by_id(tx, rows.at[i].id, req->arena, &body, err))
            return PASS(err);
        VEC_PUSH(req->arena, &view->bodies,
                 (struct body_row){
                     arena_printf(req->arena, "/developers/%.*s", STR_ARG(rows.at[i].public_id)),
                     organisation_title(req, rows.at[i].name_ja, rows.at[i].name_en),
                     say(req, organisation_kind_words(str_from_z(kind))),
                     body && body->values.designation_basis.len ? body->values.designation_basis
                                                                : STR("–") });
    }
    return true;
}

/* clang-format off */
static const struct sheet_column person_columns[] = {
    SHEET_COLUMN(struct person_row, name, N_("Name")),
    SHEET_COLUMN(struct person_row, email, N_("Mail address")),
    SHEET_CODED("role", struct person_row, roles, roles_code, N_("Role")),
    SHEET_CODED("account", struct person_row, state, state_code, N_("Account")),
    SHEET_FIELD("pgp_key", struct person_row, key, N_("PGP key")),
    SHEET_CODED("last_login", struct person_row, last_login, login_code, N_("Last login")),
};
/* clang-format on */

bool people_list(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct accounts accounts = { 0 };
    struct people_view view = { 0 };
    struct page *body = frame_page(req);
    struct frame frame = { .title = say(req, N_("People")) };
    enum sheet_format format;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !tell_bodies(req, tx, "RB", &view, err) || !tell_bodies(req, tx, "CB", &view, err) ||
        !account_list(tx, 0, req->arena, &accounts, err))
        return PASS(err);
    tell(req, &accounts, true, &view.people);
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("people", person_columns, view.people), false,
                          err)
                   ? true
                   : PASS(err);
    view.file = sheet_links(req);
    VEC_PUSH(req->arena, &view.acts,
             (struct act){ .label = say(req, N_("What happened lately")),
                           .href = STR("/people/events") });
    people_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

/* clang-format off */
static const struct sheet_column event_columns[] = {
    SHEET_CODED("at", struct me_event, at, at_code, N_("When")),
    SHEET_CODED("what", struct me_event, what, kind, N_("What")),
    SHEET_FIELD("about", struct me_event, whom, N_("About whom")),
    SHEET_FIELD("by", struct me_event, who, N_("By whom")),
    SHEET_COLUMN(struct me_event, detail, N_("Detail")),
};
/* clang-format on */

bool people_events(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct access_events events = { 0 };
    struct me_view view = { 0 };
    struct page *body = frame_page(req);
    struct frame frame = { .title = say(req, N_("What happened to accounts and organisations")) };
    enum sheet_format format;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !access_events(tx, 0, 0, EVENTS_ALL, req->arena, &events, err))
        return PASS(err);
    events_tell(req, &events, &view);
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("events", event_columns, view.events), false, err)
                   ? true
                   : PASS(err);
    view.file = sheet_links(req);
    frame_crumb(req, &frame, N_("People"), STR("/people"));
    frame_crumb(req, &frame, N_("What happened lately"), STR_NONE);
    people_events_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

/* ---- one person ---- */
static bool find(struct request *req, struct tx *tx, struct account **account, struct err *err)
{
    if (!account_by_public_id(tx, request_path(req, "id"), req->arena, account, err))
        return PASS(err);
    return *account ? true : FAIL(err, ABSENT, STR("account"));
}

static void add_post(struct request *req, struct person_view *view, const struct account *account,
                     const char *label, const char *verb, const char *help, enum look look)
{
    VEC_PUSH(req->arena, &view->acts,
             (struct act){ .label = say(req, label),
                           .href = arena_printf(req->arena, "/people/%.*s/%s",
                                                STR_ARG(account->public_id), verb),
                           .look = look,
                           .posts = true,
                           .help = say(req, help) });
}

static void tell_acts(struct request *req, const struct account *account, struct person_view *view)
{
    if (account->state == ACCOUNT_INVITED)
        add_post(req, view, account, N_("Send a new invitation"), "invite",
                 N_("The earlier link ends."), LOOK_GO);
    if (account->state != ACCOUNT_DISABLED)
        add_post(req, view, account, N_("Disable the account"), "disable",
                 N_("All sessions end at once."), LOOK_BAD);
    else
        add_post(req, view, account, N_("Enable the account again"), "enable",
                 N_("Password and second step hold as before."), LOOK_GO);
    if (account->has_factor)
        add_post(req, view, account, N_("Take away the second step"), "factor",
                 N_("Only after you have made sure who asks for it."), LOOK_BAD);
}

static void tell_roles(struct request *req, const struct account *account, unsigned giveable,
                       struct form_view *form)
{
    struct form_group *group = form_group(req, form, NULL, NULL);
    struct field_view *field = form_field(req, group, FIELD_CHECKS, "roles", N_("Role"), NULL);

    form->href = arena_printf(req->arena, "/people/%.*s/roles", STR_ARG(account->public_id));
    form->verb = say(req, N_("Change the roles"));
    field->is_bare = true;
    for (const struct role_word *word = role_words; word->role; word++) {
        if (giveable & word->role)
            form_choice(req, field, str_from_z(word->name), say(req, word->words),
                        (account->roles & word->role) != 0);
    }
    form_field(req, group, FIELD_HIDDEN, "version", NULL, NULL)->value =
        arena_printf(req->arena, "%lld", (long long)account->version);
}

bool person_show(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct account *account = NULL;
    struct access_events events = { 0 };
    struct person_view view = { 0 };
    struct page *body = frame_page(req);
    struct frame frame = { .is_narrow = true };
    unsigned giveable;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) || !find(req, tx, &account, err) ||
        !access_events(tx, account->id, 0, EVENTS_SHOWN, req->arena, &events, err))
        return PASS(err);
    giveable =
        account_roles_to_give(who_of(req), account->organisation_kind, account->organisation_id);
    view.title = frame.title = account->name;
    VEC_PUSH(req->arena, &view.facts,
             (struct fact){ .name = say(req, N_("Mail address")), .value = account->email });
    VEC_PUSH(req->arena, &view.facts,
             (struct fact){ .name = say(req, N_("Organisation")),
                            .value = organisation_title(req, account->organisation_name_ja,
                                                        account->organisation_name_en),
                            .href = arena_printf(req->arena, "/developers/%.*s",
                                                 STR_ARG(account->organisation_public_id)) });
    VEC_PUSH(
        req->arena, &view.facts,
        (struct fact){ .name = say(req, N_("Role")), .value = roles_text(req, account->roles) });
    VEC_PUSH(
        req->arena, &view.facts,
        (struct fact){ .name = say(req, N_("Account")), .tag = state_tag(req, account->state) });
    VEC_PUSH(req->arena, &view.facts,
             (struct fact){ .name = say(req, N_("Last login")),
                            .value = account->last_login_at.ms
                                         ? tr_instant(req->arena, req->lang, account->last_login_at)
                                         : STR("–") });
    if (giveable && account->id != who_of(req)->account_id) {
        tell_acts(req, account, &view);
        tell_roles(req, account, giveable, &view.roles);
    }
    events_tell(req, &events, &view.events);
    frame_crumb(req, &frame, N_("People"), STR("/people"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ account->name, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    person_page(body, &view);
    return frame_send(req, res, body, &frame, err);
}

/* Each of these asks for a fresh login: they change what others may do (C06). */
static bool begin(struct request *req, struct tx **tx, struct account **account, struct deed *deed,
                  struct err *err)
{
    if (!tx_begin(desk_of(req)->store, TX_WRITE, tx, err) || !find(req, *tx, account, err))
        return PASS(err);
    *deed = (struct deed){ *tx, who_of(req), req->now, req->arena };
    return true;
}

static struct str page_of(struct request *req, const char *done)
{
    return arena_printf(req->arena, "/people/%.*s%s%s", STR_ARG(request_path(req, "id")),
                        done ? "?done=" : "", done ? done : "");
}

bool person_roles(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct account *account = NULL;
    struct deed deed;
    unsigned roles = 0, giveable;

    if (!door_is_fresh(req, res, page_of(req, NULL)))
        return true;
    if (!begin(req, &tx, &account, &deed, err) ||
        !str_to_int(request_form(req, "version"), 1, INT64_MAX, &account->version, err))
        return PASS(err);
    giveable =
        account_roles_to_give(who_of(req), account->organisation_kind, account->organisation_id);
    for (size_t i = 0; i < request_form_count(req, "roles"); i++) {
        for (const struct role_word *word = role_words; word->role; word++) {
            if (str_eq_z(request_form_nth(req, "roles", i), word->name))
                roles |= word->role;
        }
    }
    if (!account_set_roles(&deed, account, roles | (account->roles & ~giveable), err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, page_of(req, "roles"));
}

static bool set_disabled(struct request *req, struct response *res, bool disabled, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct account *account = NULL;
    struct deed deed;

    if (!door_is_fresh(req, res, page_of(req, NULL)))
        return true;
    if (!begin(req, &tx, &account, &deed, err) ||
        !account_set_disabled(&deed, account, disabled, err) || !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, page_of(req, disabled ? "disabled" : "enabled"));
}

bool person_disable(struct request *req, struct response *res, struct err *err)
{
    return set_disabled(req, res, true, err);
}

bool person_enable(struct request *req, struct response *res, struct err *err)
{
    return set_disabled(req, res, false, err);
}

bool person_factor_reset(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct account *account = NULL;
    struct deed deed;

    if (!door_is_fresh(req, res, page_of(req, NULL)))
        return true;
    if (!begin(req, &tx, &account, &deed, err) || !account_factor_reset(&deed, account, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, page_of(req, "factor"));
}

bool person_invite(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct account *account = NULL;
    struct deed deed;
    struct str token;

    if (!begin(req, &tx, &account, &deed, err))
        return PASS(err);
    if (account->state != ACCOUNT_INVITED ||
        !account_roles_to_give(who_of(req), account->organisation_kind, account->organisation_id))
        return FAIL(err, FORBIDDEN, STR("account"));
    if (!invitation_send(&deed, desk_of(req)->vault, account, INVITATION_INVITE, &token, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, page_of(req, "invited"));
}
