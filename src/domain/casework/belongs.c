#include "domain/casework/belongs.h"

#include "domain/access/outbox.h"
#include "domain/casework/belongs.sql.h"
#include "domain/casework/coordination.h"
#include "domain/casework/cve.h"
#include "domain/casework/direct.h"
#include "domain/casework/exchange.h"
#include "domain/casework/foreign.h"
#include "domain/casework/intake.h"
#include "domain/casework/intake.sql.h"
#include "domain/casework/timer.h"
#include "domain/casework/words.h"
#include "store/store.h"

/* ---- reading ---- */

static enum belonging kind_of(struct str kind, bool is_outward)
{
    if (str_eq(kind, STR("MERGED")))
        return is_outward ? BELONGS_MERGED_INTO : BELONGS_MERGED_HERE;
    return is_outward ? BELONGS_SPLIT_FROM : BELONGS_SPLIT_OFF;
}

static bool read_ties(struct tx *tx, int64_t case_id, struct arena *arena, struct case_ties *out,
                      struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct case_ties){ 0 };
    if (!store_select(tx, &sql_belongs_of_case, BINDS(bind_int("case_id", case_id)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct case_tie){
                     .kind = kind_of(row_text(rows, "kind"), row_int(rows, "is_outward") != 0),
                     .case_id = row_int(rows, "id"),
                     .at = row_utc(rows, "at") });
    return got == 0 ? true : PASS(err);
}

bool belongs_load(const struct casework *w, struct tx *tx, const struct product_case *c,
                  struct arena *arena, struct case_ties *out, struct err *err)
{
    if (!read_ties(tx, c->id, arena, out, err))
        return PASS(err);
    for (size_t i = 0; i < out->len; i++) {
        struct product_case other;

        if (!case_load_by_id(w, tx, out->at[i].case_id, arena, &other, err))
            return PASS(err);
        out->at[i].public_id = other.public_id;
        out->at[i].number = other.number;
        out->at[i].title = other.title;
        out->at[i].state = other.state;
    }
    return true;
}

bool belongs_published_as(struct tx *tx, const struct product_case *c, int64_t *case_id,
                          struct err *err)
{
    return store_number(tx, &sql_belongs_other,
                        BINDS(bind_int("case_id", c->id), bind_text("kind", STR("MERGED"))), c->id,
                        case_id, err)
               ? true
               : PASS(err);
}

/* ---- merging ---- */

/* How far a case has come; 0: it takes part in no merge. */
static int rank_of(const struct product_case *c)
{
    if (str_eq(c->origin, STR("SELF"))) /* limited to one developer's own product */
        return 0;
    switch (c->state) {
    case CASE_WITH_CB:
    case CASE_FOREIGN:
        return 1;
    case CASE_VENDOR_IDENTIFIED:
        return 2;
    case CASE_COORDINATING:
        return 3;
    case CASE_DATE_SET:
        return 4;
    default:
        return 0;
    }
}

struct holds {
    int64_t advisories, urgent, provisions, analyses, merged, going_out;
};

static bool holds_of(struct tx *tx, int64_t case_id, struct arena *arena, struct holds *out,
                     struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;

    if (!store_select(tx, &sql_belongs_holds, BINDS(bind_int("case_id", case_id)), arena, &rows,
                      err) ||
        !rows_one(rows, STR("a case"), err))
        return PASS(err);
    *out = (struct holds){ .advisories = row_int(rows, "advisories"),
                           .urgent = row_int(rows, "urgent"),
                           .provisions = row_int(rows, "provisions"),
                           .analyses = row_int(rows, "analyses"),
                           .merged = row_int(rows, "merged"),
                           .going_out = row_int(rows, "going_out") };
    return true;
}

static bool may_rest(struct tx *tx, const struct product_case *c, struct arena *arena,
                     struct err *err)
{
    struct holds holds;

    if (!holds_of(tx, c->id, arena, &holds, err))
        return PASS(err);
    if (holds.advisories > 0)
        return FAIL(err, NOT_READY, STR("advisory_is_a_draft"));
    if (holds.urgent > 0)
        return FAIL(err, NOT_READY, STR("nothing_urgent_waits"));
    /* Who was told beforehand, or analyses it, reads this very case, and would not read it while it rests. */
    if (holds.provisions > 0)
        return FAIL(err, NOT_READY, STR("nothing_is_provided_beforehand"));
    if (holds.analyses > 0)
        return FAIL(err, NOT_READY, STR("no_analysis_goes_on"));
    return holds.merged == 0 ? true : FAIL(err, NOT_READY, STR("nothing_merged_into_it"));
}

/* The case that goes on: open, and as far as the other or further, so that whatever was agreed in the other can be kept in it. */
static bool other_case(const struct casework *w, struct tx *tx, const struct product_case *c,
                       struct str number, struct arena *arena, struct product_case *out,
                       struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct holds holds;
    int got;

    if (!store_select(tx, &sql_belongs_case_of_number, BINDS(bind_text("number", str_trim(number))),
                      arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got < 0)
        return PASS(err);
    if (got == 0 || row_int(rows, "id") == c->id)
        return FAIL(err, INPUT, STR("into"));
    if (!case_load_by_id(w, tx, row_int(rows, "id"), arena, out, err) ||
        !holds_of(tx, out->id, arena, &holds, err))
        return PASS(err);
    if (!rank_of(out) || rank_of(out) < rank_of(c))
        return FAIL(err, INPUT, STR("into"));
    return holds.going_out == 0 ? true : FAIL(err, CHANGED_MEANWHILE, out->number);
}

static bool take_if_new(const struct casework *w, struct tx *tx, const struct subject *who,
                        struct product_case *c, struct utc now, struct arena *arena,
                        struct err *err)
{
    return c->handling_started_at.ms || coordination_take(w, tx, who, c, now, arena, err)
               ? true
               : PASS(err);
}

/* The counting of the other began earlier: from here on it counts (invariant 17). */
static bool note_merged_here(const struct casework *w, struct tx *tx, const struct subject *who,
                             struct product_case *into, const struct product_case *c,
                             struct utc now, struct arena *arena, struct err *err)
{
    bool is_earlier = c->first_contact_at.ms && into->first_contact_at.ms &&
                      c->first_contact_at.ms < into->first_contact_at.ms;
    struct details details = { .ref = c->id };
    struct entry entry;

    if (is_earlier)
        details.n = into->first_contact_at = c->first_contact_at;
    if (!case_note(tx, who, into, 0, "case.merged_here", &details, now, arena, &entry, err))
        return PASS(err);
    if (!is_earlier)
        return true;
    return timer_clear(tx, into->id, 0, TIMER_TARGET, now, err) &&
                   timer_clear(tx, into->id, 0, TIMER_TARGET_AT, now, err) &&
                   timer_clear(tx, into->id, 0, TIMER_YEAR, now, err) &&
                   coordination_expect_target(w, tx, into, err)
               ? true
               : PASS(err);
}

/* They join with nothing disclosed; who takes part there already, did once, or is left out of later handling stays as it is. */
static bool join(const struct casework *w, struct tx *tx, const struct subject *who,
                 struct product_case *into, const struct developers *developers, struct utc now,
                 struct arena *arena, struct err *err)
{
    for (size_t i = 0; i < developers->len; i++) {
        struct developer joined;
        struct err why = { 0 };

        if (coordination_add(w, tx, who, into, developers->at[i].organisation_public_id, now, arena,
                             &joined, &why) ||
            why.code == ERR_INPUT)
            continue;
        *err = why;
        return PASS(err);
    }
    return true;
}

static bool takes_part(const struct exchanges *there, int64_t organisation_id)
{
    for (size_t i = 0; i < there->len; i++) {
        if (there->at[i].organisation_id == organisation_id)
            return true;
    }
    return false;
}

/* Whoever coordinates abroad hears of the date that holds now (PUB-06); of the other case it is given nothing yet. */
static bool join_abroad(struct tx *tx, const struct subject *who, const struct product_case *c,
                        struct product_case *into, struct utc now, struct arena *arena,
                        struct err *err)
{
    struct exchanges here, there;

    if (!exchanges_of_case(tx, c->id, arena, &here, err) ||
        !exchanges_of_case(tx, into->id, arena, &there, err))
        return PASS(err);
    for (size_t i = 0; i < here.len; i++) {
        if (!here.at[i].ended_at.ms && !takes_part(&there, here.at[i].organisation_id) &&
            !exchange_open(tx, who, into, here.at[i].organisation_id, false, STR_NONE, now, arena,
                           err))
            return PASS(err);
    }
    return true;
}

/* The earlier of two dates holds. */
static bool keep_earlier_date(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *into, struct utc date, struct str words,
                              struct utc now, struct arena *arena, struct err *err)
{
    struct developers developers;

    if (!date.ms || date.ms <= now.ms || date.ms >= into->publication_date.ms)
        return true;
    return developers_load(tx, into->id, arena, &developers, err) &&
                   coordination_change_date(w, tx, who, into, &developers, date, true, words, now,
                                            arena, err)
               ? true
               : PASS(err);
}

static bool tell_merged(struct tx *tx, const struct product_case *c,
                        const struct developers *developers, int64_t seq, struct utc now,
                        struct err *err)
{
    struct news news = { .notice = "MERGED_RB", .case_id = c->id, .seq = seq };

    if (!outbox_to_role(tx, &news, ROLE_RB, now, err))
        return PASS(err);
    news.notice = "MERGED";
    for (size_t i = 0; i < developers->len; i++) {
        news.participant_id = developers->at[i].id;
        if (developers->at[i].summary_at.ms &&
            !outbox_to_managers(tx, &news, developers->at[i].organisation_id, now, err))
            return PASS(err);
    }
    return true;
}

bool belongs_merge(const struct casework *w, struct tx *tx, const struct subject *who,
                   struct product_case *c, struct str into, struct str words, struct utc now,
                   struct arena *arena, struct err *err)
{
    struct product_facts facts = { .has_reason = words_are_fine(words) };
    struct details details = { 0 };
    struct developers developers;
    struct utc date = c->publication_date;
    struct product_case other;
    struct entry entry;

    if (!(who->roles & ROLE_CB))
        return FAIL(err, NOT_YOUR_MOVE, STR("merge"));
    if (!rank_of(c))
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("words"));
    if (!other_case(w, tx, c, into, arena, &other, err) || !may_rest(tx, c, arena, err) ||
        !take_if_new(w, tx, who, c, now, arena, err) ||
        !take_if_new(w, tx, who, &other, now, arena, err) ||
        !developers_load(tx, c->id, arena, &developers, err) ||
        !cve_move(tx, who, c, &other, now, arena, err))
        return PASS(err);
    details.ref = other.id;
    if (!words_record(arena, words, &details.payload, err) ||
        !case_move(tx, who, c, ON_MERGE, &facts, &details, now, arena, &entry, err) ||
        !timer_clear(tx, c->id, 0, TIMER_PUBLISH, now, err) ||
        !timer_clear(tx, c->id, 0, TIMER_STATUS, now, err))
        return PASS(err);
    return note_merged_here(w, tx, who, &other, c, now, arena, err) &&
                   join(w, tx, who, &other, &developers, now, arena, err) &&
                   join_abroad(tx, who, c, &other, now, arena, err) &&
                   keep_earlier_date(w, tx, who, &other, date, words, now, arena, err) &&
                   tell_merged(tx, c, &developers, entry.seq, now, err)
               ? true
               : PASS(err);
}

/* ---- taking out again ---- */

static bool release(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct str state_left, const struct details *details, struct utc now,
                    struct arena *arena, struct err *err)
{
    struct product_facts facts = { 0 };
    struct news news = { .notice = "RELEASED", .case_id = c->id };
    struct entry entry;
    int left = life_state(&product_life, state_left),
        event = left < 0 ? -1 : product_release((enum product_state)left);

    if (event < 0)
        return FAIL(err, BUG, state_left);
    if (!case_move(tx, who, c, (enum product_event)event, &facts, details, now, arena, &entry, err))
        return PASS(err);
    c->publication_date = (struct utc){ 0 };
    news.seq = entry.seq;
    return outbox_to_role(tx, &news, ROLE_RB | ROLE_CB, now, err) ? true : PASS(err);
}

bool belongs_release(struct tx *tx, const struct subject *who, struct product_case *c,
                     struct str words, struct utc now, struct arena *arena, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    struct details details = { 0 };

    if (!(who->roles & ROLE_CB))
        return FAIL(err, NOT_YOUR_MOVE, STR("release"));
    if (c->state != CASE_MERGED)
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    if (!words_are_fine(words))
        return FAIL(err, INPUT, STR("words"));
    if (!store_select(tx, &sql_belongs_state_left, BINDS(bind_int("case_id", c->id)), arena, &rows,
                      err) ||
        !rows_one(rows, STR("a merged case"), err))
        return PASS(err);
    return words_record(arena, words, &details.payload, err) &&
                   release(tx, who, c, row_text(rows, "state_left"), &details, now, arena, err)
               ? true
               : PASS(err);
}

/* ---- after the end of the one that goes on ---- */

struct resting {
    struct product_case c; /* what a move needs of it */
    struct str state_left;
};
struct all_resting {
    VEC_OF(struct resting);
};

static bool resting_in(struct tx *tx, int64_t case_id, struct arena *arena, struct all_resting *out,
                       struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct all_resting){ 0 };
    if (!store_select(tx, &sql_belongs_merged_into, BINDS(bind_int("case_id", case_id)), arena,
                      &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out,
                 (struct resting){ .c = { .id = row_int(rows, "id"),
                                          .public_id = row_text(rows, "public_id"),
                                          .number = row_text(rows, "number"),
                                          .state = CASE_MERGED,
                                          .version = row_int(rows, "version"),
                                          .report_id = row_int(rows, "report_id") },
                                   .state_left = row_text(rows, "state_left") });
    return got == 0 ? true : PASS(err);
}

static bool tell_finder(struct tx *tx, int64_t case_id, int64_t report_id, int64_t seq,
                        struct utc now, struct err *err)
{
    struct news news = { .notice = "N13", .case_id = case_id, .report_id = report_id, .seq = seq };

    return !report_id || outbox_to_finder(tx, &news, now, err) ? true : PASS(err);
}

static bool follow(struct tx *tx, const struct subject *who, struct product_case *c,
                   int64_t published, struct utc now, struct arena *arena, struct err *err)
{
    struct product_facts facts = { 0 };
    struct details details = { .ref = published };
    struct entry entry;

    return case_move(tx, who, c, ON_FOLLOW, &facts, &details, now, arena, &entry, err) &&
                   tell_finder(tx, c->id, c->report_id, entry.seq, now, err) &&
                   direct_tell_end(tx, c, entry.seq, now, err)
               ? true
               : PASS(err);
}

/* FND-06: what was split off a report is published: its finder hears of it. */
static bool tell_finder_of_whole(struct tx *tx, const struct product_case *c, struct utc now,
                                 struct arena *arena, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_belongs_origin_report, BINDS(bind_int("case_id", c->id)), arena,
                      &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    return tell_finder(tx, row_int(rows, "id"), row_int(rows, "report_id"), 0, now, err)
               ? true
               : PASS(err);
}

bool belongs_after_end(struct tx *tx, const struct subject *who, const struct product_case *c,
                       struct utc now, struct arena *arena, struct err *err)
{
    const struct details none = { 0 };
    bool is_published = c->state == CASE_PUBLISHED;
    struct all_resting all;

    if (!resting_in(tx, c->id, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        struct resting *one = &all.at[i];

        if (!(is_published ? follow(tx, who, &one->c, c->id, now, arena, err)
                           : release(tx, who, &one->c, one->state_left, &none, now, arena, err)))
            return PASS(err);
    }
    return !is_published || tell_finder_of_whole(tx, c, now, arena, err) ? true : PASS(err);
}

/* ---- splitting ---- */

static bool facts_of_part(const struct product_case *c, struct str form, enum lang lang,
                          struct arena *arena, struct str *out, struct err *err)
{
    struct str category = record_get(form, "category");
    struct buf buf = buf_new(arena, 2048);

    record_put(&buf, "origin", c->origin);
    record_put(&buf, "source", c->source);
    record_put(&buf, "legal_basis", c->legal_basis);
    record_put(&buf, "lang", lang_code(lang));
    record_put(&buf, "channel", STR("SPLIT"));
    record_put(&buf, "category", category);
    record_put_int(&buf, "is_iot", report_is_iot(category));
    record_put_int(&buf, "from", c->id);
    record_put_int(&buf, "accepted_at", c->accepted_at.ms);
    record_put_int(&buf, "handling_started_at", c->handling_started_at.ms);
    record_put_int(&buf, "first_contact_at", c->first_contact_at.ms);
    record_put_int(&buf, "rb_officer", c->rb_officer_id);
    record_put_int(&buf, "cb_officer", c->cb_officer_id);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

static bool begin_part(const struct casework *w, struct tx *tx, const struct subject *who,
                       const struct product_case *c, struct str form, struct utc now,
                       struct arena *arena, struct product_case *out, struct err *err)
{
    struct details details = { .code = c->date_basis, .n = c->publication_date };
    struct product_case part = { .state = CASE_START, .origin = c->origin };
    struct product_facts facts = { 0 };
    struct entry entry;
    int event = product_split(c->state);

    if (!intake_number_new(w, tx, now, arena, &part.number, err) ||
        !case_key_new(tx, w->vault, part.number, arena, &part.key, &part.public_id, err) ||
        !store_number(tx, &sql_intake_report_next, NO_BINDS, 1, &details.ref, err) ||
        !foreign_texts(form, arena, &details.payload, err) ||
        !facts_of_part(c, form, who->lang, arena, &details.facts, err))
        return PASS(err);
    part.id = part.key.case_id;
    if (!case_move(tx, who, &part, (enum product_event)event, &facts, &details, now, arena, &entry,
                   err))
        return PASS(err);
    details = (struct details){ 0 };
    return words_record(arena, record_get(form, "product_name"), &details.payload, err) &&
                   case_note(tx, who, &part, 0, "case.titled", &details, now, arena, &entry, err) &&
                   case_load_by_id(w, tx, part.id, arena, out, err)
               ? true
               : PASS(err);
}

static bool add_all(const struct casework *w, struct tx *tx, const struct subject *who,
                    struct product_case *part, const struct organisation_ids *organisations,
                    struct utc now, struct arena *arena, struct err *err)
{
    for (size_t i = 0; i < organisations->len; i++) {
        struct developer added;

        if (!coordination_add(w, tx, who, part, organisations->at[i], now, arena, &added, err))
            return PASS(err);
    }
    return true;
}

bool belongs_split(const struct casework *w, struct tx *tx, const struct subject *who,
                   const struct product_case *c, struct str form,
                   const struct organisation_ids *organisations, struct utc now,
                   struct arena *arena, struct product_case *out, struct err *err)
{
    struct product_case whole = *c;
    struct form_faults faults = { 0 };
    struct details details = { 0 };
    struct news news = { .notice = "SPLIT" };
    struct entry entry;

    if (!(who->roles & ROLE_CB))
        return FAIL(err, NOT_YOUR_MOVE, STR("split"));
    if (product_split(c->state) < 0 || !rank_of(c))
        return FAIL(err, NO_SUCH_MOVE, str_from_z(product_life.states[c->state]));
    foreign_check_texts(form, arena, &faults);
    if (faults.len > 0)
        return FAIL(err, INPUT, str_from_z(faults.at[0].field));
    if (!begin_part(w, tx, who, c, form, now, arena, out, err))
        return PASS(err);
    details.ref = out->id;
    if (!case_note(tx, who, &whole, 0, "case.parted", &details, now, arena, &entry, err) ||
        !coordination_expect_target(w, tx, out, err) ||
        (out->publication_date.ms &&
         !coordination_expect_publication(tx, out, out->publication_date, now, err)) ||
        !add_all(w, tx, who, out, organisations, now, arena, err))
        return PASS(err);
    news.case_id = out->id;
    return outbox_to_role(tx, &news, ROLE_RB, now, err) ? true : PASS(err);
}
