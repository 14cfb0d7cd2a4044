/* domain/catalog/compose.h: what an entry is, from what its records say. Pure: records in, values out. For this room alone. */
#pragma once
#include "domain/catalog/entry.h"

enum {
    COMPOSED_PRODUCTS_MAX = 4096
}; /* what touches more is about everything; the rest stays findable by its words */

/* A product as a record names it: by a CPE name, as a package, or in words. */
struct composed_product {
    struct str vendor, vendor_name; /* the key; as it is written where that differs, or empty */
    struct str key, name;
    struct str cpe, purl; /* one of them or none */
};
struct composed {
    struct catalog_entry entry;   /* without id, number, taken, EPSS, KEV and marks */
    struct catalog_strings names; /* all it is known by, its own first */
    struct {
        VEC_OF(struct composed_product); /* each once */
    } products;
    struct {
        VEC_OF(int64_t); /* numbers of CWE, each once */
    } weaknesses;
};

/**
 * The name of the entry that a record belongs to: its CVE when it is one; otherwise the one CVE among its aliases; otherwise the one GHSA of all its names;
 * otherwise its own. A record that speaks of several stands for itself.
 * Rule: VDB-01
 */
struct str compose_key(const struct catalog_record *record);

/* "cpe:2.3:a:vendor:product:" of a CPE name: what stands before the version; the whole when it is none. */
struct str compose_stem(struct str cpe);

/* records: in the order of catalog_entry_tellings. */
void compose(struct str key, const struct catalog_tellings *records, struct arena *arena,
             struct composed *out);

/* Its words for the full-text index, folded. */
struct composed_words {
    struct str names, titles, texts;
};
void compose_words(const struct composed *composed, const struct catalog_tellings *records,
                   struct arena *arena, struct composed_words *out);
