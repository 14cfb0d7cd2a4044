#include "faces/desk/casework/state.h"

#include "base/record.h"
#include "base/tr.h"
#include "domain/casework/withdrawal.h"

struct tag_row {
    const char *word;
    enum tone tone;
};

static struct tag_view tag_of(enum lang lang, struct tag_row row)
{
    return (struct tag_view){ tr(lang, row.word), row.tone };
}

struct tag_view state_tag(enum lang lang, enum product_state state)
{
    static const struct tag_row rows[CASE_STATES] = {
        [CASE_START] = { N_("New"), TONE_NEUTRAL },
        [CASE_SUBMITTED] = { N_("Received"), TONE_EMBER },
        [CASE_UNDER_REVIEW] = { N_("Under review"), TONE_WARN },
        [CASE_REJECTED] = { N_("Not accepted"), TONE_NEUTRAL },
        [CASE_ACCEPTED] = { N_("Accepted"), TONE_WARN },
        [CASE_STOPPED] = { N_("Processing stopped"), TONE_NEUTRAL },
        [CASE_WITH_CB] = { N_("Forwarded to the coordinating body"), TONE_WARN },
        [CASE_VENDOR_IDENTIFIED] = { N_("Developers chosen"), TONE_WARN },
        [CASE_COORDINATING] = { N_("Being coordinated"), TONE_WARN },
        [CASE_DATE_SET] = { N_("Date set"), TONE_EMBER },
        [CASE_PUBLISHED] = { N_("Published"), TONE_GOOD },
        [CASE_CANCELLED_KNOWN] = { N_("Cancelled: already known"), TONE_NEUTRAL },
        [CASE_CLOSED_NOT_VULN] = { N_("Not a vulnerability"), TONE_NEUTRAL },
        [CASE_CLOSED_INDIVIDUAL] = { N_("Handled individually"), TONE_NEUTRAL },
        [CASE_CLOSED_EOL_A] = { N_("Handling ended"), TONE_NEUTRAL },
        [CASE_COMMITTEE] = { N_("Before the committee"), TONE_WARN },
        [CASE_SELF_PRODUCT] = { N_("The developer's own report"), TONE_EMBER },
        [CASE_MERGED] = { N_("Merged into another case"), TONE_NEUTRAL },
        [CASE_FOREIGN] = { N_("From outside the Partnership"), TONE_EMBER },
    };

    return tag_of(lang, rows[state]);
}

struct tag_view website_state_tag(enum lang lang, enum website_state state)
{
    static const struct tag_row rows[SITE_STATES] = {
        [SITE_START] = { N_("New"), TONE_NEUTRAL },
        [SITE_SUBMITTED] = { N_("Received"), TONE_EMBER },
        [SITE_REJECTED] = { N_("Not accepted"), TONE_NEUTRAL },
        [SITE_ACCEPTED] = { N_("Accepted"), TONE_WARN },
        [SITE_STOPPED] = { N_("Processing stopped"), TONE_NEUTRAL },
        [SITE_STAGE1_SENT] = { N_("First mail sent"), TONE_WARN },
        [SITE_STAGE2_SENT] = { N_("Second mail sent"), TONE_WARN },
        [SITE_STAGE3_SENT] = { N_("Details sent"), TONE_WARN },
        [SITE_INVESTIGATING] = { N_("Operator examines it"), TONE_WARN },
        [SITE_FIXING] = { N_("Operator fixes it"), TONE_WARN },
        [SITE_FIXED] = { N_("Fix reported"), TONE_EMBER },
        [SITE_CLOSED] = { N_("Fixed"), TONE_GOOD },
        [SITE_CLOSED_NOT_VULN] = { N_("Not a vulnerability"), TONE_NEUTRAL },
        [SITE_UNHANDLEABLE] = { N_("Cannot be handled"), TONE_NEUTRAL },
        [SITE_CLOSED_ALERT] = { N_("Alert issued"), TONE_NEUTRAL },
    };

    return tag_of(lang, rows[state]);
}

struct tag_view developer_state_tag(enum lang lang, enum developer_state state)
{
    static const struct tag_row rows[DEVELOPER_STATES] = {
        [DEVELOPER_START] = { N_("New"), TONE_NEUTRAL },
        [DEVELOPER_IDENTIFIED] = { N_("Chosen, not told yet"), TONE_NEUTRAL },
        [DEVELOPER_SUMMARY_SENT] = { N_("Summary sent"), TONE_WARN },
        [DEVELOPER_NO_PRODUCT] = { N_("No affected product"), TONE_GOOD },
        [DEVELOPER_DETAIL_REQUESTED] = { N_("Asks for the detail"), TONE_EMBER },
        [DEVELOPER_DETAIL_SENT] = { N_("Verifying"), TONE_WARN },
        [DEVELOPER_VERIFIED] = { N_("Result reported"), TONE_WARN },
        [DEVELOPER_MITIGATING] = { N_("Making the countermeasure"), TONE_WARN },
        [DEVELOPER_READY] = { N_("Countermeasure ready"), TONE_GOOD },
        [DEVELOPER_PUBLISHED] = { N_("Published"), TONE_GOOD },
        [DEVELOPER_NO_REPLY] = { N_("No reply"), TONE_BAD },
        [DEVELOPER_REFUSED] = { N_("Refuses"), TONE_BAD },
        [DEVELOPER_UNREACHABLE] = { N_("Cannot be reached"), TONE_BAD },
        [DEVELOPER_RESUMED] = { N_("Contact was made"), TONE_GOOD },
    };

    return tag_of(lang, rows[state]);
}

struct tag_view affected_tag(enum lang lang, const struct developer *d)
{
    if (str_eq(d->novelty, STR("KNOWN")))
        return tag_of(lang, (struct tag_row){ N_("Already known"), TONE_NEUTRAL });
    if (str_eq(d->affected, STR("YES")))
        return tag_of(lang, (struct tag_row){ N_("Affected"), TONE_BAD });
    if (str_eq(d->affected, STR("NO")))
        return tag_of(lang, (struct tag_row){ N_("Not affected"), TONE_GOOD });
    if (str_eq(d->affected, STR("INVESTIGATING")) || d->detail_at.ms)
        return tag_of(lang, (struct tag_row){ N_("Being verified"), TONE_WARN });
    return tag_of(lang, (struct tag_row){ N_("Not known yet"), TONE_NEUTRAL });
}

struct tag_view countermeasure_tag(enum lang lang, const struct developer *d)
{
    if (str_eq(d->countermeasure, STR("FIX")))
        return tag_of(lang, (struct tag_row){ N_("Fix ready"), TONE_GOOD });
    if (str_eq(d->countermeasure, STR("WORKAROUND")))
        return tag_of(lang, (struct tag_row){ N_("Workaround ready"), TONE_GOOD });
    if (str_eq(d->countermeasure, STR("STOP_USE")))
        return tag_of(lang, (struct tag_row){ N_("Advises to stop using it"), TONE_EMBER });
    if (str_eq(d->countermeasure, STR("PLANNED")))
        return tag_of(lang, (struct tag_row){ N_("In preparation"), TONE_WARN });
    return tag_of(lang, (struct tag_row){ N_("Not reported"), TONE_NEUTRAL });
}

struct tag_view level_tag(enum lang lang, const struct developer *d)
{
    if (str_eq(d->level, STR("DETAIL")))
        return tag_of(lang, (struct tag_row){ N_("Detail"), TONE_EMBER });
    if (str_eq(d->level, STR("SUMMARY")))
        return tag_of(lang, (struct tag_row){ N_("Summary"), TONE_WARN });
    return tag_of(lang, (struct tag_row){ N_("Nothing"), TONE_NEUTRAL });
}

struct tag_view contact_tag(enum lang lang, const struct developer *d)
{
    /* clang-format off */
    static const struct {
        const char *state;
        struct tag_row row;
    } rows[] = {
        { "NOT_CONTACTED", { N_("Not contacted"), TONE_NEUTRAL } },     { "CONTACT_ATTEMPTED", { N_("Waiting for an answer"), TONE_WARN } },
        { "OPEN", { N_("Has read it"), TONE_WARN } },                   { "IN_PROGRESS", { N_("Answering"), TONE_GOOD } },
        { "UNREACHABLE", { N_("Cannot be reached"), TONE_BAD } },       { "UNREACHABLE_NAMED", { N_("On the public list, by name"), TONE_BAD } },
        { "UNREACHABLE_PRODUCT", { N_("On the public list, with the product"), TONE_BAD } }, { "UNDER_JUDGEMENT", { N_("Before the committee"), TONE_BAD } },
        { "COMPLETED", { N_("Complete"), TONE_GOOD } },                 { "DISPUTED", { N_("Disputes it"), TONE_BAD } },
    };
    /* clang-format on */

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq_z(d->contact, rows[i].state))
            return tag_of(lang, rows[i].row);
    }
    return (struct tag_view){ d->contact, TONE_NEUTRAL };
}

struct tag_view grade_tag(enum lang lang, struct str grade)
{
    if (str_eq(grade, STR("PRIORITY")))
        return tag_of(lang, (struct tag_row){ N_("Priority"), TONE_BAD });
    if (str_eq(grade, STR("NORMAL")))
        return tag_of(lang, (struct tag_row){ N_("Normal"), TONE_WARN });
    if (str_eq(grade, STR("SIMPLE")))
        return tag_of(lang, (struct tag_row){ N_("Simplified"), TONE_NEUTRAL });
    return tag_of(lang, (struct tag_row){ N_("Not assessed"), TONE_NEUTRAL });
}

struct tag_view advisory_tag(enum lang lang, struct str state)
{
    /* clang-format off */
    static const struct {
        const char *state;
        struct tag_row row;
    } rows[] = {
        { "DRAFT", { N_("Draft"), TONE_NEUTRAL } },           { "REVIEW", { N_("In review"), TONE_WARN } },
        { "APPROVED", { N_("Waits for the receiving body"), TONE_WARN } }, { "CONFIRMED", { N_("Waits for the rehearsal"), TONE_WARN } },
        { "SCHEDULED", { N_("Scheduled"), TONE_EMBER } },     { "PUBLISHED", { N_("Published"), TONE_GOOD } },
    };
    /* clang-format on */

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq_z(state, rows[i].state))
            return tag_of(lang, rows[i].row);
    }
    return tag_of(lang, (struct tag_row){ N_("Not begun"), TONE_NEUTRAL });
}

/* ---- the sentence ---- */

static struct str developer_name(enum lang lang, const struct developer *d)
{
    return lang == LANG_EN && d->organisation_name_en.len > 0 ? d->organisation_name_en
                                                              : d->organisation_name_ja;
}

/* The developer whose answer is due first. */
static const struct developer *next_to_answer(const struct developers *developers)
{
    const struct developer *next = NULL;

    for (size_t i = 0; i < developers->len; i++) {
        const struct developer *d = &developers->at[i];

        if (d->answer_due.ms && (!next || d->answer_due.ms < next->answer_due.ms))
            next = d;
    }
    return next;
}

static struct str coordinating_sentence(struct arena *arena, enum lang lang,
                                        const struct developers *developers)
{
    const struct developer *next = next_to_answer(developers);
    int64_t asked = 0, reported = 0;

    for (size_t i = 0; i < developers->len; i++) {
        asked += developers->at[i].summary_at.ms != 0;
        reported += developers->at[i].verified_at.ms != 0;
    }
    if (next)
        return tr_fill(
            arena, lang,
            N_("Developers that have reported: {reported} of {asked}. {name} acts next, by {due}."),
            TR_ARGS({ "reported", tr_number(arena, reported) },
                    { "asked", tr_number(arena, asked) }, { "name", developer_name(lang, next) },
                    { "due", tr_short_instant(arena, lang, next->answer_due) }));
    return tr_fill(
        arena, lang,
        N_("Developers that have reported: {reported} of {asked}. The coordinating body acts next."),
        TR_ARGS({ "reported", tr_number(arena, reported) }, { "asked", tr_number(arena, asked) }));
}

struct str state_sentence(struct arena *arena, enum lang lang, const struct casework *w,
                          const struct product_case *c, const struct developers *developers)
{
    (void)w;
    switch (c->state) {
    case CASE_SUBMITTED:
        return tr(lang, N_("A report has arrived. The receiving body opens it next."));
    case CASE_UNDER_REVIEW:
        return tr(
            lang,
            N_("The receiving body is checking the report and decides next whether it is accepted."));
    case CASE_ACCEPTED:
        return tr(
            lang,
            N_("The report has been accepted. The receiving body forwards it to the coordinating body next."));
    case CASE_WITH_CB:
        return tr(lang, N_("The coordinating body has it and chooses the developers next."));
    case CASE_VENDOR_IDENTIFIED:
        return tr(
            lang,
            N_("Developers have been chosen. The coordinating body tells them next; the first contact starts the clock."));
    case CASE_COORDINATING:
        return coordinating_sentence(arena, lang, developers);
    case CASE_DATE_SET:
        return tr_fill(arena, lang, N_("It will be published on {date}."),
                       TR_ARGS({ "date", tr_instant(arena, lang, c->publication_date) }));
    case CASE_COMMITTEE:
        if (c->publication_date.ms)
            return tr_fill(arena, lang,
                           N_("By the committee's judgement it will be published on {date}."),
                           TR_ARGS({ "date", tr_instant(arena, lang, c->publication_date) }));
        return tr(
            lang,
            N_("The publication judgement committee judges whether it is published, because the developer refuses or cannot be reached."));
    case CASE_PUBLISHED:
        return tr_fill(arena, lang, N_("It was published on {date}."),
                       TR_ARGS({ "date", tr_instant(arena, lang, c->published_at) }));
    case CASE_REJECTED:
        return tr(lang, N_("The report was not accepted. The finder has been told the reason."));
    case CASE_STOPPED:
        return tr(lang,
                  N_("The processing has been stopped. The finder has been told the reason."));
    case CASE_CANCELLED_KNOWN:
        return tr(lang,
                  N_("Publication was cancelled: all developers report that it is already known."));
    case CASE_CLOSED_NOT_VULN:
        return tr(lang, N_("Closed: all developers report that they are not affected."));
    case CASE_CLOSED_EOL_A:
        return tr(
            lang,
            N_("Closed: support of the product has ended, the developer was told, and the impact is small."));
    case CASE_CLOSED_INDIVIDUAL:
        return tr(lang, N_("Closed: the developer has handled it individually."));
    case CASE_MERGED:
        return tr(lang, N_("It rests: its handling goes on in another case."));
    case CASE_SELF_PRODUCT:
        return tr(
            lang,
            N_("A developer has reported it in its own product, with the countermeasure. The coordinating body hears the developer and sets the date next."));
    case CASE_FOREIGN:
        return tr(
            lang,
            N_("It came from outside the Partnership. The coordinating body chooses the developers next."));
    default:
        return STR_NONE;
    }
}

/* ---- clocks ---- */

struct when_view when_of(struct arena *arena, enum lang lang, struct utc t)
{
    if (!t.ms)
        return (struct when_view){ 0 };
    return (struct when_view){ tr_short_instant(arena, lang, t), utc_iso(arena, t), TONE_NEUTRAL };
}

struct when_view due_of(struct arena *arena, enum lang lang, struct utc now, struct utc due)
{
    if (!due.ms)
        return (struct when_view){ 0 };
    return (struct when_view){ tr_due(arena, lang, now, due), utc_iso(arena, due),
                               due.ms < now.ms                 ? TONE_BAD
                               : due.ms < now.ms + 3 * UTC_DAY ? TONE_EMBER
                                                               : TONE_NEUTRAL };
}

struct str website_sentence(struct arena *arena, enum lang lang, const struct website *s)
{
    static const char *const rows[SITE_STATES] = {
        [SITE_START] = N_("New"),
        [SITE_SUBMITTED] = N_("A new report on a website. Please decide whether it is accepted."),
        [SITE_REJECTED] = N_("The report was not accepted. The finder has been told the reason."),
        [SITE_ACCEPTED] = N_(
            "The report is accepted. Please write to the operator at the contact that the website shows."),
        [SITE_STOPPED] = N_("The processing was stopped. The finder has been told the reason."),
        [SITE_STAGE1_SENT] = N_(
            "The operator knows the address of the website alone. It is to name whom the details may be sent to."),
        [SITE_STAGE2_SENT] = N_("The operator is asked how mails are to be protected."),
        [SITE_STAGE3_SENT] =
            N_("The details have been sent. The operator is to confirm that it has them."),
        [SITE_INVESTIGATING] = N_("The operator has the details and examines them."),
        [SITE_FIXING] = N_("The operator has found that it is a vulnerability and fixes it."),
        [SITE_FIXED] = N_(
            "The operator has reported the fix, and the finder has been told. Please look at the report and close the case."),
        [SITE_CLOSED] = N_("The website has been fixed. The case is closed."),
        [SITE_CLOSED_NOT_VULN] =
            N_("Receiving body and operator agree that it is no vulnerability."),
        [SITE_UNHANDLEABLE] = N_("It cannot be handled. The finder has been told the reason."),
        [SITE_CLOSED_ALERT] = N_("The case was closed after an alert."),
    };

    (void)arena;
    if (s->state == SITE_STAGE1_SENT && s->contact_seq)
        return tr(
            lang,
            N_("The operator has named a contact for the details. Please ask there how mails are to be protected."));
    if (s->state == SITE_STAGE2_SENT && s->encryption.len > 0)
        return tr(lang, N_("It is agreed how mails are protected. Please send the details."));
    return tr(lang, rows[s->state]);
}

void website_clock(struct arena *arena, enum lang lang, const struct website *s, struct utc now,
                   struct clock_view *out)
{
    struct utc end = s->fixed_at.ms ? s->fixed_at : s->c.closed_at.ms ? s->c.closed_at : now;
    int64_t used = utc_days_between(s->stage3_at, end);
    struct utc target = utc_add_months(s->stage3_at, WEBSITE_TARGET_MONTHS);

    if (!s->stage3_at.ms)
        return;
    VEC_PUSH(arena, out,
             (struct clock_cell){
                 .label = tr(lang, N_("Since the detail notice")),
                 .value = tr_fill(arena, lang, N_("{used} of {target} days"),
                                  TR_ARGS({ "used", tr_number(arena, used) },
                                          { "target", tr_number(arena, WEBSITE_LONG_DAYS) })),
                 .note = s->long_pending_at.ms
                             ? tr(lang, N_("Handling takes long: no report of a fix for 90 days"))
                             : tr_fill(arena, lang, N_("started {date}"),
                                       TR_ARGS({ "date", tr_date(arena, lang, s->stage3_at) })),
                 .tone = used >= WEBSITE_LONG_DAYS ? TONE_BAD : TONE_NEUTRAL,
                 .done = used,
                 .whole = WEBSITE_LONG_DAYS });
    VEC_PUSH(arena, out,
             (struct clock_cell){
                 .label = tr(lang, N_("Target: three months")),
                 .value = tr_date(arena, lang, target),
                 .note = s->fixed_at.ms ? STR_NONE : tr_due(arena, lang, now, target),
                 .tone = !s->fixed_at.ms && target.ms < now.ms ? TONE_BAD : TONE_NEUTRAL });
    if (s->estimate.ms)
        VEC_PUSH(
            arena, out,
            (struct clock_cell){ .label = tr(lang, N_("The operator expects to have fixed it by")),
                                 .value = tr_date(arena, lang, s->estimate) });
}

void state_clock(struct arena *arena, enum lang lang, const struct casework *w,
                 const struct product_case *c, const struct developers *developers, struct utc now,
                 struct clock_view *out)
{
    struct utc start = case_start(w, c), end = c->published_at.ms ? c->published_at
                                               : c->closed_at.ms  ? c->closed_at
                                                                  : now;
    const struct developer *next = product_is_closed(c->state) ? NULL : next_to_answer(developers);

    if (start.ms) {
        int64_t used = utc_days_between(start, end);

        VEC_PUSH(arena, out,
                 (struct clock_cell){
                     .label = tr(lang, N_("From the start of counting")),
                     .value = tr_fill(arena, lang, N_("{used} of {target} days"),
                                      TR_ARGS({ "used", tr_number(arena, used) },
                                              { "target", tr_number(arena, w->target_days) })),
                     .note = tr_fill(arena, lang, N_("started {date}"),
                                     TR_ARGS({ "date", tr_date(arena, lang, start) })),
                     .tone = used > w->target_days       ? TONE_BAD
                             : used > w->target_days - 7 ? TONE_EMBER
                                                         : TONE_NEUTRAL,
                     .done = used,
                     .whole = w->target_days });
    }
    if (c->publication_date.ms)
        VEC_PUSH(arena, out,
                 (struct clock_cell){
                     .label = c->published_at.ms ? tr(lang, N_("Published"))
                                                 : tr(lang, N_("To be published")),
                     .value = tr_short_instant(
                         arena, lang, c->published_at.ms ? c->published_at : c->publication_date),
                     .note = c->published_at.ms ? tr_instant(arena, lang, c->published_at)
                                                : tr_due(arena, lang, now, c->publication_date),
                     .tone = TONE_EMBER });
    if (next)
        VEC_PUSH(
            arena, out,
            (struct clock_cell){
                .label = tr(lang, N_("Next deadline")),
                .value = tr_short_instant(arena, lang, next->answer_due),
                .note = tr_fill(arena, lang, N_("{name}, {due}"),
                                TR_ARGS({ "name", developer_name(lang, next) },
                                        { "due", tr_due(arena, lang, now, next->answer_due) })),
                .tone = next->answer_due.ms < now.ms ? TONE_BAD : TONE_NEUTRAL });
    if (c->report_id && start.ms && !c->published_at.ms && !c->closed_at.ms)
        VEC_PUSH(arena, out,
                 (struct clock_cell){
                     .label = tr(
                         lang, N_("From this day the finder may ask to be released from silence")),
                     .value = tr_date(arena, lang, withdrawal_from(w, c)),
                     .note = tr(lang, N_("one year from the start of counting")) });
}

/* ---- the timeline ---- */

struct str event_words(struct arena *arena, enum lang lang, const struct entry *e)
{
    /* clang-format off */
    static const struct {
        const char *kind, *words;
    } rows[] = {
        { "report.submitted", N_("A report arrived") },
        { "report.referred", N_("The report came with a referral number") },
        { "report.coincides", N_("The report may be about a vulnerability that is being handled already") },
        { "report.opened", N_("The receiving body opened the report") },
        { "report.not_accepted", N_("The report was not accepted; the finder was told the reason") },
        { "report.accepted", N_("The report was accepted; the finder was told") },
        { "case.stopped", N_("The processing was stopped; the finder was told the reason") },
        { "case.forwarded", N_("The receiving body forwarded it to the coordinating body") },
        { "case.taken", N_("The coordinating body took it") },
        { "case.developers_identified", N_("The developers were chosen") },
        { "clock.started", N_("First contact with a developer: the counting starts") },
        { "date.set", N_("The publication date was set; everybody was told") },
        { "date.changed", N_("The publication date was changed; everybody was told") },
        { "case.published", N_("It was published") },
        { "case.updated", N_("The publication was updated") },
        { "case.cancelled_known", N_("Publication was cancelled: already known") },
        { "case.cancelled_not_vuln", N_("Closed: none is affected") },
        { "case.closed_individual", N_("Closed: handled individually") },
        { "case.closed_eol", N_("Closed: support has ended, the developer was told, the impact is small") },
        { "eol.recorded", N_("What is known of the end of support was recorded") },
        { "case.merged", N_("It was merged into another case") },
        { "case.merged_here", N_("Another case was merged into this one") },
        { "case.released", N_("It was taken out of the case it had been merged into") },
        { "case.followed", N_("It was published in the case it had been merged into") },
        { "case.split_off", N_("It was split off another case") },
        { "case.parted", N_("A part was split off into a case of its own") },
        { "id.moved", N_("A CVE number came over from a case that was merged into this one") },
        { "report.own_product", N_("A developer reported a vulnerability of its own product; both bodies were told") },
        { "participant.reported_own", N_("The developer reported its countermeasure") },
        { "participant.added", N_("A developer was added") },
        { "participant.removed", N_("A developer was removed") },
        { "participant.breached", N_("The developer published before the agreed date") },
        { "participant.seen", N_("The developer has read what was sent") },
        { "summary.sent", N_("The summary was sent") },
        { "participant.no_product", N_("The developer has no affected product") },
        { "detail.requested", N_("The developer asked for the detail and acknowledged the warning") },
        { "detail.sent", N_("The detail was given") },
        { "result.reported", N_("The developer reported its verification result") },
        { "countermeasure.planned", N_("The developer is preparing a countermeasure") },
        { "countermeasure.ready", N_("The developer reported that the countermeasure is ready") },
        { "participant.published", N_("The developer's countermeasure was published") },
        { "participant.updated", N_("The developer updated its status") },
        { "participant.silent", N_("The developer was marked as not replying") },
        { "participant.refused", N_("The developer refuses to act") },
        { "report.foreign", N_("Notice came from outside the Partnership; the case began") },
        { "id.reserved", N_("A CVE number was reserved") },
        { "id.assigned", N_("A CVE number stands in the advisory") },
        { "id.released", N_("A CVE number was taken out of the advisory") },
        { "id.published", N_("A CVE number was published") },
        { "id.rejected", N_("A CVE number will not be used") },
        { "id.public_elsewhere", N_("A reserved CVE number was published elsewhere; the coordinating body was told") },
        { "exchange.opened", N_("A foreign coordinator takes part") },
        { "exchange.given", N_("A foreign coordinator was given what was coordinated") },
        { "exchange.seen", N_("The foreign coordinator has read what it was given") },
        { "exchange.said", N_("A message was exchanged with the foreign coordinator") },
        { "exchange.ended", N_("The foreign coordinator's part ended") },
        { "room.proposed", N_("A room that developers share was proposed") },
        { "room.invited", N_("The developer was asked into a shared room") },
        { "room.agreed", N_("The developer agreed to a shared room") },
        { "room.declined", N_("The developer declined a shared room") },
        { "room.left", N_("The developer left a shared room") },
        { "room.said", N_("A message was written in a shared room") },
        { "room.closed", N_("A shared room was closed") },
        { "analysis.asked", N_("A third party was asked to analyse it") },
        { "analysis.seen", N_("The third party has read what it was asked") },
        { "analysis.answered", N_("The third party sent the result of its analysis") },
        { "analysis.ended", N_("The analysis by the third party ended") },
        { "priority.planned", N_("Priority provision was planned; those concerned were consulted") },
        { "priority.answered", N_("The consultation about priority provision was answered") },
        { "priority.finder_told", N_("The finder was told of the priority provision beforehand") },
        { "priority.dropped", N_("The priority provision was dropped") },
        { "priority.provided", N_("The information was provided to critical infrastructure") },
        { "provision.made", N_("A recipient was given the information") },
        { "provision.seen", N_("A recipient of the priority provision has read it") },
        { "provision.received", N_("A recipient of the priority provision confirmed receipt") },
        { "receipt.issued", N_("A signed receipt was issued to the finder") },
        { "checkpoint.made", N_("The checkpoint of the day was made") },
        { "case.titled", N_("The working title was written") },
        { "case.summarised", N_("The summary was written") },
        { "impact.assessed", N_("The impact was assessed") },
        { "case.assigned", N_("An officer was assigned") },
        { "case.stop_advised", N_("The coordinating body gave notice that processing should stop") },
        { "status.reported", N_("The developer reported its response status") },
        { "answer.asked", N_("An answer was asked for") },
        { "reminder.sent", N_("A reminder was sent") },
        { "date.requested", N_("The developer wishes to move the publication date") },
        { "date.proposed", N_("A later publication date was proposed to a second officer") },
        { "date.proposal_declined", N_("The later publication date was declined") },
        { "date.decided", N_("The wish to move the date was answered") },
        { "hint.given", N_("The developer gave a hint that others are affected") },
        { "hint.handled", N_("A hint was looked into") },
        { "message.sent", N_("A message was written") },
        { "contact.attempted", N_("An attempt to reach the developer was recorded") },
        { "observation.claimed", N_("Somebody reported a leak, an exploit or an attack") },
        { "observation.adopted", N_("A leak, an exploit or an attack was confirmed, and everybody concerned was told") },
        { "observation.dismissed", N_("The report of a leak, an exploit or an attack was not confirmed") },
        { "observation.decided", N_("It was decided what follows from the leak, exploit or attack") },
        { "inquiry.received", N_("The finder asked something") },
        { "inquiry.consulted", N_("The coordinating body was asked what the finder may be told") },
        { "inquiry.advised", N_("It was said what the finder may be told") },
        { "inquiry.answered", N_("The finder's question was answered") },
        { "withdrawal.requested", N_("One year after the start of counting, the finder asked that the request not to disclose be withdrawn") },
        { "withdrawal.withdrawn", N_("The receiving body withdrew the request not to disclose: the finder is free to publish") },
        { "withdrawal.kept", N_("The receiving body asked the finder to wait: the request not to disclose stands for now") },
        { "case.referred", N_("It was put before the publication judgement committee") },
        { "case.returned", N_("It is coordinated again") },
        { "docket.proposed", N_("The coordinating body proposed it to the committee; both bodies and the committee were told") },
        { "docket.evidence_checked", N_("What was tried was gathered, and the four criteria were checked") },
        { "docket.notice_sent", N_("The developer was given notice and a day until which it may speak") },
        { "docket.opinion_received", N_("The developer gave its opinion") },
        { "docket.heard", N_("The time for the developer's opinion ended") },
        { "docket.convened", N_("The members were called to a meeting") },
        { "docket.recused", N_("A member stands aside") },
        { "docket.voted", N_("A member voted") },
        { "docket.deliberated", N_("The committee has judged; the minutes were kept") },
        { "docket.decided", N_("The receiving body decided to publish") },
        { "docket.declined", N_("The receiving body decided not to publish now") },
        { "docket.ordered", N_("The procedure was confirmed and the date set") },
        { "docket.view_given", N_("The developer wrote its view to be printed") },
        { "docket.executed", N_("It was published by the committee's judgement") },
        { "docket.suspended", N_("The judgement ended: the developer can be coordinated with") },
        { "unreachable.proposed", N_("The developer was proposed as one that cannot be reached") },
        { "unreachable.confirmed", N_("A second person confirmed that the developer cannot be reached") },
        { "unreachable.dropped", N_("The proposal that the developer cannot be reached was dropped") },
        { "unreachable.named", N_("The developer was named on the public list of unreachable developers") },
        { "unreachable.product_named", N_("The product was named on the public list of unreachable developers") },
        { "unreachable.deadline_set", N_("The public list announced a deadline") },
        { "unreachable.cleared", N_("Contact was made; the developer left the list") },
        { "unreachable.answered", N_("Somebody wrote about the developer through the public page") },
        { "participant.unreachable", N_("The developer counts as one that cannot be reached") },
        { "participant.resumed", N_("Contact with the developer was resumed") },
        { "participant.returned", N_("Coordination with the developer goes on where it was") },
        { "attachment.added", N_("A file was added") },
        { "attachment.released", N_("A file was released") },
        { "identity.asked", N_("It was asked to open the finder's identity") },
        { "identity.opened", N_("The finder's identity was opened") },
        { "identity.renewal_asked", N_("A new passphrase was asked for on behalf of the finder") },
        { "reporter.corrected", N_("The developer corrected the address of who had told it directly") },
        { "reporter.erased", N_("The developer erased the address of who had told it directly") },
        { "identity.renewal_allowed", N_("A second person agreed to a new passphrase; a link went to the finder") },
        { "identity.renewed", N_("The finder has a new passphrase") },
        { "timer.done", N_("A deadline came; those concerned were told") },
        { "advisory.created", N_("The advisory was begun") },
        { "advisory.submitted", N_("The advisory was handed in for review") },
        { "advisory.returned", N_("The advisory was returned") },
        { "advisory.approved", N_("The advisory was approved by a second person") },
        { "advisory.confirmed", N_("The receiving body confirmed the advisory") },
        { "advisory.rehearsed", N_("The publication was rehearsed") },
        { "advisory.scheduled", N_("The advisory was scheduled") },
        { "advisory.published", N_("The advisory was published") },
        { "website.submitted", N_("A report on a website arrived") },
        { "website.not_accepted", N_("The report was not accepted; the finder was told the reason") },
        { "website.accepted", N_("The report was accepted; the finder was told") },
        { "website.stopped", N_("The processing was stopped; the finder was told the reason") },
        { "website.contact_attempted", N_("An attempt to reach the operator was recorded") },
        { "website.stage1_sent", N_("First mail to the operator: the address of the website alone") },
        { "website.contact_named", N_("The operator named whom the details are to be sent to") },
        { "website.stage2_sent", N_("Second mail to the operator: how mails are to be protected") },
        { "website.encryption_agreed", N_("It was agreed with the operator how mails are protected") },
        { "website.stage3_sent", N_("Third mail to the operator: the details; the clocks of three months and 90 days began") },
        { "website.received", N_("The operator confirmed that it has the details") },
        { "website.result_reported", N_("The operator reported the result of its examination") },
        { "website.estimated", N_("The operator said by when it expects to have fixed it") },
        { "website.fixed", N_("The operator reported the fix; the finder was told") },
        { "website.closed", N_("The case was closed") },
        { "website.closed_not_vuln", N_("Closed: receiving body and operator agree that it is no vulnerability; the finder was told") },
        { "website.unhandleable", N_("Closed: it cannot be handled; the finder was told the reason") },
        { "website.closed_alert", N_("Closed after an alert; the finder was told") },
        { "website.long_pending", N_("90 days without a report of a fix: handling takes long") },
        { "website.integrator_told", N_("The operator handed information to a system integrator") },
        { "website.integrator_receipt", N_("The operator has the system integrator's receipt notice") },
        { "website.ordinance_decided", N_("The municipality decided on its disclosure ordinance") },
        { "website.direct_wished", N_("The operator wishes to exchange messages with the finder directly") },
        { "website.direct_agreed", N_("The finder agreed to a direct exchange") },
        { "website.direct_declined", N_("The finder did not agree to a direct exchange") },
        { "website.direct_opened", N_("The direct exchange of finder and operator was opened") },
    };
    /* clang-format on */

    if (str_eq(e->kind, STR("message.sent")) && str_starts(e->code, STR("STAFF_")))
        return tr(lang, N_("A note was written"));
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (str_eq_z(e->kind, rows[i].kind)) {
            if (e->n.ms &&
                (str_eq(e->kind, STR("date.set")) || str_eq(e->kind, STR("date.changed")) ||
                 str_eq(e->kind, STR("date.requested")) || str_eq(e->kind, STR("date.proposed"))))
                return tr_fill(arena, lang, N_("{what}: {date}"),
                               TR_ARGS({ "what", tr(lang, rows[i].words) },
                                       { "date", tr_instant(arena, lang, e->n) }));
            return tr(lang, rows[i].words);
        }
    }
    return e->kind;
}

void thread_view(struct arena *arena, enum lang lang, const struct talks *talks, bool name_people,
                 struct str other, struct message_list *out)
{
    for (size_t i = 0; i < talks->len; i++) {
        const struct talk *t = &talks->at[i];
        struct message m = {
            .id = arena_printf(arena, "m%lld", (long long)t->seq),
            .text = t->text,
            .when = when_of(arena, lang, t->at),
            .is_mine = t->is_own,
            .is_unread = t->is_unread,
        };

        if (str_eq(t->author_kind, STR("FINDER")))
            m.who = tr(lang, N_("Finder"));
        else if (name_people)
            m.who = arena_printf(arena, "%.*s %.*s", STR_ARG(t->author_organisation),
                                 STR_ARG(t->author_name));
        else
            m.who = t->is_own ? t->author_name : other;
        if (t->kind == TALK_QUESTION)
            m.tag = (struct tag_view){ tr(lang, N_("Question")), TONE_EMBER };
        else if (t->kind == TALK_INQUIRY)
            m.tag = (struct tag_view){ tr(lang, N_("Inquiry")), TONE_EMBER };
        else if (t->kind == TALK_CONSULTATION)
            m.tag =
                (struct tag_view){ tr(lang, N_("Asks before telling a third party")), TONE_EMBER };
        VEC_PUSH(arena, out, m);
    }
}
