#include "domain/casework/withdrawal.h"

#include "domain/access/outbox.h"
#include "domain/casework/withdrawal.sql.h"
#include "domain/casework/words.h"
#include "store/store.h"

enum { YEAR_MONTHS = 12 };

/* ---- its life ---- */

#define FACTS const struct withdrawal_facts *f = facts

static bool year_is_over_and_consequences_read(const void *facts)
{
    FACTS;
    return f->is_year_over && f->is_understood;
}

static bool reason_given(const void *facts)
{
    FACTS;
    return f->has_reason;
}

static const char *const states[WITHDRAWAL_STATES] = { "NONE", "REQUESTED", "WITHDRAWN" };
static const char *const events[WITHDRAWAL_EVENTS] = { "request", "withdraw", "keep" };

/* No row carries anything of the protocol's machines: whether the embargo goes on is the coordinating body's to decide. */
/* clang-format off */
static const struct move moves[] = {
    { WITHDRAWAL_NONE,      ROLE_FINDER, ON_WITHDRAWAL_REQUEST,  WITHDRAWAL_REQUESTED, IF(year_is_over_and_consequences_read), "FND-12 P23", "" },
    { WITHDRAWAL_REQUESTED, ROLE_RB,     ON_WITHDRAWAL_WITHDRAW, WITHDRAWAL_WITHDRAWN, IF(reason_given),                       "FND-12 P23", "" },
    { WITHDRAWAL_REQUESTED, ROLE_RB,     ON_WITHDRAWAL_KEEP,     WITHDRAWAL_NONE,      IF(reason_given),                       "FND-12",     "" },
};
/* clang-format on */

const struct life withdrawal_life = {
    .name = "withdrawal",
    .states = states,
    .events = events,
    .state_count = WITHDRAWAL_STATES,
    .event_count = WITHDRAWAL_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 1u << WITHDRAWAL_WITHDRAWN,
};

static const char *const kinds[WITHDRAWAL_EVENTS] = { "withdrawal.requested",
                                                      "withdrawal.withdrawn", "withdrawal.kept" };

/* ---- reading ---- */

struct utc withdrawal_from(const struct casework *w, const struct product_case *c)
{
    struct utc start = case_start(w, c);

    return start.ms ? utc_add_months(start, YEAR_MONTHS) : start;
}

bool withdrawal_load(const struct casework *w, struct tx *tx, const struct product_case *c,
                     struct arena *arena, struct withdrawal *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct withdrawal){ .state = WITHDRAWAL_NONE, .from = withdrawal_from(w, c) };
    if (!store_select(tx, &sql_withdrawal, BINDS(bind_int("case_id", c->id)), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    out->state = (enum withdrawal_state)life_state(&withdrawal_life, row_text(rows, "state"));
    out->requested_at = row_utc(rows, "requested_at");
    out->decided_at = row_utc(rows, "decided_at");
    return ledger_field(tx, &c->key, row_int(rows, "requested_seq"), "text", arena, &out->words,
                        err) &&
                   ledger_field(tx, &c->key, row_int(rows, "decided_seq"), "text", arena,
                                &out->answer, err)
               ? true
               : PASS(err);
}

bool withdrawal_may_begin(const struct product_case *c)
{
    return c->report_id && !c->is_website && !c->published_at.ms &&
           (!product_is_closed(c->state) || c->state == CASE_MERGED);
}

/* ---- telling ---- */

/* Who may have to act on it: the bodies, and every developer that knows of the case. */
static bool tell(struct tx *tx, unsigned bodies, const char *notice, const struct product_case *c,
                 const struct developers *developers, int64_t seq, struct utc now, struct err *err)
{
    struct news news = { .notice = notice, .case_id = c->id, .seq = seq };

    if (!outbox_to_role(tx, &news, bodies, now, err))
        return PASS(err);
    for (size_t i = 0; i < developers->len; i++) {
        news.participant_id = developers->at[i].id;
        if (developers->at[i].summary_at.ms &&
            !outbox_to_managers(tx, &news, developers->at[i].organisation_id, now, err))
            return PASS(err);
    }
    return true;
}

/* ---- moves ---- */

static bool step(struct tx *tx, const struct subject *who, struct product_case *c,
                 struct withdrawal *at, enum withdrawal_event event,
                 const struct withdrawal_facts *facts, struct str words, struct utc now,
                 struct arena *arena, struct entry *entry, struct err *err)
{
    struct case_step one = {
        .life = &withdrawal_life, .from = (int)at->state, .event = (int)event, .kind = kinds[event]
    };
    struct details details = { 0 };
    int to;

    if (str_trim(words).len > 0 && !words_record(arena, words, &details.payload, err))
        return PASS(err);
    if (!case_step(tx, who, c, &one, facts, &details, now, arena, &to, entry, err))
        return PASS(err);
    at->state = (enum withdrawal_state)to;
    return true;
}

bool withdrawal_request(const struct casework *w, struct tx *tx, const struct subject *who,
                        struct product_case *c, const struct developers *developers,
                        bool is_understood, struct str words, struct utc now, struct arena *arena,
                        struct err *err)
{
    struct withdrawal_facts facts = { .is_understood = is_understood };
    struct withdrawal at;
    struct entry entry;

    if (!withdrawal_may_begin(c))
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (!words_are_fine_or_none(words))
        return FAIL(err, INPUT, STR("words"));
    if (!withdrawal_load(w, tx, c, arena, &at, err))
        return PASS(err);
    facts.is_year_over = at.from.ms && at.from.ms <= now.ms;
    return step(tx, who, c, &at, ON_WITHDRAWAL_REQUEST, &facts, words, now, arena, &entry, err) &&
                   tell(tx, ROLE_CB, "N23_TOLD", c, developers, entry.seq, now, err) &&
                   outbox_to_role(tx,
                                  &(struct news){ .notice = "N23",
                                                  .case_id = c->id,
                                                  .report_id = c->report_id,
                                                  .seq = entry.seq },
                                  ROLE_RB, now, err)
               ? true
               : PASS(err);
}

bool withdrawal_decide(const struct casework *w, struct tx *tx, const struct subject *who,
                       struct product_case *c, const struct developers *developers,
                       bool is_withdrawn, struct str words, struct utc now, struct arena *arena,
                       struct err *err)
{
    struct withdrawal_facts facts = { .has_reason = words_are_fine(words) };
    struct withdrawal at;
    struct entry entry;

    if (!withdrawal_may_begin(c))
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    return withdrawal_load(w, tx, c, arena, &at, err) &&
                   step(tx, who, c, &at, is_withdrawn ? ON_WITHDRAWAL_WITHDRAW : ON_WITHDRAWAL_KEEP,
                        &facts, facts.has_reason ? words : STR_NONE, now, arena, &entry, err) &&
                   tell(tx, ROLE_CB, is_withdrawn ? "WITHDRAWN" : "NOT_WITHDRAWN", c, developers,
                        entry.seq, now, err) &&
                   outbox_to_finder(tx,
                                    &(struct news){ .notice = "N23_ANSWER",
                                                    .case_id = c->id,
                                                    .report_id = c->report_id,
                                                    .seq = entry.seq },
                                    now, err)
               ? true
               : PASS(err);
}
