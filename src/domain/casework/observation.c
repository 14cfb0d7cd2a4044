#include "domain/casework/observation.h"

#include "domain/access/outbox.h"
#include "domain/casework/observation.sql.h"
#include "domain/casework/words.h"
#include "store/store.h"

/* ---- its life ---- */

#define FACTS const struct observation_facts *f = facts

static bool second_person_sees_it(const void *facts)
{
    FACTS;
    return f->is_second_person && f->has_reason;
}

static bool reason_given(const void *facts)
{
    FACTS;
    return f->has_reason;
}

static bool decision_and_reason_given(const void *facts)
{
    FACTS;
    return f->has_decision && f->has_reason;
}

static const char *const states[OBSERVATION_STATES] = { "START", "CLAIMED", "ADOPTED", "DECIDED",
                                                        "DISMISSED" };
static const char *const events[OBSERVATION_EVENTS] = { "claim", "adopt", "dismiss", "decide" };

#define BODIES  (ROLE_RB | ROLE_CB)
#define ANYBODY (BODIES | ROLE_PM | ROLE_FINDER)

/* No row carries anything of the protocol's machines: an embargo ends by publication, which people decide on. */
/* clang-format off */
static const struct move moves[] = {
    { OBSERVATION_START,   ANYBODY, ON_OBSERVATION_CLAIM,   OBSERVATION_CLAIMED,   IF(reason_given),              "CFD-15",        "" },
    { OBSERVATION_CLAIMED, BODIES,  ON_OBSERVATION_ADOPT,   OBSERVATION_ADOPTED,   IF(second_person_sees_it),     "CFD-15",        "" },
    { OBSERVATION_CLAIMED, BODIES,  ON_OBSERVATION_DISMISS, OBSERVATION_DISMISSED, IF(reason_given),              "CFD-15",        "" },
    { OBSERVATION_ADOPTED, ROLE_CB, ON_OBSERVATION_DECIDE,  OBSERVATION_DECIDED,   IF(decision_and_reason_given), "CFD-10 CFD-15", "" },
};
/* clang-format on */

const struct life observation_life = {
    .name = "observation",
    .states = states,
    .events = events,
    .state_count = OBSERVATION_STATES,
    .event_count = OBSERVATION_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 1u << OBSERVATION_DECIDED | 1u << OBSERVATION_DISMISSED,
};

static const char *const kinds[OBSERVATION_EVENTS] = { "observation.claimed", "observation.adopted",
                                                       "observation.dismissed",
                                                       "observation.decided" };

const struct code observation_kinds[] = {
    { "LEAK", N_("The information has become known outside") },
    { "EXPLOIT", N_("A means of attack has been found") },
    { "ATTACK", N_("Attacks have been seen") },
    { NULL, NULL },
};

const struct code observation_decisions[] = {
    { "KEEP", N_("The publication date stays") },
    { "EARLIER", N_("The publication date is brought forward") },
    { "SOON", N_("It is published as soon as both bodies have approved") },
    { NULL, NULL },
};

bool observation_can(const struct subject *who, const struct observation *o,
                     enum observation_event event)
{
    struct observation_facts facts = { .is_second_person = who->account_id != o->claimed_by,
                                       .has_reason = true,
                                       .has_decision = true };

    return life_can(&observation_life, (int)o->state, who->roles, (int)event, &facts);
}

bool observation_may_begin(const struct product_case *c)
{
    return !c->is_website && c->state >= CASE_WITH_CB && !c->published_at.ms &&
           !product_is_closed(c->state);
}

/* ---- reading ---- */

bool observations_of(struct tx *tx, const struct product_case *c, struct arena *arena,
                     struct observations *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct observations){ 0 };
    if (!store_select(tx, &sql_observations, BINDS(bind_int("case_id", c->id)), arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct observation o = {
            .id = row_int(rows, "id"),
            .claimed_by = row_int(rows, "claimed_by"),
            .participant_id = row_int(rows, "participant_id"),
            .state = (enum observation_state)life_state(&observation_life, row_text(rows, "state")),
            .kind = row_text(rows, "kind"),
            .decision = row_text(rows, "decision"),
            .seen_at = row_utc(rows, "seen_at"),
            .at = row_utc(rows, "at"),
            .adopted_at = row_utc(rows, "adopted_at"),
            .decided_at = row_utc(rows, "decided_at"),
        };

        if (!ledger_field(tx, &c->key, row_int(rows, "seq"), "text", arena, &o.words, err) ||
            !ledger_field(tx, &c->key, row_int(rows, "adopted_seq"), "text", arena, &o.told, err) ||
            !ledger_field(tx, &c->key, row_int(rows, "decided_seq"), "text", arena, &o.decided,
                          err))
            return PASS(err);
        VEC_PUSH(arena, out, o);
    }
    return got == 0 ? true : PASS(err);
}

bool observation_is_for(const struct observation *o, const struct subject *who,
                        const struct developer *own)
{
    bool is_claimant = own ? o->participant_id == own->id
                           : who->kind == SUBJECT_FINDER && !o->claimed_by && !o->participant_id;

    return is_claimant || o->adopted_at.ms;
}

bool observation_adopted(struct tx *tx, int64_t case_id, struct arena *arena, struct str *kind,
                         struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *kind = STR_NONE;
    if (!store_select(tx, &sql_observation_adopted, BINDS(bind_int("case_id", case_id)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got > 0)
        *kind = row_text(rows, "kind");
    return got >= 0 ? true : PASS(err);
}

/* ---- telling ---- */

static bool tell_bodies(struct tx *tx, const char *notice, const struct product_case *c,
                        int64_t seq, struct utc now, struct err *err)
{
    struct news news = { .notice = notice, .case_id = c->id, .seq = seq };

    return outbox_to_role(tx, &news, BODIES, now, err) ? true : PASS(err);
}

/* Everybody who may have to act, or be asked: the bodies, every developer that knows of it, the finder. */
static bool tell_all(struct tx *tx, const char *notice, const struct product_case *c,
                     const struct developers *developers, int64_t seq, struct utc now,
                     struct err *err)
{
    struct news finder = {
        .notice = "OBSERVED_FINDER", .case_id = c->id, .report_id = c->report_id, .seq = seq
    };

    if (!tell_bodies(tx, notice, c, seq, now, err))
        return PASS(err);
    for (size_t i = 0; i < developers->len; i++) {
        const struct developer *d = &developers->at[i];
        struct news news = {
            .notice = notice, .case_id = c->id, .participant_id = d->id, .seq = seq
        };

        if (d->summary_at.ms && !outbox_to_managers(tx, &news, d->organisation_id, now, err))
            return PASS(err);
    }
    return !c->report_id || outbox_to_finder(tx, &finder, now, err) ? true : PASS(err);
}

/* ---- moves ---- */

static bool step(struct tx *tx, const struct subject *who, struct product_case *c,
                 struct observation *o, enum observation_event event, struct str words,
                 const struct details *details, struct utc now, struct arena *arena,
                 struct entry *entry, struct err *err)
{
    struct observation_facts facts = {
        .is_second_person = who->account_id != o->claimed_by,
        .has_reason = words_are_fine(words),
        .has_decision = code_words(observation_decisions, details->code) != NULL,
    };
    struct case_step one = { .life = &observation_life,
                             .from = (int)o->state,
                             .event = (int)event,
                             .kind = kinds[event],
                             .participant_id = o->participant_id,
                             .ref = o->id };
    struct details said = *details;
    int to;

    if (facts.has_reason && !words_record(arena, words, &said.payload, err))
        return PASS(err);
    if (!case_step(tx, who, c, &one, &facts, &said, now, arena, &to, entry, err))
        return PASS(err);
    o->state = (enum observation_state)to;
    return true;
}

bool observation_claim(struct tx *tx, const struct subject *who, struct product_case *c,
                       const struct developer *own, const struct observed *observed, struct utc now,
                       struct arena *arena, struct err *err)
{
    struct observation o = { .state = OBSERVATION_START, .participant_id = own ? own->id : 0 };
    struct details details = { .code = observed->kind, .n = observed->seen_at };
    struct entry entry;

    if (!observation_may_begin(c) || (own && !own->summary_at.ms))
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (!code_words(observation_kinds, observed->kind))
        return FAIL(err, INPUT, STR("kind"));
    if (!observed->seen_at.ms || observed->seen_at.ms > now.ms)
        return FAIL(err, INPUT, STR("seen_at"));
    if (!words_are_fine(observed->words))
        return FAIL(err, INPUT, STR("words"));
    return store_number(tx, &sql_observation_next, NO_BINDS, 1, &o.id, err) &&
                   step(tx, who, c, &o, ON_OBSERVATION_CLAIM, observed->words, &details, now, arena,
                        &entry, err) &&
                   tell_bodies(tx, "OBSERVED", c, entry.seq, now, err)
               ? true
               : PASS(err);
}

/* The one of that number in this case; ERR_ABSENT when it is of another. */
static bool load(struct tx *tx, const struct product_case *c, int64_t id, struct arena *arena,
                 struct observation *out, struct err *err)
{
    struct observations all;

    if (!observations_of(tx, c, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i].id == id) {
            *out = all.at[i];
            return true;
        }
    }
    return FAIL(err, ABSENT, STR("an observation"));
}

bool observation_adopt(struct tx *tx, const struct subject *who, struct product_case *c,
                       const struct developers *developers, int64_t id, struct str words,
                       struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { 0 };
    struct observation o;
    struct entry entry;

    return load(tx, c, id, arena, &o, err) &&
                   step(tx, who, c, &o, ON_OBSERVATION_ADOPT, words, &details, now, arena, &entry,
                        err) &&
                   tell_all(tx, "OBSERVED_NOW", c, developers, entry.seq, now, err)
               ? true
               : PASS(err);
}

bool observation_dismiss(struct tx *tx, const struct subject *who, struct product_case *c,
                         int64_t id, struct str words, struct utc now, struct arena *arena,
                         struct err *err)
{
    struct details details = { 0 };
    struct observation o;
    struct entry entry;

    return load(tx, c, id, arena, &o, err) && step(tx, who, c, &o, ON_OBSERVATION_DISMISS, words,
                                                   &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool observation_decide(struct tx *tx, const struct subject *who, struct product_case *c,
                        const struct developers *developers, int64_t id, struct str decision,
                        struct str words, struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { .code = decision };
    struct observation o;
    struct entry entry;

    return load(tx, c, id, arena, &o, err) &&
                   step(tx, who, c, &o, ON_OBSERVATION_DECIDE, words, &details, now, arena, &entry,
                        err) &&
                   tell_all(tx, "OBSERVED_DECIDED", c, developers, entry.seq, now, err)
               ? true
               : PASS(err);
}
