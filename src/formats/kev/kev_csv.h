/* formats/kev/kev_csv.h: the same catalogue as CISA publishes it in CSV (RFC 4180): a header, then an entry a row. It does not tell when it was
 * released; its newest entry does. Pure: text in, values out. */
#pragma once
#include "formats/kev/kev.h"

struct kev_rows {
    struct utc released; /* the day of the newest entry */
    struct {
        VEC_OF(struct kev_item);
    } items;
    struct {
        VEC_OF(unsigned); /* lines of rows that cannot be used */
    } wrong;
};

/* text: at most JSON_TEXT_MAX bytes. ERR_UNKNOWN_FORMAT (the header is another one), ERR_CATALOG_RECORD with line (quotes that do not close),
 * ERR_TOO_LARGE. Rule: VDB-01 */
MUST_CHECK bool kev_csv_read(struct str text, struct arena *arena, struct kev_rows *out,
                             struct err *err);
bool kev_csv_is_one(struct str head); /* by its first bytes */
