/* faces/desk/casework/priority.c: priority provision on the pages of a case: how far it is, what each may do next. */
#include "domain/casework/priority.h"

#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"

static struct str sector_list(struct request *req, struct str codes)
{
    struct buf buf = buf_new(req->arena, 4096);
    struct str code;

    while (codes.len > 0 && str_split(&codes, ' ', &code)) {
        const char *words = sector_words(code);

        if (!words)
            continue;
        if (buf_str(&buf).len > 0)
            buf_add(&buf, req->lang == LANG_JA ? STR("、") : STR(", "));
        buf_add(&buf, tr(req->lang, words));
    }
    return buf_str(&buf);
}

static struct str parts_words(struct request *req, struct str parts)
{
    bool t = str_contains(parts, STR("T")), x = str_contains(parts, STR("X"));

    return tr(
        req->lang,
        t && x
            ? N_("Vulnerability information, countermeasure, verification method and attack method")
        : t ? N_("Vulnerability information, countermeasure and verification method")
        : x ? N_("Vulnerability information, countermeasure and attack method")
            : N_("Vulnerability information and countermeasure"));
}

/* ---- how far it is ---- */

static struct tag_view answer_tag(const struct request *req, struct str answer)
{
    if (str_eq(answer, STR("AGREED")))
        return (struct tag_view){ tr(req->lang, N_("Agrees")), TONE_GOOD };
    if (str_eq(answer, STR("OBJECTED")))
        return (struct tag_view){ tr(req->lang, N_("Objects")), TONE_BAD };
    return (struct tag_view){ tr(req->lang, N_("Waits for an answer")), TONE_EMBER };
}

static struct str asked_name(struct request *req, const struct scene *s, int64_t participant_id)
{
    for (size_t i = 0; i < s->developers.len; i++) {
        if (s->developers.at[i].id == participant_id)
            return fill_name(req, &s->developers.at[i]);
    }
    return desk_of(req)->casework.priority_sender == ROLE_RB
               ? tr(req->lang, N_("Coordinating body"))
               : tr(req->lang, N_("Receiving body"));
}

static void fill_plan(struct request *req, const struct scene *s, const struct priority_plan *plan,
                      struct fact_list *out)
{
    static const struct {
        const char *state, *words;
        enum tone tone;
    } states[] = { { "PLANNED", N_("Planned"), TONE_EMBER },
                   { "DROPPED", N_("Will not take place"), TONE_NEUTRAL },
                   { "PROVIDED", N_("Provided"), TONE_GOOD } };

    for (size_t i = 0; i < COUNT(states); i++) {
        if (str_eq_z(plan->state, states[i].state))
            VEC_PUSH(req->arena, out,
                     (struct fact){
                         .name = tr(req->lang, N_("State")),
                         .tag = { tr(req->lang, states[i].words), states[i].tone },
                         .value = tr_short_instant(req->arena, req->lang, plan->planned_at) });
    }
    VEC_PUSH(req->arena, out,
             (struct fact){ .name = tr(req->lang, N_("Sectors")),
                            .value = sector_list(req, plan->sectors) });
    VEC_PUSH(req->arena, out,
             (struct fact){ .name = tr(req->lang, N_("What is given")),
                            .value = parts_words(req, plan->parts) });
    VEC_PUSH(req->arena, out,
             (struct fact){ .name = tr(req->lang, N_("Why the impact could be grave")),
                            .value = plan->reason });
    for (size_t i = 0; i < plan->answers.len; i++) {
        const struct priority_answer *a = &plan->answers.at[i];

        VEC_PUSH(req->arena, out,
                 (struct fact){ .name = asked_name(req, s, a->participant_id),
                                .tag = answer_tag(req, a->answer),
                                .value = a->words });
    }
    if (s->c.report_id)
        VEC_PUSH(
            req->arena, out,
            (struct fact){
                .name = tr(req->lang, N_("Finder")),
                .tag = plan->finder_told_at.ms
                           ? (struct tag_view){ tr(req->lang, N_("Told")), TONE_GOOD }
                           : (struct tag_view){ tr(req->lang, N_("Not told yet")), TONE_EMBER },
                .value = plan->finder_told_at.ms
                             ? tr_short_instant(req->arena, req->lang, plan->finder_told_at)
                             : STR_NONE });
}

static bool fill_given(struct request *req, struct scene *s, struct fact_list *out, struct err *err)
{
    struct provisions given;

    if (!provisions_of_case(s->tx, s->c.id, req->arena, &given, err))
        return PASS(err);
    for (size_t i = 0; i < given.len; i++) {
        const struct provision *p = &given.at[i];

        VEC_PUSH(
            req->arena, out,
            (struct fact){
                .name = arena_printf(req->arena, "%.*s (%.*s)",
                                     STR_ARG(req->lang == LANG_EN && p->organisation_name_en.len > 0
                                                 ? p->organisation_name_en
                                                 : p->organisation_name_ja),
                                     STR_ARG(tr(req->lang, sector_words(p->sector)))),
                .tag = p->received_at.ms
                           ? (struct tag_view){ tr(req->lang, N_("Receipt confirmed")), TONE_GOOD }
                       : p->seen_at.ms
                           ? (struct tag_view){ tr(req->lang, N_("Read")), TONE_WARN }
                           : (struct tag_view){ tr(req->lang, N_("Not read yet")), TONE_EMBER },
                .value = tr_short_instant(req->arena, req->lang,
                                          p->received_at.ms ? p->received_at : p->at) });
    }
    return true;
}

/* ---- what may be done ---- */

static void add_plan_deed(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d = deed_add(
        req, deeds, "plan-priority", N_("Plan priority provision"), N_("Plan it and consult"),
        case_href(req, s, "/priority"),
        N_("The other body and the developers concerned are asked whether they agree. Nothing is given yet."),
        LOOK_PLAIN, s->c.version);
    struct field_view *f =
        deed_field(req, d, FIELD_CHECKS, "sector", N_("Sectors of the recipients"), "", true);

    for (const struct sector *one = sectors; one->code; one++) {
        deed_choice(req, f, one->code, one->words);
        for (size_t i = 0; d->is_open && i < request_form_count(req, "sector"); i++)
            f->choices.at[f->choices.len - 1].is_chosen |=
                str_eq_z(request_form_nth(req, "sector", i), one->code);
    }
    deed_field(
        req, d, FIELD_TEXTAREA, "reason", N_("Why the impact could be grave"),
        N_("Which equipment underlying services indispensable to daily life could be affected."),
        true);
    deed_field(
        req, d, FIELD_CHECK, "with_verification", N_("Give the verification method as well"),
        N_("By default only the vulnerability information and the countermeasure are given."),
        false);
    deed_field(req, d, FIELD_CHECK, "with_attack", N_("Give the attack method as well"), "", false);
}

static void add_answer_deed(struct request *req, struct str href, const struct priority_plan *plan,
                            int64_t version, struct deeds *deeds)
{
    struct deed_view *d = deed_add(
        req, deeds, "answer-priority", N_("Answer about priority provision"), N_("Send the answer"),
        href,
        N_("Information from this case is to be given to government bodies or operators of critical infrastructure before publication, so that they can protect themselves."),
        LOOK_GO, version);
    struct field_view *f = deed_field(req, d, FIELD_RADIO, "answer", N_("Answer"), "", true);

    f->help = tr_fill(req->arena, req->lang, N_("Sectors: {sectors}. What is given: {parts}."),
                      TR_ARGS({ "sectors", sector_list(req, plan->sectors) },
                              { "parts", parts_words(req, plan->parts) }));
    deed_choice(req, f, "AGREED", N_("We agree"));
    deed_choice(req, f, "OBJECTED", N_("We object"));
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason"), N_("Needed when you object."), false);
}

static bool add_provide_deed(struct request *req, struct scene *s, const struct priority_plan *plan,
                             struct deeds *deeds, struct err *err)
{
    struct priority_text text;
    struct partners partners;
    struct deed_view *d;
    struct field_view *f;

    if (!partner_list(s->tx, STR("CI"), req->arena, &partners, err) ||
        !priority_draft(s->tx, &s->c, &s->developers, &s->grant, plan, req->arena, &text, err))
        return PASS(err);
    d = deed_add(req, deeds, "provide", N_("Provide the information"), N_("Provide it now"),
                 case_href(req, s, "/priority/provision"),
                 N_("The recipients read it at once. This cannot be taken back."), LOOK_GO,
                 s->c.version);
    f = deed_field(
        req, d, FIELD_CHECKS, "recipient", N_("Recipients"),
        N_("Of the planned sectors, whose agreement stands and who have confirmed all three conditions."),
        true);
    for (size_t i = 0; i < partners.len; i++) {
        const struct partner *p = &partners.at[i];

        if (partner_is_ready(p) && str_contains(plan->sectors, p->values.sector))
            VEC_PUSH(req->arena, &f->choices,
                     (struct choice){ .value = p->public_id,
                                      .label = p->values.name_ja,
                                      .help = tr(req->lang, sector_words(p->values.sector)) });
    }
    f = deed_field(req, d, FIELD_TEXTAREA, "vulnerability", N_("Vulnerability information"), "",
                   true);
    f->rows = 8;
    deed_value(req, f, text.vulnerability);
    f = deed_field(req, d, FIELD_TEXTAREA, "countermeasure_text", N_("Countermeasure"), "", true);
    f->rows = 6;
    deed_value(req, f, text.countermeasure);
    if (str_contains(plan->parts, STR("T")))
        deed_value(req,
                   deed_field(req, d, FIELD_TEXTAREA, "verification", N_("Verification method"), "",
                              false),
                   text.verification);
    if (str_contains(plan->parts, STR("X")))
        deed_value(req,
                   deed_field(req, d, FIELD_TEXTAREA, "attack", N_("Attack method"), "", false),
                   text.attack);
    deed_field(req, d, FIELD_TEXTAREA, "leak", N_("Why it is not feared to leak"),
               N_("If it would lead to leakage, it is not provided: drop the plan then."), true);
    return true;
}

static bool add_plan_deeds(struct request *req, struct scene *s, const struct priority_plan *plan,
                           struct deeds *deeds, struct err *err)
{
    const struct casework *w = &desk_of(req)->casework;
    bool sends = who_of(req)->roles & w->priority_sender, told;
    struct deed_view *d;

    told = !s->c.report_id || plan->finder_told_at.ms;
    if (!sends && plan->answers.len > 0 && plan->answers.at[0].answer.len == 0)
        add_answer_deed(req, case_href(req, s, "/priority/answer"), plan, s->c.version, deeds);
    if ((who_of(req)->roles & ROLE_RB) && !told)
        deed_add(
            req, deeds, "tell-finder", N_("Tell the finder of the priority provision"),
            N_("Tell the finder"), case_href(req, s, "/priority/finder"),
            N_("The finder is told beforehand that information will be given to government bodies or operators of critical infrastructure."),
            LOOK_GO, s->c.version);
    if (sends && told && priority_is_agreed(plan, &s->c) &&
        (s->c.state == CASE_DATE_SET || s->c.state == CASE_COMMITTEE) &&
        !add_provide_deed(req, s, plan, deeds, err))
        return PASS(err);
    if (sends) {
        d = deed_add(req, deeds, "drop-priority", N_("Drop the priority provision"),
                     N_("Drop the plan"), case_href(req, s, "/priority/drop"),
                     N_("Nothing has been given, and nothing will be."), LOOK_BAD, s->c.version);
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason"),
                   N_("For example: it is judged to lead to leakage."), true);
    }
    return true;
}

bool fill_priority(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    const struct casework *w = &desk_of(req)->casework;
    struct priority_plan plan;
    bool found, is_possible;

    if (!priority_is_possible(w, s->tx, &s->c, &s->developers, req->arena, &is_possible, err) ||
        !priority_load(s->tx, &s->c, req->arena, &plan, &found, err))
        return PASS(err);
    if (found) {
        fill_plan(req, s, &plan, &v->priority);
        if (!fill_given(req, s, &v->priority, err))
            return PASS(err);
    }
    if (found && str_eq(plan.state, STR("PLANNED")) && !product_is_closed(s->c.state))
        return add_plan_deeds(req, s, &plan, &v->deeds, err);
    if ((!found || str_eq(plan.state, STR("DROPPED"))) &&
        (who_of(req)->roles & w->priority_sender) && is_possible)
        add_plan_deed(req, s, &v->deeds);
    return true;
}

bool fill_own_priority(struct request *req, struct scene *s, struct case_page_view *v,
                       struct err *err)
{
    struct priority_plan plan;
    bool found;

    if (!(who_of(req)->roles & ROLE_PM) || product_is_closed(s->c.state))
        return true;
    if (!priority_load(s->tx, &s->c, req->arena, &plan, &found, err))
        return PASS(err);
    for (size_t i = 0; found && str_eq(plan.state, STR("PLANNED")) && i < plan.answers.len; i++) {
        const struct priority_answer *a = &plan.answers.at[i];

        if (a->participant_id == s->own.id && a->answer.len == 0)
            add_answer_deed(req, case_href(req, s, "/answer/priority"), &plan, s->c.version,
                            &v->deeds);
    }
    return true;
}

/* ---- handlers ---- */

static struct str form(const struct request *req, const char *name)
{
    return str_trim(request_form(req, name));
}

static struct str chosen_sectors(struct request *req)
{
    struct buf buf = buf_new(req->arena, 1024);

    for (size_t i = 0; i < request_form_count(req, "sector"); i++) {
        if (i)
            buf_byte(&buf, ' ');
        buf_add(&buf, request_form_nth(req, "sector", i));
    }
    return buf_str(&buf);
}

static bool plan_deed(struct request *req, struct scene *s, struct err *err)
{
    struct priority_wish wish = { .sectors = chosen_sectors(req),
                                  .reason = form(req, "reason"),
                                  .with_verification = form(req, "with_verification").len > 0,
                                  .with_attack = form(req, "with_attack").len > 0 };

    return priority_plan(&desk_of(req)->casework, s->tx, who_of(req), &s->c, &s->developers, &wish,
                         req->now, req->arena, err);
}

static bool answer(struct request *req, struct scene *s, const struct developer *own,
                   struct err *err)
{
    struct str said = form(req, "answer");
    bool agrees = str_eq(said, STR("AGREED"));

    if (!agrees && !str_eq(said, STR("OBJECTED")))
        return FAIL(err, INPUT, STR("answer"));
    return priority_answer(&desk_of(req)->casework, s->tx, who_of(req), &s->c, own, agrees,
                           form(req, "words"), req->now, req->arena, err)
               ? true
               : PASS(err);
}

static bool answer_deed(struct request *req, struct scene *s, struct err *err)
{
    return answer(req, s, NULL, err);
}

static bool own_answer_deed(struct request *req, struct scene *s, struct err *err)
{
    return s->has_own ? answer(req, s, &s->own, err) : FAIL(err, ABSENT, STR("a case"));
}

static bool finder_deed(struct request *req, struct scene *s, struct err *err)
{
    return priority_tell_finder(s->tx, who_of(req), &s->c, req->now, req->arena, err);
}

static bool drop_deed(struct request *req, struct scene *s, struct err *err)
{
    return priority_drop(&desk_of(req)->casework, s->tx, who_of(req), &s->c, form(req, "words"),
                         req->now, req->arena, err);
}

static bool provide_deed(struct request *req, struct scene *s, struct err *err)
{
    struct priority_text text = { .vulnerability = request_form(req, "vulnerability"),
                                  .countermeasure = request_form(req, "countermeasure_text"),
                                  .verification = request_form(req, "verification"),
                                  .attack = request_form(req, "attack") };
    struct recipients recipients = { 0 };

    for (size_t i = 0; i < request_form_count(req, "recipient"); i++)
        VEC_PUSH(req->arena, &recipients, request_form_nth(req, "recipient", i));
    return priority_provide(&desk_of(req)->casework, s->tx, who_of(req), &s->c, &s->developers,
                            &text, &recipients, form(req, "leak"), req->now, req->arena, err);
}

#define HANDLER(name, act, words)                                                             \
    bool name(struct request *req, struct response *res, struct err *err)                     \
    {                                                                                         \
        return scene_carry_out(                                                               \
            req, res, act, case_page_show,                                                    \
            arena_printf(req->arena, "/cases/%.*s", STR_ARG(request_path(req, "id"))), words, \
            err);                                                                             \
    }
HANDLER(case_priority_plan, plan_deed, "priority_planned")
HANDLER(case_priority_answer, answer_deed, "priority_answered")
HANDLER(own_priority_answer, own_answer_deed, "priority_answered")
HANDLER(case_priority_finder, finder_deed, "finder_told")
HANDLER(case_priority_drop, drop_deed, "priority_dropped")
HANDLER(case_priority_provide, provide_deed, "priority_provided")
