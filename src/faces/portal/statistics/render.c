#include "faces/portal/statistics/render.h"

#include "base/err.h"
#include "faces/portal/frame.h"
#include "faces/portal/statistics/show.html.h"

static const enum lang langs[] = { LANG_JA, LANG_EN };

static void fill_links(const struct world_snapshots *all, struct str path, enum lang lang,
                       struct arena *arena, struct statistics_page_view *v)
{
    struct quarter q;

    if (path.len > 0) {
        VEC_PUSH(arena, &v->formats,
                 (struct link){ STR("JSON"), arena_printf(arena, "%.*s.json", STR_ARG(path)) });
        VEC_PUSH(arena, &v->formats,
                 (struct link){ STR("CSV"), arena_printf(arena, "%.*s.csv", STR_ARG(path)) });
    }
    for (size_t i = 0; i < all->len; i++) {
        if (quarter_parse(all->at[i].name, &q))
            VEC_PUSH(
                arena, &v->quarters,
                (struct link){ quarter_words(q, lang, arena),
                               arena_printf(arena, "/statistics/%.*s", STR_ARG(all->at[i].name)) });
    }
}

static bool finish(const struct advisory_site *site, const struct statistics_page_view *v,
                   struct str path, enum lang lang, struct arena *arena, struct str *html,
                   struct err *err)
{
    struct page *body = page_new(arena, PORTAL_PAGE_MAX, lang, STR_NONE);
    struct portal_frame frame = { .title = tr(lang, N_("Statistics")),
                                  .path = path,
                                  .room = "/statistics" };
    struct html done;

    if (v->quarter.len > 0) {
        frame.title =
            tr_fill(arena, lang, N_("Statistics: {quarter}"), TR_ARGS({ "quarter", v->quarter }));
        if (!str_eq(path, STR("/statistics")))
            frame.crumbs = PORTAL_CRUMBS(arena, { tr(lang, N_("Statistics")), STR("/statistics") },
                                         { v->quarter, STR_NONE });
    }
    portal_statistics_page(body, v);
    if (!portal_frame_html(site, lang, arena, &frame, body, STR_NONE, &done, err))
        return PASS(err);
    *html = done.text;
    return true;
}

static struct statistics_page_view page_for(const struct advisory_site *site, enum lang lang)
{
    return (struct statistics_page_view){
        .receiving = lang == LANG_JA ? site->receiving_ja : site->receiving_en,
        .coordinating = lang == LANG_JA ? site->coordinating_ja : site->coordinating_en,
    };
}

bool portal_statistics_html(const struct advisory_site *site, const struct statistics *s,
                            struct utc published, const struct world_snapshots *all,
                            struct str path, enum lang lang, struct arena *arena, struct str *html,
                            struct err *err)
{
    struct statistics_page_view v = page_for(site, lang);

    v.quarter = quarter_words(statistics_quarter(s), lang, arena);
    v.published = tr_date(arena, lang, published);
    v.figures = figures_of(s, lang, arena);
    fill_links(all,
               arena_printf(arena, "/statistics/%.*s",
                            STR_ARG(quarter_name(statistics_quarter(s), arena))),
               lang, arena, &v);
    return finish(site, &v, path, lang, arena, html, err) ? true : PASS(err);
}

static struct str in(enum lang lang, struct str path, struct arena *arena)
{
    return lang == LANG_EN ? arena_printf(arena, "/en%.*s", STR_ARG(path)) : path;
}

#define TYPE_HTML "text/html; charset=utf-8"

/* A quarter's page in both languages under that path. */
static bool add_pages(const struct advisory_site *site, const struct world_snapshots *all,
                      const struct world_snapshot *one, struct str path,
                      const struct world_sink *sink, struct arena *arena, struct err *err)
{
    struct statistics s;

    if (!statistics_from_record(one->record, arena, &s, err))
        return PASS(err);
    for (size_t i = 0; i < COUNT(langs); i++) {
        struct str html;

        if (!portal_statistics_html(site, &s, one->at, all, path, langs[i], arena, &html, err) ||
            !sink->add(sink->context, in(langs[i], path, arena), TYPE_HTML, html, one->at, err))
            return PASS(err);
    }
    return true;
}

static bool add_documents(const struct world_snapshot *one, struct str path,
                          const struct world_sink *sink, struct arena *arena, struct err *err)
{
    struct str json, csv;
    struct statistics s;

    return statistics_from_record(one->record, arena, &s, err) &&
                   statistics_to_json(&s, arena, &json, err) &&
                   statistics_to_csv(&s, arena, &csv, err) &&
                   sink->add(sink->context, arena_printf(arena, "%.*s.json", STR_ARG(path)),
                             "application/json", json, one->at, err) &&
                   sink->add(sink->context, arena_printf(arena, "%.*s.csv", STR_ARG(path)),
                             "text/csv; charset=utf-8", csv, one->at, err)
               ? true
               : PASS(err);
}

static bool add_empty(const struct advisory_site *site, const struct world_sink *sink,
                      struct arena *arena, struct err *err)
{
    static const struct utc never = { 0 };

    for (size_t i = 0; i < COUNT(langs); i++) {
        struct statistics_page_view v = page_for(site, langs[i]);
        struct str html;

        if (!finish(site, &v, STR("/statistics"), langs[i], arena, &html, err) ||
            !sink->add(sink->context, in(langs[i], STR("/statistics"), arena), TYPE_HTML, html,
                       never, err))
            return PASS(err);
    }
    return true;
}

bool portal_statistics(void *context, const struct world_snapshots *all,
                       const struct world_sink *sink, struct arena *arena, struct err *err)
{
    const struct advisory_site *site = context;

    if (all->len == 0)
        return add_empty(site, sink, arena, err) ? true : PASS(err);
    if (!add_pages(site, all, &all->at[0], STR("/statistics"), sink, arena, err))
        return PASS(err);
    for (size_t i = 0; i < all->len; i++) {
        struct str path = arena_printf(arena, "/statistics/%.*s", STR_ARG(all->at[i].name));

        if (!add_pages(site, all, &all->at[i], path, sink, arena, err) ||
            !add_documents(&all->at[i], path, sink, arena, err))
            return PASS(err);
    }
    return true;
}
