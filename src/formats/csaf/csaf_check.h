/* formats/csaf/csaf_check.h: is a document a valid CSAF 2.0 one? The shape its schema asks for and the tests of
 * section 6. There are three answers to a test: passed, a finding, not checked; the third is never taken for the first. */
#pragma once
#include "base/vec.h"
#include "formats/json/json.h"

enum { CSAF_FINDINGS_MAX = 500 };

struct csaf_finding {
    struct str test;     /* "6.1.14"; "schema" for the shape */
    struct str pointer;  /* JSON pointer to what is wrong */
    const char *message; /* msgid */
};
struct csaf_result {
    struct {
        VEC_OF(struct csaf_finding);
    } findings;    /* in the document's order within each test */
    bool has_more; /* there were more than CSAF_FINDINGS_MAX */
    struct {
        VEC_OF(struct str);
    } not_checked; /* "6.1.33" */
};

/**
 * Tests the whole document. Wrong types never stop it: what is not there cannot be tested, and the shape says so.
 *
 * 6.1.27.9, 6.1.27.10 and 6.1.33 are reported as not checked when a document's groups would unfold to an unreasonable
 * size, four million members; nothing else is.
 *
 * arena    where result and work live: at most about ten times the document's text
 * Rule:    API-05 (CSAF 2.0, section 6.1)
 */
void csaf_check(struct json document, struct arena *arena, struct csaf_result *out);

/**
 * The optional and informative tests, of sections 6.2 and 6.3: what fails them is advice, and makes no document invalid.
 *
 * 6.3.6 and 6.3.7 (do the links lead anywhere) and 6.3.8 (spelling) are reported as not checked.
 * Rule:    API-05
 */
void csaf_advise(struct json document, struct arena *arena, struct csaf_result *out);
