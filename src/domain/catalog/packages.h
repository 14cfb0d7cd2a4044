/* domain/catalog/packages.h: OSV's records by the package or the commit that they are about. */
#pragma once
#include "domain/catalog/listing.h"
#include "store/store.h"

/* ecosystem: as OSV writes it, without its release, "commit" for a commit. Ids of records in the order of their names; what one of them really is about is to be
 * looked at. ERR_STORE */
struct package_record {
    int64_t id;
    struct str name; /* "GHSA-…" */
};
struct package_records {
    VEC_OF(struct package_record);
};
MUST_CHECK bool packages_find(struct tx *tx, struct str ecosystem, struct str name,
                              struct arena *arena, struct package_records *out, struct err *err);
/* OSV's record of that id. ERR_ABSENT, ERR_STORE */
MUST_CHECK bool packages_record(struct tx *tx, struct str name, struct arena *arena, int64_t *out,
                                struct err *err);
