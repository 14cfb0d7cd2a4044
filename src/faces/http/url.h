/* faces/http/url.h: what stands in the first line of a request. Pure: text in, values out. */
#pragma once
#include "faces/http/http.h"

/**
 * Decodes percent-encoded text, once. plus: '+' means a blank, as forms have it.
 *
 * out    lives in arena (or is text itself where nothing was to decode); untouched on failure
 * err    ERR_BAD_REQUEST: "%" without two hex digits, NUL; ERR_NOT_UTF8 (which also covers overlong forms)
 */
MUST_CHECK bool url_decode(struct str text, bool plus, struct arena *arena, struct str *out,
                           struct err *err);

/**
 * Reads the path of a request (RFC 3986, 3.3), decoded once.
 *
 * text   up to the '?', which must start with '/'
 * err    ERR_BAD_REQUEST for whatever could mean two things to two readers: an empty segment inside, "." and "..", an
 *        encoded '/' or '\', control characters, characters a path may not hold; ERR_NOT_UTF8
 */
MUST_CHECK bool url_path(struct str text, struct arena *arena, struct str *out, struct err *err);

/* Takes "/en" off a decoded path. base is "" or "/en"; the path that is left starts with '/'. */
struct str url_language(struct str path, enum lang *lang, struct str *base);

/* Adds "?name=value" to a path that is written, or "&name=value" to its query; nothing for an empty value. */
void url_add(struct buf *path, const char *name, struct str value);

/**
 * Reads name=value pairs joined by '&', of a query or an urlencoded form.
 *
 * err    ERR_BAD_REQUEST, ERR_NOT_UTF8, ERR_TOO_LARGE (HTTP_FIELDS_MAX, HTTP_FIELD_NAME_MAX)
 */
MUST_CHECK bool url_fields(struct str text, struct arena *arena, struct fields *out,
                           struct err *err);
