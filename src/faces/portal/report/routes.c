/* faces/portal/report/routes.c: the report form, read from top to bottom. */
#include "faces/portal/report/report.h"

#include "base/err.h"
#include "base/log.h"
#include "base/record.h"
#include "faces/http/rate.h"
#include "faces/http/respond.h"
#include "faces/portal/report/form.h"
#include "faces/portal/report/report.html.h"

enum { MAY_EVERYBODY = 1, BODY = 52 << 20, INTRO_MAX = 256 << 10 };

#define WORDS_AWAY \
    N_("The report could not be handed over just now. Nothing you entered has been lost. Please wait a little and press the button again.")
#define WORDS_TOO_MANY \
    N_("Many reports have come from your address. Please wait a few minutes and press the button again; nothing you entered has been lost.")
#define WORDS_REFUSED \
    N_("The receiving body's system did not take what was entered. Please check it and send it again.")
#define WORDS_TOO_OLD \
    N_("This page had been open for a long time. Nothing you entered has been lost. Please check it and go on.")

static bool report_show(struct request *req, struct response *res, struct err *err)
{
    /* clang-format off */
    static const char *const how[] = {
        N_("You get a receipt number and a passphrase. With them you open your mailbox, without an account."),
        N_("The receiving body checks the report and tells you whether it is accepted, with the reason if it is not."),
        N_("The coordinating body brings in the product developers, who examine it and prepare a countermeasure."),
        N_("On a date agreed among all of them the vulnerability is published together with its countermeasure."),
        N_("You are told at each of these steps, and you can ask at any time."),
    };
    /* clang-format on */
    struct page *body = page_new(req->arena, INTRO_MAX, req->lang, req->form_token);
    struct report_intro_view v = { .mailbox = form_mailbox(req),
                                   .website = public_of(req)->settings->website_reports_url };

    for (size_t i = 0; i < COUNT(how); i++)
        VEC_PUSH(req->arena, &v.how, tr(req->lang, how[i]));
    report_intro(body, &v);
    return form_send_page(req, res, body, N_("Report a vulnerability"), err) ? true : PASS(err);
}

/* Not from one address without end: each costs the desk a transaction. */
static bool is_too_often(const struct request *req)
{
    struct rate *rate = public_of(req)->reports;

    return rate && !rate_take(rate, req->peer_address, req->now, NULL);
}

static void fault_of_files(const struct request *req, struct form_in_hand *form, const char *words)
{
    VEC_PUSH(req->arena, &form->faults, (struct form_fault){ "files", words });
}

/* Hands each chosen file to the desk at once, so that an error later keeps it. False: some did not arrive, and the page says why. */
static bool take_files(const struct request *req, struct form_in_hand *form)
{
    const struct public_face *face = public_of(req);
    const struct upload *upload;

    for (size_t i = 0; (upload = request_upload(req, "files", i)); i++) {
        struct form_file file = { .name = upload->name,
                                  .size = arena_printf(req->arena, "%zu", upload->bytes.len) };
        struct err why = { 0 };

        if ((int64_t)form->files.len >= face->settings->attachments_max) {
            fault_of_files(
                req, form,
                N_("These are too many files. You can send more in your mailbox after the report."));
            return false;
        }
        if ((int64_t)upload->bytes.len > form_file_max(req)) {
            fault_of_files(
                req, form,
                N_("One of the files is too large and has not been added. The others have been received."));
            continue;
        }
        if (!intake_send_file(&face->intake, form->draft, upload->name, upload->bytes, req->arena,
                              &file.id, &why)) {
            log_error("intake-file", req->id, &why);
            fault_of_files(req, form,
                           N_("A file could not be received just now. Please choose it again."));
            return false;
        }
        form_keep_file(req, form, file);
    }
    return form->faults.len == 0;
}

static bool show_again(struct request *req, struct response *res, struct form_in_hand *form,
                       int status, struct err *err)
{
    res->status = status;
    return form_show(req, res, form, err) ? true : PASS(err);
}

/* "step3" and "back" go where they say without looking; "next" only when this page is in order. Rule: INT-01 */
static bool report_step(struct request *req, struct response *res, struct err *err)
{
    struct str go = request_form(req, "go"), rest = go;
    struct form_in_hand form;
    struct err why = { 0 };
    int64_t to;

    if (!form_take(req, &form, err))
        return PASS(err);
    if (go.len == 0)
        return form_show(req, res, &form, err) ? true : PASS(err);
    if (str_eq(go, STR("attach"))) {
        form.step = FORM_CONSENT;
        if (is_too_often(req)) {
            form.trouble = WORDS_TOO_MANY;
            return show_again(req, res, &form, 429, err);
        }
        if (!take_files(req, &form))
            return show_again(req, res, &form, 422, err);
    } else if (str_eq(go, STR("back"))) {
        form.step -= form.step > FORM_PRODUCT;
    } else if (str_skip(&rest, STR("step")) &&
               str_to_int(rest, FORM_PRODUCT, FORM_STEPS, &to, &why)) {
        form.step = (int)to;
    } else {
        report_form_check(form.target, form.fields, form.step, req->arena, &form.faults);
        if (form.faults.len > 0)
            return show_again(req, res, &form, 422, err);
        form.step += form.step < FORM_STEPS;
    }
    return form_show(req, res, &form, err) ? true : PASS(err);
}

static bool show_receipt(struct request *req, struct response *res, const struct form_in_hand *form,
                         const struct intake_receipt *receipt, struct err *err)
{
    struct page *body = page_new(req->arena, INTRO_MAX, req->lang, req->form_token);
    struct report_receipt_view v = {
        .steps = form_steps(req, form->target, FORM_STEPS),
        .draft_name = form->target == REPORT_WEBSITE ? STR("report-website") : STR("report"),
        .number = receipt->number,
        .passphrase = receipt->passphrase,
        .mailbox = form_mailbox(req),
    };

    if (receipt->files > 0)
        v.files = tr_fill(req->arena, req->lang, N_("Files that came with it: {count}"),
                          TR_ARGS({ "count", tr_number(req->arena, receipt->files) }));
    if (receipt->files < (int64_t)form->files.len)
        v.trouble = (struct note_view){
            .tone = TONE_WARN,
            .words =
                tr(req->lang,
                   N_("Some of the files did not arrive. Please send them again in your mailbox."))
        };
    report_receipt(body, &v);
    return form_send_page(req, res, body, N_("Your report has been received"), err) ? true
                                                                                    : PASS(err);
}

/* What the finder can do about it: wait, or mend. */
static const char *words_for(const struct err *why, int *status)
{
    switch (why->code) {
    case ERR_INPUT:
    case ERR_TOO_LARGE:
        *status = 422;
        return WORDS_REFUSED;
    default:
        *status = 503;
        return WORDS_AWAY;
    }
}

/* The receipt comes from the desk's reply alone, after its commit. Rule: INT-01 FND-17 */
static bool report_send(struct request *req, struct response *res, struct err *err)
{
    const struct public_face *face = public_of(req);
    struct intake_receipt receipt;
    struct form_in_hand form;
    struct err why = { 0 };
    int status, faulty;

    if (!form_take(req, &form, err))
        return PASS(err);
    form.step = FORM_CONSENT;
    if (is_too_often(req)) {
        form.trouble = WORDS_TOO_MANY;
        return show_again(req, res, &form, 429, err);
    }
    if (!take_files(req, &form))
        return show_again(req, res, &form, 422, err);
    faulty = form_first_fault(req, &form, FORM_STEPS);
    if (faulty) {
        form.step = faulty;
        return show_again(req, res, &form, 422, err);
    }
    if (intake_send_form(&face->intake,
                         &(struct intake_form){ .draft = form.draft,
                                                .form = form.fields,
                                                .channel = STR("FORM"),
                                                .lang = req->lang,
                                                .is_website = form.target == REPORT_WEBSITE },
                         req->arena, &receipt, &why))
        return show_receipt(req, res, &form, &receipt, err) ? true : PASS(err);
    log_error("intake", req->id, &why);
    form.trouble = words_for(&why, &status);
    if (status == 503)
        response_header(res, "Retry-After", STR("10"));
    return show_again(req, res, &form, status, err);
}

/* Somebody typed or bookmarked the address of a page that only a form leads to. */
static bool report_begin(struct request *req, struct response *res, struct err *err)
{
    (void)err;
    return respond_redirect(res, arena_printf(req->arena, "%.*s/report", STR_ARG(req->base)));
}

bool report_render_refused(struct request *req, const struct err *why, struct response *res)
{
    struct form_in_hand form;
    struct err err = { 0 };

    if (why->code != ERR_FORM_TOKEN || !str_starts(req->path, STR("/report/")) ||
        !form_take(req, &form, &err))
        return false;
    form.trouble = WORDS_TOO_OLD;
    res->status = err_http_status(why->code);
    return form_show(req, res, &form, &err);
}

/* clang-format off */
static const struct route routes[] = {
    ROUTE_GET("/report",       MAY_EVERYBODY,                                   report_show),
    ROUTE_GET("/report/step",  MAY_EVERYBODY,                                   report_begin),
    ROUTE_GET("/report/send",  MAY_EVERYBODY,                                   report_begin),
    ROUTE_POST("/report/step", MAY_EVERYBODY, TOKEN_FORM, BODY_MULTIPART, BODY, report_step),
    ROUTE_POST("/report/send", MAY_EVERYBODY, TOKEN_FORM, BODY_MULTIPART, BODY, report_send),
};
/* clang-format on */

const struct route_list portal_report_routes = ROUTES(routes);
