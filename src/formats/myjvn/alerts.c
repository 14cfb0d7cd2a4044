/* getAlertList, as Atom and as JSON. */
#include "formats/json/json.h"
#include "formats/myjvn/myjvn_internal.h"

static const struct {
    struct str term, label;
} grades[] = { [MYJVN_INFO] = { STR_INIT("Info"), STR_INIT("INFO") },
               [MYJVN_LOW] = { STR_INIT("Low"), STR_INIT("注意") },
               [MYJVN_MEDIUM] = { STR_INIT("Medium"), STR_INIT("警告") },
               [MYJVN_HIGH] = { STR_INIT("High"), STR_INIT("重要") },
               [MYJVN_CRITICAL] = { STR_INIT("Critical"), STR_INIT("緊急") } };

static struct str date_of(struct arena *arena, struct utc t)
{
    return utc_iso_jst(arena, (struct utc){ t.ms / UTC_SECOND * UTC_SECOND });
}

static void put_if(struct xml_writer *w, const char *name, struct str text)
{
    if (!str_is_empty(text))
        xml_element(w, name, text);
}

static void put_link(struct xml_writer *w, const char *name, struct str url)
{
    xml_begin(w, name);
    xml_attr(w, "href", url);
    xml_end(w);
}

/* ---- Atom ---- */

static void begin_feed(struct xml_writer *w, const struct myjvn_alerts *alerts)
{
    struct arena *arena = w->buf->arena;

    xml_declaration(w);
    xml_begin(w, "feed");
    xml_attr(w, "xmlns:xsi", STR("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(w, "xmlns", STR("http://www.w3.org/2005/Atom"));
    xml_attr(w, "xmlns:sec", STR("http://jvn.jp/rss/mod_sec/3.0/"));
    xml_attr(w, "xmlns:marking", STR("http://data-marking.mitre.org/Marking-1"));
    xml_attr(w, "xmlns:tlpMarking",
             STR("http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1"));
    xml_attr(w, "xmlns:status", STR("http://jvndb.jvn.jp/myjvn/Status"));
    xml_attr(
        w, "xsi:schemaLocation",
        STR("http://www.w3.org/2005/Atom https://jvndb.jvn.jp/schema/atom.xsd "
            "http://jvn.jp/rss/mod_sec/3.0/ https://jvndb.jvn.jp/schema/mod_sec_3.0.xsd "
            "http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1 https://jvndb.jvn.jp/schema/tlp_marking.xsd "
            "http://jvndb.jvn.jp/myjvn/Status https://jvndb.jvn.jp/schema/status_3.3.xsd"));
    xml_attr(w, "xml:lang", STR("ja"));
    xml_begin(w, "title");
    xml_attr(w, "type", STR("text"));
    xml_text(w, alerts->title);
    xml_end(w);
    xml_element(w, "updated", date_of(arena, alerts->updated));
    xml_element(w, "id", alerts->id);
}

static void put_head(struct xml_writer *w, const struct myjvn_alerts *alerts)
{
    xml_begin(w, "link");
    xml_attr(w, "rel", STR("alternate"));
    xml_attr(w, "type", STR("text/html"));
    xml_attr(w, "hreflang", STR("ja"));
    xml_attr(w, "href", alerts->url);
    xml_end(w);
    xml_begin(w, "author");
    xml_element(w, "name", alerts->author);
    xml_element(w, "uri", alerts->author_url);
    xml_end(w);
    vuldef_put_handling(w);
}

static void put_notice(struct xml_writer *w, const struct myjvn_notice *notice)
{
    struct arena *arena = w->buf->arena;

    xml_begin(w, "sec:item");
    xml_element(w, "sec:title", notice->title);
    xml_element(w, "sec:identifier", notice->id);
    put_if(w, "sec:summary", notice->summary);
    put_link(w, "sec:link", notice->url);
    for (size_t i = 0; i < notice->cpes.len; i++)
        xml_element(w, "sec:cpe", notice->cpes.at[i]);
    xml_element(w, "sec:published", date_of(arena, notice->published));
    xml_element(w, "sec:updated", date_of(arena, notice->updated));
    if (!str_is_empty(notice->author)) {
        xml_begin(w, "sec:author");
        if (!str_is_empty(notice->author_url))
            xml_attr(w, "href", notice->author_url);
        xml_text(w, notice->author);
        xml_end(w);
    }
    xml_end(w);
}

static void put_entry(struct xml_writer *w, const struct myjvn_alert *alert)
{
    struct arena *arena = w->buf->arena;

    xml_begin(w, "entry");
    xml_element(w, "title", alert->title);
    xml_element(w, "id", alert->id);
    put_if(w, "summary", alert->summary);
    if (!str_is_empty(alert->url))
        put_link(w, "link", alert->url);
    xml_element(w, "published", date_of(arena, alert->published));
    xml_element(w, "updated", date_of(arena, alert->updated));
    xml_begin(w, "category");
    xml_attr(w, "term", grades[alert->grade].term);
    xml_attr(w, "label", grades[alert->grade].label);
    xml_end(w);
    xml_begin(w, "sec:items");
    for (size_t i = 0; i < alert->notices.len; i++)
        put_notice(w, &alert->notices.at[i]);
    xml_end(w);
    xml_end(w);
}

/* Where nothing is found the service says so in an entry. */
void myjvn_write_alerts(const struct myjvn_alerts *alerts, const struct myjvn_status *status,
                        struct buf *out)
{
    struct xml_writer w = xml_writer_new(out, true);

    begin_feed(&w, alerts);
    if (alerts->has_entries) {
        put_head(&w, alerts);
        for (size_t i = 0; i < alerts->entries.len; i++)
            put_entry(&w, &alerts->entries.at[i]);
        if (alerts->entries.len == 0)
            xml_element(&w, "entry", STR("該当する脆弱性対策情報はありません。"));
    }
    myjvn_put_status(&w, status);
    xml_end(&w);
}

/* ---- JSON ---- */

static void put_handling_json(struct json_writer *w)
{
    json_key(w, "sec:handling");
    json_object_begin(w);
    json_key(w, "marking:Marking");
    json_object_begin(w);
    json_key(w, "marking:Marking_Structure");
    json_object_begin(w);
    json_pair(w, "xsi:type", STR("tlpMarking:TLPMarkingStructureType"));
    json_pair(w, "marking_model_name", STR("TLP"));
    json_pair(w, "marking_model_ref", STR("http://www.us-cert.gov/tlp/"));
    json_pair(w, "color", STR("WHITE"));
    json_object_end(w);
    json_object_end(w);
    json_object_end(w);
}

static void put_notice_json(struct json_writer *w, const struct myjvn_notice *notice)
{
    struct arena *arena = w->buf->arena;

    json_object_begin(w);
    json_key(w, "sec:item");
    json_object_begin(w);
    json_pair(w, "sec:title", notice->title);
    json_pair(w, "sec:identifier", notice->id);
    json_pair(w, "sec:summary", notice->summary);
    json_pair(w, "sec:link", notice->url);
    json_pair(w, "sec:published", date_of(arena, notice->published));
    json_pair(w, "sec:updated", date_of(arena, notice->updated));
    if (!str_is_empty(notice->author)) {
        json_key(w, "sec:author");
        json_object_begin(w);
        json_pair(w, "href", notice->author_url);
        json_pair(w, "value", notice->author);
        json_object_end(w);
    }
    json_key(w, "sec:cpe");
    json_array_begin(w);
    for (size_t i = 0; i < notice->cpes.len; i++) {
        json_object_begin(w);
        json_pair(w, "value", notice->cpes.at[i]);
        json_object_end(w);
    }
    json_array_end(w);
    json_object_end(w);
    json_object_end(w);
}

static void put_entry_json(struct json_writer *w, const struct myjvn_alert *alert)
{
    struct arena *arena = w->buf->arena;

    json_object_begin(w);
    json_pair(w, "title", alert->title);
    json_pair(w, "id", alert->id);
    json_pair(w, "summary", alert->summary);
    json_pair(w, "link", alert->url);
    json_key(w, "category");
    json_object_begin(w);
    json_pair(w, "term", grades[alert->grade].term);
    json_pair(w, "label", grades[alert->grade].label);
    json_object_end(w);
    json_pair(w, "updated", date_of(arena, alert->updated));
    json_pair(w, "published", date_of(arena, alert->published));
    json_key(w, "sec:items");
    json_array_begin(w);
    for (size_t i = 0; i < alert->notices.len; i++)
        put_notice_json(w, &alert->notices.at[i]);
    json_array_end(w);
    json_object_end(w);
}

/* retCd is a number here, every other member a text. */
static void put_member(void *context, const char *name, struct str value)
{
    struct json_writer *w = context;

    json_key(w, name);
    if (str_eq(str_from_z(name), STR("retCd")))
        json_put_int(w, str_eq(value, STR("1")));
    else
        json_put_text(w, value);
}

void myjvn_write_alerts_json(const struct myjvn_alerts *alerts, const struct myjvn_status *status,
                             struct buf *out)
{
    struct json_writer w = json_writer_new(out, true);

    json_object_begin(&w);
    json_pair(&w, "$schema", STR("https://jvndb.jvn.jp/schema/getalert1.json"));
    json_key(&w, "feed");
    json_object_begin(&w);
    json_pair(&w, "title", alerts->title);
    json_pair(&w, "id", alerts->id);
    if (alerts->has_entries) {
        json_key(&w, "author");
        json_object_begin(&w);
        json_pair(&w, "name", alerts->author);
        json_pair(&w, "uri", alerts->author_url);
        json_object_end(&w);
    }
    json_pair(&w, "updated", date_of(out->arena, alerts->updated));
    if (alerts->has_entries) {
        json_pair(&w, "link", alerts->url);
        put_handling_json(&w);
        json_key(&w, "entry");
        json_array_begin(&w);
        for (size_t i = 0; i < alerts->entries.len; i++)
            put_entry_json(&w, &alerts->entries.at[i]);
        json_array_end(&w);
    }
    json_key(&w, "status:Status");
    json_object_begin(&w);
    myjvn_each_member(status, put_member, &w, out->arena);
    json_object_end(&w);
    json_object_end(&w);
    json_object_end(&w);
    buf_byte(out, '\n');
}
