/* faces/desk/casework/history.c: the ledger of one case, for the two bodies. */
#include "base/err.h"
#include "faces/desk/casework/fill.h"
#include "faces/desk/casework/history.html.h"
#include "faces/desk/casework/pages.h"
#include "faces/desk/casework/state.h"

enum { ENTRIES = 5000 };

static struct str actor_words(struct request *req, const struct entry *e)
{
    if (str_eq(e->actor_kind, STR("FINDER")))
        return tr(req->lang, N_("Finder"));
    if (str_eq(e->actor_kind, STR("CLOCK")))
        return tr(req->lang, N_("Clock"));
    if (str_eq(e->actor_kind, STR("COMMAND")))
        return tr(req->lang, N_("Command line"));
    return tr_fill(req->arena, req->lang, N_("person {number}"),
                   TR_ARGS({ "number", tr_number(req->arena, e->actor_id) }));
}

bool case_history(struct request *req, struct response *res, struct err *err)
{
    __attribute__((cleanup(scene_end))) struct scene s = { 0 };
    struct history_view v = { 0 };
    struct entries entries;
    struct page *page = frame_page(req);

    if (!scene_open(req, TX_READ, &s, err) ||
        !ledger_read(s.tx, s.c.id, 0, ENTRIES, req->arena, &entries, err))
        return PASS(err);
    v.number = s.c.number;
    for (size_t i = 0; i < entries.len; i++) {
        const struct entry *e = &entries.at[i];

        if (!fill_may_see_entry(who_of(req), &s, e))
            continue;
        VEC_PUSH(req->arena, &v.rows,
                 (struct history_row){
                     .seq = e->seq,
                     .at = tr_instant(req->arena, req->lang, e->at),
                     .what = event_words(req->arena, req->lang, e),
                     .who = actor_words(req, e),
                     .rule = e->rule,
                     .carries = e->carries,
                     .states = e->to.len > 0 ? arena_printf(req->arena, "%.*s → %.*s",
                                                            STR_ARG(e->from), STR_ARG(e->to))
                                             : STR_NONE });
    }
    history_page(page, &v);
    return case_frame_send(req, res, page, tr(req->lang, N_("Entries of the ledger")),
                           CASE_CRUMBS({ tr(req->lang, N_("Cases")), STR("/cases") },
                                       { s.c.number, case_href(req, &s, "") },
                                       { tr(req->lang, N_("Entries of the ledger")), STR_NONE }),
                           err);
}
