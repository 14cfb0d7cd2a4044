/* One's own PGP key: upload, confirmation of the fingerprint, removal. */
#include "base/err.h"
#include "domain/access/account.h"
#include "faces/desk/access/entry.h"
#include "faces/desk/access/pages.h"
#include "faces/desk/context.h"
#include "faces/desk/door.h"
#include "faces/desk/form.h"
#include "faces/desk/frame.h"
#include "faces/http/respond.h"

static bool load(struct request *req, struct account **account, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!tx_begin(desk_of(req)->store, TX_READ, &tx, err) ||
        !account_by_id(tx, who_of(req)->account_id, req->arena, account, err))
        return PASS(err);
    return *account ? true : FAIL(err, LOGIN_NEEDED, STR_NONE);
}

static void ask_for_key(struct request *req, struct form_view *form)
{
    struct form_group *group = form_group(req, form, NULL, NULL);
    struct field_view *field = form_field(
        req, group, FIELD_TEXTAREA, "key", N_("Public key"),
        N_("The block that begins with -----BEGIN PGP PUBLIC KEY BLOCK-----. RSA of 2048 bits or more, Ed25519, or "
           "NIST curves."));

    form->href = STR("/me/key");
    form->verb = say(req, N_("Examine the key"));
    field->rows = 10;
    field->required = true;
}

static void ask_for_fingerprint(struct request *req, const struct account *account,
                                struct form_view *form)
{
    struct form_group *group = form_group(req, form, NULL, NULL);
    struct field_view *field =
        form_field(req, group, FIELD_CODE, "fingerprint", N_("Fingerprint"),
                   N_("Please read it from your own copy of the key, not from this page."));

    form->href = STR("/me/key/confirm");
    form->verb = say(req, N_("Use this key"));
    field->required = true;
    form->note = (struct note_view){
        TONE_WARN, say(req, N_("This key is not used yet.")),
        tr_fill(
            req->arena, req->lang,
            N_("It was uploaded with the fingerprint {fingerprint}. Please compare it with your own copy and enter it "
               "below; mails are encrypted only then."),
            TR_ARGS({ "fingerprint", fingerprint_groups(req->arena, account->pgp_fingerprint) }))
    };
}

static struct note_view use_note(struct request *req, const struct account *account)
{
    struct str groups = fingerprint_groups(req->arena, account->pgp_fingerprint),
               end = key_end_tag(req, account->pgp_expires).word;

    if (end.len == 0)
        return (struct note_view){ TONE_GOOD, say(req, N_("This key is used.")), groups };
    return (struct note_view){
        TONE_WARN,
        account_key_end(account->pgp_expires, req->now) == KEY_HAS_ENDED
            ? say(req,
                  N_("This key has expired and is not used any more. Please upload a new one."))
            : say(req, N_("This key is used, but expires soon. Please upload a new one.")),
        arena_printf(req->arena, "%.*s\n%.*s", STR_ARG(groups), STR_ARG(end))
    };
}

static bool show(struct request *req, struct response *res, bool replaces, const char *field,
                 const char *fault, struct err *err)
{
    struct account *account = NULL;
    struct form_view form = {
        .title = say(req, N_("PGP key")),
        .intro = say(
            req,
            N_("With a key, mails to you are encrypted and signed. Without one they say nothing but that there is "
               "something to read here."))
    };

    if (!load(req, &account, err))
        return PASS(err);
    if (account->pgp_fingerprint.len == 0 || replaces) {
        ask_for_key(req, &form);
    } else if (account->pgp_confirmed_at.ms == 0) {
        ask_for_fingerprint(req, account, &form);
        form_link(req, &form, N_("Upload another key"), STR("/me/key?replace=1"));
    } else {
        form.note = use_note(req, account);
        form.href = STR("/me/key/remove");
        form.verb = say(req, N_("Remove the key"));
        form.is_dangerous = true;
        (void)form_group(req, &form, NULL, NULL);
        form_link(req, &form, N_("Upload another key"), STR("/me/key?replace=1"));
    }
    form_link(req, &form, N_("Back to the settings"), STR("/me"));
    if (fault)
        form_tell(req, &form, field, fault);
    return form_send(req, res, &form, err);
}

bool me_key_show(struct request *req, struct response *res, struct err *err)
{
    return !door_is_fresh(req, res, STR("/me/key")) ||
           show(req, res, request_query(req, "replace").len > 0, NULL, NULL, err);
}

bool me_key_put(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    const struct desk *desk = desk_of(req);
    struct account_key key = { 0 };
    struct err why = { 0 };

    if (!door_is_fresh(req, res, STR("/me/key")))
        return true;
    if (!desk->inspect(desk, request_form(req, "key"), req->arena, &key, &why)) {
        if (why.code == ERR_PGP)
            return show(
                req, res, true, "key",
                N_("This key cannot be used. It may be too weak, expired, revoked, or not a public key."),
                err);
        *err = why;
        return PASS(err);
    }
    if (!tx_begin(desk->store, TX_WRITE, &tx, err) ||
        !account_put_key(&(struct deed){ tx, who_of(req), req->now, req->arena },
                         who_of(req)->account_id, &key, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, STR("/me/key"));
}

bool me_key_confirm(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    bool matched;

    if (!door_is_fresh(req, res, STR("/me/key")))
        return true;
    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !account_confirm_key(&(struct deed){ tx, who_of(req), req->now, req->arena },
                             who_of(req)->account_id, request_form(req, "fingerprint"), &matched,
                             err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    if (!matched)
        return show(
            req, res, false, "fingerprint",
            N_("This is not the fingerprint of the uploaded key. Please compare the two once more."),
            err);
    return frame_go(req, res, STR("/me?done=key"));
}

bool me_key_remove(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    if (!door_is_fresh(req, res, STR("/me/key")))
        return true;
    if (!tx_begin(desk_of(req)->store, TX_WRITE, &tx, err) ||
        !account_remove_key(&(struct deed){ tx, who_of(req), req->now, req->arena },
                            who_of(req)->account_id, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return frame_go(req, res, STR("/me?done=unkey"));
}
