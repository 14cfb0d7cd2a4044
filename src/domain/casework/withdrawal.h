/* domain/casework/withdrawal.h: one year after the start of counting (起算日) the finder of a product's report may ask the receiving body to
 * withdraw its request not to disclose it (情報非開示依頼の取り下げ). The receiving body looks at it and withdraws, or says why not yet;
 * both bodies' developers are told. From then on the finder is free to publish. Nothing publishes, moves or freezes by itself. */
#pragma once
#include "base/life.h"
#include "domain/casework/case.h"

enum withdrawal_state {
    WITHDRAWAL_NONE,
    WITHDRAWAL_REQUESTED,
    WITHDRAWAL_WITHDRAWN, /* the finder is free to publish */
    WITHDRAWAL_STATES
};
enum withdrawal_event {
    ON_WITHDRAWAL_REQUEST,
    ON_WITHDRAWAL_WITHDRAW,
    ON_WITHDRAWAL_KEEP, /* not yet; the finder may ask again */
    WITHDRAWAL_EVENTS
};
struct withdrawal_facts {
    bool is_year_over, is_understood, has_reason;
};
extern const struct life withdrawal_life;

struct withdrawal {
    enum withdrawal_state state;
    struct utc from; /* the day it may be asked for; 0: counting has not begun */
    struct utc requested_at, decided_at;
    struct str words;  /* the finder's, to the receiving body alone; may be empty */
    struct str answer; /* the receiving body's, to the finder and both bodies */
};
/* One year after the start of counting, by the setting of COO-37; 0 when that has not begun. Rule: FND-12 COO-37 */
struct utc withdrawal_from(const struct casework *w, const struct product_case *c);
MUST_CHECK bool withdrawal_load(const struct casework *w, struct tx *tx,
                                const struct product_case *c, struct arena *arena,
                                struct withdrawal *out, struct err *err);
/* There is a report that is kept secret: of a product, neither published nor ended. One that rests in another case waits on. */
bool withdrawal_may_begin(const struct product_case *c);
/* The finder asks; N23 to both bodies and to every developer that knows of the case. is_understood: what follows from it was read. Words may
 * be empty. ERR_NOT_READY before the day. Rule: FND-12 P23 N23 */
MUST_CHECK bool withdrawal_request(const struct casework *w, struct tx *tx,
                                   const struct subject *who, struct product_case *c,
                                   const struct developers *developers, bool is_understood,
                                   struct str words, struct utc now, struct arena *arena,
                                   struct err *err);
/* The receiving body's answer, with words for the finder; the others of N23 are told as well. Rule: FND-12 P23 */
MUST_CHECK bool withdrawal_decide(const struct casework *w, struct tx *tx,
                                  const struct subject *who, struct product_case *c,
                                  const struct developers *developers, bool is_withdrawn,
                                  struct str words, struct utc now, struct arena *arena,
                                  struct err *err);
