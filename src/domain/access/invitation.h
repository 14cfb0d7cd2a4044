/* domain/access/invitation.h: a link that works once: into an account that has no password yet, or to a new password. */
#pragma once
#include "domain/access/account.h"
#include "domain/access/login.h"

enum invitation_purpose { INVITATION_INVITE, INVITATION_RESET };
enum {
    INVITATION_MS = 72 * 60 * 60 * 1000, /* an invitation: three days */
    RESET_MS = 60 * 60 * 1000            /* a new password: an hour (C39) */
};

/* Writes the link and queues the mail that carries it; earlier links of the account end. token: for whoever hands it over in person (the
 * command line); the mail's own copy lies sealed until it is sent. Rule: COO-07, C39 */
MUST_CHECK bool invitation_send(const struct deed *deed, const struct vault *vault,
                                const struct account *account, enum invitation_purpose purpose,
                                struct str *token, struct err *err);

struct invitation {
    int64_t id;
    enum invitation_purpose purpose;
    struct account *account;
};
/* ERR_INVITATION when it was used, is too old, or never was. */
MUST_CHECK bool invitation_find(struct tx *tx, struct str token, struct utc now,
                                struct arena *arena, struct invitation *out, struct err *err);

/**
 * Sets name (of an invitation) and password; gives a session that lacks the code: the next page asks for it, or sets it up. After a reset
 * all other sessions end.
 *
 * fault  a msgid when the password cannot be used; then nothing happened
 * err    ERR_INVITATION
 */
MUST_CHECK bool invitation_accept(const struct gate *gate, const struct visit *visit,
                                  struct str token, struct str name, struct str password,
                                  struct arena *arena, const char **fault, struct str *session,
                                  struct err *err);

/* Somebody has forgotten the password. Does the same for known and unknown addresses, and says nothing. Rule: C05 */
MUST_CHECK bool invitation_reset(const struct gate *gate, const struct visit *visit,
                                 struct str email, struct arena *arena, struct err *err);
