/* faces/http/cookie.h: the Cookie header (RFC 6265, 5.4). Pure. */
#pragma once
#include "faces/http/http.h"

/* Adds the pairs of one header to out; they point into header. What is no pair of token and value is skipped, as browsers
 * may hold foreign cookies of any shape. ERR_TOO_LARGE beyond HTTP_COOKIES_MAX. */
MUST_CHECK bool cookie_parse(struct str header, struct arena *arena, struct fields *out,
                             struct err *err);
