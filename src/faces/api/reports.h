/* faces/api/reports.h: the report form for programs: the same fields, the same checks, the same way to the desk as the pages. */
#pragma once
#include "faces/http/http.h"

extern const struct route_list api_report_routes;

struct err;

enum { API_REPORT_MAX = 2 << 20, API_KEY_MIN = 32, API_KEY_MAX = 200 };

/**
 * A JSON object of the form's fields as a record: texts as they are, boxes as true. A member that is no field, or no text, is
 * named in *wrong (STR_NONE: nothing is).
 *
 * err    ERR_JSON_SYNTAX, ERR_TOO_LARGE
 */
MUST_CHECK bool api_report_read(struct str json, struct arena *arena, struct str *record,
                                struct str *wrong, struct err *err);
