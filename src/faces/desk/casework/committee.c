/* faces/desk/casework/committee.c: a case before the publication judgement committee, on the pages of the bodies and of its developer: where it
 * stands, and the next step (UNR-03 to UNR-08, EOL-05, EOL-06). The members' own pages are in judgements/. */
#include "domain/casework/committee.h"

#include "base/err.h"
#include "faces/desk/casework/docket.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"

enum { HEARING_DAYS = 30, MEETING_DAYS = 14, DATE_DAYS = 14 };

/* ---- what may be done ---- */

struct bench {
    struct request *req;
    struct scene *s;
    struct docket d;
    struct deeds *deeds;
};

static struct deed_view *add(const struct bench *b, const char *id, const char *label,
                             const char *verb, const char *path, const char *tell, enum look look)
{
    return deed_add(b->req, b->deeds, id, label, verb, case_href(b->req, b->s, path), tell, look,
                    b->s->c.version);
}

static struct field_view *add_text(const struct bench *b, struct deed_view *d, const char *name,
                                   const char *label, const char *help, bool required)
{
    return deed_field(b->req, d, FIELD_TEXTAREA, name, label, help, required);
}

static void add_day(const struct bench *b, struct deed_view *d, const char *name, const char *label,
                    struct utc proposed)
{
    deed_value(b->req, deed_field(b->req, d, FIELD_DATETIME, name, label, "", true),
               deed_instant(b->req->arena, proposed));
}

static struct utc in_days(const struct bench *b, int days)
{
    return utc_add_days(b->req->now, days);
}

static void add_choice(const struct bench *b, struct field_view *f, struct str value,
                       struct str label, struct str help)
{
    VEC_PUSH(
        b->req->arena, &f->choices,
        (struct choice){
            .value = value, .label = label, .help = help, .is_chosen = str_eq(f->value, value) });
}

/* CB, while the case is coordinated: for each developer with which no agreement can be reached. Rule: UNR-04 UNR-11 */
static bool add_propose(const struct bench *b, struct err *err)
{
    struct deed_view *d = NULL;
    struct field_view *f = NULL;

    if (!(who_of(b->req)->roles & ROLE_CB) ||
        (b->s->c.state != CASE_COORDINATING && b->s->c.state != CASE_DATE_SET))
        return true;
    for (size_t i = 0; i < b->s->developers.len; i++) {
        const struct developer *one = &b->s->developers.at[i];
        struct str cause;

        if (!docket_cause_of(b->s->tx, &b->s->c, one, b->req->arena, &cause, err))
            return PASS(err);
        if (cause.len == 0)
            continue;
        if (!f) {
            d = add(
                b, "refer", N_("Put it before the publication judgement committee"),
                N_("Put it before the committee"), "/docket",
                N_("The receiving body and the committee are told. A publication date that was set falls. The receiving body checks the criteria next."),
                LOOK_PLAIN);
            f = deed_field(b->req, d, FIELD_RADIO, "developer", N_("Because of"), "", true);
        }
        add_choice(b, f, one->public_id, fill_name(b->req, one),
                   docket_cause(b->req->lang, &(struct docket){ .cause = cause }));
    }
    if (d)
        add_text(b, d, "reason", N_("Reason"), "", true);
    return true;
}

static void add_check(const struct bench *b)
{
    const struct ssvc_table *table = ssvc_find(STR("coordinator-publish"));
    const struct ssvc_point *adds = table->points[table->count - 1];
    struct deed_view *d = add(
        b, "docket-check", N_("Check the four criteria"), N_("Keep the check"), "/docket/check",
        N_("What was tried, the developer's answers and the end of support are gathered now and kept beside it, with a fingerprint."),
        LOOK_GO);
    struct field_view *f;

    for (const struct code *c = docket_criteria; c->code; c++) {
        deed_field(b->req, d, FIELD_CHECK,
                   arena_z(b->req->arena, arena_printf(b->req->arena, "holds_%s", c->code)),
                   c->words, "", false);
        f = add_text(b, d, c->code, N_("Reason"), "", true);
        f->label = tr_fill(b->req->arena, b->req->lang, N_("Why ({criterion}) holds or does not"),
                           TR_ARGS({ "criterion", str_from_z(c->code) }));
    }
    f = deed_field(b->req, d, FIELD_RADIO, "value_added", adds->words,
                   N_("For the advice of SSVC's table; the decision is free."), true);
    for (size_t i = 0; i < adds->count; i++)
        deed_choice(b->req, f, adds->values[i].key, adds->values[i].words);
}

/* Where it cannot be told, the public list has announced the day already. */
static bool is_listed(const struct bench *b)
{
    for (size_t i = 0; i < b->s->developers.len; i++) {
        if (b->s->developers.at[i].id == b->d.participant_id)
            return b->s->developers.at[i].state == DEVELOPER_UNREACHABLE;
    }
    return false;
}

static void add_notice(const struct bench *b)
{
    bool listed = is_listed(b);
    struct deed_view *d = add(
        b, "docket-notice", N_("Give notice to the developer"),
        listed ? N_("Keep it as the notice") : N_("Give notice"), "/docket/notice",
        listed
            ? N_("The developer cannot be told: the announcement on the public list is the notice, and its day counts.")
            : N_("The developer is told by mail, reads the notice on its page and may speak until the day."),
        LOOK_GO);

    add_text(
        b, d, "words", N_("Notice"),
        N_("The vulnerability and why it is held to exist, the history, what is to be published."),
        true);
    if (!listed)
        add_day(b, d, "until", N_("The developer may speak until (JST)"), in_days(b, HEARING_DAYS));
}

static bool add_meeting(const struct bench *b, struct err *err)
{
    bool again = b->d.state == DOCKET_CONVENED;
    struct accounts judges;
    struct deed_view *d;
    struct field_view *f;

    if (!docket_judges(b->s->tx, b->req->arena, &judges, err))
        return PASS(err);
    d = add(b, "docket-meeting", again ? N_("Change the meeting") : N_("Call a meeting"),
            again ? N_("Change it and tell the members") : N_("Call it and tell the members"),
            "/docket/meeting",
            N_("The members are told by mail, read what was gathered, and vote or stand aside."),
            again ? LOOK_PLAIN : LOOK_GO);
    add_day(b, d, "meeting_at", N_("Meeting (JST)"),
            again ? b->d.meeting_at : in_days(b, MEETING_DAYS));
    f = deed_field(b->req, d, FIELD_CHECKS, "members", again ? N_("More members") : N_("Members"),
                   "", !again);
    f->help = tr_fill(
        b->req->arena, b->req->lang,
        N_("A judgement needs {count} votes; who stands aside does not count."),
        TR_ARGS({ "count", tr_number(b->req->arena, desk_of(b->req)->casework.committee_quorum) }));
    for (size_t i = 0; i < judges.len; i++) {
        const struct subject one = { .account_id = judges.at[i].id };

        if (!docket_member_of(&b->d, &one))
            add_choice(b, f, judges.at[i].public_id, judges.at[i].name,
                       judges.at[i].organisation_name_ja);
    }
    return true;
}

static void add_decide(const struct bench *b)
{
    static const struct {
        const char *value, *words;
    } ways[] = { { "PUBLISH", N_("Publish") },
                 { "NOT_YET", N_("Not yet: it is coordinated again") },
                 { "NOT", N_("Do not publish: it is coordinated again") } };
    struct deed_view *d = add(
        b, "docket-decision", N_("Decide on the committee's result"), N_("Decide"),
        "/docket/decision",
        docket_cannot_be_reached(&b->d)
            ? N_("The coordinating body is told the decision with its reason.")
            : N_("The coordinating body and the developer are told the decision with its reason."),
        LOOK_GO);
    struct field_view *f = deed_field(b->req, d, FIELD_RADIO, "decision", N_("Decision"), "", true);

    for (size_t i = 0; i < COUNT(ways); i++)
        deed_choice(b->req, f, ways[i].value, ways[i].words);
    add_text(b, d, "reason", N_("Reason"), "", true);
    add_text(b, d, "public_ja", N_("Published reason (Japanese)"),
             N_("Needed when it is published: it stands in the advisory."), false);
    add_text(b, d, "public_en", N_("Published reason (English)"),
             N_("Needed when it is published: it stands in the advisory."), false);
}

static void add_order(const struct bench *b)
{
    bool again = b->d.state == DOCKET_ORDERED;
    struct deed_view *d = add(
        b, "docket-order",
        again ? N_("Set another publication date") : N_("Set the publication date"),
        N_("Set the date and tell everybody"), "/docket/order",
        N_("The receiving body and all developers that were notified are told the date at once."),
        again ? LOOK_PLAIN : LOOK_GO);

    add_day(b, d, "date", N_("Date and time (JST)"),
            again ? b->s->c.publication_date : in_days(b, DATE_DAYS));
    if (!docket_cannot_be_reached(&b->d))
        deed_value(b->req,
                   add_text(b, d, "confirmation",
                            N_("Confirmation of the procedure by the ministry"),
                            N_("When it was given, and by which letter."), true),
                   b->d.confirmation);
}

static bool can(const struct bench *b, enum docket_event event, bool *out, struct err *err)
{
    return docket_can(&desk_of(b->req)->casework, b->s->tx, who_of(b->req), &b->s->c, &b->d, event,
                      b->req->now, b->req->arena, out, err)
               ? true
               : PASS(err);
}

static void add_minutes(const struct bench *b)
{
    struct deed_view *d =
        add(b, "docket-minutes", N_("Keep the minutes of the judgement"), N_("Keep the minutes"),
            "/docket/minutes", N_("Nobody can vote any more. The receiving body decides next."),
            LOOK_GO);

    add_text(b, d, "minutes", N_("Minutes"), "", true)->rows = 8;
}

/* The next step of the receiving body, and what may be asked of it at any time. */
static bool add_steps(const struct bench *b, struct err *err)
{
    static const struct {
        enum docket_event event;
        void (*add)(const struct bench *b);
    } steps[] = {
        { ON_DOCKET_CHECK, add_check },
        { ON_DOCKET_NOTIFY, add_notice },
        { ON_DOCKET_DELIBERATE, add_minutes },
        { ON_DOCKET_NOT_YET, add_decide }, /* of the three decisions the one that is always there */
        { ON_DOCKET_ORDER, add_order },
    };
    struct deed_view *d;
    bool may;

    for (size_t i = 0; i < COUNT(steps); i++) {
        if (!can(b, steps[i].event, &may, err))
            return PASS(err);
        if (may)
            steps[i].add(b);
    }
    if (!can(b, ON_DOCKET_END_HEARING, &may, err))
        return PASS(err);
    if (may)
        add(b, "docket-heard", N_("End the time for the developer's opinion"), N_("End the time"),
            "/docket/heard", N_("The day has passed. A meeting can be called next."), LOOK_GO);
    if (!can(b, ON_DOCKET_CONVENE, &may, err) || (may && !add_meeting(b, err)) ||
        !can(b, ON_DOCKET_SUSPEND, &may, err))
        return PASS(err);
    if (may) {
        d = add(
            b, "docket-end", N_("The developer can be coordinated with again"),
            N_("End the judgement"), "/docket/end",
            N_("Both bodies are told; the case is coordinated again, without a publication date."),
            LOOK_PLAIN);
        add_text(b, d, "reason", N_("Reason"), "", true);
    }
    return true;
}

bool fill_committee(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct bench b = { .req = req, .s = s, .deeds = &v->deeds };
    struct str bundle;

    if (!docket_load(s->tx, &s->c, req->arena, &b.d, err) || !add_propose(&b, err))
        return PASS(err);
    if (b.d.state == DOCKET_START)
        return true;
    if (!docket_bundle(s->tx, &s->c, &b.d, req->arena, &bundle, err))
        return PASS(err);
    docket_fill(req, &b.d, DOCKET_BODY, &v->docket);
    docket_fill_bundle(req, bundle, &v->bundle, &v->bundle_attempts);
    return docket_is_over(b.d.state) || add_steps(&b, err) ? true : PASS(err);
}

/* ---- the developer ---- */

bool fill_own_committee(struct request *req, struct scene *s, struct case_page_view *v,
                        struct err *err)
{
    struct bench b = { .req = req, .s = s, .deeds = &v->deeds };
    struct deed_view *d;
    bool may;

    if (!docket_load(s->tx, &s->c, req->arena, &b.d, err))
        return PASS(err);
    if (b.d.participant_id != s->own.id || !b.d.notice_at.ms)
        return true;
    docket_fill(req, &b.d, DOCKET_DEVELOPER, &v->docket);
    if (!can(&b, ON_DOCKET_SPEAK, &may, err))
        return PASS(err);
    if (may && b.d.hearing_until.ms > req->now.ms) {
        v->sentence = tr_fill(
            req->arena, req->lang,
            N_("The publication judgement committee judges whether it is published. Please give your opinion by {date}."),
            TR_ARGS({ "date", tr_instant(req->arena, req->lang, b.d.hearing_until) }));
        d = add(&b, "opinion", N_("Give your opinion to the committee"), N_("Send the opinion"),
                "/answer/opinion", N_("Both bodies and the members of the committee read it."),
                LOOK_GO);
        add_text(
            &b, d, "opinion", N_("Opinion"),
            N_("Whether it is a vulnerability, and whether it should be published, with your reasons."),
            true)
            ->rows = 8;
    }
    if (!can(&b, ON_DOCKET_VIEW, &may, err))
        return PASS(err);
    if (!may)
        return true;
    v->sentence = tr(
        req->lang,
        N_("It has been decided to publish it. Please write your view if you wish to have it printed beside your name."));
    d = add(&b, "view", N_("Write your view to be printed"), N_("Keep the view"), "/answer/view",
            N_("It is published as you write it, in the advisory. It can be changed until then."),
            LOOK_GO);
    deed_value(req, add_text(&b, d, "view_ja", N_("View (Japanese)"), "", true), b.d.view_ja);
    deed_value(req, add_text(&b, d, "view_en", N_("View (English)"), "", false), b.d.view_en);
    return true;
}

/* ---- handlers ---- */

static struct str form(const struct request *req, const char *name)
{
    return str_trim(request_form(req, name));
}

#define WHO_AND_CASE   s->tx, who_of(req), &s->c
#define NOW_AND_MEMORY req->now, req->arena, err
#define CASEWORK       &desk_of(req)->casework

static bool refer_deed(struct request *req, struct scene *s, struct err *err)
{
    for (size_t i = 0; i < s->developers.len; i++) {
        if (str_eq(s->developers.at[i].public_id, form(req, "developer")))
            return docket_propose(WHO_AND_CASE, &s->developers.at[i], form(req, "reason"),
                                  NOW_AND_MEMORY);
    }
    return FAIL(err, INPUT, STR("because_of"));
}

static bool check_deed(struct request *req, struct scene *s, struct err *err)
{
    struct docket_judgement judged[DOCKET_CRITERIA];

    for (size_t i = 0; i < DOCKET_CRITERIA; i++) {
        const char *code = docket_criteria[i].code;

        judged[i].words = form(req, code);
        judged[i].holds =
            form(req, arena_z(req->arena, arena_printf(req->arena, "holds_%s", code))).len > 0;
    }
    return docket_check(WHO_AND_CASE, judged, form(req, "value_added"), NOW_AND_MEMORY);
}

static bool notice_deed(struct request *req, struct scene *s, struct err *err)
{
    struct utc until = { 0 };

    return (form(req, "until").len == 0 || scene_instant(req, "until", &until, err)) &&
           docket_notify(WHO_AND_CASE, form(req, "words"), until, NOW_AND_MEMORY);
}

static bool heard_deed(struct request *req, struct scene *s, struct err *err)
{
    return docket_end_hearing(WHO_AND_CASE, NOW_AND_MEMORY);
}

static bool meeting_deed(struct request *req, struct scene *s, struct err *err)
{
    struct docket_members members = { 0 };
    struct utc at;

    if (!scene_instant(req, "meeting_at", &at, err))
        return PASS(err);
    for (size_t i = 0; request_form_nth(req, "members", i).len > 0; i++) {
        struct account *one;

        if (!account_by_public_id(s->tx, request_form_nth(req, "members", i), req->arena, &one,
                                  err))
            return PASS(err);
        if (!one)
            return FAIL(err, INPUT, STR("members"));
        VEC_PUSH(req->arena, &members, one->id);
    }
    return docket_convene(CASEWORK, WHO_AND_CASE, &members, at, NOW_AND_MEMORY);
}

static bool minutes_deed(struct request *req, struct scene *s, struct err *err)
{
    return docket_deliberate(CASEWORK, WHO_AND_CASE, form(req, "minutes"), NOW_AND_MEMORY);
}

static bool decision_deed(struct request *req, struct scene *s, struct err *err)
{
    struct docket_decision decision = { .reason = form(req, "reason"),
                                        .public_ja = form(req, "public_ja"),
                                        .public_en = form(req, "public_en") };
    struct str way = form(req, "decision");

    if (str_eq(way, STR("PUBLISH")))
        decision.event = ON_DOCKET_PUBLISH;
    else if (str_eq(way, STR("NOT_YET")))
        decision.event = ON_DOCKET_NOT_YET;
    else if (str_eq(way, STR("NOT")))
        decision.event = ON_DOCKET_NOT;
    else
        return FAIL(err, INPUT, STR("decision"));
    return docket_decide(WHO_AND_CASE, &decision, NOW_AND_MEMORY);
}

static bool order_deed(struct request *req, struct scene *s, struct err *err)
{
    struct utc date;

    return scene_instant(req, "date", &date, err) &&
           docket_order(CASEWORK, WHO_AND_CASE, &s->developers, form(req, "confirmation"), date,
                        NOW_AND_MEMORY);
}

static bool end_deed(struct request *req, struct scene *s, struct err *err)
{
    return docket_suspend(WHO_AND_CASE, form(req, "reason"), NOW_AND_MEMORY);
}

static bool opinion_deed(struct request *req, struct scene *s, struct err *err)
{
    return docket_speak(WHO_AND_CASE, form(req, "opinion"), NOW_AND_MEMORY);
}

static bool view_deed(struct request *req, struct scene *s, struct err *err)
{
    return docket_give_view(WHO_AND_CASE, form(req, "view_ja"), form(req, "view_en"),
                            NOW_AND_MEMORY);
}

#define HANDLER(name, deed, done)                                                          \
    bool name(struct request *req, struct response *res, struct err *err)                  \
    {                                                                                      \
        return scene_carry_out(req, res, deed, case_page_show, case_path(req), done, err); \
    }

HANDLER(case_docket, refer_deed, "docket_proposed")
HANDLER(case_docket_check, check_deed, "docket_checked")
HANDLER(case_docket_notice, notice_deed, "docket_noticed")
HANDLER(case_docket_heard, heard_deed, "docket_heard")
HANDLER(case_docket_meeting, meeting_deed, "docket_convened")
HANDLER(case_docket_minutes, minutes_deed, "docket_deliberated")
HANDLER(case_docket_decision, decision_deed, "docket_decided")
HANDLER(case_docket_order, order_deed, "date_set")
HANDLER(case_docket_end, end_deed, "docket_ended")
HANDLER(own_opinion, opinion_deed, "opinion_given")
HANDLER(own_view, view_deed, "view_given")
