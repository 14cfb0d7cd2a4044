/* faces/desk/casework/like.c: what may be about the same: cases of ours, and what is public already (INT-22). */
#include "base/err.h"
#include "domain/advisory/index.h"
#include "domain/casework/list.h"
#include "domain/casework/rediscovery.h"
#include "faces/desk/casework/fill.h"
#include "store/generation.h"

enum { PUBLISHED_SHOWN = 5 };

/* In kinds alone: what the two say is for who may open both. */
static struct str common_of(struct request *req, unsigned kinds)
{
    static const struct {
        enum coincidence kind;
        const char *words;
    } rows[] = {
        { SAME_NUMBER, N_("the same CVE number") },
        { SAME_PRODUCT, N_("the same product") },
        { SAME_ADDRESS, N_("the same web page of the product") },
        { SAME_VERSION, N_("the same version") },
        { SAME_WEAKNESS, N_("the same kind of vulnerability") },
        { SAME_PLACE, N_("the same file, function or parameter") },
    };
    struct str all = STR_NONE;

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str words = tr(req->lang, rows[i].words);

        if (!(kinds & (unsigned)rows[i].kind))
            continue;
        all = all.len > 0 ? tr_fill(req->arena, req->lang, N_("{first}, {more}"),
                                    TR_ARGS({ "first", all }, { "more", words }))
                          : words;
    }
    return tr_fill(req->arena, req->lang, N_("In common: {what}"), TR_ARGS({ "what", all }));
}

static bool add_cases(struct request *req, struct scene *s, const char *room,
                      struct case_page_view *v, struct err *err)
{
    struct duplicates like;

    if (!cases_like(&desk_of(req)->casework, s->tx, who_of(req), &s->c, req->arena, &like, err))
        return PASS(err);
    for (size_t i = 0; i < like.len; i++) {
        const struct duplicate *d = &like.at[i];

        v->has_rediscovery |= coincidence_is_alarm(d->kinds);
        VEC_PUSH(req->arena, &v->like,
                 (struct like_row){
                     .link = { arena_printf(req->arena, "%.*s %.*s", STR_ARG(d->number),
                                            STR_ARG(d->title)),
                               arena_printf(req->arena, "/%s/%.*s", room, STR_ARG(d->public_id)) },
                     .common = common_of(req, d->kinds) });
    }
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
                 (struct like_row){
                     .link = { tr_fill(req->arena, req->lang, N_("published: {number} {title}"),
                                       TR_ARGS({ "number", row->number }, { "title", title })),
                               arena_printf(req->arena, "%.*s%.*s/advisories/%.*s",
                                            STR_ARG(desk->settings->portal_url), STR_ARG(req->base),
                                            STR_ARG(row->slug)) } });
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
