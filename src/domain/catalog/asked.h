/* domain/catalog/asked.h: what a search is asked for, value by value, as addresses, files and command lines write it: "severity", "critical,high". Rule: VDB-04 */
#pragma once
#include "domain/catalog/search.h"

enum search_param {
    PARAM_WORDS,
    PARAM_SEVERITY,
    PARAM_SOURCE,
    PARAM_VENDOR,
    PARAM_PRODUCT,
    PARAM_CWE,
    PARAM_YEAR,
    PARAM_KEV,
    PARAM_EPSS,
    PARAM_EMBEDDED,
    PARAM_JA,
    PARAM_FROM, /* first published on this day or later */
    PARAM_TO,   /* on this day or before */
    PARAM_REJECTED,
    PARAM_SORT,
    SEARCH_PARAMS
};

const char *search_param_name(enum search_param param);
bool search_param_from_name(struct str name, enum search_param *out);

/* False for what it cannot be asked for; *search is then as it was. */
bool search_param_read(enum search_param param, struct str value, struct search *search);
/* msgid: why it cannot, with "{value}" and "{name}" */
const char *search_param_wrong(enum search_param param);
