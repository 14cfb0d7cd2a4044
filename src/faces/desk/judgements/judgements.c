/* faces/desk/judgements/judgements.c: what is before the publication judgement committee: a list with how long each has waited, and for a member
 * the case it judges, to vote on or to stand aside from (UNR-04, UNR-08; row PC of the matrix). */
#include "domain/casework/committee.h"

#include "base/err.h"
#include "domain/casework/answer.h"
#include "domain/casework/intake.h"
#include "faces/desk/casework/docket.h"
#include "faces/desk/casework/fault.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/frame.h"
#include "faces/desk/judgements/judgements.html.h"
#include "faces/desk/judgements/routes.h"
#include "faces/desk/permission.h"

static const struct done done_rows[] = {
    { "voted", N_("Your vote has been kept."), TONE_GOOD },
    { "recused", N_("You stand aside. You see nothing of the case any more."), TONE_GOOD },
};

/* One case with its docket, as far as the reader may have it. */
struct place {
    struct tx *tx;
    struct product_case c;
    struct developers developers;
    struct docket d;
    struct grant grant;
};

static void place_end(struct place *p) { tx_end(p->tx); }

static bool load(struct request *req, struct str public_id, struct place *p, struct err *err)
{
    return case_load(&desk_of(req)->casework, p->tx, public_id, req->arena, &p->c, err) &&
                   developers_load(p->tx, p->c.id, req->arena, &p->developers, err) &&
                   docket_load(p->tx, &p->c, req->arena, &p->d, err)
               ? true
               : PASS(err);
}

/* ---- the list ---- */

/* clang-format off */
static const struct sheet_column columns[] = {
    SHEET_FIELD ("case", struct judgement_row, number, N_("Case")),
    SHEET_COLUMN(struct judgement_row, title, N_("Title")),
    SHEET_CODED ("cause", struct judgement_row, cause, cause_code, N_("Cause")),
    SHEET_CODED ("state", struct judgement_row, state, state_code, N_("State")),
    SHEET_COLUMN(struct judgement_row, waits_for, N_("Who acts next")),
    SHEET_FIELD ("meeting_at", struct judgement_row, meeting, N_("Meeting")),
    SHEET_FIELD ("days_waiting", struct judgement_row, days, N_("Days waiting")),
};
/* clang-format on */

static bool add_row(struct request *req, struct place *p, struct judgement_rows *out,
                    struct err *err)
{
    bool is_body = has_role(req, ROLE_RB | ROLE_CB);
    struct err absent = { 0 };
    struct judgement_row row = {
        .number = p->c.number,
        .cause = docket_cause(req->lang, &p->d),
        .cause_code = p->d.cause,
        .state = docket_tag(req->lang, &p->d),
        .state_code = str_from_z(docket_life.states[p->d.state]),
        .days = docket_waiting_days(&p->d, req->now),
        .waits_for = docket_waits_for(req->lang, &p->d),
        .waiting = docket_waiting(req, &p->d),
        .meeting = when_of(req->arena, req->lang, p->d.meeting_at),
    };

    if (is_body ||
        docket_grant(p->tx, who_of(req), &p->c, &p->developers, req->arena, &p->grant, &absent)) {
        row.href = arena_printf(req->arena, is_body ? "/cases/%.*s" : "/judgements/%.*s",
                                STR_ARG(p->c.public_id));
        row.title = p->c.title;
    } else if (absent.code != ERR_ABSENT) {
        *err = absent;
        return PASS(err);
    }
    VEC_PUSH(req->arena, out, row);
    return true;
}

static bool list_show(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(place_end))) struct place p = { 0 };
    struct judgement_list_view v = {
        .nothing = { .title = say(req, N_("Nothing is before the committee")),
                     .why =
                         has_role(req, ROLE_PC)
                             ? say(req, N_("You are told by mail when a meeting is called."))
                             : say(req,
                                   N_("The coordinating body puts a case before it when its developer does not agree or cannot be reached.")) }
    };
    struct frame frame = { .title = say(req, N_("Publication judgement committee")) };
    struct page *body = frame_page(req);
    struct docket_cases cases;
    enum sheet_format format;

    if (!sheet_asked(req, &format, err) || !tx_begin(desk_of(req)->store, TX_READ, &p.tx, err) ||
        !docket_cases(p.tx, who_of(req), req->arena, &cases, err))
        return PASS(err);
    for (size_t i = 0; i < cases.len; i++) {
        if (!load(req, cases.at[i], &p, err) || !add_row(req, &p, &v.rows, err))
            return PASS(err);
    }
    if (format != SHEET_PAGE)
        return sheet_send(req, res, format, SHEET("judgements", columns, v.rows), false, err)
                   ? true
                   : PASS(err);
    v.file = sheet_links(req);
    frame_crumb(req, &frame, N_("Publication judgement committee"), STR_NONE);
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    judgement_list_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

/* ---- one case, for a member ---- */

static struct str sentence_of(struct request *req, const struct docket *d)
{
    const struct docket_member *own = docket_member_of(d, who_of(req));

    if (d->state != DOCKET_CONVENED)
        return docket_tag(req->lang, d).word;
    if (own->vote.len > 0)
        return say(req, N_("You have voted. Thank you."));
    return tr_fill(
        req->arena, req->lang,
        N_("Please vote by the meeting on {date}, or stand aside if you have an interest in it."),
        TR_ARGS({ "date", tr_instant(req->arena, req->lang, d->meeting_at) }));
}

static struct str href_of(struct request *req, const struct place *p, const char *what)
{
    return arena_printf(req->arena, "/judgements/%.*s/%s", STR_ARG(p->c.public_id), what);
}

static bool add_deeds(struct request *req, const struct place *p, struct deeds *deeds,
                      struct err *err)
{
    struct deed_view *d;
    struct field_view *f;
    bool may;

    if (!docket_can(&desk_of(req)->casework, p->tx, who_of(req), &p->c, &p->d, ON_DOCKET_VOTE,
                    req->now, req->arena, &may, err))
        return PASS(err);
    if (!may)
        return true;
    d = deed_add(
        req, deeds, "vote", N_("Vote"), N_("Keep the vote"), href_of(req, p, "vote"),
        N_("A vote cannot be changed. The other members see it once the committee has judged."),
        LOOK_GO, p->c.version);
    f = deed_field(req, d, FIELD_RADIO, "vote", N_("Vote"), "", true);
    for (const struct code *c = docket_votes; c->code; c++)
        deed_choice(req, f, c->code, c->words);
    deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
    d = deed_add(req, deeds, "recusal", N_("Stand aside"), N_("Stand aside"),
                 href_of(req, p, "recusal"),
                 N_("For whoever has an interest in the case. You see nothing of it any more."),
                 LOOK_PLAIN, p->c.version);
    deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
    return true;
}

/* S and M of the matrix: what each developer has reported. */
static bool fill_developers(struct request *req, const struct place *p, struct fact_list *out,
                            struct err *err)
{
    for (size_t i = 0; grant_sees(&p->grant, SEES_S) && i < p->developers.len; i++) {
        const struct developer *d = &p->developers.at[i];
        struct developer_report report = { 0 };

        if (grant_sees(&p->grant, SEES_M) &&
            !answer_load(p->tx, &p->c, d, req->arena, &report, err))
            return PASS(err);
        VEC_PUSH(req->arena, out,
                 (struct fact){ .name = fill_name(req, d),
                                .tag = affected_tag(req->lang, d),
                                .value = report.statement_ja.len > 0
                                             ? report.statement_ja
                                             : developer_state_tag(req->lang, d->state).word });
    }
    return true;
}

static bool open_place(struct request *req, enum tx_kind kind, struct place *p, struct err *err)
{
    return tx_begin(desk_of(req)->store, kind, &p->tx, err) &&
                   load(req, request_path(req, "id"), p, err) &&
                   docket_grant(p->tx, who_of(req), &p->c, &p->developers, req->arena, &p->grant,
                                err)
               ? true
               : PASS(err);
}

static bool show(struct request *req, struct response *res, const struct err *fault,
                 struct err *err)
{
    __attribute__((cleanup(place_end))) struct place p = { 0 };
    struct page *body = frame_page(req);
    struct judgement_view v = { 0 };
    struct deeds *forms[] = { &v.deeds };
    struct frame frame = { 0 };
    struct str bundle, texts;

    if (!open_place(req, TX_READ, &p, err) ||
        !docket_bundle(p.tx, &p.c, &p.d, req->arena, &bundle, err) ||
        !report_texts(p.tx, &p.c, &p.grant, req->arena, &texts, err) ||
        !add_deeds(req, &p, &v.deeds, err) || !fill_developers(req, &p, &v.developers, err))
        return PASS(err);
    v.number = p.c.number;
    v.title = frame.title = p.c.title;
    v.state = docket_tag(req->lang, &p.d);
    v.sentence = sentence_of(req, &p.d);
    v.warning = say(req, N_("Confidential. It is given to you for this judgement alone."));
    docket_fill(req, &p.d, DOCKET_MEMBER, &v.facts);
    docket_fill_bundle(req, bundle, &v.bundle, &v.attempts);
    fill_blocks(req, REPORT_PRODUCT, texts, false, &v.texts);
    fault_tell(req, fault, forms, COUNT(forms), &v.faults);
    frame_crumb(req, &frame, N_("Publication judgement committee"), STR("/judgements"));
    VEC_PUSH(req->arena, &frame.crumbs, (struct crumb){ p.c.number, STR_NONE });
    frame_done(req, &frame, done_rows, COUNT(done_rows));
    judgement_page(body, &v);
    return frame_send(req, res, body, &frame, err);
}

static bool one_show(struct request *req, struct response *res, struct err *err)
{
    return show(req, res, NULL, err);
}

/* ---- handlers ---- */

static bool member_opens(struct request *req, enum tx_kind kind, struct scene *s, struct err *err)
{
    struct place p = { 0 };
    bool is_open = open_place(req, kind, &p, err);

    s->tx = p.tx; /* ended with the scene */
    s->c = p.c;
    s->developers = p.developers;
    s->grant = p.grant;
    return is_open ? true : PASS(err);
}

static bool vote_deed(struct request *req, struct scene *s, struct err *err)
{
    return docket_vote(s->tx, who_of(req), &s->c, request_form(req, "vote"),
                       request_form(req, "reason"), req->now, req->arena, err);
}

static bool recuse_deed(struct request *req, struct scene *s, struct err *err)
{
    return docket_recuse(s->tx, who_of(req), &s->c, request_form(req, "reason"), req->now,
                         req->arena, err);
}

static bool one_vote(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out_in(
        req, res, member_opens, vote_deed, show,
        arena_printf(req->arena, "/judgements/%.*s", STR_ARG(request_path(req, "id"))), "voted",
        err);
}

static bool one_recuse(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out_in(req, res, member_opens, recuse_deed, show, STR("/judgements"),
                              "recused", err);
}

enum { LARGE = 512 * 1024 };

static const struct route routes[] = {
    ROUTE_GET("/judgements", MAY_FOLLOW_JUDGEMENTS, list_show),
    ROUTE_GET("/judgements/{id}", MAY_JUDGE, one_show),
    ROUTE_POST("/judgements/{id}/vote", MAY_JUDGE, TOKEN_FORM, BODY_FORM, LARGE, one_vote),
    ROUTE_POST("/judgements/{id}/recusal", MAY_JUDGE, TOKEN_FORM, BODY_FORM, LARGE, one_recuse),
};
const struct route_list desk_judgement_routes = ROUTES(routes);
