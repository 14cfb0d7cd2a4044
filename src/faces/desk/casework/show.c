/* faces/desk/casework/show.c: one case, as the two bodies see it; a developer's page is own.c. */
#include "base/err.h"
#include "domain/access/organisation.h"
#include "domain/advisory/editing.h"
#include "domain/casework/coordination.h"
#include "domain/casework/list.h"
#include "domain/casework/source.h"
#include "domain/casework/talk.h"
#include "faces/desk/casework/deed.html.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/own.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/show.html.h"
#include "faces/desk/casework/state.h"

enum { ANSWER_DAYS = 14 };

static bool can(const struct request *req, const struct scene *s, enum product_event event)
{
    struct product_facts all = { .has_reason = true,
                                 .is_complete = true,
                                 .is_in_scope = true,
                                 .has_stop_cause = true,
                                 .developers = 1,
                                 .notified = 1,
                                 .known = 1,
                                 .unaffected = 1,
                                 .has_date = true,
                                 .has_basis = true,
                                 .developers_heard = true,
                                 .has_second_person = true,
                                 .date_has_come = true,
                                 .both_approved = true,
                                 .content_passes = true,
                                 .is_eol_a = true,
                                 .is_agreed = true };

    return life_can(&product_life, (int)s->c.state, who_of(req)->roles, (int)event, &all);
}

static bool is_own(const struct product_case *c) { return str_eq(c->origin, STR("SELF")); }

/* ---- what may be done now ---- */

static bool is_in_case(const struct scene *s, int64_t organisation_id)
{
    for (size_t i = 0; i < s->developers.len; i++) {
        if (s->developers.at[i].organisation_id == organisation_id)
            return true;
    }
    return false;
}

bool fill_listed_developers(struct request *req, const struct scene *s, struct field_view *f,
                            struct err *err)
{
    struct organisation_filter developers = { .kind = STR("PD") };
    struct organisation_rows rows = { 0 };
    struct suggestions near = { 0 };

    if (!organisation_suggest(s->tx, s->c.title, req->arena, &near, err))
        return PASS(err);
    for (size_t i = 0; i < near.len; i++) {
        if (!is_in_case(s, near.at[i].id))
            VEC_PUSH(req->arena, &f->choices,
                     (struct choice){ .value = near.at[i].public_id,
                                      .label = near.at[i].name_ja,
                                      .help = near.at[i].why });
    }
    /* Page after page: whoever is on the list can be chosen. */
    do {
        if (!organisation_list(s->tx, &developers, req->arena, &rows, err))
            return PASS(err);
        for (size_t i = 0; i < rows.len; i++) {
            bool is_near = false;

            for (size_t j = 0; j < near.len; j++)
                is_near |= near.at[j].id == rows.at[i].id;
            if (!is_near && !rows.at[i].is_left_out && !is_in_case(s, rows.at[i].id))
                VEC_PUSH(
                    req->arena, &f->choices,
                    (struct choice){ .value = rows.at[i].public_id, .label = rows.at[i].name_ja });
        }
    } while (rows.len > 0 && ++developers.page * ORGANISATION_PAGE < rows.total);
    return true;
}

static bool add_developer_deed(struct request *req, const struct scene *s, struct deeds *deeds,
                               struct err *err)
{
    struct field_view *f;
    struct deed_view *d;

    d = deed_add(req, deeds, "add-developer", N_("Add developers"), N_("Add the chosen developers"),
                 case_href(req, s, "/developers"),
                 N_("Nobody is told yet: the summary is sent as a step of its own."),
                 s->c.state == CASE_WITH_CB || s->c.state == CASE_FOREIGN ? LOOK_GO : LOOK_PLAIN,
                 0);
    f = deed_field(
        req, d, FIELD_CHECKS, "organisation", N_("Developers of the list"),
        N_("Those whose names or products resemble the case's title come first. One that is missing is added in the developer list."),
        true);
    return fill_listed_developers(req, s, f, err) ? true : PASS(err);
}

/* Of its own product a developer is heard (COO-30); else the reports are in, or the basis says why it is set without them. */
static void add_basis(struct request *req, struct deed_view *d, bool is_own)
{
    struct field_view *f;

    if (is_own) {
        deed_value(req, deed_field(req, d, FIELD_HIDDEN, "basis", N_("Basis"), "", true),
                   STR("AGREED"));
        deed_field(req, d, FIELD_CHECK, "heard", N_("The developer has been heard about the date"),
                   "", true);
        return;
    }
    f = deed_field(req, d, FIELD_SELECT, "basis", N_("Basis"), "", true);
    deed_choice(req, f, "AGREED",
                N_("From the verification reports, in consultation with the developers"));
    deed_choice(req, f, "INDEPENDENT", N_("Set alone: no developer has reported a result"));
    deed_choice(req, f, "NO_REPLY", N_("Set alone: a developer does not answer"));
    deed_choice(req, f, "UNREACHABLE", N_("Set alone: a developer cannot be reached"));
}

static void add_date_deeds(struct request *req, const struct scene *s, const struct casework *w,
                           struct deeds *deeds)
{
    struct utc target = utc_add_days(case_start(w, &s->c), w->target_days);
    struct deed_view *d;
    struct field_view *f;

    if (can(req, s, ON_SET_DATE)) {
        d = deed_add(
            req, deeds, "set-date", N_("Set the publication date"),
            N_("Set the date and tell everybody"), case_href(req, s, "/date"),
            N_("The receiving body and all developers that were notified are told the date at once."),
            LOOK_GO, s->c.version);
        f = deed_field(req, d, FIELD_DATETIME, "date", N_("Date and time (JST)"), "", true);
        f->help = tr_fill(
            req->arena, req->lang,
            N_("The target lies within {days} days from the start of counting; a later date needs a reason."),
            TR_ARGS({ "days", tr_number(req->arena, w->target_days) }));
        deed_value(req, f,
                   deed_instant(req->arena,
                                target.ms > req->now.ms ? target : utc_add_days(req->now, 14)));
        add_basis(req, d, is_own(&s->c));
        deed_field(req, d, FIELD_TEXTAREA, "time_needed", N_("Time needed for countermeasures"), "",
                   false);
        deed_field(req, d, FIELD_TEXTAREA, "foreign", N_("Coordination with foreign bodies"), "",
                   false);
        deed_field(req, d, FIELD_TEXTAREA, "leak_risk", N_("Risk of leakage"), "", false);
        deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"),
                   N_("Needed when the date is later than the target."), false);
    }
    if (can(req, s, ON_CHANGE_DATE)) {
        d = deed_add(
            req, deeds, "change-date", N_("Change the publication date"),
            N_("Change the date and tell everybody"), case_href(req, s, "/date/change"),
            N_("The receiving body and all developers that were notified are told the new date at once. The old date no longer counts."),
            LOOK_PLAIN, s->c.version);
        deed_value(
            req,
            deed_field(req, d, FIELD_DATETIME, "date", N_("New date and time (JST)"), "", true),
            deed_instant(req->arena, s->c.publication_date));
        f = deed_field(req, d, FIELD_CHECK, "others_heard",
                       N_("The other developers have been consulted"), "", true);
        deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
    }
}

static void add_ending_deeds(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d;
    struct field_view *f;

    if (s->c.state >= CASE_WITH_CB && !product_is_closed(s->c.state)) {
        d = deed_add(req, deeds, "advise-stop", N_("Tell the receiving body to stop"),
                     N_("Give notice to the receiving body"), case_href(req, s, "/stop-advice"),
                     N_("The receiving body decides; it then tells the finder."), LOOK_PLAIN,
                     s->c.version);
        f = deed_field(req, d, FIELD_RADIO, "code", N_("Cause"), "", true);
        deed_choice(req, f, "KNOWN_CB", N_("It is already known"));
        deed_choice(req, f, "NOTVULN_CB", N_("It is not vulnerability-related information"));
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason"), "", true);
    }
    if (can(req, s, ON_CANCEL_KNOWN) || can(req, s, ON_CLOSE_INDIVIDUAL)) {
        d = deed_add(
            req, deeds, "close", N_("End without publication"), N_("End the case"),
            case_href(req, s, "/close"),
            N_("The receiving body, the finder and all notified developers are told. This cannot be undone."),
            LOOK_BAD, s->c.version);
        f = deed_field(req, d, FIELD_RADIO, "how", N_("How it ends"), "", true);
        deed_choice(req, f, "cancel_known",
                    N_("All notified developers report that it is already known"));
        deed_choice(req, f, "cancel_not_vuln",
                    N_("All notified developers report that they are not affected"));
        deed_choice(req, f, "close_individual",
                    N_("It is agreed that the developer handles it individually"));
        if (can(req, s, ON_CLOSE_EOL))
            deed_choice(req, f, "close_eol",
                        N_("Support has ended, the developer was told, and the impact is small"));
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason"), N_("The finder is told this."),
                   true);
    }
}

/* When more than one waits for it: one deed for all. */
static void add_summaries_deed(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d;
    int64_t waiting = 0;

    for (size_t i = 0; i < s->developers.len; i++)
        waiting += s->developers.at[i].state == DEVELOPER_IDENTIFIED;
    if (waiting < 2 || s->c.summary.len == 0 || product_is_closed(s->c.state))
        return;
    d = deed_add(
        req, deeds, "send-summaries", N_("Send the summary to all who wait for it"),
        N_("Send it to all of them"), case_href(req, s, "/summaries"),
        N_("Every developer that was chosen, has not been told and is registered gets it; its managers are told by mail."),
        LOOK_GO, s->c.version);
    deed_value(req,
               deed_field(req, d, FIELD_DATETIME, "answer_due", N_("Answer by (JST)"), "", true),
               deed_instant(req->arena, utc_add_days(req->now, ANSWER_DAYS)));
}

/* When more than one owes an answer: one deed for all, or for those whose day has passed. */
static void add_reminders_deed(struct request *req, const struct scene *s, struct deeds *deeds)
{
    int64_t owing = 0, overdue = 0;
    struct deed_view *d;
    struct field_view *f;

    for (size_t i = 0; i < s->developers.len; i++) {
        const struct developer *one = &s->developers.at[i];

        owing += coordination_owes(one);
        overdue += coordination_owes(one) && one->answer_due.ms <= req->now.ms;
    }
    if (owing < 2 || product_is_closed(s->c.state))
        return;
    d = deed_add(req, deeds, "remind-all", N_("Remind all who owe an answer"),
                 N_("Send the reminders"), case_href(req, s, "/reminders"),
                 N_("The managers of each of them are told by mail. A reminder counts."),
                 overdue > 0 ? LOOK_GO : LOOK_PLAIN, 0);
    f = deed_field(req, d, FIELD_RADIO, "whom", N_("Whom"), "", true);
    deed_value(req, f, overdue > 0 ? STR("overdue") : STR("all"));
    if (overdue > 0)
        deed_choice(req, f, "overdue", N_("Those whose day has passed"));
    deed_choice(req, f, "all", N_("Everybody who owes an answer"));
    for (size_t i = 0; i < f->choices.len; i++)
        f->choices.at[i].help = tr_fill(
            req->arena, req->lang, N_("Developers: {count}"),
            TR_ARGS({ "count", tr_number(req->arena, f->choices.len - i == 1 ? owing : overdue) }));
    deed_value(req,
               deed_field(req, d, FIELD_DATETIME, "answer_due", N_("Answer by (JST)"), "", true),
               deed_instant(req->arena, utc_add_days(req->now, ANSWER_DAYS)));
}

static bool add_coordination_deeds(struct request *req, struct scene *s, struct case_page_view *v,
                                   struct err *err)
{
    const struct casework *w = &desk_of(req)->casework;
    bool open = s->c.state >= CASE_WITH_CB && !product_is_closed(s->c.state);
    struct deed_view *d;

    if (!(who_of(req)->roles & ROLE_CB))
        return true;
    if (can(req, s, ON_TAKE) && !s->c.handling_started_at.ms)
        deed_add(req, &v->deeds, "take", N_("Take the case"), N_("Start handling it"),
                 case_href(req, s, "/take"), "", LOOK_GO, s->c.version);
    if (open && !is_own(&s->c) && !add_developer_deed(req, s, &v->deeds, err))
        return PASS(err);
    if (open && !is_own(&s->c)) {
        d = deed_add(req, &v->deeds, "write-summary",
                     s->c.summary.len > 0 ? N_("Change the summary") : N_("Write the summary"),
                     N_("Keep the summary"), case_href(req, s, "/summary"), "",
                     s->c.summary.len > 0 ? LOOK_PLAIN : LOOK_GO, s->c.version);
        deed_value(
            req,
            deed_field(
                req, d, FIELD_TEXTAREA, "summary", N_("Summary for developers"),
                N_("What a developer needs in order to see whether its products may be concerned. No verification or attack method, no detail."),
                true),
            s->c.summary);
    }
    if (open && !is_own(&s->c))
        v->invite_href = case_href(req, s, "/invitations");
    add_summaries_deed(req, s, &v->deeds);
    add_reminders_deed(req, s, &v->deeds);
    add_date_deeds(req, s, w, &v->deeds);
    if (open && s->c.first_contact_at.ms) {
        d = deed_add(
            req, &v->deeds, "ask-status", N_("Ask for the response status"),
            N_("Ask all developers with the detail"), case_href(req, s, "/status-request"),
            N_("Every developer that has the detail and is not unaffected gets a request."),
            LOOK_PLAIN, s->c.version);
        deed_value(
            req, deed_field(req, d, FIELD_DATETIME, "answer_due", N_("Answer by (JST)"), "", true),
            deed_instant(req->arena, s->c.publication_date.ms
                                         ? utc_add_days(s->c.publication_date, -3)
                                         : utc_add_days(req->now, ANSWER_DAYS)));
    }
    add_ending_deeds(req, s, &v->deeds);
    return true;
}

/* ---- what waits for an answer ---- */

static void fill_wish(struct request *req, const struct scene *s, const struct wish *wish,
                      struct wait_rows *out)
{
    struct wait_row row = {
        .who = wish->organisation_name,
        .what = tr_fill(req->arena, req->lang, N_("wishes publication on {date}"),
                        TR_ARGS({ "date", tr_instant(req->arena, req->lang, wish->proposed) })),
        .words = wish->reason,
        .when = when_of(req->arena, req->lang, wish->at),
        .tag = { tr(req->lang, N_("Waits for an answer")), TONE_EMBER }
    };

    if (who_of(req)->roles & ROLE_CB) {
        struct deed_view *d = deed_add(
            req, &row.deeds, "wish", N_("Answer the wish"), N_("Send the answer"),
            arena_printf(req->arena, "/cases/%.*s/wishes/%lld", STR_ARG(s->c.public_id),
                         (long long)wish->id),
            N_("The developer is told. Adopting it does not move the date: do that with \"Change the publication date\"."),
            LOOK_GO, s->c.version);
        struct field_view *f = deed_field(req, d, FIELD_RADIO, "decision", N_("Answer"), "", true);

        deed_choice(req, f, "ADOPTED", N_("Adopted"));
        deed_choice(req, f, "DECLINED", N_("Declined"));
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("Words to the developer"), "", true);
    }
    VEC_PUSH(req->arena, out, row);
}

static void fill_hint(struct request *req, const struct scene *s, const struct other_hint *hint,
                      struct wait_rows *out)
{
    struct wait_row row = { .who = hint->organisation_name,
                            .what = arena_printf(req->arena, "%.*s %.*s", STR_ARG(hint->developer),
                                                 STR_ARG(hint->product)),
                            .words = hint->reason,
                            .when = when_of(req->arena, req->lang, hint->at) };

    row.tag = hint->is_handled ? (struct tag_view){ tr(req->lang, N_("Looked into")), TONE_NEUTRAL }
                               : (struct tag_view){ tr(req->lang, N_("Waits")), TONE_EMBER };
    if (!hint->is_handled) {
        struct deed_view *d =
            deed_add(req, &row.deeds, "hint", N_("Note what was done"), N_("Keep the note"),
                     arena_printf(req->arena, "/cases/%.*s/hints/%lld", STR_ARG(s->c.public_id),
                                  (long long)hint->id),
                     "", LOOK_PLAIN, s->c.version);

        deed_field(req, d, FIELD_TEXTAREA, "words", N_("What was done"), "", true);
    }
    VEC_PUSH(req->arena, out, row);
}

static bool fill_waiting(struct request *req, struct scene *s, struct case_page_view *v,
                         struct err *err)
{
    struct wishes wishes;
    struct other_hints hints;

    if (!(who_of(req)->roles & ROLE_CB))
        return true;
    if (!coordination_wishes(s->tx, &s->c, req->arena, &wishes, err) ||
        !coordination_hints(s->tx, &s->c, req->arena, &hints, err))
        return PASS(err);
    for (size_t i = 0; i < wishes.len; i++) {
        if (str_eq(wishes.at[i].state, STR("OPEN"))) /* the others stand in fill_dates */
            fill_wish(req, s, &wishes.at[i], &v->wishes);
    }
    for (size_t i = 0; i < hints.len; i++)
        fill_hint(req, s, &hints.at[i], &v->hints);
    return true;
}

static bool fill_advisory(struct request *req, struct scene *s, struct case_page_view *v,
                          struct err *err)
{
    struct advisory a;
    bool found;

    if (s->c.state < CASE_COORDINATING || s->c.state == CASE_STOPPED)
        return true;
    if (!advisory_load_of(s->tx, s->c.id, req->arena, &a, &found, err))
        return PASS(err);
    if (found) {
        v->advisory = advisory_tag(req->lang, str_from_z(advisory_life.states[a.state]));
        v->advisory_href = arena_printf(req->arena, "/advisories/%.*s", STR_ARG(a.public_id));
    } else if ((who_of(req)->roles & ROLE_CB) && !product_is_closed(s->c.state)) {
        struct deed_view *d = deed_add(req, &v->deeds, "begin-advisory", N_("Begin the advisory"),
                                       N_("Begin the advisory"), STR("/advisories"),
                                       N_("A number is reserved; nobody outside is told."),
                                       s->c.state == CASE_DATE_SET ? LOOK_GO : LOOK_PLAIN, 0);

        deed_value(req, deed_field(req, d, FIELD_HIDDEN, "case", N_("Case"), "", true),
                   s->c.public_id);
    }
    return true;
}

static bool fill_thread(struct request *req, struct scene *s, struct case_page_view *v,
                        struct err *err)
{
    struct talks talks;
    struct deed_view *d;

    if (s->c.state < CASE_WITH_CB)
        return true;
    if (!fill_talks(req, s, THREAD_BODIES, NULL, v->is_paper, &talks, &v->thread_pager, err) ||
        !talk_read(s->tx, who_of(req), &s->c, THREAD_BODIES, NULL, err))
        return PASS(err);
    v->has_thread = true;
    v->thread_title = tr(req->lang, N_("Between the two bodies"));
    thread_view(req->arena, req->lang, &talks, true, STR_NONE, &v->thread);
    d = deed_add(req, &v->thread_deeds, "say", N_("Write a message"), N_("Send"),
                 case_href(req, s, "/messages"),
                 who_of(req)->roles & ROLE_RB ? N_("The coordinating body is told.")
                                              : N_("The receiving body is told."),
                 LOOK_PLAIN, 0);
    deed_field(req, d, FIELD_TEXTAREA, "text", N_("Message"), "", true);
    deed_files(req, d);
    return true;
}

static void fill_facts(struct request *req, const struct scene *s, struct case_page_view *v)
{
    const struct {
        const char *name;
        struct utc at;
    } times[] = {
        { N_("Report received"), s->c.submitted_at },
        { N_("Accepted"), s->c.accepted_at },
        { N_("Handling by the coordinating body began"), s->c.handling_started_at },
        { N_("First contact with a developer"), s->c.first_contact_at },
    };

    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = tr(req->lang, N_("Where it comes from")),
                            .value = tr(req->lang, source_find(s->c.source)->words) });
    for (size_t i = 0; i < COUNT(times); i++) {
        if (times[i].at.ms)
            VEC_PUSH(req->arena, &v->facts,
                     (struct fact){ .name = tr(req->lang, times[i].name),
                                    .value = tr_instant(req->arena, req->lang, times[i].at) });
    }
}

static bool fill_for_body(struct request *req, struct scene *s, struct case_page_view *v,
                          struct err *err)
{
    const struct subject *who = who_of(req);

    if (!fill_frame(req, s, v, err) || !fill_texts(req, s, v, err) ||
        !fill_files(req, s, NULL, v, err))
        return PASS(err);
    v->sentence =
        state_sentence(req->arena, req->lang, &desk_of(req)->casework, &s->c, &s->developers);
    state_clock(req->arena, req->lang, &desk_of(req)->casework, &s->c, &s->developers, req->now,
                &v->clock);
    v->summary = s->c.summary;
    fill_facts(req, s, v);
    if (!fill_grid(req, s, v, err) || !add_coordination_deeds(req, s, v, err) ||
        !fill_advisory(req, s, v, err) || !fill_committee(req, s, v, err) ||
        !fill_belongs(req, s, v, err) || !fill_eol(req, s, v, err) ||
        !fill_priority(req, s, v, err) || !fill_observed(req, s, v, err) ||
        !fill_withdrawal(req, s, v, err) || !fill_analyses(req, s, v, err) ||
        !fill_exchanges(req, s, v, err) || !fill_rooms(req, s, v, err) ||
        !fill_numbers(req, s, v, err) || !fill_waiting(req, s, v, err) ||
        !fill_later_date(req, s, v, err) || !fill_dates(req, s, v, err) ||
        !fill_thread(req, s, v, err) ||
        ((who->roles & ROLE_CB) && !fill_consultations(req, s, v, err)) ||
        ((who->roles & ROLE_CB) &&
         !fill_notes(req, s, THREAD_STAFF_CB, NULL, case_href(req, s, ""), v, err)) ||
        !fill_like(req, s, "cases", v, err))
        return PASS(err);
    if (!product_is_closed(s->c.state))
        fill_common_deeds(req, s, case_href(req, s, ""), &v->deeds);
    if (!product_is_closed(s->c.state) &&
        !fill_handover(req, s, case_href(req, s, ""), &v->deeds, err))
        return PASS(err);
    v->history_href = case_href(req, s, "/history");
    if (who->roles & ROLE_RB)
        v->report_href = arena_printf(req->arena, "/reports/%.*s", STR_ARG(s->c.public_id));
    return true;
}

bool fill_case(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    bool is_body = who_of(req)->roles & (ROLE_RB | ROLE_CB);

    return (is_body ? fill_for_body(req, s, v, err) : fill_own(req, s, v, err)) ? true : PASS(err);
}

bool case_page_show(struct request *req, struct response *res, const struct err *fault,
                    struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct case_page_view v = { 0 };
    struct page *page = frame_page(req);

    /* A developer's first look is an event, and what stands on the page has been read. */
    if (!scene_open(req, TX_WRITE, &s, err) || !fill_case(req, &s, &v, err) ||
        !tx_commit(&s.tx, err))
        return PASS(err);
    v.print_href = case_href(req, &s, "/print");
    v.search_href = case_href(req, &s, "/search");
    fill_fault(req, fault, &v);
    case_page(page, &v);
    return case_frame_send(
        req, res, page, s.c.number,
        CASE_CRUMBS({ tr(req->lang, N_("Cases")), STR("/cases") }, { s.c.number, STR_NONE }), err);
}

bool case_show(struct request *req, struct response *res, struct err *err)
{
    enum sheet_format format;

    if (!sheet_asked(req, &format, err))
        return PASS(err);
    if (format != SHEET_PAGE)
        return grid_send(req, res, format, err) ? true : PASS(err);
    return case_page_show(req, res, NULL, err);
}
