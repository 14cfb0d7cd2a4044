/* domain/advisory/view.h: what an advisory says, in two languages, as it is written at the desk and shown to everybody. There is no place
 * for a verification or an attack method here (CFD-04, PUB-04): what has no field cannot be published.
 * Rule: CFD-04 PUB-03 PUB-04 PUB-11 COO-39 (a CVE may be assigned before publication) */
#pragma once
#include "base/tr.h"
#include "base/utc.h"
#include "base/vec.h"

struct err;

/* The texts of one language: plain text, paragraphs parted by an empty line, a line in 【】 or [] is a sub-head. */
struct advisory_text {
    struct str title, action, overview, details, impact, solution, workaround, addendum, credit;
    struct str
        judgement; /* why it is published without the developer; not written, but taken from the committee's result (UNR-05) */
};

struct advisory_product { /* one line of "products affected" */
    struct str vendor_ja, vendor_en, product;
    struct str versions; /* "1.0.0 から 2.1.3 まで": as people read it */
    struct str versions_en;
    struct str fixed;            /* "2.1.4"; empty: none */
    struct str note_ja, note_en; /* support ended, how to see the version */
};

struct advisory_weakness {
    struct str cwe; /* "CWE-78" */
    struct str cwe_name_ja, cwe_name_en;
    struct str cvss; /* vector, v3.0, v3.1 or v4.0 */
    struct str cve;  /* "CVE-2026-41234" or empty */
};

struct advisory_vendor { /* PUB-03: every notified developer that may be named */
    struct str name_ja, name_en;
    struct str
        status; /* VULDEF's word: vulnerable, vulnerable_investigating, notvulnerable, notvulnerable_investigating, unknown, informed, no_report */
    struct utc at;
    struct str url, statement_ja, statement_en;
};

struct advisory_reference {
    struct str kind; /* VENDOR, JVN, CVE, NVD, JPCERT, CERT, OTHER */
    struct str title, url;
};

struct advisory_change {
    struct utc at; /* 0 in a draft: the words for the coming revision */
    struct str words_ja, words_en;
};

struct advisory_view {
    struct str number; /* NRS#48213075; in URLs without '#' */
    bool is_stop_use;  /* PUB-11 */
    bool is_critical;  /* the mark 緊急 */
    bool
        no_countermeasure_by_decision; /* CFD-04: published without one, by CB's decision of the date */
    struct advisory_text ja, en;
    struct {
        VEC_OF(struct advisory_product);
    } products;
    struct {
        VEC_OF(struct advisory_weakness);
    } weaknesses;
    struct {
        VEC_OF(struct advisory_vendor);
    } vendors;
    struct {
        VEC_OF(struct advisory_reference);
    } references;
    struct {
        VEC_OF(struct advisory_change);
    } history; /* oldest first */
    struct utc published_at, updated_at;
    int64_t revision; /* from 1 */
};

enum { ADVISORY_MAX = 512 * 1024, ADVISORY_ROWS_MAX = 200 };

/* As a record (base/record.h) and back; what is written reads back the same. ERR_TOO_LARGE, ERR_BAD_REQUEST */
MUST_CHECK bool advisory_to_record(const struct advisory_view *view, struct arena *arena,
                                   struct str *out, struct err *err);
MUST_CHECK bool advisory_from_record(struct str record, struct arena *arena,
                                     struct advisory_view *out, struct err *err);

/* What stops it from being published, each with where and how to mend it (PUB-01, PUB-03, CFD-04, PSR-57). Empty: nothing. */
struct advisory_fault {
    struct str field;  /* "ja.title", "weakness.0.cvss" */
    const char *words; /* msgid */
};
struct advisory_faults {
    VEC_OF(struct advisory_fault);
};
void advisory_check(const struct advisory_view *view, struct arena *arena,
                    struct advisory_faults *out);
/* As a record and back: fields and msgids, so that each reader gets them in his own language. The first ADVISORY_FAULTS_KEPT are kept;
 * no faults give an empty record, and a record without any gives none. */
enum { ADVISORY_FAULTS_KEPT = 100 };
MUST_CHECK bool advisory_faults_to_record(const struct advisory_faults *faults, struct arena *arena,
                                          struct str *out, struct err *err);
void advisory_faults_from_record(struct str record, struct arena *arena,
                                 struct advisory_faults *out);

/* "NRS48213075" of "NRS#48213075": as it stands in paths. */
struct str advisory_slug(struct str number, struct arena *arena);
