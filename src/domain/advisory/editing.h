/* domain/advisory/editing.h: an advisory on its way to publication: written, reviewed by a second person of the coordinating body, confirmed by
 * the receiving body (both publish, PUB-01), rehearsed, scheduled, published by the clock; and again for every revision (PUB-16). */
#pragma once
#include "base/life.h"
#include "domain/advisory/view.h"
#include "domain/casework/case.h"
#include "domain/casework/source.h"

enum advisory_state {
    ADVISORY_START,
    ADVISORY_DRAFT,
    ADVISORY_REVIEW,
    ADVISORY_APPROVED,
    ADVISORY_CONFIRMED,
    ADVISORY_SCHEDULED,
    ADVISORY_PUBLISHED,
    ADVISORY_STATES
};
enum advisory_event {
    ON_ADVISORY_CREATE,
    ON_ADVISORY_SUBMIT,
    ON_ADVISORY_RETURN,
    ON_ADVISORY_APPROVE,
    ON_ADVISORY_OBJECT,
    ON_ADVISORY_CONFIRM,
    ON_ADVISORY_REOPEN,
    ON_ADVISORY_REHEARSE,
    ON_ADVISORY_PUBLISH,
    ON_ADVISORY_REVISE,
    ADVISORY_EVENTS
};
struct advisory_facts {
    bool is_complete; /* advisory_check found nothing */
    bool has_reason;
    bool is_second_person; /* not the author (invariant 15) */
    bool rehearsal_passed; /* every format produced and valid */
    bool date_has_come;
};
extern const struct life advisory_life;

struct advisory {
    int64_t id, case_id, revision, draft_version, author_id, reviewer_id, reviewed_version,
        confirmed_by, confirmed_version, rehearsed_version, rehearsal_faults, version;
    struct str public_id, number, case_public_id;
    enum advisory_state state;
    struct utc published_at, updated_at, changed_at, rehearsed_at;
};
struct advisories {
    VEC_OF(struct advisory);
};

/* Begins the advisory of a case with what is known: title, products, the finder's credit. One a case. Its number (prefix#8 random digits, the
 * prefix of its source's series) is reserved. ERR_NO_SUCH_MOVE unless the case is being coordinated. Rule: PUB-07 PUB-08 */
MUST_CHECK bool advisory_create(const struct casework *w, struct tx *tx, const struct subject *who,
                                struct product_case *c, const struct number_prefixes *prefixes,
                                struct utc now, struct arena *arena, struct advisory *out,
                                struct err *err);
MUST_CHECK bool advisory_load(struct tx *tx, struct str public_id, struct arena *arena,
                              struct advisory *out, struct err *err);
/* The advisory of a case; *found false when there is none yet. */
MUST_CHECK bool advisory_load_of(struct tx *tx, int64_t case_id, struct arena *arena,
                                 struct advisory *out, bool *found, struct err *err);
/* All, latest change first. state: empty for all. */
MUST_CHECK bool advisory_list(struct tx *tx, struct str state, int64_t limit, int64_t offset,
                              struct arena *arena, struct advisories *out, struct err *err);

/* The draft as it stands; vendor rows are filled from the developers' reports as they are now (PUB-03): those who may not be named are
 * left out, those who did not answer read "no report" (UNR-10). */
MUST_CHECK bool advisory_draft(struct tx *tx, const struct product_case *c,
                               const struct advisory *a, struct arena *arena,
                               struct advisory_view *out, struct err *err);
/* Keeps what was written; only in DRAFT. version: of the draft the form was opened with; ERR_CHANGED_MEANWHILE when another was faster. */
MUST_CHECK bool advisory_save(struct tx *tx, const struct subject *who, struct product_case *c,
                              struct advisory *a, const struct advisory_view *view, int64_t version,
                              struct utc now, struct arena *arena, struct err *err);
/* What has been published becomes the draft that the next revision starts from; nobody wrote, so its version stays. */
MUST_CHECK bool advisory_keep_published(struct tx *tx, const struct product_case *c,
                                        const struct advisory *a, const struct advisory_view *view,
                                        struct arena *arena, struct err *err);
/* Submit, return, approve, object, confirm, reopen, revise. words: a reason where the row asks for one. Tells whoever acts next. */
MUST_CHECK bool advisory_move(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *c, struct advisory *a, enum advisory_event event,
                              struct str words, struct utc now, struct arena *arena,
                              struct err *err);
bool advisory_can(const struct subject *who, const struct advisory *a, enum advisory_event event);
/* The outcome of a rehearsal: no faults schedules what is confirmed; else the coordinating body hears of it. The faults are kept as they
 * are found, field and msgid, and put into words for whoever reads them (advisory_faults_of). Rule: PUB-01 */
MUST_CHECK bool advisory_rehearsed(struct tx *tx, const struct subject *who, struct product_case *c,
                                   struct advisory *a, const struct advisory_faults *faults,
                                   struct utc now, struct arena *arena, struct err *err);
/* Reviewed and confirmed as it is now. */
bool advisory_is_approved_by_both(const struct advisory *a);
/* The last published revision, sealed at the desk as well; for rebuilding the public world and for the next revision's history. */
MUST_CHECK bool advisory_revision_load(struct tx *tx, const struct product_case *c,
                                       const struct advisory *a, int64_t revision,
                                       struct arena *arena, struct advisory_view *out,
                                       struct err *err);
