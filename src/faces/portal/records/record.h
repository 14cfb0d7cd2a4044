/* faces/portal/records/record.h: the page of one entry. */
#pragma once
#include "faces/http/http.h"

/* GET /records/{id}: any of its names leads to its own; in another format for programs that ask for it (faces/public/record_formats.h). ERR_NOT_FOUND.
 * Rule: API-05, VDB-01, VDB-02, VDB-07, VDB-09, VDB-10 */
bool portal_record(struct request *req, struct response *res, struct err *err);
