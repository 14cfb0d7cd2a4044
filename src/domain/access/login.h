/* domain/access/login.h: password, then code, then in. Each function opens its own transactions (gate.h). */
#pragma once
#include "domain/access/account.h"
#include "domain/access/gate.h"

/* Where a try comes from. */
struct visit {
    struct str address, agent;
    struct utc now;
};

/**
 * The first step. A right password gives a session that lacks the code and may do nothing else. Unknown, disabled and invited accounts
 * cost the same time and give the same answer as a wrong password.
 *
 * err    ERR_LOGIN_WRONG, ERR_TOO_MANY (of the account or of the neighbourhood; existing sessions go on)
 * Rule:  C01, C04, C05, C07
 */
MUST_CHECK bool login_password(const struct gate *gate, const struct visit *visit, struct str email,
                               struct str password, struct arena *arena, struct str *token,
                               struct err *err);

/* The secret to be set up when the account has no second factor yet; *secret is empty when it has one. */
MUST_CHECK bool login_factor(const struct gate *gate, const struct subject *who, struct utc now,
                             struct arena *arena, struct str *secret, struct err *err);

/* The second step: who has needs_second_factor. A right code gives a full session under a new token; the first one ever confirms the
 * factor that was set up. ERR_LOGIN_WRONG, ERR_TOO_MANY. Rule: C01, C07, C08 */
MUST_CHECK bool login_code(const struct gate *gate, const struct visit *visit,
                           const struct subject *who, struct str code, struct arena *arena,
                           struct str *token, struct err *err);

/* Password and code once more, before something that must not be done with a stolen session. Gives a new token. Rule: C06 */
MUST_CHECK bool login_again(const struct gate *gate, const struct visit *visit,
                            const struct subject *who, struct str password, struct str code,
                            struct arena *arena, struct str *token, struct err *err);

/* A new password for who is logged in: *fault is a msgid when it cannot be used. Other sessions end when end_others. */
MUST_CHECK bool login_change_password(const struct gate *gate, const struct subject *who,
                                      struct utc now, struct str password, bool end_others,
                                      struct arena *arena, const char **fault, struct err *err);
