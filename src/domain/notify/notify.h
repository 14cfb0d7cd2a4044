/* domain/notify/notify.h: who hears what. Rows of the outbox become mails: nothing of a case in subject or envelope, one mail a recipient;
 * content only where it can be encrypted, else "log in to read" (requirements section 4; security 4.8; CFD-08). */
#pragma once
#include "base/vec.h"
#include "domain/casework/case.h"

struct notify {
    const struct casework *casework;
    struct str desk_url, portal_url;
    struct str receiving_body_ja, receiving_body_en, coordinating_body_ja, coordinating_body_en;
};

/* A mail as it is to be made. Texts are plain; a mail is encrypted exactly when pgp_key is there. */
struct notice {
    int64_t outbox_id;
    struct str message_id; /* the part before '@' */
    struct str to;
    enum lang lang;
    struct str subject;     /* the same neutral words for all */
    struct str body;        /* plain body: why, one link, who sent it, how to verify */
    struct str secret_body; /* with what happened; only ever sent encrypted */
    struct str pgp_key, pgp_fingerprint;
};

/* The next outbox rows that are due, at most `limit`, oldest first: their ids. */
struct notice_ids {
    VEC_OF(int64_t);
};
MUST_CHECK bool notify_due(struct tx *tx, struct utc now, int64_t limit, struct arena *arena,
                           struct notice_ids *out, struct err *err);
/* *has_address is false when the recipient cannot be reached by mail (and the row is then set aside). */
MUST_CHECK bool notify_compose(const struct notify *n, struct tx *tx, int64_t outbox_id,
                               struct utc now, struct arena *arena, struct notice *out,
                               bool *has_address, struct err *err);

enum notify_outcome { NOTIFY_SENT, NOTIFY_LATER, NOTIFY_FAILED, NOTIFY_NO_ADDRESS };
/* LATER backs off: 1, 2, 4 … minutes, at most 6 hours; after 3 days it is FAILED. words: the host's, without addresses. */
MUST_CHECK bool notify_outcome(struct tx *tx, int64_t outbox_id, enum notify_outcome outcome,
                               struct str words, struct utc now, struct err *err);

/* Rows of the table of notices, for the manual and the tests. */
struct notice_row {
    const char *notice; /* "N01" or our own name */
    const char *
        why; /* msgid: why you get this; says nothing of the case. To the operator of a website "{site}" and "{handling}" have values, to who had told a developer directly "{developer}" and "{date}" */
    const char *what; /* msgid: what happened, for encrypted mails; "{number}" is the case's */
    const char *
        path; /* where it leads on the desk; "{case}", "{list}" are public ids. To who had told a developer directly: on the portal */
    bool
        with_text; /* the words of the event's payload may go along, encrypted (allowed content of section 4) */
    const char *rule;
};
extern const struct notice_row notice_rows[];
extern const size_t notice_row_count;
