/* CVSS 2.0, section 3.2. Every score is rounded to tenths, also those that another one is computed from: temporal and
 * environmental scores stand on rounded ones. Floating point is exact here: of all values that can arise none comes nearer
 * than 5e-5 to a half of a tenth, so that a rounding after six places takes away what binary fractions add. */
#include "formats/cvss/cvss_internal.h"

/* The weights of the specification's tables, by the numbers of the values; first that of "not defined". */
/* clang-format off */
static const double weights[V2_COUNT][6] = {
    [V2_AV]  = { 0, 0.395, 0.646, 1 },
    [V2_AC]  = { 0, 0.35, 0.61, 0.71 },
    [V2_AU]  = { 0, 0.45, 0.56, 0.704 },
    [V2_C]   = { 0, 0, 0.275, 0.66 },
    [V2_I]   = { 0, 0, 0.275, 0.66 },
    [V2_A]   = { 0, 0, 0.275, 0.66 },
    [V2_E]   = { 1, 0.85, 0.9, 0.95, 1 },
    [V2_RL]  = { 1, 0.87, 0.9, 0.95, 1 },
    [V2_RC]  = { 1, 0.9, 0.95, 1 },
    [V2_CDP] = { 0, 0, 0.1, 0.3, 0.4, 0.5 },
    [V2_TD]  = { 1, 0, 0.25, 0.75, 1 },
    [V2_CR]  = { 1, 0.5, 1, 1.51 },
    [V2_IR]  = { 1, 0.5, 1, 1.51 },
    [V2_AR]  = { 1, 0.5, 1, 1.51 },
};
/* clang-format on */

static double weight(const struct cvss *cvss, size_t metric)
{
    return weights[metric][cvss->value[metric]];
}

static double smaller(double a, double b) { return a < b ? a : b; }

/* To tenths, halves away from zero (low requirements can take the adjusted base score below 0). */
static int rounded(double x)
{
    return x < 0 ? -rounded(-x) : (int)(((int64_t)(x * 1000000 + 0.5) + 50000) / 100000);
}

static double impact(const struct cvss *cvss, double c, double i, double a)
{
    return 10.41 * (1 - (1 - weight(cvss, V2_C) * c) * (1 - weight(cvss, V2_I) * i) *
                            (1 - weight(cvss, V2_A) * a));
}

/* The base score for an impact. */
static int base(const struct cvss *cvss, double impact)
{
    double exploitability = 20 * weight(cvss, V2_AV) * weight(cvss, V2_AC) * weight(cvss, V2_AU);

    return impact <= 0 ? 0 : rounded((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176);
}

static int temporal(const struct cvss *cvss, int base)
{
    return rounded(base / 10.0 * weight(cvss, V2_E) * weight(cvss, V2_RL) * weight(cvss, V2_RC));
}

int cvss_v2_base(const struct cvss *cvss) { return base(cvss, impact(cvss, 1, 1, 1)); }

int cvss_v2_temporal(const struct cvss *cvss) { return temporal(cvss, cvss_v2_base(cvss)); }

/* Without metrics of its own it is not computed again: the limit of 10 for the impact would make a 7.2 a 7.1. */
int cvss_v2_environmental(const struct cvss *cvss)
{
    double adjusted_impact, adjusted;
    int score;

    if (!cvss_has(cvss, CVSS_ENVIRONMENTAL))
        return cvss_v2_temporal(cvss);
    adjusted_impact =
        smaller(10, impact(cvss, weight(cvss, V2_CR), weight(cvss, V2_IR), weight(cvss, V2_AR)));
    adjusted = temporal(cvss, base(cvss, adjusted_impact)) / 10.0;
    score = rounded((adjusted + (10 - adjusted) * weight(cvss, V2_CDP)) * weight(cvss, V2_TD));
    return score < 0 ? 0 : score;
}
