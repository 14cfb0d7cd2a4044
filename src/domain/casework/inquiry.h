/* domain/casework/inquiry.h: a finder's question about its case (FND-05). The receiving body answers it with what whoever takes part has agreed
 * may be told: the coordinating body of a product's case, the operator of a website's. Received, consulted, answered: while the
 * consultation is not on record, nothing but questions goes to the finder. Who takes part in nothing yet need not be consulted. */
#pragma once
#include "base/life.h"
#include "domain/casework/talk.h"

struct website;

enum inquiry_state {
    INQUIRY_START,
    INQUIRY_RECEIVED,
    INQUIRY_CONSULTING, /* the coordinating body is asked what may be told */
    INQUIRY_CONSULTED,
    INQUIRY_ANSWERED,
    INQUIRY_STATES
};
enum inquiry_event {
    ON_INQUIRY_ASK,
    ON_INQUIRY_CONSULT,
    ON_INQUIRY_ADVISE,
    ON_INQUIRY_RECORD, /* what the operator of a website has agreed to */
    ON_INQUIRY_ANSWER,
    INQUIRY_EVENTS
};
enum inquiry_party { CONSULT_NOBODY, CONSULT_COORDINATING_BODY, CONSULT_OPERATOR };
struct inquiry_facts {
    bool has_words, is_advised, is_verified;
    enum inquiry_party party; /* whoever takes part now */
};
extern const struct life inquiry_life;

struct inquiry {
    int64_t id;
    enum inquiry_state state;
    struct str
        identity; /* how it was made sure that it is the finder: "RECEIPT", with the passphrase */
    struct utc at, consulted_at, advised_at;
    struct str words;  /* the finder's; empty for whoever is not the receiving body */
    struct str asked;  /* by the receiving body */
    struct str advice; /* what may be told */
};
struct inquiries {
    VEC_OF(struct inquiry);
};
/* Of a case, those that wait, the oldest first. ERR_ABSENT for whoever is not of a body. */
MUST_CHECK bool inquiries_waiting(struct tx *tx, const struct subject *who,
                                  const struct product_case *c, struct arena *arena,
                                  struct inquiries *out, struct err *err);
/* site: of a website's case, else NULL. */
enum inquiry_party inquiry_party(const struct product_case *c, const struct website *site);
/* Whether this subject may do it now, were the words given. */
bool inquiry_can(const struct subject *who, const struct inquiry *inquiry, enum inquiry_party party,
                 enum inquiry_event event);

/* From the mailbox: receipt and passphrase have made sure who asks. The receiving body is told. Rule: FND-05 INT-12 INT-13 */
MUST_CHECK bool inquiry_ask(struct tx *tx, const struct subject *who, struct product_case *c,
                            struct str text, struct utc now, struct arena *arena, struct err *err);
/* The receiving body asks the coordinating body, in its own words: nothing that could tell who the finder is. Rule: INT-12 FND-01 */
MUST_CHECK bool inquiry_consult(struct tx *tx, const struct subject *who, struct product_case *c,
                                int64_t id, struct str text, struct utc now, struct arena *arena,
                                struct err *err);
/* The coordinating body says what the finder may be told. Rule: INT-12 */
MUST_CHECK bool inquiry_advise(struct tx *tx, const struct subject *who, struct product_case *c,
                               int64_t id, struct str text, struct utc now, struct arena *arena,
                               struct err *err);
/* The receiving body keeps what the operator has agreed to. Rule: INT-12 */
MUST_CHECK bool inquiry_record(struct tx *tx, const struct subject *who, struct website *site,
                               int64_t id, struct str text, struct utc now, struct arena *arena,
                               struct err *err);
/* N06. ERR_NOT_READY while somebody takes part and has not been consulted. Rule: INT-12 INT-13 N06 */
MUST_CHECK bool inquiry_answer(struct tx *tx, const struct subject *who, struct product_case *c,
                               const struct website *site, int64_t id, struct str text,
                               struct utc now, struct arena *arena, struct err *err);
