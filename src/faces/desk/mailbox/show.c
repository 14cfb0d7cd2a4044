/* faces/desk/mailbox/show.c: what a finder finds in the mailbox, and what it can send. */
#include "base/err.h"
#include "base/record.h"
#include "domain/advisory/editing.h"
#include "domain/casework/belongs.h"
#include "domain/casework/checkpoint.h"
#include "domain/casework/inquiry.h"
#include "domain/casework/intake.h"
#include "domain/casework/observation.h"
#include "domain/casework/priority.h"
#include "domain/casework/talk.h"
#include "domain/casework/withdrawal.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/frame_case.h"
#include "faces/desk/casework/state.h"
#include "faces/desk/files/files.h"
#include "faces/desk/mailbox/pages.h"
#include "faces/desk/mailbox/show.html.h"
#include "faces/desk/mailbox/status.h"
#include "faces/http/respond.h"

enum { CONSULT_FIELD_MAX = 2000 };

/* The finder's own case, and no other: found by the session, never by anything in the address. */
struct box {
    struct scene scene;
    struct str receipt;
};

static void box_end(struct box *box) { scene_end(&box->scene); }

static bool open_website(const struct request *req, int64_t case_id, struct scene *s,
                         struct err *err)
{
    struct website_grant grant;

    if (!website_load_by_id(&desk_of(req)->casework, s->tx, case_id, req->arena, &s->site, err) ||
        !website_grant(who_of(req), &s->site, &grant, err))
        return PASS(err);
    s->c = s->site.c;
    s->grant = grant.report;
    return true;
}

static bool box_open(struct request *req, enum tx_kind kind, struct box *box, struct err *err)
{
    const struct desk *desk = desk_of(req);
    struct scene *s = &box->scene;
    int64_t case_id;

    bool is_website;

    *box = (struct box){ 0 };
    if (!tx_begin(desk->store, kind, &s->tx, err) ||
        !intake_case_of(s->tx, who_of(req)->report_id, req->arena, &case_id, &box->receipt, err) ||
        !website_is(s->tx, case_id, &is_website, err))
        return PASS(err);
    if (is_website)
        return open_website(req, case_id, s, err) ? true : PASS(err);
    return case_load_by_id(&desk->casework, s->tx, case_id, req->arena, &s->c, err) &&
                   developers_load(s->tx, case_id, req->arena, &s->developers, err) &&
                   visibility_grant(who_of(req), &s->c, &s->developers, NULL, &s->grant, err)
               ? true
               : PASS(err);
}

/* ---- what it shows ---- */

static struct str body_name(const struct request *req)
{
    const struct settings *settings = desk_of(req)->settings;

    return req->lang == LANG_EN ? settings->receiving_body_en : settings->receiving_body_ja;
}

/* INT-04, INT-10: the reason, in the list's words and in the officer's. */
static bool fill_reason(struct request *req, const struct box *box, struct mailbox_view *v,
                        struct err *err)
{
    struct str code, words;
    const char *listed;

    if (box->scene.c.is_website
            ? !box->scene.c.closed_at.ms
            : box->scene.c.state != CASE_REJECTED && box->scene.c.state != CASE_STOPPED)
        return true;
    if (!intake_reason(box->scene.tx, &box->scene.c, req->arena, &code, &words, err))
        return PASS(err);
    listed = intake_code_words(code);
    v->reason = listed ? arena_printf(req->arena, "%.*s\n%.*s", STR_ARG(tr(req->lang, listed)),
                                      STR_ARG(words))
                       : words;
    return true;
}

static bool fill_published(struct request *req, const struct box *box, struct mailbox_view *v,
                           struct err *err)
{
    const struct product_case *c = &box->scene.c;
    struct advisory advisory;
    int64_t told_in;
    bool found;

    if (c->state != CASE_PUBLISHED)
        return true;
    if (!belongs_published_as(box->scene.tx, c, &told_in, err) ||
        !advisory_load_of(box->scene.tx, told_in, req->arena, &advisory, &found, err))
        return PASS(err);
    if (found)
        v->published =
            (struct link){ tr(req->lang, N_("Read what was published")),
                           arena_printf(req->arena, "%.*s%.*s/advisories/%.*s",
                                        STR_ARG(desk_of(req)->settings->portal_url),
                                        STR_ARG(req->base),
                                        STR_ARG(advisory_slug(advisory.number, req->arena))) };
    return true;
}

static void add_moment(struct request *req, struct mailbox_view *v, struct utc at, const char *what)
{
    if (at.ms)
        VEC_PUSH(req->arena, &v->timeline,
                 (struct moment){ .when = when_of(req->arena, req->lang, at),
                                  .what = tr(req->lang, what) });
}

/* Only what the finder is told anyway (section 4: N01 to N03, N12, N13, N20). */
static void fill_timeline(struct request *req, const struct scene *s, struct utc priority_told_at,
                          struct mailbox_view *v)
{
    const struct product_case *c = &s->c;

    add_moment(req, v, c->submitted_at, N_("You sent the report."));
    add_moment(req, v, c->accepted_at, N_("The report was accepted."));
    add_moment(
        req, v, priority_told_at,
        N_("You were told that information will be given to government bodies or operators of critical infrastructure before it is published."));
    add_moment(req, v, c->published_at, N_("It was published."));
    add_moment(req, v, s->site.fixed_at, N_("The operator of the website reported the fix."));
    if (!c->published_at.ms)
        add_moment(req, v, c->closed_at, N_("Handling ended."));
    if (v->timeline.len > 0)
        v->timeline.at[v->timeline.len - 1].is_latest = true;
}

static void add_release_deed(struct request *req, struct mailbox_view *v)
{
    struct deed_view *d = deed_add(
        req, &v->release_deeds, "withdrawal",
        N_("Ask that the request not to disclose be withdrawn"), N_("Ask the receiving body"),
        STR("/mailbox/case/withdrawal"),
        N_("The receiving body answers you here. The coordinating body and the product developers that know of the case are told that you have asked, not what you write. Please keep silent until the answer is there. Once the request is withdrawn, you are free to publish; the handling goes on."),
        LOOK_PLAIN, 0);

    deed_field(req, d, FIELD_TEXTAREA, "words", N_("What you wish to tell the receiving body"),
               N_("May be left empty. For example: what you intend to publish, where and when."),
               false);
    deed_field(req, d, FIELD_CHECK, "understood", N_("I have read what follows from it"), "", true);
}

/* FND-12: the day is computed; before there is a start, nothing is said. */
static void tell_year(struct request *req, const struct withdrawal *at, struct mailbox_view *v)
{
    if (at->from.ms > req->now.ms)
        v->year = tr_fill(
            req->arena, req->lang,
            N_("If it has not been published by {date}, one year after the start of counting, you may ask the receiving body here to withdraw its request not to disclose it."),
            TR_ARGS({ "date", tr_date(req->arena, req->lang, at->from) }));
    else if (at->from.ms) {
        v->year = tr_fill(
            req->arena, req->lang,
            N_("Since {date}, one year after the start of counting, you may ask the receiving body to withdraw its request not to disclose it."),
            TR_ARGS({ "date", tr_date(req->arena, req->lang, at->from) }));
        add_release_deed(req, v);
    }
}

static bool fill_release(struct request *req, const struct box *box, struct mailbox_view *v,
                         struct err *err)
{
    const struct product_case *c = &box->scene.c;
    struct withdrawal at;

    if (!withdrawal_may_begin(c))
        return true;
    if (!withdrawal_load(&desk_of(req)->casework, box->scene.tx, c, req->arena, &at, err))
        return PASS(err);
    v->is_released = at.state == WITHDRAWAL_WITHDRAWN;
    if (at.answer.len > 0)
        v->released = (struct note_view){
            .tone = v->is_released ? TONE_GOOD : TONE_WARN,
            .title = tr(req->lang,
                        v->is_released
                            ? N_("The receiving body has withdrawn its request not to disclose.")
                            : N_("The receiving body asks you to keep silent for now.")),
            .words = at.answer
        };
    if (at.state == WITHDRAWAL_REQUESTED)
        v->year = tr_fill(
            req->arena, req->lang,
            N_("On {date} you asked that the request not to disclose be withdrawn. Please keep silent until the receiving body has answered here."),
            TR_ARGS({ "date", tr_date(req->arena, req->lang, at.requested_at) }));
    if (at.state == WITHDRAWAL_NONE)
        tell_year(req, &at, v);
    return true;
}

static void add_deeds(struct request *req, const struct talks *talks, struct deeds *deeds)
{
    struct deed_view *d;
    struct field_view *f;

    d = deed_add(req, deeds, "say",
                 talks->waits_for_answer ? N_("Answer or write")
                                         : N_("Write to the receiving body"),
                 N_("Send"), STR("/mailbox/case/messages"), N_("Only the receiving body reads it."),
                 LOOK_GO, 0);
    f = deed_field(req, d, FIELD_RADIO, "kind", N_("What it is"), "", true);
    if (f->value.len == 0)
        f->value = talks->waits_for_answer ? STR("ANSWER") : STR("INQUIRY");
    deed_choice(req, f, "ANSWER", N_("An answer to a question"));
    deed_choice(req, f, "INQUIRY", N_("A question of mine"));
    deed_choice(req, f, "MESSAGE", N_("Further information"));
    deed_field(req, d, FIELD_TEXTAREA, "text", N_("Text"), "", true);

    d = deed_add(req, deeds, "consult", N_("Ask before telling a third party"),
                 N_("Send the question"), STR("/mailbox/case/consultation"),
                 N_("The receiving body answers here. Please wait for its answer."), LOOK_PLAIN, 0);
    deed_field(req, d, FIELD_TEXT, "recipient", N_("Whom you wish to tell"),
               N_("For example: a conference, a journal, a customer"), true);
    deed_field(
        req, d, FIELD_TEXTAREA, "reason", N_("Reason"),
        N_("Even when there is a good reason, such as a paper, it is desirable to wait for some time while the countermeasure is unfinished or not widely installed and publication would lead directly to attacks."),
        true);
    deed_field(req, d, FIELD_DATE, "date", N_("When you wish to tell them"),
               N_("Example: 2027-02-15"), true);
}

static bool fill_thread(struct request *req, const struct box *box, struct mailbox_view *v,
                        struct err *err)
{
    struct talks talks;

    if (!talk_list(box->scene.tx, who_of(req), &box->scene.c, THREAD_FINDER, NULL, req->arena,
                   &talks, err))
        return PASS(err);
    thread_view(req->arena, req->lang, &talks, false, v->body, &v->thread);
    for (size_t i = 0; i < v->thread.len; i++)
        v->thread.at[i].who = v->thread.at[i].is_mine ? tr(req->lang, N_("You")) : v->body;
    if (talks.waits_for_answer)
        v->waits = (struct note_view){
            .tone = TONE_EMBER,
            .words = tr(req->lang, N_("The receiving body has a question. Please answer below."))
        };
    add_deeds(req, &talks, &v->deeds);
    return true;
}

/* FND-14: the operator wishes it, the finder decides; then they write to each other, with a copy to the receiving body. */
static void ask_about_direct(struct request *req, struct mailbox_view *v)
{
    struct deed_view *d = deed_add(
        req, &v->deeds, "direct-answer", N_("The operator would like to write to you directly"),
        N_("Send the answer"), STR("/mailbox/case/direct-answer"),
        N_("You need not agree. If you do, the receiving body gets a copy of every message."),
        LOOK_GO, 0);
    struct field_view *f = deed_field(req, d, FIELD_RADIO, "answer", N_("Your answer"), "", true);

    deed_choice(req, f, "yes", N_("I agree"));
    deed_choice(req, f, "no", N_("I do not agree"));
    deed_field(req, d, FIELD_TEXT, "name", N_("How you wish to be called there"),
               N_("May be left empty. Your name and contact are not passed on in any other way."),
               false);
}

static bool fill_direct(struct request *req, const struct box *box, struct mailbox_view *v,
                        struct err *err)
{
    const struct website *site = &box->scene.site;
    struct thread_block direct = {
        .id = STR("direct"),
        .title = tr(req->lang, N_("With the operator, directly")),
        .note = tr(req->lang, N_("The receiving body gets a copy of every message."))
    };
    struct talks talks;

    if (site->direct_wished_at.ms && !site->direct_agreed_at.ms &&
        website_is_with_operator(site->state))
        ask_about_direct(req, v);
    if (!site->direct_at.ms)
        return true;
    if (!talk_list(box->scene.tx, who_of(req), &box->scene.c, THREAD_DIRECT, NULL, req->arena,
                   &talks, err))
        return PASS(err);
    thread_view(req->arena, req->lang, &talks, false, STR_NONE, &direct.messages);
    for (size_t i = 0; i < direct.messages.len; i++)
        direct.messages.at[i].who = tr(
            req->lang, direct.messages.at[i].is_mine ? N_("You") : N_("Operator of the website"));
    if (!website_is_closed(site->state)) {
        struct deed_view *d =
            deed_add(req, &direct.deeds, "say-operator", N_("Write to the operator"), N_("Send"),
                     STR("/mailbox/case/direct"), "", LOOK_PLAIN, 0);

        deed_field(req, d, FIELD_TEXTAREA, "text", N_("Message"), "", true);
    }
    VEC_PUSH(req->arena, &v->direct, direct);
    return true;
}

static bool fill_report(struct request *req, struct box *box, struct mailbox_view *v,
                        struct err *err)
{
    struct case_page_view texts = { 0 };
    struct str record;

    if (!report_texts(box->scene.tx, &box->scene.c, &box->scene.grant, req->arena, &record, err) ||
        !fill_texts(req, &box->scene, &texts, err))
        return PASS(err);
    v->texts = texts.texts;
    v->product = record_get(record, box->scene.c.is_website ? "site_name" : "product_name");
    if (v->product.len == 0)
        v->product = tr(req->lang, N_("Your report"));
    return true;
}

static bool list_files(struct request *req, const struct box *box, struct mailbox_view *v,
                       struct err *err)
{
    struct cabinet cabinet = desk_cabinet(desk_of(req));
    struct act_list none = { 0 };

    v->file_field = (struct field_view){
        .id = STR("new-files"),
        .name = STR("files"),
        .kind = FIELD_FILE,
        .multiple = true,
        .is_bare = true,
        .label = tr(req->lang, N_("Add files")),
        .help = tr_fill(
            req->arena, req->lang,
            N_("Number of files: at most {count}, each of at most {size} MB. The receiving body opens them first."),
            TR_ARGS({ "count", tr_number(req->arena, cabinet.max_files) },
                    { "size", tr_number(req->arena, cabinet.max_bytes >> 20) })),
    };
    return desk_files_fill(req, box->scene.tx, &box->scene.c, &box->scene.grant, NULL,
                           "/mailbox/case/files", &v->files, &none, err)
               ? true
               : PASS(err);
}

/* CFD-15: what the finder reported itself, and what everybody concerned was told. */
static bool fill_seen(struct request *req, const struct box *box, struct mailbox_view *v,
                      struct err *err)
{
    const struct product_case *c = &box->scene.c;
    struct observations all;

    if (c->is_website)
        return true;
    if (!observations_of(box->scene.tx, c, req->arena, &all, err))
        return PASS(err);
    for (size_t i = 0; i < all.len; i++) {
        const struct observation *o = &all.at[i];

        if (observation_is_for(o, who_of(req), NULL))
            VEC_PUSH(req->arena, &v->observed,
                     (struct fact){ .name = observed_kind(req, o),
                                    .tag = observed_tag(req, o),
                                    .value = o->decided.len > 0 ? o->decided
                                             : o->told.len > 0  ? o->told
                                                                : o->words });
    }
    if (observation_may_begin(c))
        observed_claim_deed(req, &v->deeds, STR("/mailbox/case/observation"), 0);
    return true;
}

/* What proves that it was reported, and when. */
static bool fill_receipt(struct request *req, const struct box *box, struct mailbox_view *v,
                         struct err *err)
{
    struct receipt_kept kept;

    if (!receipt_load(&desk_of(req)->casework, box->scene.tx, &box->scene.c, req->arena, &kept,
                      err))
        return PASS(err);
    v->has_proof = kept.file.len > 0;
    v->proof_state =
        kept.checkpoint_at.ms
            ? tr_fill(req->arena, req->lang,
                      N_("The checkpoint of {date} binds it; the receipt carries the proof."),
                      TR_ARGS({ "date", tr_date(req->arena, req->lang, kept.checkpoint_at) }))
            : tr(req->lang,
                 N_("The next checkpoint will bind it. Please take the receipt once more tomorrow: it will then carry the proof."));
    v->checkpoints = arena_printf(req->arena, "%.*s%.*s/receipts",
                                  STR_ARG(desk_of(req)->settings->portal_url), STR_ARG(req->base));
    return true;
}

/* fault: what could not be taken; NULL on a fresh page. */
static bool show(struct request *req, struct response *res, struct box *box, const char *fault,
                 struct err *err)
{
    /* clang-format off */
    static const struct done done[] = {
        { "said", N_("Your message has been sent to the receiving body."), TONE_GOOD },
        { "consulted", N_("Your question has been sent. Please wait for the answer before you tell anybody."), TONE_GOOD },
        { "observed", N_("Both bodies have been told at once. They confirm it and write to you here."), TONE_GOOD },
        { "withdrawal", N_("Your request has been sent. Please keep silent until the receiving body has answered here."), TONE_GOOD },
        { "files", N_("The files have been received."), TONE_GOOD },
        { "direct", N_("Your answer has been sent to the receiving body."), TONE_GOOD },
        { "direct_said", N_("Your message has been sent to the operator; the receiving body has a copy."), TONE_GOOD },
    };
    /* clang-format on */
    struct frame frame = { .title = tr(req->lang, N_("Your mailbox")), .is_narrow = true };
    struct page *body = frame_page(req);
    struct mailbox_view v = {
        .receipt = box->receipt,
        .state = mailbox_tag(req->lang, box->scene.c.state),
        .status = mailbox_status(req->lang, box->scene.c.state),
        .body = body_name(req),
        .is_website = box->scene.c.is_website,
    };
    struct priority_plan plan;
    bool has_plan;

    if (v.is_website) {
        v.state = mailbox_website_tag(req->lang, box->scene.site.state);
        v.status = mailbox_website_status(req->lang, box->scene.site.state);
    }

    if (!fill_reason(req, box, &v, err) || !fill_published(req, box, &v, err) ||
        !fill_thread(req, box, &v, err) || !fill_direct(req, box, &v, err) ||
        !fill_report(req, box, &v, err) || !list_files(req, box, &v, err))
        return PASS(err);
    if (!priority_load(box->scene.tx, &box->scene.c, req->arena, &plan, &has_plan, err))
        return PASS(err);
    fill_timeline(req, &box->scene, plan.finder_told_at, &v);
    if (!fill_release(req, box, &v, err) || !fill_seen(req, box, &v, err) ||
        !fill_receipt(req, box, &v, err))
        return PASS(err);
    if (fault) {
        res->status = 422;
        VEC_PUSH(req->arena, &v.faults, (struct fault){ .words = tr(req->lang, fault) });
    }
    frame_done(req, &frame, done, COUNT(done));
    mailbox_page(body, &v);
    return frame_send(req, res, body, &frame, err) ? true : PASS(err);
}

bool mailbox_case(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(box_end) struct box box = { 0 };

    return box_open(req, TX_READ, &box, err) && show(req, res, &box, NULL, err) ? true : PASS(err);
}

static bool show_again(struct request *req, struct response *res, const char *fault,
                       struct err *err)
{
    CLEANUP(box_end) struct box box = { 0 };

    return box_open(req, TX_READ, &box, err) && show(req, res, &box, fault, err) ? true : PASS(err);
}

static bool claim_seen(struct request *req, struct err *err)
{
    CLEANUP(box_end) struct box box = { 0 };
    struct observed observed;

    return observed_from_form(req, &observed, err) && box_open(req, TX_WRITE, &box, err) &&
                   observation_claim(box.scene.tx, who_of(req), &box.scene.c, NULL, &observed,
                                     req->now, req->arena, err) &&
                   tx_commit(&box.scene.tx, err)
               ? true
               : PASS(err);
}

/* CFD-15 */
bool mailbox_observed(struct request *req, struct response *res, struct err *err)
{
    struct err why = { 0 };

    if (claim_seen(req, &why))
        return frame_go(req, res, STR("/mailbox/case?done=observed"));
    if (why.code == ERR_INPUT)
        return show_again(
                   req, res,
                   N_("Please choose what has been seen, when, now or before, and write what it was."),
                   err)
                   ? true
                   : PASS(err);
    *err = why;
    return PASS(err);
}

static bool send_kept(struct request *req, struct response *res, bool is_text, struct err *err)
{
    CLEANUP(box_end) struct box box = { 0 };
    struct receipt_kept kept;

    if (!box_open(req, TX_READ, &box, err) ||
        !receipt_load(&desk_of(req)->casework, box.scene.tx, &box.scene.c, req->arena, &kept, err))
        return PASS(err);
    if (kept.file.len == 0)
        return FAIL(err, ABSENT, STR("a receipt"));
    return is_text
               ? respond_attachment(res, kept.text, STR("report.txt"),
                                    STR("text/plain; charset=utf-8"))
               : respond_attachment(res, kept.file, STR("receipt.json"), STR("application/json"));
}

bool mailbox_receipt(struct request *req, struct response *res, struct err *err)
{
    return send_kept(req, res, false, err) ? true : PASS(err);
}

bool mailbox_report(struct request *req, struct response *res, struct err *err)
{
    return send_kept(req, res, true, err) ? true : PASS(err);
}

/* ---- what it sends ---- */

static bool send(struct request *req, enum talk_kind kind, struct str text, struct err *err)
{
    CLEANUP(box_end) struct box box = { 0 };
    struct entry entry;

    return box_open(req, TX_WRITE, &box, err) &&
                   (kind == TALK_INQUIRY
                        ? inquiry_ask(box.scene.tx, who_of(req), &box.scene.c, text, req->now,
                                      req->arena, err)
                        : talk_say(box.scene.tx, who_of(req), &box.scene.c, THREAD_FINDER, NULL,
                                   kind, text, req->now, req->arena, &entry, err)) &&
                   tx_commit(&box.scene.tx, err)
               ? true
               : PASS(err);
}

static bool done_or_again(struct request *req, struct response *res, bool ok, const char *code,
                          const struct err *why, struct err *err)
{
    if (ok)
        return frame_go(req, res, arena_printf(req->arena, "/mailbox/case?done=%s", code));
    if (why->code == ERR_INPUT)
        return show_again(req, res, N_("Please write a text of at most 20,000 characters."), err)
                   ? true
                   : PASS(err);
    *err = *why;
    return PASS(err);
}

/* FND-05, INT-11, INT-12 */
bool mailbox_say(struct request *req, struct response *res, struct err *err)
{
    struct str kind = request_form(req, "kind");
    enum talk_kind is = str_eq(kind, STR("ANSWER"))    ? TALK_ANSWER
                        : str_eq(kind, STR("INQUIRY")) ? TALK_INQUIRY
                                                       : TALK_MESSAGE;
    struct err why = { 0 };
    bool ok = send(req, is, request_form(req, "text"), &why);

    return done_or_again(req, res, ok, "said", &why, err);
}

static bool answer_direct(struct request *req, struct err *err)
{
    CLEANUP(box_end) struct box box = { 0 };
    struct str answer = request_form(req, "answer");

    if (!str_eq(answer, STR("yes")) && !str_eq(answer, STR("no")))
        return FAIL(err, INPUT, STR("answer"));
    if (!box_open(req, TX_WRITE, &box, err))
        return PASS(err);
    if (!box.scene.c.is_website)
        return FAIL(err, ABSENT, STR("a question"));
    return website_answer_direct(box.scene.tx, who_of(req), &box.scene.site,
                                 str_eq(answer, STR("yes")), str_trim(request_form(req, "name")),
                                 req->now, req->arena, err) &&
                   tx_commit(&box.scene.tx, err)
               ? true
               : PASS(err);
}

/* FND-14 */
bool mailbox_answer_direct(struct request *req, struct response *res, struct err *err)
{
    struct err why = { 0 };

    if (answer_direct(req, &why))
        return frame_go(req, res, STR("/mailbox/case?done=direct"));
    if (why.code == ERR_INPUT)
        return show_again(req, res, N_("Please choose whether you agree; a name is a single line."),
                          err)
                   ? true
                   : PASS(err);
    *err = why;
    return PASS(err);
}

static bool say_direct(struct request *req, struct err *err)
{
    CLEANUP(box_end) struct box box = { 0 };

    if (!box_open(req, TX_WRITE, &box, err))
        return PASS(err);
    if (!box.scene.c.is_website)
        return FAIL(err, ABSENT, STR("a thread"));
    return website_say(&desk_of(req)->casework, box.scene.tx, who_of(req), &box.scene.site,
                       THREAD_DIRECT, request_form(req, "text"), req->now, req->arena, err) &&
                   tx_commit(&box.scene.tx, err)
               ? true
               : PASS(err);
}

bool mailbox_say_direct(struct request *req, struct response *res, struct err *err)
{
    struct err why = { 0 };
    bool ok = say_direct(req, &why);

    return done_or_again(req, res, ok, "direct_said", &why, err);
}

static bool is_filled(struct str value)
{
    return str_trim(value).len > 0 && str_code_points(value) <= CONSULT_FIELD_MAX;
}

/* FND-10, FND-11 */
bool mailbox_consult(struct request *req, struct response *res, struct err *err)
{
    struct str recipient = request_form(req, "recipient"), reason = request_form(req, "reason"),
               date = request_form(req, "date"), text;
    struct err why = { 0 };
    struct utc at;
    bool ok;

    if (!is_filled(recipient) || !is_filled(reason) || !utc_parse(str_trim(date), &at, &why))
        return show_again(
                   req, res,
                   N_("Please enter whom you wish to tell, the reason, and the date in the form 2027-02-15."),
                   err)
                   ? true
                   : PASS(err);
    text = tr_fill(req->arena, req->lang,
                   N_("Whom I wish to tell: {recipient}\nWhen: {date}\nReason: {reason}"),
                   TR_ARGS({ "recipient", str_trim(recipient) },
                           { "date", tr_date(req->arena, req->lang, at) },
                           { "reason", str_trim(reason) }));
    ok = send(req, TALK_CONSULTATION, text, &why);
    return done_or_again(req, res, ok, "consulted", &why, err);
}

static bool ask_withdrawal(struct request *req, struct err *err)
{
    CLEANUP(box_end) struct box box = { 0 };

    return box_open(req, TX_WRITE, &box, err) &&
                   withdrawal_request(&desk_of(req)->casework, box.scene.tx, who_of(req),
                                      &box.scene.c, &box.scene.developers,
                                      request_form(req, "understood").len > 0,
                                      request_form(req, "words"), req->now, req->arena, err) &&
                   tx_commit(&box.scene.tx, err)
               ? true
               : PASS(err);
}

/* FND-12, P23: refused with the reason; the page says the day. */
bool mailbox_withdrawal(struct request *req, struct response *res, struct err *err)
{
    struct err why = { 0 };

    if (ask_withdrawal(req, &why))
        return frame_go(req, res, STR("/mailbox/case?done=withdrawal"));
    if (why.code == ERR_NOT_READY || why.code == ERR_NO_SUCH_MOVE)
        return show_again(
                   req, res,
                   N_("This can be asked from the day named below on, unless you have asked already. Please tick that you have read what follows from it."),
                   err)
                   ? true
                   : PASS(err);
    return done_or_again(req, res, false, "withdrawal", &why, err);
}

static bool attach_all(struct request *req, struct err *err)
{
    CLEANUP(box_end) struct box box = { 0 };
    struct cabinet cabinet = desk_cabinet(desk_of(req));
    const struct upload *upload;
    struct {
        VEC_OF(struct str);
    } ids = { 0 };
    struct str id;

    if (!request_upload(req, "files", 0) || request_upload(req, "files", (size_t)cabinet.max_files))
        return FAIL(err, INPUT, STR("files"));
    if (!box_open(req, TX_WRITE, &box, err))
        return PASS(err);
    for (size_t i = 0; (upload = request_upload(req, "files", i)); i++) {
        if (!case_file_attach(&cabinet, box.scene.tx, who_of(req), &box.scene.c, THREAD_FINDER,
                              NULL, upload->name, upload->bytes, req->now, req->arena, &id, err))
            return PASS(err);
        VEC_PUSH(req->arena, &ids, id);
    }
    if (!tx_commit(&box.scene.tx, err))
        return PASS(err);
    for (size_t i = 0; (upload = request_upload(req, "files", i)); i++)
        desk_file_look(desk_of(req), ids.at[i], upload->name, upload->bytes);
    return true;
}

bool mailbox_send_files(struct request *req, struct response *res, struct err *err)
{
    struct err why = { 0 };

    if (attach_all(req, &why))
        return frame_go(req, res, STR("/mailbox/case?done=files"));
    if (why.code == ERR_INPUT)
        return show_again(req, res, N_("Please choose files, no more than are allowed at once."),
                          err)
                   ? true
                   : PASS(err);
    if (why.code == ERR_TOO_LARGE)
        return show_again(req, res, N_("One of the files is too large. None has been added."), err)
                   ? true
                   : PASS(err);
    *err = why;
    return PASS(err);
}

bool mailbox_file(struct request *req, struct response *res, struct err *err)
{
    CLEANUP(box_end) struct box box = { 0 };

    return box_open(req, TX_READ, &box, err) &&
                   desk_file_send(req, res, box.scene.tx, &box.scene.c, &box.scene.grant, err)
               ? true
               : PASS(err);
}
