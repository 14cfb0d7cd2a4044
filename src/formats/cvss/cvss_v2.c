/* CVSS 2.0, section 3.2. Every score is rounded to tenths, also those that another one is computed from: temporal and
 * environmental scores stand on rounded ones. Floating point is exact here: of all values that can arise none comes nearer
 * than 5e-5 to a half of a tenth, so that a rounding after six places takes away what binary fractions add. */
#include "formats/cvss/cvss_internal.h"

static double smaller(double a, double b) { return a < b ? a : b; }

/* To tenths, halves away from zero (low requirements can take the adjusted base score below 0). */
static int rounded(double x)
{
    return x < 0 ? -rounded(-x) : (int)(((int64_t)(x * 1000000 + 0.5) + 50000) / 100000);
}

static double impact(const struct cvss *cvss, double c, double i, double a)
{
    return 10.41 *
           (1 - (1 - cvss_weight(cvss, V2_C, 0) * c) * (1 - cvss_weight(cvss, V2_I, 0) * i) *
                    (1 - cvss_weight(cvss, V2_A, 0) * a));
}

/* The base score for an impact. */
static int base(const struct cvss *cvss, double impact)
{
    double exploitability = 20 * cvss_weight(cvss, V2_AV, 0) * cvss_weight(cvss, V2_AC, 0) *
                            cvss_weight(cvss, V2_AU, 0);

    return impact <= 0 ? 0 : rounded((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176);
}

static int temporal(const struct cvss *cvss, int base)
{
    return rounded(base / 10.0 * cvss_weight(cvss, V2_E, 1000) * cvss_weight(cvss, V2_RL, 1000) *
                   cvss_weight(cvss, V2_RC, 1000));
}

int cvss_v2_base(const struct cvss *cvss) { return base(cvss, impact(cvss, 1, 1, 1)); }

int cvss_v2_temporal(const struct cvss *cvss) { return temporal(cvss, cvss_v2_base(cvss)); }

int cvss_v2_environmental(const struct cvss *cvss)
{
    double adjusted_impact =
        smaller(10, impact(cvss, cvss_weight(cvss, V2_CR, 1000), cvss_weight(cvss, V2_IR, 1000),
                           cvss_weight(cvss, V2_AR, 1000)));
    double adjusted = temporal(cvss, base(cvss, adjusted_impact)) / 10.0;
    int score = rounded((adjusted + (10 - adjusted) * cvss_weight(cvss, V2_CDP, 0)) *
                        cvss_weight(cvss, V2_TD, 1000));

    return score < 0 ? 0 : score;
}
