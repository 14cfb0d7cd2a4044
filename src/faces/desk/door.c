#include "faces/desk/door.h"

#include "base/err.h"
#include "domain/access/session.h"
#include "domain/access/token.h"
#include "faces/desk/context.h"
#include "faces/desk/frame.h"
#include "faces/http/accept.h"
#include "faces/http/rate.h"
#include "faces/http/respond.h"

/* clang-format off */
static const struct {
    unsigned permission, roles;
} grants[] = {
    { MAY_FINDER,     ROLE_FINDER },
    { MAY_OPERATE,    ROLE_OPERATOR },
    { MAY_RECEIVE,    ROLE_RB },
    { MAY_COORDINATE, ROLE_CB },
    { MAY_BODIES,     ROLE_RB | ROLE_CB },
    { MAY_DEVELOP,    ROLE_PM },
    { MAY_FOLLOW,     ROLE_PM | ROLE_PD },
    { MAY_CASES,      ROLE_RB | ROLE_CB | ROLE_PM | ROLE_PD },
    { MAY_ADMINISTER, ROLE_ADMIN },
    { MAY_AUDIT,      ROLE_AUDITOR },
    { MAY_LIST,       ROLE_RB | ROLE_CB | ROLE_ADMIN },
    { MAY_BE_PROVIDED, ROLE_CI },
    { MAY_ANALYSE,    ROLE_AN },
    { MAY_REFER,      ROLE_PM | ROLE_RB },
    { MAY_EXCHANGE,   ROLE_FB },
    { MAY_NOTICE,     ROLE_CB | ROLE_FB },
    { MAY_JUDGE,      ROLE_PC },
    { MAY_FOLLOW_JUDGEMENTS, ROLE_RB | ROLE_CB | ROLE_PC },
    { MAY_TRACK,      ROLE_PM | ROLE_PD },
    { MAY_ANSWER,     ROLE_PM },
};
/* clang-format on */

bool door_allows(const struct subject *who, unsigned permission)
{
    if (permission == MAY_ANYONE)
        return true;
    if (permission == MAY_HALFWAY)
        return who->needs_second_factor;
    if (permission == MAY_LOGGED_IN)
        return who->kind == SUBJECT_ACCOUNT;
    for (size_t i = 0; i < COUNT(grants); i++) {
        if (grants[i].permission == permission)
            return (who->roles & grants[i].roles) != 0;
    }
    return false;
}

enum may door_may(const struct request *req, unsigned permission)
{
    const struct subject *who = who_of(req);

    if (permission == MAY_ANSWER && !who->may_write)
        return MAY_NOT_DO;
    if (door_allows(who, permission))
        return MAY_YES;
    return who->kind == SUBJECT_NOBODY ? MAY_LOGIN : MAY_NOT_SEE;
}

/* The token of a visitor's forms: whoever cannot read the cookie cannot make it. */
static struct str visitor_token(const struct request *req, struct str cookie)
{
    struct hash hash = hash_keyed(&desk_of(req)->vault->lookups,
                                  arena_printf(req->arena, "visitor's form %.*s", STR_ARG(cookie)));

    return hash_hex(hash, req->arena);
}

static bool identify_person(struct request *req, struct err *err)
{
    struct subject *who = ARENA_NEW(req->arena, struct subject);
    struct str visit = request_cookie(req, DOOR_VISIT_COOKIE);

    if (!session_find(&desk_of(req)->gate, request_cookie(req, DOOR_COOKIE), req->now, req->arena,
                      who, err))
        return PASS(err);
    req->subject = who;
    if (who->session_id != 0)
        req->form_token = who->form_token;
    else if (visit.len > 0)
        req->form_token = visitor_token(req, visit);
    return true;
}

/* ---- programs ---- */

static bool is_for_programs(const struct request *req)
{
    return req->route->may == MAY_TRACK || req->route->may == MAY_ANSWER;
}

bool door_is_interface(const struct request *req) { return str_starts(req->path, STR("/api/")); }

/* One bucket for each token; wrong ones share that of where they come from. Asked once a request. Rule: C55 */
static bool is_in_time(struct request *req, const struct subject *who, struct err *err)
{
    struct rate *rate = desk_of(req)->programs;
    struct str key = who->kind == SUBJECT_ACCOUNT
                         ? arena_printf(req->arena, "token %lld", (long long)who->token_id)
                         : address_block(req->arena, req->peer_address);

    return !rate || req->subject || rate_take(rate, key, req->now, &req->wait_seconds)
               ? true
               : FAIL(err, TOO_MANY, STR("requests"));
}

/* By the token alone: a cookie that comes along is not looked at. */
static bool identify_program(struct request *req, struct err *err)
{
    struct subject *who = ARENA_NEW(req->arena, struct subject);
    struct str sent = request_header(req, "Authorization"),
               token = str_eq_nocase(str_take(sent, 7), STR("Bearer "))
                           ? str_trim(str_drop(sent, 7))
                           : STR_NONE;

    if (!token_find(&desk_of(req)->gate, token, req->now, req->arena, who, err) ||
        !is_in_time(req, who, err))
        return PASS(err);
    if (who->kind == SUBJECT_NOBODY)
        return FAIL(err, TOKEN, STR_NONE);
    req->subject = who;
    return true;
}

bool door_identify(struct request *req, struct err *err)
{
    if (door_is_interface(req))
        accept_language(req);
    return is_for_programs(req) ? identify_program(req, err) : identify_person(req, err);
}

void door_visitor(struct request *req, struct response *res)
{
    struct str visit;

    if (req->form_token.len > 0)
        return;
    visit = random_token(req->arena);
    response_cookie(res, DOOR_VISIT_COOKIE, visit, 0);
    req->form_token = visitor_token(req, visit);
}

void door_enter(struct response *res, struct str token)
{
    response_cookie(res, DOOR_COOKIE, token, 0);
}

void door_leave(struct response *res)
{
    response_cookie_end(res, DOOR_COOKIE);
    res->clear_site = true;
}

bool door_is_fresh(struct request *req, struct response *res, struct str back)
{
    if (session_is_strong(who_of(req), req->now))
        return true;
    (void)frame_go(
        req, res,
        arena_printf(req->arena, "/login/again?next=%.*s%.*s", STR_ARG(req->base), STR_ARG(back)));
    return false;
}

const struct hooks desk_hooks = {
    .identify = door_identify,
    .may = door_may,
    .render_error = frame_error,
    .login_path = "/login",
};
