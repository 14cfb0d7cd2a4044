/* domain/catalog/search_internal.h: what the files of the search share. For this room alone. */
#pragma once
#include "domain/catalog/search.h"

/* What a search looks at in a hit. */
struct hit {
    int64_t id, doc;
    struct utc modified, published;
    int tenths, epss;
    enum catalog_severity severity;
    unsigned sources;
    bool has_ja, is_kev, is_embedded;
    struct str parts; /* parts.h */
};
struct hits {
    VEC_OF(struct hit);
};

/* By what the hits could be narrowed. ERR_STORE */
MUST_CHECK bool search_count_facets(struct tx *tx, const struct hit *hits, size_t count,
                                    struct arena *arena, struct search_found *out, struct err *err);

/* How many there would be with other words, up to a few. */
typedef bool search_try(void *context, struct str words, int64_t *count, struct err *err);
/* Nothing was found: words that find something. ERR_STORE */
MUST_CHECK bool search_suggest(struct tx *tx, struct str words, search_try *try, void *context,
                               struct arena *arena, struct search_choices *out, struct err *err);
