/* faces/desk/operator/answers.c: what the operator of a website sends: read the form, call one function of the domain, go back. */
#include "base/err.h"
#include "domain/access/account.h"
#include "faces/desk/casework/frame_case.h"
#include "faces/desk/operator/pages.h"
#include "faces/desk/operator/visit.h"

typedef bool answer(struct request *req, struct visit *visit, struct err *err);

static struct str form(const struct request *req, const char *name)
{
    return str_trim(request_form(req, name));
}

static bool is_mendable(const struct err *err)
{
    return case_is_mendable(err) || err->code == ERR_PGP;
}

/* What can be mended is shown on the page again, with everything typed. */
static bool again_or_fail(struct request *req, struct response *res, const struct err *fault,
                          struct err *err)
{
    if (!is_mendable(fault)) {
        *err = *fault;
        return PASS(err);
    }
    res->status = err_http_status(fault->code);
    return operator_page_show(req, res, fault, STR_NONE, err);
}

static bool carry_out(struct request *req, struct response *res, answer *act, const char *done,
                      struct err *err)
{
    struct err fault = { 0 };
    bool ok;

    {
        CLEANUP(visit_end) struct visit visit = { 0 };

        ok = visit_open(req, TX_WRITE, &visit, &fault) && act(req, &visit, &fault) &&
             tx_commit(&visit.tx, &fault);
    }
    return ok ? case_done(req, res, STR("/operator"), done) : again_or_fail(req, res, &fault, err);
}

#define CASEWORK &desk_of(req)->casework
#define ANSWER(name, words)                                               \
    bool name(struct request *req, struct response *res, struct err *err) \
    {                                                                     \
        return carry_out(req, res, name##_act, words, err);               \
    }

static bool operator_contact_act(struct request *req, struct visit *v, struct err *err)
{
    return operator_name_contact(v->tx, who_of(req), &v->site, form(req, "email"),
                                 form(req, "name"), req->now, req->arena, err);
}
ANSWER(operator_contact, "contact")

static bool operator_receipt_act(struct request *req, struct visit *v, struct err *err)
{
    return operator_confirm_receipt(v->tx, who_of(req), &v->site, req->now, req->arena, err);
}
ANSWER(operator_receipt, "received")

static bool operator_result_act(struct request *req, struct visit *v, struct err *err)
{
    return operator_report_result(v->tx, who_of(req), &v->site, form(req, "result"),
                                  form(req, "words"), req->now, req->arena, err);
}
ANSWER(operator_result, "result")

/* A day typed in a form (JST). ERR_INPUT names the field. */
static bool day(struct request *req, const char *field, struct utc *out, struct err *err)
{
    struct err why = { 0 };

    return utc_parse(form(req, field), out, &why) ? true : FAIL(err, INPUT, str_from_z(field));
}

static bool operator_estimates_act(struct request *req, struct visit *v, struct err *err)
{
    struct utc until;

    return day(req, "until", &until, err) &&
                   operator_estimate(v->tx, who_of(req), &v->site, until, form(req, "words"),
                                     req->now, req->arena, err)
               ? true
               : PASS(err);
}
ANSWER(operator_estimates, "estimate")

static bool operator_fixed_act(struct request *req, struct visit *v, struct err *err)
{
    struct operator_fix fix = { .number = form(req, "number"),
                                .url = form(req, "url"),
                                .words = form(req, "words"),
                                .kind = form(req, "kind") };

    return operator_report_fix(v->tx, who_of(req), &v->site, &fix, req->now, req->arena, err);
}
ANSWER(operator_fixed, "fixed")

static bool operator_integrator_act(struct request *req, struct visit *v, struct err *err)
{
    struct utc told_at;

    return day(req, "told_at", &told_at, err) &&
                   operator_tell_integrator(v->tx, who_of(req), &v->site, form(req, "name"),
                                            form(req, "words"), told_at, req->now, req->arena, err)
               ? true
               : PASS(err);
}
ANSWER(operator_integrator, "kept")

static bool operator_integrator_receipt_act(struct request *req, struct visit *v, struct err *err)
{
    struct utc received_at;
    struct err why = { 0 };
    int64_t handover;

    if (!str_to_int(request_path(req, "handover"), 1, INT64_MAX, &handover, &why))
        return FAIL(err, ABSENT, STR("a handover"));
    return day(req, "received_at", &received_at, err) &&
                   operator_keep_receipt(v->tx, who_of(req), &v->site, handover, form(req, "words"),
                                         received_at, req->now, req->arena, err)
               ? true
               : PASS(err);
}
ANSWER(operator_integrator_receipt, "kept")

static bool operator_ordinance_act(struct request *req, struct visit *v, struct err *err)
{
    return operator_decide_ordinance(v->tx, who_of(req), &v->site, form(req, "decision"),
                                     form(req, "words"), req->now, req->arena, err);
}
ANSWER(operator_ordinance, "kept")

static bool operator_direct_act(struct request *req, struct visit *v, struct err *err)
{
    return operator_wish_direct(v->tx, who_of(req), &v->site, form(req, "words"), req->now,
                                req->arena, err);
}
ANSWER(operator_direct, "wished")

static bool operator_say_act(struct request *req, struct visit *v, struct err *err)
{
    return website_say(CASEWORK, v->tx, who_of(req), &v->site, THREAD_OPERATOR, form(req, "text"),
                       req->now, req->arena, err);
}
ANSWER(operator_say, "said")

static bool operator_say_finder_act(struct request *req, struct visit *v, struct err *err)
{
    return website_say(CASEWORK, v->tx, who_of(req), &v->site, THREAD_DIRECT, form(req, "text"),
                       req->now, req->arena, err);
}
ANSWER(operator_say_finder, "said")

/* ---- how mails are protected ---- */

static bool agree(struct request *req, const struct account_key *key, struct str *passphrase,
                  struct err *err)
{
    CLEANUP(visit_end) struct visit visit = { 0 };

    return visit_open(req, TX_WRITE, &visit, err) &&
                   operator_agree_encryption(CASEWORK, visit.tx, who_of(req), &visit.site,
                                             form(req, "method"), key->armored, key->fingerprint,
                                             req->now, req->arena, passphrase, err) &&
                   tx_commit(&visit.tx, err)
               ? true
               : PASS(err);
}

/* The key is looked at before a transaction is open: that takes another process. A passphrase is shown on this very answer. Rule: CFD-09 */
bool operator_encryption(struct request *req, struct response *res, struct err *err)
{
    const struct desk *desk = desk_of(req);
    struct account_key key = { 0 };
    struct str passphrase = STR_NONE;
    struct err fault = { 0 };
    bool ok = !str_eq(form(req, "method"), STR(ENCRYPTION_PGP)) ||
              desk->inspect(desk, form(req, "key"), req->arena, &key, &fault);

    if (!ok && fault.code == ERR_PGP)
        fault = (struct err){ .code = ERR_INPUT, .subject = "key" };
    ok = ok && agree(req, &key, &passphrase, &fault);
    if (!ok)
        return again_or_fail(req, res, &fault, err);
    if (passphrase.len > 0)
        return operator_page_show(req, res, NULL, passphrase, err);
    return case_done(req, res, STR("/operator"), "agreed");
}
