/* domain/casework/observation.h: a leak, an exploit or an attack is seen before publication (CFD-15): anybody in the case says so, a second
 * person of a body confirms it, everybody concerned is told at once, and the coordinating body decides. Nothing publishes, freezes or moves
 * by itself: the date is changed, and the advisory approved, by the commands they always are. */
#pragma once
#include "base/life.h"
#include "domain/casework/case.h"
#include "domain/casework/intake.h"

enum observation_state {
    OBSERVATION_START,
    OBSERVATION_CLAIMED,
    OBSERVATION_ADOPTED, /* the decision is urgent */
    OBSERVATION_DECIDED,
    OBSERVATION_DISMISSED,
    OBSERVATION_STATES
};
enum observation_event {
    ON_OBSERVATION_CLAIM,
    ON_OBSERVATION_ADOPT,
    ON_OBSERVATION_DISMISS,
    ON_OBSERVATION_DECIDE,
    OBSERVATION_EVENTS
};
struct observation_facts {
    bool is_second_person; /* not who claimed it */
    bool has_reason, has_decision;
};
extern const struct life observation_life;

/* "LEAK", "EXPLOIT", "ATTACK"; "KEEP", "EARLIER", "SOON". End with { NULL, NULL }; words: msgids. */
extern const struct code observation_kinds[], observation_decisions[];

struct observation {
    int64_t id, claimed_by, participant_id; /* claimed_by: an account; 0: the finder */
    enum observation_state state;
    struct str kind, decision;
    struct utc seen_at, at, adopted_at, decided_at;
    struct str words;   /* what was seen, and where: for the bodies and for who claimed it */
    struct str told;    /* to everybody concerned, when it was confirmed */
    struct str decided; /* and when it was decided */
};
struct observations {
    VEC_OF(struct observation);
};
/* Of a case, the newest first. */
MUST_CHECK bool observations_of(struct tx *tx, const struct product_case *c, struct arena *arena,
                                struct observations *out, struct err *err);
/* What may be known of it by a finder or a developer: what it claimed itself, and what everybody concerned was told. */
bool observation_is_for(const struct observation *o, const struct subject *who,
                        const struct developer *own);
bool observation_can(const struct subject *who, const struct observation *o,
                     enum observation_event event);
/* From the handover to the coordinating body until the case ends or is published. */
bool observation_may_begin(const struct product_case *c);

struct observed {
    struct str kind, words;
    struct utc seen_at; /* not in the future */
};
/* own: the developer that claims it; NULL: a body or the finder. Both bodies hear of it. ERR_INPUT names the field. Rule: CFD-15 */
MUST_CHECK bool observation_claim(struct tx *tx, const struct subject *who, struct product_case *c,
                                  const struct developer *own, const struct observed *observed,
                                  struct utc now, struct arena *arena, struct err *err);
/* A second person confirms it. words: to everybody concerned: the bodies, every developer with the summary, the finder; at once. Rule: CFD-15 */
MUST_CHECK bool observation_adopt(struct tx *tx, const struct subject *who, struct product_case *c,
                                  const struct developers *developers, int64_t id, struct str words,
                                  struct utc now, struct arena *arena, struct err *err);
MUST_CHECK bool observation_dismiss(struct tx *tx, const struct subject *who,
                                    struct product_case *c, int64_t id, struct str words,
                                    struct utc now, struct arena *arena, struct err *err);
/* The coordinating body decides, with its reason, and everybody concerned is told. The date stays as it is. Rule: CFD-15 CFD-10 */
MUST_CHECK bool observation_decide(struct tx *tx, const struct subject *who, struct product_case *c,
                                   const struct developers *developers, int64_t id,
                                   struct str decision, struct str words, struct utc now,
                                   struct arena *arena, struct err *err);

/* The kind of the newest that has been confirmed; empty when there is none. */
MUST_CHECK bool observation_adopted(struct tx *tx, int64_t case_id, struct arena *arena,
                                    struct str *kind, struct err *err);
