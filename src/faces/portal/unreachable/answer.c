#include "faces/portal/unreachable/answer.h"

#include "base/err.h"
#include "base/log.h"
#include "base/record.h"
#include "domain/casework/unreachable.h"
#include "faces/http/rate.h"
#include "faces/portal/frame.h"
#include "faces/portal/unreachable/show.html.h"
#include "faces/public/context.h"
#include "seal/seal.h"

enum { MAY_EVERYBODY = 1, BODY = 64 << 10, FORM_MAX = 128 << 10 };

#define WORDS_AWAY \
    N_("It could not be handed over just now. Nothing you entered has been lost. Please wait a little and press the button again.")
#define WORDS_TOO_MANY \
    N_("Much has come from your address. Please wait a few minutes and press the button again; nothing you entered has been lost.")
#define WORDS_NOBODY N_("Nobody is looked for under this number any more.")

static const struct {
    const char *name, *label, *help;
    enum field_kind kind;
    bool required;
} questions[] = {
    { "number", N_("Inquiry number"), N_("As it stands in the list, for example DID#12345678."),
      FIELD_TEXT, true },
    { "text", N_("What you know"),
      N_("That you are this developer, who it is now, or how it can be reached. Please write nothing about a vulnerability."),
      FIELD_TEXTAREA, true },
    { "contact", N_("How we can reach you"),
      N_("A mail address or a telephone number, if you allow us to ask back."), FIELD_TEXT, false },
};

static bool send(struct request *req, struct response *res, struct page *body, const char *title,
                 struct err *err)
{
    struct portal_frame frame = {
        .title = tr(req->lang, title),
        .room = "/for-developers",
        .is_narrow = true,
        .crumbs = PORTAL_CRUMBS(
            req->arena,
            { tr(req->lang, N_("Developers that cannot be reached")), STR("/unreachable") },
            { tr(req->lang, title), STR_NONE }),
    };

    res->cache = CACHE_NONE; /* it holds what was typed */
    return portal_send(req, res, body, &frame, err) ? true : PASS(err);
}

/* field, fault: what was wrong, and where; NULL: nothing yet. trouble: what went wrong beside that. */
static bool show(struct request *req, struct response *res, const char *field, const char *fault,
                 const char *trouble, struct err *err)
{
    struct page *body = page_new(req->arena, PORTAL_PAGE_MAX, req->lang, req->form_token);
    struct unreachable_form_view v = { 0 };

    if (fault)
        VEC_PUSH(req->arena, &v.faults, (struct fault){ str_from_z(field), tr(req->lang, fault) });
    if (trouble)
        v.trouble = (struct note_view){ .tone = TONE_BAD, .words = tr(req->lang, trouble) };
    for (size_t i = 0; i < COUNT(questions); i++) {
        struct str name = str_from_z(questions[i].name);
        struct str typed = req->method == METHOD_POST ? request_form(req, questions[i].name)
                                                      : request_query(req, questions[i].name);

        VEC_PUSH(req->arena, &v.fields,
                 (struct field_view){ .name = name,
                                      .label = tr(req->lang, questions[i].label),
                                      .help = tr(req->lang, questions[i].help),
                                      .kind = questions[i].kind,
                                      .required = questions[i].required,
                                      .value = typed,
                                      .error = faults_about(&v.faults, name) });
    }
    portal_unreachable_form(body, &v);
    return send(req, res, body, N_("I am this developer, or know it"), err) ? true : PASS(err);
}

static bool answer_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, NULL, NULL, err) ? true : PASS(err);
}

static bool hand_over(const struct request *req, struct str form, struct err *err)
{
    struct intake_form sealed = {
        .draft = random_token(req->arena), .form = form, .channel = STR("FORM"), .lang = req->lang
    };

    return intake_send_answer(&public_of(req)->intake, &sealed, req->arena, err) ? true : PASS(err);
}

/* Rule: UNR-02 UNR-03 */
static bool answer_send(struct request *req, struct response *res, struct err *err)
{
    struct rate *rate = public_of(req)->reports;
    struct buf buf = buf_new(req->arena, FORM_MAX);
    const char *field, *fault;
    struct err why = { 0 };
    struct page *body;
    struct str form;

    for (size_t i = 0; i < COUNT(questions); i++)
        record_put(&buf, questions[i].name, request_form(req, questions[i].name));
    if (!buf_done(&buf, &form, err))
        return PASS(err);
    fault = unreachable_answer_fault(form, &field);
    res->status = 422;
    if (fault)
        return show(req, res, field, fault, NULL, err) ? true : PASS(err);
    if (rate && !rate_take(rate, req->peer_address, req->now, NULL)) {
        res->status = 429;
        return show(req, res, NULL, NULL, WORDS_TOO_MANY, err) ? true : PASS(err);
    }
    if (!hand_over(req, form, &why)) {
        if (why.code == ERR_INPUT)
            return show(req, res, "number", WORDS_NOBODY, NULL, err) ? true : PASS(err);
        log_error("unreachable-answer", req->id, &why);
        res->status = 503;
        return show(req, res, NULL, NULL, WORDS_AWAY, err) ? true : PASS(err);
    }
    res->status = 200;
    body = page_new(req->arena, PORTAL_PAGE_MAX, req->lang, req->form_token);
    portal_unreachable_thanks(body);
    return send(req, res, body, N_("Thank you"), err) ? true : PASS(err);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/unreachable/answer",  MAY_EVERYBODY,                              answer_show),
    ROUTE_POST("/unreachable/answer", MAY_EVERYBODY, TOKEN_FORM, BODY_FORM, BODY, answer_send),
};
/* clang-format on */

const struct route_list portal_unreachable_routes = ROUTES(routes);
