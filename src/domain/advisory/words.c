/* domain/advisory/words.c: what several formats say alike. */
#include "base/err.h"
#include "domain/advisory/formats.h"
#include "domain/casework/developer_in_case.h"
#include "formats/cvss/cvss.h"

const struct advisory_text *advisory_text_of(const struct advisory_view *view, enum lang lang)
{
    return lang == LANG_EN ? &view->en : &view->ja;
}

struct advisory_score weakness_score(const struct advisory_weakness *weakness, struct arena *arena)
{
    struct advisory_score score = { .tenths = CVSS_NO_SCORE };
    struct err ignored = { 0 };
    struct cvss cvss, base;

    if (!cvss_parse(weakness->cvss, &cvss, &ignored))
        return score;
    base = cvss_base_part(&cvss); /* the only score of 4.0 would take in threat and environment */
    score.vector = cvss_text(&cvss, arena);
    score.version = cvss_version_text(cvss.version);
    score.tenths = cvss_base_tenths(&base);
    score.word = cvss_severity_word(cvss_severity(score.tenths, cvss.version));
    return score;
}

struct advisory_score advisory_score_of(const struct advisory_view *view, struct arena *arena)
{
    struct advisory_score highest = { .tenths = CVSS_NO_SCORE };

    for (size_t i = 0; i < view->weaknesses.len; i++) {
        struct advisory_score score = weakness_score(&view->weaknesses.at[i], arena);

        if (score.tenths > highest.tenths)
            highest = score;
    }
    return highest;
}

const char *vendor_status_msgid(struct str status)
{
    static const char *const words[VENDOR_STATUSES] = {
        "vulnerable",    "vulnerable_investigating",
        "notvulnerable", "notvulnerable_investigating",
        "unknown",       "informed",
        "no_report",
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (str_eq_z(status, words[i]))
            return vendor_status_words((enum vendor_status)i);
    }
    return vendor_status_words(VENDOR_UNKNOWN);
}
