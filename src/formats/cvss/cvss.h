/* formats/cvss/cvss.h: CVSS vectors 2.0, 3.0, 3.1 and 4.0, and the scores of 2.0 and 3.x. Pure: text in, values out.
 * Scores are kept in tenths. The score of 4.0 comes with the catalog: cvss_base_tenths answers CVSS_NO_SCORE for it. */
#pragma once
#include "base/arena.h"

struct err;

enum { CVSS_METRICS_MAX = 32, CVSS_TEXT_MAX = 512, CVSS_NO_SCORE = -1 };
enum cvss_version { CVSS_2_0 = 1, CVSS_3_0, CVSS_3_1, CVSS_4_0 };
enum cvss_group { CVSS_BASE, CVSS_TEMPORAL, CVSS_ENVIRONMENTAL, CVSS_SUPPLEMENTAL };
enum cvss_severity { CVSS_NONE, CVSS_LOW, CVSS_MEDIUM, CVSS_HIGH, CVSS_CRITICAL };

struct cvss {
    enum cvss_version version;
    unsigned char value
        [CVSS_METRICS_MAX]; /* by the specification's order of metrics: 0 not defined, else value's number + 1 */
};

/**
 * Reads a vector such as "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H" or, for 2.0, "AV:N/AC:L/Au:N/C:P/I:P/A:P".
 * All base metrics must be there and none twice; 2.0 and 3.x take any order, 4.0 the one of its specification.
 *
 * vector  at most CVSS_TEXT_MAX bytes
 * out     filled on success, untouched on failure
 * err     ERR_CVSS_SYNTAX, ERR_TOO_LARGE
 * Rule:   STD-04 (CVSS 3.1, section 6; 4.0, section 7; 2.0, section 2.4)
 */
MUST_CHECK bool cvss_parse(struct str vector, struct cvss *out, struct err *err);

/* The vector again, in the specification's order, without what is not defined. */
struct str cvss_text(const struct cvss *cvss, struct arena *arena);
struct str cvss_base_text(const struct cvss *cvss,
                          struct arena *arena);          /* the base metrics alone */
struct str cvss_version_text(enum cvss_version version); /* "3.1" */

/* 0..100, or CVSS_NO_SCORE. Without metrics of its group a temporal or environmental score is the one before it.
 * The numbers are those of the specification's section 7 (3.2.1 of 2.0) with the rounding of 3.1, appendix A. */
int cvss_base_tenths(const struct cvss *cvss);
int cvss_temporal_tenths(const struct cvss *cvss);
int cvss_environmental_tenths(const struct cvss *cvss);
bool cvss_has(const struct cvss *cvss, enum cvss_group group); /* is any metric of it defined? */

/* The word for a score (3.1, section 5); for 2.0 the three words NVD and JVN iPedia use. tenths: 0..100 */
enum cvss_severity cvss_severity(int tenths, enum cvss_version version);
const char *cvss_severity_name(enum cvss_severity severity); /* msgid: "High severity" */
struct str cvss_severity_word(enum cvss_severity severity);  /* for interfaces: "HIGH" */
struct str cvss_severity_title(enum cvss_severity severity); /* for VULDEF and JVNRSS: "High" */

/* One metric as it is shown. The names are msgids; the codes and words are those of vectors and FIRST's JSON schemas. */
struct cvss_pair {
    enum cvss_group group;
    const char *metric, *value;           /* "AV", "N" */
    const char *metric_name, *value_name; /* "Attack Vector", "Network (N)" */
    const char *property, *word;          /* "attackVector", "NETWORK"; NULL in 4.0 */
};

/* The metrics in the specification's order, how many; all: also what is not defined. */
size_t cvss_pairs(const struct cvss *cvss, bool all, struct cvss_pair out[CVSS_METRICS_MAX]);
