/* faces/portal/days/days.h: the catalogue by days: new, changed, and how much came out when. */
#pragma once
#include "faces/http/http.h"

/* GET /new, GET /updated. Rule: VDB-01 */
bool portal_new(struct request *req, struct response *res, struct err *err);
bool portal_updated(struct request *req, struct response *res, struct err *err);
/* GET /calendar leads to the latest month; GET /calendar/{year}/{month}. ERR_NOT_FOUND. Rule: VDB-01 */
bool portal_calendar_now(struct request *req, struct response *res, struct err *err);
bool portal_calendar(struct request *req, struct response *res, struct err *err);
