/* faces/portal/report/report.h: the report form for a product's vulnerability. It works without scripts and without cookies: what was
 * typed travels from page to page in hidden fields, files go sealed to the desk under the form's draft token, and this side keeps
 * nothing (design 11.9). */
#pragma once
#include "faces/http/http.h"

extern const struct route_list portal_report_routes;

/* For the portal's render_error: a form that was refused before its handler (its token was too old) comes back filled in.
 * False: the request is none of ours, or there is nothing to show. */
bool report_render_refused(struct request *req, const struct err *why, struct response *res);
