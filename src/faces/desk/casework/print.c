/* faces/desk/casework/print.c: a case as one document: what the reader's page shows, all of its entries, nothing to press. */
#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/show.html.h"

/* The receiving body has a second page of the case: reception and the talk with the finder. Who the finder is stands on neither. */
static bool add_reception(struct request *req, struct scene *s, struct case_page_view *v,
                          struct err *err)
{
    struct case_page_view report = { 0 };

    if (!fill_reception(req, s, &report, err) ||
        (s->c.report_id && !fill_finder_thread(req, s, &report, err)) ||
        !fill_notes(req, s, THREAD_STAFF_RB, NULL, STR_NONE, v, err))
        return PASS(err);
    for (size_t i = 0; i < report.facts.len; i++)
        VEC_PUSH(req->arena, &v->facts, report.facts.at[i]);
    if (report.has_thread)
        VEC_PUSH(req->arena, &v->threads,
                 (struct thread_block){ .id = STR("finder"),
                                        .title = report.thread_title,
                                        .messages = report.thread });
    return true;
}

/* Nor does the paper speak of other cases. */
static void take_off_deeds(struct case_page_view *v)
{
    struct wait_rows *const waiting[] = { &v->wishes,   &v->hints,     &v->openings, &v->observed,
                                          &v->analyses, &v->exchanges, &v->numbers };

    v->deeds = v->thread_deeds = v->note_deeds = (struct deeds){ 0 };
    v->file_acts = (struct act_list){ 0 };
    v->report_href = v->history_href = STR_NONE;
    v->like = (struct like_rows){ 0 };
    v->has_notes = v->notes.len > 0;
    for (size_t i = 0; i < COUNT(waiting); i++) {
        for (size_t j = 0; j < waiting[i]->len; j++)
            waiting[i]->at[j].deeds = (struct deeds){ 0 };
    }
    for (size_t i = 0; i < v->threads.len; i++)
        v->threads.at[i].deeds = (struct deeds){ 0 };
}

bool case_print(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct case_page_view v = { .is_paper = true };
    struct page *page = frame_page(req);

    if (!scene_open(req, TX_WRITE, &s, err) || !fill_case(req, &s, &v, err) ||
        (has_role(req, ROLE_RB) && !add_reception(req, &s, &v, err)) || !tx_commit(&s.tx, err))
        return PASS(err);
    take_off_deeds(&v);
    v.paper = tr_fill(
        req->arena, req->lang,
        N_("The case as {name} ({role}) was shown it at {time}. Please do not pass it on to anybody who may not see the same."),
        TR_ARGS({ "name", who_of(req)->name }, { "role", frame_role(req) },
                { "time", tr_instant(req->arena, req->lang, req->now) }));
    case_page(page, &v);
    return case_frame_send(req, res, page, s.c.number,
                           CASE_CRUMBS({ tr(req->lang, N_("Cases")), STR("/cases") },
                                       { s.c.number, case_href(req, &s, "") },
                                       { tr(req->lang, N_("To print")), STR_NONE }),
                           err);
}
