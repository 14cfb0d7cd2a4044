/* domain/access/hook.h: webhooks: addresses of a developer's programs that are told when something happened. What is told is ids and a kind, never
 * contents; it is signed as the Standard Webhooks specification says. Each address hears of one thing at a time, in the order in which they
 * happened; what fails is tried again later, and an address that fails again and again is paused. */
#pragma once
#include "base/vec.h"
#include "domain/access/deed.h"
#include "seal/vault.h"

enum {
    HOOK_URL_MAX = 500,
    HOOKS_MAX = 10,        /* of one organisation */
    HOOK_FAILURES_MAX = 8, /* in a row; then it is paused, after some two hours */
    HOOK_KEEP_DAYS = 30    /* of what was told or could not be */
};

/* Groups of events that may be chosen. */
struct hook_event {
    const char *name, *words; /* words: msgid; name NULL ends the table */
};
extern const struct hook_event hook_events[];
/* The group of a ledger entry's kind. */
const char *hook_event_of(struct str kind);

/* An address we would call: https and a name with a dot, on its usual port; private_ok: any http address of one's own network as well. */
bool hook_url_is_fine(struct str url, bool private_ok);

struct hook_new {
    struct str url, events; /* events: names separated by blanks, at least one */
    bool private_ok;
};
/* For the organisation of deed->who. *secret is shown this once. ERR_INPUT names the field: "url", "events"; "hooks" when there are HOOKS_MAX. */
MUST_CHECK bool hook_make(const struct deed *deed, const struct vault *vault,
                          const struct hook_new *values, struct str *secret, struct err *err);

struct hook {
    int64_t id, waiting; /* waiting: deliveries that have not gone out */
    struct str public_id, url, events;
    struct utc created_at, paused_at;
    int64_t failures;
};
struct hook_rows {
    VEC_OF(struct hook);
};
/* Of the reader's organisation; none that has ended. */
MUST_CHECK bool hook_list(struct tx *tx, const struct vault *vault, const struct subject *who,
                          struct arena *arena, struct hook_rows *out, struct err *err);
/* ERR_ABSENT when it is not the organisation's. */
MUST_CHECK bool hook_load(struct tx *tx, const struct vault *vault, const struct subject *who,
                          struct str public_id, struct arena *arena, struct hook *out,
                          struct err *err);
MUST_CHECK bool hook_end(const struct deed *deed, const struct hook *hook, struct err *err);
/* Paused by a person, or set going again: what waits goes out then. */
MUST_CHECK bool hook_pause(const struct deed *deed, const struct hook *hook, struct err *err);
MUST_CHECK bool hook_resume(const struct deed *deed, const struct hook *hook, struct err *err);
/* Something to see that it works: a delivery of kind "test". */
MUST_CHECK bool hook_test(const struct deed *deed, const struct hook *hook, struct err *err);

enum hook_state { HOOK_QUEUED, HOOK_SENT, HOOK_FAILED };
struct hook_delivery {
    struct str public_id, kind, case_number, case_public_id, words; /* words: of the last attempt */
    struct utc at, tried_at;
    enum hook_state state;
    int64_t attempts;
};
struct hook_deliveries {
    VEC_OF(struct hook_delivery);
};
/* The newest first, at most `limit`. */
MUST_CHECK bool hook_told(struct tx *tx, const struct hook *hook, int64_t limit,
                          struct arena *arena, struct hook_deliveries *out, struct err *err);
/* Once more, whatever became of it. ERR_ABSENT */
MUST_CHECK bool hook_again(const struct deed *deed, const struct hook *hook, struct str public_id,
                           struct err *err);

/* ---- for whoever makes and carries news ---- */

struct hook_news {
    int64_t case_id, participant_id, seq;
    struct str kind;
    bool is_for_all; /* developers that were told of the case; else the participant alone */
};
/* In the transaction of the event. */
MUST_CHECK bool hook_queue(struct tx *write, const struct hook_news *news, struct utc now,
                           struct err *err);

/* What goes out. */
struct hook_call {
    int64_t delivery_id;
    struct str url, id, timestamp, signature, body;
};
struct hook_ids {
    VEC_OF(int64_t);
};
/* The next delivery of each address that is due; at most limit. */
MUST_CHECK bool hook_due(struct tx *tx, struct utc now, int64_t limit, struct arena *arena,
                         struct hook_ids *out, struct err *err);
MUST_CHECK bool hook_compose(struct tx *tx, const struct vault *vault, int64_t delivery_id,
                             struct utc now, struct arena *arena, struct hook_call *out,
                             struct err *err);
/* "v1," and the base64 of HMAC-SHA-256 over "ID.TIMESTAMP.BODY". */
struct str hook_signature(const struct seal_key *secret, struct str id, struct str timestamp,
                          struct str body, struct arena *arena);
/* words: what came back, without contents. A failure backs off: 1, 2, 4 … minutes; the HOOK_FAILURES_MAXth gives this delivery up and pauses the
 * address, and the managers are told. */
MUST_CHECK bool hook_outcome(struct tx *write, int64_t delivery_id, bool is_taken, struct str words,
                             struct utc now, struct arena *arena, struct err *err);
MUST_CHECK bool hook_purge(struct tx *write, struct utc now, struct err *err);
