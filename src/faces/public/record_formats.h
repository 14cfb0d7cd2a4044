/* faces/public/record_formats.h: a record of the catalogue in the formats that programs read: /records/{id}.json, .osv.json, .nvd.json, .cve.json, .csaf.json,
 * .vuldef.xml, or by what the request accepts. Rule: API-05 */
#pragma once
#include "faces/http/http.h"

struct err;

/**
 * For the handler of /records/{id}: answers when the path's ending or the header Accept asks for a format; *is_answered: false when a person's page is wanted.
 *
 * id   as it stands in the path
 * err  ERR_ABSENT, ERR_NOT_FOUND: a format that this record has no form in (one without a CVE is no CVE record); ERR_STORE, ERR_TOO_LARGE
 */
MUST_CHECK bool public_record_format(struct request *req, struct response *res, struct str id,
                                     bool *is_answered, struct err *err);
