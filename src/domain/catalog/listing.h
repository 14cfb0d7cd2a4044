/* domain/catalog/listing.h: what the interfaces of NVD and OSV find records by, written beside each record that is taken in. */
#pragma once
#include "domain/catalog/record.h"

struct cpe;
struct listing;
struct tx;

/* Of a CVE, as filters ask for it. */
enum listing_fact {
    FACT_V2_LOW = 1 << 0,
    FACT_V2_MEDIUM = 1 << 1,
    FACT_V2_HIGH = 1 << 2,
    FACT_V3_NONE = 1 << 3, /* then low, medium, high, critical */
    FACT_V4_NONE = 1 << 8,
    FACT_CERT_ALERT = 1 << 13,
    FACT_CERT_NOTE = 1 << 14,
    FACT_OVAL = 1 << 15,
    FACT_REJECTED = 1 << 16
};

/* Of one transaction; everything it has lives in arena. */
struct listing *listing_new(struct tx *tx, struct arena *arena);
/* ERR_STORE */
MUST_CHECK bool listing_put(struct listing *listing, int64_t record_id,
                            const struct catalog_record *record, struct arena *arena,
                            struct err *err);
/* What is still to be written. Once, before the transaction's end. ERR_STORE */
MUST_CHECK bool listing_end(struct listing *listing, struct err *err);

/* How a package's name is looked for: small letters, "-" for what PyPI takes for the same, an address without its scheme. What is found is compared by its
 * ecosystem's rules. */
struct str listing_package_name(struct str name, struct arena *arena);
/* "apache:http_server" of a CPE name; empty when one of the two stands for many. */
struct str listing_product(const struct cpe *cpe, struct arena *arena);
