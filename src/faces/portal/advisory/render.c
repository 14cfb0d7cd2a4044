#include "faces/portal/advisory/render.h"

#include "base/err.h"
#include "domain/advisory/proofs.h"
#include "faces/portal/advisory/fill.h"
#include "faces/portal/advisory/list.html.h"
#include "faces/portal/advisory/show.html.h"
#include "faces/portal/frame.h"
#include "faces/portal/receipts/render.h"
#include "faces/portal/statistics/render.h"
#include "faces/portal/unreachable/render.h"

/* Another look of the page of one advisory: raise it, and all of them are made again at the next start. */
static const char version[] = "3";

static bool finish(const struct advisory_site *site, enum lang lang, struct arena *arena,
                   const struct portal_frame *frame, struct page *body, struct str *html,
                   struct err *err)
{
    struct html done;

    if (!portal_frame_html(site, lang, arena, frame, body, STR_NONE, &done, err))
        return PASS(err);
    *html = done.text;
    return true;
}

static void add_alternate(struct portal_frame *frame, struct arena *arena, const char *type,
                          const char *title, struct str href)
{
    VEC_PUSH(arena, &frame->alternates,
             (struct alternate){ str_from_z(type), str_from_z(title), href });
}

static void add_feed(struct portal_frame *frame, enum lang lang, struct arena *arena)
{
    add_alternate(frame, arena, "application/rdf+xml", "JVNRSS",
                  lang == LANG_EN ? STR("/en/rss/noroshi.rdf") : STR("/rss/noroshi.rdf"));
}

static bool render_page(void *context, const struct advisory_view *view, enum lang lang,
                        struct arena *arena, struct str *html, struct err *err)
{
    const struct advisory_site *site = context;
    struct page *body = page_new(arena, PORTAL_PAGE_MAX, lang, STR_NONE);
    struct advisory_page_view v = advisory_page_of(view, site, lang, arena);
    struct str slug = advisory_slug(view->number, arena);
    struct portal_frame frame = {
        .title = arena_printf(arena, "%.*s %.*s", STR_ARG(view->number), STR_ARG(v.title)),
        .description = advisory_text_of(view, lang)->overview,
        .path = path_of_page(slug, LANG_JA, arena),
        .room = "/advisories",
        .crumbs =
            PORTAL_CRUMBS(arena, { tr(lang, N_("Countermeasure information")), STR("/advisories") },
                          { view->number, STR_NONE }),
    };

    add_feed(&frame, lang, arena);
    add_alternate(&frame, arena, "application/json", "JSON", path_of_json(slug, arena));
    add_alternate(&frame, arena, "application/csaf+json", "CSAF 2.0",
                  arena_printf(arena, PATH_CSAF_WHITE "%.*s",
                               STR_ARG(csaf_file_of(view->number, view->published_at, arena))));
    portal_advisory_page(body, &v);
    return finish(site, lang, arena, &frame, body, html, err) ? true : PASS(err);
}

static bool render_list(void *context, const struct advisory_rows *rows, enum lang lang,
                        struct arena *arena, struct str *html, struct err *err)
{
    static const struct index_query all = { .page = 1 };
    struct page *body = page_new(arena, PORTAL_PAGE_MAX, lang, STR_NONE);
    struct advisory_list_view v = advisory_list_of(rows, &all, lang, arena);
    struct portal_frame frame = { .title = tr(lang, N_("Countermeasure information")),
                                  .path = STR("/advisories"),
                                  .room = "/advisories" };

    add_feed(&frame, lang, arena);
    portal_advisory_list(body, &v);
    return finish(context, lang, arena, &frame, body, html, err) ? true : PASS(err);
}

static bool render_home(void *context, const struct advisory_rows *rows, enum lang lang,
                        struct arena *arena, struct str *html, struct err *err)
{
    struct page *body = page_new(arena, PORTAL_PAGE_MAX, lang, STR_NONE);
    struct home_view v = home_of(rows, context, lang, arena);
    struct portal_frame frame = { .path = STR("/") };

    add_feed(&frame, lang, arena);
    portal_home_page(body, &v);
    return finish(context, lang, arena, &frame, body, html, err) ? true : PASS(err);
}

/* Figures of quarters and checkpoints of days stand in one list; each has its own pages. */
static bool render_snapshots(void *context, const struct world_snapshots *all,
                             const struct world_sink *sink, struct arena *arena, struct err *err)
{
    struct world_snapshots quarters = { 0 }, checkpoints = { 0 };

    for (size_t i = 0; i < all->len; i++) {
        if (str_starts(all->at[i].name, STR(CHECKPOINT_NAME)))
            VEC_PUSH(arena, &checkpoints, all->at[i]);
        else
            VEC_PUSH(arena, &quarters, all->at[i]);
    }
    return portal_statistics(context, &quarters, sink, arena, err) &&
                   portal_receipts(context, &checkpoints, sink, arena, err)
               ? true
               : PASS(err);
}

struct advisory_renderer portal_renderer(const struct advisory_site *site)
{
    return (struct advisory_renderer){
        (void *)(uintptr_t)site, version,           render_page, render_list, render_home,
        render_snapshots,        portal_unreachable
    };
}
