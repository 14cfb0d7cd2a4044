#include "domain/catalog/address.h"

struct str url_of_cve(struct str cve, struct arena *arena)
{
    return arena_printf(arena, "https://www.cve.org/CVERecord?id=%.*s", STR_ARG(cve));
}

struct str url_of_nvd(struct str cve, struct arena *arena)
{
    return arena_printf(arena, "https://nvd.nist.gov/vuln/detail/%.*s", STR_ARG(cve));
}

struct str url_of_cwe(struct str cwe, struct arena *arena)
{
    return arena_printf(arena, "https://cwe.mitre.org/data/definitions/%.*s.html",
                        STR_ARG(str_drop(cwe, 4)));
}
