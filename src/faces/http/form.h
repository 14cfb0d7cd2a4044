/* faces/http/form.h: bodies of forms. Pure: the whole body in, fields and files out; nothing is copied. */
#pragma once
#include "faces/http/http.h"

/* The boundary of a Content-Type "multipart/form-data; boundary=..."; false when it is another type or no boundary we take. */
bool form_boundary(struct str content_type, struct str *boundary);

/* The type alone, "text/html" of "Text/HTML; charset=utf-8" compared without case; a charset other than UTF-8 says no. */
bool content_type_is(struct str content_type, struct str type);

/**
 * Reads a multipart/form-data body as browsers write it (RFC 7578): no preamble, no epilogue, no nested parts, no transfer
 * encoding, each part with one Content-Disposition.
 *
 * fields    values without a file name: UTF-8, without NUL
 * uploads   parts with a file name; empty file inputs are left out. Both point into body
 * err       ERR_BAD_REQUEST, ERR_NOT_UTF8, ERR_TOO_LARGE (HTTP_FIELDS_MAX, HTTP_FILES_MAX, HTTP_FIELD_NAME_MAX,
 *           HTTP_FILE_NAME_MAX, HTTP_PART_HEAD_MAX)
 * Rule:     C53, C54
 */
MUST_CHECK bool form_multipart(struct str body, struct str boundary, struct arena *arena,
                               struct fields *fields, struct uploads *uploads, struct err *err);
