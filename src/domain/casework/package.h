/* domain/casework/package.h: a case as foreign coordinators hand it to each other: a CSAF 2.0 document, not public, the fields of a notice as
 * notes. Pure: values and text. What one installation writes another one reads the same. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"

struct err;

struct package {
    struct str number, title;        /* of the case */
    struct str words;                /* what is asked */
    struct str countermeasure;       /* empty: none is told */
    struct str fields;               /* a record of foreign_fields */
    struct utc made_at, publication; /* publication: planned; 0: not told */
    struct str publisher, publisher_namespace;
};
/* Marked TLP:AMBER, as a draft. ERR_TOO_LARGE. Rule: COO-34 (CSAF 2.0, section 3) */
MUST_CHECK bool package_to_csaf(const struct package *package, struct arena *arena, struct str *out,
                                struct err *err);

/* What a document says, for a notice: its number there, who published it, the fields. Several vulnerabilities stand one below the other.
 * Texts that do not fit a field are cut off nowhere: they are left to foreign_check. ERR_JSON_SYNTAX, ERR_INPUT "package" when it is no CSAF. */
struct package_notice {
    struct str reference, publisher, fields;
};
MUST_CHECK bool package_from_csaf(struct str text, struct arena *arena, struct package_notice *out,
                                  struct err *err);

/* The same through a record, as the parse process answers it; what comes back is a stranger's words still. */
#define PACKAGE_QUESTION "package"
MUST_CHECK bool package_answer(struct str question, struct arena *arena, struct str *reply,
                               struct err *err);
MUST_CHECK bool package_from_answer(struct str reply, struct arena *arena,
                                    struct package_notice *out, struct err *err);
