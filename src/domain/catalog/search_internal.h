/* domain/catalog/search_internal.h: what the files of the search share. For this room alone. */
#pragma once
#include "domain/catalog/columns.h"

/* By what the hits could be narrowed (search_facet_is_of_newest). ERR_STORE */
MUST_CHECK bool search_count_facets(struct tx *tx, const struct columns *columns, struct bits hits,
                                    struct arena *arena, struct search_found *out, struct err *err);

/* Numbers as a parameter of a query (JSON). */
struct str search_list(const int64_t *numbers, size_t count, struct arena *arena);

/* Numbers of products, to be asked of every entry: which of them an entry is about is in memory (parts.h). */
struct touching {
    struct bits products;
};
/* ERR_STORE */
MUST_CHECK bool touching_of(struct tx *tx, const struct catalog_strings *keys, struct arena *arena,
                            struct touching *out, struct err *err);
int touching_count(const struct touching *touching, const struct columns *columns, size_t doc);
/* As columns_first, those that touch most of them before; one look at every hit. */
void touching_first(const struct touching *touching, const struct columns *columns,
                    enum search_order order, struct bits of, size_t most, struct arena *arena,
                    struct docs *out);

/* How many there would be with other words, up to a few. */
typedef bool search_try(void *context, struct str words, int64_t *count, struct err *err);
/* Nothing was found: words that find something. ERR_STORE */
MUST_CHECK bool search_suggest(struct tx *tx, struct str words, search_try *try, void *context,
                               struct arena *arena, struct search_choices *out, struct err *err);
