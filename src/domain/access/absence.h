/* domain/access/absence.h: officers who are away: from when, until when, and which colleague stands in for them meanwhile. What is theirs to do
 * is shown to the deputy as well, mails about their cases go to both (outbox.h), and the deputy acts in his own name. */
#pragma once
#include "domain/access/account.h"

enum { ABSENCE_DAYS_MAX = 366 };

struct absence {
    int64_t id, account_id, deputy_id;
    struct str account_name, deputy_name;
    struct utc from, until, ended_at; /* until: the first instant of being back */
};
struct absences {
    VEC_OF(struct absence);
};
static inline bool absence_is_now(const struct absence *a, struct utc now)
{
    return !a->ended_at.ms && a->from.ms <= now.ms && now.ms < a->until.ms;
}

/* Who may stand in: active colleagues of the same organisation who are officers of the same body. */
MUST_CHECK bool absence_choices(struct tx *tx, const struct subject *who, struct arena *arena,
                                struct accounts *out, struct err *err);
/* An officer says so of himself; the deputy is told (notice ABSENCE). ERR_FORBIDDEN for anybody else; ERR_INPUT "until" unless it lies ahead,
 * after from, and within ABSENCE_DAYS_MAX; "deputy" for who may not, "deputy_away" for who is away then; "from" when it meets another
 * absence. Rule: GEN-08 */
MUST_CHECK bool absence_enter(const struct deed *deed, struct str deputy, struct utc from,
                              struct utc until, struct err *err);
/* One's own ends now: what is ahead is taken back. ERR_ABSENT */
MUST_CHECK bool absence_end(const struct deed *deed, int64_t id, struct err *err);

/* One's own, and those in which one stands in; the newest first. What is over stays as history. */
MUST_CHECK bool absence_list(struct tx *tx, int64_t account_id, struct arena *arena,
                             struct absences *out, struct err *err);
