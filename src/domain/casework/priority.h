/* domain/casework/priority.h: priority provision (優先情報提供, requirements 1.8): what a case holds is given to government and critical
 * infrastructure after the countermeasure is made and before it is published: planned, the other body and the developers concerned
 * consulted, the finder told beforehand, leakage ruled out, given to recipients of the register, received. */
#pragma once
#include "domain/access/partner.h"
#include "domain/casework/visibility.h"

struct priority_answer {
    int64_t participant_id; /* 0: the other body */
    struct str answer;      /* "AGREED", "OBJECTED" or empty */
    struct str words;
    struct utc at;
};
struct priority_plan {
    int64_t id;
    struct str state;   /* "PLANNED", "DROPPED", "PROVIDED" */
    struct str sectors; /* codes, separated by blanks */
    struct str parts;   /* "VM", and T, X by explicit decision */
    struct str reason;
    struct utc planned_at, finder_told_at;
    struct {
        VEC_OF(struct priority_answer);
    } answers;
};
/* The newest plan of a case; *found false when there was none. */
MUST_CHECK bool priority_load(struct tx *tx, const struct product_case *c, struct arena *arena,
                              struct priority_plan *out, bool *found, struct err *err);
/* Everybody asked has agreed; where the committee has judged there may be no developer to ask. Rule: PRI-02 UNR-09 */
bool priority_is_agreed(const struct priority_plan *plan, const struct product_case *c);
/* There is a countermeasure; or it will be published by the committee's judgement, and the setting allows it. Rule: PRI-01 PRI-07 UNR-09 UNR-11 */
MUST_CHECK bool priority_is_possible(const struct casework *w, struct tx *tx,
                                     const struct product_case *c,
                                     const struct developers *developers, struct arena *arena,
                                     bool *out, struct err *err);
/* A developer that is consulted: it has the detail and affected products. */
bool priority_concerns(const struct developer *d);

struct priority_wish {
    struct str sectors, reason;          /* reason: why the impact could be grave (PRI-01) */
    bool with_verification, with_attack; /* decided explicitly; V and M go by default */
};
/* The body that sends plans it; N40 to the other body and to the developers concerned. ERR_NOT_YOUR_MOVE for the other body (PRI-03),
 * ERR_NOT_READY while there is no countermeasure or a plan is open. Rule: PRI-01 PRI-02 PRI-03 PRI-04 */
MUST_CHECK bool priority_plan(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *c, const struct developers *developers,
                              const struct priority_wish *wish, struct utc now, struct arena *arena,
                              struct err *err);
/* own: the developer that answers; NULL: the other body. Rule: PRI-02 */
MUST_CHECK bool priority_answer(const struct casework *w, struct tx *tx, const struct subject *who,
                                struct product_case *c, const struct developer *own, bool agrees,
                                struct str words, struct utc now, struct arena *arena,
                                struct err *err);
/* RB tells the finder that it will happen (N12). Rule: FND-08 */
MUST_CHECK bool priority_tell_finder(struct tx *tx, const struct subject *who,
                                     struct product_case *c, struct utc now, struct arena *arena,
                                     struct err *err);
/* It does not happen: leakage is feared, somebody objects, it is not needed any more. Rule: CFD-11 PRI-05 */
MUST_CHECK bool priority_drop(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *c, struct str words, struct utc now,
                              struct arena *arena, struct err *err);

struct priority_text {
    struct str vulnerability, countermeasure, verification, attack;
};
struct recipients {
    VEC_OF(struct str); /* public ids */
};
/* What it may say by default: the report's vulnerability information, the developers' countermeasures; the methods as planned. */
MUST_CHECK bool priority_draft(struct tx *tx, const struct product_case *c,
                               const struct developers *developers, const struct grant *grant,
                               const struct priority_plan *plan, struct arena *arena,
                               struct priority_text *out, struct err *err);
/* P11 with N11: given at once to each recipient. leak: why leakage is not to be feared, as judged by who sends. ERR_INPUT "recipients" when
 * one is not ready or of another sector. Rule: PRI-01 PRI-02 PRI-04 PRI-05 PRI-08 FND-08 CFD-11 */
MUST_CHECK bool priority_provide(const struct casework *w, struct tx *tx, const struct subject *who,
                                 struct product_case *c, const struct developers *developers,
                                 const struct priority_text *text,
                                 const struct recipients *recipients, struct str leak,
                                 struct utc now, struct arena *arena, struct err *err);

/* ---- what was given ---- */
struct provision {
    int64_t id, case_id, organisation_id, seq;
    struct str public_id, sector, parts, organisation_name_ja, organisation_name_en;
    struct utc at, seen_at, received_at;
};
struct provisions {
    VEC_OF(struct provision);
};
/* Of a case, for the bodies. */
MUST_CHECK bool provisions_of_case(struct tx *tx, int64_t case_id, struct arena *arena,
                                   struct provisions *out, struct err *err);
/* Of the reader's own organisation, the newest first; and those of a recipient for the bodies (PRI-06). */
MUST_CHECK bool provisions_of_organisation(struct tx *tx, int64_t organisation_id,
                                           struct arena *arena, struct provisions *out,
                                           struct err *err);
/* One of the reader's own, with its case and what of it may be seen now. ERR_ABSENT for anybody else's and when the case ended without
 * publication. */
MUST_CHECK bool provision_load(const struct casework *w, struct tx *tx, const struct subject *who,
                               struct str public_id, struct arena *arena, struct provision *out,
                               struct product_case *c, struct grant *grant, struct err *err);
MUST_CHECK bool provision_text(struct tx *tx, const struct product_case *c,
                               const struct provision *provision, const struct grant *grant,
                               struct arena *arena, struct priority_text *out, struct err *err);
MUST_CHECK bool provision_see(struct tx *tx, const struct subject *who, struct product_case *c,
                              const struct provision *provision, struct utc now,
                              struct arena *arena, struct err *err);
/* Receipt confirmed; both bodies are told. Once. */
MUST_CHECK bool provision_receive(struct tx *tx, const struct subject *who, struct product_case *c,
                                  const struct provision *provision, struct utc now,
                                  struct arena *arena, struct err *err);
