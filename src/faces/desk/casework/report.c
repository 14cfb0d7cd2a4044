/* faces/desk/casework/report.c: a report at the receiving body: what it says, what is decided, and the talk with its finder. */
#include "base/err.h"
#include "base/record.h"
#include "domain/casework/intake.h"
#include "domain/casework/list.h"
#include "domain/casework/openings.h"
#include "domain/casework/referral.h"
#include "domain/casework/renewal.h"
#include "domain/casework/talk.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/identity.html.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/phrases.h"
#include "faces/desk/casework/show.html.h"
#include "faces/desk/casework/state.h"

static bool can(const struct request *req, const struct scene *s, enum product_event event)
{
    struct product_facts all = {
        .has_reason = true, .is_complete = true, .is_in_scope = true, .has_stop_cause = true
    };

    return life_can(&product_life, (int)s->c.state, who_of(req)->roles, (int)event, &all);
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

static void add_decisions(struct request *req, const struct scene *s, struct deeds *deeds)
{
    struct deed_view *d;

    if (can(req, s, ON_ACCEPT)) {
        d = deed_add(req, deeds, "accept", N_("Accept the report"), N_("Accept the report"),
                     href(req, s, "/accept"),
                     N_("The finder is told that the report has been accepted."), LOOK_GO,
                     s->c.version);
        deed_field(
            req, d, FIELD_CHECK, "is_complete",
            N_("The finder's name and contact, the product and the vulnerability-related information are there, without contradiction"),
            "", true);
        deed_field(
            req, d, FIELD_CHECK, "is_in_scope",
            N_("It is a vulnerability of a product used in Japan that can reach an unspecified number of people"),
            "", true);
    }
    if (can(req, s, ON_FORWARD))
        deed_add(
            req, deeds, "forward", N_("Forward to the coordinating body"), N_("Forward it"),
            href(req, s, "/forward"),
            N_("The coordinating body is told and sees the vulnerability-related information. The finder's identity is not passed on without consent."),
            LOOK_GO, s->c.version);
    if (can(req, s, ON_REJECT)) {
        d = deed_add(
            req, deeds, "reject", N_("Do not accept"), N_("Do not accept, and tell the finder"),
            href(req, s, "/reject"),
            N_("The finder is told that it is not accepted, and the reason. This cannot be undone."),
            LOOK_BAD, s->c.version);
        add_codes(req, deed_field(req, d, FIELD_RADIO, "code", N_("Reason code"), "", true),
                  reject_codes);
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("Reason, in words for the finder"), "",
                   true);
    }
    if (can(req, s, ON_STOP)) {
        d = deed_add(
            req, deeds, "stop", N_("Stop the processing"),
            s->c.report_id ? N_("Stop, and tell the finder") : N_("Stop, and tell the developer"),
            href(req, s, "/stop"),
            s->c.report_id
                ? N_("The finder is told that processing has been stopped, and the reason. This cannot be undone.")
                : N_("The developer is told that the handling has ended, and the reason. This cannot be undone."),
            LOOK_BAD, s->c.version);
        add_codes(req,
                  deed_field(req, d, FIELD_RADIO, "code", N_("Cause"),
                             N_("The two causes of the coordinating body need its notice."), true),
                  stop_codes);
        deed_field(req, d, FIELD_TEXTAREA, "words",
                   s->c.report_id ? N_("Reason, in words for the finder")
                                  : N_("Reason, in words for the developer"),
                   "", true);
    }
}

/* The finder is asked and answered here; its name is sealed apart. */
bool fill_finder_thread(struct request *req, struct scene *s, struct case_page_view *v,
                        struct err *err)
{
    struct talks talks;
    struct deed_view *d;
    struct field_view *f;

    if (!fill_talks(req, s, THREAD_FINDER, NULL, v->is_paper, &talks, &v->thread_pager, err) ||
        !talk_read(s->tx, who_of(req), &s->c, THREAD_FINDER, NULL, err) ||
        !fill_inquiries(req, s, v, err))
        return PASS(err);
    v->has_thread = true;
    v->thread_title = tr(req->lang, N_("With the finder"));
    thread_view(req->arena, req->lang, &talks, true, STR_NONE, &v->thread);
    d = deed_add(
        req, &v->thread_deeds, "say", N_("Write to the finder"), N_("Send"),
        href(req, s, "/messages"),
        N_("The finder is told by mail, without content, that there is news in the mailbox."),
        LOOK_PLAIN, 0);
    f = deed_field(req, d, FIELD_SELECT, "kind", N_("Kind"), "", true);
    deed_choice(req, f, "QUESTION", N_("Question"));
    if (v->inquiries.len == 0) /* what is told meanwhile would be an answer */
        deed_choice(req, f, "MESSAGE", N_("Answer or message"));
    f = deed_field(req, d, FIELD_TEXTAREA, "text", N_("Message"), "", true);
    phrases_fill(req, PHRASE_TO_FINDER, s->c.number, d, f);
    deed_files(req, d);
    return true;
}

static struct tag_view renewal_tag(const struct request *req, const struct renewal *r)
{
    if (r->used_at.ms)
        return (struct tag_view){ tr(req->lang, N_("A new passphrase was made")), TONE_NEUTRAL };
    if (!r->allowed_by)
        return (struct tag_view){ tr(req->lang, N_("Waits for a second person")), TONE_EMBER };
    if (r->expires_at.ms <= req->now.ms)
        return (struct tag_view){ tr(req->lang, N_("The link has expired")), TONE_NEUTRAL };
    return (struct tag_view){ tr(req->lang, N_("The finder has a link")), TONE_GOOD };
}

/* INT-13: what a lost passphrase needs is a person's judgement, and a second person's. */
static bool fill_renewals(struct request *req, struct scene *s, struct case_page_view *v,
                          struct err *err)
{
    struct renewals renewals;
    struct deed_view *d = deed_add(
        req, &v->deeds, "renew", N_("A new passphrase for the finder"), N_("Ask a second person"),
        href(req, s, "/renewal"),
        N_("For a finder who has lost it. Once a second person has agreed, a link goes to the address in the report and to no other; it works once, with the receipt number."),
        LOOK_PLAIN, s->c.version);

    deed_field(req, d, FIELD_TEXTAREA, "how", N_("How it was made sure that it is the finder"), "",
               true);
    if (!renewals_load(s->tx, &s->c, req->arena, &renewals, err))
        return PASS(err);
    for (size_t i = 0; i < renewals.len; i++) {
        const struct renewal *r = &renewals.at[i];
        struct wait_row row = { .who = r->asked_by_name,
                                .what =
                                    tr(req->lang, N_("asks for a new passphrase for the finder")),
                                .words = r->how,
                                .when = when_of(req->arena, req->lang, r->asked_at),
                                .tag = renewal_tag(req, r) };

        if (!r->allowed_by && r->asked_by != who_of(req)->account_id)
            deed_add(
                req, &row.deeds, "allow-renewal", N_("Agree to a new passphrase"),
                N_("Agree, and send the link"),
                arena_printf(req->arena, "/reports/%.*s/renewal/%.*s/allow",
                             STR_ARG(s->c.public_id), STR_ARG(r->public_id)),
                N_("Whoever reads the mails of that address and knows the receipt number can then read the mailbox."),
                LOOK_PLAIN, s->c.version);
        VEC_PUSH(req->arena, &v->openings, row);
    }
    return true;
}

/* FND-01: opened by one person with a reason and a second who allows it. */
bool fill_identity(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct openings openings;
    struct deed_view *d = deed_add(
        req, &v->deeds, "ask-identity", N_("Ask to open the finder's identity"),
        N_("Ask a second person"), href(req, s, "/identity"),
        N_("All officers of the receiving body are told. A second person has to allow it; each opening is recorded."),
        LOOK_PLAIN, s->c.version);

    deed_field(req, d, FIELD_TEXTAREA, "reason", N_("Reason"), "", true);
    if (!openings_load(s->tx, &s->c, req->arena, &openings, err))
        return PASS(err);
    for (size_t i = 0; i < openings.len; i++) {
        const struct opening *o = &openings.at[i];
        struct wait_row row = { .who = o->asked_by_name,
                                .what = tr(req->lang, N_("asks to open the finder's identity")),
                                .words = o->reason,
                                .when = when_of(req->arena, req->lang, o->asked_at) };
        struct str path = arena_printf(req->arena, "/reports/%.*s/identity/%.*s",
                                       STR_ARG(s->c.public_id), STR_ARG(o->public_id));

        row.tag =
            o->shown_at.ms ? (struct tag_view){ tr(req->lang, N_("Opened")), TONE_NEUTRAL }
            : o->allowed_by
                ? (struct tag_view){ tr(req->lang, N_("Allowed")), TONE_GOOD }
                : (struct tag_view){ tr(req->lang, N_("Waits for a second person")), TONE_EMBER };
        if (!o->allowed_by && o->asked_by != who_of(req)->account_id)
            deed_add(req, &row.deeds, "allow", N_("Allow the opening"), N_("Allow it"),
                     arena_printf(req->arena, "%.*s/allow", STR_ARG(path)),
                     N_("Your colleague can then look at the identity once."), LOOK_PLAIN,
                     s->c.version);
        if (o->allowed_by && !o->shown_at.ms && o->asked_by == who_of(req)->account_id)
            deed_add(req, &row.deeds, "show", N_("Look at the identity"), N_("Show it once"),
                     arena_printf(req->arena, "%.*s/show", STR_ARG(path)),
                     N_("It is shown once, and that is recorded."), LOOK_PLAIN, s->c.version);
        VEC_PUSH(req->arena, &v->openings, row);
    }
    return fill_renewals(req, s, v, err) ? true : PASS(err);
}

/* Class R: what the finder was told, and the receipt it names when it writes. */
bool fill_reception(struct request *req, struct scene *s, struct case_page_view *v, struct err *err)
{
    struct str receipt = STR_NONE, code, words;
    struct referral referral;
    bool is_referred;
    const char *listed;
    int64_t case_id;

    if ((s->c.report_id &&
         !intake_case_of(s->tx, s->c.report_id, req->arena, &case_id, &receipt, err)) ||
        !intake_reason(s->tx, &s->c, req->arena, &code, &words, err))
        return PASS(err);
    if (!referral_of(s->tx, &s->c, req->arena, &referral, &is_referred, err))
        return PASS(err);
    if (is_referred)
        VEC_PUSH(
            req->arena, &v->facts,
            (struct fact){ .name = tr(req->lang, N_("Referred here by")),
                           .value = arena_printf(
                               req->arena, "%.*s (%.*s, %.*s)", STR_ARG(referral.told),
                               STR_ARG(referral.code),
                               STR_ARG(tr_date(req->arena, req->lang, referral.created_at))) });
    listed = intake_code_words(code);
    if (listed)
        VEC_PUSH(
            req->arena, &v->facts,
            (struct fact){ .name = tr(req->lang, s->c.report_id ? N_("Reason told to the finder")
                                                                : N_("Reason")),
                           .value = arena_printf(req->arena, "%.*s\n%.*s",
                                                 STR_ARG(tr(req->lang, listed)), STR_ARG(words)) });
    if (receipt.len > 0)
        VEC_PUSH(req->arena, &v->facts,
                 (struct fact){ .name = tr(req->lang, N_("Receipt number")),
                                .value = receipt,
                                .is_code = true });
    VEC_PUSH(req->arena, &v->facts,
             (struct fact){ .name = tr(req->lang, N_("Report received")),
                            .value = tr_instant(req->arena, req->lang, s->c.submitted_at) });
    return true;
}

bool report_page_show(struct request *req, struct response *res, const struct err *fault,
                      struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct case_page_view v = { 0 };
    struct page *page = frame_page(req);

    if (!scene_open_report(req, TX_WRITE, &s, err))
        return PASS(err);
    if (s.c.is_website)
        return website_page_show(req, res, &s, fault, err);
    if (!intake_open(s.tx, who_of(req), &s.c, req->now, req->arena, err) ||
        !fill_frame(req, &s, &v, err) || !fill_texts(req, &s, &v, err) ||
        !fill_files(req, &s, NULL, &v, err))
        return PASS(err);
    v.sentence =
        state_sentence(req->arena, req->lang, &desk_of(req)->casework, &s.c, &s.developers);
    add_decisions(req, &s, &v.deeds);
    if (!product_is_closed(s.c.state))
        fill_common_deeds(req, &s, href(req, &s, ""), &v.deeds);
    if (!product_is_closed(s.c.state) && !fill_handover(req, &s, href(req, &s, ""), &v.deeds, err))
        return PASS(err);
    if (!fill_reception(req, &s, &v, err) ||
        (s.c.report_id &&
         (!fill_withdrawal(req, &s, &v, err) || !fill_finder_thread(req, &s, &v, err) ||
          !fill_identity(req, &s, &v, err))) ||
        !fill_notes(req, &s, THREAD_STAFF_RB, NULL, href(req, &s, ""), &v, err) ||
        !fill_like(req, &s, "reports", &v, err))
        return PASS(err);
    v.history_href = case_href(req, &s, "/history");
    v.print_href = href(req, &s, "/print");
    fill_fault(req, fault, &v);
    case_page(page, &v);
    if (!tx_commit(&s.tx, err)) /* opening a new report is an event */
        return PASS(err);
    return case_frame_send(
        req, res, page, s.c.number,
        CASE_CRUMBS({ tr(req->lang, N_("Reports")), STR("/reports") }, { s.c.number, STR_NONE }),
        err);
}

bool report_show(struct request *req, struct response *res, struct err *err)
{
    return report_page_show(req, res, NULL, err);
}

bool report_identity_show(struct request *req, struct response *res, struct err *err)
{
    static const struct {
        const char *field, *label;
    } rows[] = {
        { "finder_name", N_("Finder's name") },
        { "finder_organisation", N_("Organisation") },
        { "finder_email", N_("Mail address") },
        { "finder_phone", N_("Telephone") },
        { "credit_name", N_("Name for the acknowledgement") },
        { "second_way", N_("How to recognise the finder") },
    };
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct identity_view v = { 0 };
    struct str record;
    struct page *page = frame_page(req);

    if (!scene_open_report(req, TX_WRITE, &s, err) || !scene_is_fresh(req, &s, err) ||
        !identity_show(&desk_of(req)->casework, s.tx, who_of(req), &s.c,
                       request_path(req, "opening"), req->now, req->arena, &record, err) ||
        !tx_commit(&s.tx, err)) /* recorded before it leaves */
        return PASS(err);
    v.number = s.c.number;
    v.back = arena_printf(req->arena, "/reports/%.*s", STR_ARG(s.c.public_id));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str value = record_get(record, rows[i].field);

        if (value.len > 0)
            VEC_PUSH(req->arena, &v.facts,
                     (struct fact){ .name = tr(req->lang, rows[i].label), .value = value });
    }
    identity_page(page, &v);
    return case_frame_send(req, res, page, tr(req->lang, N_("Finder's identity")),
                           CASE_CRUMBS({ tr(req->lang, N_("Reports")), STR("/reports") },
                                       { s.c.number, v.back },
                                       { tr(req->lang, N_("Finder's identity")), STR_NONE }),
                           err);
}
