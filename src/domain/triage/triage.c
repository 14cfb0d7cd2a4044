#include "domain/triage/triage.h"

#include "base/err.h"
#include "base/tr.h"

/* ---- severity ---- */

/* Place of a version in the order of preference; 0 is none. */
static int rank(struct str version)
{
    static const char *const rising[] = { "2.0", "3.0", "3.1", "4.0" };

    for (size_t i = 0; i < COUNT(rising); i++)
        if (str_eq_z(version, rising[i]))
            return (int)i + 1;
    return 0;
}

int triage_tenths(const struct catalog_score *score)
{
    struct err ignored = { 0 };
    struct cvss cvss;

    if (score->tenths != CVSS_NO_SCORE)
        return score->tenths;
    return cvss_parse(score->vector, &cvss, &ignored) ? cvss_base_tenths(&cvss) : CVSS_NO_SCORE;
}

const struct catalog_score *triage_score(const struct finding *finding, int *tenths)
{
    const struct catalog_score *best = NULL;

    *tenths = CVSS_NO_SCORE;
    for (size_t i = 0; i < finding->scores.len; i++) {
        const struct catalog_score *score = &finding->scores.at[i];
        int own = triage_tenths(score),
            newer = rank(score->version) - (best ? rank(best->version) : 0);

        if (own == CVSS_NO_SCORE || newer < 0)
            continue;
        if (newer > 0 || (score->is_primary && !best->is_primary) ||
            (score->is_primary == best->is_primary && own > *tenths)) {
            best = score;
            *tenths = own;
        }
    }
    return best;
}

static enum cvss_severity severity_of(const struct catalog_score *score, int tenths)
{
    static const enum cvss_version versions[] = { CVSS_3_1, CVSS_2_0, CVSS_3_0, CVSS_3_1,
                                                  CVSS_4_0 };

    return score ? cvss_severity(tenths, versions[rank(score->version)]) : CVSS_NONE;
}

/* ---- what was said ---- */

bool triage_is_suppressing(enum finding_verdict verdict)
{
    return verdict == VERDICT_NOT_AFFECTED || verdict == VERDICT_FIXED ||
           verdict == VERDICT_IGNORED;
}

struct str triage_verdict_word(enum finding_verdict verdict)
{
    static const struct str words[] = {
        [VERDICT_NONE] = STR_INIT(""),
        [VERDICT_AFFECTED] = STR_INIT("affected"),
        [VERDICT_NOT_AFFECTED] = STR_INIT("not_affected"),
        [VERDICT_FIXED] = STR_INIT("fixed"),
        [VERDICT_UNDER_INVESTIGATION] = STR_INIT("under_investigation"),
        [VERDICT_IGNORED] = STR_INIT("ignored"),
    };

    return words[verdict];
}

/* ---- the decision ---- */

/* In the order of triage_decision. */
/* clang-format off */
static const char *const decision_names[] = { N_("Defer"), N_("Scheduled maintenance"), N_("Out-of-Cycle"), N_("Immediate") };
static const struct str decision_words[] = { STR_INIT("defer"), STR_INIT("scheduled"), STR_INIT("out-of-cycle"), STR_INIT("immediate") };
/* clang-format on */

static const struct ssvc_table *deployer(void) { return ssvc_find(STR("deployer")); }

const char *triage_decision_name(enum triage_decision decision) { return decision_names[decision]; }

const char *triage_decision_words(enum triage_decision decision)
{
    return deployer()->outcome->values[decision].words;
}

struct str triage_decision_word(enum triage_decision decision) { return decision_words[decision]; }

struct str triage_severity_word(const struct priority *priority)
{
    static const struct str words[] = { STR_INIT("none"), STR_INIT("low"), STR_INIT("medium"),
                                        STR_INIT("high"), STR_INIT("critical") };

    return priority->score ? words[priority->severity] : STR("unknown");
}

/* The points of the deployer's table, in its order. */
enum { EXPLOITATION, EXPOSURE, AUTOMATABLE, IMPACT };
static const struct str point_names[TRIAGE_POINTS] = {
    [EXPLOITATION] = STR_INIT("Exploitation"),
    [EXPOSURE] = STR_INIT("System Exposure"),
    [AUTOMATABLE] = STR_INIT("Automatable"),
    [IMPACT] = STR_INIT("Human Impact"),
};

/* Only what people write is looked up by its words. */
static bool choose(const struct ssvc_table *table, int point, struct str value,
                   struct ssvc_choice *choice)
{
    return value.len > 0 && ssvc_choose(table, point_names[point], value, choice);
}

bool triage_site_is_known(const struct triage_site *site, struct str *fault)
{
    struct ssvc_choice choice = { { 0 } };

    *fault = site->exposure;
    if (site->exposure.len > 0 && !choose(deployer(), EXPOSURE, site->exposure, &choice))
        return false;
    *fault = site->impact;
    return site->impact.len == 0 || choose(deployer(), IMPACT, site->impact, &choice);
}

/* Places of the table's values, the mildest first; in choices they count from 1. */
enum { NO_EXPLOITATION = 1, ACTIVE_EXPLOITATION = 3, NOT_AUTOMATABLE = 1, AUTOMATABLE_YES = 2 };
enum { EXPOSURE_UNTOLD = 3, IMPACT_UNTOLD = 2 }; /* open, medium */

static const char *choose_exploitation(const struct ssvc_table *table,
                                       const struct finding *finding, struct ssvc_choice *choice)
{
    choice->value[EXPLOITATION] = ACTIVE_EXPLOITATION;
    if (finding->is_in_kev)
        return N_("It is in CISA's list of exploited vulnerabilities (KEV).");
    if (choose(table, EXPLOITATION, finding->ssvc.exploitation, choice))
        return N_("CISA says so in the CVE record.");
    choice->value[EXPLOITATION] = NO_EXPLOITATION;
    return N_("No source at hand tells of attacks or of an exploit.");
}

/* Over the network, without effort, account or user: what a program can do again and again. */
static bool is_open_to_programs(const struct cvss *cvss)
{
    static const char *const needed[][2] = { { "AV", "N" }, { "AC", "L" }, { "AT", "N" },
                                             { "PR", "N" }, { "Au", "N" }, { "UI", "N" } };
    struct cvss_pair pairs[CVSS_METRICS_MAX];
    size_t count = cvss_pairs(cvss, false, pairs);

    for (size_t i = 0; i < count; i++)
        for (size_t n = 0; n < COUNT(needed); n++)
            if (str_eq_z(str_from_z(pairs[i].metric), needed[n][0]) &&
                !str_eq_z(str_from_z(pairs[i].value), needed[n][1]))
                return false;
    return true;
}

static const char *choose_automatable(const struct ssvc_table *table, const struct finding *finding,
                                      const struct catalog_score *score, struct ssvc_choice *choice)
{
    struct err ignored = { 0 };
    struct cvss cvss;

    if (choose(table, AUTOMATABLE, finding->ssvc.automatable, choice))
        return N_("CISA says so in the CVE record.");
    choice->value[AUTOMATABLE] = AUTOMATABLE_YES;
    if (!score || !cvss_parse(score->vector, &cvss, &ignored))
        return N_("Nobody has rated it, so the worse is taken.");
    if (!is_open_to_programs(&cvss))
        choice->value[AUTOMATABLE] = NOT_AUTOMATABLE;
    return N_("By its CVSS vector: over the network, without effort, account or user, or not.");
}

static const char *choose_told(const struct ssvc_table *table, int point, struct str told,
                               unsigned char untold, const char *assumed,
                               struct ssvc_choice *choice)
{
    if (choose(table, point, told, choice))
        return N_("Told when the scan was started.");
    choice->value[point] = untold;
    return assumed;
}

/* Every point has a value, so there is one outcome. */
static void decide(const struct finding *finding, const struct triage_site *site,
                   struct priority *out)
{
    const struct ssvc_table *table = deployer();
    struct ssvc_choice choice = { { 0 } };
    const char *because[TRIAGE_POINTS];

    because[EXPLOITATION] = choose_exploitation(table, finding, &choice);
    because[AUTOMATABLE] = choose_automatable(table, finding, out->score, &choice);
    because[EXPOSURE] = choose_told(table, EXPOSURE, site->exposure, EXPOSURE_UNTOLD,
                                    N_("Not told, so the worse is taken (--exposure)."), &choice);
    because[IMPACT] = choose_told(table, IMPACT, site->impact, IMPACT_UNTOLD,
                                  N_("Not told, so the middle is taken (--impact)."), &choice);
    for (int i = 0; i < TRIAGE_POINTS; i++)
        out->path[i] =
            (struct triage_point){ table->points[i], &table->points[i]->values[choice.value[i] - 1],
                                   because[i] };
    out->decision = (enum triage_decision)ssvc_decide(table, &choice).most;
}

struct priority triage_priority(const struct finding *finding, const struct triage_site *site)
{
    struct priority out = { .has_fix = finding->fixed.len > 0,
                            .is_certain = finding->kind == FINDING_AFFECTED,
                            .is_suppressed = triage_is_suppressing(finding->statement.verdict) };

    out.score = triage_score(finding, &out.tenths);
    out.severity = severity_of(out.score, out.tenths);
    decide(finding, site, &out);
    return out;
}
