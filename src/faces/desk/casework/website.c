/* faces/desk/casework/website.c: the case of a website at the receiving body: what was reported, how far the operator has been told, what it has
 * answered, and what can be done now. */
#include "base/err.h"
#include "base/record.h"
#include "domain/casework/website_operator.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/phrases.h"
#include "faces/desk/casework/show.html.h"
#include "faces/desk/casework/state.h"

static bool can(const struct request *req, const struct scene *s, enum website_event event)
{
    struct website_facts all = {
        .has_reason = true,
        .is_complete = true,
        .is_in_scope = true,
        .has_stop_cause = true,
        .has_address = true,
        .has_detail_contact = s->site.contact_seq != 0,
        .is_encryption_agreed = s->site.encryption.len > 0,
        .says_not_vulnerable = str_eq(s->site.result, STR("NOT_VULN")),
        .is_finder_told = true,
        .was_contact_tried = true,
        .has_alert = true,
        .do_both_consent = s->site.direct_agreed_at.ms && !s->site.direct_at.ms,
    };

    return life_can(&website_life, (int)s->site.state, who_of(req)->roles, (int)event, &all);
}

static struct str href(struct request *req, const struct scene *s, const char *rest)
{
    return arena_printf(req->arena, "/reports/%.*s%s", STR_ARG(s->c.public_id), rest);
}

static void add_codes(struct request *req, struct field_view *field, const struct code *codes)
{
    for (; codes->code; codes++)
        deed_choice(req, field, codes->code, codes->words);
}

static struct deed_view *add(struct request *req, const struct scene *s, struct deeds *deeds,
                             const char *id, const char *label, const char *verb, const char *path,
                             const char *tell, enum look look)
{
    return deed_add(req, deeds, id, label, verb, href(req, s, path), tell, look, s->c.version);
}

static void add_words_for_finder(struct request *req, struct deed_view *d)
{
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason, in words for the finder"), "", true);
}

/* ---- what can be done ---- */

static void add_reception(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d;

    if (can(req, s, ON_SITE_ACCEPT)) {
        d = add(req, s, deeds, "accept", N_("Accept the report"), N_("Accept the report"),
                "/accept", N_("The finder is told that the report has been accepted."), LOOK_GO);
        deed_field(
            req, d, FIELD_CHECK, "is_complete",
            N_("The finder's name and contact, the website and the vulnerability-related information are there, without contradiction"),
            "", true);
        deed_field(
            req, d, FIELD_CHECK, "is_in_scope",
            N_("It is a vulnerability of a website that is mainly used from Japan and can reach an unspecified number of people"),
            "", true);
    }
    if (can(req, s, ON_SITE_REJECT)) {
        d = add(
            req, s, deeds, "reject", N_("Do not accept"), N_("Do not accept, and tell the finder"),
            "/reject",
            N_("The finder is told that it is not accepted, and the reason. This cannot be undone."),
            LOOK_BAD);
        add_codes(req, deed_field(req, d, FIELD_RADIO, "code", N_("Reason code"), "", true),
                  reject_codes);
        add_words_for_finder(req, d);
    }
}

static void add_stage1(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d = add(
        req, s, deeds, "stage1", N_("Write to the operator (first mail)"),
        N_("Send the first mail"), "/stage1",
        N_("The mail gives the address of the website and no detail, and asks whom the details may be sent to."),
        LOOK_GO);
    struct field_view *f;

    deed_field(req, d, FIELD_EMAIL, "email", N_("Contact that the website shows"),
               N_("The mail address on the website itself."), true);
    f = deed_field(req, d, FIELD_SELECT, "operator_kind", N_("Who runs the website"),
                   N_("A municipality is asked about its disclosure ordinance as well."), true);
    deed_choice(req, f, "COMPANY", N_("Company or other organisation"));
    deed_choice(req, f, "MUNICIPALITY", N_("Municipality"));
    deed_choice(req, f, "OTHER", N_("Person or not known"));
    f = deed_field(req, d, FIELD_SELECT, "lang", N_("Language of the mails"), "", true);
    deed_choice(req, f, "ja", N_("Japanese"));
    deed_choice(req, f, "en", N_("English"));
}

static void add_stages(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d;

    if (can(req, s, ON_STAGE1))
        add_stage1(req, s, deeds);
    if (can(req, s, ON_STAGE2))
        add(req, s, deeds, "stage2", N_("Ask how mails are to be protected (second mail)"),
            N_("Send the second mail"), "/stage2",
            N_("It goes to the contact that the operator has named. The first mail's link ends."),
            LOOK_GO);
    if (can(req, s, ON_STAGE3)) {
        d = add(
            req, s, deeds, "stage3", N_("Send the details (third mail)"), N_("Send the details"),
            "/stage3",
            N_("The operator gets a handling number and sees the vulnerability, how it is confirmed and how it is attacked, but never the finder. The clocks of three months and 90 days begin."),
            LOOK_GO);
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("Kind of vulnerability and risks"),
                   N_("What can happen to the website and its users as things stand."), true);
    }
    if (can(req, s, ON_SITE_DIRECT))
        add(req, s, deeds, "direct", N_("Open the direct exchange"), N_("Open it"), "/direct",
            N_("The operator wishes it and the finder has agreed. Both are told, and a copy of every message comes to us."),
            LOOK_GO);
    if (!s->site.stage1_at.ms || website_is_closed(s->site.state) || s->site.state == SITE_FIXED)
        return;
    add(req, s, deeds, "reminder", N_("Send the last mail again"), N_("Send it again"), "/reminder",
        N_("The operator gets a fresh link. It is kept as an attempt to reach it."), LOOK_PLAIN);
}

static void add_attempt(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d =
        add(req, s, deeds, "attempt", N_("Record an attempt to reach the operator"),
            N_("Keep the attempt"), "/attempts", "", LOOK_PLAIN);

    add_codes(req, deed_field(req, d, FIELD_SELECT, "channel", N_("How"), "", true),
              website_channels);
    add_codes(req, deed_field(req, d, FIELD_SELECT, "result", N_("What came of it"), "", true),
              website_contact_results);
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("Remark"), "", false);
}

static void add_ends(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d;

    if (can(req, s, ON_SITE_CLOSE))
        add(req, s, deeds, "close", N_("Close the case"), N_("Close it"), "/close",
            N_("The finder has been told of the fix already."), LOOK_GO);
    if (can(req, s, ON_SITE_NOT_VULN)) {
        d = add(
            req, s, deeds, "not-vulnerable", N_("Agree that it is no vulnerability"),
            N_("Agree, and tell the finder"), "/not-vulnerable",
            N_("The operator has said so. The finder is told the end and the reason. This cannot be undone."),
            LOOK_BAD);
        add_words_for_finder(req, d);
    }
    if (can(req, s, ON_SITE_STOP)) {
        d = add(
            req, s, deeds, "stop", N_("Stop the processing"), N_("Stop, and tell the finder"),
            "/stop",
            N_("The finder is told that processing has been stopped, and the reason. This cannot be undone."),
            LOOK_BAD);
        add_codes(req,
                  deed_field(req, d, FIELD_RADIO, "code", N_("Cause"),
                             N_("The two causes of the operator need its result."), true),
                  website_stop_codes);
        add_words_for_finder(req, d);
    }
    if (can(req, s, ON_SITE_UNHANDLEABLE)) {
        d = add(req, s, deeds, "unhandleable", N_("End it as not to be handled"),
                N_("End it, and tell the finder"), "/unhandleable",
                N_("The finder is told the reason. This cannot be undone."), LOOK_BAD);
        add_codes(
            req,
            deed_field(
                req, d, FIELD_RADIO, "code", N_("Reason code"),
                N_("No answer needs attempts on record, a refusal the operator's word for it."),
                true),
            website_unhandleable_codes);
        add_words_for_finder(req, d);
    }
    if (can(req, s, ON_SITE_ALERT)) {
        d = add(
            req, s, deeds, "alert", N_("Close it after an alert"),
            N_("Close it, and tell the finder"), "/alert",
            N_("For many websites at once: the receiving body has issued an alert. This cannot be undone."),
            LOOK_BAD);
        deed_field(req, d, FIELD_TEXT, "alert", N_("The alert"), N_("Its number or address"), true);
        add_words_for_finder(req, d);
    }
}

/* ---- what is known of the operator ---- */

static void add_fact(struct request *req, struct fact_list *facts, const char *name,
                     struct str value)
{
    if (value.len > 0)
        VEC_PUSH(req->arena, facts, (struct fact){ .name = tr(req->lang, name), .value = value });
}

static struct str date_of(struct request *req, struct utc at)
{
    return at.ms ? tr_instant(req->arena, req->lang, at) : STR_NONE;
}

static const char *encryption_words(struct str method)
{
    return str_eq(method, STR(ENCRYPTION_PGP))
               ? N_("Mails are encrypted with the operator's PGP key")
           : method.len > 0 ? N_("The page asks for a passphrase; mails carry a link alone")
                            : "";
}

static bool fill_contact(struct request *req, struct scene *s, struct fact_list *facts,
                         struct err *err)
{
    const struct website *site = &s->site;
    struct str first, contact;

    if (!website_payload(s->tx, site, site->stage1_seq, req->arena, &first, err) ||
        !website_payload(s->tx, site, site->contact_seq, req->arena, &contact, err))
        return PASS(err);
    add_fact(req, facts, N_("Address of the page (URL)"), site->url);
    add_fact(req, facts, N_("Contact that the website shows"), record_get(first, "email"));
    add_fact(req, facts, N_("First mail"), date_of(req, site->stage1_at));
    add_fact(req, facts, N_("Contact for the details"), record_get(contact, "name"));
    add_fact(req, facts, N_("Mail address"), record_get(contact, "email"));
    add_fact(req, facts, N_("Second mail"), date_of(req, site->stage2_at));
    if (site->encryption.len > 0)
        add_fact(req, facts, N_("Protection of mails"),
                 tr(req->lang, encryption_words(site->encryption)));
    add_fact(req, facts, N_("Third mail, with the details"), date_of(req, site->stage3_at));
    add_fact(req, facts, N_("Handling number"), site->handling_number);
    if (site->attempts > 0)
        add_fact(req, facts, N_("Attempts to reach the operator"),
                 tr_number(req->arena, site->attempts));
    return true;
}

static const char *result_words(struct str result)
{
    return str_eq(result, STR("AFFECTED"))   ? N_("It is a vulnerability")
           : str_eq(result, STR("KNOWN"))    ? N_("It was known already")
           : str_eq(result, STR("NOT_VULN")) ? N_("It is no vulnerability")
           : str_eq(result, STR("REFUSED"))  ? N_("It will not be fixed")
                                             : "";
}

static const char *fix_words(struct str kind)
{
    return str_eq(kind, STR("PAGE_DELETED"))  ? N_("The page has been deleted")
           : str_eq(kind, STR("OPERATIONAL")) ? N_("It is avoided by operation")
                                              : N_("It was fixed");
}

/* A word of a closed list, and what was written with it. */
static struct str with_words(struct request *req, const char *msgid, struct str words)
{
    return words.len > 0 ? arena_printf(req->arena, "%.*s\n%.*s", STR_ARG(tr(req->lang, msgid)),
                                        STR_ARG(words))
                         : tr(req->lang, msgid);
}

static bool fill_answers(struct request *req, struct scene *s, struct fact_list *facts,
                         struct err *err)
{
    const struct website *site = &s->site;
    struct str result, estimate, fix, ordinance;

    if (!website_payload(s->tx, site, site->result_seq, req->arena, &result, err) ||
        !website_payload(s->tx, site, site->estimate_seq, req->arena, &estimate, err) ||
        !website_payload(s->tx, site, site->fix_seq, req->arena, &fix, err) ||
        !website_payload(s->tx, site, site->ordinance_seq, req->arena, &ordinance, err))
        return PASS(err);
    add_fact(req, facts, N_("Receipt confirmed"), date_of(req, site->received_at));
    if (site->result.len > 0)
        add_fact(req, facts, N_("Result"),
                 with_words(req, result_words(site->result), record_get(result, "text")));
    if (site->estimate.ms)
        add_fact(req, facts, N_("Expected to be fixed by"),
                 arena_printf(req->arena, "%.*s\n%.*s",
                              STR_ARG(tr_date(req->arena, req->lang, site->estimate)),
                              STR_ARG(record_get(estimate, "text"))));
    if (site->fixed_at.ms) {
        add_fact(req, facts, N_("Fix reported"), date_of(req, site->fixed_at));
        add_fact(req, facts, N_("Fixed address"), record_get(fix, "url"));
        add_fact(req, facts, N_("What was done"),
                 with_words(req, fix_words(site->fix_kind), record_get(fix, "text")));
    }
    if (site->ordinance.len > 0)
        add_fact(req, facts, N_("Disclosure ordinance"),
                 with_words(req,
                            str_eq(site->ordinance, STR("EXEMPT"))
                                ? N_("Exempt from disclosure until it is fixed")
                                : N_("Not exempt from disclosure"),
                            record_get(ordinance, "text")));
    return true;
}

/* CFD-13 */
static bool fill_handovers(struct request *req, struct scene *s, struct fact_list *facts,
                           struct err *err)
{
    struct handovers list;

    if (!operator_handovers(s->tx, &s->site, req->arena, &list, err))
        return PASS(err);
    for (size_t i = 0; i < list.len; i++) {
        const struct handover *h = &list.at[i];
        struct fact fact = {
            .name = h->name,
            .value = arena_printf(req->arena, "%.*s (%.*s)", STR_ARG(h->words),
                                  STR_ARG(tr_date(req->arena, req->lang, h->told_at))),
            .tag = h->receipt_at.ms
                       ? (struct tag_view){ tr(req->lang, N_("Receipt is there")), TONE_GOOD }
                       : (struct tag_view){ tr(req->lang, N_("Receipt is missing")), TONE_EMBER },
        };

        VEC_PUSH(req->arena, facts, fact);
    }
    return true;
}

static void keep_block(struct request *req, struct case_page_view *v, const char *title,
                       const struct fact_list *facts)
{
    if (facts->len > 0)
        VEC_PUSH(req->arena, &v->operator,(struct fact_block){ .title = tr(req->lang, title),
                                                               .facts = *facts });
}

static bool fill_operator(struct request *req, struct scene *s, struct case_page_view *v,
                          struct err *err)
{
    struct fact_list contact = { 0 }, answers = { 0 }, handovers = { 0 };

    if (!fill_contact(req, s, &contact, err) || !fill_answers(req, s, &answers, err) ||
        !fill_handovers(req, s, &handovers, err))
        return PASS(err);
    keep_block(req, v, N_("The operator of the website"), &contact);
    keep_block(req, v, N_("What the operator has answered"), &answers);
    keep_block(req, v, N_("System integrators that the operator told"), &handovers);
    return true;
}

/* ---- the conversations ---- */

static bool fill_thread(struct request *req, struct scene *s, enum thread thread,
                        struct thread_block *block, struct err *err)
{
    struct talks talks;

    if (!talk_list(s->tx, who_of(req), &s->c, thread, NULL, req->arena, &talks, err) ||
        !talk_read(s->tx, who_of(req), &s->c, thread, NULL, err))
        return PASS(err);
    thread_view(req->arena, req->lang, &talks, true, STR_NONE, &block->messages);
    return true;
}

static bool fill_threads(struct request *req, struct scene *s, struct case_page_view *v,
                         struct err *err)
{
    struct thread_block with = { .id = STR("operator"),
                                 .title = tr(req->lang, N_("With the operator of the website")) };
    struct thread_block direct = {
        .id = STR("direct"),
        .title = tr(req->lang, N_("Finder and operator, in copy")),
        .note = tr(req->lang,
                   N_("They write to each other directly; here is the copy of each message."))
    };
    struct deed_view *d;

    if (!s->site.stage3_at.ms)
        return true;
    if (!fill_thread(req, s, THREAD_OPERATOR, &with, err))
        return PASS(err);
    if (!website_is_closed(s->site.state)) {
        d = deed_add(req, &with.deeds, "operator-say", N_("Write to the operator"), N_("Send"),
                     href(req, s, "/operator-messages"),
                     N_("The operator is told by mail that there is a message."), LOOK_PLAIN, 0);
        phrases_fill(req, PHRASE_TO_OPERATOR, s->c.number, d,
                     deed_field(req, d, FIELD_TEXTAREA, "text", N_("Message"), "", true));
    }
    VEC_PUSH(req->arena, &v->threads, with);
    if (!s->site.direct_at.ms)
        return true;
    if (!fill_thread(req, s, THREAD_DIRECT, &direct, err))
        return PASS(err);
    VEC_PUSH(req->arena, &v->threads, direct);
    return true;
}

/* ---- the page ---- */

bool fill_website(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    const struct website *site = &s->site;

    v->number = s->c.number;
    v->title = s->c.title;
    v->state = website_state_tag(req->lang, site->state);
    v->grade = grade_tag(req->lang, s->c.impact_grade);
    v->embargo = tr(req->lang, N_("Not public: handle with care")); /* CFD-01: no stated end */
    v->sentence = website_sentence(req->arena, req->lang, site);
    website_clock(req->arena, req->lang, site, req->now, &v->clock);
    add_reception(req, s, &v->deeds);
    add_stages(req, s, &v->deeds);
    if (site->state != SITE_SUBMITTED && !website_is_closed(site->state))
        add_attempt(req, s, &v->deeds);
    add_ends(req, s, &v->deeds);
    if (!website_is_closed(site->state))
        fill_common_deeds(req, s, href(req, s, ""), &v->deeds);
    v->history_href = case_href(req, s, "/history");
    return fill_entries(req, s, v, err) && fill_operator(req, s, v, err) &&
                   fill_texts(req, s, v, err) && fill_files(req, s, NULL, v, err) &&
                   fill_reception(req, s, v, err) && fill_finder_thread(req, s, v, err) &&
                   fill_threads(req, s, v, err) &&
                   fill_notes(req, s, THREAD_STAFF_RB, NULL, href(req, s, ""), v, err) &&
                   fill_identity(req, s, v, err) && fill_like(req, s, "reports", v, err)
               ? true
               : PASS(err);
}

bool website_page_show(struct request *req, struct response *res, struct scene *s,
                       const struct err *fault, struct err *err)
{
    struct case_page_view v = { 0 };
    struct page *page = frame_page(req);

    if (!fill_website(req, s, &v, err))
        return PASS(err);
    v.print_href = href(req, s, "/print");
    fill_fault(req, fault, &v);
    case_page(page, &v);
    if (!tx_commit(&s->tx, err)) /* what stands here has been read */
        return PASS(err);
    return case_frame_send(
        req, res, page, s->c.number,
        CASE_CRUMBS({ tr(req->lang, N_("Reports")), STR("/reports") }, { s->c.number, STR_NONE }),
        err);
}
