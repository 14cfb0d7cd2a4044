/* domain/casework/eol.h: a case about a product whose support has ended (requirements 1.7): what is known of the end, which of the cases A
 * to E it is, and what its users are advised. Nothing ends by itself because support has (EOL-08). */
#pragma once
#include "domain/casework/case.h"

/* What users are advised (EOL-10). */
struct eol_advice {
    const char *code, *words; /* msgid */
};
extern const struct eol_advice eol_advices[]; /* ends with { NULL, NULL } */

struct eol_facts {
    struct str url; /* of the declaration */
    struct utc declared_at;
    struct utc ends_at;   /* of support, as declared */
    struct str embedded;  /* products of others that hold it; empty: none known */
    struct str advice;    /* of eol_advices, or empty */
    struct str successor; /* the product to move to; for SUCCESSOR */
    bool ci_use;          /* operators of critical infrastructure may use it */
    bool small_impact;    /* judged small (EOL-02) */
};
struct eol {
    struct eol_facts facts;
    struct utc recorded_at; /* 0: nothing is recorded */
};
MUST_CHECK bool eol_load(struct tx *tx, const struct product_case *c, struct arena *arena,
                         struct eol *out, struct err *err);

/* By an officer of CB; again: as it is known now. others: public ids of the developers whose products hold it; they join the case, with
 * nothing told yet. ERR_INPUT names the field. Rule: EOL-01 EOL-08 EOL-09 EOL-10 */
struct eol_others {
    VEC_OF(struct str);
};
MUST_CHECK bool eol_record(const struct casework *w, struct tx *tx, const struct subject *who,
                           struct product_case *c, const struct eol_facts *facts,
                           const struct eol_others *others, struct utc now, struct arena *arena,
                           struct err *err);

/* Support has ended; all four conditions of a problem case (D1 4.1.1). Rule: EOL-01 */
bool eol_has_ended(const struct eol *eol, struct utc now);
bool eol_is_problem_case(const struct eol *eol, struct utc now);

/* By what the developers have said up to now. D and E are for the committee (committee.h). Rule: EOL-02 EOL-03 EOL-04 */
enum eol_case {
    EOL_NONE, /* support has not ended */
    EOL_OPEN, /* none of the five yet */
    EOL_A,    /* told, small impact: handling may end */
    EOL_B,    /* a countermeasure, and it agrees to publication */
    EOL_C,    /* no countermeasure; it agrees to publish the advice to stop using the product */
    EOL_D,    /* refuses: for the committee */
    EOL_E,    /* cannot be told or does not answer: for the committee */
    EOL_CASES
};
enum eol_case eol_case_of(const struct eol *eol, const struct developers *developers,
                          struct utc now);
const char *eol_case_words(enum eol_case which); /* msgid; NULL for EOL_NONE */
