/* domain/casework/committee/step.c: one step of a docket, and who is told of it. */
#include "domain/casework/committee/internal.h"

#include "domain/casework/timer.h"

static const char *const kinds[DOCKET_EVENTS] = {
    "docket.proposed",    "docket.evidence_checked",
    "docket.notice_sent", "docket.opinion_received",
    "docket.heard",       "docket.convened",
    "docket.recused",     "docket.voted",
    "docket.deliberated", "docket.decided",
    "docket.declined",    "docket.declined",
    "docket.ordered",     "docket.view_given",
    "docket.executed",    "docket.suspended",
};

struct news docket_news(const char *notice, const struct product_case *c, int64_t seq)
{
    return (struct news){ .notice = notice, .case_id = c->id, .seq = seq };
}

bool docket_tell_bodies(struct tx *tx, const struct product_case *c, int64_t seq, struct utc now,
                        struct err *err)
{
    struct news news = docket_news("DOCKET", c, seq);

    return outbox_to_role(tx, &news, ROLE_RB | ROLE_CB, now, err) ? true : PASS(err);
}

bool docket_tell_developer(struct tx *tx, const char *notice, const struct product_case *c,
                           const struct developer *d, int64_t seq, struct utc now, struct err *err)
{
    struct news news = docket_news(notice, c, seq);

    news.participant_id = d->id;
    return outbox_to_managers(tx, &news, d->organisation_id, now, err) ? true : PASS(err);
}

bool docket_step(struct tx *tx, const struct subject *who, struct product_case *c, struct docket *d,
                 enum docket_event event, const struct docket_facts *facts,
                 const struct details *details, struct utc now, struct arena *arena,
                 struct entry *entry, struct err *err)
{
    struct case_step one = { .life = &docket_life,
                             .from = (int)d->state,
                             .event = (int)event,
                             .kind = kinds[event],
                             .ref = d->id };
    int to;

    if (!case_step(tx, who, c, &one, facts, details, now, arena, &to, entry, err))
        return PASS(err);
    d->state = (enum docket_state)to;
    return true;
}

bool docket_end_date(struct tx *tx, const struct product_case *c, struct utc now, struct err *err)
{
    return timer_clear(tx, c->id, 0, TIMER_PUBLISH, now, err) &&
                   timer_clear(tx, c->id, 0, TIMER_STATUS, now, err)
               ? true
               : PASS(err);
}

/* P19 */
bool docket_give_back(struct tx *tx, const struct subject *who, struct product_case *c,
                      struct utc now, struct arena *arena, struct err *err)
{
    struct product_facts facts = { 0 };
    struct details details = { 0 };
    struct entry entry;

    return case_move(tx, who, c, ON_RETURN, &facts, &details, now, arena, &entry, err) &&
                   docket_end_date(tx, c, now, err)
               ? true
               : PASS(err);
}
