/* base/fault.h: what is wrong with a form, all of it at once (conventions 4): values, not errors. */
#pragma once
#include "base/vec.h"

struct form_fault {
    const char *field; /* the form field's name */
    const char *words; /* msgid: what is wrong and how to mend it */
};
struct form_faults {
    VEC_OF(struct form_fault);
};

/* The words for a field, the first of several; NULL when nothing is wrong with it. */
static inline const char *form_fault_of(const struct form_faults *faults, struct str field)
{
    for (size_t i = 0; i < faults->len; i++) {
        if (str_eq_z(field, faults->at[i].field))
            return faults->at[i].words;
    }
    return NULL;
}
