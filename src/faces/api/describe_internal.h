/* faces/api/describe_internal.h: the parts that describe.c puts together. For describe*.c alone. */
#pragma once
#include "formats/json/json.h"

void describe_begin(struct json_writer *w, const char *key); /* a key and its object */
/* An answer whose content is described among the components. */
void describe_answer(struct json_writer *w, const char *status, const char *words,
                     const char *media, const char *component);

/* Each: the members of its operation behind the summary. */
void describe_nvd_cves(struct json_writer *w);
void describe_nvd_changes(struct json_writer *w);
void describe_nvd_cpes(struct json_writer *w);
void describe_nvd_matches(struct json_writer *w);
void describe_nvd_sources(struct json_writer *w);
void describe_osv_query(struct json_writer *w);
void describe_osv_batch(struct json_writer *w);
void describe_osv_vuln(struct json_writer *w);
void describe_record(struct json_writer *w);
