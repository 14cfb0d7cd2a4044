/* domain/triage/report.h: what a scan has found, put in order, as every output shows it. */
#pragma once
#include "domain/inventory/component.h"
#include "domain/triage/condition.h"
#include "domain/triage/ignore.h"

struct buf;

/* Where the knowledge comes from and how old it is. */
struct report_source {
    struct str name;   /* "NVD", "OSV npm" */
    struct utc newest; /* the latest change among its records */
    int64_t records;
};
/* A condition a scan was to fail on, and how many findings meet it. */
struct report_condition {
    struct str text;
    size_t met;
};
struct report_places {
    VEC_OF(size_t); /* of findings */
};
struct report_counts {
    size_t by_severity[CVSS_CRITICAL + 1], unrated;
    size_t by_decision[TRIAGE_DECISIONS];
    size_t in_kev, with_fix, components; /* components: that have one at least */
};

struct report {
    struct str target; /* what was scanned, as it was called */
    struct utc made;
    struct triage_site site;
    const struct inventory *inventory;
    struct findings *findings;
    struct priority *priorities; /* beside findings */

    /* the findings in three parts, each in the order asked for */
    struct report_places open; /* the version is affected, nobody says that nothing is to be done */
    struct report_places possible;   /* it only may be affected */
    struct report_places suppressed; /* somebody says that nothing is to be done */
    struct report_counts counts;     /* of open */

    size_t
        unnamed; /* components with neither purl nor CPE nor source package: nothing could be asked about them */
    struct {
        VEC_OF(struct report_source);
    } sources;
    struct {
        VEC_OF(struct report_condition);
    } conditions;
    const struct ignore_rules *rules; /* NULL: none */
};

/* What a report is made from; findings have their statements. */
struct report_input {
    struct str target;
    struct utc now;
    struct triage_site site;
    const struct inventory *inventory;
    struct findings *findings;
    const struct order *order;
    const struct conditions *conditions;
    const struct ignore_rules *rules;
};
/* Everything but the sources. Lives in arena. */
void report_make(const struct report_input *input, struct arena *arena, struct report *out);

/* Findings by component, in the order of `places`, the component of the first one first. Packages that are built of one source stand together, so does one
 * package that lies in several places, and what several of them have stands once: advisories of distributions are about sources. */
struct report_group {
    struct report_places components; /* of the inventory; the most urgent's first */
    struct report_places findings;
};
struct report_groups {
    VEC_OF(struct report_group);
};
struct report_groups report_groups(const struct report *report, const struct report_places *places,
                                   struct arena *arena);
/* "leftpad 1.3.0"; of several the source: "grpc 1.51.1-3". */
struct str report_group_name(const struct report *report, const struct report_group *group,
                             struct arena *arena);
/* Its package URL or where it lies, and how often it is there; of several built of one source their names. */
struct str report_group_members(const struct report *report, const struct report_group *group,
                                struct arena *arena);

/* Is one of the conditions met? */
bool report_fails(const struct report *report);

/* ---- what programs read; each appends its text, whole ---- */

/* Who speaks in the documents of the VEX kinds. */
struct report_author {
    struct str name, namespace_uri; /* namespace: an https address */
};

void report_to_json(const struct report *report, struct arena *arena, struct buf *buf);
void report_to_sarif(const struct report *report, struct arena *arena, struct buf *buf);
/**
 * VEX: what has been said about a finding is said again; what nobody judged yet is "under investigation", since a match is no judgement.
 * Rules that pass over a finding are decisions of the reader's and no statements about the product: they stand as a remark.
 */
void report_to_openvex(const struct report *report, const struct report_author *author,
                       struct arena *arena, struct buf *buf);
void report_to_cyclonedx(const struct report *report, const struct report_author *author,
                         struct arena *arena, struct buf *buf);
/* ERR_CSAF_INVALID when there is nothing to say: a CSAF VEX document names a product at least. */
MUST_CHECK bool report_to_csaf(const struct report *report, const struct report_author *author,
                               struct arena *arena, struct buf *buf, struct err *err);
