/* faces/desk/mailbox/open.c: the way into a mailbox: with the passphrase, or by a mail's link to a new one. */
#include "base/err.h"
#include "domain/access/session.h"
#include "domain/casework/renewal.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/form.h"
#include "faces/desk/frame.h"
#include "faces/desk/mailbox/pages.h"
#include "faces/desk/mailbox/show.html.h"

/* As people type it: wide letters and blanks do not matter, nor does the case. */
static struct str receipt_normal(struct arena *arena, struct str typed)
{
    char *out = arena_alloc(arena, typed.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < typed.len; i++) {
        unsigned char c = (unsigned char)typed.ptr[i];

        /* U+FF01 to U+FF5E stand for '!' to '~' in the same order. */
        if (c == 0xef && i + 2 < typed.len && ((unsigned char)typed.ptr[i + 1] & 0xfe) == 0xbc) {
            c = (unsigned char)((((unsigned char)typed.ptr[i + 1] & 1) << 6 |
                                 ((unsigned char)typed.ptr[i + 2] & 0x3f)) +
                                0x20);
            i += 2;
        }
        if (c >= 'a' && c <= 'z')
            c = (unsigned char)(c - 'a' + 'A');
        if (c > ' ' && c < 0x7f)
            out[len++] = (char)c;
    }
    return (struct str){ out, len };
}

static void receipt_field(struct request *req, struct form_group *group)
{
    struct field_view *field =
        form_field(req, group, FIELD_CODE, "receipt", N_("Receipt number"), NULL);

    field->example = STR("R-2026-7K3M-92QF");
    field->autocomplete = STR("off");
    field->is_bare = field->required = true;
}

static bool show(struct request *req, struct response *res, const char *fault, struct err *err)
{
    struct form_view form = {
        .title = say(req, N_("Open your mailbox")),
        .intro = say(
            req,
            N_("Please enter the receipt number and the passphrase that were shown when you sent your report.")),
        .href = STR("/mailbox"),
        .verb = say(req, N_("Open the mailbox")),
        .is_box = true,
    };
    struct form_group *group;
    struct field_view *field;

    door_visitor(req, res);
    group = form_group(req, &form, NULL, NULL);
    receipt_field(req, group);
    field =
        form_field(req, group, FIELD_PASSWORD, "passphrase", N_("Passphrase"),
                   N_("Six groups of four letters and digits; blanks and dashes do not matter."));
    field->autocomplete = STR("off");
    field->is_bare = field->required = true;
    form.note = (struct note_view){
        .words = say(
            req,
            N_("If you have lost the passphrase, please write to the receiving body and name your receipt number. It cannot be shown again; when two officers have made sure that it is you, a link to a new one is sent to the address in your report."))
    };
    if (fault)
        form_tell(req, &form, "receipt", fault);
    return form_send(req, res, &form, err) ? true : PASS(err);
}

bool mailbox_show(struct request *req, struct response *res, struct err *err)
{
    if (who_of(req)->kind == SUBJECT_FINDER)
        return frame_go(req, res, STR("/mailbox/case"));
    return show(req, res, NULL, err) ? true : PASS(err);
}

/* A try is counted and committed before it is made, so that many at once cannot slip through. Rule: C07 C55 */
static bool count_try(const struct request *req, struct str receipt, int64_t ids[2],
                      struct err *err)
{
    const struct gate *gate = &desk_of(req)->gate;
    struct throttle by_receipt = { &gate->vault->lookups, gate->limits.tries,
                                   gate->limits.window_ms };
    struct throttle by_block = { &gate->vault->lookups, gate->limits.tries * GATE_BLOCK_FACTOR,
                                 gate->limits.window_ms };
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(gate->store, TX_WRITE, &tx, err) &&
                   throttle_take(tx, &by_receipt, "receipt", receipt, req->now, req->arena, &ids[0],
                                 err) &&
                   throttle_take(tx, &by_block, "receipt block",
                                 address_block(req->arena, req->peer_address), req->now, req->arena,
                                 &ids[1], err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* *token stays empty when the two do not belong together. */
static bool enter(const struct request *req, struct str receipt, const int64_t ids[2],
                  struct str *token, struct err *err)
{
    const struct desk *desk = desk_of(req);
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    int64_t report_id;

    *token = STR_NONE;
    if (!tx_begin(desk->store, TX_WRITE, &tx, err) ||
        !intake_mailbox(&desk->casework, tx, receipt, request_form(req, "passphrase"), req->arena,
                        &report_id, err))
        return PASS(err);
    if (!report_id)
        return true;
    return throttle_forgive(tx, ids[0], err) && throttle_forgive(tx, ids[1], err) &&
                   session_open_finder(tx, report_id, request_header(req, "User-Agent"), req->now,
                                       req->arena, token, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

static struct str typed_receipt(const struct request *req)
{
    return receipt_normal(req->arena, str_take(request_form(req, "receipt"), 200));
}

bool mailbox_open(struct request *req, struct response *res, struct err *err)
{
    struct str receipt = typed_receipt(req), token;
    struct err why = { 0 };
    int64_t ids[2];

    if (!count_try(req, receipt, ids, &why)) {
        if (why.code == ERR_TOO_MANY) {
            res->status = 429;
            return show(req, res, err_words(ERR_TOO_MANY), err) ? true : PASS(err);
        }
        *err = why;
        return PASS(err);
    }
    if (!enter(req, receipt, ids, &token, err))
        return PASS(err);
    if (token.len == 0)
        return show(
                   req, res,
                   N_("The receipt number and the passphrase do not belong together. Please check both."),
                   err)
                   ? true
                   : PASS(err);
    door_enter(res, token);
    return frame_go(req, res, STR("/mailbox/case"));
}

/* ---- a lost passphrase ---- */

static bool show_renewal(struct request *req, struct response *res, const char *fault,
                         struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct form_view form = {
        .title = say(req, N_("A new passphrase")),
        .intro = say(
            req,
            N_("Please enter your receipt number. The old passphrase ends, and the new one is shown once.")),
        .href =
            arena_printf(req->arena, "/mailbox/renewal/%.*s", STR_ARG(request_path(req, "token"))),
        .verb = say(req, N_("Make the new passphrase and show it once")),
        .is_box = true,
    };

    res->secret_link = true;
    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !renewal_find(tx, request_path(req, "token"), req->now, req->arena, err))
        return PASS(err);
    door_visitor(req, res);
    receipt_field(req, form_group(req, &form, NULL, NULL));
    if (fault)
        form_tell(req, &form, "receipt", fault);
    return form_send(req, res, &form, err) ? true : PASS(err);
}

bool mailbox_renewal(struct request *req, struct response *res, struct err *err)
{
    return show_renewal(req, res, NULL, err) ? true : PASS(err);
}

/* out->passphrase stays empty when the number is not the link's. */
static bool renew(const struct request *req, struct str receipt, const int64_t ids[2],
                  struct receipt *out, struct err *err)
{
    const struct desk *desk = desk_of(req);
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!tx_begin(desk->store, TX_WRITE, &tx, err) ||
        !renewal_take(&desk->casework, tx, request_path(req, "token"), receipt, req->now,
                      req->arena, out, err))
        return PASS(err);
    if (out->passphrase.len == 0)
        return true;
    return throttle_forgive(tx, ids[0], err) && throttle_forgive(tx, ids[1], err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

/* Rule: INT-13 */
bool mailbox_renew(struct request *req, struct response *res, struct err *err)
{
    struct frame frame = { .title = say(req, N_("Your new passphrase")), .is_narrow = true };
    struct str receipt = typed_receipt(req);
    struct page *body = frame_page(req);
    struct receipt renewed;
    struct err why = { 0 };
    int64_t ids[2];

    res->secret_link = true;
    if (!count_try(req, receipt, ids, &why)) {
        if (why.code == ERR_TOO_MANY) {
            res->status = 429;
            return show_renewal(req, res, err_words(ERR_TOO_MANY), err) ? true : PASS(err);
        }
        *err = why;
        return PASS(err);
    }
    if (!renew(req, receipt, ids, &renewed, err))
        return PASS(err);
    if (renewed.passphrase.len == 0)
        return show_renewal(
                   req, res,
                   N_("This link does not belong to that receipt number. Please check it."), err)
                   ? true
                   : PASS(err);
    renewed_page(body, &(struct renewed_view){ renewed.number, renewed.passphrase });
    return frame_send(req, res, body, &frame, err);
}
