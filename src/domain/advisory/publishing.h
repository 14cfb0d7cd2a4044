/* domain/advisory/publishing.h: the one bridge outwards (design 2). Two databases do not commit together, so: the desk commits what will be
 * published, the public world is written (idempotent by the publication's id), the desk commits that it is. After a kill at any point
 * publishing_resume ends what was begun. */
#pragma once
#include "domain/advisory/editing.h"
#include "domain/advisory/world.h"

struct publication {
    int64_t id, advisory_id, case_id, revision;
    struct str hash; /* of the view */
};
struct publications {
    VEC_OF(struct publication);
};

/* What publishing needs beside the desk's database. */
struct publishing {
    const struct casework *casework;
    struct store *desk;
    struct world *world;
    void (*step)(void *context,
                 const char *name); /* for tests: told between any two steps; NULL in the program */
    void *context;
};

/**
 * First step, in the caller's TX_WRITE: the final text with its dates, revision and line of history is sealed as the next revision, and
 * the publication stands as PUBLISHING. When it stands there already, it is that one.
 *
 * err    ERR_NO_SUCH_MOVE unless case and advisory are where they must be; ERR_NOT_READY: the date has not come, one body has not
 *        approved the text as it is, or advisory_check finds a fault
 * Rule:  PUB-01, CFD-04, CFD-06, PUB-16
 */
MUST_CHECK bool publishing_begin(const struct casework *w, struct tx *tx, struct product_case *c,
                                 struct advisory *a, struct utc now, struct arena *arena,
                                 struct publication *out, struct err *err);
/* Second: the public world; no desk transaction is open meanwhile. */
MUST_CHECK bool publishing_write(const struct publishing *p, const struct publication *publication,
                                 struct utc now, struct err *err);
/* Third, in the caller's TX_WRITE: case, advisory and developers move, timers end, everybody is told (N13, PUB-10). */
MUST_CHECK bool publishing_finish(const struct casework *w, struct tx *tx,
                                  const struct publication *publication, struct utc now,
                                  struct arena *arena, struct err *err);

/* All three for the advisory of that case. */
MUST_CHECK bool publishing_run(const struct publishing *p, int64_t case_id, struct utc now,
                               struct err *err);
/* At the start: every publication that was begun is written and finished. resumed: how many, may be NULL. */
MUST_CHECK bool publishing_resume(const struct publishing *p, struct utc now, size_t *resumed,
                                  struct err *err);

/* Cases whose advisory is scheduled and whose instant has come, and revisions that are scheduled; oldest date first. */
struct case_ids {
    VEC_OF(int64_t);
};
MUST_CHECK bool publishing_due(struct tx *tx, struct utc now, struct arena *arena,
                               struct case_ids *out, struct err *err);
