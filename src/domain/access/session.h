/* domain/access/session.h: sessions of people and of finders. The token is 256 random bits and leaves once, in a cookie; the
 * database has its hash alone (C08). */
#pragma once
#include "base/vec.h"
#include "domain/access/deed.h"
#include "domain/access/gate.h"

enum { SESSION_AGENT_MAX = 120 };

enum session_state { SESSION_PASSWORD, SESSION_FULL, SESSION_FINDER, SESSION_OPERATOR };

struct session_new {
    enum session_state state;
    int64_t account_id, report_id, link_id; /* one of them */
    struct str agent; /* what the browser calls itself; for the own list of sessions */
};
/* Writes a session; *token for the cookie. Rule: C08 */
MUST_CHECK bool session_open(struct tx *write, const struct session_new *session, struct utc now,
                             struct arena *arena, struct str *token, struct err *err);
/* All of a mailbox. */
MUST_CHECK bool session_end_finder(struct tx *write, int64_t report_id, struct err *err);
/* A finder's mailbox, after receipt and passphrase were right. */
MUST_CHECK bool session_open_finder(struct tx *write, int64_t report_id, struct str agent,
                                    struct utc now, struct arena *arena, struct str *token,
                                    struct err *err);

/**
 * Who comes with this token. Account, state and roles are read anew; sessions past their limits, of disabled accounts or unknown are
 * nobody's. A session that lacks the second factor is nobody with needs_second_factor set and no roles.
 *
 * Rule: C08, C09
 */
MUST_CHECK bool session_find(const struct gate *gate, struct str token, struct utc now,
                             struct arena *arena, struct subject *out, struct err *err);

/* A new token for the same session, at a change of privilege; fresh: the login was a strong one. Rule: C08 */
MUST_CHECK bool session_renew(struct tx *write, int64_t session_id, enum session_state state,
                              bool fresh, struct utc now, struct arena *arena, struct str *token,
                              struct err *err);
bool session_is_strong(const struct subject *who, struct utc now); /* C06 */

/* Ends take effect with the next request. Rule: C08, C09 */
MUST_CHECK bool session_end(const struct deed *deed, int64_t session_id, struct err *err);
MUST_CHECK bool session_end_one(const struct deed *deed, int64_t account_id, struct str public_id,
                                struct err *err);
MUST_CHECK bool session_end_all(const struct deed *deed, int64_t account_id, int64_t but_session_id,
                                struct err *err);

struct session_row {
    struct str public_id, agent;
    struct utc created_at, seen_at;
    bool is_this;
};
struct session_rows {
    VEC_OF(struct session_row);
};
MUST_CHECK bool session_list(struct tx *tx, const struct subject *who, struct utc now,
                             const struct access_limits *limits, struct arena *arena,
                             struct session_rows *out, struct err *err);
/* Deletes what is past its limits. */
MUST_CHECK bool session_purge(struct tx *write, const struct access_limits *limits, struct utc now,
                              struct err *err);
