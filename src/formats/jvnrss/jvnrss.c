#include "formats/jvnrss/jvnrss.h"
#include "base/err.h"
#include "formats/cvss/cvss.h"
#include "formats/xml/xml.h"

/* Lines end with CR LF, which the writer turns into &#13; and LF; nothing blank at the ends. */
static struct str with_cr(struct arena *arena, struct str text)
{
    struct str rest = str_trim(text), line;
    struct buf buf = buf_new(arena, 2 * text.len + 2);
    bool first = true;

    while (str_split(&rest, '\n', &line)) {
        if (!first)
            buf_add(&buf, STR("\r\n"));
        if (line.len > 0 && line.ptr[line.len - 1] == '\r')
            line.len--;
        buf_add(&buf, line);
        first = false;
    }
    return buf_str(&buf);
}

/* go-cve-dictionary gives up the whole feed at an item date that has seconds. */
static struct str minutes(struct arena *arena, struct utc t)
{
    return arena_printf(arena, "%.*s+09:00",
                        STR_ARG(str_take(utc_iso_jst(arena, t), sizeof "2026-11-21T13:00" - 1)));
}

static void put_root(struct xml_writer *w, enum lang lang)
{
    xml_declaration(w);
    xml_begin(w, "rdf:RDF");
    xml_attr(w, "xmlns:xsi", STR("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(w, "xmlns:rdf", STR("http://www.w3.org/1999/02/22-rdf-syntax-ns#"));
    xml_attr(w, "xmlns", STR("http://purl.org/rss/1.0/"));
    xml_attr(w, "xmlns:dc", STR("http://purl.org/dc/elements/1.1/"));
    xml_attr(w, "xmlns:dcterms", STR("http://purl.org/dc/terms/"));
    xml_attr(w, "xmlns:sec", STR("http://jvn.jp/rss/mod_sec/"));
    xml_attr(w, "xmlns:sy", STR("http://purl.org/rss/1.0/modules/syndication/"));
    xml_attr(w, "xsi:schemaLocation",
             STR("http://purl.org/rss/1.0/ https://jvndb.jvn.jp/schema/jvnrss_2.0.xsd"));
    xml_attr(w, "xml:lang", lang_code(lang));
}

static void put_channel(struct xml_writer *w, const struct jvnrss *feed)
{
    struct str date = utc_iso_jst(w->buf->arena, feed->date);

    xml_begin(w, "channel");
    xml_attr(w, "rdf:about", feed->url);
    xml_element(w, "title", str_trim(feed->title));
    xml_element(w, "link", str_trim(feed->link));
    xml_element(w, "description", str_trim(feed->description));
    xml_begin(w, "dc:creator");
    xml_text(w, str_trim(feed->creator));
    xml_end(w);
    if (feed->date.ms != 0) {
        xml_element(w, "dc:date", date);
        xml_element(w, "dcterms:modified", date);
    }
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

static void attr_if(struct xml_writer *w, const char *name, struct str value)
{
    if (!str_is_empty(value))
        xml_attr(w, name, value);
}

static void put_reference(struct xml_writer *w, const struct jvnrss_reference *reference)
{
    xml_begin(w, "sec:references");
    attr_if(w, "source", reference->source);
    attr_if(w, "title", reference->title);
    attr_if(w, "id", reference->id);
    xml_text(w, str_trim(reference->url));
    xml_end(w);
}

static void put_cpe(struct xml_writer *w, const struct jvnrss_cpe *cpe)
{
    xml_begin(w, "sec:cpe");
    xml_attr(w, "version", STR("2.2"));
    xml_attr(w, "vendor", cpe->vendor);
    attr_if(w, "product", cpe->product);
    xml_text(w, str_trim(cpe->cpe));
    xml_end(w);
}

/* The feeds say 3.0 for every 3.x; the vector tells which one it is. */
static void put_cvss(struct xml_writer *w, struct str vector)
{
    struct arena *arena = w->buf->arena;
    struct err err = { 0 };
    struct cvss cvss;
    int score;

    if (!cvss_parse(vector, &cvss, &err))
        return;
    cvss = cvss_base_part(&cvss);
    score = cvss_base_tenths(&cvss);
    xml_begin(w, "sec:cvss");
    xml_attr(w, "version", cvss_version_text(cvss.version == CVSS_3_1 ? CVSS_3_0 : cvss.version));
    xml_attr(w, "score", arena_printf(arena, "%d.%d", score / 10, score % 10));
    xml_attr(w, "type", STR("Base"));
    xml_attr(w, "severity", cvss_severity_title(cvss_severity(score, cvss.version)));
    xml_attr(w, "vector", cvss_text(&cvss, arena));
    xml_end(w);
}

static void put_item(struct xml_writer *w, const struct jvnrss_item *item)
{
    struct arena *arena = w->buf->arena;

    xml_begin(w, "item");
    xml_attr(w, "rdf:about", item->url);
    xml_element(w, "title", str_trim(item->title));
    xml_element(w, "link", str_trim(item->url));
    xml_element(w, "description", with_cr(arena, item->description));
    xml_element(w, "sec:identifier", str_trim(item->identifier));
    for (size_t i = 0; i < item->references.len; i++)
        put_reference(w, &item->references.at[i]);
    for (size_t i = 0; i < item->cpes.len; i++)
        put_cpe(w, &item->cpes.at[i]);
    for (size_t i = 0; i < item->vectors.len; i++)
        put_cvss(w, item->vectors.at[i]);
    xml_element(w, "dc:date", minutes(arena, item->modified));
    xml_element(w, "dcterms:issued", minutes(arena, item->issued));
    xml_element(w, "dcterms:modified", minutes(arena, item->modified));
    xml_end(w);
}

void jvnrss_write(const struct jvnrss *feed, struct buf *out)
{
    struct xml_writer w = xml_writer_new(out, true);

    put_root(&w, feed->lang);
    put_channel(&w, feed);
    for (size_t i = 0; i < feed->items.len; i++)
        put_item(&w, &feed->items.at[i]);
    xml_end(&w);
}
