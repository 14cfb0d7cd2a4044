/* domain/casework/report_form.h: what a report on a product asks for, as one table: the page, the JSON interface, the checks and the
 * desk's view are all made from it. Each field has its information class, so that the three parts stay apart.
 * Rule: GEN-05 INT-01 INT-20 */
#pragma once
#include "base/fault.h"
#include "base/tr.h"

struct err;

enum form_kind { FORM_TEXT, FORM_LINES, FORM_EMAIL, FORM_URL, FORM_DATE, FORM_CHOICE, FORM_CHECK };

/* Steps of the page (ui.md): product, vulnerability, methods, finder, consent. */
enum form_step {
    FORM_PRODUCT = 1,
    FORM_VULNERABILITY,
    FORM_METHODS,
    FORM_FINDER,
    FORM_CONSENT,
    FORM_STEPS = FORM_CONSENT
};

struct form_option {
    const char *value, *label; /* label: msgid */
};
struct form_field {
    const char *name;
    enum form_step step;
    char info_class; /* 'I', 'V', 'T', 'X', 'M', or 'P' for product and circumstances (as V) */
    enum form_kind kind;
    bool is_required;
    size_t max;                        /* code points */
    const char *label, *help;          /* msgids; help "" when none */
    const struct form_option *options; /* FORM_CHOICE; ends with { NULL, NULL } */
};
extern const struct form_field report_fields[];
extern const size_t report_field_count;
const struct form_field *report_field(struct str name); /* NULL: no such field */

enum { REPORT_FORM_MAX = 400000 }; /* bytes of a whole form */

/* All faults of the fields of `step` (0: of all) in a record of field values; line ends normalised to LF by the caller.
 * Rule: INT-01 INT-15 INT-16 FND-02 FND-13 FND-17 */
void report_form_check(struct str record, int step, struct arena *arena, struct form_faults *out);
/* What is wrong with one value, trimmed; a msgid, NULL when nothing is. */
const char *report_form_fault(const struct form_field *field, struct str value, bool is_required);
bool report_is_iot(struct str category); /* INT-20 */
/* Copies the known fields of `record` that are not empty, in the table's order; unknown ones are left out. */
MUST_CHECK bool report_form_clean(struct str record, struct arena *arena, struct str *out,
                                  struct err *err);
