/* faces/desk/curation/shared.h: what the pages of this folder share. For this folder alone. */
#pragma once
#include "domain/curation/curation.h"
#include "faces/http/http.h"

/* "/curation/CVE-2026-0001/records" */
struct str curation_href(struct request *req, struct str name, const char *more);
struct curation_place curation_place_of(const struct request *req);
struct str curation_instant(struct request *req, struct utc t); /* "–" for none */
