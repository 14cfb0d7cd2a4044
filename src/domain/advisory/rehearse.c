/* domain/advisory/rehearse.c: every format produced in memory and checked, days before the date. Nothing is written. */
#include "base/err.h"
#include "domain/advisory/world.h"
#include "formats/csaf/csaf_check.h"
#include "formats/xml/wellformed.h"

enum { PAGE_AT_LEAST = 500 };

struct rehearsal {
    const struct advisory_view *view;
    const struct advisory_site *site;
    const struct advisory_renderer *renderer;
    struct arena *arena;
    struct advisory_faults *out;
};

static void fault(struct rehearsal *r, struct str field, const char *words)
{
    VEC_PUSH(r->arena, r->out, (struct advisory_fault){ field, words });
}

static void rehearse_csaf(struct rehearsal *r)
{
    struct csaf_result result = { 0 };
    struct err err = { 0 };
    struct json json;
    struct str text;

    if (!advisory_to_csaf(r->view, r->site, r->arena, &text, &err) ||
        !json_read(text, r->arena, &json, &err)) {
        fault(r, STR("csaf"), N_("The CSAF document could not be produced."));
        return;
    }
    csaf_check(json, r->arena, &result);
    for (size_t i = 0; i < result.findings.len; i++)
        fault(r,
              arena_printf(r->arena, "csaf %.*s %.*s", STR_ARG(result.findings.at[i].test),
                           STR_ARG(result.findings.at[i].pointer)),
              result.findings.at[i].message);
}

static void rehearse_xml(struct rehearsal *r, enum lang lang)
{
    struct advisory_views one = { 0 };
    struct err err = { 0 };
    struct str text;

    if (!advisory_to_vuldef(r->view, r->site, lang, r->arena, &text, &err) ||
        !xml_is_well_formed(text, &err))
        fault(r, STR("vuldef"), N_("The VULDEF document could not be produced."));
    err = (struct err){ 0 };
    VEC_PUSH(r->arena, &one, *r->view);
    if (!advisories_to_jvnrss(&one, r->site, lang, true, r->arena, &text, &err) ||
        !xml_is_well_formed(text, &err))
        fault(r, STR("jvnrss"), N_("The JVNRSS feed could not be produced."));
}

static void rehearse_pages(struct rehearsal *r, enum lang lang)
{
    struct advisory_rows rows = { 0 };
    struct err err = { 0 };
    struct str html;

    VEC_PUSH(r->arena, &rows, advisory_row_of(r->view, r->arena));
    if (!r->renderer->page(r->renderer->context, r->view, lang, r->arena, &html, &err) ||
        html.len < PAGE_AT_LEAST)
        fault(r, STR("page"), N_("The page could not be produced."));
    if (!r->renderer->list(r->renderer->context, &rows, lang, r->arena, &html, &err) ||
        html.len < PAGE_AT_LEAST ||
        !r->renderer->home(r->renderer->context, &rows, lang, r->arena, &html, &err) ||
        html.len < PAGE_AT_LEAST)
        fault(r, STR("list"), N_("The lists could not be produced."));
}

static void rehearse_json(struct rehearsal *r)
{
    struct err err = { 0 };
    struct json json;
    struct str text;

    if (!advisory_to_json(r->view, r->site, r->arena, &text, &err) ||
        !json_read(text, r->arena, &json, &err))
        fault(r, STR("json"), N_("The JSON document could not be produced."));
}

/* Some day, but none before what was published of it. */
static struct utc day_to_come(const struct advisory_view *view)
{
    struct utc day = { INT64_C(1893456000000) };

    if (view->published_at.ms > day.ms)
        day = view->published_at;
    for (size_t i = 0; i < view->history.len; i++) {
        if (view->history.at[i].at.ms > day.ms)
            day = view->history.at[i].at;
    }
    return day;
}

/* What only publication knows: a number of the revision, its dates and its line of history stand in as they will be. */
static struct advisory_view as_published(const struct advisory_view *view, struct arena *arena)
{
    const struct utc some_day = day_to_come(view);
    struct advisory_view copy = *view;

    copy.published_at = view->published_at.ms ? view->published_at : some_day;
    copy.updated_at = some_day;
    copy.revision = view->revision + 1;
    copy.history.at = NULL;
    copy.history.len = copy.history.cap = 0;
    for (size_t i = 0; i < view->history.len; i++)
        VEC_PUSH(arena, &copy.history, view->history.at[i]);
    VEC_PUSH(arena, &copy.history,
             (struct advisory_change){ some_day, STR("公開しました"), STR("Published") });
    return copy;
}

void world_rehearse(const struct advisory_view *view, const struct advisory_site *site,
                    const struct advisory_renderer *renderer, struct arena *arena,
                    struct advisory_faults *out)
{
    struct advisory_view published = as_published(view, arena);
    struct rehearsal r = { &published, site, renderer, arena, out };

    advisory_check(view, arena, out);
    if (out->len > 0)
        return;
    rehearse_csaf(&r);
    rehearse_json(&r);
    for (enum lang lang = LANG_JA; lang <= LANG_EN; lang++) {
        rehearse_xml(&r, lang);
        rehearse_pages(&r, lang);
    }
}
