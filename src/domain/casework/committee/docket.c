/* domain/casework/committee/docket.c: a docket as it is kept, who may do what with it, and who may see it. */
#include "domain/casework/committee/internal.h"

#include "domain/casework/committee/docket.sql.h"
#include "domain/casework/eol.h"
#include "domain/casework/unreachable.h"
#include "store/store.h"

/* ---- reading ---- */

bool docket_record(struct tx *tx, const struct product_case *c, int64_t seq, struct arena *arena,
                   struct str *out, struct err *err)
{
    *out = STR_NONE;
    return !seq || ledger_payload(tx, &c->key, seq, arena, out, err) ? true : PASS(err);
}

static bool read_members(struct tx *tx, const struct product_case *c, struct arena *arena,
                         struct docket *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    if (!store_select(tx, &sql_docket_members, BINDS(bind_int("docket_id", out->id)), arena, &rows,
                      err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0) {
        struct docket_member m = {
            .account_id = row_int(rows, "account_id"),
            .name = row_text(rows, "name"),
            .organisation_name_ja = row_text(rows, "name_ja"),
            .organisation_name_en = row_text(rows, "name_en"),
            .vote = row_text(rows, "vote"),
            .at = row_utc(rows, "at"),
            .is_recused = row_int(rows, "is_recused") != 0,
        };

        if (!ledger_field(tx, &c->key, row_int(rows, "seq"), "text", arena, &m.reason, err))
            return PASS(err);
        VEC_PUSH(arena, &out->members, m);
    }
    return got == 0 ? true : PASS(err);
}

static bool read_texts(struct tx *tx, const struct product_case *c, struct rows *rows,
                       struct arena *arena, struct docket *out, struct err *err)
{
    struct str checked, view, decision, bundle;

    if (!ledger_field(tx, &c->key, row_int(rows, "proposed_seq"), "text", arena, &out->reason,
                      err) ||
        !docket_record(tx, c, out->checked_seq, arena, &checked, err) ||
        !ledger_field(tx, &c->key, row_int(rows, "notice_seq"), "text", arena, &out->notice, err) ||
        !ledger_field(tx, &c->key, row_int(rows, "opinion_seq"), "text", arena, &out->opinion,
                      err) ||
        !docket_record(tx, c, row_int(rows, "view_seq"), arena, &view, err) ||
        !ledger_field(tx, &c->key, row_int(rows, "minutes_seq"), "text", arena, &out->minutes,
                      err) ||
        !docket_record(tx, c, row_int(rows, "decided_seq"), arena, &decision, err) ||
        !ledger_field(tx, &c->key, row_int(rows, "ordered_seq"), "text", arena, &out->confirmation,
                      err))
        return PASS(err);
    for (size_t i = 0; i < DOCKET_CRITERIA; i++)
        out->criterion[i] = record_get(checked, docket_criteria[i].code);
    bundle = record_get(checked, "bundle");
    out->exploitation = record_get(bundle, "exploitation");
    out->value_added = record_get(checked, "value_added");
    out->view_ja = record_get(view, "ja");
    out->view_en = record_get(view, "en");
    out->decision = record_get(decision, "text");
    out->public_ja = record_get(decision, "public_ja");
    out->public_en = record_get(decision, "public_en");
    return true;
}

bool docket_load(struct tx *tx, const struct product_case *c, struct arena *arena,
                 struct docket *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = (struct docket){ .case_id = c->id };
    if (!store_select(tx, &sql_docket_of, BINDS(bind_int("case_id", c->id)), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got <= 0)
        return got == 0 ? true : PASS(err);
    *out = (struct docket){
        .id = row_int(rows, "id"),
        .case_id = c->id,
        .participant_id = row_int(rows, "participant_id"),
        .state = (enum docket_state)life_state(&docket_life, row_text(rows, "state")),
        .cause = row_text(rows, "cause"),
        .criteria = row_text(rows, "criteria"),
        .bundle_hash = row_text(rows, "bundle_hash"),
        .proposed_at = row_utc(rows, "proposed_at"),
        .checked_at = row_utc(rows, "checked_at"),
        .notice_at = row_utc(rows, "notice_at"),
        .hearing_until = row_utc(rows, "hearing_until"),
        .heard_at = row_utc(rows, "heard_at"),
        .meeting_at = row_utc(rows, "meeting_at"),
        .deliberated_at = row_utc(rows, "deliberated_at"),
        .decided_at = row_utc(rows, "decided_at"),
        .ordered_at = row_utc(rows, "ordered_at"),
        .executed_at = row_utc(rows, "executed_at"),
        .ended_at = row_utc(rows, "ended_at"),
        .checked_seq = row_int(rows, "checked_seq"),
    };
    return read_texts(tx, c, rows, arena, out, err) && read_members(tx, c, arena, out, err)
               ? true
               : PASS(err);
}

/* The developer it is about; ERR_ABSENT when it was taken out of the case. */
bool docket_developer(struct tx *tx, const struct product_case *c, const struct docket *d,
                      struct arena *arena, struct developer *out, struct err *err)
{
    struct developers all;

    if (!developers_load(tx, c->id, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i].id == d->participant_id) {
            *out = all.at[i];
            return true;
        }
    }
    return FAIL(err, ABSENT, STR("a developer"));
}

/* The docket is about the reader's own organisation; ERR_ABSENT */
bool docket_own(struct tx *tx, const struct subject *who, const struct product_case *c,
                struct arena *arena, struct docket *out, struct err *err)
{
    struct developer developer;

    if (!docket_load(tx, c, arena, out, err) ||
        !docket_developer(tx, c, out, arena, &developer, err))
        return PASS(err);
    return developer.organisation_id == who->organisation_id ? true
                                                             : FAIL(err, ABSENT, STR("a docket"));
}

const struct docket_member *docket_member_of(const struct docket *d, const struct subject *who)
{
    for (size_t i = 0; i < d->members.len; i++) {
        if (who->account_id && d->members.at[i].account_id == who->account_id)
            return &d->members.at[i];
    }
    return NULL;
}

/* ---- what the guards ask ---- */

bool docket_may_vote(const struct docket *d, const struct subject *who)
{
    const struct docket_member *m = docket_member_of(d, who);

    return m && !m->is_recused && m->vote.len == 0;
}

void docket_count_votes(const struct docket *d, int64_t quorum, struct docket_facts *out)
{
    int64_t votes = 0, publish = 0, not = 0;

    for (size_t i = 0; i < d->members.len; i++) {
        struct str vote = d->members.at[i].vote;

        votes += vote.len > 0;
        publish += str_eq(vote, STR("PUBLISH"));
        not += str_eq(vote, STR("NOT"));
    }
    out->has_quorum = votes > 0 && votes >= quorum;
    out->advises_publication = publish * 2 > votes;
    out->advises_not = not *2 > votes;
}

bool docket_advice_fits(struct tx *tx, const struct product_case *c, struct utc now,
                        struct arena *arena, bool *out, struct err *err)
{
    struct eol eol;

    if (!eol_load(tx, c, arena, &eol, err))
        return PASS(err);
    *out = !eol_has_ended(&eol, now) || str_eq(eol.facts.advice, STR("STOP_USE"));
    return true;
}

bool docket_enough_cases_wait(const struct casework *w, struct tx *tx, bool *out, struct err *err)
{
    int64_t ready;

    if (!store_number(tx, &sql_docket_ready, NO_BINDS, 0, &ready, err))
        return PASS(err);
    *out = ready >= w->committee_cases;
    return true;
}

bool docket_cause_of(struct tx *tx, const struct product_case *c, const struct developer *d,
                     struct arena *arena, struct str *out, struct err *err)
{
    struct unreachable u;

    *out = STR_NONE;
    if (d->state == DEVELOPER_REFUSED)
        *out = STR("REFUSED");
    if (d->state == DEVELOPER_NO_REPLY)
        *out = STR("UNREACHABLE");
    if (d->state != DEVELOPER_UNREACHABLE)
        return true;
    if (!unreachable_load(tx, c, d, arena, &u, err))
        return PASS(err);
    if (u.state == UNREACHABLE_DEADLINE_SET)
        *out = STR("UNREACHABLE");
    return true;
}

bool docket_can(const struct casework *w, struct tx *tx, const struct subject *who,
                const struct product_case *c, const struct docket *d, enum docket_event event,
                struct utc now, struct arena *arena, bool *out, struct err *err)
{
    struct docket_facts facts = {
        .has_reason = true,
        .cause_stands = true,
        .all_criteria_judged = true,
        .all_criteria_hold = d->criteria.len == DOCKET_CRITERIA,
        .has_deadline = true,
        .hearing_is_over = d->hearing_until.ms && d->hearing_until.ms <= now.ms,
        .has_members = true,
        .may_vote = docket_may_vote(d, who),
        .has_date = true,
        .is_confirmed = true,
    };

    docket_count_votes(d, w->committee_quorum, &facts);
    if (!docket_advice_fits(tx, c, now, arena, &facts.advice_fits, err) ||
        !docket_enough_cases_wait(w, tx, &facts.enough_cases_wait, err))
        return PASS(err);
    *out = life_can(&docket_life, (int)d->state, who->roles, (int)event, &facts);
    return true;
}

bool docket_allows(struct tx *tx, const struct product_case *c, struct arena *arena, bool *out,
                   struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    int got;

    *out = false;
    if (!store_select(tx, &sql_docket_state, BINDS(bind_int("case_id", c->id)), arena, &rows, err))
        return PASS(err);
    got = rows_next(rows, err);
    if (got > 0)
        *out = life_state(&docket_life, row_text(rows, "state")) == DOCKET_ORDERED;
    return got >= 0 ? true : PASS(err);
}

/* ---- who judges, and what it sees ---- */

bool docket_judges(struct tx *tx, struct arena *arena, struct accounts *out, struct err *err)
{
    struct accounts all;

    *out = (struct accounts){ 0 };
    if (!account_list(tx, 0, arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        if (all.at[i].state == ACCOUNT_ACTIVE && (all.at[i].roles & ROLE_PC))
            VEC_PUSH(arena, out, all.at[i]);
    }
    return true;
}

bool docket_cases(struct tx *tx, const struct subject *who, struct arena *arena,
                  struct docket_cases *out, struct err *err)
{
    CLEANUP(rows_end_var) struct rows *rows = NULL;
    bool is_body = who->roles & (ROLE_RB | ROLE_CB);
    int got;

    *out = (struct docket_cases){ 0 };
    if (!is_body && !(who->roles & ROLE_PC))
        return FAIL(err, ABSENT, STR("dockets"));
    if (!store_select(tx, &sql_docket_cases,
                      BINDS(bind_id("member", is_body ? 0 : who->account_id)), arena, &rows, err))
        return PASS(err);
    while ((got = rows_next(rows, err)) > 0)
        VEC_PUSH(arena, out, row_text(rows, "public_id"));
    return got == 0 ? true : PASS(err);
}

bool docket_grant(struct tx *tx, const struct subject *who, const struct product_case *c,
                  const struct developers *developers, struct arena *arena, struct grant *out,
                  struct err *err)
{
    const struct docket_member *m;
    struct docket d;

    if (!docket_load(tx, c, arena, &d, err))
        return PASS(err);
    m = docket_member_of(&d, who);
    if (!(who->roles & ROLE_PC) || !m || m->is_recused ||
        (docket_is_over(d.state) && d.state != DOCKET_EXECUTED))
        return FAIL(err, ABSENT, STR("a case"));
    if (!visibility_grant_partner(AUDIENCE_PC, c, developers, STR("VSM"), out, err))
        return PASS(err);
    out->full |= out->part; /* the row's condition, that it is its own case, is met */
    return true;
}
