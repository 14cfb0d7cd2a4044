/* domain/matching/detail.h: what a finding shows of a record beside the match itself. */
#pragma once
#include "domain/matching/finding.h"

struct buf;

enum { DETAIL_URLS = 6, DETAIL_TITLE_MAX = 200 };

struct detail {
    struct str title;
    bool is_title; /* given as one, not cut from the description */
    bool is_disputed;
    struct utc published, modified;
    struct finding_strings weaknesses;
    struct finding_strings urls; /* advisories and corrections first, at most DETAIL_URLS */
    struct {
        VEC_OF(struct catalog_score);
    } scores;
    struct ssvc_points ssvc;
    struct catalog_indicators indicators;
};

/* Borrowed from the record; lists in arena. */
struct detail detail_of(const struct catalog_record *record, struct arena *arena);
MUST_CHECK bool detail_encode(const struct detail *detail, struct buf *buf, struct err *err);
/* Bytes of a file: what is not whole gives an empty detail. */
struct detail detail_decode(struct str bytes, struct arena *arena);
/* What the records of one vulnerability tell, put together: the first title, each url, weakness and score once. */
void detail_add(const struct detail *details, size_t count, struct arena *arena,
                struct finding *finding);

/* What is known of exploitation, by CVE. */
struct kev_entry {
    struct str cve;
    struct utc added, due;
    bool is_ransomware;
};
struct epss_entry {
    struct str cve;
    int score, percentile; /* in 1/100000 */
    struct utc date;
};
