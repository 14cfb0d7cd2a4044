/* domain/casework/belongs.h: one vulnerability in several cases, several vulnerabilities in one: a case is merged into another and taken out
 * again; a part of a case is split off into one of its own (and merged back, if that was wrong).
 *
 * A merge moves no text. The case that is merged keeps its report, its finder with the mailbox, its threads and its ledger, and rests; the
 * coordination goes on in the other. What goes over: its developers join there with nothing disclosed yet, so that by the merge nobody learns
 * of a report it had no part in; so do foreign coordinators, who hear of its dates; reserved CVE numbers; the finder's credit, with consent; the
 * earlier clock and the earlier date. What third parties have found is shown from there; while one still analyses, and once something was
 * provided beforehand, a case does not rest. When the
 * other is published, so is it, and its finder is told; when the other ends otherwise, it comes back to be decided on by itself. */
#pragma once
#include "domain/casework/coordination.h"

enum belonging {
    BELONGS_MERGED_INTO, /* this case rests, the other is handled */
    BELONGS_MERGED_HERE,
    BELONGS_SPLIT_FROM,
    BELONGS_SPLIT_OFF,
    BELONGINGS
};
struct case_tie {
    enum belonging kind;
    int64_t case_id;
    struct str public_id, number, title;
    enum product_state state;
    struct utc at;
};
struct case_ties {
    VEC_OF(struct case_tie);
};
/* For officers of the bodies alone: nobody else may know of the other case. */
MUST_CHECK bool belongs_load(const struct casework *w, struct tx *tx, const struct product_case *c,
                             struct arena *arena, struct case_ties *out, struct err *err);

/**
 * Merges this case into another, which has come as far or further and is no merged one itself. RB and the developers that had the summary are
 * told (notices MERGED_RB, MERGED); the earlier of two dates holds from then on, and everybody is told of it (N10).
 *
 * into    number of the other case, as typed
 * words   the reason
 * err     ERR_NOT_YOUR_MOVE, ERR_INPUT "into" or "words"; ERR_NOT_READY "advisory_is_a_draft", "nothing_urgent_waits", "nothing_is_provided_beforehand", "no_analysis_goes_on", "nothing_merged_into_it"
 * Rule:   COO-16 INT-22 FND-15 (invariant 17)
 */
MUST_CHECK bool belongs_merge(const struct casework *w, struct tx *tx, const struct subject *who,
                              struct product_case *c, struct str into, struct str words,
                              struct utc now, struct arena *arena, struct err *err);
/* Takes a merged case out again, to where it stood; a date it had is to be set anew. RB is told. Rule: COO-16 */
MUST_CHECK bool belongs_release(struct tx *tx, const struct subject *who, struct product_case *c,
                                struct str words, struct utc now, struct arena *arena,
                                struct err *err);
/* After c has ended or was published: what was merged into it follows, or comes back. Called by case_move. Rule: FND-06 PUB-10 */
MUST_CHECK bool belongs_after_end(struct tx *tx, const struct subject *who,
                                  const struct product_case *c, struct utc now, struct arena *arena,
                                  struct err *err);

/**
 * Splits a part off into a case of its own, which stands where this one stands: the same clock, and the same date (invariant 17). The
 * developers that are named join it with nothing disclosed yet; in this case they stay. Its finder, if there is one, has part in both.
 *
 * form           a record of foreign_fields: what the part is about, in the officer's words or cut from the report
 * organisations  public ids of developers; each on the list
 * err            ERR_NOT_YOUR_MOVE, ERR_NO_SUCH_MOVE, ERR_INPUT with the field
 * Rule:          COO-16 (invariant 17)
 */
MUST_CHECK bool belongs_split(const struct casework *w, struct tx *tx, const struct subject *who,
                              const struct product_case *c, struct str form,
                              const struct organisation_ids *organisations, struct utc now,
                              struct arena *arena, struct product_case *out, struct err *err);

/* The case whose advisory tells what became of this one: itself, or the one it was merged into. */
MUST_CHECK bool belongs_published_as(struct tx *tx, const struct product_case *c, int64_t *case_id,
                                     struct err *err);
