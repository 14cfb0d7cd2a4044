/* faces/http/guard.h: what must hold before a handler runs. Pure: a request in, yes or an error out. */
#pragma once
#include "faces/http/http.h"

/* Names are tokens and values hold no control characters (RFC 9110, 5.1 and 5.5). ERR_BAD_REQUEST; the connection must be closed. Rule: C50 */
MUST_CHECK bool guard_headers(const struct request *req, struct err *err);

/* One Host, and one of ours; sets req->host. ERR_BAD_REQUEST, ERR_MISDIRECTED. Rule: C50 */
MUST_CHECK bool guard_host(struct request *req, const struct str *hosts, size_t count,
                           struct err *err);

/**
 * A POST comes from a page of ours: an Origin must be one of origins ("null" is none), Sec-Fetch-Site must not name another
 * site, and with TOKEN_FORM one of the two must be there at all.
 *
 * err    ERR_FORM_ORIGIN
 * Rule:  C15
 */
MUST_CHECK bool guard_origin(const struct request *req, enum token_rule rule,
                             const struct str *origins, size_t count, struct err *err);

/* The body has a type the route takes. ERR_MEDIA_TYPE. Rule: C15 */
MUST_CHECK bool guard_media_type(const struct request *req, enum body_kind kind, struct err *err);

/**
 * How long the body is, by the one Content-Length there may be. Transfer-Encoding is not taken: what cannot be misread
 * cannot smuggle.
 *
 * err    ERR_BAD_REQUEST, ERR_LENGTH_NEEDED; after either the connection must be closed
 * Rule:  C50
 */
MUST_CHECK bool guard_framing(const struct request *req, uint64_t *length, struct err *err);
