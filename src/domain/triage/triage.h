/* domain/triage/triage.h: how urgent a finding is, and why: its severity, what is known about attacks, the decision that follows for those who
 * run the software. Rule: USR-31, STD-04 */
#pragma once
#include "domain/matching/finding.h"
#include "formats/cvss/cvss.h"
#include "formats/ssvc/ssvc.h"

struct err;

/* SSVC, deployer: what to do when ("Defer, Scheduled, Out-of-Cycle, Immediate"), rising. */
enum triage_decision {
    TRIAGE_DEFER,
    TRIAGE_SCHEDULED,
    TRIAGE_OUT_OF_CYCLE,
    TRIAGE_IMMEDIATE,
    TRIAGE_DECISIONS
};
enum { TRIAGE_POINTS = 4 };

/* One point of the decision, its value, and what that rests on. */
struct triage_point {
    const struct ssvc_point *point;
    const struct ssvc_value *value;
    const char *because; /* msgid: "It is in CISA's list of exploited vulnerabilities (KEV)." */
};

/* What only those who run the software know. */
struct triage_site {
    struct str exposure; /* SSVC System Exposure: small controlled open */
    struct str impact;   /* SSVC Human Impact: low medium high "very high" */
};
/* False when a word is none of those; *fault is that word. */
bool triage_site_is_known(const struct triage_site *site, struct str *fault);

struct priority {
    const struct catalog_score *score; /* the severity is taken from it; NULL: nobody rated it */
    enum cvss_severity severity;       /* CVSS_NONE when nobody rated it */
    int tenths;                        /* or CVSS_NO_SCORE */
    enum triage_decision decision;
    struct triage_point path[TRIAGE_POINTS];
    bool has_fix;
    bool is_certain; /* a source calls the version affected; else it only may be */
    bool
        is_suppressed; /* somebody says that nothing is to be done: it is shown apart, with who and why */
};

/**
 * The one score a severity is taken from: of all given the newest CVSS version (4.0, 3.1, 3.0, 2.0), there the source's own (primary) before
 * others, there the highest. A score without number counts by its vector.
 *
 * tenths  its number
 * Result  NULL when there is none
 */
const struct catalog_score *triage_score(const struct finding *finding, int *tenths);

/* Its number, or that of its vector when it has none; CVSS_NO_SCORE. */
int triage_tenths(const struct catalog_score *score);

/* The finding's statement must have been set before (vex_apply, ignore_apply). */
struct priority triage_priority(const struct finding *finding, const struct triage_site *site);

const char *triage_decision_name(enum triage_decision decision); /* msgid: "Out-of-Cycle" */
const char *
triage_decision_words(enum triage_decision decision);           /* msgid: "Correct out of cycle" */
struct str triage_decision_word(enum triage_decision decision); /* "out-of-cycle" */
struct str triage_severity_word(const struct priority *priority); /* "critical"; "unknown" */

/* Do they say that nothing is to be done? */
bool triage_is_suppressing(enum finding_verdict verdict);
struct str triage_verdict_word(enum finding_verdict verdict); /* "not_affected", "ignored" */
