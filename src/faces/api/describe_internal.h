/* faces/api/describe_internal.h: the parts that describe.c puts together. For describe*.c alone. */
#pragma once
#include "faces/http/http.h"
#include "formats/json/json.h"

void describe_begin(struct json_writer *w, const char *key); /* a key and its object */
/* An answer whose content is described among the components. */
void describe_answer(struct json_writer *w, const char *status, const char *words,
                     const char *media, const char *component);

/* A schema of one type: "schema": {"type": "string"} */
void describe_type(struct json_writer *w, const char *key, const char *type);
/* A parameter; words may be "". */
void describe_parameter(struct json_writer *w, const char *name, const char *place,
                        const char *type, struct str words);
void describe_path_parameters(struct json_writer *w, const struct route *route);
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
