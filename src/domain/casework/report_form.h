/* domain/casework/report_form.h: what a report on a product or a website asks for, as one table: the page, the JSON interface, the checks
 * and the desk's view are all made from it. Each field has its information class, so that the three parts stay apart.
 * Rule: GEN-05 INT-01 INT-02 INT-20 */
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

/* What a report is about. A website's goes from the receiving body to its operator, without coordinating body (GEN-10). */
enum report_target { REPORT_PRODUCT = 1 << 0, REPORT_WEBSITE = 1 << 1 };

struct form_option {
    const char *value, *label; /* label: msgid */
};
struct form_field {
    unsigned targets; /* enum report_target, or-ed: two rows of one name have different ones */
    const char *name;
    enum form_step step;
    char info_class; /* 'I', 'V', 'T', 'X', 'M', or 'P' for product and circumstances (as V) */
    enum form_kind kind;
    bool is_required;
    size_t max;                        /* code points */
    const char *label, *help;          /* msgids; help "" when none */
    const struct form_option *options; /* FORM_CHOICE; ends with { NULL, NULL } */
};
/* The next field of that form in the table's order; the first after NULL; NULL after the last. */
const struct form_field *report_field_next(enum report_target target,
                                           const struct form_field *field);
size_t report_field_count(enum report_target target);
/* NULL: that form has no such field. */
const struct form_field *report_field(enum report_target target, struct str name);

enum { REPORT_FORM_MAX = 400000 }; /* bytes of a whole form */

/* All faults of the fields of `step` (0: of all) in a record of field values; line ends normalised to LF by the caller.
 * Rule: INT-01 INT-02 INT-15 INT-16 FND-02 FND-13 FND-17 */
void report_form_check(enum report_target target, struct str record, int step, struct arena *arena,
                       struct form_faults *out);
/* What is wrong with one value, trimmed; a msgid, NULL when nothing is. */
const char *report_form_fault(const struct form_field *field, struct str value, bool is_required);
bool report_is_iot(struct str category); /* INT-20 */
/* Copies the known fields of `record` that are not empty, in the table's order; unknown ones are left out. */
MUST_CHECK bool report_form_clean(enum report_target target, struct str record, struct arena *arena,
                                  struct str *out, struct err *err);
