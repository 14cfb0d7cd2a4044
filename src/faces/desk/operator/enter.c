/* faces/desk/operator/enter.c: the way in by the link of a mail. A page with a button stands before it, because programs that look at mails open
 * every link they find; from the third mail on it may ask for the passphrase that was agreed (CFD-09). */
#include "base/err.h"
#include "domain/access/session.h"
#include "domain/casework/website_operator.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/form.h"
#include "faces/desk/frame.h"
#include "faces/desk/operator/pages.h"

/* The link of the route's {token}; ERR_INVITATION when it opens nothing (any more). */
static bool load(struct request *req, struct operator_link *link, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    bool found;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !operator_link_find(tx, request_path(req, "token"), req->arena, link, &found, err))
        return PASS(err);
    return found ? true : FAIL(err, MAIL_LINK, STR_NONE);
}

static bool show(struct request *req, struct response *res, const char *fault, struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Notice about your website")),
        .intro = say(
            req,
            N_("The receiving body for vulnerability reports has written to you. Please go on to read its notice and to answer; no account is needed.")),
        .href = arena_printf(req->arena, "/notice/%.*s", STR_ARG(request_path(req, "token"))),
        .verb = say(req, N_("Read the notice")),
        .is_box = true,
    };
    struct form_group *group;
    struct field_view *field;
    struct operator_link link;

    res->secret_link = true;
    if (!load(req, &link, err))
        return PASS(err);
    door_visitor(req, res);
    group = form_group(req, &form, NULL, NULL);
    if (link.needs_passphrase) {
        field = form_field(
            req, group, FIELD_PASSWORD, "passphrase", N_("Passphrase"),
            N_("The one that was shown here when the protection of our mails was agreed: six groups of four letters and digits."));
        field->autocomplete = STR("off");
        field->is_bare = field->required = true;
    }
    if (fault)
        form_tell(req, &form, "passphrase", fault);
    return form_send(req, res, &form, err) ? true : PASS(err);
}

bool operator_door(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, err);
}

/* A try is counted and committed before it is made. Rule: C07 */
static bool count_try(const struct request *req, int64_t *id, struct err *err)
{
    const struct gate *gate = &desk_of(req)->gate;
    struct throttle by_link = { &gate->vault->lookups, gate->limits.tries, gate->limits.window_ms };
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(gate->store, TX_WRITE, &tx, err) &&
                   throttle_take(tx, &by_link, "operator", request_path(req, "token"), req->now,
                                 req->arena, id, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* *token stays empty when the passphrase is not the one that was agreed. */
static bool enter(const struct request *req, const struct operator_link *link, int64_t try_id,
                  struct str *token, struct err *err)
{
    const struct desk *desk = desk_of(req);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    bool matches = true;

    *token = STR_NONE;
    if (!tx_begin(desk->store, TX_WRITE, &tx, err) ||
        (link->needs_passphrase &&
         !operator_passphrase_matches(&desk->casework, tx, request_path(req, "token"),
                                      request_form(req, "passphrase"), req->arena, &matches, err)))
        return PASS(err);
    if (!matches)
        return true;
    return throttle_forgive(tx, try_id, err) &&
                   session_open(tx,
                                &(struct session_new){ .state = SESSION_OPERATOR,
                                                       .link_id = link->id,
                                                       .agent = request_header(req, "User-Agent") },
                                req->now, req->arena, token, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool operator_enter(struct request *req, struct response *res, struct err *err)
{
    struct operator_link link;
    struct err why = { 0 };
    struct str token;
    int64_t try_id;

    if (!load(req, &link, err))
        return PASS(err);
    if (!count_try(req, &try_id, &why)) {
        if (why.code == ERR_TOO_MANY) {
            res->status = 429;
            return show(req, res, err_words(ERR_TOO_MANY), err) ? true : PASS(err);
        }
        *err = why;
        return PASS(err);
    }
    if (!enter(req, &link, try_id, &token, err))
        return PASS(err);
    if (token.len == 0)
        return show(req, res, N_("This is not the passphrase that was agreed. Please check it."),
                    err)
                   ? true
                   : PASS(err);
    door_enter(res, token);
    return frame_go(req, res, STR("/operator"));
}
