/* domain/casework/cve.h: CVE numbers, as a numbering authority has them: a pool, reserved for a vulnerability of a case before it is public,
 * assigned in its advisory, published with it; and the alarm when a reserved number is public elsewhere. */
#pragma once
#include "domain/casework/case.h"

enum cve_state { CVE_FREE, CVE_RESERVED, CVE_ASSIGNED, CVE_PUBLIC, CVE_REJECTED, CVE_STATES };
enum cve_event {
    ON_CVE_RESERVE,
    ON_CVE_ASSIGN,
    ON_CVE_RELEASE,
    ON_CVE_PUBLISH,
    ON_CVE_REJECT,
    CVE_EVENTS
};
struct cve_facts {
    bool has_reason;
};
extern const struct life cve_life;

struct cve_number {
    int64_t id, case_id, reserved_seq;
    struct str cve, case_public_id, case_number; /* case_…: empty when free */
    struct str words;                            /* which vulnerability; of cve_of_case alone */
    enum cve_state state;
    struct utc reserved_at, changed_at, alarmed_at;
};
struct cve_numbers {
    VEC_OF(struct cve_number);
};

enum { CVE_BLOCK_MAX = 1000 };
struct cve_pool_row {
    int64_t year, of[CVE_STATES]; /* how many are in each state */
};
struct cve_pool {
    VEC_OF(struct cve_pool_row);
};
/* A block of numbers that was given to this installation; *added: those that were not in the pool. ERR_INPUT "year", "from", "to";
 * ERR_NOT_YOUR_MOVE. Rule: COO-39 */
MUST_CHECK bool cve_pool_add(struct tx *tx, const struct subject *who, int64_t year, int64_t from,
                             int64_t to, struct utc now, int64_t *added, struct err *err);
/* By year, the latest first. */
MUST_CHECK bool cve_pool(struct tx *tx, struct arena *arena, struct cve_pool *out, struct err *err);
/* What is in use, latest change first, at most 200. For CB. */
MUST_CHECK bool cve_in_use(struct tx *tx, struct arena *arena, struct cve_numbers *out,
                           struct err *err);

/* One more vulnerability of the case gets a number. words: which one. ERR_UNAVAILABLE when the pool is empty, ERR_INPUT "words",
 * ERR_NO_SUCH_MOVE in a case that is over. Rule: COO-39 */
MUST_CHECK bool cve_reserve(struct tx *tx, const struct subject *who, struct product_case *c,
                            struct str words, struct utc now, struct arena *arena, struct str *out,
                            struct err *err);
/* It will not be used; ERR_NO_SUCH_MOVE while it stands in the advisory, ERR_ABSENT for another case's. */
MUST_CHECK bool cve_reject(struct tx *tx, const struct subject *who, struct product_case *c,
                           struct str cve, struct str reason, struct utc now, struct arena *arena,
                           struct err *err);
MUST_CHECK bool cve_of_case(struct tx *tx, const struct product_case *c, struct arena *arena,
                            struct cve_numbers *out, struct err *err);
MUST_CHECK bool cve_load(struct tx *tx, struct str cve, struct arena *arena, struct cve_number *out,
                         struct err *err);

/* What is reserved or assigned in one case is reserved in another from here on, with the words; a number that stood in the first one's draft
 * leaves it. For belongs.h alone. */
MUST_CHECK bool cve_move(struct tx *tx, const struct subject *who, struct product_case *from,
                         struct product_case *to, struct utc now, struct arena *arena,
                         struct err *err);

struct cve_list {
    VEC_OF(struct str);
};
/* The advisory of the case names these now: reserved ones become assigned, those it no longer names reserved again. ERR_INPUT "cve": a
 * number of ours that is free, rejected or another case's. Numbers of other authorities are not ours to judge. */
MUST_CHECK bool cve_assign(struct tx *tx, const struct subject *who, struct product_case *c,
                           const struct cve_list *named, struct utc now, struct arena *arena,
                           struct err *err);
/* The advisory is public, and with it what is assigned in it. For the clock. */
MUST_CHECK bool cve_publish(struct tx *tx, const struct subject *clock, struct product_case *c,
                            struct utc now, struct arena *arena, struct err *err);
/* Reserved or assigned numbers that the catalogue holds as published by others: CB is told, once each. *count: how many. For the clock.
 * Rule: COO-39 */
MUST_CHECK bool cve_alarm(const struct casework *w, struct tx *tx, struct tx *catalog,
                          struct utc now, struct arena *arena, int64_t *count, struct err *err);
