/* domain/catalog/byhand.h: what an officer says of an entry beside what its sources say. */
#pragma once
#include "domain/catalog/catalog.h"

struct catalog_mark {
    bool is_embedded;  /* software in devices, IoT too. Rule: VDB-11 */
    bool is_standard;  /* frequently used standard software. Rule: VDB-16 */
    struct str number; /* of our own series; empty: none */
};
/* name: of the entry. None was made: all false. ERR_STORE */
MUST_CHECK bool catalog_mark_of(struct tx *tx, struct str name, struct arena *arena,
                                struct catalog_mark *out, struct err *err);
/* The entry is made anew at the batch's end. ERR_STORE; ERR_INPUT "number" when another entry has it */
MUST_CHECK bool catalog_set_mark(struct catalog_batch *batch, struct tx *tx, struct str name,
                                 const struct catalog_mark *mark, struct arena *arena,
                                 struct err *err);
/* The next number of that year's series: "NRDB-2026-000123". ERR_STORE */
MUST_CHECK bool catalog_next_number(struct tx *tx, struct str prefix, int year, struct arena *arena,
                                    struct str *out, struct err *err);
