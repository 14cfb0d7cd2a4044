#include "domain/access/token.h"

#include "base/ascii.h"
#include "base/err.h"
#include "domain/access/outbox.h"
#include "domain/access/token.sql.h"

enum {
    SHOWN_DAYS = 90,
    TOKEN_SECRET_LENGTH = 52,
    HOOK_SECRET_LENGTH = 43 /* base64 of 32 bytes */
};

static bool check(const struct deed *deed, const struct token_new *values, struct err *err)
{
    int64_t count;

    if (values->name.len == 0 || !str_is_utf8(values->name) || !str_is_plain(values->name, false) ||
        str_code_points(values->name) > TOKEN_NAME_MAX)
        return FAIL(err, INPUT, STR("name"));
    if (values->may_write && !(deed->who->roles & ROLE_PM))
        return FAIL(err, INPUT, STR("scope"));
    if (values->days < 1 || values->days > TOKEN_DAYS_MAX)
        return FAIL(err, INPUT, STR("days"));
    if (!store_number(
            deed->tx, &sql_token_count,
            BINDS(bind_int("account_id", deed->who->account_id), bind_utc("now", deed->now)), 0,
            &count, err))
        return PASS(err);
    return count < TOKENS_MAX ? true : FAIL(err, INPUT, STR("tokens"));
}

/* C06: whoever makes or ends one with a stolen session is noticed. */
static bool tell_owner(const struct deed *deed, int64_t owner, struct err *err)
{
    return outbox_to_account(deed->tx, &(struct news){ .notice = "TOKEN" }, owner, deed->now, err)
               ? true
               : PASS(err);
}

bool token_make(const struct deed *deed, const struct token_new *values, struct str *token,
                struct err *err)
{
    struct str secret =
        arena_printf(deed->arena, TOKEN_PREFIX "%.*s", STR_ARG(random_token(deed->arena)));
    struct hash hash = hash_of(secret);
    int64_t id, owner = deed->who->account_id;

    if (!check(deed, values, err) ||
        !store_insert(deed->tx, &sql_token_insert,
                      BINDS(bind_text("public_id", public_id_new(deed->arena)),
                            bind_int("account_id", owner), bind_text("name", values->name),
                            bind_blob("token_hash", hash_str(&hash)),
                            bind_int("may_write", values->may_write), bind_utc("now", deed->now),
                            bind_utc("expires_at", utc_add_days(deed->now, values->days))),
                      &id, err) ||
        !access_note(deed, ACCESS_TOKEN_MADE, owner, 0,
                     values->may_write ? STR("write") : STR("read"), err) ||
        !tell_owner(deed, owner, err))
        return PASS(err);
    *token = secret;
    return true;
}

/* What follows the prefix is long enough to be the secret itself, and no word about it. */
static bool is_secret_behind(struct str text, struct str prefix, size_t least)
{
    while (text.len > 0) {
        struct str rest = str_drop(text, str_index_str(text, prefix) + prefix.len);
        size_t n = 0;

        while (n < rest.len &&
               (ascii_is_alnum(rest.ptr[n]) || rest.ptr[n] == '+' || rest.ptr[n] == '/'))
            n++;
        if (n >= least)
            return true;
        text = rest;
    }
    return false;
}

bool token_is_in(struct str text)
{
    return is_secret_behind(text, STR(TOKEN_PREFIX), TOKEN_SECRET_LENGTH) ||
           is_secret_behind(text, STR("whsec_"), HOOK_SECRET_LENGTH);
}

static bool note_used(const struct gate *gate, int64_t id, struct utc now, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;

    return tx_begin(gate->store, TX_WRITE, &tx, err) &&
                   store_exec(tx, &sql_token_used, BINDS(bind_int("id", id), bind_utc("now", now)),
                              NULL, err) &&
                   tx_commit(&tx, err)
               ? true
               : PASS(err);
}

bool token_find(const struct gate *gate, struct str token, struct utc now, struct arena *arena,
                struct subject *out, struct err *err)
{
    CLEANUP(tx_end_var) struct tx *tx = NULL;
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct hash hash = hash_of(token);
    struct utc used;
    int got;

    *out = (struct subject){ .kind = SUBJECT_NOBODY };
    if (token.len > 128 || !str_starts(token, STR(TOKEN_PREFIX)))
        return true;
    if (!tx_begin(gate->store, TX_READ, &tx, err) ||
        !store_select(tx, &sql_token_get,
                      BINDS(bind_blob("token_hash", hash_str(&hash)), bind_utc("now", now)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    *out = (struct subject){
        .kind = SUBJECT_ACCOUNT,
        .roles = (unsigned)row_int(rows, "roles") & (ROLE_PM | ROLE_PD),
        .account_id = row_int(rows, "account_id"),
        .organisation_id = row_int(rows, "organisation_id"),
        .token_id = row_int(rows, "token_id"),
        .may_write = row_int(rows, "may_write") != 0,
        .name = row_text(rows, "name"),
        .organisation_name = row_text(rows, "organisation_name"),
        .email = row_text(rows, "email"),
    };
    (void)lang_from_code(row_text(rows, "lang"), &out->lang);
    used = row_utc(rows, "used_at");
    rows_end(TAKE(rows));
    tx_end(TAKE(tx));
    if (now.ms - used.ms >= TOKEN_USED_MS && !note_used(gate, out->token_id, now, err))
        return PASS(err);
    return true;
}

/* What somebody sees and may end: his own, as a manager his organisation's. */
#define REACH(who)                                                                               \
    (who)->roles &ROLE_PM ? bind_null("account_id") : bind_int("account_id", (who)->account_id), \
        (who)->roles &ROLE_PM ? bind_int("organisation_id", (who)->organisation_id)              \
                              : bind_null("organisation_id")

bool token_list(struct tx *tx, const struct subject *who, struct utc now, struct arena *arena,
                struct token_rows *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct token_rows){ 0 };
    if (!store_select(tx, &sql_token_list,
                      BINDS(bind_utc("since", utc_add_days(now, -SHOWN_DAYS)), REACH(who)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct token_row){ .public_id = row_text(rows, "public_id"),
                                     .name = row_text(rows, "name"),
                                     .owner_name = row_text(rows, "owner_name"),
                                     .is_own = row_int(rows, "account_id") == who->account_id,
                                     .may_write = row_int(rows, "may_write") != 0,
                                     .created_at = row_utc(rows, "created_at"),
                                     .expires_at = row_utc(rows, "expires_at"),
                                     .used_at = row_utc(rows, "used_at"),
                                     .ended_at = row_utc(rows, "ended_at") });
    return got == 0 ? true : PASS(err);
}

static bool whose(const struct deed *deed, struct str public_id, int64_t *id, int64_t *owner,
                  struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(deed->tx, &sql_token_whose,
                      BINDS(bind_text("public_id", public_id), REACH(deed->who)), deed->arena,
                      &rows, err) ||
        !rows_one(rows, STR("a token"), err))
        return PASS(err);
    *id = row_int(rows, "id");
    *owner = row_int(rows, "account_id");
    return true;
}

bool token_end(const struct deed *deed, struct str public_id, struct err *err)
{
    int64_t id, owner;

    return whose(deed, public_id, &id, &owner, err) &&
                   store_exec(deed->tx, &sql_token_end,
                              BINDS(bind_int("id", id), bind_utc("now", deed->now)), NULL, err) &&
                   access_note(deed, ACCESS_TOKEN_ENDED, owner, 0, STR_NONE, err) &&
                   tell_owner(deed, owner, err)
               ? true
               : PASS(err);
}

bool token_end_all(const struct deed *deed, int64_t account_id, struct err *err)
{
    int64_t ended;

    if (!store_exec(deed->tx, &sql_token_end_all,
                    BINDS(bind_int("account_id", account_id), bind_utc("now", deed->now)), &ended,
                    err) ||
        (ended > 0 && !access_note(deed, ACCESS_TOKEN_ENDED, account_id, 0, STR_NONE, err)))
        return PASS(err);
    return true;
}
