#include "faces/desk/casework/docket.h"

#include "base/record.h"
#include "domain/casework/contact.h"
#include "domain/casework/eol.h"
#include "faces/desk/casework/state.h"

static const char *words_of(const struct code *list, struct str code)
{
    for (; list->code; list++) {
        if (str_eq_z(code, list->code))
            return list->words;
    }
    return "";
}

const char *docket_vote_words(struct str code) { return words_of(docket_votes, code); }

static const struct {
    const char *words;
    enum tone tone;
    const char *waits_for;
} states[DOCKET_STATES] = {
    [DOCKET_START] = { N_("New"), TONE_NEUTRAL, NULL },
    [DOCKET_PROPOSED] = { N_("The criteria are to be checked"), TONE_EMBER, N_("Receiving body") },
    [DOCKET_CHECKED] = { N_("The developer is to be given notice"), TONE_EMBER,
                         N_("Receiving body") },
    [DOCKET_NOTICE_GIVEN] = { N_("The developer may speak"), TONE_WARN, N_("Product developer") },
    [DOCKET_HEARD] = { N_("A meeting is to be called"), TONE_EMBER, N_("Receiving body") },
    [DOCKET_CONVENED] = { N_("The members vote"), TONE_WARN, N_("Members of the committee") },
    [DOCKET_DELIBERATED] = { N_("The committee has judged"), TONE_EMBER, N_("Receiving body") },
    [DOCKET_TO_PUBLISH] = { N_("To be published, the date is to be set"), TONE_EMBER,
                            N_("Receiving body") },
    [DOCKET_ORDERED] = { N_("To be published on its date"), TONE_GOOD, NULL },
    [DOCKET_EXECUTED] = { N_("Published by the committee's judgement"), TONE_GOOD, NULL },
    [DOCKET_NOT_YET] = { N_("Not published yet"), TONE_NEUTRAL, NULL },
    [DOCKET_NOT] = { N_("Not published"), TONE_NEUTRAL, NULL },
    [DOCKET_SUSPENDED] = { N_("Ended: the developer can be coordinated with"), TONE_NEUTRAL, NULL },
};

struct tag_view docket_tag(enum lang lang, const struct docket *d)
{
    return (struct tag_view){ tr(lang, states[d->state].words), states[d->state].tone };
}

struct str docket_waits_for(enum lang lang, const struct docket *d)
{
    return states[d->state].waits_for ? tr(lang, states[d->state].waits_for) : STR_NONE;
}

struct str docket_cause(enum lang lang, const struct docket *d)
{
    return tr(lang, words_of(docket_causes, d->cause));
}

struct str docket_waiting(struct request *req, const struct docket *d)
{
    return tr_fill(req->arena, req->lang, N_("{count} days waiting"),
                   TR_ARGS({ "count", tr_number(req->arena, docket_waiting_days(d, req->now)) }));
}

/* ---- where it stands ---- */

static void put(struct request *req, struct fact_list *out, const char *name, struct str value)
{
    if (value.len > 0)
        VEC_PUSH(req->arena, out, (struct fact){ .name = tr(req->lang, name), .value = value });
}

static void put_instant(struct request *req, struct fact_list *out, const char *name, struct utc t)
{
    if (t.ms)
        put(req, out, name, tr_instant(req->arena, req->lang, t));
}

static void put_criteria(struct request *req, const struct docket *d, struct fact_list *out)
{
    for (size_t i = 0; d->checked_at.ms && i < DOCKET_CRITERIA; i++) {
        bool holds = str_index(d->criteria, docket_criteria[i].code[0]) < d->criteria.len;

        VEC_PUSH(
            req->arena, out,
            (struct fact){ .name = arena_printf(req->arena, "(%s) %.*s", docket_criteria[i].code,
                                                STR_ARG(tr(req->lang, docket_criteria[i].words))),
                           .tag = { tr(req->lang, holds ? N_("Holds") : N_("Does not hold")),
                                    holds ? TONE_GOOD : TONE_BAD },
                           .value = d->criterion[i] });
    }
}

static void put_advice(struct request *req, const struct docket *d, struct fact_list *out)
{
    const struct ssvc_table *table = ssvc_find(STR("coordinator-publish"));
    struct ssvc_choice choice;
    struct err ignored = { 0 };

    if (d->checked_at.ms && docket_advice(d, &choice, &ignored))
        put(req, out, N_("Advice of SSVC's table for publishing"),
            ssvc_path(table, &choice, req->lang, req->arena));
}

static struct tag_view member_tag(enum lang lang, const struct docket_member *m, bool shows_vote)
{
    if (m->is_recused)
        return (struct tag_view){ tr(lang, N_("Stands aside")), TONE_NEUTRAL };
    if (m->vote.len == 0)
        return (struct tag_view){ tr(lang, N_("Has not voted yet")), TONE_EMBER };
    return (struct tag_view){ tr(lang, shows_vote ? docket_vote_words(m->vote) : N_("Has voted")),
                              TONE_GOOD };
}

/* Nobody is to vote as others have. */
static void put_members(struct request *req, const struct docket *d, bool shows_votes,
                        struct fact_list *out)
{
    const struct docket_member *own = docket_member_of(d, req->subject);

    for (size_t i = 0; i < d->members.len; i++) {
        const struct docket_member *m = &d->members.at[i];
        bool shows = shows_votes || m == own;

        VEC_PUSH(req->arena, out,
                 (struct fact){ .name = m->name,
                                .tag = member_tag(req->lang, m, shows),
                                .value = shows ? m->reason : STR_NONE });
    }
}

static void put_developers_part(struct request *req, const struct docket *d, struct fact_list *out)
{
    put(req, out, N_("Notice to the developer"), d->notice);
    put_instant(req, out, N_("The developer may speak until"), d->hearing_until);
    put(req, out, N_("The developer's opinion"), d->opinion);
}

static void put_result(struct request *req, const struct docket *d, struct fact_list *out)
{
    put(req, out, N_("Reason of the decision"), d->decision);
    put(req, out, N_("Published reason (Japanese)"), d->public_ja);
    put(req, out, N_("Published reason (English)"), d->public_en);
    put(req, out, N_("The developer's view, as it is printed (Japanese)"), d->view_ja);
    put(req, out, N_("The developer's view, as it is printed (English)"), d->view_en);
}

void docket_fill(struct request *req, const struct docket *d, enum docket_reader reader,
                 struct fact_list *out)
{
    VEC_PUSH(req->arena, out,
             (struct fact){ .name = tr(req->lang, N_("State")),
                            .tag = docket_tag(req->lang, d),
                            .value = docket_cause(req->lang, d) });
    if (reader == DOCKET_DEVELOPER) {
        put_developers_part(req, d, out);
        put_result(req, d, out);
        return;
    }
    put(req, out, N_("Who acts next"), docket_waits_for(req->lang, d));
    put(req, out, N_("Since it was put before the committee"), docket_waiting(req, d));
    put(req, out, N_("Why it was put before the committee"), d->reason);
    put_criteria(req, d, out);
    put_advice(req, d, out);
    put_developers_part(req, d, out);
    put_instant(req, out, N_("Meeting"), d->meeting_at);
    put_members(req, d, reader == DOCKET_BODY || d->deliberated_at.ms, out);
    put(req, out, N_("Minutes"), d->minutes);
    put_result(req, d, out);
    put(req, out, N_("Confirmation of the procedure by the ministry"), d->confirmation);
    if (d->bundle_hash.len > 0)
        VEC_PUSH(req->arena, out,
                 (struct fact){ .name = tr(req->lang, N_("Fingerprint of what was gathered")),
                                .value = d->bundle_hash,
                                .is_code = true });
}

/* ---- what was gathered ---- */

static struct utc instant_of(struct str record, const char *name)
{
    struct err ignored = { 0 };
    struct utc t;

    return utc_parse(record_get(record, name), &t, &ignored) ? t : (struct utc){ 0 };
}

static struct str words_or_code(enum lang lang, const char *words, struct str code)
{
    return words ? tr(lang, words) : code;
}

/* The latest first, as everywhere. */
static void fill_attempts(struct request *req, struct str bundle, struct attempt_rows *out)
{
    struct str one;
    size_t count = 0;

    while (record_get_nth(bundle, "attempt", count, &one))
        count++;
    while (count-- > 0 && record_get_nth(bundle, "attempt", count, &one)) {
        struct str channel = record_get(one, "channel"), result = record_get(one, "result");

        VEC_PUSH(req->arena, out,
                 (struct attempt_row){
                     .when = when_of(req->arena, req->lang, instant_of(one, "made_at")),
                     .channel = words_or_code(req->lang, contact_channel_words(channel), channel),
                     .result = words_or_code(req->lang, contact_result_words(result), result),
                     .to = record_get(one, "to"),
                     .words = record_get(one, "words"),
                     .evidence = record_get(one, "evidence") });
    }
}

static struct str advice_words(enum lang lang, struct str code)
{
    for (const struct eol_advice *a = eol_advices; a->code; a++) {
        if (str_eq_z(code, a->code))
            return tr(lang, a->words);
    }
    return STR_NONE;
}

void docket_fill_bundle(struct request *req, struct str bundle, struct fact_list *facts,
                        struct attempt_rows *attempts)
{
    static const struct {
        const char *name, *words;
    } instants[] = {
        { "submitted_at", N_("Report received") },
        { "accepted_at", N_("Accepted") },
        { "handling_started_at", N_("Handling by the coordinating body began") },
        { "first_contact_at", N_("First contact with a developer") },
        { "summary_at", N_("Summary sent to the developer") },
        { "detail_at", N_("Detail given to the developer") },
        { "verified_at", N_("The developer reported its result") },
        { "support_ends_at", N_("End of support") },
    };
    struct developer d = { .affected = record_get(bundle, "affected") };
    int state = life_state(&developer_life, record_get(bundle, "developer_state"));

    if (bundle.len == 0)
        return;
    put(req, facts, N_("Title"), record_get(bundle, "title"));
    put(req, facts, N_("Summary for developers"), record_get(bundle, "summary"));
    VEC_PUSH(req->arena, facts,
             (struct fact){ .name = tr(req->lang, N_("Product developer")),
                            .tag = state >= 0
                                       ? developer_state_tag(req->lang, (enum developer_state)state)
                                       : (struct tag_view){ STR_NONE, TONE_NEUTRAL },
                            .value = record_get(bundle, "developer") });
    if (d.affected.len > 0)
        VEC_PUSH(req->arena, facts,
                 (struct fact){ .name = tr(req->lang, N_("Its verification result")),
                                .tag = affected_tag(req->lang, &d) });
    put(req, facts, N_("Reminders"), tr_number(req->arena, record_get_int(bundle, "reminders", 0)));
    for (size_t i = 0; i < COUNT(instants); i++)
        put_instant(req, facts, instants[i].words, instant_of(bundle, instants[i].name));
    put(req, facts, N_("What users are advised"),
        advice_words(req->lang, record_get(bundle, "advice")));
    fill_attempts(req, bundle, attempts);
}
