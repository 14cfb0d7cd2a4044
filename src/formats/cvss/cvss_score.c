#include "formats/cvss/cvss_internal.h"

/* The weight of a metric, as the specification's tables have it; if_undefined is in thousandths. */
static double weight(const struct cvss *cvss, size_t metric, int if_undefined)
{
    unsigned char value = cvss->value[metric];

    return (value ? cvss_table(cvss->version)->metrics[metric].values[value - 1].weight
                  : if_undefined) /
           1000.0;
}

static double smaller(double a, double b) { return a < b ? a : b; }

static double power(double x, unsigned n)
{
    double product = 1;

    while (n-- > 0)
        product *= x;
    return product;
}

/* To tenths, upwards, after five places: what binary fractions add behind those is not part of the number (3.1, appendix A). */
static int round_up(double x)
{
    int64_t places = (int64_t)(x * 100000 + 0.5);

    return (int)(places % 10000 == 0 ? places / 10000 : places / 10000 + 1);
}

/* To tenths, halves away from zero, after six places (2.0: low requirements can take the adjusted base score below 0). */
static int round_half_up(double x)
{
    return x < 0 ? -round_half_up(-x) : (int)(((int64_t)(x * 1000000 + 0.5) + 50000) / 100000);
}

/* 2.0, section 3.2.1: the base score for an impact. */
static int v2_base(const struct cvss *cvss, double impact)
{
    double exploitability =
        20 * weight(cvss, V2_AV, 0) * weight(cvss, V2_AC, 0) * weight(cvss, V2_AU, 0);

    return impact <= 0 ? 0 : round_half_up((0.6 * impact + 0.4 * exploitability - 1.5) * 1.176);
}

static double v2_impact(const struct cvss *cvss, double c, double i, double a)
{
    return 10.41 * (1 - (1 - weight(cvss, V2_C, 0) * c) * (1 - weight(cvss, V2_I, 0) * i) *
                            (1 - weight(cvss, V2_A, 0) * a));
}

static int v2_temporal(const struct cvss *cvss, int base)
{
    return round_half_up(base / 10.0 * weight(cvss, V2_E, 1000) * weight(cvss, V2_RL, 1000) *
                         weight(cvss, V2_RC, 1000));
}

static int v2_environmental(const struct cvss *cvss)
{
    double impact = smaller(10, v2_impact(cvss, weight(cvss, V2_CR, 1000),
                                          weight(cvss, V2_IR, 1000), weight(cvss, V2_AR, 1000)));
    double adjusted = v2_temporal(cvss, v2_base(cvss, impact)) / 10.0;

    return round_half_up((adjusted + (10 - adjusted) * weight(cvss, V2_CDP, 0)) *
                         weight(cvss, V2_TD, 1000));
}

/* 3.x, section 7.4: privileges weigh more when the scope changes. */
static double privileges(const struct cvss *cvss, size_t metric, bool changed)
{
    double plain = weight(cvss, metric, 0);

    return !changed ? plain : plain == 0.62 ? 0.68 : plain == 0.27 ? 0.5 : plain;
}

/* Impact and exploitability together, rounded; sub is the impact sub-score, tail what the changed scope takes off. */
static int v3_sum(double sub, double tail, double exploitability, bool changed)
{
    double impact = changed ? 7.52 * (sub - 0.029) - 3.25 * tail : 6.42 * sub;

    return impact <= 0 ? 0
                       : round_up(smaller((changed ? 1.08 : 1) * (impact + exploitability), 10));
}

static int v3_base(const struct cvss *cvss)
{
    bool changed = weight(cvss, V3_S, 0) > 0;
    double sub =
        1 - (1 - weight(cvss, V3_C, 0)) * (1 - weight(cvss, V3_I, 0)) * (1 - weight(cvss, V3_A, 0));
    double exploitability = 8.22 * weight(cvss, V3_AV, 0) * weight(cvss, V3_AC, 0) *
                            privileges(cvss, V3_PR, changed) * weight(cvss, V3_UI, 0);

    return v3_sum(sub, power(sub - 0.02, 15), exploitability, changed);
}

static int v3_temporal(const struct cvss *cvss, int score)
{
    return round_up(score / 10.0 * weight(cvss, V3_E, 1000) * weight(cvss, V3_RL, 1000) *
                    weight(cvss, V3_RC, 1000));
}

/* Where a modified metric is defined it stands in for the base metric. */
static size_t v3_modified(const struct cvss *cvss, size_t base)
{
    return cvss->value[V3_MAV + base] ? V3_MAV + base : base;
}

static double v3_left(const struct cvss *cvss, size_t base, size_t requirement)
{
    return 1 - weight(cvss, v3_modified(cvss, base), 0) * weight(cvss, requirement, 1000);
}

static int v3_environmental(const struct cvss *cvss)
{
    bool changed = weight(cvss, v3_modified(cvss, V3_S), 0) > 0;
    double sub = smaller(1 - v3_left(cvss, V3_C, V3_CR) * v3_left(cvss, V3_I, V3_IR) *
                                 v3_left(cvss, V3_A, V3_AR),
                         0.915);
    double exploitability = 8.22 * weight(cvss, v3_modified(cvss, V3_AV), 0) *
                            weight(cvss, v3_modified(cvss, V3_AC), 0) *
                            privileges(cvss, v3_modified(cvss, V3_PR), changed) *
                            weight(cvss, v3_modified(cvss, V3_UI), 0);
    double tail =
        cvss->version == CVSS_3_0 ? power(sub - 0.02, 15) : power(sub * 0.9731 - 0.02, 13);

    return v3_temporal(cvss, v3_sum(sub, tail, exploitability, changed));
}

int cvss_base_tenths(const struct cvss *cvss)
{
    switch (cvss->version) {
    case CVSS_2_0:
        return v2_base(cvss, v2_impact(cvss, 1, 1, 1));
    case CVSS_3_0:
    case CVSS_3_1:
        return v3_base(cvss);
    default:
        return CVSS_NO_SCORE;
    }
}

int cvss_temporal_tenths(const struct cvss *cvss)
{
    int base = cvss_base_tenths(cvss);

    if (base == CVSS_NO_SCORE)
        return CVSS_NO_SCORE;
    return cvss->version == CVSS_2_0 ? v2_temporal(cvss, base) : v3_temporal(cvss, base);
}

int cvss_environmental_tenths(const struct cvss *cvss)
{
    switch (cvss->version) {
    case CVSS_2_0:
        return cvss_has(cvss, CVSS_ENVIRONMENTAL) ? v2_environmental(cvss)
                                                  : cvss_temporal_tenths(cvss);
    case CVSS_3_0:
    case CVSS_3_1:
        return v3_environmental(cvss);
    default:
        return CVSS_NO_SCORE;
    }
}
