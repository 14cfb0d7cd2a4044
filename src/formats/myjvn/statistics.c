/* getStatistics. */
#include "formats/cwe/cwe.h"
#include "formats/myjvn/myjvn_internal.h"

static void put_number(struct xml_writer *w, const char *name, int64_t n)
{
    xml_attr(w, name, arena_printf(w->buf->arena, "%lld", (long long)n));
}

static void put_title(struct xml_writer *w, const char *lang, struct str words)
{
    xml_begin(w, "mjstat:title");
    xml_attr(w, "xml:lang", str_from_z(lang));
    xml_text(w, words);
    xml_end(w);
}

/* Both titles whatever the language; the older interface has the Japanese one and no totals. */
static void put_head(struct xml_writer *w, const struct myjvn_statistics *s, enum myjvn_feed feed,
                     struct str ja, struct str en)
{
    put_title(w, "ja", ja);
    if (feed == MYJVN_ITM)
        return;
    put_title(w, "en-US", en);
    xml_begin(w, "mjstat:resDataTotal");
    put_number(w, "vulinfo", s->vulnerabilities);
    put_number(w, "vendor", s->vendors);
    put_number(w, "product", s->products);
    xml_end(w);
}

static void put_counts(struct xml_writer *w, const struct myjvn_counts *counts, bool by_severity,
                       enum myjvn_feed feed)
{
    static const char *const of_3[] = { "cntC", "cntH", "cntM", "cntL", "cntN" }, *const of_2[] = {
        "cntH", "cntM", "cntL"
    };
    const char *const *names = feed == MYJVN_ITM ? of_2 : of_3;
    size_t severities = feed == MYJVN_ITM ? COUNT(of_2) : COUNT(of_3);

    for (size_t i = 0; i < counts->len; i++) {
        xml_begin(w, "mjstat:resData");
        xml_attr(w, "date", counts->at[i].date);
        put_number(w, "cntAll", counts->at[i].all);
        for (size_t k = 0; by_severity && k < severities; k++)
            put_number(w, names[k], counts->at[i].by_severity[k]);
        xml_end(w);
    }
}

/* "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')": what it is called for short, where it is. */
static struct str short_name(struct str name)
{
    size_t at = str_index_str(name, STR("('"));

    return at < name.len && str_ends(name, STR("')"))
               ? str_take(str_drop(name, at + 2), name.len - at - 4)
               : name;
}

static void put_cwe(struct xml_writer *w, const struct myjvn_statistics *s, enum myjvn_feed feed)
{
    unsigned number = 0;
    bool is_one = cwe_parse(s->cwe, &number);

    xml_begin(w, "mjstat:sumCwe");
    xml_attr(w, "cweId", s->cwe);
    put_head(w, s, feed, is_one ? cwe_name(number, LANG_JA) : STR_NONE,
             is_one ? short_name(cwe_name(number, LANG_EN)) : STR_NONE);
    put_counts(w, &s->by_cwe, false, feed);
    xml_end(w);
}

void myjvn_write_statistics(const struct myjvn_statistics *statistics,
                            const struct myjvn_status *status, struct buf *out)
{
    struct xml_writer w = xml_writer_new(out, true);
    enum myjvn_feed feed = status->version;

    myjvn_begin_result(&w, status, true);
    if (statistics && statistics->has_all) {
        xml_begin(&w, "mjstat:sumJvnDb");
        put_head(&w, statistics, feed, STR("脆弱性統計情報"),
                 STR("Statistics Vulnerability Count"));
        put_counts(&w, &statistics->all, false, feed);
        xml_end(&w);
    }
    if (statistics && statistics->has_cvss) {
        xml_begin(&w, "mjstat:sumCvss");
        put_head(&w, statistics, feed, STR("CVSSスコア"), STR("CVSS Score"));
        put_counts(&w, &statistics->cvss, true, feed);
        xml_end(&w);
    }
    if (statistics && statistics->has_cwe)
        put_cwe(&w, statistics, feed);
    myjvn_put_status(&w, status);
    xml_end(&w);
}
