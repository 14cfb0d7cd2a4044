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

static void put_reference(struct xml_writer *w, const struct jvnrss_reference *reference,
                          enum jvnrss_style style)
{
    xml_begin(w, "sec:references");
    attr_if(w, "source", reference->source);
    if (style == JVNRSS_FILE)
        attr_if(w, "title", reference->title);
    attr_if(w, "id", reference->id);
    if (style == JVNRSS_ANSWER)
        attr_if(w, "title", reference->title);
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

/* Files say 3.0 for every 3.x; the vector tells which one it is. */
static void put_cvss(struct xml_writer *w, struct str vector, enum jvnrss_style style)
{
    struct arena *arena = w->buf->arena;
    struct str score, severity, version;
    struct err err = { 0 };
    struct cvss cvss;
    int tenths;

    if (!cvss_parse(vector, &cvss, &err))
        return;
    cvss = cvss_base_part(&cvss);
    tenths = cvss_base_tenths(&cvss);
    score = arena_printf(arena, "%d.%d", tenths / 10, tenths % 10);
    severity = cvss_severity_title(cvss_severity(tenths, cvss.version));
    version = cvss_version_text(cvss.version == CVSS_3_1 ? CVSS_3_0 : cvss.version);
    if (style == JVNRSS_ANSWER && cvss.version == CVSS_3_1)
        cvss.version = CVSS_3_0; /* its metrics are the same */
    xml_begin(w, "sec:cvss");
    if (style == JVNRSS_FILE) {
        xml_attr(w, "version", version);
        xml_attr(w, "score", score);
        xml_attr(w, "type", STR("Base"));
        xml_attr(w, "severity", severity);
        xml_attr(w, "vector", cvss_text(&cvss, arena));
    } else {
        xml_attr(w, "score", score);
        xml_attr(w, "severity", severity);
        xml_attr(w, "vector", cvss_text(&cvss, arena));
        xml_attr(w, "version", version);
        xml_attr(w, "type", STR("Base"));
    }
    xml_end(w);
}

static struct str date_of(struct arena *arena, struct utc t, enum jvnrss_style style)
{
    return style == JVNRSS_FILE
               ? minutes(arena, t)
               : utc_iso_jst(arena, (struct utc){ t.ms / UTC_SECOND * UTC_SECOND });
}

void jvnrss_put_item(struct xml_writer *w, const struct jvnrss_item *item, enum jvnrss_style style)
{
    struct arena *arena = w->buf->arena;
    struct str modified = date_of(arena, item->modified, style);

    xml_begin(w, "item");
    xml_attr(w, "rdf:about", item->url);
    xml_element(w, "title", str_trim(item->title));
    xml_element(w, "link", str_trim(item->url));
    xml_element(w, "description", with_cr(arena, item->description));
    if (style == JVNRSS_ANSWER && !str_is_empty(item->creator))
        xml_element(w, "dc:creator", item->creator);
    xml_element(w, "sec:identifier", str_trim(item->identifier));
    for (size_t i = 0; i < item->references.len; i++)
        put_reference(w, &item->references.at[i], style);
    for (size_t i = 0; i < item->cpes.len; i++)
        put_cpe(w, &item->cpes.at[i]);
    for (size_t i = 0; i < item->vectors.len; i++)
        put_cvss(w, item->vectors.at[i], style);
    xml_element(w, "dc:date", modified);
    xml_element(w, "dcterms:issued", date_of(arena, item->issued, style));
    xml_element(w, "dcterms:modified", modified);
    xml_end(w);
}

/* Of two references, does the first stand in front of the second? */
static bool is_before(const struct jvnrss_reference *a, const struct jvnrss_reference *b,
                      enum jvnrss_style style)
{
    static const struct str first[] = { STR_INIT("JVN"), STR_INIT("CVE"), STR_INIT("NVD") };
    bool is_other_a = str_eq(a->source, STR("関連文書")),
         is_other_b = str_eq(b->source, STR("関連文書"));

    if (str_is_empty(a->source) || str_is_empty(b->source))
        return !str_is_empty(a->source) && str_is_empty(b->source);
    if (style == JVNRSS_ANSWER)
        return str_cmp(a->source, b->source) < 0;
    for (size_t i = 0; i < COUNT(first); i++)
        if (str_eq(a->source, first[i]) || str_eq(b->source, first[i]))
            return !str_eq(b->source, first[i]);
    return !is_other_a && is_other_b;
}

/* There are few, and they come nearly in order. */
void jvnrss_sort_references(struct jvnrss_item *item, enum jvnrss_style style)
{
    for (size_t i = 1; i < item->references.len; i++) {
        struct jvnrss_reference one = item->references.at[i];
        size_t k = i;

        for (; k > 0 && is_before(&one, &item->references.at[k - 1], style); k--)
            item->references.at[k] = item->references.at[k - 1];
        item->references.at[k] = one;
    }
}

void jvnrss_begin(struct xml_writer *w, const struct jvnrss *feed)
{
    put_root(w, feed->lang);
    put_channel(w, feed);
}

void jvnrss_write(const struct jvnrss *feed, struct buf *out)
{
    struct xml_writer w = xml_writer_new(out, true);

    jvnrss_begin(&w, feed);
    for (size_t i = 0; i < feed->items.len; i++)
        jvnrss_put_item(&w, &feed->items.at[i], JVNRSS_FILE);
    xml_end(&w);
}
