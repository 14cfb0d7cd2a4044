/* domain/access/account.h: people of the bodies and of developers: who they are, what they may, their password, second factor and
 * PGP key. */
#pragma once
#include "base/fault.h"
#include "base/vec.h"
#include "domain/access/deed.h"
#include "seal/vault.h"

enum { ACCOUNT_NAME_MAX = 100 };
enum account_state { ACCOUNT_INVITED, ACCOUNT_ACTIVE, ACCOUNT_DISABLED, ACCOUNT_STATES };

struct account {
    int64_t id, organisation_id, version;
    struct str public_id, email, name, organisation_public_id, organisation_name_ja,
        organisation_name_en, organisation_kind;
    enum lang lang;
    unsigned roles;
    enum account_state state;
    bool has_password, has_factor;
    struct str pgp_fingerprint, pgp_key;
    struct utc pgp_expires, pgp_confirmed_at, created_at, last_login_at;
};
struct accounts {
    VEC_OF(struct account);
};

const char *account_state_words(enum account_state state); /* msgid */
struct str account_state_name(enum account_state state);   /* "ACTIVE" */

/* Roles as the tables know them. */
struct role_word {
    unsigned role;
    const char *name;  /* "rb": of forms and the command line */
    const char *words; /* msgid */
};
extern const struct role_word role_words[]; /* ends with { 0 } */

/* Which roles who may give to people of such an organisation; 0: none. Nobody gives himself anything. Rule: CFD-14 */
unsigned account_roles_to_give(const struct subject *who, struct str organisation_kind,
                               int64_t organisation_id);

struct account_new {
    int64_t organisation_id;
    struct str email, name; /* email in its normal form (address.h) */
    enum lang lang;
    unsigned roles;
};
/* ERR_INPUT "email" when the address has an account already; ERR_FORBIDDEN for roles that are not who's to give. */
MUST_CHECK bool account_add(const struct deed *deed, const struct account_new *values, int64_t *id,
                            struct str *public_id, struct err *err);

/* *out is NULL when there is none. */
MUST_CHECK bool account_by_public_id(struct tx *tx, struct str public_id, struct arena *arena,
                                     struct account **out, struct err *err);
MUST_CHECK bool account_by_id(struct tx *tx, int64_t id, struct arena *arena, struct account **out,
                              struct err *err);
MUST_CHECK bool account_by_email(struct tx *tx, struct str email, struct arena *arena,
                                 struct account **out, struct err *err);
/* organisation_id 0: everybody. */
MUST_CHECK bool account_list(struct tx *tx, int64_t organisation_id, struct arena *arena,
                             struct accounts *out, struct err *err);
MUST_CHECK bool account_count(struct tx *tx, int64_t *out, struct err *err);

/* Other roles for somebody else; all their sessions end. */
MUST_CHECK bool account_set_roles(const struct deed *deed, const struct account *account,
                                  unsigned roles, struct err *err);
/* A disabled account's sessions end with it. */
MUST_CHECK bool account_set_disabled(const struct deed *deed, const struct account *account,
                                     bool disabled, struct err *err);
MUST_CHECK bool account_set_profile(const struct deed *deed, int64_t id, struct str name,
                                    enum lang lang, struct err *err);

/* hash: of password_hash, made outside the transaction. The account's open invitations end. */
MUST_CHECK bool account_set_password(const struct deed *deed, int64_t id, struct str hash,
                                     struct err *err);

/* Queues a mail to the account's address: password, second factor or key have changed (C06). */
MUST_CHECK bool account_tell_owner(const struct deed *deed, int64_t id, struct err *err);

/* ---- PGP key: inspected by the pgp process before it comes here ---- */
struct account_key {
    struct str armored, fingerprint;
    struct utc expires;
};
/* Kept, but used by nobody until its owner has confirmed the fingerprint. Rule: C46, CFD-08 */
MUST_CHECK bool account_put_key(const struct deed *deed, int64_t id, const struct account_key *key,
                                struct err *err);
/* typed: the fingerprint as read from the owner's own copy, with or without blanks. *matched: it is the one; only then it is used. */
MUST_CHECK bool account_confirm_key(const struct deed *deed, int64_t id, struct str typed,
                                    bool *matched, struct err *err);
MUST_CHECK bool account_remove_key(const struct deed *deed, int64_t id, struct err *err);
/* A key that ends is told to its owner, and to the managers of the organisation when the owner is none: ACCOUNT_KEY_WARNING_DAYS before,
 * and once when it has ended. Asked every day; each is told once for a key. Rule: CFD-08 */
enum { ACCOUNT_KEY_WARNING_DAYS = 30 };
MUST_CHECK bool account_tell_keys(struct tx *tx, struct utc now, struct err *err);
enum key_end { KEY_HOLDS, KEY_ENDS_SOON, KEY_HAS_ENDED };
enum key_end account_key_end(struct utc expires, struct utc now);
struct str fingerprint_groups(struct arena *arena, struct str fingerprint); /* "ABCD EF01 …" */

/* ---- second factor (TOTP) ---- */
/* The secret that is being set up: the one begun before, or a new one. It does not count until a code of it was right. */
MUST_CHECK bool account_factor_begin(const struct deed *deed, const struct vault *vault, int64_t id,
                                     struct str *secret, struct err *err);
/* Takes it into use if the code is right. Rule: C07 */
MUST_CHECK bool account_factor_confirm(const struct deed *deed, const struct vault *vault,
                                       int64_t id, struct str code, bool *matched, struct err *err);
/* A code of the factor in use, each step once. Rule: C07 */
MUST_CHECK bool account_factor_check(const struct deed *deed, const struct vault *vault, int64_t id,
                                     struct str code, bool *matched, struct err *err);
/* Taken away by an administrator: the next login sets up a new one. Sessions end. */
MUST_CHECK bool account_factor_reset(const struct deed *deed, const struct account *account,
                                     struct err *err);
