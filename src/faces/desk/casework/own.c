#include "faces/desk/casework/own.h"

#include "base/err.h"
#include "domain/casework/developer_view.h"
#include "domain/casework/direct.h"
#include "domain/casework/intake.h"
#include "domain/casework/talk.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/show.html.h"
#include "faces/desk/casework/state.h"

enum { PRODUCT_ROWS = 3 };

static bool can(const struct request *req, const struct developer *d, enum developer_event event)
{
    struct developer_facts all = { .is_registered = true,
                                   .has_summary = true,
                                   .warning_acknowledged = true,
                                   .result_given = true,
                                   .countermeasure_given = true,
                                   .had_detail = d->detail_at.ms != 0,
                                   .was_reminded = true,
                                   .has_reason = true };

    return life_can(&developer_life, (int)d->state, who_of(req)->roles, (int)event, &all);
}

/* What is expected next, in one sentence with its date. */
static struct str own_sentence(struct request *req, const struct scene *s)
{
    struct str due =
        s->own.answer_due.ms ? tr_instant(req->arena, req->lang, s->own.answer_due) : STR_NONE;

    if (s->c.state == CASE_SELF_PRODUCT)
        return tr(
            req->lang,
            N_("Both bodies have your report. The coordinating body hears you about the publication date and sets it next."));
    if (s->c.state == CASE_STOPPED)
        return tr(req->lang, N_("The handling has ended."));
    switch (s->own.state) {
    case DEVELOPER_SUMMARY_SENT:
    case DEVELOPER_NO_REPLY:
        return due.len
                   ? tr_fill(
                         req->arena, req->lang,
                         N_("Please tell us by {due} whether any of your products may be affected: ask for the detail, or tell us that you have no affected product."),
                         TR_ARGS({ "due", due }))
                   : tr(req->lang,
                        N_("Please tell us whether any of your products may be affected: ask for the detail, or tell us that you have no affected product."));
    case DEVELOPER_DETAIL_REQUESTED:
        return tr(req->lang,
                  N_("You have asked for the detail. The coordinating body gives it to you next."));
    case DEVELOPER_DETAIL_SENT:
        return due.len
                   ? tr_fill(
                         req->arena, req->lang,
                         N_("Please verify your products and report the result by {due}. The detail is confidential."),
                         TR_ARGS({ "due", due }))
                   : tr(req->lang,
                        N_("Please verify your products and report the result. The detail is confidential."));
    case DEVELOPER_VERIFIED:
    case DEVELOPER_MITIGATING:
        if (str_eq(s->own.affected, STR("NO")))
            return tr(req->lang,
                      N_("You have reported that your products are not affected. Thank you."));
        return tr(
            req->lang,
            N_("Please prepare a countermeasure, at least a workaround, and report your response status by the publication date."));
    case DEVELOPER_READY:
        return tr(
            req->lang,
            N_("Your countermeasure is reported as ready. Please do not publish anything before the agreed date."));
    case DEVELOPER_PUBLISHED:
        return tr(
            req->lang,
            N_("It has been published. Please keep informing your users and report changes of your status."));
    case DEVELOPER_NO_PRODUCT:
        return tr(req->lang, N_("You have told us that you have no affected product. Thank you."));
    case DEVELOPER_REFUSED:
        return tr(
            req->lang,
            N_("You have told us that you will not act. The coordinating body decides how to go on."));
    default:
        return STR_NONE;
    }
}

static void add_first_deeds(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d;

    if (can(req, &s->own, ON_REQUEST_DETAIL)) {
        d = deed_add(
            req, deeds, "detail", N_("Ask for the detail"), N_("Ask for the detail"),
            case_href(req, s, "/answer/detail"),
            N_("The coordinating body is told. When it has given you the detail, you verify your products and report the result."),
            LOOK_GO, s->c.version);
        deed_field(
            req, d, FIELD_CHECK, "acknowledged",
            N_("I acknowledge that a developer which has received the detail may have its name and its response status published, and that the detail is to be kept secret until the publication date"),
            "", true);
    }
    if (can(req, &s->own, ON_NO_PRODUCT)) {
        d = deed_add(req, deeds, "no-product", N_("We have no affected product"),
                     N_("Tell the coordinating body"), case_href(req, s, "/answer/no-product"),
                     N_("The coordinating body is told; you need not do anything more."),
                     LOOK_PLAIN, s->c.version);
        deed_field(req, d, FIELD_CHECK, "name_consent",
                   N_("We may be named at publication as not affected"), "", false);
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("Remark"), "", false);
    }
}

static void add_product_fields(struct request *req, struct deed_view *d)
{
    for (int i = 0; i < PRODUCT_ROWS; i++) {
        struct field_view *f =
            deed_field(req, d, FIELD_TEXT, "product_name", N_("Product"), "", false);

        f->id = arena_printf(req->arena, "result-product-%d", i);
        f->value = d->is_open ? request_form_nth(req, "product_name", (size_t)i) : STR_NONE;
        f->label = tr_fill(req->arena, req->lang, N_("Product {n}"),
                           TR_ARGS({ "n", tr_number(req->arena, i + 1) }));
        f = deed_field(req, d, FIELD_SELECT, "product_affected", N_("Affected?"), "", false);
        f->id = arena_printf(req->arena, "result-affected-%d", i);
        f->value = d->is_open ? request_form_nth(req, "product_affected", (size_t)i) : STR_NONE;
        deed_choice(req, f, "YES", N_("Affected"));
        deed_choice(req, f, "NO", N_("Not affected"));
        deed_choice(req, f, "INVESTIGATING", N_("Being verified"));
        f = deed_field(req, d, FIELD_TEXT, "product_versions", N_("Affected versions"),
                       N_("Example: 1.0.0 to 2.1.3"), false);
        f->id = arena_printf(req->arena, "result-versions-%d", i);
        f->value = d->is_open ? request_form_nth(req, "product_versions", (size_t)i) : STR_NONE;
        f = deed_field(req, d, FIELD_TEXT, "product_fixed", N_("Fixed version"),
                       N_("Example: 2.1.4; leave it empty if there is none yet."), false);
        f->id = arena_printf(req->arena, "result-fixed-%d", i);
        f->value = d->is_open ? request_form_nth(req, "product_fixed", (size_t)i) : STR_NONE;
    }
}

static void add_result_deed(struct request *req, const struct scene *s,
                            const struct developer_report *last, struct deeds *deeds)
{
    struct deed_view *d;
    struct field_view *f;

    if (!can(req, &s->own, ON_VERIFY_AFFECTED))
        return;
    d = deed_add(req, deeds, "result",
                 s->own.verified_at.ms ? N_("Report a new verification result")
                                       : N_("Report the verification result"),
                 N_("Report the result"), case_href(req, s, "/answer/result"),
                 N_("The coordinating body is told. Other developers are not."),
                 s->own.verified_at.ms ? LOOK_PLAIN : LOOK_GO, s->c.version);
    f = deed_field(req, d, FIELD_RADIO, "affected", N_("Are your products affected?"), "", true);
    if (f->value.len == 0)
        f->value = s->own.affected;
    deed_choice(req, f, "YES", N_("Affected"));
    deed_choice(req, f, "NO", N_("Not affected"));
    deed_choice(req, f, "INVESTIGATING", N_("Being verified"));
    f = deed_field(req, d, FIELD_RADIO, "novelty", N_("Is it new?"), "", true);
    if (f->value.len == 0)
        f->value = s->own.novelty;
    deed_choice(req, f, "NEW", N_("New"));
    deed_choice(req, f, "KNOWN", N_("Already known"));
    deed_value(req,
               deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason"),
                          N_("How you verified it; if it is known, where it has been published."),
                          true),
               last->words);
    add_product_fields(req, d);
}

#define STATUS_DRAFT "/answer/status/draft"

/* What is being written counts before what was reported last. */
static struct status_report status_shown(const struct scene *s, const struct developer_report *last,
                                         const struct status_draft *draft)
{
    if (draft->version > 0)
        return draft->report;
    return (struct status_report){ .countermeasure = s->own.countermeasure,
                                   .words = last->status_words,
                                   .statement_ja = last->statement_ja,
                                   .statement_en = last->statement_en,
                                   .url = last->url };
}

static void offer_draft(struct request *req, const struct scene *s,
                        const struct status_draft *draft, struct deed_view *d)
{
    struct field_view *version =
        deed_field(req, d, FIELD_HIDDEN, "draft_version", N_("Draft"), "", false);

    version->value = arena_printf(req->arena, "%lld", (long long)draft->version);
    d->keep = (struct link){ .label = tr(req->lang, N_("Keep as a draft")),
                             .href = case_href(req, s, STATUS_DRAFT) };
    if (draft->version == 0)
        return;
    d->is_open = d->is_open || req->method == METHOD_GET;
    d->kept = tr_fill(
        req->arena, req->lang,
        N_("A draft that {who} kept on {when}. It is seen by the managers of your organisation alone until it is reported."),
        TR_ARGS({ "who", draft->by }, { "when", tr_instant(req->arena, req->lang, draft->kept) }));
}

static void add_status_deed(struct request *req, const struct scene *s,
                            const struct developer_report *last, const struct status_draft *draft,
                            struct deeds *deeds)
{
    const struct status_report shown = status_shown(s, last, draft);
    bool may = can(req, &s->own, ON_READY) || can(req, &s->own, ON_DEVELOPER_UPDATE) ||
               s->own.state == DEVELOPER_MITIGATING;
    struct deed_view *d;
    struct field_view *f;

    if (!may || !(who_of(req)->roles & ROLE_PM) || str_eq(s->own.affected, STR("NO")))
        return;
    d = deed_add(
        req, deeds, "status", N_("Report the response status"), N_("Report the status"),
        case_href(req, s, "/answer/status"),
        N_("The coordinating body and the receiving body are told. The statement is printed when it is published, not before."),
        LOOK_GO, s->c.version);
    d->is_open =
        d->is_open || (req->method == METHOD_POST && str_ends(req->path, STR(STATUS_DRAFT)));
    f = deed_field(req, d, FIELD_RADIO, "countermeasure", N_("Countermeasure"),
                   N_("If a fix is difficult, please offer at least a workaround."), true);
    if (f->value.len == 0)
        f->value = shown.countermeasure;
    if (s->own.state == DEVELOPER_VERIFIED || s->own.state == DEVELOPER_MITIGATING ||
        s->own.state == DEVELOPER_PUBLISHED)
        deed_choice(req, f, "PLANNED", N_("In preparation"));
    deed_choice(req, f, "WORKAROUND", N_("A workaround is ready"));
    deed_choice(req, f, "FIX", N_("A fix is ready"));
    deed_choice(req, f, "STOP_USE", N_("We advise users to stop using it"));
    deed_value(req,
               deed_field(req, d, FIELD_TEXTAREA, "words", N_("State of the work"),
                          N_("For the two bodies; not published."), true),
               shown.words);
    deed_value(req,
               deed_field(req, d, FIELD_TEXTAREA, "statement_ja",
                          N_("Statement for publication (Japanese)"), "", false),
               shown.statement_ja);
    deed_value(req,
               deed_field(req, d, FIELD_TEXTAREA, "statement_en",
                          N_("Statement for publication (English)"), "", false),
               shown.statement_en);
    deed_value(req,
               deed_field(req, d, FIELD_URL, "url", N_("Address of your own advisory"),
                          N_("It may be one that will exist only from the publication date on."),
                          false),
               shown.url);
    offer_draft(req, s, draft, d);
}

/* The address itself is shown to nobody, not even to those who gave it. Rule: PSR-40 */
static void add_reporter_deeds(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d = deed_add(
        req, deeds, "reporter", N_("Correct the address of who told you"), N_("Correct it"),
        case_href(req, s, "/answer/reporter"),
        N_("Mails on your behalf that are still to go reach the new address. It is shown to nobody; the reason is kept."),
        LOOK_PLAIN, s->c.version);
    struct field_view *lang;

    deed_field(req, d, FIELD_EMAIL, "reporter_email", N_("Mail address of who told you"), "", true);
    lang = deed_field(req, d, FIELD_RADIO, "reporter_lang", N_("Language of the mails"), "", true);
    deed_choice(req, lang, "ja", N_("Japanese"));
    deed_choice(req, lang, "en", N_("English"));
    deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
    d = deed_add(
        req, deeds, "reporter-erase", N_("Erase the address of who told you"), N_("Erase it"),
        case_href(req, s, "/answer/reporter/erase"),
        N_("The address is gone for good, and no mail goes there any more. The reason is kept."),
        LOOK_BAD, s->c.version);
    deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
}

static void add_other_deeds(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d;

    if (!(who_of(req)->roles & ROLE_PM))
        return;
    if (s->c.state == CASE_DATE_SET || s->c.state == CASE_COORDINATING ||
        s->c.state == CASE_SELF_PRODUCT) {
        d = deed_add(
            req, deeds, "wish-date", N_("Wish for another date"), N_("Send the wish"),
            case_href(req, s, "/answer/date"),
            N_("The coordinating body hears the others and decides. Until then the present date stands."),
            LOOK_PLAIN, s->c.version);
        deed_value(req,
                   deed_field(req, d, FIELD_DATETIME, "proposed",
                              N_("Date and time you propose (JST)"), "", true),
                   s->c.publication_date.ms ? deed_instant(req->arena, s->c.publication_date)
                                            : STR_NONE);
        deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
    }
    if (s->own.detail_at.ms && !product_is_closed(s->c.state)) {
        d = deed_add(req, deeds, "give-hint", N_("Others may be affected as well"),
                     N_("Tell the coordinating body"), case_href(req, s, "/answer/hint"),
                     N_("Only the coordinating body is told."), LOOK_PLAIN, s->c.version);
        deed_field(req, d, FIELD_TEXT, "developer_name", N_("Developer"), "", true);
        deed_field(req, d, FIELD_TEXT, "product", N_("Product"), "", false);
        deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Why you think so"), "", true);
    }
    if (can(req, &s->own, ON_REFUSE)) {
        d = deed_add(
            req, deeds, "refuse", N_("We will not act"), N_("Tell the coordinating body"),
            case_href(req, s, "/answer/refusal"),
            N_("The coordinating body decides how to go on; it may publish that you do not act."),
            LOOK_BAD, s->c.version);
        deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"),
                   N_("For example: support of the product has ended."), true);
    }
}

static bool fill_own_thread(struct request *req, struct scene *s, struct case_page_view *v,
                            struct err *err)
{
    struct talks talks;
    struct deed_view *d;

    if (!fill_talks(req, s, THREAD_PARTICIPANT, &s->own, v->is_paper, &talks, &v->thread_pager,
                    err) ||
        !talk_read(s->tx, who_of(req), &s->c, THREAD_PARTICIPANT, &s->own, err))
        return PASS(err);
    v->has_thread = true;
    v->thread_title = tr(req->lang, N_("With the coordinating body"));
    thread_view(req->arena, req->lang, &talks, false, tr(req->lang, N_("Coordinating body")),
                &v->thread);
    if (!(who_of(req)->roles & ROLE_PM))
        return true;
    d = deed_add(req, &v->thread_deeds, "say", N_("Write a message"), N_("Send"),
                 case_href(req, s, "/answer/messages"),
                 N_("Only the coordinating body can read it."), LOOK_PLAIN, 0);
    deed_field(req, d, FIELD_TEXTAREA, "text", N_("Message"), "", true);
    deed_files(req, d);
    return true;
}

/* Its own grid row: what the coordinating body has noted of it. */
static void fill_own_facts(struct request *req, const struct scene *s,
                           const struct developer_view *seen, struct case_page_view *v)
{
    const struct developer_report *last = &seen->own;
    const struct tag_view step = developer_state_tag(req->lang, s->own.state);

    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = tr(req->lang, N_("Step")), .tag = step });
    if (grant_sees(&s->grant, SEES_OWN_S)) {
        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){ .name = tr(req->lang, N_("Your result")),
                                .tag = affected_tag(req->lang, &s->own),
                                .value = last->words });
        for (size_t i = 0; i < last->products.len; i++) {
            const struct product_result *p = &last->products.at[i];

            VEC_PUSH(req->arena, &v->facts,
                     (struct fact){ .name = p->name,
                                    .value = p->fixed_versions.len > 0
                                                 ? arena_printf(req->arena, "%.*s → %.*s",
                                                                STR_ARG(p->affected_versions),
                                                                STR_ARG(p->fixed_versions))
                                             : p->affected_versions.len > 0 ? p->affected_versions
                                                                            : STR("—") });
        }
        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){ .name = tr(req->lang, N_("Your countermeasure")),
                                .tag = countermeasure_tag(req->lang, &s->own),
                                .value = last->status_words });
    }
    if (last->statement_ja.len > 0)
        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){ .name = tr(req->lang, N_("Statement (Japanese)")),
                                .value = last->statement_ja });
    if (last->statement_en.len > 0)
        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){ .name = tr(req->lang, N_("Statement (English)")),
                                .value = last->statement_en });
    if (seen->publication_date.ms)
        VEC_PUSH(
            req->arena, &v->facts,
            (struct fact){ .name = tr(req->lang, N_("Publication date")),
                           .value = tr_instant(req->arena, req->lang, seen->publication_date) });
}

/* Whose own report was stopped is told why, as a finder is. */
static bool fill_reason(struct request *req, struct scene *s, struct case_page_view *v,
                        struct err *err)
{
    struct str code, words;
    const char *listed;

    if (!intake_reason(s->tx, &s->c, req->arena, &code, &words, err))
        return PASS(err);
    listed = intake_code_words(code);
    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = tr(req->lang, N_("Reason")),
                            .value = listed ? arena_printf(req->arena, "%.*s\n%.*s",
                                                           STR_ARG(tr(req->lang, listed)),
                                                           STR_ARG(words))
                                            : words });
    return true;
}

bool fill_own(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct developers alone = { .at = &s->own, .len = 1, .cap = 1 };
    struct developer_view seen;
    struct status_draft draft;
    bool has_reporter;

    if (!s->has_own)
        return FAIL(err, ABSENT, STR("a case"));
    if (!answer_seen(s->tx, who_of(req), &s->c, &s->own, req->now, req->arena, err) ||
        !fill_frame(req, s, v, err) || !fill_files(req, s, NULL, v, err) ||
        !developer_view_load(s->tx, &s->c, &s->own, &s->grant, req->arena, &seen, err) ||
        !answer_draft(s->tx, who_of(req), &s->c, &s->own, req->arena, &draft, err) ||
        !direct_is_kept(s->tx, &s->own, &has_reporter, err))
        return PASS(err);
    v->title = seen.title;
    v->summary = seen.summary;
    fill_blocks(req, REPORT_PRODUCT, seen.texts, false, &v->texts);
    v->sentence = own_sentence(req, s);
    state_clock(req->arena, req->lang, &desk_of(req)->casework, &s->c, &alone, req->now, &v->clock);
    if (!product_is_closed(s->c.state) || s->c.state == CASE_PUBLISHED) {
        add_first_deeds(req, s, &v->deeds);
        add_result_deed(req, s, &seen.last, &v->deeds);
        add_status_deed(req, s, &seen.last, &draft, &v->deeds);
        add_other_deeds(req, s, &v->deeds);
    }
    if (has_reporter && who_of(req)->roles & ROLE_PM)
        add_reporter_deeds(req, s, &v->deeds);
    if (!fill_own_committee(req, s, v, err) || !fill_dates(req, s, v, err) ||
        !fill_own_priority(req, s, v, err) || !fill_observed(req, s, v, err) ||
        !fill_withdrawal(req, s, v, err) || !fill_rooms(req, s, v, err))
        return PASS(err);
    fill_own_facts(req, s, &seen, v);
    if (s->c.state == CASE_STOPPED && !s->c.report_id && !fill_reason(req, s, v, err))
        return PASS(err);
    if (!fill_own_thread(req, s, v, err) ||
        !fill_notes(req, s, THREAD_STAFF_PD, &s->own, case_href(req, s, "/answer"), v, err))
        return PASS(err);
    return true;
}
