/* faces/api/nvd/nvd.h: NVD's interface 2.0 over our catalogue, for clients that already speak it. Rule: API-01, API-04, API-05 */
#pragma once
#include "faces/http/http.h"

extern const struct route_list api_nvd_routes;

enum {
    NVD_CVES_MAX = 2000, /* results of a page, and without resultsPerPage */
    NVD_CHANGES_MAX = 5000,
    NVD_CPES_MAX = 10000,
    NVD_MATCHES_MAX = 500,
    NVD_SOURCES_MAX = 1000,
    NVD_DAYS_MAX = 120, /* between the two ends of a range of dates */
    NVD_WORDS_MAX = 512
};
