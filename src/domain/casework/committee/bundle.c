/* domain/casework/committee/bundle.c: what the system gathers for the committee, and a word to each of the four criteria. */
#include "domain/casework/committee/internal.h"

#include "domain/casework/contact.h"
#include "domain/casework/eol.h"
#include "domain/casework/observation.h"
#include "domain/casework/words.h"

static void put_time(struct buf *buf, const char *name, struct utc t, struct arena *arena)
{
    if (t.ms)
        record_put(buf, name, utc_iso_jst(arena, t));
}

static void put_attempts(struct buf *buf, const struct contact_attempts *attempts,
                         struct arena *arena)
{
    for (size_t i = 0; i < attempts->len; i++) {
        const struct contact_attempt *a = &attempts->at[i];
        struct buf one = buf_new(arena, BUNDLE_MAX);

        put_time(&one, "made_at", a->made_at, arena);
        record_put(&one, "channel", a->channel);
        record_put(&one, "result", a->result);
        record_put(&one, "to", a->to);
        record_put(&one, "words", a->words);
        record_put(&one, "evidence", a->evidence);
        record_put(buf, "attempt", buf_str(&one));
    }
}

/* SSVC's point, from what was observed and confirmed. */
static bool exploitation_of(struct tx *tx, const struct product_case *c, struct arena *arena,
                            struct str *out, struct err *err)
{
    struct str kind;

    if (!observation_adopted(tx, c->id, arena, &kind, err))
        return PASS(err);
    *out = str_eq(kind, STR("ATTACK"))    ? STR("A")
           : str_eq(kind, STR("EXPLOIT")) ? STR("P")
                                          : STR("N");
    return true;
}

static bool bundle_new(struct tx *tx, const struct product_case *c, const struct docket *d,
                       struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, BUNDLE_MAX);
    struct contact_attempts attempts;
    struct developer developer;
    struct str exploitation;
    struct eol eol;

    if (!docket_developer(tx, c, d, arena, &developer, err) ||
        !exploitation_of(tx, c, arena, &exploitation, err) ||
        !contact_list(tx, c, &developer, arena, &attempts, err) ||
        !eol_load(tx, c, arena, &eol, err))
        return PASS(err);
    record_put(&buf, "number", c->number);
    record_put(&buf, "cause", d->cause);
    record_put(&buf, "title", c->title);
    record_put(&buf, "summary", c->summary);
    record_put(&buf, "developer", developer.organisation_name_ja);
    record_put(&buf, "developer_state", str_from_z(developer_life.states[developer.state]));
    record_put(&buf, "affected", developer.affected);
    record_put_int(&buf, "reminders", developer.reminders);
    put_time(&buf, "submitted_at", c->submitted_at, arena);
    put_time(&buf, "accepted_at", c->accepted_at, arena);
    put_time(&buf, "handling_started_at", c->handling_started_at, arena);
    put_time(&buf, "first_contact_at", c->first_contact_at, arena);
    put_time(&buf, "summary_at", developer.summary_at, arena);
    put_time(&buf, "detail_at", developer.detail_at, arena);
    put_time(&buf, "verified_at", developer.verified_at, arena);
    put_time(&buf, "support_ends_at", eol.facts.ends_at, arena);
    record_put(&buf, "advice", eol.facts.advice);
    record_put(&buf, "exploitation", exploitation);
    put_attempts(&buf, &attempts, arena);
    return buf_done(&buf, out, err) ? true : PASS(err);
}

bool docket_bundle(struct tx *tx, const struct product_case *c, const struct docket *d,
                   struct arena *arena, struct str *out, struct err *err)
{
    struct str record;

    if (!docket_record(tx, c, d->checked_seq, arena, &record, err))
        return PASS(err);
    *out = record_get(record, "bundle");
    return true;
}

bool docket_check(struct tx *tx, const struct subject *who, struct product_case *c,
                  const struct docket_judgement judged[DOCKET_CRITERIA], struct str value_added,
                  struct utc now, struct arena *arena, struct err *err)
{
    struct docket_facts facts = { .all_criteria_judged = true };
    struct ssvc_choice ignored = { 0 };
    struct buf letters = buf_new(arena, DOCKET_CRITERIA), plain = buf_new(arena, FACTS_MAX),
               sealed = buf_new(arena, BUNDLE_MAX * 2);
    struct details details = { 0 };
    struct str bundle;
    struct docket d;
    struct entry entry;

    if (!docket_load(tx, c, arena, &d, err))
        return PASS(err);
    for (size_t i = 0; i < DOCKET_CRITERIA; i++) {
        if (!words_are_fine(judged[i].words))
            return FAIL(err, INPUT, str_from_z(docket_criteria[i].code));
        if (judged[i].holds)
            buf_add(&letters, str_from_z(docket_criteria[i].code));
    }
    if (!ssvc_choose(ssvc_find(STR("coordinator-publish")), STR("PVA"), value_added, &ignored))
        return FAIL(err, INPUT, STR("value_added"));
    if (d.state != DOCKET_PROPOSED) /* without a developer there is nothing to gather */
        return FAIL(err, NO_SUCH_MOVE, str_from_z(docket_life.states[d.state]));
    if (!bundle_new(tx, c, &d, arena, &bundle, err))
        return PASS(err);
    record_put(&sealed, "bundle", bundle);
    record_put(&sealed, "value_added", value_added);
    for (size_t i = 0; i < DOCKET_CRITERIA; i++)
        record_put(&sealed, docket_criteria[i].code, str_trim(judged[i].words));
    record_put(&plain, "bundle_hash", hash_hex(hash_of(bundle), arena));
    details.code = buf_str(&letters);
    details.facts = buf_str(&plain);
    return buf_done(&sealed, &details.payload, err) &&
                   docket_step(tx, who, c, &d, ON_DOCKET_CHECK, &facts, &details, now, arena,
                               &entry, err)
               ? true
               : PASS(err);
}
