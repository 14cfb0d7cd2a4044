/* domain/casework/website_visibility.h: who sees what of a website's case (requirements 5.2) as a table. What no row grants is not fetched. */
#pragma once
#include "domain/casework/visibility.h"
#include "domain/casework/website.h"

/* Classes beside those of 5.1. */
enum website_class {
    SEES_URL = 1 << 12,        /* U: the address of the site */
    SEES_ENCRYPTION = 1 << 13, /* K: the question how mails are to be protected */
    SEES_HANDLING = 1 << 14,   /* H: the handling number */
    SEES_ANSWERS = 1 << 15,  /* W: the operator's results, estimate, progress; its own for itself */
    SEES_FIX = 1 << 16,      /* F: that it was fixed */
    SEES_ORDINANCE = 1 << 17 /* O: a municipality's own decision on disclosure */
};

enum website_audience {
    SITE_FI,
    SITE_RB,
    SITE_WO,
    SITE_SV, /* a system integrator working for the operator: has no way in here */
    SITE_AN,
    SITE_MU, /* a municipality as operator */
    SITE_PUB,
    SITE_STATISTICS,
    SITE_AUDIENCES
};
extern const char
    *const website_audience_names[SITE_AUDIENCES]; /* as the tests' data file names them */

struct cell website_cell(enum website_audience audience, enum website_phase phase);

struct website_grant {
    enum website_audience audience;
    enum website_phase phase;
    struct grant report; /* the same classes, for what reads any case's report and files */
};
static inline bool website_sees(const struct website_grant *grant, unsigned class)
{
    return (grant->report.full & class) == class;
}

/* ERR_ABSENT when nothing may be seen, as if the case were not there. An operator sees what the stage of its link tells, whatever the case's
 * own has become. Rule: CFD-01 CFD-03 FND-01 FND-09 WEB-03 WEB-08 WEB-20 */
MUST_CHECK bool website_grant(const struct subject *who, const struct website *s,
                              struct website_grant *out, struct err *err);
