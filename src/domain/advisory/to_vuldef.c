/* domain/advisory/to_vuldef.c: an advisory as VULDEF 3.2, filled as its readers expect (reference jvn-formats 3.2). */
#include "base/err.h"
#include "domain/advisory/formats.h"
#include "formats/xml/xml.h"

struct vuldef {
    const struct advisory_view *view;
    const struct advisory_site *site;
    enum lang lang;
    struct arena *arena;
    struct xml_writer *w;
};

static struct str either(struct vuldef *v, struct str ja, struct str en)
{
    return v->lang == LANG_EN && en.len > 0 ? en : ja;
}

static void element_if(struct vuldef *v, const char *name, struct str text)
{
    if (text.len > 0)
        xml_element(v->w, name, text);
}

static void put_affected(struct vuldef *v)
{
    xml_begin(v->w, "Affected");
    for (size_t i = 0; i < v->view->products.len; i++) {
        const struct advisory_product *p = &v->view->products.at[i];

        xml_begin(v->w, "AffectedItem");
        xml_element(v->w, "Name", either(v, p->vendor_ja, p->vendor_en));
        xml_element(v->w, "ProductName", p->product);
        xml_element(v->w, "VersionNumber", either(v, p->versions, p->versions_en));
        element_if(v, "Description", either(v, p->note_ja, p->note_en));
        xml_end(v->w);
    }
    xml_end(v->w);
}

/* Every vector of version 3 stands as "3.0", which is what readers know; a score of 4.0 has no place here. */
static void put_cvss(struct vuldef *v, const struct advisory_weakness *weakness)
{
    struct advisory_score score = weakness_score(weakness, v->arena);

    if (score.tenths < 0 || !str_starts(score.version, STR("3")))
        return;
    xml_begin(v->w, "Cvss");
    xml_attr(v->w, "version", STR("3.0"));
    xml_begin(v->w, "Severity");
    xml_attr(v->w, "type", STR("Base"));
    xml_text(v->w, severity_title(score.word));
    xml_end(v->w);
    xml_element(v->w, "Base", score.tenths % 10 ? arena_printf(v->arena, "%d.%d", score.tenths / 10, score.tenths % 10)
                                                : arena_printf(v->arena, "%d", score.tenths / 10));
    xml_element(v->w, "Vector", score.vector);
    xml_end(v->w);
}

static void put_impact(struct vuldef *v)
{
    xml_begin(v->w, "Impact");
    for (size_t i = 0; i < v->view->weaknesses.len; i++)
        put_cvss(v, &v->view->weaknesses.at[i]);
    xml_begin(v->w, "ImpactItem");
    xml_element(v->w, "Description", advisory_text_of(v->view, v->lang)->impact);
    xml_end(v->w);
    xml_end(v->w);
}

static void put_solution_item(struct vuldef *v, struct str text)
{
    if (text.len == 0)
        return;
    xml_begin(v->w, "SolutionItem");
    xml_element(v->w, "Description", text);
    xml_end(v->w);
}

static void put_solution(struct vuldef *v)
{
    const struct advisory_text *t = advisory_text_of(v->view, v->lang);

    if (t->solution.len == 0 && t->workaround.len == 0)
        return;
    xml_begin(v->w, "Solution");
    put_solution_item(v, t->solution);
    put_solution_item(v, t->workaround);
    xml_end(v->w);
}

struct related {
    const char *type;
    struct str name, id, title, url;
};

static void put_related(struct vuldef *v, const struct related *r)
{
    xml_begin(v->w, "RelatedItem");
    xml_attr(v->w, "type", str_from_z(r->type));
    element_if(v, "Name", r->name);
    element_if(v, "VulinfoID", r->id);
    element_if(v, "Title", r->title);
    element_if(v, "URL", r->url);
    xml_end(v->w);
}

static void put_identifiers(struct vuldef *v, const struct advisory_weakness *w)
{
    if (w->cve.len > 0) {
        put_related(v, &(struct related){ "advisory", STR("Common Vulnerabilities and Exposures (CVE)"), w->cve, STR_NONE,
                                          arena_printf(v->arena, "https://www.cve.org/CVERecord?id=%.*s", STR_ARG(w->cve)) });
        put_related(v, &(struct related){ "advisory", STR("National Vulnerability Database (NVD)"), w->cve, STR_NONE,
                                          arena_printf(v->arena, "https://nvd.nist.gov/vuln/detail/%.*s", STR_ARG(w->cve)) });
    }
    if (w->cwe.len > 0)
        put_related(v, &(struct related){ "cwe", STR("CWE"), w->cwe, either(v, w->cwe_name_ja, w->cwe_name_en),
                                          arena_printf(v->arena, "https://cwe.mitre.org/data/definitions/%.*s.html",
                                                       STR_ARG(str_drop(w->cwe, 4))) });
}

static void put_relations(struct vuldef *v)
{
    struct str slug = advisory_slug(v->view->number, v->arena);

    xml_begin(v->w, "Related");
    put_related(v, &(struct related){ "advisory", site_publisher(v->site, v->lang), v->view->number, STR_NONE,
                                      arena_printf(v->arena, "%.*s%.*s", STR_ARG(v->site->portal_url),
                                                   STR_ARG(path_of_page(slug, v->lang, v->arena))) });
    for (size_t i = 0; i < v->view->vendors.len; i++) {
        const struct advisory_vendor *vendor = &v->view->vendors.at[i];

        put_related(v, &(struct related){ "vendor", either(v, vendor->name_ja, vendor->name_en), STR_NONE,
                                          tr(v->lang, vendor_status_msgid(vendor->status)), vendor->url });
    }
    for (size_t i = 0; i < v->view->weaknesses.len; i++)
        put_identifiers(v, &v->view->weaknesses.at[i]);
    for (size_t i = 0; i < v->view->references.len; i++) {
        const struct advisory_reference *r = &v->view->references.at[i];

        put_related(v, &(struct related){ "advisory", v->lang == LANG_EN ? STR("Related document") : STR("関連文書"), r->title, STR_NONE, r->url });
    }
    xml_end(v->w);
}

static void put_credit(struct vuldef *v)
{
    struct str credit = advisory_text_of(v->view, v->lang)->credit;

    if (credit.len == 0)
        return;
    xml_begin(v->w, "Credit");
    xml_begin(v->w, "CreditItem");
    xml_element(v->w, "Description", credit);
    xml_end(v->w);
    xml_end(v->w);
}

static void put_history(struct vuldef *v)
{
    if (v->view->history.len == 0)
        return;
    xml_begin(v->w, "History");
    for (size_t i = 0; i < v->view->history.len; i++) {
        const struct advisory_change *change = &v->view->history.at[i];

        xml_begin(v->w, "HistoryItem");
        xml_element(v->w, "HistoryNo", arena_printf(v->arena, "%zu", i + 1));
        xml_element(v->w, "DateTime", utc_iso_jst(v->arena, (struct utc){ change->at.ms / 1000 * 1000 }));
        xml_element(v->w, "Description", either(v, change->words_ja, change->words_en));
        xml_end(v->w);
    }
    xml_end(v->w);
}

/* Whole seconds: readers take no fractions. */
static void put_date(struct vuldef *v, const char *name, struct utc t)
{
    xml_element(v->w, name, utc_iso_jst(v->arena, (struct utc){ t.ms / 1000 * 1000 }));
}

static void put_vulinfo(struct vuldef *v)
{
    const struct advisory_text *t = advisory_text_of(v->view, v->lang);

    xml_begin(v->w, "Vulinfo");
    xml_element(v->w, "VulinfoID", v->view->number);
    xml_begin(v->w, "VulinfoData");
    xml_element(v->w, "Title", t->title);
    xml_begin(v->w, "VulinfoDescription");
    xml_element(v->w, "Overview", t->overview);
    element_if(v, "Detail", t->details);
    xml_end(v->w);
    put_affected(v);
    put_impact(v);
    put_solution(v);
    put_relations(v);
    put_credit(v);
    put_history(v);
    put_date(v, "DateFirstPublished", v->view->published_at);
    put_date(v, "DateLastUpdated", v->view->updated_at);
    put_date(v, "DatePublic", v->view->published_at);
    xml_end(v->w);
    xml_end(v->w);
}

static void put_head(struct xml_writer *w, enum lang lang)
{
    xml_attr(w, "version", STR("3.2"));
    xml_attr(w, "xmlns", STR("http://jvn.jp/vuldef/"));
    xml_attr(w, "xmlns:vuldef", STR("http://jvn.jp/vuldef/"));
    xml_attr(w, "xmlns:xsi", STR("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(w, "xsi:schemaLocation", STR("http://jvn.jp/vuldef/ https://jvndb.jvn.jp/schema/vuldef_3.2.xsd"));
    xml_attr(w, "xml:lang", lang_code(lang));
}

bool advisory_to_vuldef(const struct advisory_view *view, const struct advisory_site *site, enum lang lang, struct arena *arena,
                        struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, FORMAT_MAX);
    struct xml_writer w = xml_writer_new(&buf, true);
    struct vuldef v = { view, site, lang, arena, &w };

    xml_declaration(&w);
    xml_begin(&w, "VULDEF-Document");
    put_head(&w, lang);
    put_vulinfo(&v);
    xml_end(&w);
    return buf_done(&buf, out, err) ? true : PASS(err);
}
