/* domain/access/partner.h: whom the bodies work with beside developers: government and critical infrastructure (CI), third parties that
 * analyse (AN), foreign coordinators (FB): a register with the agreement each stands under. */
#pragma once
#include "base/fault.h"
#include "domain/access/deed.h"

/* The recipients of priority provision (優先情報提供). Rule: PRI-04 */
struct sector {
    const char *code, *words; /* msgid */
};
extern const struct sector sectors[];      /* ends with { NULL, NULL } */
const char *sector_words(struct str code); /* NULL: no sector */

struct partner_kind {
    const char *kind;  /* of the organisation: "CI", "AN", "FB" */
    unsigned role;     /* of its people */
    const char *words; /* msgid */
};
extern const struct partner_kind partner_kinds[]; /* ends with { 0 } */

enum { PARTNER_WORDS_MAX = 2000 };
struct partner_values {
    struct str kind, name_ja, name_en, sector,
        agreement; /* agreement: what was agreed, and where it is kept */
    struct utc agreed_at;
};
/* Each confirmed by the recipient: kept secret inside; also by contractors; used for protection alone. */
enum partner_condition {
    KEPT_INSIDE,
    KEPT_BY_CONTRACTORS,
    USED_FOR_PROTECTION,
    PARTNER_CONDITIONS
};
const char *
partner_condition_words(enum partner_condition condition); /* msgid, as the recipient says it */

struct partner {
    int64_t organisation_id, people;
    struct str public_id, end_reason;
    struct partner_values values;
    struct utc confirmed_at[PARTNER_CONDITIONS], ended_at;
};
struct partners {
    VEC_OF(struct partner);
};
/* May be given something: the agreement stands, somebody is there to read it, and of CI all three conditions are confirmed.
 * Rule: PRI-02 PRI-04 */
bool partner_is_ready(const struct partner *partner);

void partner_check(const struct partner_values *values, struct utc now, struct arena *arena,
                   struct form_faults *faults);
/* An organisation and its agreement; values must have passed the check. ERR_NOT_YOUR_MOVE unless an officer of a body. */
MUST_CHECK bool partner_add(const struct deed *deed, const struct partner_values *values,
                            struct str *public_id, struct err *err);
/* The agreement ends; nothing is given from here on. ERR_INPUT "reason", ERR_CHANGED_MEANWHILE */
MUST_CHECK bool partner_end(const struct deed *deed, int64_t organisation_id, struct str reason,
                            struct err *err);
/* By somebody of the recipient itself; a condition once confirmed keeps its date. ERR_NOT_YOUR_MOVE */
MUST_CHECK bool partner_confirm(const struct deed *deed, enum partner_condition condition,
                                struct err *err);

/* kind: empty for all. Those whose agreement ended come last. */
MUST_CHECK bool partner_list(struct tx *tx, struct str kind, struct arena *arena,
                             struct partners *out, struct err *err);
/* ERR_ABSENT */
MUST_CHECK bool partner_by_public_id(struct tx *tx, struct str public_id, struct arena *arena,
                                     struct partner *out, struct err *err);
MUST_CHECK bool partner_of(struct tx *tx, int64_t organisation_id, struct arena *arena,
                           struct partner *out, struct err *err);
