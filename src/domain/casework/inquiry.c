#include "domain/casework/inquiry.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "domain/access/outbox.h"
#include "domain/casework/inquiry.sql.h"
#include "domain/casework/website.h"
#include "store/store.h"

/* ---- its life ---- */

#define FACTS const struct inquiry_facts *f = facts

static bool words_given(const void *facts)
{
    FACTS;
    return f->has_words;
}

static bool coordinating_body_takes_part(const void *facts)
{
    FACTS;
    return f->has_words && f->party == CONSULT_COORDINATING_BODY;
}

static bool operator_takes_part(const void *facts)
{
    FACTS;
    return f->has_words && f->party == CONSULT_OPERATOR;
}

static bool consultation_on_record_and_identity_verified(const void *facts)
{
    FACTS;
    return f->has_words && f->is_verified && (f->is_advised || f->party == CONSULT_NOBODY);
}

static const char *const states[INQUIRY_STATES] = { "START", "RECEIVED", "CONSULTING", "CONSULTED",
                                                    "ANSWERED" };
static const char *const events[INQUIRY_EVENTS] = { "ask", "consult", "advise", "record",
                                                    "answer" };

/* clang-format off */
static const struct move moves[] = {
    { INQUIRY_START,      ROLE_FINDER, ON_INQUIRY_ASK,     INQUIRY_RECEIVED,   IF(words_given),                                  "FND-05 INT-12",     "" },
    { INQUIRY_RECEIVED,   ROLE_RB,     ON_INQUIRY_CONSULT, INQUIRY_CONSULTING, IF(coordinating_body_takes_part),                 "INT-12",            "" },
    { INQUIRY_RECEIVED,   ROLE_RB,     ON_INQUIRY_RECORD,  INQUIRY_CONSULTED,  IF(operator_takes_part),                          "INT-12",            "" },
    { INQUIRY_CONSULTING, ROLE_CB,     ON_INQUIRY_ADVISE,  INQUIRY_CONSULTED,  IF(words_given),                                  "INT-12",            "" },
    { INQUIRY_RECEIVED,   ROLE_RB,     ON_INQUIRY_ANSWER,  INQUIRY_ANSWERED,   IF(consultation_on_record_and_identity_verified), "INT-12 INT-13 N06", "" },
    { INQUIRY_CONSULTING, ROLE_RB,     ON_INQUIRY_ANSWER,  INQUIRY_ANSWERED,   IF(consultation_on_record_and_identity_verified), "INT-12 INT-13 N06", "" },
    { INQUIRY_CONSULTED,  ROLE_RB,     ON_INQUIRY_ANSWER,  INQUIRY_ANSWERED,   IF(consultation_on_record_and_identity_verified), "INT-12 INT-13 N06", "" },
};
/* clang-format on */

const struct life inquiry_life = {
    .name = "inquiry",
    .states = states,
    .events = events,
    .state_count = INQUIRY_STATES,
    .event_count = INQUIRY_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 1u << INQUIRY_ANSWERED,
};

/* Each step is a message as well: of which thread, and what it is there. */
static const struct {
    const char *kind;
    enum thread thread;
    enum talk_kind talk;
} steps[INQUIRY_EVENTS] = {
    [ON_INQUIRY_ASK] = { "inquiry.received", THREAD_FINDER, TALK_INQUIRY },
    [ON_INQUIRY_CONSULT] = { "inquiry.consulted", THREAD_BODIES, TALK_QUESTION },
    [ON_INQUIRY_ADVISE] = { "inquiry.advised", THREAD_BODIES, TALK_ANSWER },
    [ON_INQUIRY_RECORD] = { "inquiry.advised", THREAD_STAFF_RB, TALK_ANSWER },
    [ON_INQUIRY_ANSWER] = { "inquiry.answered", THREAD_FINDER, TALK_ANSWER },
};

/* As the coordinating body sees a case: from the handover on, and not one that ended before it began to handle it. */
static bool is_with_coordinating_body(const struct product_case *c)
{
    return c->state >= CASE_WITH_CB || (c->state == CASE_STOPPED && c->handling_started_at.ms);
}

enum inquiry_party inquiry_party(const struct product_case *c, const struct website *site)
{
    if (site)
        return site->stage3_at.ms ? CONSULT_OPERATOR : CONSULT_NOBODY;
    return is_with_coordinating_body(c) ? CONSULT_COORDINATING_BODY : CONSULT_NOBODY;
}

static struct inquiry_facts facts_of(const struct inquiry *inquiry, enum inquiry_party party,
                                     bool has_words)
{
    return (struct inquiry_facts){ .has_words = has_words,
                                   .is_advised = inquiry->state == INQUIRY_CONSULTED,
                                   .is_verified = inquiry->identity.len > 0,
                                   .party = party };
}

bool inquiry_can(const struct subject *who, const struct inquiry *inquiry, enum inquiry_party party,
                 enum inquiry_event event)
{
    struct inquiry_facts facts = facts_of(inquiry, party, true);

    return life_can(&inquiry_life, (int)inquiry->state, who->roles, (int)event, &facts);
}

/* ---- reading ---- */

bool inquiries_waiting(struct tx *tx, const struct subject *who, const struct product_case *c,
                       struct arena *arena, struct inquiries *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    bool is_rb = who->roles & ROLE_RB;
    int got;

    *out = (struct inquiries){ 0 };
    if (!(who->roles & (ROLE_RB | ROLE_CB)))
        return FAIL(err, ABSENT, STR("an inquiry"));
    if (!store_select(tx, &sql_inquiries_waiting, BINDS(bind_int("case_id", c->id)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct inquiry one = {
            .id = row_int(rows, "id"),
            .state = (enum inquiry_state)life_state(&inquiry_life, row_text(rows, "state")),
            .identity = row_text(rows, "identity"),
            .at = row_utc(rows, "at"),
            .consulted_at = row_utc(rows, "consulted_at"),
            .advised_at = row_utc(rows, "advised_at"),
        };

        if (!ledger_field(tx, &c->key, is_rb ? row_int(rows, "seq") : 0, "text", arena, &one.words,
                          err) ||
            !ledger_field(tx, &c->key, row_int(rows, "consulted_seq"), "text", arena, &one.asked,
                          err) ||
            !ledger_field(tx, &c->key, row_int(rows, "advised_seq"), "text", arena, &one.advice,
                          err))
            return PASS(err);
        VEC_PUSH(arena, out, one);
    }
    return got == 0 ? true : PASS(err);
}

/* The one of that number in this case; ERR_ABSENT when it is of another, or has been answered. */
static bool load(struct tx *tx, const struct subject *who, const struct product_case *c, int64_t id,
                 struct arena *arena, struct inquiry *out, struct err *err)
{
    struct inquiries all;

    if (!inquiries_waiting(tx, who, c, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i].id == id) {
            *out = all.at[i];
            return true;
        }
    }
    return FAIL(err, ABSENT, STR("an inquiry"));
}

/* ---- moves ---- */

static bool step(struct tx *tx, const struct subject *who, struct product_case *c,
                 const struct inquiry *inquiry, enum inquiry_party party, enum inquiry_event event,
                 struct str text, struct utc now, struct arena *arena, struct entry *entry,
                 struct err *err)
{
    struct inquiry_facts facts = facts_of(inquiry, party, talk_is_fine(text));
    struct case_step one = { .life = &inquiry_life,
                             .from = (int)inquiry->state,
                             .event = (int)event,
                             .kind = steps[event].kind,
                             .ref = inquiry->id };
    struct details details = { .code = str_from_z(thread_names[steps[event].thread]) };
    struct buf plain = buf_new(arena, 256);
    int to;

    record_put(&plain, "kind", str_from_z(talk_kind_names[steps[event].talk]));
    if (event == ON_INQUIRY_ASK)
        record_put(&plain, "identity", inquiry->identity);
    return buf_done(&plain, &details.facts, err) &&
                   (!facts.has_words || talk_record(arena, text, &details.payload, err)) &&
                   case_step(tx, who, c, &one, &facts, &details, now, arena, &to, entry, err)
               ? true
               : PASS(err);
}

static struct news news_of(const struct product_case *c, const char *notice,
                           const struct entry *entry)
{
    return (struct news){
        .notice = notice, .case_id = c->id, .report_id = c->report_id, .seq = entry->seq
    };
}

bool inquiry_ask(struct tx *tx, const struct subject *who, struct product_case *c, struct str text,
                 struct utc now, struct arena *arena, struct err *err)
{
    struct inquiry inquiry = { .state = INQUIRY_START, .identity = STR("RECEIPT") };
    struct entry entry;
    struct news news;

    if (!talk_check_writer(who, c, THREAD_FINDER, NULL, err))
        return PASS(err);
    if (!talk_is_fine(text))
        return FAIL(err, INPUT, STR("text"));
    if (!store_number(tx, &sql_inquiry_next, NO_BINDS, 1, &inquiry.id, err) ||
        !step(tx, who, c, &inquiry, CONSULT_NOBODY, ON_INQUIRY_ASK, text, now, arena, &entry, err))
        return PASS(err);
    news = news_of(c, "FROM_FINDER", &entry);
    return outbox_to_role(tx, &news, ROLE_RB, now, err) ? true : PASS(err);
}

bool inquiry_consult(struct tx *tx, const struct subject *who, struct product_case *c, int64_t id,
                     struct str text, struct utc now, struct arena *arena, struct err *err)
{
    struct inquiry inquiry;
    struct entry entry;
    struct news news;

    if (!load(tx, who, c, id, arena, &inquiry, err) ||
        !step(tx, who, c, &inquiry, inquiry_party(c, NULL), ON_INQUIRY_CONSULT, text, now, arena,
              &entry, err))
        return PASS(err);
    news = news_of(c, "BODIES", &entry);
    return outbox_to_role(tx, &news, ROLE_CB, now, err) ? true : PASS(err);
}

bool inquiry_advise(struct tx *tx, const struct subject *who, struct product_case *c, int64_t id,
                    struct str text, struct utc now, struct arena *arena, struct err *err)
{
    struct inquiry inquiry;
    struct entry entry;
    struct news news;

    if (!load(tx, who, c, id, arena, &inquiry, err) ||
        !step(tx, who, c, &inquiry, CONSULT_COORDINATING_BODY, ON_INQUIRY_ADVISE, text, now, arena,
              &entry, err))
        return PASS(err);
    news = news_of(c, "BODIES", &entry);
    return outbox_to_role(tx, &news, ROLE_RB, now, err) ? true : PASS(err);
}

bool inquiry_record(struct tx *tx, const struct subject *who, struct website *site, int64_t id,
                    struct str text, struct utc now, struct arena *arena, struct err *err)
{
    struct inquiry inquiry;
    struct entry entry;

    return load(tx, who, &site->c, id, arena, &inquiry, err) &&
                   step(tx, who, &site->c, &inquiry, inquiry_party(&site->c, site),
                        ON_INQUIRY_RECORD, text, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool inquiry_answer(struct tx *tx, const struct subject *who, struct product_case *c,
                    const struct website *site, int64_t id, struct str text, struct utc now,
                    struct arena *arena, struct err *err)
{
    struct inquiry inquiry;
    struct entry entry;
    struct news news;

    if (!load(tx, who, c, id, arena, &inquiry, err) ||
        !step(tx, who, c, &inquiry, inquiry_party(c, site), ON_INQUIRY_ANSWER, text, now, arena,
              &entry, err))
        return PASS(err);
    news = news_of(c, "N06", &entry);
    return outbox_to_finder(tx, &news, now, err) ? true : PASS(err);
}
