/* domain/casework/visibility.h: who sees what of a product case (requirements 5.1, GEN-07) as a table. What no row grants is not fetched,
 * so it cannot be shown by mistake. Every function that reads a case's contents takes a grant; there is no other way to call it. */
#pragma once
#include "domain/casework/case.h"

/* Information classes, or-ed. Letters as in requirements section 5; OWN_S and OWN_M are a developer's own report. */
enum info_class {
    SEES_I = 1 << 0, /* finder identity */
    SEES_V = 1 << 1, /* vulnerability information */
    SEES_T = 1 << 2, /* verification method */
    SEES_X = 1 << 3, /* attack method */
    SEES_M = 1 << 4, /* countermeasure */
    SEES_S = 1 << 5, /* developers' verification results and response status */
    SEES_D = 1 << 6, /* publication date */
    SEES_R = 1 << 7, /* result of reception */
    SEES_L = 1 << 8, /* name of an unreachable developer */
    SEES_C = 1 << 9, /* counts */
    SEES_OWN_S = 1 << 10,
    SEES_OWN_M = 1 << 11
};

enum audience {
    AUDIENCE_FI,
    AUDIENCE_RB,
    AUDIENCE_CB,
    AUDIENCE_PD_SUMMARY, /* in the case, before the detail */
    AUDIENCE_PD_DETAIL,
    AUDIENCE_PD_OTHERS, /* what a developer in the case sees of the others */
    AUDIENCE_PD_OUTSIDE,
    AUDIENCE_FB,
    AUDIENCE_AN,
    AUDIENCE_CI,
    AUDIENCE_PC,
    AUDIENCE_PUB,
    AUDIENCE_STATISTICS,
    AUDIENCES
};
extern const char *const audience_names[AUDIENCES]; /* as the tests' data file names them */

/* One cell: full in capital letters, part in lower case (only a part, on inquiry, or under a condition). */
struct cell {
    unsigned full, part;
};
struct cell visibility_cell(enum audience audience, enum phase phase);

/* What this subject may see of this case now. Made here alone. Rule: CFD-01 CFD-02 CFD-03 FND-01 FND-09 */
struct grant {
    enum audience audience;
    enum phase phase;
    unsigned full, part;
    int64_t participant_id; /* a developer's own part; 0 for others */
};
static inline bool grant_sees(const struct grant *grant, unsigned class)
{
    return (grant->full & class) == class;
}

/* What somebody outside the case may see who was given something of it (CI, AN, FB). parts: what was decided explicitly, in letters; beyond
 * the row's own they open nothing but the methods of priority provision and analysis. ERR_ABSENT when the row has nothing. */
MUST_CHECK bool visibility_grant_partner(enum audience audience, const struct product_case *c,
                                         const struct developers *developers, struct str parts,
                                         struct grant *out, struct err *err);

/* developer: the subject's own part in the case, NULL when it has none. ERR_ABSENT when nothing may be seen, as if the case were not there.
 * A PD that was added but has not been sent the summary sees nothing yet. */
MUST_CHECK bool visibility_grant(const struct subject *who, const struct product_case *c,
                                 const struct developers *developers, const struct developer *own,
                                 struct grant *out, struct err *err);
