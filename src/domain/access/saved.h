/* domain/access/saved.h: views of lists that a person has given a name: the filters of one list, kept for that person alone. What was searched
 * for may be the name of a product nobody may know of yet: name and filters are sealed. */
#pragma once
#include "domain/access/deed.h"
#include "seal/vault.h"

enum {
    SAVED_NAME_MAX = 60, /* characters */
    SAVED_QUERY_MAX = 2048,
    SAVED_VIEWS_MAX = 20 /* of one list */
};

struct saved_view {
    int64_t id;
    struct str name, query; /* query: as it stood in the address, without '?' */
};
struct saved_views {
    VEC_OF(struct saved_view);
};

/* list: the path of the list, "/cases". In the order in which they were kept. */
MUST_CHECK bool saved_views_of(struct tx *tx, const struct vault *vault, int64_t account_id,
                               struct str list, struct arena *arena, struct saved_views *out,
                               struct err *err);
/* One's own; a name that is there already gets the new filters. ERR_INPUT "name" unless it is one line of at most SAVED_NAME_MAX characters,
 * "query" for what cannot be a query, "count" when there are SAVED_VIEWS_MAX */
MUST_CHECK bool saved_view_keep(const struct deed *deed, const struct vault *vault, struct str list,
                                struct str name, struct str query, struct err *err);
/* ERR_ABSENT for what is not one's own. */
MUST_CHECK bool saved_view_drop(const struct deed *deed, int64_t id, struct err *err);
