/* domain/casework/developer_view.h: what a developer's organisation reads of a case it is in: the same for its page and for its program. What the
 * matrix does not grant is empty. */
#pragma once
#include "domain/casework/answer.h"
#include "domain/casework/visibility.h"

struct developer_view {
    struct str title, summary, texts; /* texts: of the report, a record by its fields' names */
    struct utc publication_date;      /* 0: none is set, or it may not be known */
    struct developer_report own;      /* what it reported itself */
    struct developer_report last; /* all of that, for the forms of who wrote it and may change it */
};
/* Rule: CFD-01 CFD-02 CFD-03 GEN-07 */
MUST_CHECK bool developer_view_load(struct tx *tx, const struct product_case *c,
                                    const struct developer *d, const struct grant *grant,
                                    struct arena *arena, struct developer_view *out,
                                    struct err *err);

/* Whether a developer may know of an entry of its case's ledger: its own, and those about the whole case that were told to everybody. */
bool developer_sees_entry(const struct developer *d, const struct entry *entry);
