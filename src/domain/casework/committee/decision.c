/* domain/casework/committee/decision.c: the receiving body decides on the committee's result, and what follows from it. */
#include "domain/casework/committee/internal.h"

#include "domain/casework/coordination.h"
#include "domain/casework/words.h"

/* The bodies, and the developer where it can be told. */
static bool tell_result(struct tx *tx, const struct product_case *c, const struct docket *d,
                        int64_t seq, struct utc now, struct arena *arena, struct err *err)
{
    struct developer developer;

    return docket_tell_bodies(tx, c, seq, now, err) &&
                   docket_developer(tx, c, d, arena, &developer, err) &&
                   (docket_cannot_be_reached(d) ||
                    docket_tell_developer(tx, "DOCKET_DECIDED", c, &developer, seq, now, err))
               ? true
               : PASS(err);
}

/* The published reason: in both languages, and only of what is published. */
static bool is_public_reason(const struct docket_decision *decision, struct str words)
{
    return decision->event != ON_DOCKET_PUBLISH || words_are_fine(words);
}

bool docket_decide(struct tx *tx, const struct subject *who, struct product_case *c,
                   const struct docket_decision *decision, struct utc now, struct arena *arena,
                   struct err *err)
{
    struct buf buf = buf_new(arena, BUNDLE_MAX);
    struct docket_facts facts = { .has_reason = words_are_fine(decision->reason) };
    struct details details = { .code = str_from_z(docket_life.events[decision->event]) };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("reason"));
    if (!is_public_reason(decision, decision->public_ja))
        return FAIL(err, INPUT, STR("public_ja"));
    if (!is_public_reason(decision, decision->public_en))
        return FAIL(err, INPUT, STR("public_en"));
    record_put(&buf, "text", str_trim(decision->reason));
    if (decision->event == ON_DOCKET_PUBLISH) {
        record_put(&buf, "public_ja", str_trim(decision->public_ja));
        record_put(&buf, "public_en", str_trim(decision->public_en));
    }
    if (!docket_load(tx, c, arena, &d, err) || !buf_done(&buf, &details.payload, err))
        return PASS(err);
    facts.all_criteria_hold = d.criteria.len == DOCKET_CRITERIA;
    docket_count_votes(&d, 0, &facts);
    return docket_step(tx, who, c, &d, decision->event, &facts, &details, now, arena, &entry,
                       err) &&
                   (!docket_is_over(d.state) || docket_give_back(tx, who, c, now, arena, err)) &&
                   tell_result(tx, c, &d, entry.seq, now, arena, err)
               ? true
               : PASS(err);
}

bool docket_order(const struct casework *w, struct tx *tx, const struct subject *who,
                  struct product_case *c, const struct developers *developers,
                  struct str confirmation, struct utc date, struct utc now, struct arena *arena,
                  struct err *err)
{
    struct docket_facts facts = { .has_date = date.ms > now.ms };
    struct buf why = buf_new(arena, FACTS_MAX * 4);
    struct details details = { .n = date };
    struct docket d;
    struct entry entry;

    if (!docket_load(tx, c, arena, &d, err) ||
        !docket_advice_fits(tx, c, now, arena, &facts.advice_fits, err))
        return PASS(err);
    facts.is_confirmed = docket_cannot_be_reached(&d) || words_are_fine(confirmation);
    if (!facts.is_confirmed || !words_are_fine_or_none(confirmation))
        return FAIL(err, INPUT, STR("confirmation"));
    record_put(&why, "basis", STR("COMMITTEE"));
    record_put(&why, "reason", d.public_ja);
    return words_record(arena, confirmation, &details.payload, err) &&
                   docket_step(tx, who, c, &d, ON_DOCKET_ORDER, &facts, &details, now, arena,
                               &entry, err) &&
                   coordination_set_date(w, tx, who, c, developers, date, buf_str(&why), now, arena,
                                         err)
               ? true
               : PASS(err);
}

bool docket_give_view(struct tx *tx, const struct subject *who, struct product_case *c,
                      struct str view_ja, struct str view_en, struct utc now, struct arena *arena,
                      struct err *err)
{
    struct buf buf = buf_new(arena, BUNDLE_MAX);
    struct docket_facts facts = { .has_reason = words_are_fine(view_ja) };
    struct details details = { 0 };
    struct docket d;
    struct entry entry;

    if (!facts.has_reason)
        return FAIL(err, INPUT, STR("view_ja"));
    if (!words_are_fine_or_none(view_en))
        return FAIL(err, INPUT, STR("view_en"));
    record_put(&buf, "ja", str_trim(view_ja));
    record_put(&buf, "en", str_trim(view_en));
    return docket_own(tx, who, c, arena, &d, err) && buf_done(&buf, &details.payload, err) &&
                   docket_step(tx, who, c, &d, ON_DOCKET_VIEW, &facts, &details, now, arena, &entry,
                               err) &&
                   docket_tell_bodies(tx, c, entry.seq, now, err)
               ? true
               : PASS(err);
}

bool docket_execute(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct utc now, struct arena *arena, struct err *err)
{
    struct docket_facts facts = { 0 };
    struct details details = { 0 };
    struct docket d;
    struct entry entry;

    return docket_load(tx, c, arena, &d, err) &&
                   docket_step(tx, who, c, &d, ON_DOCKET_EXECUTE, &facts, &details, now, arena,
                               &entry, err)
               ? true
               : PASS(err);
}

static bool suspend(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct docket *d, const struct details *details, struct utc now,
                    struct arena *arena, struct err *err)
{
    struct docket_facts facts = { .has_reason = true };
    struct entry entry;

    return docket_step(tx, who, c, d, ON_DOCKET_SUSPEND, &facts, details, now, arena, &entry,
                       err) &&
                   docket_give_back(tx, who, c, now, arena, err) &&
                   docket_tell_bodies(tx, c, entry.seq, now, err)
               ? true
               : PASS(err);
}

bool docket_suspend(struct tx *tx, const struct subject *who, struct product_case *c,
                    struct str reason, struct utc now, struct arena *arena, struct err *err)
{
    struct details details = { 0 };
    struct docket d;

    /* A developer's own move takes it back too, by docket_cause_falls: not its word alone. */
    if (!(who->roles & (ROLE_RB | ROLE_CB)))
        return FAIL(err, NOT_YOUR_MOVE, STR("suspend"));
    if (!words_are_fine(reason))
        return FAIL(err, INPUT, STR("reason"));
    return docket_load(tx, c, arena, &d, err) &&
                   words_record(arena, reason, &details.payload, err) &&
                   suspend(tx, who, c, &d, &details, now, arena, err)
               ? true
               : PASS(err);
}

bool docket_cause_falls(struct tx *tx, const struct subject *who, struct product_case *c,
                        const struct developer *developer, struct utc now, struct arena *arena,
                        struct err *err)
{
    struct details details = { 0 };
    struct docket d;

    if (!docket_load(tx, c, arena, &d, err))
        return PASS(err);
    if (d.state == DOCKET_START || docket_is_over(d.state) || d.participant_id != developer->id)
        return true;
    return suspend(tx, who, c, &d, &details, now, arena, err) ? true : PASS(err);
}
