/* domain/casework/coordination.h: what the coordinating body does with a product case (COO-06 to 29, 35 to 39; CFD). Each function runs in
 * the caller's TX_WRITE, asks the lives' tables, writes its events, notices and timers together. */
#pragma once
#include "domain/casework/case.h"

/* Public ids of developers. */
struct organisation_ids {
    VEC_OF(struct str);
};

/* CB takes the case: handling_started_at of COO-37. */
MUST_CHECK bool coordination_take(const struct casework *w, struct tx *tx,
                                  const struct subject *who, struct product_case *c, struct utc now,
                                  struct arena *arena, struct err *err);
/* What follows from the start of counting: the target, and for a finder the year. Nothing before it has begun. */
MUST_CHECK bool coordination_expect_target(const struct casework *w, struct tx *tx,
                                           const struct product_case *c, struct err *err);
/* What follows from a date: the publication, and a week before it the statuses that are missing. */
MUST_CHECK bool coordination_expect_publication(struct tx *tx, const struct product_case *c,
                                                struct utc date, struct utc now, struct err *err);
/* What would become of adding a developer, tried out without writing anything: the policy that coordination_add carries out. */
enum joining {
    JOINING_MAY,
    JOINING_NO_DEVELOPER, /* nobody of the developer list */
    JOINING_IN_CASE,      /* takes part, or did once */
    JOINING_LEFT_OUT,     /* of later handling */
};
/* organisation_id: may be NULL; set when there is such a developer. Rule: COO-06 CFD-07 */
MUST_CHECK bool coordination_joining(struct tx *tx, const struct product_case *c,
                                     struct str public_id, struct arena *arena, enum joining *out,
                                     int64_t *organisation_id, struct err *err);
/* An officer of CB, and a case that takes developers in: with it, open, and not limited to its developer's own product. ERR_NOT_YOUR_MOVE,
 * ERR_NO_SUCH_MOVE. Rule: COO-30 COO-31 */
MUST_CHECK bool coordination_may_add(const struct subject *who, const struct product_case *c,
                                     struct err *err);
/* A developer of the list joins the case (P07, V01); nothing is told to it yet. ERR_INPUT "developer" when it is no
 * developer or takes part already, "developer_left_out" when it is left out of later handling. Rule: CFD-07 COO-06 COO-07 */
MUST_CHECK bool coordination_add(const struct casework *w, struct tx *tx, const struct subject *who,
                                 struct product_case *c, struct str organisation_id, struct utc now,
                                 struct arena *arena, struct developer *out, struct err *err);
/* Takes a developer out again: sees nothing from here on. */
MUST_CHECK bool coordination_remove(struct tx *tx, const struct subject *who,
                                    struct product_case *c, struct developer *d, struct str reason,
                                    struct utc now, struct arena *arena, struct err *err);
/* The summary (脆弱性概要情報): what a developer needs to see whether its products may be concerned, without methods (N07). */
MUST_CHECK bool coordination_write_summary(struct tx *tx, const struct subject *who,
                                           struct product_case *c, struct str text, struct utc now,
                                           struct arena *arena, struct err *err);
/* V02 with N07 and N35; the first one is P08 and starts the clock. answer_due: by when. */
MUST_CHECK bool coordination_send_summary(const struct casework *w, struct tx *tx,
                                          const struct subject *who, struct product_case *c,
                                          struct developer *d, struct utc answer_due,
                                          struct utc now, struct arena *arena, struct err *err);
/* The same to every developer of the case that waits for it and can be reached through its managers, in one deed; *sent: how many. Those whose
 * registration is not complete are left as they are. ERR_NOT_READY when nobody could be sent it. Rule: COO-06 COO-08 */
MUST_CHECK bool coordination_send_summaries(const struct casework *w, struct tx *tx,
                                            const struct subject *who, struct product_case *c,
                                            struct developers *developers, struct utc answer_due,
                                            struct utc now, struct arena *arena, int64_t *sent,
                                            struct err *err);
/* P08, once: the clock of the 45 days starts with the first attempt to reach a developer, and what follows from it. */
MUST_CHECK bool coordination_start_clock(const struct casework *w, struct tx *tx,
                                         const struct subject *who, struct product_case *c,
                                         struct utc now, struct arena *arena, struct err *err);
/* An officer of CB, and a case that is with it and open. ERR_NOT_YOUR_MOVE, ERR_NO_SUCH_MOVE */
MUST_CHECK bool coordination_may(const struct subject *who, const struct product_case *c,
                                 struct err *err);
/* V05 with N08 and N35. */
MUST_CHECK bool coordination_send_detail(struct tx *tx, const struct subject *who,
                                         struct product_case *c, struct developer *d,
                                         struct utc answer_due, struct utc now, struct arena *arena,
                                         struct err *err);
/* Asks again; counted, needed before "no reply" (V10). */
MUST_CHECK bool coordination_remind(struct tx *tx, const struct subject *who,
                                    struct product_case *c, struct developer *d,
                                    struct utc answer_due, struct utc now, struct arena *arena,
                                    struct err *err);
/* The same to every developer of the case that owes an answer, or only those whose day has passed, in one deed; *sent: how many. ERR_NOT_READY
 * when nobody owes one. Rule: COO-19 COO-23 */
MUST_CHECK bool coordination_remind_all(struct tx *tx, const struct subject *who,
                                        struct product_case *c, struct developers *developers,
                                        bool overdue_only, struct utc answer_due, struct utc now,
                                        struct arena *arena, int64_t *sent, struct err *err);
/* Asked, and nothing has come yet; of one that refuses nothing more is waited for. */
static inline bool coordination_owes(const struct developer *d)
{
    return d->summary_at.ms && d->answer_due.ms && d->state != DEVELOPER_REFUSED;
}
/* N36 to every developer with an affected product (COO-23). */
MUST_CHECK bool coordination_ask_status(struct tx *tx, const struct subject *who,
                                        struct product_case *c, const struct developers *developers,
                                        struct utc answer_due, struct utc now, struct arena *arena,
                                        struct err *err);
/* V10: no reply although reminded, while the case is open. */
MUST_CHECK bool coordination_mark_silent(struct tx *tx, const struct subject *who,
                                         struct product_case *c, struct developer *d,
                                         struct utc now, struct arena *arena, struct err *err);

/* Why this date: a record with "basis" AGREED, INDEPENDENT (COO-18), NO_REPLY (COO-19) or UNREACHABLE (COO-20), "time_needed", "foreign",
 * "leak_risk" (CFD-10, COO-14), "reason", and "heard" when the developer of its own product was heard (COO-30). */
extern const char *const date_bases[]; /* ends with NULL */
/* P09 with N09 to RB and all notified developers (COO-14, COO-17). A date later than the target wants a reason (invariant 6).
 * Rule: COO-14 COO-15 COO-16 COO-17 COO-18 COO-19 COO-20 CFD-10 PUB-06 PUB-17 */
MUST_CHECK bool coordination_set_date(const struct casework *w, struct tx *tx,
                                      const struct subject *who, struct product_case *c,
                                      const struct developers *developers, struct utc date,
                                      struct str why, struct utc now, struct arena *arena,
                                      struct err *err);
/* P10 with N10 (COO-21, COO-22). others_heard: the other developers were consulted. A date that wants a second person is refused: it is proposed. */
MUST_CHECK bool coordination_change_date(const struct casework *w, struct tx *tx,
                                         const struct subject *who, struct product_case *c,
                                         const struct developers *developers, struct utc date,
                                         bool others_heard, struct str reason, struct utc now,
                                         struct arena *arena, struct err *err);
/* Whether so many changes have been made that a later date than the present wants a second officer. Rule: COO-21 (invariant 6) */
bool coordination_wants_second(const struct casework *w, const struct product_case *c,
                               struct utc date);
/* A later date that waits for a second officer; its seq is 0 when there is none. */
struct later_date {
    int64_t seq, proposed_by;
    struct utc proposed, at;
    struct str proposed_by_name, reason;
};
MUST_CHECK bool coordination_later_date(struct tx *tx, const struct product_case *c,
                                        struct arena *arena, struct later_date *out,
                                        struct err *err);
/* One officer proposes it, and the others of CB are told; nothing moves. The last proposal counts. */
MUST_CHECK bool coordination_propose_date(struct tx *tx, const struct subject *who,
                                          struct product_case *c, struct utc date,
                                          bool others_heard, struct str reason, struct utc now,
                                          struct arena *arena, struct err *err);
/* Another officer decides: agreed, it is P10 with N10; else it is declined, by the proposer too. words: the reason for declining it.
 * ERR_NOT_READY "second_person_agrees" for one's own, ERR_CHANGED_MEANWHILE when there is none. */
MUST_CHECK bool coordination_decide_later_date(struct tx *tx, const struct subject *who,
                                               struct product_case *c,
                                               const struct developers *developers, bool is_agreed,
                                               struct str words, struct utc now,
                                               struct arena *arena, struct err *err);
/* Answers a developer's wish; adopting it does not move the date by itself. */
MUST_CHECK bool coordination_decide_request(struct tx *tx, const struct subject *who,
                                            struct product_case *c, int64_t request_id,
                                            bool adopted, struct str words, struct utc now,
                                            struct arena *arena, struct err *err);
MUST_CHECK bool coordination_handle_hint(struct tx *tx, const struct subject *who,
                                         struct product_case *c, int64_t hint_id, struct str words,
                                         struct utc now, struct arena *arena, struct err *err);
/* P13, P14, P15, P16 with N14 to RB and the finder. event: ON_CANCEL_KNOWN, ON_CANCEL_NOT_VULN, ON_CLOSE_INDIVIDUAL, ON_CLOSE_EOL. */
MUST_CHECK bool coordination_close(struct tx *tx, const struct subject *who, struct product_case *c,
                                   const struct developers *developers, enum product_event event,
                                   struct str words, struct utc now, struct arena *arena,
                                   struct err *err);

/* Wishes and hints that wait for an answer, with their words. */
struct wish {
    int64_t id, participant_id;
    struct utc proposed, at;
    struct str reason, state, organisation_name;
};
struct wishes {
    VEC_OF(struct wish);
};
MUST_CHECK bool coordination_wishes(struct tx *tx, const struct product_case *c,
                                    struct arena *arena, struct wishes *out, struct err *err);
struct other_hint {
    int64_t id, participant_id;
    struct utc at;
    struct str developer, product, reason, organisation_name;
    bool is_handled;
};
struct other_hints {
    VEC_OF(struct other_hint);
};
MUST_CHECK bool coordination_hints(struct tx *tx, const struct product_case *c, struct arena *arena,
                                   struct other_hints *out, struct err *err);
