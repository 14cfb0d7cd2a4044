/* domain/casework/direct.h: who had told a developer directly of a vulnerability of its own product. The developer gives the address, and mails on
 * its behalf say receipt and status (N27; outbox_to_reporter). Nobody is shown the address: it is no part of the case. */
#pragma once
#include "domain/casework/case.h"

/* As typed. email empty: nobody had. */
struct direct_reporter {
    struct str email, lang;
};
void direct_check(const struct direct_reporter *reporter, struct arena *arena,
                  struct form_faults *out);

/* Sealed, and the receipt on its way; nothing when nobody had told it. seq: of the developer's own report. Rule: PSR-40 */
MUST_CHECK bool direct_keep(const struct casework *w, struct tx *tx, const struct developer *d,
                            const struct direct_reporter *reporter, int64_t seq, struct utc now,
                            struct arena *arena, struct err *err);

/* Whether an address is kept that this developer gave: all that it is shown of it. */
MUST_CHECK bool direct_is_kept(struct tx *tx, const struct developer *d, bool *out,
                               struct err *err);
/* Another address instead: mails that are still to go reach it. By a manager of the developer that gave it; the reason stands in the ledger, an
 * address never does. ERR_ABSENT; ERR_INPUT "reporter_email", "reporter_lang", "reason". Rule: PSR-40 */
MUST_CHECK bool direct_correct(const struct casework *w, struct tx *tx, const struct subject *who,
                               struct product_case *c, const struct developer *d,
                               const struct direct_reporter *reporter, struct str reason,
                               struct utc now, struct arena *arena, struct err *err);
/* The address is gone for good, and no mail goes there any more; the same, in a case that is closed too. Rule: PSR-40 */
MUST_CHECK bool direct_erase(struct tx *tx, const struct subject *who, struct product_case *c,
                             const struct developer *d, struct str reason, struct utc now,
                             struct arena *arena, struct err *err);

/* The case has been published, or has ended otherwise: the status. */
MUST_CHECK bool direct_tell_end(struct tx *tx, const struct product_case *c, int64_t seq,
                                struct utc now, struct err *err);

/* For notify alone. number: of the advisory; empty: nothing is published. email: empty when it was erased. ERR_ABSENT */
struct direct_address {
    struct str email, number;
    enum lang lang;
};
MUST_CHECK bool direct_address(const struct casework *w, struct tx *tx, int64_t reporter_id,
                               struct arena *arena, struct direct_address *out, struct err *err);
