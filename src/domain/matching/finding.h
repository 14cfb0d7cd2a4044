/* domain/matching/finding.h: "this vulnerability touches this component", and why. One finding for one vulnerability (aliases collapsed) and one
 * component; each source that says so is one reason. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"
#include "domain/catalog/record.h"

enum finding_kind {
    FINDING_AFFECTED,    /* the version lies in what a source calls affected */
    FINDING_CONDITIONAL, /* applies if running on a platform that the list does not name */
    FINDING_NO_RANGE, /* a source names the product and gives no usable version: a gap, told as one */
    FINDING_UNKNOWN_VERSION /* the component has no version; off unless asked for */
};

/* One source's ground for a finding. Texts are for people and for `--explain`; never parsed again. */
struct finding_reason {
    enum finding_kind kind;
    enum catalog_source source;
    struct str record;     /* its id there: "GHSA-…" */
    struct str origin;     /* "GHSA", "Debian", "nvd@nist.gov" */
    struct str criterion;  /* the CPE, or "npm lodash", "Debian:12 curl" */
    struct str range;      /* ">= 1.0, < 1.2.3" */
    struct str comparison; /* "1.2.2 < 1.2.3 (npm)": the comparison that was made */
    struct str subject;    /* what of the component was compared: its purl, CPE or source package */
    struct str platform; /* what it is said to run on; FINDING_CONDITIONAL: what it would have to */
    struct str fixed;    /* first version with the correction; empty: none is named */
    int confidence;      /* 0 to 100: matching 4.3 */
};

/* What a person or another document says about a finding; it stays visible. */
enum finding_verdict {
    VERDICT_NONE,
    VERDICT_AFFECTED,
    VERDICT_NOT_AFFECTED,
    VERDICT_FIXED,
    VERDICT_UNDER_INVESTIGATION,
    VERDICT_IGNORED /* by a rule with reason and end */
};
struct finding_statement {
    enum finding_verdict verdict;
    struct str justification, reason; /* VEX's word; free text */
    struct str from;                  /* file or author it comes from */
    struct utc until;                 /* 0: no end */
};

struct finding_strings {
    VEC_OF(struct str);
};
struct finding {
    size_t component;           /* place in the inventory's components */
    struct str id;              /* the name people know: the CVE where there is one */
    struct finding_strings ids; /* all of them, id first */
    enum finding_kind kind;     /* the strongest of the reasons */
    int confidence;             /* the greatest of the reasons */
    struct {
        VEC_OF(struct finding_reason);
    } reasons;
    struct str title; /* first sentence of what it is */
    bool is_disputed;
    struct utc published, modified;
    struct finding_strings weaknesses, urls;
    struct {
        VEC_OF(struct catalog_score); /* all versions given, from all sources */
    } scores;
    struct catalog_indicators indicators; /* in the words of who gives them */
    struct finding_strings fixed;         /* the first fixed versions, ascending */

    bool is_in_kev, kev_ransomware;
    struct utc kev_added, kev_due;
    int epss, epss_percentile; /* in 1/100000; -1: none */
    struct utc epss_date;
    struct ssvc_points ssvc;

    struct finding_statement statement; /* set by triage */
};
struct findings {
    VEC_OF(struct finding); /* by component, then id */
};
