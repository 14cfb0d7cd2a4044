/* faces/api/nvd/parameters.h: the parameters of NVD's interface: names and values in, questions out. Pure. For this folder and its tests alone. */
#pragma once
#include "domain/catalog/cpe_names.h"
#include "domain/catalog/nvd.h"
#include "faces/http/http.h"

/* What they make; each interface uses its part. why: what is wrong with them, for the header `message`; empty: nothing. */
struct nvd_asked {
    struct nvd_query cves;
    struct nvd_events_query changes;
    struct cpe_query cpes;
    struct str source, match_of_cve,
        names_of_match; /* sourceIdentifier; cveId of cpematch; matchCriteriaId of cpes */
    struct str why;
};
enum nvd_interface { NVD_CVES, NVD_CHANGES, NVD_CPES, NVD_MATCHES, NVD_SOURCES };

/* Their names one by one, for the description of the interface; NULL behind the last. */
const char *nvd_parameter_name(enum nvd_interface interface, size_t n);

void nvd_parameters(enum nvd_interface interface, const struct fields *query, struct arena *arena,
                    struct nvd_asked *out);
