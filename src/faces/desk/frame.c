#include "faces/desk/frame.h"

#include "base/err.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/frame.html.h"
#include "faces/desk/frame_view.h"
#include "faces/desk/nav.h"
#include "faces/html/layout.html.h"
#include "faces/http/accept.h"
#include "faces/http/respond.h"

enum { PAGE_MAX = 4 << 20, LINK_MAX = 2 * HTTP_URL_MAX, IDLE_WARNING_SECONDS = 120 };

struct str say(const struct request *req, const char *msgid) { return tr(req->lang, msgid); }

struct page *frame_page(struct request *req)
{
    return page_new(req->arena, PAGE_MAX, req->lang, req->form_token);
}

struct str frame_role(const struct request *req)
{
    const struct subject *who = who_of(req);

    if (who->kind == SUBJECT_FINDER)
        return say(req, N_("Finder"));
    if (who->kind == SUBJECT_OPERATOR) /* its name says it */
        return STR_NONE;
    for (const struct role_word *word = role_words; word->role; word++) {
        if (who->roles & word->role)
            return say(req, word->words);
    }
    return STR_NONE;
}

static struct layout_view view_of(struct request *req, const struct frame *frame, struct html body)
{
    const struct subject *who = who_of(req);
    const struct settings *settings = desk_of(req)->settings;
    bool is_in = who->session_id != 0;
    struct layout_view view = {
        .title = frame->title,
        .body = body,
        .crumbs = frame->crumbs,
        .flash = frame->flash,
        .is_narrow = frame->is_narrow,
        .is_secret = true,
        .tour_href = desk_of(req)->is_demonstration ? STR("/tour") : STR_NONE,
        .other_language_href = request_in(req, req->lang == LANG_JA ? LANG_EN : LANG_JA),
        .operator_name =
            req->lang == LANG_JA ? settings->publisher_name_ja : settings->publisher_name_en,
    };

    if (is_in) {
        view.nav = nav_for(req);
        view.user_name = who->kind == SUBJECT_FINDER     ? say(req, N_("Mailbox"))
                         : who->kind == SUBJECT_OPERATOR ? say(req, N_("Operator of the website"))
                                                         : who->name;
        view.role_name = frame_role(req);
        view.logout_href = STR("/logout");
        view.account_href = who->kind == SUBJECT_ACCOUNT ? STR("/me") : STR_NONE;
        view.idle_warning =
            arena_printf(req->arena, "%lld",
                         (long long)settings->session_idle_minutes * 60 - IDLE_WARNING_SECONDS);
    }
    return view;
}

bool frame_send(struct request *req, struct response *res, struct page *body,
                const struct frame *frame, struct err *err)
{
    struct page *whole = page_new(req->arena, (size_t)PAGE_MAX * 2, req->lang, req->form_token);
    struct layout_view view;
    struct html html;

    if (!html_done(body, &html, err))
        return PASS(err);
    view = view_of(req, frame, html);
    (void)desk_layout(whole, &view);
    if (!html_done(whole, &html, err))
        return PASS(err);
    return respond_html(res, html);
}

bool frame_go(struct request *req, struct response *res, struct str path)
{
    return respond_redirect(
        res, arena_printf(req->arena, "%.*s%.*s", STR_ARG(req->base), STR_ARG(path)));
}

static bool is_field(struct str pair, const char *name)
{
    return str_eq_z(str_take(pair, str_index(pair, '=')), name);
}

struct str frame_here(const struct request *req, const char *field, struct str value)
{
    struct buf buf = buf_new(req->arena, LINK_MAX);
    struct str rest = req->query_text, pair;

    buf_printf(&buf, "%.*s?%s=%.*s", STR_ARG(req->path), field, STR_ARG(value));
    while (rest.len > 0 && str_split(&rest, '&', &pair)) {
        if (pair.len == 0 || is_field(pair, field) || is_field(pair, "page"))
            continue;
        buf_byte(&buf, '&');
        buf_add(&buf, pair);
    }
    return buf_str(&buf);
}

void frame_crumb(struct request *req, struct frame *frame, const char *label, struct str href)
{
    VEC_PUSH(req->arena, &frame->crumbs, (struct crumb){ say(req, label), href });
}

void frame_done(struct request *req, struct frame *frame, const struct done *rows, size_t count)
{
    struct str code = request_query(req, "done");

    for (size_t i = 0; i < count; i++) {
        if (code.len > 0 && str_eq_z(code, rows[i].code))
            frame->flash =
                (struct flash_view){ .tone = rows[i].tone, .words = say(req, rows[i].words) };
    }
}

/* ---- errors ---- */
static const char *title_of(int status)
{
    switch (status) {
    case 401:
        return N_("Please log in");
    case 403:
        return N_("This is not allowed");
    case 404:
        return N_("There is no such page");
    case 409:
        return N_("Something has changed in the meantime");
    case 413:
        return N_("This is too large");
    case 422:
        return N_("Please check what you entered");
    case 429:
        return N_("Too many attempts");
    case 503:
        return N_("This does not work at the moment");
    default:
        return status < 500 ? N_("This request cannot be carried out") : N_("Something went wrong");
    }
}

static void show_error(struct request *req, const struct err *why, struct response *res)
{
    struct err err = { 0 };
    struct page *body = frame_page(req);
    struct error_view view = {
        .title = say(req, title_of(err_http_status(why->code))),
        .words = respond_words(req->arena, req->lang, why),
        .request_id = req->id,
        .is_login = why->code == ERR_LOGIN_NEEDED,
    };
    struct frame frame = { .title = view.title, .is_narrow = true };

    (void)error_page(body, &view);
    res->status = err_http_status(why->code);
    if (!frame_send(req, res, body, &frame, &err))
        (void)respond_problem(res, req, why);
}

static void tell_program(struct request *req, const struct err *why, struct response *res)
{
    accept_language(req);
    if (why->code == ERR_TOKEN)
        response_header(res, "WWW-Authenticate", STR("Bearer realm=\"noroshi\""));
    (void)respond_problem(res, req, why);
}

void frame_error(struct request *req, const struct err *why, struct response *res)
{
    if (door_is_interface(req)) {
        tell_program(req, why, res);
        return;
    }
    show_error(req, why, res);
}
