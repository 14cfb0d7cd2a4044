/* domain/access/token.h: keys by which a program of a developer speaks for one of its people: it may what that person may, and no more. A token is
 * 256 random bits behind a prefix that scanners of leaked secrets recognise; it is shown once, and the database has its hash alone. */
#pragma once
#include "base/vec.h"
#include "domain/access/deed.h"
#include "domain/access/gate.h"

#define TOKEN_PREFIX "noroshi_"
enum {
    TOKEN_NAME_MAX = 60,
    TOKEN_DAYS_MAX = 366,
    TOKENS_MAX = 20,               /* of one person, that are in use */
    TOKEN_USED_MS = 60 * 60 * 1000 /* how exactly the last use is remembered */
};

struct token_new {
    struct str name; /* for its owner's eyes: which program has it */
    bool may_write;  /* only for who may answer for the developer (ROLE_PM) */
    int64_t days;    /* until it ends by itself; 1 to TOKEN_DAYS_MAX */
};
/* For deed->who itself; *token is the only copy. Its owner is told by mail (C06). ERR_INPUT names the field: "name", "scope", "days"; "tokens" when
 * there are TOKENS_MAX. Rule: C06 C40 */
MUST_CHECK bool token_make(const struct deed *deed, const struct token_new *values,
                           struct str *token, struct err *err);

/**
 * Who comes with this token: account, state and roles as they are now, the roles of developers alone. Unknown, ended and expired tokens and
 * those of disabled accounts are nobody's, and look the same.
 *
 * Rule: C21
 */
MUST_CHECK bool token_find(const struct gate *gate, struct str token, struct utc now,
                           struct arena *arena, struct subject *out, struct err *err);

/* A text that holds a token, or a webhook's secret: somebody has copied too much. Rule: C48 */
bool token_is_in(struct str text);

struct token_row {
    struct str public_id, name, owner_name;
    bool is_own, may_write;
    struct utc created_at, expires_at, used_at, ended_at;
};
struct token_rows {
    VEC_OF(struct token_row);
};
/* One's own; for a developer's manager those of the whole organisation. The newest first; what ended long ago is left out. */
MUST_CHECK bool token_list(struct tx *tx, const struct subject *who, struct utc now,
                           struct arena *arena, struct token_rows *out, struct err *err);
/* Ends one of those token_list shows, with the next request. ERR_ABSENT */
MUST_CHECK bool token_end(const struct deed *deed, struct str public_id, struct err *err);
/* With the account. */
MUST_CHECK bool token_end_all(const struct deed *deed, int64_t account_id, struct err *err);
