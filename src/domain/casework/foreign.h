/* domain/casework/foreign.h: a case that nobody reported to the Partnership: a foreign coordinator gives notice of it, or the coordinating body
 * takes up what was published elsewhere (P25). It is coordinated and published like any other, and counted separately. */
#pragma once
#include "domain/casework/case.h"

/* What is asked for: fields of the report's form, by name. */
struct foreign_field {
    const char *name;
    bool is_required;
};
extern const struct foreign_field foreign_fields[];
extern const size_t foreign_field_count;
enum { FOREIGN_REFERENCE_MAX = 100 };

struct foreign_notice {
    struct str source;    /* a code of source.h that is taken up */
    struct str partner;   /* public id in the register; of a coordinator itself: not asked */
    struct str reference; /* its own number, "VU#123456"; may be empty */
    struct str form;      /* a record of foreign_fields */
};

/* All faults of what was typed, by field. is_partner: it is sent by a foreign coordinator itself. Rule: COO-34 PUB-08 */
void foreign_check(const struct foreign_notice *notice, bool is_partner, struct arena *arena,
                   struct form_faults *out);

/* The same of the texts alone, and these as the case keeps them. */
void foreign_check_texts(struct str form, struct arena *arena, struct form_faults *out);
MUST_CHECK bool foreign_texts(struct str form, struct arena *arena, struct str *out,
                              struct err *err);

/**
 * The case begins; the foreign coordinator it came from takes part in it.
 *
 * who     an officer of CB, or somebody of a foreign coordinator of the register
 * err     ERR_NOT_YOUR_MOVE, ERR_INPUT names the first faulty field, "partner" when its agreement does not stand
 * Rule:   COO-34 PUB-08
 */
MUST_CHECK bool foreign_take_up(const struct casework *w, struct tx *tx, const struct subject *who,
                                const struct foreign_notice *notice, struct utc now,
                                struct arena *arena, struct product_case *out, struct err *err);
