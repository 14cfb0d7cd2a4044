#include "domain/casework/unreachable.h"

#include "domain/access/outbox.h"
#include "domain/casework/committee.h"
#include "domain/casework/contact.h"
#include "domain/casework/coordination.h"
#include "domain/casework/timer.h"
#include "domain/casework/unreachable.sql.h"
#include "domain/casework/words.h"
#include "store/store.h"

enum { NUMBER_TRIES = 20, NAME_MAX_CHARS = 200, URL_MAX_CHARS = 500, NOTICE_MAX = 32768 };

/* ---- its life ---- */

#define FACTS const struct unreachable_facts *f = facts

static bool tried_enough(const void *facts)
{
    FACTS;
    return f->tried_enough;
}

static bool second_person_agrees(const void *facts)
{
    FACTS;
    return f->is_second_person && f->tried_enough;
}

static bool product_is_due(const void *facts)
{
    FACTS;
    return f->product_is_due;
}

static bool deadline_lies_ahead(const void *facts)
{
    FACTS;
    return f->deadline_lies_ahead;
}

static const char *const states[UNREACHABLE_STATES] = {
    "START",          "PROPOSED",     "CONFIRMED", "LISTED",
    "PRODUCT_LISTED", "DEADLINE_SET", "RESUMED",   "DROPPED",
};
static const char *const events[UNREACHABLE_EVENTS] = {
    "propose", "confirm", "drop", "list", "list_product", "set_deadline", "contact",
};

#define CB      ROLE_CB
#define ANYBODY (ROLE_CB | ROLE_PM)

/* clang-format off */
static const struct move moves[] = {
    { UNREACHABLE_START,          CB,      ON_UNREACHABLE_PROPOSE,      UNREACHABLE_PROPOSED,       IF(tried_enough),         "UNR-01",            "" },
    { UNREACHABLE_PROPOSED,       CB,      ON_UNREACHABLE_CONFIRM,      UNREACHABLE_CONFIRMED,      IF(second_person_agrees), "UNR-01 V11",        "" },
    { UNREACHABLE_PROPOSED,       CB,      ON_UNREACHABLE_DROP,         UNREACHABLE_DROPPED,        ALWAYS,                   "UNR-01",            "" },
    { UNREACHABLE_CONFIRMED,      CB,      ON_UNREACHABLE_LIST,         UNREACHABLE_LISTED,         ALWAYS,                   "UNR-01 UNR-02 P20", "" },
    { UNREACHABLE_LISTED,         CB,      ON_UNREACHABLE_LIST_PRODUCT, UNREACHABLE_PRODUCT_LISTED, IF(product_is_due),       "UNR-02",            "" },
    { UNREACHABLE_PRODUCT_LISTED, CB,      ON_UNREACHABLE_SET_DEADLINE, UNREACHABLE_DEADLINE_SET,   IF(deadline_lies_ahead),  "UNR-02",            "" },
    { UNREACHABLE_PROPOSED,       ANYBODY, ON_UNREACHABLE_CONTACT,      UNREACHABLE_DROPPED,        ALWAYS,                   "UNR-03",            "" },
    { UNREACHABLE_CONFIRMED,      ANYBODY, ON_UNREACHABLE_CONTACT,      UNREACHABLE_RESUMED,        ALWAYS,                   "UNR-03",            "" },
    { UNREACHABLE_LISTED,         ANYBODY, ON_UNREACHABLE_CONTACT,      UNREACHABLE_RESUMED,        ALWAYS,                   "UNR-03 P21",        "" },
    { UNREACHABLE_PRODUCT_LISTED, ANYBODY, ON_UNREACHABLE_CONTACT,      UNREACHABLE_RESUMED,        ALWAYS,                   "UNR-03 P21",        "" },
    { UNREACHABLE_DEADLINE_SET,   ANYBODY, ON_UNREACHABLE_CONTACT,      UNREACHABLE_RESUMED,        ALWAYS,                   "UNR-03 P21",        "" },
};
/* clang-format on */

const struct life unreachable_life = {
    .name = "unreachable_developer",
    .states = states,
    .events = events,
    .state_count = UNREACHABLE_STATES,
    .event_count = UNREACHABLE_EVENTS,
    .moves = moves,
    .move_count = COUNT(moves),
    .final_states = 1u << UNREACHABLE_RESUMED | 1u << UNREACHABLE_DROPPED,
};

static const char *const kinds[UNREACHABLE_EVENTS] = {
    "unreachable.proposed", "unreachable.confirmed",     "unreachable.dropped",
    "unreachable.named",    "unreachable.product_named", "unreachable.deadline_set",
    "unreachable.cleared",
};

/* ---- reading ---- */

static bool read_texts(struct tx *tx, const struct product_case *c, int64_t listed, int64_t product,
                       struct arena *arena, struct unreachable *out, struct err *err)
{
    struct unreachable_notice *n = &out->notice;
    struct str record = STR_NONE, second = STR_NONE;

    if ((listed && !ledger_payload(tx, &c->key, listed, arena, &record, err)) ||
        (product && !ledger_payload(tx, &c->key, product, arena, &second, err)))
        return PASS(err);
    n->name_ja = record_get(record, "name_ja");
    n->name_en = record_get(record, "name_en");
    n->url = record_get(record, "url");
    n->remark_ja = record_get(record, "remark_ja");
    n->remark_en = record_get(record, "remark_en");
    n->product = record_get(second, "product");
    n->versions = record_get(second, "versions");
    return true;
}

bool unreachable_load(struct tx *tx, const struct product_case *c, const struct developer *d,
                      struct arena *arena, struct unreachable *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct str record;
    int got;

    *out = (struct unreachable){ .case_id = c->id, .participant_id = d->id };
    if (!store_select(tx, &sql_unreachable_of, BINDS(bind_int("participant_id", d->id)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    *out = (struct unreachable){
        .id = row_int(rows, "id"),
        .case_id = c->id,
        .participant_id = d->id,
        .proposed_by = row_int(rows, "proposed_by"),
        .state = (enum unreachable_state)life_state(&unreachable_life, row_text(rows, "state")),
        .number = row_text(rows, "number"),
        .proposed_at = row_utc(rows, "proposed_at"),
        .confirmed_at = row_utc(rows, "confirmed_at"),
        .listed_at = row_utc(rows, "listed_at"),
        .product_at = row_utc(rows, "product_at"),
        .deadline = row_utc(rows, "deadline"),
        .resumed_at = row_utc(rows, "resumed_at"),
    };
    if (!ledger_payload(tx, &c->key, row_int(rows, "proposed_seq"), arena, &record, err))
        return PASS(err);
    out->reason = record_get(record, "text");
    return read_texts(tx, c, row_int(rows, "listed_seq"), row_int(rows, "product_seq"), arena, out,
                      err)
               ? true
               : PASS(err);
}

bool unreachable_facts_of(const struct casework *w, struct tx *tx, const struct subject *who,
                          const struct developer *d, const struct unreachable *u, struct utc now,
                          struct arena *arena, struct unreachable_facts *out, struct err *err)
{
    struct contact_ladder ladder;

    if (!contact_ladder(w, tx, d, now, arena, &ladder, err))
        return PASS(err);
    *out = (struct unreachable_facts){
        .tried_enough = ladder.is_enough,
        .is_second_person = who->account_id != u->proposed_by,
        .product_is_due =
            u->listed_at.ms &&
            utc_add_months(u->listed_at, (int)w->unreachable_product_months).ms <= now.ms,
    };
    return true;
}

/* ---- moves ---- */

static bool step(struct tx *tx, const struct subject *who, struct product_case *c,
                 const struct developer *d, struct unreachable *u, enum unreachable_event event,
                 const struct unreachable_facts *facts, const struct details *details,
                 struct utc now, struct arena *arena, struct entry *entry, struct err *err)
{
    struct case_step one = { .life = &unreachable_life,
                             .from = (int)u->state,
                             .event = (int)event,
                             .kind = kinds[event],
                             .participant_id = d->id,
                             .ref = u->id };
    int to;

    if (!case_step(tx, who, c, &one, facts, details, now, arena, &to, entry, err))
        return PASS(err);
    u->state = (enum unreachable_state)to;
    return true;
}

static bool tell(struct tx *tx, const char *notice, const struct product_case *c,
                 const struct developer *d, int64_t seq, unsigned roles, struct utc now,
                 struct err *err)
{
    struct news news = { .notice = notice, .case_id = c->id, .participant_id = d->id, .seq = seq };

    return outbox_to_role(tx, &news, roles, now, err) ? true : PASS(err);
}

/* What every step begins with. */
static bool open(const struct casework *w, struct tx *tx, const struct subject *who,
                 const struct product_case *c, const struct developer *d, struct utc now,
                 struct arena *arena, struct unreachable *u, struct unreachable_facts *facts,
                 struct err *err)
{
    return coordination_may(who, c, err) && unreachable_load(tx, c, d, arena, u, err) &&
                   unreachable_facts_of(w, tx, who, d, u, now, arena, facts, err)
               ? true
               : PASS(err);
}

static bool is_over(enum unreachable_state state)
{
    return unreachable_life.final_states >> state & 1;
}

bool unreachable_propose(const struct casework *w, struct tx *tx, const struct subject *who,
                         struct product_case *c, struct developer *d, struct str reason,
                         struct utc now, struct arena *arena, struct err *err)
{
    struct unreachable_facts facts;
    struct details details = { 0 };
    struct unreachable u;
    struct entry entry;

    if (!open(w, tx, who, c, d, now, arena, &u, &facts, err))
        return PASS(err);
    if (is_over(u.state)) /* another round */
        u.state = UNREACHABLE_START;
    if (!words_are_fine(reason))
        return FAIL(err, INPUT, STR("reason"));
    return store_number(tx, &sql_unreachable_next, NO_BINDS, 1, &u.id, err) &&
                   words_record(arena, reason, &details.payload, err) &&
                   step(tx, who, c, d, &u, ON_UNREACHABLE_PROPOSE, &facts, &details, now, arena,
                        &entry, err) &&
                   tell(tx, "UNREACHABLE_PROPOSED", c, d, entry.seq, ROLE_CB, now, err)
               ? true
               : PASS(err);
}

bool unreachable_confirm(const struct casework *w, struct tx *tx, const struct subject *who,
                         struct product_case *c, struct developer *d, struct utc now,
                         struct arena *arena, struct err *err)
{
    struct developer_facts confirmed = { .confirmed_by_two = true };
    struct unreachable_facts facts;
    struct details details = { 0 };
    struct unreachable u;
    struct entry entry;

    return open(w, tx, who, c, d, now, arena, &u, &facts, err) &&
                   step(tx, who, c, d, &u, ON_UNREACHABLE_CONFIRM, &facts, &details, now, arena,
                        &entry, err) &&
                   developer_move(tx, who, c, d, ON_UNREACHABLE, &confirmed, &details, now, arena,
                                  &entry, err) &&
                   timer_clear(tx, c->id, d->id, TIMER_ANSWER, now, err) &&
                   timer_clear(tx, c->id, d->id, TIMER_UNREACHABLE, now, err) &&
                   tell(tx, "UNREACHABLE", c, d, entry.seq, ROLE_RB, now, err)
               ? true
               : PASS(err);
}

bool unreachable_drop(const struct casework *w, struct tx *tx, const struct subject *who,
                      struct product_case *c, struct developer *d, struct utc now,
                      struct arena *arena, struct err *err)
{
    struct unreachable_facts facts;
    struct details details = { 0 };
    struct unreachable u;
    struct entry entry;

    return open(w, tx, who, c, d, now, arena, &u, &facts, err) &&
                   step(tx, who, c, d, &u, ON_UNREACHABLE_DROP, &facts, &details, now, arena,
                        &entry, err)
               ? true
               : PASS(err);
}

/* ---- the list ---- */

static bool number_new(const struct casework *w, struct tx *tx, struct arena *arena,
                       struct str *out, struct err *err)
{
    for (int i = 0; i < NUMBER_TRIES; i++) {
        struct str number = arena_printf(arena, "%.*s#%08u", STR_ARG(w->inquiry_prefix),
                                         10000000 + random_below(90000000));
        int64_t taken;

        if (!store_number(tx, &sql_unreachable_number_taken, BINDS(bind_text("number", number)), 0,
                          &taken, err))
            return PASS(err);
        if (!taken) {
            *out = number;
            return true;
        }
    }
    return FAIL(err, UNAVAILABLE, STR("a free number"));
}

static bool is_line(struct str text, size_t max)
{
    return str_is_utf8(text) && str_is_plain(text, false) && str_code_points(text) <= max;
}

static bool check_notice(const struct unreachable_notice *n, struct err *err)
{
    if (!is_line(n->name_ja, NAME_MAX_CHARS))
        return FAIL(err, INPUT, STR("name_ja"));
    if (!is_line(n->name_en, NAME_MAX_CHARS))
        return FAIL(err, INPUT, STR("name_en"));
    if (!is_line(n->url, URL_MAX_CHARS) ||
        (n->url.len > 0 && !str_starts(n->url, STR("https://")) &&
         !str_starts(n->url, STR("http://"))))
        return FAIL(err, INPUT, STR("url"));
    /* Where no name is known, a remark says whose developer it is. */
    if (!words_are_fine_or_none(n->remark_ja) || !words_are_fine_or_none(n->remark_en) ||
        (n->name_ja.len == 0 && (n->remark_ja.len == 0 || n->remark_en.len == 0)))
        return FAIL(err, INPUT, STR("remark_ja"));
    return true;
}

static bool notice_record(const struct unreachable_notice *n, struct arena *arena, struct str *out,
                          struct err *err)
{
    struct buf buf = buf_new(arena, NOTICE_MAX);

    record_put(&buf, "name_ja", n->name_ja);
    record_put(&buf, "name_en", n->name_en);
    record_put(&buf, "url", n->url);
    record_put(&buf, "remark_ja", n->remark_ja);
    record_put(&buf, "remark_en", n->remark_en);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool unreachable_list(const struct casework *w, struct tx *tx, const struct subject *who,
                      struct product_case *c, struct developer *d,
                      const struct unreachable_notice *notice, struct utc now, struct arena *arena,
                      struct err *err)
{
    struct buf buf = buf_new(arena, 128);
    struct unreachable_facts facts;
    struct details details = { 0 };
    struct unreachable u;
    struct entry entry;

    if (!open(w, tx, who, c, d, now, arena, &u, &facts, err) || !check_notice(notice, err) ||
        !number_new(w, tx, arena, &u.number, err))
        return PASS(err);
    record_put(&buf, "number", u.number);
    return buf_done(&buf, &details.facts, err) &&
                   notice_record(notice, arena, &details.payload, err) &&
                   step(tx, who, c, d, &u, ON_UNREACHABLE_LIST, &facts, &details, now, arena,
                        &entry, err) &&
                   timer_set(tx, c->id, d->id, TIMER_UNREACHABLE,
                             utc_add_months(now, (int)w->unreachable_product_months), err)
               ? true
               : PASS(err);
}

bool unreachable_list_product(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *c, struct developer *d, struct str product,
                              struct str versions, struct utc now, struct arena *arena,
                              struct err *err)
{
    struct buf buf = buf_new(arena, 4096);
    struct unreachable_facts facts;
    struct details details = { 0 };
    struct unreachable u;
    struct entry entry;

    if (product.len == 0 || !is_line(product, NAME_MAX_CHARS))
        return FAIL(err, INPUT, STR("product_name"));
    if (!is_line(versions, NAME_MAX_CHARS))
        return FAIL(err, INPUT, STR("versions"));
    record_put(&buf, "product", product);
    record_put(&buf, "versions", versions);
    return buf_done(&buf, &details.payload, err) &&
                   open(w, tx, who, c, d, now, arena, &u, &facts, err) &&
                   step(tx, who, c, d, &u, ON_UNREACHABLE_LIST_PRODUCT, &facts, &details, now,
                        arena, &entry, err) &&
                   timer_clear(tx, c->id, d->id, TIMER_UNREACHABLE, now, err)
               ? true
               : PASS(err);
}

bool unreachable_set_deadline(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *c, struct developer *d, struct utc deadline,
                              struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { .n = deadline };
    struct unreachable_facts facts;
    struct unreachable u;
    struct entry entry;

    if (!open(w, tx, who, c, d, now, arena, &u, &facts, err))
        return PASS(err);
    facts.deadline_lies_ahead = deadline.ms > now.ms;
    return step(tx, who, c, d, &u, ON_UNREACHABLE_SET_DEADLINE, &facts, &details, now, arena,
                &entry, err) &&
                   timer_set(tx, c->id, d->id, TIMER_UNREACHABLE, deadline, err)
               ? true
               : PASS(err);
}

/* ---- reached again ---- */

/* V12: two moves at once, because where it leads depends on where it was. */
static bool resume(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct developer *d, struct utc now, struct arena *arena, struct err *err)
{
    int left = life_state(&developer_life, d->resume_state);
    struct developer_facts facts = { 0 };
    struct details details = { 0 };
    struct entry entry;
    int back = developer_return((enum developer_state)left);

    if (back < 0)
        return FAIL(err, BUG, d->resume_state);
    return developer_move(tx, who, c, d, ON_RESUME, &facts, &details, now, arena, &entry, err) &&
                   developer_move(tx, who, c, d, (enum developer_event)back, &facts, &details, now,
                                  arena, &entry, err)
               ? true
               : PASS(err);
}

bool unreachable_contact_made(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct developer *d, struct utc now, struct arena *arena,
                              struct err *err)
{
    struct unreachable_facts facts = { 0 };
    struct details details = { 0 };
    struct unreachable u;
    struct entry entry;

    if (!unreachable_load(tx, c, d, arena, &u, err))
        return PASS(err);
    if (u.state == UNREACHABLE_START || is_over(u.state))
        return true;
    if (!timer_clear(tx, c->id, d->id, TIMER_UNREACHABLE, now, err) ||
        !step(tx, who, c, d, &u, ON_UNREACHABLE_CONTACT, &facts, &details, now, arena, &entry, err))
        return PASS(err);
    if (d->state == DEVELOPER_UNREACHABLE && !resume(tx, who, c, d, now, arena, err))
        return PASS(err);
    return docket_cause_falls(tx, who, c, d, now, arena, err) &&
                   tell(tx, "REACHED", c, d, entry.seq, ROLE_RB | ROLE_CB, now, err)
               ? true
               : PASS(err);
}
