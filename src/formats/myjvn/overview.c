/* getVulnOverviewList and getVulnDetailInfo. */
#include "formats/myjvn/myjvn_internal.h"

static void begin_overview(struct xml_writer *w, enum lang lang)
{
    xml_declaration(w);
    xml_begin(w, "rdf:RDF");
    xml_attr(w, "xmlns:xsi", STR("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(w, "xmlns", STR("http://purl.org/rss/1.0/"));
    xml_attr(w, "xmlns:rss", STR("http://purl.org/rss/1.0/"));
    xml_attr(w, "xmlns:rdf", STR("http://www.w3.org/1999/02/22-rdf-syntax-ns#"));
    xml_attr(w, "xmlns:dc", STR("http://purl.org/dc/elements/1.1/"));
    xml_attr(w, "xmlns:dcterms", STR("http://purl.org/dc/terms/"));
    xml_attr(w, "xmlns:sec", STR("http://jvn.jp/rss/mod_sec/3.0/"));
    xml_attr(w, "xmlns:marking", STR("http://data-marking.mitre.org/Marking-1"));
    xml_attr(w, "xmlns:tlpMarking",
             STR("http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1"));
    xml_attr(w, "xmlns:status", STR("http://jvndb.jvn.jp/myjvn/Status"));
    xml_attr(w, "xsi:schemaLocation",
             STR("http://purl.org/rss/1.0/ https://jvndb.jvn.jp/schema/jvnrss_3.2.xsd "
                 "http://jvndb.jvn.jp/myjvn/Status https://jvndb.jvn.jp/schema/status_3.3.xsd"));
    xml_attr(w, "xml:lang", lang_code(lang));
}

/* The date of issue is always there, and always empty. */
static void put_channel(struct xml_writer *w, const struct jvnrss *feed)
{
    struct str date =
        utc_iso_jst(w->buf->arena, (struct utc){ feed->date.ms / UTC_SECOND * UTC_SECOND });

    xml_begin(w, "channel");
    xml_attr(w, "rdf:about", feed->url);
    xml_element(w, "title", feed->title);
    xml_element(w, "link", feed->link);
    xml_element(w, "description", feed->description);
    xml_element(w, "dc:date", date);
    xml_element(w, "dcterms:issued", STR_NONE);
    xml_element(w, "dcterms:modified", date);
    vuldef_put_handling(w);
    xml_begin(w, "items");
    xml_begin(w, "rdf:Seq");
    for (size_t i = 0; i < feed->items.len; i++) {
        xml_begin(w, "rdf:li");
        xml_attr(w, "rdf:resource", feed->items.at[i].url);
        xml_end(w);
    }
    xml_end(w);
    xml_end(w);
    xml_end(w);
}

void myjvn_write_overview(const struct jvnrss *feed, const struct myjvn_status *status,
                          struct buf *out)
{
    struct xml_writer w = xml_writer_new(out, true);

    begin_overview(&w, str_eq(status->lang, STR("en")) ? LANG_EN : LANG_JA);
    if (feed) {
        put_channel(&w, feed);
        for (size_t i = 0; i < feed->items.len; i++)
            jvnrss_put_item(&w, &feed->items.at[i], JVNRSS_ANSWER);
    }
    myjvn_put_status(&w, status);
    xml_end(&w);
}

void myjvn_write_details(const struct vuldef *document, enum lang lang,
                         const struct myjvn_status *status, struct buf *out)
{
    struct xml_writer w = xml_writer_new(out, true);

    vuldef_begin(&w, lang);
    if (document) {
        for (size_t i = 0; i < document->infos.len; i++)
            vuldef_put_info(&w, lang, &document->infos.at[i]);
        vuldef_put_handling(&w);
    }
    myjvn_put_status(&w, status);
    xml_end(&w);
}
