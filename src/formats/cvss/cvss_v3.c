/* CVSS 3.0 and 3.1, section 7. They differ in how they round up, which changes no score that can arise (of all values none
 * comes nearer than 4e-6 above a tenth without being one), and in the impact of an environmental score with changed scope. */
#include "formats/cvss/cvss_internal.h"

/* The weights of section 7.4, by the numbers of the values; first that of "not defined". */
/* clang-format off */
static const double weights[V3_MAV][5] = {
    [V3_AV] = { 0, 0.85, 0.62, 0.55, 0.2 },
    [V3_AC] = { 0, 0.77, 0.44 },
    [V3_PR] = { 0, 0.85, 0.62, 0.27 },
    [V3_UI] = { 0, 0.85, 0.62 },
    [V3_C]  = { 0, 0.56, 0.22, 0 },
    [V3_I]  = { 0, 0.56, 0.22, 0 },
    [V3_A]  = { 0, 0.56, 0.22, 0 },
    [V3_E]  = { 1, 1, 0.97, 0.94, 0.91 },
    [V3_RL] = { 1, 1, 0.97, 0.96, 0.95 },
    [V3_RC] = { 1, 1, 0.96, 0.92 },
    [V3_CR] = { 1, 1.5, 1, 0.5 },
    [V3_IR] = { 1, 1.5, 1, 0.5 },
    [V3_AR] = { 1, 1.5, 1, 0.5 },
};
/* clang-format on */
static const double privileges_when_changed[] = { 0, 0.85, 0.68, 0.5 };
enum { SCOPE_CHANGED = 2 };

/* The base metrics that count: as they are, or with what modifies them in their place. */
struct base {
    unsigned char of[V3_E];
};

static double smaller(double a, double b) { return a < b ? a : b; }

static double power(double x, unsigned n)
{
    double product = 1;

    for (; n > 0; n >>= 1, x *= x)
        if (n & 1)
            product *= x;
    return product;
}

/* To tenths, upwards, after five places: what binary fractions add behind those is not part of the number (appendix A). */
static int rounded_up(double x)
{
    int64_t places = (int64_t)(x * 100000 + 0.5);

    return (int)((places + 9999) / 10000);
}

/* Impact and exploitability together, rounded; sub is the impact sub-score, tail what a changed scope takes off. */
static int sum(const struct base *base, double sub, double tail)
{
    bool changed = base->of[V3_S] == SCOPE_CHANGED;
    double impact = changed ? 7.52 * (sub - 0.029) - 3.25 * tail : 6.42 * sub;
    double exploitability = 8.22 * weights[V3_AV][base->of[V3_AV]] *
                            weights[V3_AC][base->of[V3_AC]] *
                            (changed ? privileges_when_changed : weights[V3_PR])[base->of[V3_PR]] *
                            weights[V3_UI][base->of[V3_UI]];

    return impact <= 0 ? 0
                       : rounded_up(smaller((changed ? 1.08 : 1) * (impact + exploitability), 10));
}

static int temporal(const struct cvss *cvss, int score)
{
    return rounded_up(score / 10.0 * weights[V3_E][cvss->value[V3_E]] *
                      weights[V3_RL][cvss->value[V3_RL]] * weights[V3_RC][cvss->value[V3_RC]]);
}

int cvss_v3_base(const struct cvss *cvss)
{
    struct base base;
    double sub = 1;

    for (size_t i = 0; i < V3_E; i++)
        base.of[i] = cvss->value[i];
    for (size_t i = V3_C; i <= V3_A; i++)
        sub *= 1 - weights[i][base.of[i]];
    sub = 1 - sub;
    return sum(&base, sub, power(sub - 0.02, 15));
}

int cvss_v3_temporal(const struct cvss *cvss) { return temporal(cvss, cvss_v3_base(cvss)); }

int cvss_v3_environmental(const struct cvss *cvss)
{
    struct base base;
    double sub = 1;

    for (size_t i = 0; i < V3_E; i++)
        base.of[i] = cvss->value[cvss->value[V3_MAV + i] ? V3_MAV + i : i];
    for (size_t i = 0; i < 3; i++)
        sub *=
            1 - weights[V3_C + i][base.of[V3_C + i]] * weights[V3_CR + i][cvss->value[V3_CR + i]];
    sub = smaller(1 - sub, 0.915);
    return temporal(cvss, sum(&base, sub,
                              cvss->version == CVSS_3_0 ? power(sub - 0.02, 15)
                                                        : power(sub * 0.9731 - 0.02, 13)));
}
