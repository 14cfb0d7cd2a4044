/* domain/casework/committee/meeting.c: members are called, stand aside or vote; the minutes are kept. */
#include "domain/casework/committee/internal.h"

#include "domain/casework/committee/docket.sql.h"
#include "domain/casework/words.h"
#include "store/store.h"

static bool tell_members(struct tx *tx, const struct product_case *c, const struct docket *d,
                         int64_t seq, struct utc now, struct err *err)
{
    struct news news = docket_news("DOCKET_MEETING", c, seq);

    for (size_t i = 0; i < d->members.len; i++) {
        if (!outbox_to_account(tx, &news, d->members.at[i].account_id, now, err))
            return PASS(err);
    }
    return true;
}

static bool put_members(struct tx *tx, const struct docket_members *members, struct buf *facts,
                        struct err *err)
{
    for (size_t i = 0; i < members->len; i++) {
        int64_t may;

        if (!store_number(tx, &sql_docket_may_judge,
                          BINDS(bind_int("id", members->at[i]), bind_int("role", ROLE_PC)), 0, &may,
                          err))
            return PASS(err);
        for (size_t k = 0; k < i; k++) {
            if (members->at[k] == members->at[i])
                may = 0;
        }
        if (!may)
            return FAIL(err, INPUT, STR("members"));
        record_put_int(facts, "member", members->at[i]);
    }
    return true;
}

/* Those who judge already and have not stood aside, and those who join them. */
static bool reach_quorum(const struct docket *d, const struct docket_members *members,
                         int64_t quorum)
{
    int64_t count = (int64_t)members->len;

    for (size_t i = 0; i < d->members.len; i++) {
        bool is_named = false;

        for (size_t k = 0; k < members->len; k++)
            is_named |= members->at[k] == d->members.at[i].account_id;
        if (d->members.at[i].is_recused)
            count -= is_named;
        else
            count += !is_named;
    }
    return count >= quorum;
}

bool docket_convene(const struct casework *w, struct tx *tx, const struct subject *who,
                    struct product_case *c, const struct docket_members *members,
                    struct utc meeting_at, struct utc now, struct arena *arena, struct err *err)
{
    struct buf buf = buf_new(arena, FACTS_MAX);
    struct details details = { .n = meeting_at };
    struct docket_facts facts = { 0 };
    struct docket d;
    struct entry entry;

    if (meeting_at.ms < now.ms)
        return FAIL(err, INPUT, STR("meeting_at"));
    if (members->len == 0)
        return FAIL(err, INPUT, STR("members"));
    if (!docket_load(tx, c, arena, &d, err) || !put_members(tx, members, &buf, err) ||
        !buf_done(&buf, &details.facts, err) ||
        !docket_enough_cases_wait(w, tx, &facts.enough_cases_wait, err))
        return PASS(err);
    facts.has_members = reach_quorum(&d, members, w->committee_quorum);
    return docket_step(tx, who, c, &d, ON_DOCKET_CONVENE, &facts, &details, now, arena, &entry,
                       err) &&
                   docket_load(tx, c, arena, &d, err) &&
                   tell_members(tx, c, &d, entry.seq, now, err)
               ? true
               : PASS(err);
}

static bool judge(struct tx *tx, const struct subject *who, struct product_case *c,
                  enum docket_event event, struct str vote, struct str reason, struct utc now,
                  struct arena *arena, struct err *err)
{
    struct docket_facts facts = { .has_reason = words_are_fine(reason) };
    struct details details = { .code = vote };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("reason"));
    if (!docket_load(tx, c, arena, &d, err) || !words_record(arena, reason, &details.payload, err))
        return PASS(err);
    facts.may_vote = docket_may_vote(&d, who);
    return docket_step(tx, who, c, &d, event, &facts, &details, now, arena, &entry, err)
               ? true
               : PASS(err);
}

bool docket_recuse(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct str reason, struct utc now, struct arena *arena, struct err *err)
{
    return judge(tx, who, c, ON_DOCKET_RECUSE, STR_NONE, reason, now, arena, err) ? true
                                                                                  : PASS(err);
}

bool docket_vote(struct tx *tx, const struct subject *who, struct product_case *c, struct str vote,
                 struct str reason, struct utc now, struct arena *arena, struct err *err)
{
    if (!code_words(docket_votes, vote))
        return FAIL(err, INPUT, STR("vote"));
    return judge(tx, who, c, ON_DOCKET_VOTE, vote, reason, now, arena, err) ? true : PASS(err);
}

bool docket_deliberate(const struct casework *w, struct tx *tx, const struct subject *who,
                       struct product_case *c, struct str minutes, struct utc now,
                       struct arena *arena, struct err *err)
{
    struct docket_facts facts = { .has_reason = words_are_fine(minutes) };
    struct details details = { 0 };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("minutes"));
    if (!docket_load(tx, c, arena, &d, err) || !words_record(arena, minutes, &details.payload, err))
        return PASS(err);
    docket_count_votes(&d, w->committee_quorum, &facts);
    return docket_step(tx, who, c, &d, ON_DOCKET_DELIBERATE, &facts, &details, now, arena, &entry,
                       err)
               ? true
               : PASS(err);
}
