/* domain/advisory/to_jvnrss.c: JVNRSS 3.2 feeds, laid out as their readers need them (reference jvn-formats 2.3): no white space around
 * texts, item dates in minutes, prefixes as everybody writes them. */
#include "base/err.h"
#include "domain/advisory/formats.h"
#include "formats/xml/xml.h"

struct feed {
    const struct advisory_site *site;
    enum lang lang;
    struct arena *arena;
    struct xml_writer *w;
};

static struct str page_url(struct feed *f, const struct advisory_view *view)
{
    struct str slug = advisory_slug(view->number, f->arena);

    return arena_printf(f->arena, "%.*s%.*s", STR_ARG(f->site->portal_url), STR_ARG(path_of_page(slug, f->lang, f->arena)));
}

/* YYYY-MM-DDTHH:MM+09:00: a reader gives up on seconds here. */
static struct str minutes(struct feed *f, struct utc t)
{
    struct civil c = utc_to_jst(t);

    return arena_printf(f->arena, "%04d-%02d-%02dT%02d:%02d+09:00", c.year, c.month, c.day, c.hour, c.minute);
}

static void put_reference(struct feed *f, const char *source, struct str id, struct str title, struct str url)
{
    xml_begin(f->w, "sec:references");
    if (source)
        xml_attr(f->w, "source", str_from_z(source));
    xml_attr(f->w, "id", id);
    if (title.len > 0)
        xml_attr(f->w, "title", title);
    xml_text(f->w, url);
    xml_end(f->w);
}

static void put_identifiers(struct feed *f, const struct advisory_view *view)
{
    for (size_t i = 0; i < view->weaknesses.len; i++) {
        struct str cve = view->weaknesses.at[i].cve;

        if (cve.len == 0)
            continue;
        put_reference(f, "CVE", cve, STR_NONE, arena_printf(f->arena, "https://www.cve.org/CVERecord?id=%.*s", STR_ARG(cve)));
        put_reference(f, "NVD", cve, STR_NONE, arena_printf(f->arena, "https://nvd.nist.gov/vuln/detail/%.*s", STR_ARG(cve)));
    }
    for (size_t i = 0; i < view->weaknesses.len; i++) {
        const struct advisory_weakness *w = &view->weaknesses.at[i];
        struct str name = f->lang == LANG_EN ? w->cwe_name_en : w->cwe_name_ja;

        if (w->cwe.len > 0)
            put_reference(f, NULL, w->cwe, arena_printf(f->arena, "%.*s(%.*s)", STR_ARG(name), STR_ARG(w->cwe)),
                          arena_printf(f->arena, "https://cwe.mitre.org/data/definitions/%.*s.html", STR_ARG(str_drop(w->cwe, 4))));
    }
}

/* Readers know 2 and 3 alone, and "CVSS:3.0/" with the base metrics: that is what they get. */
static void put_cvss(struct feed *f, const struct advisory_weakness *weakness)
{
    struct advisory_score score = weakness_score(weakness, f->arena);

    if (score.tenths < 0 || !str_starts(score.version, STR("3")))
        return;
    xml_begin(f->w, "sec:cvss");
    xml_attr(f->w, "version", STR("3.0"));
    xml_attr(f->w, "score", arena_printf(f->arena, "%d.%d", score.tenths / 10, score.tenths % 10));
    xml_attr(f->w, "type", STR("Base"));
    xml_attr(f->w, "severity", severity_title(score.word));
    xml_attr(f->w, "vector", arena_printf(f->arena, "CVSS:3.0/%.*s", STR_ARG(str_take(str_drop(score.vector, 9), 35))));
    xml_end(f->w);
}

static void put_item(struct feed *f, const struct advisory_view *view)
{
    const struct advisory_text *text = advisory_text_of(view, f->lang);
    struct str url = page_url(f, view);

    xml_begin(f->w, "item");
    xml_attr(f->w, "rdf:about", url);
    xml_element(f->w, "title", text->title);
    xml_element(f->w, "link", url);
    xml_element(f->w, "description", str_trim(text->overview));
    xml_element(f->w, "dc:creator", site_publisher(f->site, f->lang));
    xml_element(f->w, "sec:identifier", view->number);
    put_identifiers(f, view);
    for (size_t i = 0; i < view->weaknesses.len; i++)
        put_cvss(f, &view->weaknesses.at[i]);
    xml_element(f->w, "dc:date", minutes(f, view->updated_at));
    xml_element(f->w, "dcterms:issued", minutes(f, view->published_at));
    xml_element(f->w, "dcterms:modified", minutes(f, view->updated_at));
    xml_end(f->w);
}

static void put_handling(struct xml_writer *w)
{
    xml_begin(w, "sec:handling");
    xml_begin(w, "marking:Marking");
    xml_begin(w, "marking:Marking_Structure");
    xml_attr(w, "xsi:type", STR("tlpMarking:TLPMarkingStructureType"));
    xml_attr(w, "marking_model_name", STR("TLP"));
    xml_attr(w, "marking_model_ref", STR("http://www.us-cert.gov/tlp/"));
    xml_attr(w, "color", STR("WHITE"));
    xml_end(w);
    xml_end(w);
    xml_end(w);
}

static void put_channel(struct feed *f, const struct advisory_views *views, bool updates)
{
    struct str base = f->lang == LANG_EN ? STR("/en") : STR("");
    struct str name = site_publisher(f->site, f->lang);
    struct utc last = { 0 };

    for (size_t i = 0; i < views->len; i++)
        last = views->at[i].updated_at.ms > last.ms ? views->at[i].updated_at : last;
    last.ms = last.ms / 1000 * 1000;
    xml_begin(f->w, "channel");
    xml_attr(f->w, "rdf:about",
             arena_printf(f->arena, "%.*s%.*s/rss/noroshi%s.rdf", STR_ARG(f->site->portal_url), STR_ARG(base), updates ? "" : "_new"));
    xml_element(f->w, "title", arena_printf(f->arena, "%.*s RSS Feed - %s Entry", STR_ARG(name), updates ? "Update" : "New"));
    xml_element(f->w, "link", arena_printf(f->arena, "%.*s%.*s/", STR_ARG(f->site->portal_url), STR_ARG(base)));
    xml_element(f->w, "description", tr(f->lang, updates ? N_("New and updated advisories") : N_("New advisories")));
    xml_element(f->w, "dc:creator", name);
    if (last.ms) {
        xml_element(f->w, "dc:date", utc_iso_jst(f->arena, last));
        xml_element(f->w, "dcterms:modified", utc_iso_jst(f->arena, last));
    }
    put_handling(f->w);
    xml_begin(f->w, "items");
    xml_begin(f->w, "rdf:Seq");
    for (size_t i = 0; i < views->len && i < FEED_ITEMS; i++) {
        xml_begin(f->w, "rdf:li");
        xml_attr(f->w, "rdf:resource", page_url(f, &views->at[i]));
        xml_end(f->w);
    }
    xml_end(f->w);
    xml_end(f->w);
    xml_end(f->w);
}

static void put_head(struct xml_writer *w, enum lang lang)
{
    xml_attr(w, "xmlns:xsi", STR("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(w, "xmlns:rdf", STR("http://www.w3.org/1999/02/22-rdf-syntax-ns#"));
    xml_attr(w, "xmlns", STR("http://purl.org/rss/1.0/"));
    xml_attr(w, "xmlns:dc", STR("http://purl.org/dc/elements/1.1/"));
    xml_attr(w, "xmlns:dcterms", STR("http://purl.org/dc/terms/"));
    xml_attr(w, "xmlns:sec", STR("http://jvn.jp/rss/mod_sec/3.0/"));
    xml_attr(w, "xmlns:marking", STR("http://data-marking.mitre.org/Marking-1"));
    xml_attr(w, "xmlns:tlpMarking", STR("http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1"));
    xml_attr(w, "xsi:schemaLocation", STR("http://purl.org/rss/1.0/ https://jvndb.jvn.jp/schema/jvnrss_3.2.xsd"));
    xml_attr(w, "xml:lang", lang_code(lang));
}

bool advisories_to_jvnrss(const struct advisory_views *views, const struct advisory_site *site, enum lang lang, bool updates,
                          struct arena *arena, struct str *out, struct err *err)
{
    struct buf buf = buf_new(arena, FORMAT_MAX);
    struct xml_writer w = xml_writer_new(&buf, true);
    struct feed f = { site, lang, arena, &w };

    xml_declaration(&w);
    xml_begin(&w, "rdf:RDF");
    put_head(&w, lang);
    put_channel(&f, views, updates);
    for (size_t i = 0; i < views->len && i < FEED_ITEMS; i++)
        put_item(&f, &views->at[i]);
    xml_end(&w);
    return buf_done(&buf, out, err) ? true : PASS(err);
}
