#include "faces/desk/connections/tokens.h"

#include "base/err.h"
#include "domain/access/token.h"
#include "faces/desk/connections/connections.html.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/frame.h"
#include <string.h>

static const int64_t days[] = { 30, 90, 180, 365 };

/* clang-format off */
static const struct {
    const char *subject, *field, *words;
} why_not[] = {
    { "name",   "name",  N_("Please say which program gets it, in at most 60 characters.") },
    { "scope",  "scope", N_("Only a manager's token can answer.") },
    { "days",   "days",  N_("Please choose how long it is valid.") },
    { "tokens", "name",  N_("You have as many tokens as anybody may have. Please end one that is no longer used.") },
};
/* clang-format on */

/* ---- the list ---- */

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_FIELD("program", struct token_line, name, N_("Program")),
    SHEET_FIELD("speaks_for", struct token_line, owner, N_("Speaks for")),
    SHEET_CODED("may", struct token_line, scope, scope_code, N_("May")),
    SHEET_CODED("made_at", struct token_line, made, made_code, N_("Made")),
    SHEET_CODED("last_used_at", struct token_line, used, used_code, N_("Last use")),
    SHEET_CODED("valid_until", struct token_line, until, until_code, N_("Valid until")),
    SHEET_CODED("state", struct token_line, state, state_code, N_("State")),
};
/* clang-format on */

static void fill_state(const struct request *req, const struct token_row *t,
                       struct token_line *line)
{
    line->state = (struct tag_view){ say(req, N_("In use")), TONE_GOOD };
    line->state_code = STR("in_use");
    if (t->ended_at.ms) {
        line->state = (struct tag_view){ say(req, N_("Ended")), TONE_NEUTRAL };
        line->state_code = STR("ended");
    } else if (t->expires_at.ms <= req->now.ms) {
        line->state = (struct tag_view){ say(req, N_("Expired")), TONE_NEUTRAL };
        line->state_code = STR("expired");
    }
}

bool tokens_fill(struct request *req, struct tx *tx, struct connections_view *v, struct err *err)
{
    struct token_rows rows;

    if (!token_list(tx, who_of(req), req->now, req->arena, &rows, err))
        return PASS(err);
    for (size_t i = 0; i < rows.len; i++) {
        const struct token_row *t = &rows.at[i];
        struct token_line line = {
            .name = t->name,
            .owner = t->owner_name,
            .scope = t->may_write ? say(req, N_("Reads and answers")) : say(req, N_("Reads")),
            .made = tr_date(req->arena, req->lang, t->created_at),
            .used = t->used_at.ms ? tr_short_instant(req->arena, req->lang, t->used_at)
                                  : say(req, N_("Never")),
            .until = tr_date(req->arena, req->lang, t->expires_at),
            .scope_code = t->may_write ? STR("write") : STR("read"),
            .made_code = utc_iso(req->arena, t->created_at),
            .used_code = t->used_at.ms ? utc_iso(req->arena, t->used_at) : STR_NONE,
            .until_code = utc_iso(req->arena, t->expires_at),
        };

        fill_state(req, t, &line);
        if (!t->ended_at.ms && t->expires_at.ms > req->now.ms)
            line.end_href =
                arena_printf(req->arena, "/connections/tokens/%.*s/end", STR_ARG(t->public_id));
        VEC_PUSH(req->arena, &v->tokens, line);
    }
    v->tokens_file = sheet_links(req);
    v->no_tokens = (struct empty_view){ .title = say(req, N_("There is no token yet")) };
    v->make = (struct act){ .label = say(req, N_("Make a token")),
                            .href = STR("/connections/tokens/new"),
                            .look = LOOK_GO };
    return true;
}

bool tokens_send(struct request *req, struct response *res, enum sheet_format format,
                 const struct connections_view *v, struct err *err)
{
    return sheet_send(req, res, format, SHEET("tokens", columns, v->tokens), false, err)
               ? true
               : PASS(err);
}

/* ---- a new one ---- */

static bool show_form(struct request *req, struct response *res, const struct err *fault,
                      struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Make a token")),
        .intro = say(
            req,
            N_("Give every program a token of its own, so that you can end one without the others. You are told by mail.")),
        .href = STR("/connections/tokens"),
        .verb = say(req, N_("Make the token and show it once"))
    };
    struct form_group *group = form_group(req, &form, NULL, NULL);
    struct field_view *f = form_field(req, group, FIELD_TEXT, "name", N_("Program"),
                                      N_("Example: our tracker, production"));
    bool is_manager = who_of(req)->roles & ROLE_PM, writes;

    f->required = true;
    f->max_length = TOKEN_NAME_MAX;
    f = form_field(req, group, FIELD_RADIO, "scope", N_("What it may do"), NULL);
    f->required = true;
    writes = str_eq(f->value, STR("write"));
    form_choice(req, f, STR("read"), say(req, N_("Read your cases, messages and files")), !writes);
    if (is_manager)
        form_choice(req, f, STR("write"), say(req, N_("Also answer, write messages and add files")),
                    writes);
    f = form_field(req, group, FIELD_SELECT, "days", N_("Valid for"), NULL);
    f->required = true;
    for (size_t i = 0; i < COUNT(days); i++)
        form_choice(req, f, arena_printf(req->arena, "%lld", (long long)days[i]),
                    tr_fill(req->arena, req->lang, N_("{count} days"),
                            TR_ARGS({ "count", tr_number(req->arena, days[i]) })),
                    days[i] == 90);
    form_link(req, &form, N_("Back to the connections"), STR("/connections"));
    for (size_t i = 0; fault && i < COUNT(why_not); i++) {
        if (strcmp(why_not[i].subject, fault->subject) == 0)
            form_tell(req, &form, why_not[i].field, why_not[i].words);
    }
    return form_send(req, res, &form, err);
}

bool token_new_show(struct request *req, struct response *res, struct err *err)
{
    return !door_is_fresh(req, res, STR("/connections/tokens/new")) ||
           show_form(req, res, NULL, err);
}

static bool make(struct request *req, struct str *token, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct token_new values = { .name = str_trim(request_form(req, "name")),
                                .may_write = str_eq(request_form(req, "scope"), STR("write")) };
    struct err why = { 0 };

    if (!str_to_int(request_form(req, "days"), 1, TOKEN_DAYS_MAX, &values.days, &why))
        return FAIL(err, INPUT, STR("days"));
    return tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) &&
                   token_make(&(struct deed){ tx, who_of(req), req->now, req->arena }, &values,
                              token, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool token_new_post(struct request *req, struct response *res, struct err *err)
{
    struct secret_view v = {
        .title = say(req, N_("Your new token")),
        .why = say(
            req,
            N_("This is the only time it is shown: give it to your program now. Whoever has it can read your cases, so keep it as you keep a password.")),
        .back = { say(req, N_("Back to the connections")), STR("/connections") }
    };
    struct frame frame = { .title = v.title, .is_narrow = true };
    struct page *body = frame_page(req);
    struct err why = { 0 };

    if (!door_is_fresh(req, res, STR("/connections/tokens/new")))
        return true;
    if (!make(req, &v.secret, &why)) {
        if (why.code == ERR_INPUT)
            return show_form(req, res, &why, err);
        *err = why;
        return PASS(err);
    }
    v.example = arena_printf(req->arena,
                             "curl -H 'Authorization: Bearer TOKEN' %.*s/api/v1/developer/cases",
                             STR_ARG(desk_of(req)->settings->desk_url));
    secret_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

/* ---- its end ---- */

static bool name_of(struct request *req, struct str *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct token_rows rows;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !token_list(tx, who_of(req), req->now, req->arena, &rows, err))
        return PASS(err);
    for (size_t i = 0; i < rows.len; i++) {
        *out = rows.at[i].name;
        if (!rows.at[i].ended_at.ms && str_eq(rows.at[i].public_id, request_path(req, "token")))
            return true;
    }
    return FAIL(err, ABSENT, STR("a token"));
}

bool token_end_show(struct request *req, struct response *res, struct err *err)
{
    struct confirm_view v = {
        .title = say(req, N_("End this token?")),
        .href = arena_printf(req->arena, "/connections/tokens/%.*s/end",
                             STR_ARG(request_path(req, "token"))),
        .verb = say(req, N_("End the token")),
        .back_href = STR("/connections"),
        .is_dangerous = true,
    };
    struct frame frame = { .title = v.title, .is_narrow = true };
    struct page *body = frame_page(req);
    struct str name;

    if (!name_of(req, &name, err))
        return PASS(err);
    VEC_PUSH(req->arena, &v.consequences,
             tr_fill(req->arena, req->lang,
                     N_("The program \"{name}\" is refused from its next request on."),
                     TR_ARGS({ "name", name })));
    VEC_PUSH(req->arena, &v.consequences, say(req, N_("Whose token it is, is told by mail.")));
    question_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

bool token_end_post(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !token_end(&(struct deed){ tx, who_of(req), req->now, req->arena },
                   request_path(req, "token"), err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, STR("/connections?done=token_ended"));
}
