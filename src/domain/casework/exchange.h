/* domain/casework/exchange.h: foreign coordinators in a case: who brought it or was brought in, what each was given, what was said (row FB of
 * the matrix). What they exchange travels as a CSAF document as well (package.h). */
#pragma once
#include "domain/access/partner.h"
#include "domain/casework/visibility.h"

struct exchange {
    int64_t id, case_id, organisation_id, opened_seq, given_seq;
    struct str public_id, parts, organisation_name_ja, organisation_name_en;
    bool is_origin;       /* the case came from it */
    struct str reference; /* its own number there, "VU#123456"; opened by exchange_texts */
    struct utc opened_at, given_at, seen_at, ended_at;
};
struct exchanges {
    VEC_OF(struct exchange);
};

/* A foreign coordinator takes part from here on; it has been given nothing yet. For foreign.h and exchange_give. ERR_INPUT "reference" */
MUST_CHECK bool exchange_open(struct tx *tx, const struct subject *who, struct product_case *c,
                              int64_t organisation_id, bool is_origin, struct str reference,
                              struct utc now, struct arena *arena, struct err *err);

struct exchange_wish {
    struct str partner;        /* public id, of the register */
    struct str words;          /* what is asked of it */
    struct str countermeasure; /* what may be told of it; needed and given when one is made */
    bool with_verification, with_attack;
};
/* CB gives what the grant and row FB allow at this moment; it is told. A second time it replaces what was given, and one that ended begins
 * anew. ERR_INPUT names the field, ERR_NO_SUCH_MOVE while the row has nothing. Rule: COO-34 CFD-12 */
MUST_CHECK bool exchange_give(struct tx *tx, const struct subject *who, struct product_case *c,
                              const struct grant *grant, const struct exchange_wish *wish,
                              struct utc now, struct arena *arena, struct err *err);
/* It sees nothing of the case from here on. Nothing happens when it has ended. */
MUST_CHECK bool exchange_close(struct tx *tx, const struct subject *who, struct product_case *c,
                               struct str public_id, struct utc now, struct arena *arena,
                               struct err *err);

/* Of a case, for the bodies, in the order they joined. */
MUST_CHECK bool exchanges_of_case(struct tx *tx, int64_t case_id, struct arena *arena,
                                  struct exchanges *out, struct err *err);
/* In which the reader's own organisation takes part, the newest first. */
MUST_CHECK bool exchanges_of_organisation(struct tx *tx, int64_t organisation_id,
                                          struct arena *arena, struct exchanges *out,
                                          struct err *err);
/* One of this case, for CB. ERR_ABSENT */
MUST_CHECK bool exchange_of_case(struct tx *tx, const struct product_case *c, struct str public_id,
                                 struct arena *arena, struct exchange *out, struct err *err);
/* One of the reader's own, with its case and what of it may be seen now: of a case it brought perhaps nothing but the conversation. ERR_ABSENT
 * for anybody else's, when it was ended, and when row FB has nothing of a case it did not bring. */
MUST_CHECK bool exchange_load(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct str public_id, struct arena *arena, struct exchange *out,
                              struct product_case *c, struct grant *grant, struct err *err);

struct exchange_texts {
    struct str reference, words, countermeasure;
    struct str fields; /* a record of the report's fields that were given, as the grant allows */
};
MUST_CHECK bool exchange_texts(struct tx *tx, const struct product_case *c,
                               const struct exchange *e, const struct grant *grant,
                               struct arena *arena, struct exchange_texts *out, struct err *err);
MUST_CHECK bool exchange_see(struct tx *tx, const struct subject *who, struct product_case *c,
                             const struct exchange *e, struct utc now, struct arena *arena,
                             struct err *err);

struct exchange_message {
    bool is_from_there;
    struct str words;
    struct utc at;
};
struct exchange_messages {
    VEC_OF(struct exchange_message);
};
/* The coordinator or CB writes; the other side is told. ERR_INPUT "text" */
MUST_CHECK bool exchange_say(struct tx *tx, const struct subject *who, struct product_case *c,
                             const struct exchange *e, struct str words, struct utc now,
                             struct arena *arena, struct err *err);
MUST_CHECK bool exchange_messages(struct tx *tx, const struct product_case *c,
                                  const struct exchange *e, struct arena *arena,
                                  struct exchange_messages *out, struct err *err);

/* News of the case for every coordinator that takes part (PUB-06: publication at the same time worldwide). */
MUST_CHECK bool exchange_tell_all(struct tx *tx, const struct product_case *c, int64_t seq,
                                  struct utc now, struct arena *arena, struct err *err);
