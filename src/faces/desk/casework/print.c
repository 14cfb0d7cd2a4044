/* faces/desk/casework/print.c: a case as one document: what the reader's page shows, all of its entries, nothing to press. */
#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/moves.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/show.html.h"
#include "faces/desk/casework/state.h"

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

/* Each developer's own page: what it was sent and has answered. */
static bool add_parties(struct request *req, struct scene *s, struct case_page_view *v,
                        struct err *err)
{
    if (!grant_sees(&s->grant, SEES_S) && !has_role(req, ROLE_CB))
        return true;
    for (size_t i = 0; i < s->developers.len; i++) {
        struct fact_block block = { .title = fill_name(req, &s->developers.at[i]) };

        if (!fill_party(req, s, &s->developers.at[i], &block.facts, err))
            return PASS(err);
        VEC_PUSH(req->arena, &v->operator, block);
    }
    return true;
}

/* The coordinating body's talk with each developer; nobody else reads it. */
static bool add_talks(struct request *req, struct scene *s, struct case_page_view *v,
                      struct err *err)
{
    for (size_t i = 0; i < s->developers.len; i++) {
        const struct developer *d = &s->developers.at[i];
        struct thread_block block = { .id = arena_printf(req->arena, "talk-%zu", i + 1),
                                      .title = tr_fill(req->arena, req->lang, N_("With {name}"),
                                                       TR_ARGS({ "name", fill_name(req, d) })) };
        struct pager_view none;
        struct talks talks;

        if (!fill_talks(req, s, THREAD_PARTICIPANT, d, true, &talks, &none, err))
            return PASS(err);
        if (talks.len == 0)
            continue;
        if (!talk_read(s->tx, who_of(req), &s->c, THREAD_PARTICIPANT, d, err))
            return PASS(err);
        thread_view(req->arena, req->lang, &talks, true, STR_NONE, &block.messages);
        VEC_PUSH(req->arena, &v->threads, block);
    }
    return true;
}

/* Nor does the paper speak of other cases. */
static void take_off_deeds(struct case_page_view *v)
{
    struct wait_rows *const waiting[] = { &v->wishes,   &v->hints,      &v->openings,
                                          &v->observed, &v->analyses,   &v->exchanges,
                                          &v->numbers,  &v->withdrawal, &v->inquiries,
                                          &v->rooms };

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

static bool send(struct request *req, struct response *res, struct scene *s,
                 struct case_page_view *v, const char *list, const char *room, struct err *err)
{
    struct page *page = frame_page(req);

    if (!tx_commit(&s->tx, err)) /* what stands here has been read */
        return PASS(err);
    take_off_deeds(v);
    v->paper = tr_fill(
        req->arena, req->lang,
        N_("The case as {name} ({role}) was shown it at {time}. Please do not pass it on to anybody who may not see the same."),
        TR_ARGS({ "name", who_of(req)->name }, { "role", frame_role(req) },
                { "time", tr_instant(req->arena, req->lang, req->now) }));
    case_page(page, v);
    return case_frame_send(req, res, page, s->c.number,
                           CASE_CRUMBS({ tr(req->lang, list), str_from_z(room) },
                                       { s->c.number, arena_printf(req->arena, "%s/%.*s", room,
                                                                   STR_ARG(s->c.public_id)) },
                                       { tr(req->lang, N_("To print")), STR_NONE }),
                           err);
}

bool case_print(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct case_page_view v = { .is_paper = true };

    if (!scene_open(req, TX_WRITE, &s, err) || !fill_case(req, &s, &v, err) ||
        (has_role(req, ROLE_RB) && !add_reception(req, &s, &v, err)) ||
        (has_role(req, ROLE_RB | ROLE_CB) && !add_parties(req, &s, &v, err)) ||
        (has_role(req, ROLE_CB) && !add_talks(req, &s, &v, err)))
        return PASS(err);
    return send(req, res, &s, &v, N_("Cases"), "/cases", err) ? true : PASS(err);
}

/* The receiving body's own: of a website's case too, which nobody else has. */
bool report_print(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct case_page_view v = { .is_paper = true };

    if (!scene_open_report(req, TX_WRITE, &s, err))
        return PASS(err);
    if (!(s.c.is_website ? fill_website(req, &s, &v, err)
                         : fill_case(req, &s, &v, err) && add_reception(req, &s, &v, err) &&
                               add_parties(req, &s, &v, err)))
        return PASS(err);
    return send(req, res, &s, &v, N_("Reports"), "/reports", err) ? true : PASS(err);
}
