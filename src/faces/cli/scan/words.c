#include "base/tr.h"
#include "faces/cli/scan/scan.h"

/* The pages' words; where a column says that it is severity, English needs to say so no more. */
struct str scan_severity_name(enum lang lang, const struct priority *priority)
{
    enum cvss_version version = CVSS_3_1;

    if (!priority->score)
        return tr(lang, N_("Not rated"));
    if (str_eq_z(priority->score->version, "2.0"))
        version = CVSS_2_0;
    return lang == LANG_EN ? cvss_severity_title(priority->severity)
                           : tr(lang, cvss_severity_name(priority->severity, version));
}

const char *scan_kind_words(enum finding_kind kind)
{
    static const char *const words[] = {
        [FINDING_AFFECTED] = N_("The version is affected."),
        [FINDING_CONDITIONAL] =
            N_("It applies if running on a platform that the list does not name."),
        [FINDING_NO_RANGE] = N_("The source names the product and no usable version."),
        [FINDING_UNKNOWN_VERSION] = N_("The list does not give the component's version."),
    };

    return words[kind];
}

const char *scan_verdict_name(enum finding_verdict verdict)
{
    static const char *const names[] = {
        [VERDICT_NONE] = "",
        [VERDICT_AFFECTED] = N_("affected"),
        [VERDICT_NOT_AFFECTED] = N_("not affected"),
        [VERDICT_FIXED] = N_("fixed"),
        [VERDICT_UNDER_INVESTIGATION] = N_("under investigation"),
        [VERDICT_IGNORED] = N_("passed over by a rule"),
    };

    return names[verdict];
}

struct str scan_justification(enum lang lang, struct str word)
{
    static const struct {
        const char *word, *words;
    } known[] = {
        { "component_not_present", N_("The component is not there.") },
        { "vulnerable_code_not_present", N_("The vulnerable code is not there.") },
        { "code_not_present", N_("The vulnerable code is not there.") },
        { "vulnerable_code_not_in_execute_path", N_("The vulnerable code is never run.") },
        { "code_not_reachable", N_("The vulnerable code is never run.") },
        { "vulnerable_code_cannot_be_controlled_by_adversary",
          N_("An attacker cannot reach the vulnerable code.") },
        { "inline_mitigations_already_exist", N_("Something in place already prevents attacks.") },
        { "protected_by_mitigating_control", N_("Something in place already prevents attacks.") },
        { "protected_by_compiler", N_("The compiler's protection prevents attacks.") },
        { "protected_at_runtime", N_("Protection at run time prevents attacks.") },
        { "protected_at_perimeter", N_("Protection around the system prevents attacks.") },
        { "requires_configuration", N_("It takes a configuration that is not used.") },
        { "requires_dependency", N_("It takes a dependency that is not there.") },
        { "requires_environment", N_("It takes an environment that is not there.") },
        { "false_positive", N_("The match is wrong.") },
    };

    for (size_t i = 0; i < COUNT(known); i++)
        if (str_eq_z(word, known[i].word))
            return tr(lang, known[i].words);
    return word;
}

struct str scan_percent(struct arena *arena, int parts)
{
    int tenths = (parts + 50) / 100;

    if (parts > 0 && tenths == 0)
        return STR("<0.1%");
    return arena_printf(arena, "%d.%d%%", tenths / 10, tenths % 10);
}

struct str scan_score(struct arena *arena, const struct priority *priority)
{
    if (!priority->score)
        return STR_NONE;
    return arena_printf(arena, "%d.%d", priority->tenths / 10, priority->tenths % 10);
}
