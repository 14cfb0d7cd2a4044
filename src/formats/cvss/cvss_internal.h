/* formats/cvss/cvss_internal.h: the tables of metrics, and the formulas of each version. */
#pragma once
#include "formats/cvss/cvss.h"

struct cvss_value {
    const char *code, *word, *name; /* code NULL: there are no more */
};
struct cvss_metric {
    const char *code, *name, *property;
    enum cvss_group group;
    const struct cvss_value *values; /* in 4.0 the most severe first; ends with an empty row */
};
struct cvss_table {
    struct str prefix; /* "CVSS:3.1/" */
    struct str version;
    const char *undefined; /* "X" */
    bool any_order;
    size_t base, count; /* metrics that must be there, which come first; metrics there are */
    const struct cvss_metric *metrics;
};

/* Places in the tables, for the scores. */
/* clang-format off */
enum {
    V2_AV, V2_AC, V2_AU, V2_C, V2_I, V2_A,
    V2_E, V2_RL, V2_RC,
    V2_CDP, V2_TD, V2_CR, V2_IR, V2_AR,
    V2_COUNT
};
enum {
    V3_AV, V3_AC, V3_PR, V3_UI, V3_S, V3_C, V3_I, V3_A,
    V3_E, V3_RL, V3_RC,
    V3_CR, V3_IR, V3_AR,
    V3_MAV, V3_MAC, V3_MPR, V3_MUI, V3_MS, V3_MC, V3_MI, V3_MA,
    V3_COUNT
};
enum {
    V4_AV, V4_AC, V4_AT, V4_PR, V4_UI, V4_VC, V4_VI, V4_VA, V4_SC, V4_SI, V4_SA,
    V4_E,
    V4_CR, V4_IR, V4_AR,
    V4_MAV, V4_MAC, V4_MAT, V4_MPR, V4_MUI, V4_MVC, V4_MVI, V4_MVA, V4_MSC, V4_MSI, V4_MSA,
    V4_SUPPLEMENTAL
};
/* clang-format on */

const struct cvss_table *cvss_table(enum cvss_version version);

int cvss_v2_base(const struct cvss *cvss);
int cvss_v2_temporal(const struct cvss *cvss);
int cvss_v2_environmental(const struct cvss *cvss);
int cvss_v3_base(const struct cvss *cvss);
int cvss_v3_temporal(const struct cvss *cvss);
int cvss_v3_environmental(const struct cvss *cvss);
int cvss_v4_score(const struct cvss *cvss);
