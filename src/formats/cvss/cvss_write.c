#include "formats/cvss/cvss_internal.h"
#include "formats/json/json.h"

/* FIRST's schema of 2.0 has no severities. */
static void put_score(struct json_writer *w, const char *score, const char *severity, int tenths,
                      enum cvss_version version)
{
    json_key(w, score);
    json_put_tenths(w, tenths);
    if (version != CVSS_2_0)
        json_pair(w, severity, cvss_severity_word(cvss_severity(tenths, version)));
}

void cvss_write(const struct cvss *cvss, struct json_writer *w)
{
    struct cvss_pair pairs[CVSS_METRICS_MAX];
    size_t count = cvss_pairs(cvss, false, pairs);
    enum cvss_version version = cvss->version;

    json_object_begin(w);
    json_pair(w, "version", cvss_version_text(version));
    json_pair(w, "vectorString", cvss_text(cvss, w->buf->arena));
    put_score(w, "baseScore", "baseSeverity", cvss_base_tenths(cvss), version);
    if (version != CVSS_4_0 && cvss_has(cvss, CVSS_TEMPORAL))
        put_score(w, "temporalScore", "temporalSeverity", cvss_temporal_tenths(cvss), version);
    if (version != CVSS_4_0 && cvss_has(cvss, CVSS_ENVIRONMENTAL))
        put_score(w, "environmentalScore", "environmentalSeverity", cvss_environmental_tenths(cvss),
                  version);
    for (size_t i = 0; i < count; i++)
        json_pair(w, pairs[i].property, str_from_z(pairs[i].word));
    json_object_end(w);
}
