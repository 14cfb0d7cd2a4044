#include "domain/casework/source.h"

#include "base/tr.h"

/* clang-format off */
const struct source sources[] = {
    { "PARTNERSHIP",    N_("A report to the Partnership"),                         "DOMESTIC", false, false, SERIES_PARTNERSHIP },
    { "SELF_PRODUCT",   N_("A developer's report on its own product"),             "SELF",     false, false, SERIES_COORDINATED },
    { "FOREIGN",        N_("Notice from a foreign coordinator"),                   "FOREIGN",  true,  true,  SERIES_COORDINATED },
    { "CERTCC_NOTE",    N_("Vulnerability Note of CERT/CC"),                       "FOREIGN",  true,  true,  SERIES_COORDINATED },
    { "CERTCC_ALERT",   N_("Technical Cyber Security Alert of CERT/CC"),           "FOREIGN",  true,  true,  SERIES_ALERT },
    { "CPNI",           N_("CPNI Vulnerability Advice"),                           "FOREIGN",  true,  true,  SERIES_COORDINATED },
    { "OWN_COLLECTION", N_("Published elsewhere, collected by the coordinating body"), "DOMESTIC", true, false, SERIES_COORDINATED },
    { 0 },
};
/* clang-format on */

const struct source *source_find(struct str code)
{
    for (const struct source *s = sources; s->code; s++) {
        if (str_eq_z(code, s->code))
            return s;
    }
    return NULL;
}

const struct source *source_of_origin(struct str origin)
{
    const struct source *s = sources;

    while (s->code && !str_eq_z(origin, s->origin))
        s++;
    return s->code ? s : sources;
}
