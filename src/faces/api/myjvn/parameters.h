/* faces/api/myjvn/parameters.h: the names that MyJVN knows: what is read, what is echoed and what the description of the interface lists all come from this table.
 * Rule: API-01 */
#pragma once
#include "faces/api/myjvn/request.h"

struct myjvn_parameter {
    const char *name;
    unsigned methods; /* 1u << enum myjvn_method; 0: of former methods, given back and not read */
    bool is_number;   /* one whole number */
    const char *meaning; /* English, for the description */
};

/* The next one; NULL begins, and stands behind the last. */
const struct myjvn_parameter *myjvn_parameter_next(const struct myjvn_parameter *before);
bool myjvn_is_parameter_of(struct str name, enum myjvn_method method);
/* Given back under its own name; other names are passed over, as the service does. */
bool myjvn_is_echoed(struct str name);
