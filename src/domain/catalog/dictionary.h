/* domain/catalog/dictionary.h: vendors and products by their keys, for those who write entries. For this room alone. */
#pragma once
#include "domain/catalog/compose.h"

struct dictionary;
struct dictionary *dictionary_new(struct tx *tx);
void dictionary_free(struct dictionary *dictionary);

struct dictionary_place {
    int64_t vendor, product;
    struct str
        words; /* names and keys of both, for the full-text index; of the dictionary's life */
};
/* Where it stands; it is added when it does not. ERR_STORE */
MUST_CHECK bool dictionary_put(struct dictionary *dictionary,
                               const struct composed_product *product, struct arena *arena,
                               struct dictionary_place *out, struct err *err);
