/* formats/csaf/csaf_vex.h: what a CSAF 2.0 document says about products, as statements: who is affected and who is not, and why. Any profile
 * that names a product's status will do. Pure: text in, values out. */
#pragma once
#include "base/utc.h"
#include "base/vec.h"
#include "formats/json/json.h"

struct err;

enum { CSAF_PRODUCTS_MAX = 1 << 20, CSAF_SAYINGS_MAX = 1 << 20 };
enum csaf_standing { CSAF_AFFECTED, CSAF_NOT_AFFECTED, CSAF_FIXED, CSAF_UNDER_INVESTIGATION };

struct csaf_name {
    struct str id; /* product_id */
    struct str purl, cpe;
};
/* One line of the product tree. A relationship ("A as a component of B") has both parts. */
struct csaf_vex_product {
    struct csaf_name name;
    struct csaf_name part,
        whole; /* of a relationship: product_reference, relates_to_product_reference */
};
struct csaf_saying {
    size_t vulnerability;
    size_t product; /* place in products */
    enum csaf_standing standing;
    struct str justification; /* the flag's label */
    struct str reason;        /* the impact, or what to do */
};
struct csaf_vex {
    struct str id, publisher;
    struct utc released;
    struct {
        VEC_OF(struct csaf_vex_product); /* by id */
    } products;
    struct {
        VEC_OF(struct csaf_vulnerability_names {
            VEC_OF(struct str); /* its CVE first */
        });
    } vulnerabilities;
    struct {
        VEC_OF(struct csaf_saying);
    } sayings;
};

bool csaf_vex_is(struct json document); /* has it a csaf_version? */

/**
 * Reads the statements. Product ids and groups that the tree does not have are passed over: csaf_check tells of them.
 *
 * out    texts live as long as the JSON's arena
 * err    ERR_VEX (nothing is said about any product), ERR_TIME_SYNTAX, ERR_TOO_LARGE
 * Rule:  API-05 (CSAF 2.0, section 4.5)
 */
MUST_CHECK bool csaf_vex_read(struct json document, struct arena *arena, struct csaf_vex *out,
                              struct err *err);
