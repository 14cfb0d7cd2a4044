/* domain/casework/own_product.h: a developer reports a vulnerability that is limited to its own product, with the countermeasure it has made.
 * Both bodies have it at once, there is no verification round, and CB sets the date after hearing the developer (P24). One that touches
 * others' products as well is a report like any finder's (COO-31). */
#pragma once
#include "domain/casework/answer.h"
#include "domain/casework/direct.h"
#include "domain/casework/report_form.h"

/* What is asked for: fields of the report's form, by name, each needed or not; then the countermeasure and the own text. */
struct own_field {
    const char *name;
    bool is_required;
};
extern const struct own_field own_fields[];
extern const size_t own_field_count;

struct own_report {
    struct str form;             /* a record of own_fields */
    struct str fixed_versions;   /* empty: there is none */
    struct status_report status; /* countermeasure: WORKAROUND, FIX or STOP_USE */
    struct utc wished;           /* the publication it proposes; 0: none */
    struct str wish_reason;
    struct direct_reporter reporter;
    bool is_limited; /* to its own products, as it declares (GEN-12) */
};

/* All faults of what was typed, by field. Rule: INT-18 GEN-05 */
void own_product_check(const struct own_report *report, struct utc now, struct arena *arena,
                       struct form_faults *out);

/**
 * The case begins with the developer in it, its result and its countermeasure reported. Both bodies are told,
 * and who had told the developer directly.
 *
 * who     a manager of a registered developer
 * out     the new case
 * err     ERR_NOT_YOUR_MOVE, ERR_NOT_READY, ERR_INPUT names the first faulty field
 * Rule:   INT-18 COO-30 COO-37 PSR-40
 */
MUST_CHECK bool own_product_report(const struct casework *w, struct tx *tx,
                                   const struct subject *who, const struct own_report *report,
                                   struct utc now, struct arena *arena, struct product_case *out,
                                   struct err *err);
