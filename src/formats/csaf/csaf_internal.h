/* formats/csaf/csaf_internal.h: what the writers share. */
#pragma once
#include "formats/csaf/csaf.h"
#include "formats/json/json.h"

void csaf_put_instant(struct json_writer *w, const char *key,
                      struct utc t); /* not for a time of 0 */
void csaf_put_texts(struct json_writer *w, const char *key,
                    const struct csaf_texts *texts); /* not for an empty list */
void csaf_put_publisher(struct json_writer *w, const struct csaf_publisher *publisher);
