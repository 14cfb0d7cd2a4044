/* faces/desk/operator/show.c: what the operator of a website finds: as much as the stage of its link tells. */
#include "faces/desk/operator/show.html.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/report_form.h"
#include "faces/desk/casework/fault.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/files/files.h"
#include "faces/desk/operator/notes.h"
#include "faces/desk/operator/pages.h"
#include "faces/desk/operator/visit.h"

bool visit_open(const struct request *req, enum tx_kind kind, struct visit *v, struct err *err)
{
    const struct desk *desk = desk_of(req);

    *v = (struct visit){ 0 };
    return tx_begin(desk->store, kind, &v->tx, err) &&
                   website_load_by_id(&desk->casework, v->tx, who_of(req)->case_id, req->arena,
                                      &v->site, err) &&
                   website_grant(who_of(req), &v->site, &v->grant, err)
               ? true
               : PASS(err);
}

void visit_end(struct visit *visit)
{
    tx_end(visit->tx);
    visit->tx = NULL;
}

static bool is_at(const struct request *req, int64_t stage) { return who_of(req)->stage == stage; }

/* ---- what it says ---- */

static const char *sentence_of(const struct request *req, const struct website *s)
{
    if (is_at(req, 1))
        return s->contact_seq
                   ? N_("Thank you. The next mail goes to the contact you have named. If it was wrong, please name it again.")
                   : N_("This website may have a weakness. We do not tell the details here, because anybody may read the address the site shows. Please tell us whom we may send them to.");
    if (is_at(req, 2))
        return s->encryption.len > 0
                   ? N_("Thank you. We now send the details in the way you have chosen.")
                   : N_("Before we send the details we would like to agree with you how our mails are protected. Please choose.");
    switch (s->state) {
    case SITE_STAGE3_SENT:
        return N_("Please confirm that you have received the details, and then examine them.");
    case SITE_INVESTIGATING:
        return N_(
            "Please examine the details and tell us the result. If it takes longer than three months, please tell us by when you expect it.");
    case SITE_FIXING:
        return N_(
            "Please fix the vulnerability and report it when it is done. We help if anything cannot be reproduced.");
    case SITE_FIXED:
    case SITE_CLOSED:
        return N_("Thank you. You have reported the fix, and the finder has been told.");
    default:
        return N_("The receiving body has ended the handling. You need not do anything more.");
    }
}

static struct tag_view tag_of(struct request *req, const struct website *s)
{
    if (!is_at(req, 3))
        return (struct tag_view){ tr(req->lang, N_("Your answer is asked for")), TONE_EMBER };
    return website_is_closed(s->state) && s->state != SITE_CLOSED
               ? (struct tag_view){ tr(req->lang, N_("Ended")), TONE_NEUTRAL }
               : website_state_tag(req->lang, s->state);
}

static bool fill_texts_of(struct request *req, struct visit *visit, struct operator_view *v,
                          struct err *err)
{
    struct scene scene = {
        .tx = visit->tx, .c = visit->site.c, .grant = visit->grant.report, .site = visit->site
    };
    struct case_page_view page = { 0 };
    struct act_list none = { 0 };
    struct str risks;

    if (!website_sees(&visit->grant, SEES_V))
        return true;
    if (!fill_texts(req, &scene, &page, err) ||
        !website_payload(visit->tx, &visit->site, visit->site.stage3_seq, req->arena, &risks,
                         err) ||
        !desk_files_fill(req, visit->tx, &visit->site.c, &visit->grant.report, NULL,
                         "/operator/files", &v->files, &none, err))
        return PASS(err);
    v->texts = page.texts;
    v->risks = record_get(risks, "text");
    return true;
}

static void add_fact(struct request *req, struct fact_list *facts, const char *name,
                     struct str value)
{
    if (value.len > 0)
        VEC_PUSH(req->arena, facts, (struct fact){ .name = tr(req->lang, name), .value = value });
}

static struct str day_of(struct request *req, struct utc at)
{
    return at.ms ? tr_date(req->arena, req->lang, at) : STR_NONE;
}

static bool fill_answers(struct request *req, struct visit *visit, struct operator_view *v,
                         struct err *err)
{
    const struct website *s = &visit->site;
    struct str contact, result, fix, ordinance;

    if (!website_payload(visit->tx, s, is_at(req, 1) ? s->contact_seq : 0, req->arena, &contact,
                         err))
        return PASS(err);
    add_fact(req, &v->answers, N_("Contact for the details"), record_get(contact, "name"));
    add_fact(req, &v->answers, N_("Mail address"), record_get(contact, "email"));
    if (!website_sees(&visit->grant, SEES_ANSWERS))
        return true;
    if (!website_payload(visit->tx, s, s->result_seq, req->arena, &result, err) ||
        !website_payload(visit->tx, s, s->fix_seq, req->arena, &fix, err) ||
        !website_payload(visit->tx, s, s->ordinance_seq, req->arena, &ordinance, err))
        return PASS(err);
    add_fact(req, &v->answers, N_("Receipt confirmed"), day_of(req, s->received_at));
    add_fact(req, &v->answers, N_("Result"), day_of(req, s->result_at));
    add_fact(req, &v->answers, N_("What you wrote with it"), record_get(result, "text"));
    add_fact(req, &v->answers, N_("Expected to be fixed by"), day_of(req, s->estimate));
    add_fact(req, &v->answers, N_("Fix reported"), day_of(req, s->fixed_at));
    add_fact(req, &v->answers, N_("What was done"), record_get(fix, "text"));
    if (website_sees(&visit->grant, SEES_ORDINANCE))
        add_fact(req, &v->answers, N_("Disclosure ordinance"), record_get(ordinance, "text"));
    return true;
}

/* ---- what it can do ---- */

static struct deed_view *add(struct request *req, const struct visit *visit, struct deeds *deeds,
                             const char *id, const char *label, const char *verb, const char *path,
                             const char *tell, enum look look)
{
    return deed_add(req, deeds, id, label, verb, arena_printf(req->arena, "/operator/%s", path),
                    tell, look, visit->site.c.version);
}

static void add_contact(struct request *req, const struct visit *visit, struct deeds *deeds)
{
    struct deed_view *d = add(
        req, visit, deeds, "contact", N_("Name a contact for the details"), N_("Send the contact"),
        "contact", N_("The receiving body writes to this address next, and to no other."), LOOK_GO);

    d->is_open = true;
    deed_field(req, d, FIELD_TEXT, "name", N_("Person or section"), "", true);
    deed_field(req, d, FIELD_EMAIL, "email", N_("Mail address"),
               N_("Somebody who may know of a weakness that is not fixed yet."), true);
}

static void add_encryption(struct request *req, const struct visit *visit, struct deeds *deeds)
{
    struct deed_view *d =
        add(req, visit, deeds, "encryption", N_("Choose the protection"), N_("Agree on it"),
            "encryption", N_("The details are sent in this way alone."), LOOK_GO);
    struct field_view *f;

    d->is_open = true;
    f = deed_field(req, d, FIELD_RADIO, "method", N_("How our mails are to be protected"), "",
                   true);
    deed_choice(req, f, ENCRYPTION_PASSPHRASE,
                N_("With a passphrase: mails carry a link alone, and this page asks for it"));
    deed_choice(req, f, ENCRYPTION_PGP, N_("With our PGP key: mails are encrypted to it"));
    f = deed_field(
        req, d, FIELD_TEXTAREA, "key", N_("Public PGP key"),
        N_("Only for the second way: the block that begins with -----BEGIN PGP PUBLIC KEY BLOCK-----."),
        false);
    f->rows = 8;
}

static void add_results(struct request *req, const struct visit *visit, struct deeds *deeds)
{
    const struct website *s = &visit->site;
    struct deed_view *d;
    struct field_view *f;

    if (s->state == SITE_STAGE3_SENT)
        add(req, visit, deeds, "receipt", N_("Confirm the receipt"), N_("We have received it"),
            "receipt", N_("The receiving body is told."), LOOK_GO);
    if (s->state == SITE_INVESTIGATING) {
        d = add(req, visit, deeds, "result", N_("Report the result"), N_("Send the result"),
                "result", N_("The receiving body is told."), LOOK_GO);
        f = deed_field(req, d, FIELD_RADIO, "result", N_("Result"), "", true);
        deed_choice(req, f, "AFFECTED", N_("It is a vulnerability, and we fix it"));
        deed_choice(req, f, "KNOWN", N_("We knew it already"));
        deed_choice(req, f, "NOT_VULN", N_("It is no vulnerability"));
        deed_choice(req, f, "REFUSED", N_("We will not do anything about it"));
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("In your own words"),
                   N_("Needed unless you fix it: why."), false);
    }
}

static void add_fix(struct request *req, const struct visit *visit, struct deeds *deeds)
{
    const struct website *s = &visit->site;
    struct deed_view *d = add(req, visit, deeds, "fix", N_("Report the fix"), N_("Send the report"),
                              "fix", N_("The receiving body is told, and it tells the finder."),
                              s->state == SITE_FIXING ? LOOK_GO : LOOK_PLAIN);
    struct field_view *f;

    deed_value(req,
               deed_field(req, d, FIELD_CODE, "number", N_("Handling number"),
                          N_("As our mails give it; \"#\" may be of either width."), true),
               s->handling_number);
    deed_value(req, deed_field(req, d, FIELD_URL, "url", N_("Address of the page (URL)"), "", true),
               s->url);
    f = deed_field(req, d, FIELD_RADIO, "kind", N_("What was done"), "", true);
    deed_choice(req, f, "PLAIN", N_("It was fixed"));
    deed_choice(req, f, "PAGE_DELETED", N_("The page has been deleted"));
    deed_choice(req, f, "OPERATIONAL", N_("It is avoided by operation"));
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("What was done, in words"), "", true);
}

static void add_others(struct request *req, const struct visit *visit, struct deeds *deeds)
{
    const struct website *s = &visit->site;
    struct deed_view *d;
    struct field_view *f;

    d = add(req, visit, deeds, "estimate", N_("Say by when"), N_("Send it"), "estimate",
            N_("The receiving body is told."), LOOK_PLAIN);
    deed_field(req, d, FIELD_DATE, "until", N_("Expected to be fixed by"),
               N_("Example: 2027-02-15"), true);
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("Why it takes this long"), "", true);
    d = add(
        req, visit, deeds, "integrator", N_("We told a system integrator"), N_("Keep it"),
        "integrator",
        N_("Whoever gets the information from you has to give you a receipt notice, now and at each later step. Please keep it here as well."),
        LOOK_PLAIN);
    deed_field(req, d, FIELD_TEXT, "name", N_("Name of the system integrator"), "", true);
    deed_field(req, d, FIELD_DATE, "told_at", N_("When"), N_("Example: 2027-02-15"), true);
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("What it was told"), "", true);
    if (!s->direct_at.ms && !s->direct_wished_at.ms) {
        d = add(
            req, visit, deeds, "wish-direct", N_("Exchange messages with the finder directly"),
            N_("Ask for it"), "direct",
            N_("The finder is asked. If it agrees, you can write to each other here, and the receiving body gets a copy of every message."),
            LOOK_PLAIN);
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("What for, in words for the finder"), "",
                   true);
    }
    if (!str_eq(s->operator_kind, STR("MUNICIPALITY")))
        return;
    d = add(req, visit, deeds, "ordinance", N_("Decide on the disclosure ordinance"),
            N_("Keep the decision"), "ordinance",
            N_("Whether this information is exempt from disclosure until it is fixed."),
            LOOK_PLAIN);
    f = deed_field(req, d, FIELD_RADIO, "decision", N_("Decision"), "", true);
    deed_choice(req, f, "EXEMPT", N_("Exempt from disclosure until it is fixed"));
    deed_choice(req, f, "NOT_EXEMPT", N_("Not exempt from disclosure"));
    deed_field(req, d, FIELD_TEXTAREA, "words", N_("Ground"),
               N_("The article of the ordinance, and why."), true);
}

static void add_deeds(struct request *req, const struct visit *visit, struct deeds *deeds)
{
    const struct website *s = &visit->site;

    if (is_at(req, 1) && s->state == SITE_STAGE1_SENT)
        add_contact(req, visit, deeds);
    if (is_at(req, 2) && s->state == SITE_STAGE2_SENT && s->encryption.len == 0)
        add_encryption(req, visit, deeds);
    if (!is_at(req, 3) || !website_is_with_operator(s->state))
        return;
    add_results(req, visit, deeds);
    add_fix(req, visit, deeds);
    add_others(req, visit, deeds);
}

/* CFD-13: what was handed over, and the receipt; where it is missing, the form for it. */
static bool fill_handovers(struct request *req, struct visit *visit, struct operator_view *v,
                           struct err *err)
{
    struct handovers list;

    if (!is_at(req, 3))
        return true;
    if (!operator_handovers(visit->tx, &visit->site, req->arena, &list, err))
        return PASS(err);
    for (size_t i = 0; i < list.len; i++) {
        const struct handover *h = &list.at[i];
        struct wait_row row = { .who = h->name,
                                .words = h->words,
                                .when = when_of(req->arena, req->lang, h->told_at),
                                .tag = { tr(req->lang, N_("Receipt is missing")), TONE_EMBER } };
        struct deed_view *d;

        if (h->receipt_at.ms) {
            VEC_PUSH(req->arena, &v->handovers,
                     (struct fact){ .name = h->name,
                                    .value = h->receipt,
                                    .tag = { tr(req->lang, N_("Receipt is there")), TONE_GOOD } });
            continue;
        }
        d = deed_add(
            req, &row.deeds,
            arena_z(req->arena, arena_printf(req->arena, "receipt-%lld", (long long)h->seq)),
            N_("Keep the receipt notice"), N_("Keep it"),
            arena_printf(req->arena, "/operator/integrator/%lld/receipt", (long long)h->seq), "",
            LOOK_GO, 0);
        deed_field(req, d, FIELD_DATE, "received_at", N_("Day of the receipt"),
                   N_("Example: 2027-02-15"), true);
        deed_field(req, d, FIELD_TEXTAREA, "words", N_("Who received what"), "", true);
        VEC_PUSH(req->arena, &v->open_handovers, row);
    }
    return true;
}

/* ---- the conversations ---- */

static bool fill_thread(struct request *req, struct visit *visit, enum thread thread,
                        struct str other, struct thread_block *block, struct err *err)
{
    struct talks talks;

    if (!talk_list(visit->tx, who_of(req), &visit->site.c, thread, NULL, req->arena, &talks, err))
        return PASS(err);
    thread_view(req->arena, req->lang, &talks, false, other, &block->messages);
    for (size_t i = 0; i < block->messages.len; i++)
        block->messages.at[i].who =
            block->messages.at[i].is_mine ? tr(req->lang, N_("You")) : other;
    return true;
}

static void add_say(struct request *req, struct thread_block *block, const char *id,
                    const char *label, const char *path)
{
    struct deed_view *d =
        deed_add(req, &block->deeds, id, label, N_("Send"), str_from_z(path), "", LOOK_PLAIN, 0);

    deed_field(req, d, FIELD_TEXTAREA, "text", N_("Message"), "", true);
}

/* The finder's name is what it wished to be called here, or nothing (FND-14, WEB-08). */
static bool fill_direct(struct request *req, struct visit *visit, struct operator_view *v,
                        struct err *err)
{
    struct thread_block direct = {
        .id = STR("finder"),
        .title = tr(req->lang, N_("With the finder, directly")),
        .note = tr(req->lang, N_("The receiving body gets a copy of every message."))
    };
    struct str agreed, name;

    if (!website_payload(visit->tx, &visit->site, visit->site.direct_agreed_seq, req->arena,
                         &agreed, err))
        return PASS(err);
    name = record_get(agreed, "text");
    if (name.len == 0)
        name = tr(req->lang, N_("Finder"));
    if (!fill_thread(req, visit, THREAD_DIRECT, name, &direct, err))
        return PASS(err);
    if (!website_is_closed(visit->site.state))
        add_say(req, &direct, "say-finder", N_("Write to the finder"), "/operator/finder");
    VEC_PUSH(req->arena, &v->threads, direct);
    return true;
}

static bool fill_threads(struct request *req, struct visit *visit, struct operator_view *v,
                         struct err *err)
{
    const struct settings *settings = desk_of(req)->settings;
    struct thread_block with = { .id = STR("messages"),
                                 .title = tr(req->lang, N_("Messages with the receiving body")) };

    if (!is_at(req, 3))
        return true;
    if (!fill_thread(req, visit, THREAD_OPERATOR,
                     req->lang == LANG_EN ? settings->receiving_body_en
                                          : settings->receiving_body_ja,
                     &with, err))
        return PASS(err);
    if (!website_is_closed(visit->site.state))
        add_say(req, &with, "say", N_("Write to the receiving body"), "/operator/messages");
    VEC_PUSH(req->arena, &v->threads, with);
    return !visit->site.direct_at.ms || fill_direct(req, visit, v, err) ? true : PASS(err);
}

/* LGL-11 to LGL-13, beside the details. */
static void fill_notes_of(struct request *req, const struct visit *visit, struct operator_view *v)
{
    bool is_municipality = str_eq(visit->site.operator_kind, STR("MUNICIPALITY"));

    if (!is_at(req, 3))
        return;
    for (size_t i = 0; i < operator_legal_note_count; i++) {
        const struct operator_legal_note *note = &operator_legal_notes[i];

        if (!note->is_for_municipalities || is_municipality)
            VEC_PUSH(
                req->arena, &v->notes,
                (struct operator_note){ tr(req->lang, note->title), tr(req->lang, note->words) });
    }
    v->notes_date = operator_notes_date(req->arena, req->lang);
}

/* ---- the page ---- */

static void tell_fault(struct request *req, const struct err *fault, struct operator_view *v)
{
    struct deeds *forms[64] = { &v->deeds };
    size_t count = 1;

    for (size_t i = 0; i < v->threads.len && count < COUNT(forms); i++)
        forms[count++] = &v->threads.at[i].deeds;
    for (size_t i = 0; i < v->open_handovers.len && count < COUNT(forms); i++)
        forms[count++] = &v->open_handovers.at[i].deeds;
    fault_tell(req, fault, forms, count, &v->faults);
}

bool operator_page_show(struct request *req, struct response *res, const struct err *fault,
                        struct str passphrase, struct err *err)
{
    /* clang-format off */
    static const struct done done[] = {
        { "contact", N_("Thank you. The next mail goes to that contact."), TONE_GOOD },
        { "agreed", N_("Thank you. The details are sent in this way."), TONE_GOOD },
        { "received", N_("Thank you. The receiving body knows that you have the details."), TONE_GOOD },
        { "result", N_("Thank you. The receiving body has your result."), TONE_GOOD },
        { "estimate", N_("Thank you. The receiving body knows by when you expect it."), TONE_GOOD },
        { "fixed", N_("Thank you. The receiving body has your report and has told the finder."), TONE_GOOD },
        { "kept", N_("It has been kept, and the receiving body has been told."), TONE_GOOD },
        { "wished", N_("The finder is asked. You hear from us by mail."), TONE_GOOD },
        { "said", N_("Your message has been sent."), TONE_GOOD },
    };
    /* clang-format on */
    CLEANUP(visit_end) struct visit visit = { 0 };
    struct frame frame = { .title = tr(req->lang, N_("Notice about your website")),
                           .is_narrow = true };
    struct page *body = frame_page(req);
    struct operator_view v = { .passphrase = passphrase };

    if (!visit_open(req, TX_READ, &visit, err))
        return PASS(err);
    v.state = tag_of(req, &visit.site);
    v.site = visit.site.url;
    v.sentence = tr(req->lang, sentence_of(req, &visit.site));
    if (website_sees(&visit.grant, SEES_HANDLING))
        v.handling_number = visit.site.handling_number;
    if (is_at(req, 3) && website_is_with_operator(visit.site.state))
        website_clock(req->arena, req->lang, &visit.site, req->now, &v.clock);
    add_deeds(req, &visit, &v.deeds);
    if (!fill_texts_of(req, &visit, &v, err) || !fill_answers(req, &visit, &v, err) ||
        !fill_handovers(req, &visit, &v, err) || !fill_threads(req, &visit, &v, err))
        return PASS(err);
    fill_notes_of(req, &visit, &v);
    tell_fault(req, fault, &v);
    frame_done(req, &frame, done, COUNT(done));
    operator_page(body, &v);
    return frame_send(req, res, body, &frame, err) ? true : PASS(err);
}

bool operator_show(struct request *req, struct response *res, struct err *err)
{
    return operator_page_show(req, res, NULL, STR_NONE, err);
}

bool operator_file(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(visit_end) struct visit visit = { 0 };

    return visit_open(req, TX_READ, &visit, err) &&
                   desk_file_send(req, res, visit.tx, &visit.site.c, &visit.grant.report, err)
               ? true
               : PASS(err);
}
