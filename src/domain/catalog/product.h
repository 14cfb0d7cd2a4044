/* domain/catalog/product.h: the dictionary of vendors and products: from CPE names of records, the CPE dictionary, JVN's product list and packages of ecosystems.
 * Rule: VDB-06, API-01 */
#pragma once
#include "base/utc.h"
#include "base/vec.h"
#include "domain/catalog/entry.h"

struct catalog_vendor {
    int64_t id;                  /* for the life of the catalogue */
    struct str key;              /* as CPE writes it: "apache"; an ecosystem for packages: "npm" */
    struct str name_ja, name_en; /* one of them is there; the key when nobody gave a name */
    int64_t jvn;                 /* JVN's vid; 0: none */
    int64_t products,
        entries; /* how many, in lists of vendors; counting takes long, so 0 elsewhere */
};
struct catalog_product {
    int64_t id, vendor;
    struct str vendor_key, key; /* "http_server"; its address: /products/{id} */
    struct str name_ja, name_en;
    struct str cpe;  /* the CPE name without a version, formatted string; empty for packages */
    struct str purl; /* without a version; empty for CPE products */
    int64_t jvn;     /* JVN's pid; 0: none */
    int64_t entries; /* how many, in lists of products; 0 elsewhere */
};
struct catalog_vendors {
    VEC_OF(struct catalog_vendor);
};
struct catalog_products {
    VEC_OF(struct catalog_product);
};

/* By name, with those whose name or key begins with or holds `words` (folded: width, kana, long vowels, case); empty: all. *count: of all of them. ERR_STORE */
MUST_CHECK bool catalog_vendors_list(struct tx *tx, struct str words, size_t offset, size_t limit,
                                     struct arena *arena, struct catalog_vendors *out,
                                     int64_t *count, struct err *err);
MUST_CHECK bool catalog_products_list(struct tx *tx, int64_t vendor, struct str words,
                                      size_t offset, size_t limit, struct arena *arena,
                                      struct catalog_products *out, int64_t *count,
                                      struct err *err);
/* ERR_ABSENT */
MUST_CHECK bool catalog_vendor_find(struct tx *tx, int64_t id, struct arena *arena,
                                    struct catalog_vendor *out, struct err *err);
MUST_CHECK bool catalog_product_find(struct tx *tx, int64_t id, struct arena *arena,
                                     struct catalog_product *out, struct err *err);
/* By the key that a search takes, "apache:http_server". *is_there: false when the dictionary has none such. ERR_STORE */
MUST_CHECK bool catalog_product_by_key(struct tx *tx, struct str key, struct arena *arena,
                                       struct catalog_product *out, bool *is_there,
                                       struct err *err);
/* Of an entry, by vendor and name. */
MUST_CHECK bool catalog_entry_products(struct tx *tx, int64_t entry, struct arena *arena,
                                       struct catalog_products *out, struct err *err);
