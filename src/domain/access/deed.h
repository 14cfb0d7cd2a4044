/* domain/access/deed.h: one deed: who does it, when, in which transaction; and the note that is kept of it. */
#pragma once
#include "base/vec.h"
#include "domain/access/subject.h"
#include "store/store.h"

struct err;

struct deed {
    struct tx *tx; /* a write transaction */
    const struct subject *who;
    struct utc now;
    struct arena *arena;
};

/* What is written down of accounts and organisations; the names stand in the table access_event. */
enum access_kind {
    ACCESS_LOGIN,
    ACCESS_LOGIN_FAILED,
    ACCESS_PASSWORD_CHANGED,
    ACCESS_FACTOR_ENROLLED,
    ACCESS_FACTOR_RESET,
    ACCESS_SESSION_ENDED,
    ACCESS_KEY_UPLOADED,
    ACCESS_KEY_CONFIRMED,
    ACCESS_KEY_REMOVED,
    ACCESS_ACCOUNT_ADDED,
    ACCESS_ACCOUNT_INVITED,
    ACCESS_ACCOUNT_DISABLED,
    ACCESS_ACCOUNT_ENABLED,
    ACCESS_ROLES_CHANGED,
    ACCESS_ORGANISATION_ADDED,
    ACCESS_REGISTRATION_STEP,
    ACCESS_CONTACT_CHANGED,
    ACCESS_POLICY_CHANGED,
    ACCESS_HANDLING_SUSPENDED,
    ACCESS_HANDLING_RESUMED,
    ACCESS_AGREEMENT_ENDED,
    ACCESS_CONDITION_CONFIRMED,
    ACCESS_ABSENCE_ENTERED,
    ACCESS_ABSENCE_ENDED,
    ACCESS_TOKEN_MADE,
    ACCESS_TOKEN_ENDED,
    ACCESS_HOOK_MADE,
    ACCESS_HOOK_ENDED,
    ACCESS_KINDS
};
struct str access_kind_name(enum access_kind kind); /* "login.failed" */
const char *
access_kind_words(struct str name); /* msgid for people; the name's own row, "" when unknown */

/* account_id, organisation_id: whom it is about; 0: nobody. detail: a role, a fingerprint, a state; never an address or a secret. */
MUST_CHECK bool access_note(const struct deed *deed, enum access_kind kind, int64_t account_id,
                            int64_t organisation_id, struct str detail, struct err *err);

struct access_event {
    struct utc at;
    struct str kind, actor_name, about_name, detail;
};
struct access_events {
    VEC_OF(struct access_event);
};
/* The newest first, at most limit. account_id, organisation_id: 0 for all. */
MUST_CHECK bool access_events(struct tx *tx, int64_t account_id, int64_t organisation_id,
                              int64_t limit, struct arena *arena, struct access_events *out,
                              struct err *err);
