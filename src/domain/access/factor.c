/* The second factor of an account: setting it up, checking it, taking it away. */
#include "base/err.h"
#include "domain/access/account.h"
#include "domain/access/account.sql.h"
#include "domain/access/session.h"
#include "domain/access/totp.h"

struct factor {
    struct str sealed, new_sealed;
    int64_t last_step;
    bool is_confirmed;
};

static struct str about(struct arena *arena, int64_t id)
{
    return arena_printf(arena, "account %lld second factor", (long long)id);
}

static bool load(const struct deed *deed, int64_t id, struct factor *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(deed->tx, &sql_account_factor, BINDS(bind_int("id", id)), deed->arena, &rows,
                      err) ||
        !rows_one(rows, STR("account"), err))
        return PASS(err);
    *out =
        (struct factor){ row_text(rows, "totp_sealed"), row_text(rows, "totp_new_sealed"),
                         row_int(rows, "totp_last_step"), !row_is_null(rows, "totp_confirmed_at") };
    return true;
}

bool account_factor_begin(const struct deed *deed, const struct vault *vault, int64_t id,
                          struct str *secret, struct err *err)
{
    struct factor factor;

    if (!load(deed, id, &factor, err))
        return PASS(err);
    if (factor.new_sealed.len > 0)
        return seal_open(&vault->secrets, about(deed->arena, id), factor.new_sealed, deed->arena,
                         secret, err)
                   ? true
                   : PASS(err);
    *secret = totp_secret_new(deed->arena);
    if (!store_exec(deed->tx, &sql_account_factor_begin,
                    BINDS(bind_int("id", id),
                          bind_blob("sealed", seal_text(&vault->secrets, about(deed->arena, id),
                                                        *secret, deed->arena))),
                    NULL, err))
        return PASS(err);
    return true;
}

bool account_factor_confirm(const struct deed *deed, const struct vault *vault, int64_t id,
                            struct str code, bool *matched, struct err *err)
{
    struct factor factor;
    struct str secret;
    int64_t step;

    *matched = false;
    if (!load(deed, id, &factor, err))
        return PASS(err);
    if (factor.new_sealed.len == 0)
        return true;
    if (!seal_open(&vault->secrets, about(deed->arena, id), factor.new_sealed, deed->arena, &secret,
                   err) ||
        !totp_find_step(secret, code, deed->now, 0, deed->arena, &step, err))
        return PASS(err);
    if (step == 0)
        return true;
    if (!store_exec(deed->tx, &sql_account_factor_take,
                    BINDS(bind_int("id", id), bind_blob("sealed", factor.new_sealed),
                          bind_utc("now", deed->now), bind_int("step", step)),
                    NULL, err) ||
        !access_note(deed, ACCESS_FACTOR_ENROLLED, id, 0, STR_NONE, err) ||
        (factor.is_confirmed && !account_tell_owner(deed, id, err)))
        return PASS(err);
    *matched = true;
    return true;
}

bool account_factor_check(const struct deed *deed, const struct vault *vault, int64_t id,
                          struct str code, bool *matched, struct err *err)
{
    struct factor factor;
    struct str secret;
    int64_t step, changed = 0;

    *matched = false;
    if (!load(deed, id, &factor, err))
        return PASS(err);
    if (!factor.is_confirmed)
        return true;
    if (!seal_open(&vault->secrets, about(deed->arena, id), factor.sealed, deed->arena, &secret,
                   err) ||
        !totp_find_step(secret, code, deed->now, factor.last_step, deed->arena, &step, err))
        return PASS(err);
    if (step != 0 && !store_exec(deed->tx, &sql_account_factor_step,
                                 BINDS(bind_int("id", id), bind_int("step", step)), &changed, err))
        return PASS(err);
    *matched = changed == 1;
    return true;
}

bool account_factor_reset(const struct deed *deed, const struct account *account, struct err *err)
{
    if (!account_roles_to_give(deed->who, account->organisation_kind, account->organisation_id) ||
        deed->who->account_id == account->id)
        return FAIL(err, FORBIDDEN, STR("account"));
    if (!store_exec(deed->tx, &sql_account_factor_reset, BINDS(bind_int("id", account->id)), NULL,
                    err) ||
        !session_end_all(deed, account->id, 0, err) ||
        !access_note(deed, ACCESS_FACTOR_RESET, account->id, 0, STR_NONE, err) ||
        !account_tell_owner(deed, account->id, err))
        return PASS(err);
    return true;
}
