/* domain/casework/analysis.h: a third party is asked to analyse what a case holds, as far as it needs it and under proper management: who,
 * what, under which condition, back by when. It stays confidential (INT-14, CFD-02; row AN of the matrix). */
#pragma once
#include "domain/access/partner.h"
#include "domain/casework/visibility.h"

struct analysis {
    int64_t id, case_id, organisation_id, seq, answer_seq;
    struct str public_id, parts, body, organisation_name_ja, organisation_name_en;
    struct utc at, due, seen_at, answered_at, ended_at;
};
struct analyses {
    VEC_OF(struct analysis);
};

struct analysis_wish {
    struct str partner;          /* public id, of the register */
    struct str scope, condition; /* what is to be found out; how it is to be kept */
    struct utc due;
    bool with_verification, with_attack; /* beside the vulnerability information */
};
/* RB or CB asks (N39), from acceptance to publication. ERR_INPUT names the field. Rule: INT-14 CFD-02 */
MUST_CHECK bool analysis_ask(struct tx *tx, const struct subject *who, struct product_case *c,
                             const struct grant *grant, const struct analysis_wish *wish,
                             struct utc now, struct arena *arena, struct err *err);
/* The body that asked ends it: the third party sees nothing from here on. Nothing happens when it has ended. */
MUST_CHECK bool analysis_end(struct tx *tx, const struct subject *who, struct product_case *c,
                             struct str public_id, struct utc now, struct arena *arena,
                             struct err *err);
/* Of a case, for the bodies, the newest first. */
MUST_CHECK bool analyses_of_case(struct tx *tx, int64_t case_id, struct arena *arena,
                                 struct analyses *out, struct err *err);
/* What the reader's own organisation was asked. */
MUST_CHECK bool analyses_of_organisation(struct tx *tx, int64_t organisation_id,
                                         struct arena *arena, struct analyses *out,
                                         struct err *err);

/* One of the reader's own, with its case and what of it may be seen now. ERR_ABSENT for anybody else's, when it was ended, and when the
 * case ended without publication. */
MUST_CHECK bool analysis_load(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct str public_id, struct arena *arena, struct analysis *out,
                              struct product_case *c, struct grant *grant, struct err *err);
/* *texts: a record of the report's fields that were given, as the grant allows. answer: empty until there is one. */
MUST_CHECK bool analysis_texts(struct tx *tx, const struct product_case *c,
                               const struct analysis *a, const struct grant *grant,
                               struct arena *arena, struct str *scope, struct str *condition,
                               struct str *texts, struct str *answer, struct err *err);
MUST_CHECK bool analysis_see(struct tx *tx, const struct subject *who, struct product_case *c,
                             const struct analysis *a, struct utc now, struct arena *arena,
                             struct err *err);
/* The result; the body that asked is told. A second answer adds to the first one on record and is the one shown. */
MUST_CHECK bool analysis_answer(struct tx *tx, const struct subject *who, struct product_case *c,
                                const struct analysis *a, struct str words, struct utc now,
                                struct arena *arena, struct err *err);
