#include "domain/access/invitation.h"

#include "base/err.h"
#include "domain/access/address.h"
#include "domain/access/invitation.sql.h"
#include "domain/access/outbox.h"
#include "domain/access/password.h"
#include "domain/access/session.h"

bool invitation_send(const struct deed *deed, const struct vault *vault,
                     const struct account *account, enum invitation_purpose purpose,
                     struct str *token, struct err *err)
{
    bool is_reset = purpose == INVITATION_RESET;
    struct hash hash;
    int64_t id;

    *token = random_token(deed->arena);
    hash = hash_of(*token);
    if (!store_exec(deed->tx, &sql_invitation_drop,
                    BINDS(bind_int("account_id", account->id), bind_utc("now", deed->now)), NULL,
                    err) ||
        !store_insert(
            deed->tx, &sql_invitation_insert,
            BINDS(bind_blob("token_hash", hash_str(&hash)), bind_int("account_id", account->id),
                  bind_text("purpose", is_reset ? STR("RESET") : STR("INVITE")),
                  bind_utc("now", deed->now),
                  bind_int("expires_at", deed->now.ms + (is_reset ? RESET_MS : INVITATION_MS))),
            &id, err) ||
        !outbox_to_account(
            deed->tx,
            &(struct news){ .notice = is_reset ? "RESET" : "INVITE",
                            .token_sealed = seal_text(&vault->secrets, OUTBOX_TOKEN_ABOUT, *token,
                                                      deed->arena) },
            account->id, deed->now, err) ||
        !access_note(deed, ACCESS_ACCOUNT_INVITED, account->id, account->organisation_id,
                     is_reset ? STR("reset") : STR("invite"), err))
        return PASS(err);
    return true;
}

bool invitation_find(struct tx *tx, struct str token, struct utc now, struct arena *arena,
                     struct invitation *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct hash hash = hash_of(token);
    int more;

    if (!store_select(tx, &sql_invitation_get,
                      BINDS(bind_blob("token_hash", hash_str(&hash)), bind_utc("now", now)), arena,
                      &rows, err))
        return PASS(err);
    more = rows_next(rows, err);
    if (more < 0)
        return PASS(err);
    if (more == 0)
        return FAIL(err, INVITATION, STR_NONE);
    out->id = row_int(rows, "id");
    out->purpose =
        str_eq_z(row_text(rows, "purpose"), "RESET") ? INVITATION_RESET : INVITATION_INVITE;
    if (!account_by_id(tx, row_int(rows, "account_id"), arena, &out->account, err))
        return PASS(err);
    return out->account ? true : FAIL(err, INVITATION, STR_NONE);
}

static bool look(const struct gate *gate, struct str token, struct utc now, struct arena *arena,
                 struct invitation *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(gate->store, TX_READ, &tx, err) &&
                   invitation_find(tx, token, now, arena, out, err)
               ? true
               : PASS(err);
}

bool invitation_accept(const struct gate *gate, const struct visit *visit, struct str token,
                       struct str name, struct str password, struct arena *arena,
                       const char **fault, struct str *session, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct invitation invitation;
    struct subject nobody = { .kind = SUBJECT_NOBODY };
    struct deed deed = { NULL, &nobody, visit->now, arena };
    struct str hash;
    int64_t changed;

    if (!look(gate, token, visit->now, arena, &invitation, err))
        return PASS(err);
    if (invitation.purpose == INVITATION_RESET || name.len == 0)
        name = invitation.account->name;
    {
        struct account *a = invitation.account;
        struct str about[] = { name, str_take(a->email, str_index(a->email, '@')),
                               a->organisation_name_ja, a->organisation_name_en };

        *fault = password_fault(password, about, COUNT(about), arena);
    }
    if (*fault)
        return true;
    if (!password_hash(password, arena, &hash, err) || !tx_begin(gate->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    nobody.account_id = invitation.account->id; /* the link speaks for its owner */
    if (!store_exec(tx, &sql_invitation_use,
                    BINDS(bind_int("id", invitation.id), bind_utc("now", visit->now)), &changed,
                    err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, INVITATION, STR_NONE);
    if (!account_set_profile(&deed, invitation.account->id, name, invitation.account->lang, err) ||
        !account_set_password(&deed, invitation.account->id, hash, err) ||
        !session_end_all(&deed, invitation.account->id, 0, err) ||
        (invitation.purpose == INVITATION_RESET &&
         !account_tell_owner(&deed, invitation.account->id, err)) ||
        !session_open(tx,
                      &(struct session_new){ .state = SESSION_PASSWORD,
                                             .account_id = invitation.account->id,
                                             .agent = visit->agent },
                      visit->now, arena, session, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return true;
}

bool invitation_reset(const struct gate *gate, const struct visit *visit, struct str email,
                      struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct throttle one = { &gate->vault->lookups, gate->limits.tries, gate->limits.window_ms };
    struct throttle block = { &gate->vault->lookups, gate->limits.tries * GATE_BLOCK_FACTOR,
                              gate->limits.window_ms };
    struct str normal = address_normal(arena, email), token;
    struct account *account = NULL;
    struct subject nobody = { .kind = SUBJECT_NOBODY };
    int64_t id;

    if (!tx_begin(gate->store, TX_WRITE, &tx, err) ||
        !throttle_take(tx, &one, "reset", normal.len ? normal : str_take(email, ADDRESS_MAX),
                       visit->now, arena, &id, err) ||
        !throttle_take(tx, &block, "reset block", address_block(arena, visit->address), visit->now,
                       arena, &id, err) ||
        !account_by_email(tx, normal, arena, &account, err))
        return PASS(err);
    if (account && account->state == ACCOUNT_ACTIVE &&
        !invitation_send(&(struct deed){ tx, &nobody, visit->now, arena }, gate->vault, account,
                         INVITATION_RESET, &token, err))
        return PASS(err);
    return tx_commit(&tx, err) ? true : PASS(err);
}
