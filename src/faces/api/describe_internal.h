/* faces/api/describe_internal.h: the parts that describe.c puts together. For describe*.c alone. */
#pragma once
#include "faces/http/openapi.h"

/* That there is a limit a minute, and that the server may be busy. */
void describe_limits(struct json_writer *w);

/* Each: the members of its operation behind the summary. */
typedef void describe_operation(struct json_writer *w, const struct route *route);
describe_operation describe_nvd_cves, describe_nvd_changes, describe_nvd_cpes, describe_nvd_matches,
    describe_nvd_sources;
describe_operation describe_osv_query, describe_osv_batch, describe_osv_vuln;
describe_operation describe_record;
describe_operation describe_myjvn, describe_myjvn_file, describe_myjvn_search, describe_cve_search,
    describe_contents;
