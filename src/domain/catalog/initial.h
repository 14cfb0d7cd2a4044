/* domain/catalog/initial.h: the dictionary's vendors by how their names begin, as the index of a book has them. Rule: VDB-06 */
#pragma once
#include "domain/catalog/product.h"

/* The groups of the index: "0", "a" to "z", "あ" to "わ", "漢". */
enum { CATALOG_INITIALS = 1 + 26 + 10 + 1 };
struct str catalog_initial(size_t place);

/* Those of a group, by name. *count: of all of them. ERR_SEARCH: no group is called so; ERR_STORE */
MUST_CHECK bool catalog_vendors_by_initial(struct tx *tx, struct str initial, size_t offset,
                                           size_t limit, struct arena *arena,
                                           struct catalog_vendors *out, int64_t *count,
                                           struct err *err);
