#include "domain/access/login.h"

#include "base/err.h"
#include "domain/access/address.h"
#include "domain/access/login.sql.h"
#include "domain/access/password.h"
#include "domain/access/session.h"

struct tries {
    int64_t one, block;
};

struct secret {
    int64_t account_id; /* 0: there is no such account */
    struct str hash;
};

static struct throttle throttle_of(const struct gate *gate, int64_t factor)
{
    return (struct throttle){ &gate->vault->lookups, gate->limits.tries * factor,
                              gate->limits.window_ms };
}

/* Counts the try for the account and for the neighbourhood before anything is compared. */
static bool take_tries(struct tx *tx, const struct gate *gate, const struct visit *visit,
                       const char *kind, struct str about, struct arena *arena, struct tries *out,
                       struct err *err)
{
    struct throttle one = throttle_of(gate, 1), block = throttle_of(gate, GATE_BLOCK_FACTOR);

    if (!throttle_take(tx, &one, kind, about, visit->now, arena, &out->one, err) ||
        !throttle_take(tx, &block, "block", address_block(arena, visit->address), visit->now, arena,
                       &out->block, err))
        return PASS(err);
    return true;
}

static bool forgive(struct tx *tx, const struct tries *tries, struct err *err)
{
    return throttle_forgive(tx, tries->one, err) && throttle_forgive(tx, tries->block, err)
               ? true
               : PASS(err);
}

static bool read_secret(struct tx *tx, const struct query *query, const struct bind *binds,
                        size_t count, struct arena *arena, struct secret *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    *out = (struct secret){ 0, STR("") };
    if (!store_select(tx, query, binds, count, arena, &rows, err))
        return PASS(err);
    more = rows_next(rows, err);
    if (more > 0)
        *out = (struct secret){ row_int(rows, "id"), row_text(rows, "password_hash") };
    return more >= 0 ? true : PASS(err);
}

/* C04: a hash made with other parameters is made anew while the password is at hand. */
static bool renew_hash(struct tx *tx, const struct secret *secret, struct str fresh,
                       struct err *err)
{
    if (fresh.len == 0)
        return true;
    return store_exec(tx, &sql_login_rehash,
                      BINDS(bind_int("id", secret->account_id), bind_text("hash", fresh),
                            bind_text("old", secret->hash)),
                      NULL, err)
               ? true
               : PASS(err);
}

static bool note_failure(const struct gate *gate, const struct visit *visit, int64_t account_id,
                         struct str what, struct arena *arena, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct subject nobody = { .kind = SUBJECT_NOBODY };

    if (!tx_begin(gate->store, TX_WRITE, &tx, err) ||
        !access_note(&(struct deed){ tx, &nobody, visit->now, arena }, ACCESS_LOGIN_FAILED,
                     account_id, 0, what, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return true;
}

bool login_password(const struct gate *gate, const struct visit *visit, struct str email,
                    struct str password, struct arena *arena, struct str *token, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str normal = address_normal(arena, email), fresh = STR_NONE;
    struct secret secret;
    struct tries tries;

    if (password.len > PASSWORD_MAX)
        password = STR("");
    if (!tx_begin(gate->store, TX_WRITE, &tx, err) ||
        !take_tries(tx, gate, visit, "account", normal.len ? normal : str_take(email, ADDRESS_MAX),
                    arena, &tries, err) ||
        !read_secret(tx, &sql_login_account,
                     BINDS(bind_text("email", normal.len ? normal : STR(""))), arena, &secret,
                     err) ||
        !tx_commit(&tx, err))
        return PASS(err);

    if (!password_matches(password, secret.hash) || secret.account_id == 0) {
        if (!note_failure(gate, visit, secret.account_id, STR("password"), arena, err))
            return PASS(err);
        return FAIL(err, LOGIN_WRONG, STR_NONE);
    }
    if (password_is_old(secret.hash) && !password_hash(password, arena, &fresh, err))
        return PASS(err);

    if (!tx_begin(gate->store, TX_WRITE, &tx, err) || !forgive(tx, &tries, err) ||
        !renew_hash(tx, &secret, fresh, err) ||
        !session_purge(tx, &gate->limits, visit->now, err) ||
        !session_open(tx,
                      &(struct session_new){ .state = SESSION_PASSWORD,
                                             .account_id = secret.account_id,
                                             .agent = visit->agent },
                      visit->now, arena, token, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return true;
}

bool login_factor(const struct gate *gate, const struct subject *who, struct utc now,
                  struct arena *arena, struct str *secret, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct account *account = NULL;

    *secret = STR_NONE;
    if (!tx_begin(gate->store, TX_WRITE, &tx, err) ||
        !account_by_id(tx, who->account_id, arena, &account, err))
        return PASS(err);
    if (!account)
        return FAIL(err, LOGIN_NEEDED, STR_NONE);
    if (account->has_factor)
        return true;
    if (!account_factor_begin(&(struct deed){ tx, who, now, arena }, gate->vault, who->account_id,
                              secret, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return true;
}

/* The code of the factor in use, or of the one being set up when there is none. */
static bool check_code(const struct deed *deed, const struct vault *vault, int64_t account_id,
                       struct str code, bool *matched, struct err *err)
{
    struct account *account = NULL;

    *matched = false;
    if (!account_by_id(deed->tx, account_id, deed->arena, &account, err))
        return PASS(err);
    if (!account)
        return true;
    return (account->has_factor ? account_factor_check : account_factor_confirm)(
               deed, vault, account_id, code, matched, err)
               ? true
               : PASS(err);
}

/* The try is counted in a transaction of its own; a wrong code leaves it there. */
static bool try_code(const struct gate *gate, const struct visit *visit, const struct subject *who,
                     struct str code, struct arena *arena, enum session_state from,
                     struct str *token, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct throttle accounts = throttle_of(gate, 1);
    struct str about = arena_printf(arena, "%lld", (long long)who->account_id);
    struct deed deed = { NULL, who, visit->now, arena };
    struct tries tries;
    bool matched;

    if (!tx_begin(gate->store, TX_WRITE, &tx, err) ||
        !take_tries(tx, gate, visit, "code", about, arena, &tries, err) || !tx_commit(&tx, err))
        return PASS(err);
    if (!tx_begin(gate->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!check_code(&deed, gate->vault, who->account_id, code, &matched, err))
        return PASS(err);
    if (!matched) {
        if (!access_note(&deed, ACCESS_LOGIN_FAILED, who->account_id, 0, STR("code"), err) ||
            !tx_commit(&tx, err))
            return PASS(err);
        return FAIL(err, LOGIN_WRONG, STR_NONE);
    }
    if (!forgive(tx, &tries, err) || !throttle_clear(tx, &accounts, "code", about, arena, err) ||
        !throttle_clear(tx, &accounts, "account", who->email, arena, err) ||
        !session_renew(tx, who->session_id, SESSION_FULL, true, visit->now, arena, token, err) ||
        !store_exec(tx, &sql_login_mark,
                    BINDS(bind_int("id", who->account_id), bind_utc("now", visit->now)), NULL,
                    err) ||
        !access_note(&deed, ACCESS_LOGIN, who->account_id, 0,
                     from == SESSION_FULL ? STR("again") : STR_NONE, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return true;
}

bool login_code(const struct gate *gate, const struct visit *visit, const struct subject *who,
                struct str code, struct arena *arena, struct str *token, struct err *err)
{
    if (!who->needs_second_factor)
        return FAIL(err, LOGIN_NEEDED, STR_NONE);
    return try_code(gate, visit, who, code, arena, SESSION_PASSWORD, token, err) ? true : PASS(err);
}

bool login_again(const struct gate *gate, const struct visit *visit, const struct subject *who,
                 struct str password, struct str code, struct arena *arena, struct str *token,
                 struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct secret secret;
    struct tries tries;

    if (who->kind != SUBJECT_ACCOUNT)
        return FAIL(err, LOGIN_NEEDED, STR_NONE);
    if (!tx_begin(gate->store, TX_WRITE, &tx, err) ||
        !take_tries(tx, gate, visit, "account", who->email, arena, &tries, err) ||
        !read_secret(tx, &sql_login_hash, BINDS(bind_int("id", who->account_id)), arena, &secret,
                     err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    if (password.len > PASSWORD_MAX || !password_matches(password, secret.hash)) {
        if (!note_failure(gate, visit, who->account_id, STR("password"), arena, err))
            return PASS(err);
        return FAIL(err, LOGIN_WRONG, STR_NONE);
    }
    if (!tx_begin(gate->store, TX_WRITE, &tx, err) || !forgive(tx, &tries, err) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return try_code(gate, visit, who, code, arena, SESSION_FULL, token, err) ? true : PASS(err);
}

bool login_change_password(const struct gate *gate, const struct subject *who, struct utc now,
                           struct str password, bool end_others, struct arena *arena,
                           const char **fault, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    struct str about[] = { who->name, str_take(who->email, str_index(who->email, '@')),
                           who->organisation_name };
    struct deed deed = { NULL, who, now, arena };
    struct str hash;

    *fault = password_fault(password, about, COUNT(about), arena);
    if (*fault)
        return true;
    if (!password_hash(password, arena, &hash, err) || !tx_begin(gate->store, TX_WRITE, &tx, err))
        return PASS(err);
    deed.tx = tx;
    if (!account_set_password(&deed, who->account_id, hash, err) ||
        !account_tell_owner(&deed, who->account_id, err) ||
        (end_others && !session_end_all(&deed, who->account_id, who->session_id, err)) ||
        !tx_commit(&tx, err))
        return PASS(err);
    return true;
}
