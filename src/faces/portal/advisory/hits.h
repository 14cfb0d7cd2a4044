/* faces/portal/advisory/hits.h: how much of this site's own countermeasure information fits some words. */
#pragma once
#include "faces/http/http.h"

MUST_CHECK bool advisory_hits(struct request *req, struct str words, int64_t *count,
                              struct err *err);
struct str advisory_hits_href(struct str words, struct arena *arena);
