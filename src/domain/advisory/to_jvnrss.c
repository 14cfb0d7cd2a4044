/* domain/advisory/to_jvnrss.c: the feeds of advisories as JVNRSS. */
#include "base/err.h"
#include "domain/advisory/formats.h"
#include "formats/jvnrss/jvnrss.h"

static void add_identifiers(struct jvnrss_item *item, const struct advisory_view *view,
                            enum lang lang, struct arena *arena)
{
    for (size_t i = 0; i < view->weaknesses.len; i++) {
        struct str cve = view->weaknesses.at[i].cve;

        if (cve.len == 0)
            continue;
        VEC_PUSH(arena, &item->references,
                 (struct jvnrss_reference){ STR("CVE"), cve, STR_NONE, url_of_cve(cve, arena) });
        VEC_PUSH(arena, &item->references,
                 (struct jvnrss_reference){ STR("NVD"), cve, STR_NONE, url_of_nvd(cve, arena) });
    }
    for (size_t i = 0; i < view->weaknesses.len; i++) {
        const struct advisory_weakness *w = &view->weaknesses.at[i];
        struct str name = lang == LANG_EN ? w->cwe_name_en : w->cwe_name_ja;

        if (w->cwe.len > 0)
            VEC_PUSH(arena, &item->references,
                     (struct jvnrss_reference){
                         STR_NONE, w->cwe,
                         arena_printf(arena, "%.*s(%.*s)", STR_ARG(name), STR_ARG(w->cwe)),
                         url_of_cwe(w->cwe, arena) });
    }
}

static struct jvnrss_item item_of(const struct advisory_view *view,
                                  const struct advisory_site *site, enum lang lang,
                                  struct arena *arena)
{
    const struct advisory_text *text = advisory_text_of(view, lang);
    struct jvnrss_item item = { .url = url_of_page(site, view->number, lang, arena),
                                .title = text->title,
                                .description = text->overview,
                                .identifier = view->number,
                                .issued = view->published_at,
                                .modified = view->updated_at };

    add_identifiers(&item, view, lang, arena);
    for (size_t i = 0; i < view->weaknesses.len; i++)
        VEC_PUSH(arena, &item.vectors, view->weaknesses.at[i].cvss);
    return item;
}

/* Whole seconds: readers take no fractions. */
static struct utc last_change(const struct advisory_views *views)
{
    struct utc last = { 0 };

    for (size_t i = 0; i < views->len; i++)
        last = views->at[i].updated_at.ms > last.ms ? views->at[i].updated_at : last;
    return (struct utc){ last.ms / 1000 * 1000 };
}

bool advisories_to_jvnrss(const struct advisory_views *views, const struct advisory_site *site,
                          enum lang lang, bool updates, struct arena *arena, struct str *out,
                          struct err *err)
{
    struct buf buf = buf_new(arena, FORMAT_MAX);
    struct str creator = site_publisher(site, lang);
    const char *base = lang == LANG_EN ? "/en" : "";
    struct jvnrss feed = {
        .lang = lang,
        .url = arena_printf(arena, "%.*s%s/rss/noroshi%s.rdf", STR_ARG(site->portal_url), base,
                            updates ? "" : "_new"),
        .title = arena_printf(arena, "%.*s RSS Feed - %s Entry", STR_ARG(creator),
                              updates ? "Update" : "New"),
        .link = arena_printf(arena, "%.*s%s/", STR_ARG(site->portal_url), base),
        .description = tr(lang, updates ? N_("New and updated advisories") : N_("New advisories")),
        .creator = creator,
        .date = last_change(views),
    };

    for (size_t i = 0; i < views->len && i < FEED_ITEMS; i++)
        VEC_PUSH(arena, &feed.items, item_of(&views->at[i], site, lang, arena));
    jvnrss_write(&feed, &buf);
    return buf_done(&buf, out, err) ? true : PASS(err);
}
