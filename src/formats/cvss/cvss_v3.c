/* CVSS 3.0 and 3.1, section 7. They differ in how they round up, which changes no score that can arise (of all values none
 * comes nearer than 4e-6 above a tenth without being one), and in the impact of an environmental score with changed scope. */
#include "formats/cvss/cvss_internal.h"

static double smaller(double a, double b) { return a < b ? a : b; }

static double power(double x, unsigned n)
{
    double product = 1;

    while (n-- > 0)
        product *= x;
    return product;
}

/* To tenths, upwards, after five places: what binary fractions add behind those is not part of the number (appendix A). */
static int rounded_up(double x)
{
    int64_t places = (int64_t)(x * 100000 + 0.5);

    return (int)(places % 10000 == 0 ? places / 10000 : places / 10000 + 1);
}

/* Privileges weigh more when the scope changes. */
static double privileges(const struct cvss *cvss, size_t metric, bool changed)
{
    double plain = cvss_weight(cvss, metric, 0);

    return !changed ? plain : plain == 0.62 ? 0.68 : plain == 0.27 ? 0.5 : plain;
}

/* Impact and exploitability together, rounded; sub is the impact sub-score, tail what the changed scope takes off. */
static int sum(double sub, double tail, double exploitability, bool changed)
{
    double impact = changed ? 7.52 * (sub - 0.029) - 3.25 * tail : 6.42 * sub;

    return impact <= 0 ? 0
                       : rounded_up(smaller((changed ? 1.08 : 1) * (impact + exploitability), 10));
}

static int temporal(const struct cvss *cvss, int score)
{
    return rounded_up(score / 10.0 * cvss_weight(cvss, V3_E, 1000) *
                      cvss_weight(cvss, V3_RL, 1000) * cvss_weight(cvss, V3_RC, 1000));
}

int cvss_v3_base(const struct cvss *cvss)
{
    bool changed = cvss_weight(cvss, V3_S, 0) > 0;
    double sub = 1 - (1 - cvss_weight(cvss, V3_C, 0)) * (1 - cvss_weight(cvss, V3_I, 0)) *
                         (1 - cvss_weight(cvss, V3_A, 0));
    double exploitability = 8.22 * cvss_weight(cvss, V3_AV, 0) * cvss_weight(cvss, V3_AC, 0) *
                            privileges(cvss, V3_PR, changed) * cvss_weight(cvss, V3_UI, 0);

    return sum(sub, changed ? power(sub - 0.02, 15) : 0, exploitability, changed);
}

int cvss_v3_temporal(const struct cvss *cvss) { return temporal(cvss, cvss_v3_base(cvss)); }

/* Where a modified metric is defined it stands in for the base metric. */
static size_t modified(const struct cvss *cvss, size_t base)
{
    return cvss->value[V3_MAV + base] ? V3_MAV + base : base;
}

static double left(const struct cvss *cvss, size_t base, size_t requirement)
{
    return 1 - cvss_weight(cvss, modified(cvss, base), 0) * cvss_weight(cvss, requirement, 1000);
}

int cvss_v3_environmental(const struct cvss *cvss)
{
    bool changed = cvss_weight(cvss, modified(cvss, V3_S), 0) > 0;
    double sub = smaller(
        1 - left(cvss, V3_C, V3_CR) * left(cvss, V3_I, V3_IR) * left(cvss, V3_A, V3_AR), 0.915);
    double exploitability = 8.22 * cvss_weight(cvss, modified(cvss, V3_AV), 0) *
                            cvss_weight(cvss, modified(cvss, V3_AC), 0) *
                            privileges(cvss, modified(cvss, V3_PR), changed) *
                            cvss_weight(cvss, modified(cvss, V3_UI), 0);
    double tail = !changed                    ? 0
                  : cvss->version == CVSS_3_0 ? power(sub - 0.02, 15)
                                              : power(sub * 0.9731 - 0.02, 13);

    return temporal(cvss, sum(sub, tail, exploitability, changed));
}
