/* formats/cvss/cvss_internal.h: the tables of metrics. */
#pragma once
#include "formats/cvss/cvss.h"

enum { VALUES_MAX = 5 };

struct cvss_value {
    const char *code, *word, *name; /* code NULL: there are no more */
    int weight;                     /* in thousandths */
};
struct cvss_metric {
    const char *code, *name, *property;
    enum cvss_group group;
    const struct cvss_value *values; /* ends with an empty row */
};
struct cvss_table {
    struct str prefix; /* "CVSS:3.1/" */
    struct str version;
    const char *undefined; /* "X" */
    bool any_order;
    size_t count;
    const struct cvss_metric *metrics;
};

/* Places in the tables, for the scores. */
enum {
    V2_AV,
    V2_AC,
    V2_AU,
    V2_C,
    V2_I,
    V2_A,
    V2_E,
    V2_RL,
    V2_RC,
    V2_CDP,
    V2_TD,
    V2_CR,
    V2_IR,
    V2_AR,
    V2_COUNT
};
enum {
    V3_AV,
    V3_AC,
    V3_PR,
    V3_UI,
    V3_S,
    V3_C,
    V3_I,
    V3_A,
    V3_E,
    V3_RL,
    V3_RC,
    V3_CR,
    V3_IR,
    V3_AR,
    V3_MAV,
    V3_MAC,
    V3_MPR,
    V3_MUI,
    V3_MS,
    V3_MC,
    V3_MI,
    V3_MA,
    V3_COUNT
};

const struct cvss_table *cvss_table(enum cvss_version version);
