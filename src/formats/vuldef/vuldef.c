#include "formats/vuldef/vuldef.h"
#include "base/err.h"
#include "formats/cvss/cvss.h"
#include "formats/xml/xml.h"

/* One line: white space of any kind and length is a blank. */
static struct str one_line(struct arena *arena, struct str text)
{
    struct str rest = str_trim(text);
    struct buf buf = buf_new(arena, text.len + 1);

    for (size_t i = 0; i < rest.len; i++) {
        bool is_blank =
            rest.ptr[i] == '\n' || rest.ptr[i] == '\r' || rest.ptr[i] == '\t' || rest.ptr[i] == ' ';

        if (!is_blank)
            buf_byte(&buf, rest.ptr[i]);
        else if (buf.ptr[buf.len - 1] != ' ')
            buf_byte(&buf, ' ');
    }
    return buf_str(&buf);
}

static void put_text(struct xml_writer *w, const char *name, struct str text)
{
    xml_element(w, name, one_line(w->buf->arena, text));
}

static void put_if(struct xml_writer *w, const char *name, struct str text)
{
    if (!str_is_empty(text))
        put_text(w, name, text);
}

void vuldef_begin(struct xml_writer *w, enum lang lang)
{
    xml_declaration(w);
    xml_begin(w, "VULDEF-Document");
    xml_attr(w, "version", STR("3.2"));
    xml_attr(w, "xmlns:xsi", STR("http://www.w3.org/2001/XMLSchema-instance"));
    xml_attr(w, "xmlns", STR("http://jvn.jp/vuldef/"));
    xml_attr(w, "xmlns:vuldef", STR("http://jvn.jp/vuldef/"));
    xml_attr(w, "xmlns:status", STR("http://jvndb.jvn.jp/myjvn/Status"));
    xml_attr(w, "xmlns:sec", STR("http://jvn.jp/rss/mod_sec/3.0/"));
    xml_attr(w, "xmlns:marking", STR("http://data-marking.mitre.org/Marking-1"));
    xml_attr(w, "xmlns:tlpMarking",
             STR("http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1"));
    xml_attr(
        w, "xsi:schemaLocation",
        STR("http://jvn.jp/vuldef/ https://jvndb.jvn.jp/schema/vuldef_3.2.xsd "
            "http://jvn.jp/rss/mod_sec/3.0/ https://jvndb.jvn.jp/schema/mod_sec_3.0.xsd "
            "http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1 https://jvndb.jvn.jp/schema/tlp_marking.xsd "
            "http://jvndb.jvn.jp/myjvn/Status https://jvndb.jvn.jp/schema/status_3.3.xsd"));
    xml_attr(w, "xml:lang", lang_code(lang));
}

static void put_affected(struct xml_writer *w, const struct vuldef_info *info)
{
    if (info->affected.len == 0)
        return;
    xml_begin(w, "Affected");
    for (size_t i = 0; i < info->affected.len; i++) {
        const struct vuldef_affected *affected = &info->affected.at[i];

        xml_begin(w, "AffectedItem");
        if (!str_is_empty(affected->status))
            xml_attr(w, "affectedstatus", affected->status);
        put_if(w, "Name", affected->vendor);
        put_if(w, "ProductName", affected->product);
        if (!str_is_empty(affected->cpe)) {
            xml_begin(w, "Cpe");
            xml_attr(w, "version", STR("2.2"));
            xml_text(w, str_trim(affected->cpe));
            xml_end(w);
        }
        for (size_t n = 0; n < affected->versions.len; n++)
            put_text(w, "VersionNumber", affected->versions.at[n]);
        if (affected->has_blank && affected->versions.len == 0)
            xml_element(w, "VersionNumber", STR_NONE);
        put_if(w, "Description", affected->note);
        xml_end(w);
    }
    xml_end(w);
}

/* The original says 3.0 for every 3.x and prints 5.0 as 5. */
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
    xml_begin(w, "Cvss");
    xml_attr(w, "version", cvss_version_text(cvss.version == CVSS_3_1 ? CVSS_3_0 : cvss.version));
    xml_begin(w, "Severity");
    xml_attr(w, "type", STR("Base"));
    xml_text(w, cvss_severity_title(cvss_severity(score, cvss.version)));
    xml_end(w);
    xml_element(w, "Base",
                score % 10 ? arena_printf(arena, "%d.%d", score / 10, score % 10)
                           : arena_printf(arena, "%d", score / 10));
    xml_element(w, "Vector", cvss_text(&cvss, arena));
    xml_end(w);
}

static void put_impact(struct xml_writer *w, const struct vuldef_info *info)
{
    if (info->vectors.len == 0 && str_is_empty(info->impact))
        return;
    xml_begin(w, "Impact");
    for (size_t i = 0; i < info->vectors.len; i++)
        put_cvss(w, info->vectors.at[i]);
    xml_begin(w, "ImpactItem");
    put_text(w, "Description", info->impact);
    xml_end(w);
    xml_end(w);
}

static void put_solution(struct xml_writer *w, const struct vuldef_info *info)
{
    if (info->solutions.len == 0)
        return;
    xml_begin(w, "Solution");
    for (size_t i = 0; i < info->solutions.len; i++) {
        xml_begin(w, "SolutionItem");
        put_text(w, "Description", info->solutions.at[i]);
        xml_end(w);
    }
    xml_end(w);
}

static void put_related(struct xml_writer *w, const struct vuldef_info *info)
{
    if (info->related.len == 0)
        return;
    xml_begin(w, "Related");
    for (size_t i = 0; i < info->related.len; i++) {
        const struct vuldef_related *related = &info->related.at[i];

        xml_begin(w, "RelatedItem");
        xml_attr(w, "type", related->type);
        put_if(w, "Name", related->name);
        put_if(w, "VulinfoID", related->id);
        put_if(w, "Title", related->title);
        put_if(w, "URL", related->url);
        xml_end(w);
    }
    xml_end(w);
}

static void put_credit(struct xml_writer *w, const struct vuldef_info *info)
{
    if (str_is_empty(info->credit))
        return;
    xml_begin(w, "Credit");
    xml_begin(w, "CreditItem");
    put_text(w, "Description", info->credit);
    xml_end(w);
    xml_end(w);
}

/* The original writes a backslash and an n between the date and the words; its readers take that off again. */
static struct str change_text(struct arena *arena, enum lang lang,
                              const struct vuldef_change *change)
{
    struct civil day = utc_to_jst(change->at);
    struct str words = one_line(arena, change->words);

    if (!str_is_empty(change->told))
        return change->told;
    return lang == LANG_JA ? arena_printf(arena, "[%04d年%02d月%02d日]\\n  %.*s", day.year,
                                          day.month, day.day, STR_ARG(words))
                           : arena_printf(arena, "[%04d/%02d/%02d]\\n  %.*s", day.year, day.month,
                                          day.day, STR_ARG(words));
}

static void put_history(struct xml_writer *w, enum lang lang, const struct vuldef_info *info)
{
    struct arena *arena = w->buf->arena;

    if (info->history.len == 0)
        return;
    xml_begin(w, "History");
    for (size_t i = 0; i < info->history.len; i++) {
        const struct vuldef_change *change = &info->history.at[i];
        int64_t number = change->place > 0 ? change->place - 1 : (int64_t)i + 1;

        xml_begin(w, "HistoryItem");
        xml_element(w, "HistoryNo", arena_printf(arena, "%lld", (long long)number));
        xml_element(w, "DateTime", utc_iso_jst(arena, change->at));
        xml_element(w, "Description", change_text(arena, lang, change));
        xml_end(w);
    }
    xml_end(w);
}

/* The day it became public is always midnight in Japan. */
static struct str midnight(struct arena *arena, struct utc t)
{
    struct civil day = utc_to_jst(t);

    return arena_printf(arena, "%04d-%02d-%02dT00:00:00+09:00", day.year, day.month, day.day);
}

static void put_dates(struct xml_writer *w, const struct vuldef_info *info)
{
    struct arena *arena = w->buf->arena;

    if (info->first_published.ms != 0)
        xml_element(w, "DateFirstPublished", utc_iso_jst(arena, info->first_published));
    if (info->last_updated.ms != 0)
        xml_element(w, "DateLastUpdated", utc_iso_jst(arena, info->last_updated));
    if (info->public_since.ms != 0)
        xml_element(w, "DatePublic", midnight(arena, info->public_since));
}

void vuldef_put_info(struct xml_writer *w, enum lang lang, const struct vuldef_info *info)
{
    xml_begin(w, "Vulinfo");
    put_text(w, "VulinfoID", info->id);
    xml_begin(w, "VulinfoData");
    put_if(w, "Title", info->title);
    xml_begin(w, "VulinfoDescription");
    put_text(w, "Overview", info->overview);
    put_if(w, "Detail", info->details);
    xml_end(w);
    put_affected(w, info);
    put_impact(w, info);
    put_solution(w, info);
    put_related(w, info);
    put_credit(w, info);
    put_history(w, lang, info);
    put_dates(w, info);
    xml_end(w);
    xml_end(w);
}

void vuldef_put_handling(struct xml_writer *w)
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

void vuldef_write(const struct vuldef *document, struct buf *out)
{
    struct xml_writer w = xml_writer_new(out, true);

    vuldef_begin(&w, document->lang);
    for (size_t i = 0; i < document->infos.len; i++)
        vuldef_put_info(&w, document->lang, &document->infos.at[i]);
    vuldef_put_handling(&w);
    xml_end(&w);
}
