/* domain/advisory/to_vuldef.c: an advisory as a VULDEF 3.2 document. */
#include "base/err.h"
#include "domain/advisory/formats.h"
#include "formats/vuldef/vuldef.h"

struct filling {
    const struct advisory_view *view;
    const struct advisory_site *site;
    enum lang lang;
    struct arena *arena;
    struct vuldef_info info;
};

static struct str either(const struct filling *f, struct str ja, struct str en)
{
    return f->lang == LANG_EN && en.len > 0 ? en : ja;
}

/* Whole seconds: readers take no fractions. */
static struct utc whole(struct utc t) { return (struct utc){ t.ms / 1000 * 1000 }; }

/* What an advisory lists as affected is vulnerable; who is not stands among its vendors. */
static void add_affected(struct filling *f)
{
    for (size_t i = 0; i < f->view->products.len; i++) {
        const struct advisory_product *p = &f->view->products.at[i];
        struct vuldef_affected affected = { .status = STR("vulnerable"),
                                            .vendor = either(f, p->vendor_ja, p->vendor_en),
                                            .product = p->product,
                                            .note = either(f, p->note_ja, p->note_en) };

        VEC_PUSH(f->arena, &affected.versions, either(f, p->versions, p->versions_en));
        VEC_PUSH(f->arena, &f->info.affected, affected);
    }
}

static void add_solution(struct filling *f, struct str text)
{
    if (!str_is_empty(text))
        VEC_PUSH(f->arena, &f->info.solutions, text);
}

static void add_related(struct filling *f, struct vuldef_related related)
{
    VEC_PUSH(f->arena, &f->info.related, related);
}

static void add_identifiers(struct filling *f, const struct advisory_weakness *w)
{
    if (w->cve.len > 0) {
        add_related(f, (struct vuldef_related){ STR("advisory"),
                                                STR("Common Vulnerabilities and Exposures (CVE)"),
                                                w->cve, STR_NONE, url_of_cve(w->cve, f->arena) });
        add_related(f, (struct vuldef_related){ STR("advisory"),
                                                STR("National Vulnerability Database (NVD)"),
                                                w->cve, STR_NONE, url_of_nvd(w->cve, f->arena) });
    }
    if (w->cwe.len > 0)
        add_related(f, (struct vuldef_related){ STR("cwe"), STR("CWE"), w->cwe,
                                                either(f, w->cwe_name_ja, w->cwe_name_en),
                                                url_of_cwe(w->cwe, f->arena) });
}

static void add_relations(struct filling *f)
{
    const struct advisory_view *view = f->view;

    add_related(f, (struct vuldef_related){
                       STR("advisory"), site_publisher(f->site, f->lang), view->number, STR_NONE,
                       url_of_page(f->site, view->number, f->lang, f->arena) });
    for (size_t i = 0; i < view->vendors.len; i++) {
        const struct advisory_vendor *vendor = &view->vendors.at[i];

        add_related(f, (struct vuldef_related){
                           STR("vendor"), either(f, vendor->name_ja, vendor->name_en), STR_NONE,
                           tr(f->lang, vendor_status_msgid(vendor->status)), vendor->url });
    }
    for (size_t i = 0; i < view->weaknesses.len; i++)
        add_identifiers(f, &view->weaknesses.at[i]);
    for (size_t i = 0; i < view->references.len; i++) {
        const struct advisory_reference *r = &view->references.at[i];

        add_related(f,
                    (struct vuldef_related){ STR("advisory"), tr(f->lang, N_("Related document")),
                                             r->title, STR_NONE, r->url });
    }
}

/* The format has no place of its own for the committee's reason: it stands behind the details. Rule: UNR-05 */
static struct str details_of(const struct filling *f, const struct advisory_text *text)
{
    if (text->judgement.len == 0)
        return text->details;
    return text->details.len == 0
               ? text->judgement
               : ARENA_JOIN(f->arena, text->details, STR("\n\n"), text->judgement);
}

static void fill(struct filling *f)
{
    const struct advisory_view *view = f->view;
    const struct advisory_text *text = advisory_text_of(view, f->lang);

    f->info = (struct vuldef_info){ .id = view->number,
                                    .title = text->title,
                                    .overview = text->overview,
                                    .details = details_of(f, text),
                                    .impact = text->impact,
                                    .credit = text->credit,
                                    .first_published = whole(view->published_at),
                                    .last_updated = whole(view->updated_at),
                                    .public_since = view->published_at };
    add_affected(f);
    for (size_t i = 0; i < view->weaknesses.len; i++)
        VEC_PUSH(f->arena, &f->info.vectors, view->weaknesses.at[i].cvss);
    add_solution(f, text->solution);
    add_solution(f, text->workaround);
    add_relations(f);
    for (size_t i = 0; i < view->history.len; i++) {
        const struct advisory_change *change = &view->history.at[i];

        VEC_PUSH(f->arena, &f->info.history,
                 (struct vuldef_change){ .at = whole(change->at),
                                         .words = either(f, change->words_ja, change->words_en) });
    }
}

bool advisory_to_vuldef(const struct advisory_view *view, const struct advisory_site *site,
                        enum lang lang, struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, FORMAT_MAX);
    struct filling f = { .view = view, .site = site, .lang = lang, .arena = arena };
    struct vuldef document = { .lang = lang };

    fill(&f);
    VEC_PUSH(arena, &document.infos, f.info);
    vuldef_write(&document, &buf);
    return buf_done(&buf, out, err) ? true : PASS(err);
}
