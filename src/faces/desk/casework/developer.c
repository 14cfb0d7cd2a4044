/* faces/desk/casework/developer.c: the coordinating body and one developer of a case: steps, attempts, answers, thread. The receiving body
 * reads the answers as far as the matrix grants it the developers' results (COO-24); the thread and the steps are not its. */
#include "base/err.h"
#include "domain/casework/answer.h"
#include "domain/casework/talk.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/foresee.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/phrases.h"
#include "faces/desk/casework/show.html.h"
#include "faces/desk/casework/state.h"

enum { ANSWER_DAYS = 14, REMIND_DAYS = 7, ENTRIES = 2000 };

static bool can(const struct request *req, const struct developer *d, enum developer_event event)
{
    struct developer_facts all = { .is_registered = true,
                                   .has_summary = true,
                                   .warning_acknowledged = true,
                                   .result_given = true,
                                   .countermeasure_given = true,
                                   .had_detail = d->detail_at.ms != 0,
                                   .was_reminded = d->reminders > 0,
                                   .has_reason = true };

    return life_can(&developer_life, (int)d->state, who_of(req)->roles, (int)event, &all);
}

static struct str href(struct request *req, const struct scene *s, const struct developer *d,
                       const char *rest)
{
    return arena_printf(req->arena, "/cases/%.*s/developers/%.*s%s", STR_ARG(s->c.public_id),
                        STR_ARG(d->public_id), rest);
}

static void answer_by(struct request *req, struct deed_view *deed, int days)
{
    deed_value(req,
               deed_field(req, deed, FIELD_DATETIME, "answer_due", N_("Answer by (JST)"), "", true),
               deed_instant(req->arena, utc_add_days(req->now, days)));
}

static void add_steps(struct request *req, const struct scene *s, const struct developer *d,
                      struct deeds *deeds)
{
    struct deed_view *deed;

    if (can(req, d, ON_SEND_SUMMARY)) {
        deed = deed_add(
            req, deeds, "send-summary", N_("Send the summary"), N_("Send the summary"),
            href(req, s, d, "/summary"),
            s->c.first_contact_at.ms
                ? N_("The developer's managers are told that there is information for them.")
                : N_("The developer's managers are told that there is information for them. This is the first contact: the counting starts."),
            LOOK_GO, s->c.version);
        answer_by(req, deed, ANSWER_DAYS);
    }
    if (can(req, d, ON_SEND_DETAIL)) {
        deed = deed_add(
            req, deeds, "send-detail", N_("Give the detail"), N_("Give the detail"),
            href(req, s, d, "/detail"),
            N_("From now on the developer can read the vulnerability information, the verification method and the attack method. This cannot be taken back."),
            LOOK_GO, s->c.version);
        answer_by(req, deed, ANSWER_DAYS);
    }
    if (d->summary_at.ms && !product_is_closed(s->c.state)) {
        deed = deed_add(req, deeds, "remind", N_("Send a reminder"), N_("Send a reminder"),
                        href(req, s, d, "/reminder"),
                        N_("The developer's managers are told that an answer is still missing."),
                        LOOK_PLAIN, s->c.version);
        answer_by(req, deed, REMIND_DAYS);
    }
    if (can(req, d, ON_SILENT))
        deed_add(
            req, deeds, "silent", N_("Mark as not replying"), N_("Mark as not replying"),
            href(req, s, d, "/silent"),
            N_("At publication it is shown with \"no report\" unless it answers. A late answer is still taken."),
            LOOK_PLAIN, s->c.version);
}

/* CFD-07 */
static void add_breach(struct request *req, const struct scene *s, const struct developer *d,
                       struct deeds *deeds)
{
    struct deed_view *deed;

    if (!d->summary_at.ms)
        return;
    deed = deed_add(
        req, deeds, "breach", N_("Record a publication before the agreed date"),
        N_("Keep the record"), href(req, s, d, "/breach"),
        N_("Nobody is told. It stands in the case and at the developer's entry in the developer list, where it is decided whether the developer is left out of later handling."),
        LOOK_PLAIN, s->c.version);
    deed_field(req, deed, FIELD_DATETIME, "published_at", N_("Published by the developer (JST)"),
               "", true);
    deed_field(req, deed, FIELD_TEXTAREA, "words", N_("What was published, and where"), "", true);
}

static void add_removal(struct request *req, const struct scene *s, const struct developer *d,
                        struct deeds *deeds)
{
    struct deed_view *deed;

    if (product_is_closed(s->c.state))
        return;
    deed = deed_add(
        req, deeds, "remove", N_("Remove from the case"), N_("Remove the developer"),
        href(req, s, d, "/removal"),
        N_("The developer sees nothing of the case from here on. What it was given stays on record."),
        LOOK_BAD, s->c.version);
    deed_field(req, deed, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
}

static void fill_facts_of(struct request *req, const struct scene *s, const struct developer *d,
                          const struct developer_report *last, struct case_page_view *v)
{
    bool sees_countermeasure = grant_sees(&s->grant, SEES_M);
    const struct {
        const char *name;
        struct utc at;
    } times[] = {
        { N_("Summary sent"), d->summary_at },
        { N_("Read by the developer"), d->seen_at },
        { N_("Detail asked for"), d->detail_requested_at },
        { N_("Detail given"), d->detail_at },
        { N_("Result reported"), d->verified_at },
        { N_("Status reported"), d->status_at },
        { N_("Answer due"), d->answer_due },
        { N_("Last reminder"), d->reminded_at },
    };

    if (who_of(req)->roles & ROLE_CB)
        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){ .name = tr(req->lang, N_("Entry in the developer list")),
                                .value = fill_name(req, d),
                                .href = arena_printf(req->arena, "/developers/%.*s",
                                                     STR_ARG(d->organisation_public_id)) });
    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = tr(req->lang, N_("Contact state")),
                            .tag = contact_tag(req->lang, d) });
    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = tr(req->lang, N_("Affected?")),
                            .tag = affected_tag(req->lang, d),
                            .value = last->words });
    for (size_t i = 0; i < last->products.len; i++) {
        const struct product_result *p = &last->products.at[i];

        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){
                     .name = p->name,
                     .value = tr_fill(
                         req->arena, req->lang, N_("affected: {affected}; fixed: {fixed}"),
                         TR_ARGS({ "affected",
                                   p->affected_versions.len > 0 ? p->affected_versions : STR("—") },
                                 { "fixed",
                                   p->fixed_versions.len > 0 ? p->fixed_versions : STR("—") })) });
    }
    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = tr(req->lang, N_("Countermeasure")),
                            .tag = countermeasure_tag(req->lang, d),
                            .value = last->status_words });
    if (sees_countermeasure && last->statement_ja.len > 0)
        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){ .name = tr(req->lang, N_("Statement (Japanese)")),
                                .value = last->statement_ja });
    if (sees_countermeasure && last->statement_en.len > 0)
        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){ .name = tr(req->lang, N_("Statement (English)")),
                                .value = last->statement_en });
    if (sees_countermeasure && last->url.len > 0)
        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){ .name = tr(req->lang, N_("Own advisory")),
                                .value = last->url,
                                .href = last->url });
    for (size_t i = 0; i < COUNT(times); i++) {
        if (times[i].at.ms)
            VEC_PUSH(req->arena, &v->facts,
                     (struct fact){ .name = tr(req->lang, times[i].name),
                                    .value = tr_instant(req->arena, req->lang, times[i].at) });
    }
}

/* Before it is told, what telling it would bring about. */
static bool fill_foresight(struct request *req, struct scene *s, const struct developer *d,
                           struct case_page_view *v, struct err *err)
{
    struct str words;

    if (d->summary_at.ms)
        return true;
    if (!foresee(req, s->tx, &s->c, d->organisation_public_id, &words, err))
        return PASS(err);
    if (words.len > 0)
        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){ .name = tr(req->lang, N_("If it were told now")), .value = words });
    return true;
}

bool fill_party(struct request *req, struct scene *s, const struct developer *d,
                struct fact_list *out, struct err *err)
{
    struct case_page_view v = { 0 };
    struct developer_report last;

    if (!answer_load(s->tx, &s->c, d, req->arena, &last, err))
        return PASS(err);
    fill_facts_of(req, s, d, &last, &v);
    *out = v.facts;
    return true;
}

/* Only the entries about this developer. */
static bool fill_own_timeline(struct request *req, struct scene *s, const struct developer *d,
                              struct case_page_view *v, struct err *err)
{
    struct entries entries;

    if (!ledger_latest(s->tx, s->c.id, d->id, 0, ENTRIES, req->arena, &entries, err))
        return PASS(err);
    for (size_t i = 0; i < entries.len; i++) {
        const struct entry *e = &entries.at[i];

        if (fill_may_see_entry(who_of(req), s, e))
            VEC_PUSH(req->arena, &v->timeline,
                     (struct moment){ .when = when_of(req->arena, req->lang, e->at),
                                      .what = event_words(req->arena, req->lang, e),
                                      .is_latest = v->timeline.len == 0 });
    }
    return true;
}

static bool fill_thread_with(struct request *req, struct scene *s, const struct developer *d,
                             struct case_page_view *v, struct err *err)
{
    struct talks talks;
    struct deed_view *deed;
    struct field_view *f;

    if (!fill_talks(req, s, THREAD_PARTICIPANT, d, v->is_paper, &talks, &v->thread_pager, err) ||
        !talk_read(s->tx, who_of(req), &s->c, THREAD_PARTICIPANT, d, err))
        return PASS(err);
    v->has_thread = true;
    v->thread_title =
        tr_fill(req->arena, req->lang, N_("With {name}"), TR_ARGS({ "name", fill_name(req, d) }));
    thread_view(req->arena, req->lang, &talks, true, STR_NONE, &v->thread);
    if (!d->summary_at.ms)
        return true;
    deed = deed_add(
        req, &v->thread_deeds, "say", N_("Write to the developer"), N_("Send"),
        href(req, s, d, "/messages"),
        N_("Only this developer can read it. Please write nothing of other developers and nothing that identifies the finder."),
        LOOK_PLAIN, 0);
    f = deed_field(req, deed, FIELD_SELECT, "kind", N_("Kind"), "", true);
    deed_choice(req, f, "MESSAGE", N_("Message"));
    deed_choice(req, f, "QUESTION", N_("Question"));
    f = deed_field(req, deed, FIELD_TEXTAREA, "text", N_("Message"), "", true);
    phrases_fill(req, PHRASE_TO_DEVELOPER, s->c.number, deed, f);
    deed_files(req, deed);
    return true;
}

bool developer_page_show(struct request *req, struct response *res, const struct err *fault,
                         struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct case_page_view v = { 0 };
    struct developer_report last;
    struct developer d;
    struct page *page = frame_page(req);
    bool coordinates = who_of(req)->roles & ROLE_CB;

    if (!scene_open(req, TX_WRITE, &s, err) || !scene_developer(req, &s, &d, err) ||
        !answer_load(s.tx, &s.c, &d, req->arena, &last, err))
        return PASS(err);
    if (!grant_sees(&s.grant, SEES_S) && !coordinates)
        return FAIL(err, ABSENT, STR("a developer in a case"));
    v.number = s.c.number;
    v.title = fill_name(req, &d);
    v.state = developer_state_tag(req->lang, d.state);
    v.grade = level_tag(req->lang, &d);
    v.sentence = s.c.title;
    fill_facts_of(req, &s, &d, &last, &v);
    if (coordinates && !fill_foresight(req, &s, &d, &v, err))
        return PASS(err);
    if (coordinates)
        add_steps(req, &s, &d, &v.deeds);
    if (!fill_reach(req, &s, &d, &v, err))
        return PASS(err);
    if (coordinates) {
        add_breach(req, &s, &d, &v.deeds);
        add_removal(req, &s, &d, &v.deeds);
        if (!fill_thread_with(req, &s, &d, &v, err) || !fill_files(req, &s, &d, &v, err))
            return PASS(err);
    }
    if (!fill_own_timeline(req, &s, &d, &v, err) || !tx_commit(&s.tx, err))
        return PASS(err);
    fill_fault(req, fault, &v);
    case_page(page, &v);
    return case_frame_send(req, res, page, v.title,
                           CASE_CRUMBS({ tr(req->lang, N_("Cases")), STR("/cases") },
                                       { s.c.number, case_href(req, &s, "") },
                                       { v.title, STR_NONE }),
                           err);
}

bool party_show(struct request *req, struct response *res, struct err *err)
{
    return developer_page_show(req, res, NULL, err);
}
