/* formats/cvss/cvss.h: CVSS 2.0, 3.0, 3.1 and 4.0: vectors, scores, words. Pure: text in, values out, nothing allocated but
 * the texts that are asked for. Scores are kept in tenths. */
#pragma once
#include "base/arena.h"

struct err;
struct json_writer;

enum { CVSS_METRICS_MAX = 32, CVSS_TEXT_MAX = 512, CVSS_NO_SCORE = -1 };
enum cvss_version { CVSS_2_0 = 1, CVSS_3_0, CVSS_3_1, CVSS_4_0 };
/* In 4.0 the temporal metrics are called threat metrics. */
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
struct str cvss_version_text(enum cvss_version version); /* "3.1" */

/* What a score of 4.0 is made from: "CVSS-B", "CVSS-BT", "CVSS-BE" or "CVSS-BTE" (4.0, section 1.3); empty before 4.0. */
struct str cvss_nomenclature(const struct cvss *cvss);

/* The same with its base metrics alone. */
struct cvss cvss_base_part(const struct cvss *cvss);

/**
 * 0 to 100, or CVSS_NO_SCORE where the version has no such score. 4.0 has one score for all that is given: it is its base
 * score here. Before, a temporal or environmental score without metrics of its group is what the formula gives for "not
 * defined": the score before it, but for some environmental scores of 3.1. All are exact, halves of a tenth upwards.
 *
 * Rule:  STD-04 (CVSS 2.0, section 3.2; 3.x, section 7; 4.0, section 8)
 */
int cvss_base_tenths(const struct cvss *cvss);
int cvss_temporal_tenths(const struct cvss *cvss);
int cvss_environmental_tenths(const struct cvss *cvss);
bool cvss_has(const struct cvss *cvss, enum cvss_group group); /* is any metric of it defined? */

/* The word for a score (3.1, section 5); for 2.0 the three words NVD and JVN iPedia use. tenths: 0..100 */
enum cvss_severity cvss_severity(int tenths, enum cvss_version version);
const char *cvss_severity_name(enum cvss_severity severity,
                               enum cvss_version version);   /* msgid: "High severity" */
struct str cvss_severity_word(enum cvss_severity severity);  /* for interfaces: "HIGH" */
struct str cvss_severity_title(enum cvss_severity severity); /* for VULDEF and JVNRSS: "High" */

/* One metric as it is shown. The names are msgids; the codes and words are those of vectors and FIRST's JSON schemas. */
struct cvss_pair {
    enum cvss_group group;
    const char *metric, *value;           /* "AV", "N" */
    const char *metric_name, *value_name; /* "Attack Vector", "Network (N)" */
    const char *property, *word;          /* "attackVector", "NETWORK" */
};

/* How a property of the JSON object ("modifiedScope": "CHANGED") goes with the vector. */
enum cvss_word {
    CVSS_WORD_UNKNOWN, /* FIRST's schema of the version has no such property, or not this word for it */
    CVSS_WORD_AGREES,
    CVSS_WORD_ADDS, /* the vector leaves the metric open */
    CVSS_WORD_CONTRADICTS
};
/* The same; a metric that it adds is taken into *cvss, and so into the scores. */
enum cvss_word cvss_take_word(struct cvss *cvss, const char *property, struct str word);

/* The metrics in the specification's order, how many; all: also what is not defined. */
size_t cvss_pairs(const struct cvss *cvss, bool all, struct cvss_pair out[CVSS_METRICS_MAX]);

/* The object of FIRST's JSON schema of the version: the vector, its scores, and every metric that is defined, in words. */
void cvss_write(const struct cvss *cvss, struct json_writer *w);
