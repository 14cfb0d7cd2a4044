#include "faces/api/myjvn/parameters.h"

#define OF(method) (1u << METHOD_##method)

enum {
    EVERY = -1, /* what the answer's status says in its own way */
    DICTIONARY = OF(VENDORS) | OF(PRODUCTS),
    CHOOSING = DICTIONARY | OF(OVERVIEW),
    NUMBERED = OF(PRODUCTS) | OF(OVERVIEW),
    PAGED = CHOOSING | OF(DETAIL) | OF(ALERTS),
    FORMER = 0
};

/* clang-format off */
#define SPAN(name, days, months, meaning)                                 \
    { name "StartY", (days) | (months), true, meaning ", from: year" },   \
    { name "StartM", (days) | (months), true, meaning ", from: month" },  \
    { name "StartD", (days),            true, meaning ", from: day" },    \
    { name "EndY",   (days) | (months), true, meaning ", until: year" },  \
    { name "EndM",   (days) | (months), true, meaning ", until: month" }, \
    { name "EndD",   (days),            true, meaning ", until: day" }

static const struct myjvn_parameter parameters[] = {
    { "method",       EVERY,                       false, "What is asked for" },
    { "feed",         EVERY,                       false, "The version of the interface: hnd; of getStatistics itm too" },
    { "lang",         EVERY,                       false, "ja (otherwise) or en" },
    { "startItem",    PAGED,                       true,  "The first that is given, from 1" },
    { "maxCountItem", PAGED,                       true,  "How many at most; the answer's retMax says how many that may be" },
    { "cpeName",      CHOOSING | OF(STATISTICS) | OF(ALERTS), false, "CPE names with vendor and product, * in them, several with + between" },
    { "vendorId",     NUMBERED,                    false, "Numbers of vendors, several with + between" },
    { "productId",    NUMBERED,                    false, "Numbers of products, several with + between" },
    { "keyword",      CHOOSING,                    false, "Words" },
    { "severity",     OF(OVERVIEW),                false, "n, l, m, h or c: none to critical" },
    { "vector",       OF(OVERVIEW),                false, "Base metrics of CVSS v3" },
    { "rangeDatePublic",         OF(OVERVIEW),     false, "Became public: n any time, w (otherwise) within a week, m within a month" },
    { "rangeDatePublished",      OF(OVERVIEW),     false, "Changed: n any time, w (otherwise) within a week, m within a month" },
    { "rangeDateFirstPublished", OF(OVERVIEW),     false, "Came first: n any time, w (otherwise) within a week, m within a month" },
    SPAN("datePublic",         OF(OVERVIEW), OF(STATISTICS), "Became public"),
    SPAN("datePublished",      OF(OVERVIEW), 0,              "Changed"),
    SPAN("dateFirstPublished", OF(OVERVIEW), 0,              "Came first"),
    { "vulnId",       OF(DETAIL),                  false, "Numbers of entries, several with + between; needed" },
    { "theme",        OF(STATISTICS),              false, "sumAll, sumJvnDb, sumCvss or sumCwe; needed" },
    { "type",         OF(STATISTICS),              false, "By y (otherwise) year, q quarter or m month" },
    { "cweId",        OF(STATISTICS),              false, "One weakness" },
    { "pid",          OF(STATISTICS),              true,  "The number of one product" },
    { "datePublished",      OF(ALERTS),            true,  "The year it changed" },
    { "dateFirstPublished", OF(ALERTS),            true,  "The year it came first" },
    { "ft",           OF(ALERTS),                  false, "xml (otherwise) or json" },
    { "xsl",          FORMER, false, "" },
    { "cvrfdoc",      FORMER, false, "" },
    { "platform",     FORMER, false, "" },
    { "internalType", FORMER, false, "" },
    { "mode",         FORMER, false, "" },
    { "ovalId",       FORMER, false, "" },
    { "benchmarkId",  FORMER, false, "" },
    { "reference",    FORMER, false, "" },
    { "category",     FORMER, false, "" },
    { "ver",          FORMER, false, "" },
};
/* clang-format on */

const struct myjvn_parameter *myjvn_parameter_next(const struct myjvn_parameter *before)
{
    const struct myjvn_parameter *next = before ? before + 1 : parameters;

    return next < parameters + COUNT(parameters) ? next : NULL;
}

static const struct myjvn_parameter *find(struct str name)
{
    for (size_t i = 0; i < COUNT(parameters); i++)
        if (str_eq_z(name, parameters[i].name))
            return &parameters[i];
    return NULL;
}

bool myjvn_is_parameter_of(struct str name, enum myjvn_method method)
{
    const struct myjvn_parameter *parameter = find(name);

    return parameter && (parameter->methods & (1u << method));
}

bool myjvn_is_echoed(struct str name)
{
    const struct myjvn_parameter *parameter = find(name);

    return parameter && parameter->methods != (unsigned)EVERY;
}
