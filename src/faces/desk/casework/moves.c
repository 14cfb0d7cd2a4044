/* faces/desk/casework/moves.c: what the buttons of a case do: read the form, call one function of the domain, go back. */
#include "faces/desk/casework/moves.h"

#include "base/err.h"
#include "base/record.h"
#include "domain/casework/answer.h"
#include "domain/casework/breach.h"
#include "domain/casework/coordination.h"
#include "domain/casework/direct.h"
#include "domain/casework/intake.h"
#include "domain/casework/renewal.h"
#include "domain/casework/talk.h"
#include "faces/desk/casework/own.h"
#include "faces/desk/casework/scene.h"
#include "faces/desk/files/cabinet.h"
#include "faces/http/respond.h"

void scene_look_at_files(const struct request *req, const struct scene *s)
{
    for (size_t i = 0; i < s->new_files.len; i++) {
        const struct upload *upload = request_upload(req, "files", i);

        desk_file_look(desk_of(req), s->new_files.at[i], upload->name, upload->bytes);
    }
}

/* The files that go along with a message, into its thread. */
static bool attach_files(struct request *req, struct scene *s, enum thread thread,
                         const struct developer *participant, struct err *err)
{
    struct cabinet cabinet = desk_cabinet(desk_of(req));
    const struct upload *upload;
    struct str id;

    if (request_upload(req, "files", (size_t)cabinet.max_files))
        return FAIL(err, INPUT, STR("files"));
    for (size_t i = 0; (upload = request_upload(req, "files", i)); i++) {
        if (!case_file_attach(&cabinet, s->tx, who_of(req), &s->c, thread, participant,
                              upload->name, upload->bytes, req->now, req->arena, &id, err))
            return PASS(err);
        VEC_PUSH(req->arena, &s->new_files, id);
    }
    return true;
}

/* A message and the files that go along with it. */
static bool say_with_files(struct request *req, struct scene *s, enum thread thread,
                           const struct developer *participant, enum talk_kind kind,
                           struct err *err)
{
    struct entry entry;

    if (!talk_say(s->tx, who_of(req), &s->c, thread, participant, kind, request_form(req, "text"),
                  req->now, req->arena, &entry, err) ||
        !attach_files(req, s, thread, participant, err))
        return PASS(err);
    s->said = entry.seq;
    return true;
}

bool scene_carry_out_in(struct request *req, struct response *res, scene_opener *open,
                        scene_act *act, scene_again *show, struct str path, const char *done,
                        struct err *err)
{
    struct err fault = { 0 };
    bool ok;

    {
        __attribute__((cleanup(scene_end))) struct scene s = { 0 };

        ok = open(req, TX_WRITE, &s, &fault) && scene_is_fresh(req, &s, &fault) &&
             act(req, &s, &fault) && tx_commit(&s.tx, &fault);
        if (ok)
            scene_look_at_files(req, &s);
    }
    if (ok)
        return case_done(req, res, path, done);
    if (!case_is_mendable(&fault)) {
        *err = fault;
        return PASS(err);
    }
    res->status = err_http_status(fault.code);
    return show(req, res, &fault, err);
}

bool scene_carry_out(struct request *req, struct response *res, scene_act *act, scene_again *show,
                     struct str path, const char *done, struct err *err)
{
    return scene_carry_out_in(req, res, scene_open, act, show, path, done, err);
}

struct str case_path(const struct request *req)
{
    return arena_printf(req->arena, "/cases/%.*s", STR_ARG(request_path(req, "id")));
}

struct str report_path(const struct request *req)
{
    return arena_printf(req->arena, "/reports/%.*s", STR_ARG(request_path(req, "id")));
}

static struct str developer_path(const struct request *req)
{
    return arena_printf(req->arena, "/cases/%.*s/developers/%.*s", STR_ARG(request_path(req, "id")),
                        STR_ARG(request_path(req, "developer")));
}

static struct str form(const struct request *req, const char *name)
{
    return str_trim(request_form(req, name));
}

static bool is_ticked(const struct request *req, const char *name)
{
    return form(req, name).len > 0;
}

#define WHO      who_of(req)
#define NOW      req->now
#define ARENA    req->arena
#define CASEWORK &desk_of(req)->casework
#define REPORT(name, words)                                                                   \
    bool name(struct request *req, struct response *res, struct err *err)                     \
    {                                                                                         \
        return scene_carry_out_in(req, res, scene_open_report, name##_deed, report_page_show, \
                                  report_path(req), words, err);                              \
    }
#define CASE(name, words)                                                                          \
    bool name(struct request *req, struct response *res, struct err *err)                          \
    {                                                                                              \
        return scene_carry_out(req, res, name##_deed, case_page_show, case_path(req), words, err); \
    }
#define DEVELOPER(name, words)                                                                  \
    bool name(struct request *req, struct response *res, struct err *err)                       \
    {                                                                                           \
        return scene_carry_out(req, res, name##_deed, developer_page_show, developer_path(req), \
                               words, err);                                                     \
    }

/* ---- receiving body ---- */

static bool report_accept_deed(struct request *req, struct scene *s, struct err *err)
{
    bool is_complete = is_ticked(req, "is_complete"), is_in_scope = is_ticked(req, "is_in_scope");

    return s->c.is_website
               ? website_accept(s->tx, WHO, &s->site, is_complete, is_in_scope, NOW, ARENA, err)
               : intake_accept(s->tx, WHO, &s->c, is_complete, is_in_scope, NOW, ARENA, err);
}
REPORT(report_accept, "accepted")

static bool report_reject_deed(struct request *req, struct scene *s, struct err *err)
{
    struct str code = form(req, "code"), words = form(req, "words");

    return s->c.is_website ? website_reject(s->tx, WHO, &s->site, code, words, NOW, ARENA, err)
                           : intake_reject(s->tx, WHO, &s->c, code, words, NOW, ARENA, err);
}
REPORT(report_reject, "rejected")

static bool report_stop_deed(struct request *req, struct scene *s, struct err *err)
{
    struct str code = form(req, "code"), words = form(req, "words");

    return s->c.is_website ? website_stop(s->tx, WHO, &s->site, code, words, NOW, ARENA, err)
                           : intake_stop(s->tx, WHO, &s->c, code, words, NOW, ARENA, err);
}
REPORT(report_stop, "stopped")

static bool report_forward_deed(struct request *req, struct scene *s, struct err *err)
{
    return intake_forward(s->tx, WHO, &s->c, NOW, ARENA, err);
}
REPORT(report_forward, "forwarded")

static bool report_say_deed(struct request *req, struct scene *s, struct err *err)
{
    enum talk_kind kind = str_eq(form(req, "kind"), STR("QUESTION")) ? TALK_QUESTION : TALK_MESSAGE;

    return say_with_files(req, s, THREAD_FINDER, NULL, kind, err);
}
REPORT(report_say, "said")

static bool assess(struct request *req, struct scene *s, struct err *err)
{
    struct str typed = form(req, "score");
    int64_t score = -1, whole, tenth = 0;
    size_t dot = str_index(typed, '.');

    if (typed.len > 0) {
        struct err why = { 0 };

        if (!str_to_int(str_take(typed, dot), 0, 10, &whole, &why) ||
            (dot < typed.len && !str_to_int(str_drop(typed, dot + 1), 0, 9, &tenth, &why)))
            return FAIL(err, INPUT, STR("score"));
        score = whole * 10 + tenth;
    }
    return intake_assess(s->tx, WHO, &s->c, form(req, "range"), score, form(req, "reason"), NOW,
                         ARENA, err);
}

static bool report_assess_deed(struct request *req, struct scene *s, struct err *err)
{
    return assess(req, s, err);
}
REPORT(report_assess, "assessed")

static bool report_title_deed(struct request *req, struct scene *s, struct err *err)
{
    return case_retitle(s->tx, WHO, &s->c, form(req, "title"), NOW, ARENA, err);
}
REPORT(report_title, "titled")

static bool report_identity_ask_deed(struct request *req, struct scene *s, struct err *err)
{
    return identity_ask(s->tx, WHO, &s->c, form(req, "reason"), NOW, ARENA, err);
}
REPORT(report_identity_ask, "identity_asked")

static bool report_identity_allow_deed(struct request *req, struct scene *s, struct err *err)
{
    return identity_allow(s->tx, WHO, &s->c, request_path(req, "opening"), NOW, ARENA, err);
}
REPORT(report_identity_allow, "identity_allowed")

static bool report_renewal_ask_deed(struct request *req, struct scene *s, struct err *err)
{
    return renewal_ask(s->tx, WHO, &s->c, form(req, "how"), NOW, ARENA, err);
}
REPORT(report_renewal_ask, "renewal_asked")

static bool report_renewal_allow_deed(struct request *req, struct scene *s, struct err *err)
{
    return renewal_allow(CASEWORK, s->tx, WHO, &s->c, request_path(req, "renewal"), NOW, ARENA,
                         err);
}
REPORT(report_renewal_allow, "renewal_allowed")

/* ---- either body ---- */

static bool case_assess_deed(struct request *req, struct scene *s, struct err *err)
{
    return assess(req, s, err);
}
CASE(case_assess, "assessed")

static bool case_title_deed(struct request *req, struct scene *s, struct err *err)
{
    return case_retitle(s->tx, WHO, &s->c, form(req, "title"), NOW, ARENA, err);
}
CASE(case_title, "titled")

static bool note(struct request *req, struct scene *s, enum thread thread,
                 const struct developer *of, struct err *err)
{
    struct entry entry;

    return talk_say(s->tx, WHO, &s->c, thread, of, TALK_MESSAGE, form(req, "text"), NOW, ARENA,
                    &entry, err)
               ? true
               : PASS(err);
}

static bool report_note_deed(struct request *req, struct scene *s, struct err *err)
{
    return note(req, s, THREAD_STAFF_RB, NULL, err);
}
REPORT(report_note, "noted")

static bool case_note_deed(struct request *req, struct scene *s, struct err *err)
{
    return note(req, s, THREAD_STAFF_CB, NULL, err);
}

bool case_keep_note(struct request *req, struct response *res, struct err *err)
{
    return scene_carry_out(req, res, case_note_deed, case_page_show, case_path(req), "noted", err);
}

static bool case_say_deed(struct request *req, struct scene *s, struct err *err)
{
    return say_with_files(req, s, THREAD_BODIES, NULL, TALK_MESSAGE, err);
}
CASE(case_say, "said")

/* ---- coordinating body ---- */

static bool case_take_deed(struct request *req, struct scene *s, struct err *err)
{
    return coordination_take(CASEWORK, s->tx, WHO, &s->c, NOW, ARENA, err);
}
CASE(case_take, "taken")

static bool case_add_developer_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer added;

    if (!request_form_count(req, "organisation"))
        return FAIL(err, INPUT, STR("organisation"));
    for (size_t i = 0; i < request_form_count(req, "organisation"); i++) {
        if (!coordination_add(CASEWORK, s->tx, WHO, &s->c, request_form_nth(req, "organisation", i),
                              NOW, ARENA, &added, err))
            return PASS(err);
    }
    return true;
}
CASE(case_add_developer, "developer_added")

static bool case_summary_deed(struct request *req, struct scene *s, struct err *err)
{
    return coordination_write_summary(s->tx, WHO, &s->c, form(req, "summary"), NOW, ARENA, err);
}
CASE(case_summary, "summary_written")

static bool case_send_summaries_deed(struct request *req, struct scene *s, struct err *err)
{
    struct utc due;
    int64_t sent;

    return scene_instant(req, "answer_due", &due, err) &&
           coordination_send_summaries(CASEWORK, s->tx, WHO, &s->c, &s->developers, due, NOW, ARENA,
                                       &sent, err);
}
CASE(case_send_summaries, "summaries_sent")

static bool case_remind_all_deed(struct request *req, struct scene *s, struct err *err)
{
    struct str whom = form(req, "whom");
    struct utc due;
    int64_t sent;

    if (!str_eq(whom, STR("all")) && !str_eq(whom, STR("overdue")))
        return FAIL(err, INPUT, STR("whom"));
    return scene_instant(req, "answer_due", &due, err) &&
           coordination_remind_all(s->tx, WHO, &s->c, &s->developers, str_eq(whom, STR("overdue")),
                                   due, NOW, ARENA, &sent, err);
}
CASE(case_remind_all, "all_reminded")

static bool case_set_date_deed(struct request *req, struct scene *s, struct err *err)
{
    static const char *const parts[] = { "basis",     "time_needed", "foreign",
                                         "leak_risk", "reason",      "heard" };
    struct buf why = buf_new(ARENA, 65536);
    struct str record;
    struct utc date;

    for (size_t i = 0; i < COUNT(parts); i++)
        record_put(&why, parts[i], form(req, parts[i]));
    return scene_instant(req, "date", &date, err) && buf_done(&why, &record, err) &&
           coordination_set_date(CASEWORK, s->tx, WHO, &s->c, &s->developers, date, record, NOW,
                                 ARENA, err);
}
CASE(case_set_date, "date_set")

static bool case_change_date_deed(struct request *req, struct scene *s, struct err *err)
{
    struct utc date;

    return scene_instant(req, "date", &date, err) &&
           coordination_change_date(CASEWORK, s->tx, WHO, &s->c, &s->developers, date,
                                    is_ticked(req, "others_heard"), form(req, "reason"), NOW, ARENA,
                                    err);
}
CASE(case_change_date, "date_changed")

static bool path_number(const struct request *req, const char *name, int64_t *out, struct err *err)
{
    struct err why = { 0 };

    return str_to_int(request_path(req, name), 1, INT64_MAX, out, &why)
               ? true
               : FAIL(err, ABSENT, STR("a number"));
}

static bool case_decide_wish_deed(struct request *req, struct scene *s, struct err *err)
{
    int64_t id;

    return path_number(req, "wish", &id, err) &&
           coordination_decide_request(s->tx, WHO, &s->c, id,
                                       str_eq(form(req, "decision"), STR("ADOPTED")),
                                       form(req, "words"), NOW, ARENA, err);
}
CASE(case_decide_wish, "wish_decided")

static bool case_handle_hint_deed(struct request *req, struct scene *s, struct err *err)
{
    int64_t id;

    return path_number(req, "hint", &id, err) &&
           coordination_handle_hint(s->tx, WHO, &s->c, id, form(req, "words"), NOW, ARENA, err);
}
CASE(case_handle_hint, "hint_handled")

static bool case_ask_status_deed(struct request *req, struct scene *s, struct err *err)
{
    struct utc due;

    return scene_instant(req, "answer_due", &due, err) &&
           coordination_ask_status(s->tx, WHO, &s->c, &s->developers, due, NOW, ARENA, err);
}
CASE(case_ask_status, "status_asked")

static bool case_advise_stop_deed(struct request *req, struct scene *s, struct err *err)
{
    return intake_advise_stop(s->tx, WHO, &s->c, form(req, "code"), form(req, "words"), NOW, ARENA,
                              err);
}
CASE(case_advise_stop, "stop_advised")

static bool case_close_deed(struct request *req, struct scene *s, struct err *err)
{
    struct str how = form(req, "how");
    enum product_event event = str_eq(how, STR("cancel_known"))      ? ON_CANCEL_KNOWN
                               : str_eq(how, STR("cancel_not_vuln")) ? ON_CANCEL_NOT_VULN
                               : str_eq(how, STR("close_eol"))       ? ON_CLOSE_EOL
                                                                     : ON_CLOSE_INDIVIDUAL;

    if (event == ON_CLOSE_INDIVIDUAL && !str_eq(how, STR("close_individual")))
        return FAIL(err, INPUT, STR("how"));
    return coordination_close(s->tx, WHO, &s->c, &s->developers, event, form(req, "words"), NOW,
                              ARENA, err);
}
CASE(case_close, "closed")

/* ---- coordinating body and one developer ---- */

static bool developer_send_summary_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;
    struct utc due;

    return scene_developer(req, s, &d, err) && scene_instant(req, "answer_due", &due, err) &&
           coordination_send_summary(CASEWORK, s->tx, WHO, &s->c, &d, due, NOW, ARENA, err);
}
DEVELOPER(developer_send_summary, "summary_sent")

static bool developer_send_detail_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;
    struct utc due;

    return scene_developer(req, s, &d, err) && scene_instant(req, "answer_due", &due, err) &&
           coordination_send_detail(s->tx, WHO, &s->c, &d, due, NOW, ARENA, err);
}
DEVELOPER(developer_send_detail, "detail_sent")

static bool developer_remind_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;
    struct utc due;

    return scene_developer(req, s, &d, err) && scene_instant(req, "answer_due", &due, err) &&
           coordination_remind(s->tx, WHO, &s->c, &d, due, NOW, ARENA, err);
}
DEVELOPER(developer_remind, "reminded")

static bool developer_silent_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;

    return scene_developer(req, s, &d, err) &&
           coordination_mark_silent(s->tx, WHO, &s->c, &d, NOW, ARENA, err);
}
DEVELOPER(developer_silent, "marked_silent")

static bool developer_breach_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;
    struct utc published_at;

    return scene_developer(req, s, &d, err) &&
           scene_instant(req, "published_at", &published_at, err) &&
           breach_record(s->tx, WHO, &s->c, &d, published_at, form(req, "words"), NOW, ARENA, err);
}
DEVELOPER(developer_breach, "breach_recorded")

static bool developer_remove_deed(struct request *req, struct scene *s, struct err *err)
{
    struct developer d;

    return scene_developer(req, s, &d, err) &&
           coordination_remove(s->tx, WHO, &s->c, &d, form(req, "reason"), NOW, ARENA, err);
}
CASE(developer_remove, "developer_removed")

static bool developer_say_deed(struct request *req, struct scene *s, struct err *err)
{
    enum talk_kind kind = str_eq(form(req, "kind"), STR("QUESTION")) ? TALK_QUESTION : TALK_MESSAGE;
    struct developer d;

    return scene_developer(req, s, &d, err) &&
           say_with_files(req, s, THREAD_PARTICIPANT, &d, kind, err);
}
DEVELOPER(developer_say, "said")

/* ---- the developer itself ---- */

static bool own(struct scene *s, struct err *err)
{
    return s->has_own ? true : FAIL(err, ABSENT, STR("a case"));
}

bool own_no_product_deed(struct request *req, struct scene *s, struct err *err)
{
    return own(s, err) &&
           answer_no_product(s->tx, WHO, &s->c, &s->own, is_ticked(req, "name_consent"),
                             form(req, "words"), NOW, ARENA, err);
}
CASE(own_no_product, "answered")

bool own_request_detail_deed(struct request *req, struct scene *s, struct err *err)
{
    return own(s, err) && answer_request_detail(s->tx, WHO, &s->c, &s->own,
                                                is_ticked(req, "acknowledged"), NOW, ARENA, err);
}
CASE(own_request_detail, "detail_requested")

static void read_products(const struct request *req, struct product_results *out)
{
    for (size_t i = 0; i < request_form_count(req, "product_name"); i++) {
        struct product_result p = {
            .name = str_trim(request_form_nth(req, "product_name", i)),
            .affected_versions = str_trim(request_form_nth(req, "product_versions", i)),
            .fixed_versions = str_trim(request_form_nth(req, "product_fixed", i)),
            .affected = str_trim(request_form_nth(req, "product_affected", i))
        };

        if (p.name.len > 0)
            VEC_PUSH(ARENA, out, p);
    }
}

bool own_result_deed(struct request *req, struct scene *s, struct err *err)
{
    struct product_results products = { 0 };

    read_products(req, &products);
    return own(s, err) &&
           answer_result(s->tx, WHO, &s->c, &s->own, form(req, "affected"), form(req, "novelty"),
                         form(req, "words"), &products, NOW, ARENA, err);
}
CASE(own_result, "result_reported")

static struct status_report read_status(const struct request *req)
{
    return (struct status_report){ .countermeasure = form(req, "countermeasure"),
                                   .words = form(req, "words"),
                                   .statement_ja = form(req, "statement_ja"),
                                   .statement_en = form(req, "statement_en"),
                                   .url = form(req, "url") };
}

bool own_status_deed(struct request *req, struct scene *s, struct err *err)
{
    const struct status_report report = read_status(req);

    return own(s, err) && answer_status(s->tx, WHO, &s->c, &s->own, &report, NOW, ARENA, err) &&
           answer_drop_draft(s->tx, WHO, &s->c, &s->own, err);
}
CASE(own_status, "status_reported")

static bool own_status_draft_deed(struct request *req, struct scene *s, struct err *err)
{
    struct status_draft draft = { .report = read_status(req) };

    return own(s, err) &&
           str_to_int(form(req, "draft_version"), 0, INT64_MAX, &draft.version, err) &&
           answer_keep_draft(s->tx, WHO, &s->c, &s->own, &draft, NOW, ARENA, err);
}
CASE(own_status_draft, "draft_kept")

static bool own_reporter_deed(struct request *req, struct scene *s, struct err *err)
{
    const struct direct_reporter reporter = { form(req, "reporter_email"),
                                              form(req, "reporter_lang") };

    return own(s, err) && direct_correct(CASEWORK, s->tx, WHO, &s->c, &s->own, &reporter,
                                         form(req, "reason"), NOW, ARENA, err);
}
CASE(own_reporter, "reporter_corrected")

static bool own_reporter_erase_deed(struct request *req, struct scene *s, struct err *err)
{
    return own(s, err) &&
           direct_erase(s->tx, WHO, &s->c, &s->own, form(req, "reason"), NOW, ARENA, err);
}
CASE(own_reporter_erase, "reporter_erased")

bool own_hint_deed(struct request *req, struct scene *s, struct err *err)
{
    return own(s, err) && answer_hint(s->tx, WHO, &s->c, &s->own, form(req, "developer_name"),
                                      form(req, "product"), form(req, "reason"), NOW, ARENA, err);
}
CASE(own_hint, "hint_given")

bool own_wish_deed(struct request *req, struct scene *s, struct err *err)
{
    struct utc proposed;

    return own(s, err) && scene_instant(req, "proposed", &proposed, err) &&
           answer_wish_date(s->tx, WHO, &s->c, &s->own, proposed, form(req, "reason"), NOW, ARENA,
                            err);
}
CASE(own_wish, "wish_sent")

bool own_refuse_deed(struct request *req, struct scene *s, struct err *err)
{
    return own(s, err) &&
           answer_refuse(s->tx, WHO, &s->c, &s->own, form(req, "reason"), NOW, ARENA, err);
}
CASE(own_refuse, "refused")

bool own_say_deed(struct request *req, struct scene *s, struct err *err)
{
    return own(s, err) && say_with_files(req, s, THREAD_PARTICIPANT, &s->own, TALK_ANSWER, err);
}
CASE(own_say, "said")

static bool own_note_deed(struct request *req, struct scene *s, struct err *err)
{
    return own(s, err) && note(req, s, THREAD_STAFF_PD, &s->own, err);
}
CASE(own_note, "noted")
