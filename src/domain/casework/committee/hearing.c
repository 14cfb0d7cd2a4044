/* domain/casework/committee/hearing.c: a case is put before the committee, and its developer may speak. */
#include "domain/casework/committee/internal.h"

#include "domain/casework/committee/docket.sql.h"
#include "domain/casework/unreachable.h"
#include "domain/casework/words.h"
#include "store/store.h"

/* N34: that there is a case, and of which developer; its contents are for the members that are called. */
static bool tell_committee(struct tx *tx, const struct product_case *c, const struct developer *d,
                           int64_t seq, struct utc now, struct err *err)
{
    struct news news = docket_news("N34", c, seq);

    news.participant_id = d->id;
    return outbox_to_role(tx, &news, ROLE_PC, now, err) ? true : PASS(err);
}

bool docket_propose(struct tx *tx, const struct subject *who, struct product_case *c,
                    const struct developer *developer, struct str reason, struct utc now,
                    struct arena *arena, struct err *err)
{
    struct buf buf = buf_new(arena, FACTS_MAX);
    struct docket_facts facts = { .has_reason = words_are_fine(reason) };
    struct product_facts of_case = { .has_reason = facts.has_reason };
    struct details details = { 0 }, none = { 0 };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("reason"));
    if (!docket_load(tx, c, arena, &d, err) ||
        !docket_cause_of(tx, c, developer, arena, &details.code, err))
        return PASS(err);
    if (docket_is_over(d.state)) /* another round */
        d.state = DOCKET_START;
    facts.cause_stands = of_case.is_referable = details.code.len > 0;
    record_put_int(&buf, "participant", developer->id);
    details.facts = buf_str(&buf);
    return words_record(arena, reason, &details.payload, err) &&
                   store_number(tx, &sql_docket_next, NO_BINDS, 1, &d.id, err) &&
                   case_move(tx, who, c, ON_REFER, &of_case, &none, now, arena, &entry, err) &&
                   docket_end_date(tx, c, now, err) &&
                   docket_step(tx, who, c, &d, ON_DOCKET_PROPOSE, &facts, &details, now, arena,
                               &entry, err) &&
                   docket_tell_bodies(tx, c, entry.seq, now, err) &&
                   tell_committee(tx, c, developer, entry.seq, now, err)
               ? true
               : PASS(err);
}

/* Where it cannot be told, the day that the public list has announced (guideline, appendix 5). */
static bool deadline_of(struct tx *tx, const struct product_case *c,
                        const struct developer *developer, struct utc until, struct utc now,
                        struct arena *arena, struct utc *out, struct err *err)
{
    struct unreachable u;

    *out = until.ms > now.ms ? until : (struct utc){ 0 };
    if (developer->state != DEVELOPER_UNREACHABLE)
        return true;
    if (!unreachable_load(tx, c, developer, arena, &u, err))
        return PASS(err);
    *out = u.deadline;
    return true;
}

bool docket_notify(struct tx *tx, const struct subject *who, struct product_case *c,
                   struct str words, struct utc until, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct docket_facts facts = { .has_reason = words_are_fine(words) };
    struct details details = { 0 };
    struct developer developer;
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("words"));
    if (!docket_load(tx, c, arena, &d, err) ||
        !docket_developer(tx, c, &d, arena, &developer, err) ||
        !deadline_of(tx, c, &developer, until, now, arena, &details.n, err) ||
        !words_record(arena, words, &details.payload, err))
        return PASS(err);
    facts.has_deadline = details.n.ms != 0;
    return docket_step(tx, who, c, &d, ON_DOCKET_NOTIFY, &facts, &details, now, arena, &entry,
                       err) &&
                   (developer.state == DEVELOPER_UNREACHABLE ||
                    docket_tell_developer(tx, "DOCKET_NOTICE", c, &developer, entry.seq, now, err))
               ? true
               : PASS(err);
}

bool docket_speak(struct tx *tx, const struct subject *who, struct product_case *c,
                  struct str opinion, struct utc now, struct arena *arena, struct err *err)
{
    struct docket_facts facts = { .has_reason = words_are_fine(opinion) };
    struct details details = { 0 };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("opinion"));
    if (!docket_own(tx, who, c, arena, &d, err))
        return PASS(err);
    facts.hearing_is_over = d.hearing_until.ms <= now.ms;
    return words_record(arena, opinion, &details.payload, err) &&
                   docket_step(tx, who, c, &d, ON_DOCKET_SPEAK, &facts, &details, now, arena,
                               &entry, err) &&
                   docket_tell_bodies(tx, c, entry.seq, now, err)
               ? true
               : PASS(err);
}

bool docket_end_hearing(struct tx *tx, const struct subject *who, struct product_case *c,
                        struct utc now, struct arena *arena, struct err *err)
{
    struct docket_facts facts = { 0 };
    struct details details = { 0 };
    struct docket d;
    struct entry entry;

    if (!docket_load(tx, c, arena, &d, err))
        return PASS(err);
    facts.hearing_is_over = d.hearing_until.ms && d.hearing_until.ms <= now.ms;
    return docket_step(tx, who, c, &d, ON_DOCKET_END_HEARING, &facts, &details, now, arena, &entry,
                       err)
               ? true
               : PASS(err);
}
