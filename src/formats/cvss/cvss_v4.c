/* CVSS 4.0, section 8: the score of the vector's MacroVector, less the mean of how far the vector lies, in each group of
 * equivalent metrics (EQ), on its way to the next lower MacroVector. All in whole numbers: 522 of the 104,976 base vectors
 * lie on a half of a tenth, where floating point goes either way. */
#include "formats/cvss/cvss_internal.h"

/* EQ3 and EQ6 are one group of five levels: 00, 01, 10, 11, 21; the sixth cannot be. */
enum { EQ1, EQ2, EQ36, EQ4, EQ5, EQS };
enum { EQ36_LAST = 4, DEPTH_UNIT = 840 /* every depth below divides it */ };

/* The scores in tenths, by EQ1, EQ2, EQ3 with EQ6, EQ4, EQ5. */
/* clang-format off */
static const signed char scores[3][2][5][3][3] = {
    {
        {
            { { 100,  98,  95 }, { 100,  93,  91 }, {  93,  89,  81 } },
            { {  99,  95,  92 }, {  96,  87,  81 }, {  90,  80,  68 } },
            { {  98,  95,  90 }, {  93,  89,  81 }, {  88,  78,  69 } },
            { {  95,  92,  84 }, {  92,  81,  65 }, {  80,  70,  48 } },
            { {  92,  82,  72 }, {  79,  69,  50 }, {  69,  55,  27 } },
        },
        {
            { {  99,  95,  92 }, {  95,  90,  84 }, {  92,  82,  72 } },
            { {  97,  92,  85 }, {  91,  83,  71 }, {  81,  71,  53 } },
            { {  95,  92,  85 }, {  92,  80,  70 }, {  84,  71,  50 } },
            { {  93,  85,  73 }, {  82,  72,  59 }, {  70,  52,  30 } },
            { {  86,  75,  52 }, {  71,  52,  29 }, {  63,  29,  17 } },
        },
    },
    {
        {
            { {  98,  94,  91 }, {  94,  86,  77 }, {  87,  74,  63 } },
            { {  95,  87,  81 }, {  89,  74,  64 }, {  75,  63,  49 } },
            { {  94,  88,  76 }, {  86,  74,  59 }, {  72,  57,  52 } },
            { {  89,  77,  67 }, {  76,  58,  50 }, {  57,  52,  25 } },
            { {  83,  70,  54 }, {  65,  58,  26 }, {  53,  21,  13 } },
        },
        {
            { {  95,  88,  76 }, {  90,  75,  61 }, {  77,  68,  52 } },
            { {  90,  76,  70 }, {  77,  62,  53 }, {  66,  59,  30 } },
            { {  89,  76,  62 }, {  74,  57,  47 }, {  61,  57,  24 } },
            { {  78,  67,  58 }, {  59,  57,  23 }, {  52,  29,  16 } },
            { {  71,  59,  30 }, {  58,  26,  15 }, {  23,  13,   6 } },
        },
    },
    {
        {
            { {  93,  86,  75 }, {  86,  74,  56 }, {  70,  52,  40 } },
            { {  87,  72,  58 }, {  74,  61,  34 }, {  54,  40,  22 } },
            { {  85,  74,  62 }, {  72,  55,  46 }, {  53,  34,  19 } },
            { {  75,  55,  51 }, {  57,  41,  19 }, {  36,  19,   8 } },
            { {  64,  51,  20 }, {  47,  21,  11 }, {  24,   9,   4 } },
        },
        {
            { {  88,  73,  60 }, {  73,  59,  41 }, {  54,  45,  20 } },
            { {  75,  53,  50 }, {  55,  40,  20 }, {  43,  22,  11 } },
            { {  75,  58,  40 }, {  61,  48,  20 }, {  46,  17,   8 } },
            { {  55,  45,  21 }, {  51,  18,   9 }, {  18,   7,   2 } },
            { {  53,  24,  14 }, {  24,  12,   5 }, {  10,   3,   1 } },
        },
    },
};

/* Of each level: the sum of severities of its most severe vectors, and how many steps it is deep. */
static const struct {
    unsigned char count, highest[5], depth[5];
} levels[EQS] = {
    [EQ1]  = { 3, { 0, 1, 3 },       { 1, 4, 5 } },
    [EQ2]  = { 2, { 0, 1 },          { 1, 2 } },
    [EQ36] = { 5, { 0, 3, 1, 3, 3 }, { 7, 6, 8, 8, 10 } },
    [EQ4]  = { 3, { 1, 3, 6 },       { 6, 5, 4 } },
    [EQ5]  = { 3, { 0, 1, 2 },       { 1, 1, 1 } },
};
/* clang-format on */

/* A vector as severities, 0 the most severe; what modifies a metric has taken its place. SI and SA have one more, safety. */
struct severities {
    int of[V4_MAV];
};

/* The tables list values from the most severe on. What is not defined among E, CR, IR, AR counts as the worst. */
static struct severities severities_of(const struct cvss *cvss)
{
    struct severities s;

    for (int i = 0; i < V4_MAV; i++)
        s.of[i] = cvss->value[i] ? cvss->value[i] - 1 : 0;
    for (int i = V4_SI; i <= V4_SA; i++)
        s.of[i]++;
    for (int i = 0; i < V4_E; i++)
        if (cvss->value[V4_MAV + i])
            s.of[i] = cvss->value[V4_MAV + i] - 1;
    return s;
}

static bool has_no_impact(const struct severities *s)
{
    return s->of[V4_VC] == 2 && s->of[V4_VI] == 2 && s->of[V4_VA] == 2 && s->of[V4_SC] == 2 &&
           s->of[V4_SI] == 3 && s->of[V4_SA] == 3;
}

/* Section 8.2 of the specification: which level of each group the vector is in. */
static void macro_vector(const struct severities *s, int eq[EQS])
{
    int network = s->of[V4_AV] == 0, anybody = s->of[V4_PR] == 0, alone = s->of[V4_UI] == 0;
    int c = s->of[V4_VC], i = s->of[V4_VI], a = s->of[V4_VA];
    int eq3 = c == 0 && i == 0 ? 0 : c == 0 || i == 0 || a == 0 ? 1 : 2;
    int eq6 = (c | s->of[V4_CR]) == 0 || (i | s->of[V4_IR]) == 0 || (a | s->of[V4_AR]) == 0 ? 0 : 1;

    eq[EQ1] = network + anybody + alone == 3                        ? 0
              : s->of[V4_AV] == 3 || network + anybody + alone == 0 ? 2
                                                                    : 1;
    eq[EQ2] = s->of[V4_AC] + s->of[V4_AT] > 0;
    eq[EQ36] = eq3 == 2 ? EQ36_LAST : 2 * eq3 + eq6;
    eq[EQ4] = s->of[V4_SI] == 0 || s->of[V4_SA] == 0                        ? 0
              : s->of[V4_SC] == 0 || s->of[V4_SI] == 1 || s->of[V4_SA] == 1 ? 1
                                                                            : 2;
    eq[EQ5] = s->of[V4_E];
}

static int score_at(const int eq[EQS])
{
    return scores[eq[EQ1]][eq[EQ2]][eq[EQ36]][eq[EQ4]][eq[EQ5]];
}

static int score_with(const int eq[EQS], int group, int level)
{
    int other[EQS];

    for (int i = 0; i < EQS; i++)
        other[i] = eq[i];
    other[group] = level;
    return score_at(other);
}

/* The score of the MacroVector below in one group; CVSS_NO_SCORE in the lowest. */
static int score_below(const int eq[EQS], int group)
{
    int level = eq[group];

    if (level + 1 == levels[group].count)
        return CVSS_NO_SCORE;
    if (group == EQ36 && level == 0) { /* two lie below 00: the higher one counts */
        int left = score_with(eq, group, 1), right = score_with(eq, group, 2);

        return left > right ? left : right;
    }
    return score_with(eq, group, group == EQ36 && level == 1 ? 3 : level + 1);
}

/* How far below the most severe vectors of its MacroVector: those of one level all have the same sum. */
static int distance(const struct severities *s, const int eq[EQS], int group)
{
    static const unsigned char first[EQS + 1] = { 0, 3, 5, 11, 14, 15 };
    static const unsigned char members[] = { V4_AV, V4_PR, V4_UI, V4_AC, V4_AT, V4_VC, V4_VI, V4_VA,
                                             V4_CR, V4_IR, V4_AR, V4_SC, V4_SI, V4_SA, V4_E };
    int sum = group == EQ4 ? 1 : 0; /* SC is never safety: its scale begins one below */

    for (int i = first[group]; i < first[group + 1]; i++)
        sum += s->of[members[i]];
    return sum - levels[group].highest[eq[group]];
}

int cvss_v4_score(const struct cvss *cvss)
{
    struct severities s = severities_of(cvss);
    int eq[EQS], score, lower = 0, fall = 0, whole, part;

    if (has_no_impact(&s))
        return 0;
    macro_vector(&s, eq);
    score = score_at(eq);
    for (int group = 0; group < EQS; group++) {
        int below = score_below(eq, group);

        if (below == CVSS_NO_SCORE)
            continue;
        lower++;
        fall += (score - below) * distance(&s, eq, group) *
                (DEPTH_UNIT / levels[group].depth[eq[group]]);
    }
    if (lower == 0)
        return score;
    whole = lower * DEPTH_UNIT;
    part = score * whole - fall;
    return part <= 0 ? 0 : (2 * part + whole) / (2 * whole);
}
