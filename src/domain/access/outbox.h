/* domain/access/outbox.h: news for people, as rows written in the transaction of the change; notify makes the text when it sends. */
#pragma once
#include "base/utc.h"
#include "domain/access/subject.h"

struct err;
struct tx;

#define OUTBOX_TOKEN_ABOUT STR("invitation token")

/* What the news is about. notice: a row of the notification matrix ("N09") or of our own ("INVITE"). */
struct news {
    const char *notice;
    int64_t case_id, participant_id, report_id;
    int64_t
        seq; /* the ledger entry that caused it, 0: none; with watch_id: the number of the mail */
    int64_t watch_id; /* a list of watched products; to accounts alone */
    struct str
        token_sealed; /* an invitation's token on its way: seal_text(&vault.secrets, OUTBOX_TOKEN_ABOUT, token); else empty */
};

/* To one account; about a case also to who stands in for it now (absence.h). */
MUST_CHECK bool outbox_to_account(struct tx *tx, const struct news *news, int64_t account_id,
                                  struct utc now, struct err *err);
/* To every active account that holds one of these roles (ROLE_RB, ROLE_CB). */
MUST_CHECK bool outbox_to_role(struct tx *tx, const struct news *news, unsigned roles,
                               struct utc now, struct err *err);
/* To the managers (PM) of an organisation (CFD-14: in principle through them alone). */
MUST_CHECK bool outbox_to_managers(struct tx *tx, const struct news *news, int64_t organisation_id,
                                   struct utc now, struct err *err);
/* To the operator of a website, at the address of the link's stage, with that link. */
MUST_CHECK bool outbox_to_operator(struct tx *tx, const struct news *news, int64_t link_id,
                                   struct utc now, struct err *err);
/* To who had told the developer of a case directly; nothing when nobody had (casework/direct.h). */
MUST_CHECK bool outbox_to_reporter(struct tx *tx, const struct news *news, struct utc now,
                                   struct err *err);
/* To the people of another organisation who hold one of these roles. */
MUST_CHECK bool outbox_to_people(struct tx *tx, const struct news *news, int64_t organisation_id,
                                 unsigned roles, struct utc now, struct err *err);
/* To the finder of news->report_id, at the address sealed with the identity, if there is one. */
MUST_CHECK bool outbox_to_finder(struct tx *tx, const struct news *news, struct utc now,
                                 struct err *err);
