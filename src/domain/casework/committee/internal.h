/* domain/casework/committee/internal.h: what the files of this folder share. */
#pragma once
#include "base/buf.h"
#include "base/record.h"
#include "domain/access/outbox.h"
#include "domain/casework/committee.h"

enum { BUNDLE_MAX = 1 << 20, FACTS_MAX = 16384 };

/* ---- docket.c ---- */

/* The payload of an entry; empty when seq is 0. */
MUST_CHECK bool docket_record(struct tx *tx, const struct product_case *c, int64_t seq,
                              struct arena *arena, struct str *out, struct err *err);
/* The developer it is about; ERR_ABSENT when it was taken out of the case. */
MUST_CHECK bool docket_developer(struct tx *tx, const struct product_case *c,
                                 const struct docket *d, struct arena *arena, struct developer *out,
                                 struct err *err);
/* The newest, when it is about the reader's own organisation; ERR_ABSENT */
MUST_CHECK bool docket_own(struct tx *tx, const struct subject *who, const struct product_case *c,
                           struct arena *arena, struct docket *out, struct err *err);

/* What the guards ask. */
bool docket_may_vote(const struct docket *d, const struct subject *who);
void docket_count_votes(const struct docket *d, int64_t quorum, struct docket_facts *out);
MUST_CHECK bool docket_advice_fits(struct tx *tx, const struct product_case *c, struct utc now,
                                   struct arena *arena, bool *out, struct err *err);
MUST_CHECK bool docket_enough_cases_wait(const struct casework *w, struct tx *tx, bool *out,
                                         struct err *err);

/* ---- step.c ---- */

MUST_CHECK bool docket_step(struct tx *tx, const struct subject *who, struct product_case *c,
                            struct docket *d, enum docket_event event,
                            const struct docket_facts *facts, const struct details *details,
                            struct utc now, struct arena *arena, struct entry *entry,
                            struct err *err);
struct news docket_news(const char *notice, const struct product_case *c, int64_t seq);
MUST_CHECK bool docket_tell_bodies(struct tx *tx, const struct product_case *c, int64_t seq,
                                   struct utc now, struct err *err);
MUST_CHECK bool docket_tell_developer(struct tx *tx, const char *notice,
                                      const struct product_case *c, const struct developer *d,
                                      int64_t seq, struct utc now, struct err *err);
/* The date that was set falls. */
MUST_CHECK bool docket_end_date(struct tx *tx, const struct product_case *c, struct utc now,
                                struct err *err);
/* P19 */
MUST_CHECK bool docket_give_back(struct tx *tx, const struct subject *who, struct product_case *c,
                                 struct utc now, struct arena *arena, struct err *err);
