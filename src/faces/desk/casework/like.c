/* faces/desk/casework/like.c: what may be about the same: cases of ours, and what is public already (INT-22). */
#include "base/err.h"
#include "domain/advisory/index.h"
#include "domain/casework/list.h"
#include "faces/desk/casework/fill.h"
#include "store/generation.h"

enum { PUBLISHED_SHOWN = 5 };

static bool add_cases(struct request *req, struct scene *s, const char *room,
                      struct case_page_view *v, struct err *err)
{
    struct duplicates like;

    if (!cases_like(&desk_of(req)->casework, s->tx, who_of(req), &s->c, req->arena, &like, err))
        return PASS(err);
    for (size_t i = 0; i < like.len; i++)
        VEC_PUSH(req->arena, &v->like,
                 (struct link){
                     arena_printf(req->arena, "%.*s %.*s", STR_ARG(like.at[i].number),
                                  STR_ARG(like.at[i].title)),
                     arena_printf(req->arena, "/%s/%.*s", room, STR_ARG(like.at[i].public_id)) });
    return true;
}

/* The same index that the portal searches, mapped from the public world's files. */
static bool add_published(struct request *req, struct scene *s, struct case_page_view *v,
                          struct err *err)
{
    CLEANUP(generation_close_var) struct generation *generation = NULL;
    const struct desk *desk = desk_of(req);
    struct index_query query = { .text = s->c.title, .page = 1 };
    struct segment_entry entry;
    struct advisory_rows rows;
    struct index_found found;

    if (!generation_open(
            arena_z(req->arena, arena_printf(req->arena, "%s/public", desk->state_folder)), NULL,
            &generation, err))
        return PASS(err);
    if (s->c.title.len == 0 || !generation_find(generation, STR(INDEX_PATH), &entry))
        return true;
    if (!index_read(entry.body, req->arena, &rows, err))
        return PASS(err);
    index_search(&rows, &query, req->arena, &found);
    for (size_t i = 0; i < found.rows.len && i < PUBLISHED_SHOWN; i++) {
        const struct advisory_row *row = &found.rows.at[i];
        struct str title =
            req->lang == LANG_EN && row->title_en.len > 0 ? row->title_en : row->title_ja;

        /* Rows borrow from the mapping, which ends with this function. */
        VEC_PUSH(req->arena, &v->like,
                 (struct link){ tr_fill(req->arena, req->lang, N_("published: {number} {title}"),
                                        TR_ARGS({ "number", row->number }, { "title", title })),
                                arena_printf(req->arena, "%.*s%.*s/advisories/%.*s",
                                             STR_ARG(desk->settings->portal_url),
                                             STR_ARG(req->base), STR_ARG(row->slug)) });
    }
    return true;
}

bool fill_like(struct request *req, struct scene *s, const char *room, struct case_page_view *v,
               struct err *err)
{
    if (product_is_closed(s->c.state))
        return true;
    return add_cases(req, s, room, v, err) && add_published(req, s, v, err) ? true : PASS(err);
}
