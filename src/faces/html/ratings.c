#include "faces/html/ratings.h"

#include "formats/cvss/cvss.h"

struct tag_view catalog_severity_tag(enum lang lang, enum catalog_severity severity)
{
    static const struct {
        enum cvss_severity word;
        enum tone tone;
    } rows[CATALOG_SEVERITIES] = {
        [SEVERITY_NONE] = { CVSS_NONE, TONE_NEUTRAL },
        [SEVERITY_LOW] = { CVSS_LOW, TONE_GOOD },
        [SEVERITY_MEDIUM] = { CVSS_MEDIUM, TONE_WARN },
        [SEVERITY_HIGH] = { CVSS_HIGH, TONE_EMBER },
        [SEVERITY_CRITICAL] = { CVSS_CRITICAL, TONE_BAD },
    };

    if (severity == SEVERITY_UNKNOWN)
        return (struct tag_view){ tr(lang, N_("Not rated")), TONE_NEUTRAL };
    return (struct tag_view){ tr(lang, cvss_severity_name(rows[severity].word, CVSS_3_1)),
                              rows[severity].tone };
}

struct str catalog_score_words(int tenths, struct arena *arena)
{
    if (tenths < 0)
        return STR_NONE;
    return arena_printf(arena, "%d.%d", tenths / 10, tenths % 10);
}
