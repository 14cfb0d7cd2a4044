#include "base/tr.h"
#include "formats/cvss/cvss_internal.h"

int cvss_base_tenths(const struct cvss *cvss)
{
    return cvss->version == CVSS_2_0   ? cvss_v2_base(cvss)
           : cvss->version == CVSS_4_0 ? cvss_v4_score(cvss)
                                       : cvss_v3_base(cvss);
}

int cvss_temporal_tenths(const struct cvss *cvss)
{
    return cvss->version == CVSS_2_0   ? cvss_v2_temporal(cvss)
           : cvss->version == CVSS_4_0 ? CVSS_NO_SCORE
                                       : cvss_v3_temporal(cvss);
}

int cvss_environmental_tenths(const struct cvss *cvss)
{
    return cvss->version == CVSS_2_0   ? cvss_v2_environmental(cvss)
           : cvss->version == CVSS_4_0 ? CVSS_NO_SCORE
                                       : cvss_v3_environmental(cvss);
}

bool cvss_has(const struct cvss *cvss, enum cvss_group group)
{
    const struct cvss_table *table = cvss_table(cvss->version);

    for (size_t i = 0; i < table->count; i++)
        if (table->metrics[i].group == group && cvss->value[i] != 0)
            return true;
    return false;
}

struct str cvss_nomenclature(const struct cvss *cvss)
{
    bool threat = cvss_has(cvss, CVSS_TEMPORAL), environment = cvss_has(cvss, CVSS_ENVIRONMENTAL);

    if (cvss->version != CVSS_4_0)
        return STR_NONE;
    if (threat)
        return environment ? STR("CVSS-BTE") : STR("CVSS-BT");
    return environment ? STR("CVSS-BE") : STR("CVSS-B");
}

enum cvss_severity cvss_severity(int tenths, enum cvss_version version)
{
    if (version == CVSS_2_0)
        return tenths >= 70 ? CVSS_HIGH : tenths >= 40 ? CVSS_MEDIUM : CVSS_LOW;
    return tenths >= 90   ? CVSS_CRITICAL
           : tenths >= 70 ? CVSS_HIGH
           : tenths >= 40 ? CVSS_MEDIUM
           : tenths >= 1  ? CVSS_LOW
                          : CVSS_NONE;
}

static const struct {
    const char *name;
    struct str word, title;
} severities[] = {
    [CVSS_NONE] = { N_("No severity"), STR_INIT("NONE"), STR_INIT("None") },
    [CVSS_LOW] = { N_("Low severity"), STR_INIT("LOW"), STR_INIT("Low") },
    [CVSS_MEDIUM] = { N_("Medium severity"), STR_INIT("MEDIUM"), STR_INIT("Medium") },
    [CVSS_HIGH] = { N_("High severity"), STR_INIT("HIGH"), STR_INIT("High") },
    [CVSS_CRITICAL] = { N_("Critical severity"), STR_INIT("CRITICAL"), STR_INIT("Critical") },
};

/* The three levels JVN iPedia knows for 2.0. */
static const char *const levels[] = {
    [CVSS_NONE] = N_("Level I: low severity"),        [CVSS_LOW] = N_("Level I: low severity"),
    [CVSS_MEDIUM] = N_("Level II: medium severity"),  [CVSS_HIGH] = N_("Level III: high severity"),
    [CVSS_CRITICAL] = N_("Level III: high severity"),
};

const char *cvss_severity_name(enum cvss_severity severity, enum cvss_version version)
{
    return version == CVSS_2_0 ? levels[severity] : severities[severity].name;
}

struct str cvss_severity_word(enum cvss_severity severity) { return severities[severity].word; }

struct str cvss_severity_title(enum cvss_severity severity) { return severities[severity].title; }
