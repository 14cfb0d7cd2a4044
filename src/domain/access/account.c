#include "domain/access/account.h"

#include "base/err.h"
#include "domain/access/account.sql.h"
#include "domain/access/organisation.h"
#include "domain/access/outbox.h"
#include "domain/access/partner.h"
#include "domain/access/session.h"
#include "domain/access/token.h"

static const char *const state_names[ACCOUNT_STATES] = { "INVITED", "ACTIVE", "DISABLED" };

const struct role_word role_words[] = {
    { ROLE_RB, "rb", N_("Officer of the receiving body") },
    { ROLE_CB, "cb", N_("Officer of the coordinating body") },
    { ROLE_PM, "pm", N_("Product vulnerability countermeasure manager") },
    { ROLE_PD, "pd", N_("Member of a developer (reads only)") },
    { ROLE_ADMIN, "admin", N_("Administrator (accounts and settings)") },
    { ROLE_AUDITOR, "auditor", N_("Auditor (the ledger, no texts)") },
    { ROLE_CI, "ci", N_("Recipient of priority provision") },
    { ROLE_AN, "an", N_("Third party that analyses") },
    { ROLE_FB, "fb", N_("Foreign coordinator") },
    { ROLE_PC, "pc", N_("Member of the publication judgement committee") },
    { 0 },
};

struct str account_state_name(enum account_state state) { return str_from_z(state_names[state]); }

const char *account_state_words(enum account_state state)
{
    static const char *const words[ACCOUNT_STATES] = { N_("Invitation is open"), N_("Active"),
                                                       N_("Disabled") };

    return words[state];
}

unsigned account_roles_to_give(const struct subject *who, struct str organisation_kind,
                               int64_t organisation_id)
{
    bool is_office = (who->roles & ROLE_ADMIN) || who->kind == SUBJECT_COMMAND;

    if (str_eq_z(organisation_kind, "RB") && is_office)
        return ROLE_RB | ROLE_ADMIN | ROLE_AUDITOR;
    if (str_eq_z(organisation_kind, "CB") && is_office)
        return ROLE_CB | ROLE_ADMIN | ROLE_AUDITOR;
    if (str_eq_z(organisation_kind, "PD") &&
        (is_office || (who->roles & ROLE_CB) ||
         ((who->roles & ROLE_PM) && who->organisation_id == organisation_id)))
        return ROLE_PM | ROLE_PD;
    for (const struct partner_kind *k = partner_kinds; k->kind; k++) {
        if (str_eq_z(organisation_kind, k->kind) &&
            (is_office || (who->roles & (ROLE_RB | ROLE_CB))))
            return k->role;
    }
    return 0;
}

static bool organisation_kind(struct tx *tx, int64_t id, struct arena *arena, struct str *kind,
                              struct err *err)
{
    struct organisation *organisation = NULL;

    if (!organisation_by_id(tx, id, arena, &organisation, err))
        return PASS(err);
    if (!organisation)
        return FAIL(err, ABSENT, STR("organisation"));
    *kind = organisation->values.kind;
    return true;
}

bool account_add(const struct deed *deed, const struct account_new *values, int64_t *id,
                 struct str *public_id, struct err *err)
{
    struct account *other = NULL;
    struct str kind;

    if (!organisation_kind(deed->tx, values->organisation_id, deed->arena, &kind, err) ||
        !account_by_email(deed->tx, values->email, deed->arena, &other, err))
        return PASS(err);
    if (values->roles & ~account_roles_to_give(deed->who, kind, values->organisation_id))
        return FAIL(err, FORBIDDEN, STR("roles"));
    if (other)
        return FAIL(err, INPUT, STR("email"));
    *public_id = public_id_new(deed->arena);
    if (!store_insert(deed->tx, &sql_account_insert,
                      BINDS(bind_text("public_id", *public_id),
                            bind_int("organisation_id", values->organisation_id),
                            bind_text("email", values->email), bind_text("name", values->name),
                            bind_text("lang", lang_code(values->lang)),
                            bind_int("roles", values->roles), bind_utc("now", deed->now)),
                      id, err) ||
        !access_note(deed, ACCESS_ACCOUNT_ADDED, *id, values->organisation_id,
                     arena_printf(deed->arena, "roles %u", values->roles), err))
        return PASS(err);
    return true;
}

/* ---- reading ---- */
static enum account_state state_of(struct str name)
{
    for (int i = 0; i < ACCOUNT_STATES; i++) {
        if (str_eq_z(name, state_names[i]))
            return (enum account_state)i;
    }
    return ACCOUNT_DISABLED;
}

static struct account from_row(struct rows *rows)
{
    struct account account = {
        .id = row_int(rows, "id"),
        .organisation_id = row_int(rows, "organisation_id"),
        .version = row_int(rows, "version"),
        .public_id = row_text(rows, "public_id"),
        .email = row_text(rows, "email"),
        .name = row_text(rows, "name"),
        .organisation_public_id = row_text(rows, "organisation_public_id"),
        .organisation_name_ja = row_text(rows, "organisation_name_ja"),
        .organisation_name_en = row_text(rows, "organisation_name_en"),
        .organisation_kind = row_text(rows, "organisation_kind"),
        .roles = (unsigned)row_int(rows, "roles"),
        .state = state_of(row_text(rows, "state")),
        .has_password = row_int(rows, "has_password") != 0,
        .has_factor = !row_is_null(rows, "totp_confirmed_at"),
        .pgp_fingerprint = row_text(rows, "pgp_fingerprint"),
        .pgp_key = row_text(rows, "pgp_key"),
        .pgp_expires = row_utc(rows, "pgp_expires"),
        .pgp_confirmed_at = row_utc(rows, "pgp_confirmed_at"),
        .created_at = row_utc(rows, "created_at"),
        .last_login_at = row_utc(rows, "last_login_at"),
    };

    (void)lang_from_code(row_text(rows, "lang"), &account.lang);
    return account;
}

struct which {
    int64_t id, organisation_id;
    struct str public_id, email;
};

static bool list(struct tx *tx, const struct which *which, struct arena *arena,
                 struct accounts *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    *out = (struct accounts){ 0 };
    if (!store_select(tx, &sql_account_select,
                      BINDS(bind_id("id", which->id), bind_some("public_id", which->public_id),
                            bind_some("email", which->email),
                            bind_id("organisation_id", which->organisation_id)),
                      arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, from_row(rows));
    return more == 0 ? true : PASS(err);
}

static bool one(struct tx *tx, const struct which *which, struct arena *arena, struct account **out,
                struct err *err)
{
    struct accounts found = { 0 };

    *out = NULL;
    if (!list(tx, which, arena, &found, err))
        return PASS(err);
    if (found.len > 0)
        *out = &found.at[0];
    return true;
}

bool account_by_public_id(struct tx *tx, struct str public_id, struct arena *arena,
                          struct account **out, struct err *err)
{
    *out = NULL;
    if (!public_id_is(public_id))
        return true;
    return one(tx, &(struct which){ .public_id = public_id }, arena, out, err) ? true : PASS(err);
}

bool account_by_id(struct tx *tx, int64_t id, struct arena *arena, struct account **out,
                   struct err *err)
{
    *out = NULL;
    if (id == 0)
        return true;
    return one(tx, &(struct which){ .id = id }, arena, out, err) ? true : PASS(err);
}

bool account_by_email(struct tx *tx, struct str email, struct arena *arena, struct account **out,
                      struct err *err)
{
    *out = NULL;
    if (email.len == 0)
        return true;
    return one(tx, &(struct which){ .email = email }, arena, out, err) ? true : PASS(err);
}

bool account_list(struct tx *tx, int64_t organisation_id, struct arena *arena, struct accounts *out,
                  struct err *err)
{
    return list(tx, &(struct which){ .organisation_id = organisation_id }, arena, out, err)
               ? true
               : PASS(err);
}

bool account_count(struct tx *tx, int64_t *out, struct err *err)
{
    return store_number(tx, &sql_account_count, NO_BINDS, 0, out, err) ? true : PASS(err);
}

/* ---- changing ---- */
bool account_set_roles(const struct deed *deed, const struct account *account, unsigned roles,
                       struct err *err)
{
    unsigned giveable =
        account_roles_to_give(deed->who, account->organisation_kind, account->organisation_id);
    int64_t changed;

    /* Neither given nor taken away by somebody it is not for, and never for oneself. */
    if (((roles ^ account->roles) & ~giveable) || deed->who->account_id == account->id)
        return FAIL(err, FORBIDDEN, STR("roles"));
    if (!store_exec(deed->tx, &sql_account_set_roles,
                    BINDS(bind_int("id", account->id), bind_int("roles", roles),
                          bind_int("version", account->version)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, STR("account"));
    if (!access_note(deed, ACCESS_ROLES_CHANGED, account->id, account->organisation_id,
                     arena_printf(deed->arena, "%u to %u", account->roles, roles), err) ||
        !session_end_all(deed, account->id, 0, err))
        return PASS(err);
    return true;
}

bool account_set_disabled(const struct deed *deed, const struct account *account, bool disabled,
                          struct err *err)
{
    enum account_state state = disabled                ? ACCOUNT_DISABLED
                               : account->has_password ? ACCOUNT_ACTIVE
                                                       : ACCOUNT_INVITED;
    int64_t changed;

    if (!account_roles_to_give(deed->who, account->organisation_kind, account->organisation_id) ||
        deed->who->account_id == account->id)
        return FAIL(err, FORBIDDEN, STR("account"));
    if (!store_exec(deed->tx, &sql_account_set_state,
                    BINDS(bind_int("id", account->id),
                          bind_text("state", str_from_z(state_names[state])),
                          bind_int("version", account->version)),
                    &changed, err))
        return PASS(err);
    if (changed != 1)
        return FAIL(err, CHANGED_MEANWHILE, STR("account"));
    if (!access_note(deed, disabled ? ACCESS_ACCOUNT_DISABLED : ACCESS_ACCOUNT_ENABLED, account->id,
                     account->organisation_id, STR_NONE, err) ||
        !session_end_all(deed, account->id, 0, err) ||
        (disabled && !token_end_all(deed, account->id, err)) ||
        !store_exec(deed->tx, &sql_account_drop_invitations,
                    BINDS(bind_int("id", account->id), bind_utc("now", deed->now)), NULL, err))
        return PASS(err);
    return true;
}

bool account_set_profile(const struct deed *deed, int64_t id, struct str name, enum lang lang,
                         struct err *err)
{
    return store_exec(deed->tx, &sql_account_set_profile,
                      BINDS(bind_int("id", id), bind_text("name", name),
                            bind_text("lang", lang_code(lang))),
                      NULL, err)
               ? true
               : PASS(err);
}

bool account_set_password(const struct deed *deed, int64_t id, struct str hash, struct err *err)
{
    if (!store_exec(deed->tx, &sql_account_set_password,
                    BINDS(bind_int("id", id), bind_text("hash", hash)), NULL, err) ||
        !store_exec(deed->tx, &sql_account_drop_invitations,
                    BINDS(bind_int("id", id), bind_utc("now", deed->now)), NULL, err) ||
        !access_note(deed, ACCESS_PASSWORD_CHANGED, id, 0, STR_NONE, err))
        return PASS(err);
    return true;
}

bool account_tell_owner(const struct deed *deed, int64_t id, struct err *err)
{
    return outbox_to_account(deed->tx, &(struct news){ .notice = "CHANGED" }, id, deed->now, err)
               ? true
               : PASS(err);
}

/* ---- PGP key ---- */
enum key_end account_key_end(struct utc expires, struct utc now)
{
    if (!expires.ms || utc_add_days(now, ACCOUNT_KEY_WARNING_DAYS).ms < expires.ms)
        return KEY_HOLDS;
    return expires.ms <= now.ms ? KEY_HAS_ENDED : KEY_ENDS_SOON;
}

struct ending_key {
    int64_t account_id, organisation_id;
    unsigned roles;
};
struct ending_keys {
    VEC_OF(struct ending_key);
};

static bool load_ending(struct tx *tx, struct utc now, struct arena *arena, struct ending_keys *out,
                        struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int more;

    if (!store_select(
            tx, &sql_account_keys_ending,
            BINDS(bind_utc("now", now), bind_int("ahead", ACCOUNT_KEY_WARNING_DAYS * UTC_DAY)),
            arena, &rows, err))
        return PASS(err);
    while ((more = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct ending_key){ row_int(rows, "id"), row_int(rows, "organisation_id"),
                                      (unsigned)row_int(rows, "roles") });
    return more == 0 ? true : PASS(err);
}

bool account_tell_keys(struct tx *tx, struct utc now, struct err *err)
{
    CLEANUP(arena_free_var) struct arena *arena = arena_new((size_t)4 << 20);
    struct ending_keys keys = { 0 };

    if (!load_ending(tx, now, arena, &keys, err))
        return PASS(err);
    for (size_t i = 0; i < keys.len; i++) {
        const struct ending_key *key = &keys.at[i];

        if (!outbox_to_account(tx, &(struct news){ .notice = "KEY_ENDS" }, key->account_id, now,
                               err))
            return PASS(err);
        /* Officers of the bodies look after their keys themselves. */
        if (key->roles == ROLE_PD &&
            !outbox_to_managers(tx, &(struct news){ .notice = "KEY_ENDS_THERE" },
                                key->organisation_id, now, err))
            return PASS(err);
    }
    return true;
}

static struct str hex_of(struct arena *arena, struct str typed)
{
    char *out = arena_alloc(arena, typed.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.ptr[i];

        if (c >= 'a' && c <= 'f')
            c = (char)(c - 32);
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'))
            out[len++] = c;
        else if (c != ' ' && c != ':' && c != '\t')
            return STR_NONE;
    }
    return (struct str){ out, len };
}

bool account_put_key(const struct deed *deed, int64_t id, const struct account_key *key,
                     struct err *err)
{
    struct str fingerprint = hex_of(deed->arena, key->fingerprint);

    if (fingerprint.len != 40 && fingerprint.len != 64)
        return FAIL(err, PGP, STR("fingerprint"));
    if (!store_exec(deed->tx, &sql_account_put_key,
                    BINDS(bind_int("id", id), bind_text("key", key->armored),
                          bind_text("fingerprint", fingerprint), bind_utc("expires", key->expires)),
                    NULL, err) ||
        !access_note(deed, ACCESS_KEY_UPLOADED, id, 0, fingerprint, err))
        return PASS(err);
    return true;
}

bool account_confirm_key(const struct deed *deed, int64_t id, struct str typed, bool *matched,
                         struct err *err)
{
    struct str fingerprint = hex_of(deed->arena, typed);
    int64_t changed = 0;

    *matched = false;
    if (fingerprint.len != 40 && fingerprint.len != 64)
        return true;
    if (!store_exec(deed->tx, &sql_account_confirm_key,
                    BINDS(bind_int("id", id), bind_text("fingerprint", fingerprint),
                          bind_utc("now", deed->now)),
                    &changed, err))
        return PASS(err);
    *matched = changed == 1;
    if (*matched && (!access_note(deed, ACCESS_KEY_CONFIRMED, id, 0, fingerprint, err) ||
                     !account_tell_owner(deed, id, err)))
        return PASS(err);
    return true;
}

bool account_remove_key(const struct deed *deed, int64_t id, struct err *err)
{
    if (!store_exec(deed->tx, &sql_account_put_key,
                    BINDS(bind_int("id", id), bind_text("key", STR("")),
                          bind_text("fingerprint", STR("")), bind_null("expires")),
                    NULL, err) ||
        !access_note(deed, ACCESS_KEY_REMOVED, id, 0, STR_NONE, err) ||
        !account_tell_owner(deed, id, err))
        return PASS(err);
    return true;
}

struct str fingerprint_groups(struct arena *arena, struct str fingerprint)
{
    char *out = arena_alloc(arena, fingerprint.len * 2 + 1);
    size_t len = 0;

    for (size_t i = 0; i < fingerprint.len; i++) {
        if (i > 0 && i % 4 == 0)
            out[len++] = ' ';
        out[len++] = fingerprint.ptr[i];
    }
    return (struct str){ out, len };
}
