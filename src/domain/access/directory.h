/* domain/access/directory.h: the developer list held in memory, to look many developers up at once by what somebody calls them. */
#pragma once
#include "base/vec.h"
#include "domain/access/registration.h"
#include "store/store.h"

enum { DIRECTORY_HITS_MAX = 8 };

/* How one was found, the surest first. */
enum directory_match {
    DIRECTORY_ID,     /* its id in the list */
    DIRECTORY_DOMAIN, /* the domain of its window, of its web address or of somebody there */
    DIRECTORY_NAME, /* a name, kana or keyword, whole, in any width and without the form of company */
    DIRECTORY_BELOW,   /* a domain below one of its own */
    DIRECTORY_PART,    /* a part of a name */
    DIRECTORY_WITHIN,  /* a name with more around it */
    DIRECTORY_PRODUCT, /* a product alone */
};

struct directory_hit {
    int64_t id;
    struct str public_id, name_ja, name_en;
    struct str
        product; /* the one that was found; empty: none was asked for, or it has none like it */
    enum registration_state state;
    enum directory_match match;
};
struct directory_hits {
    VEC_OF(struct directory_hit);
    bool has_more; /* than DIRECTORY_HITS_MAX */
};

struct directory;
/* Every developer of the list, those that are left out of later handling too: whoever asks decides what that means. */
MUST_CHECK bool directory_load(struct tx *tx, struct arena *arena, struct directory **out,
                               struct err *err);
/**
 * Who that may be: only those found the surest way; a product, when given, leaves of several those that make something like it. Where nobody is
 * called so, the product is looked for, or what was taken for a name as a product.
 *
 * name     id, name, or mail address or domain, as typed
 * product  empty: not given
 * Rule:    COO-06
 */
void directory_find(const struct directory *directory, struct str name, struct str product,
                    struct arena *arena, struct directory_hits *out);
/* Nobody has to be asked which one is meant: found by id, domain or whole name, and the only one. */
static inline bool directory_is_sure(const struct directory_hits *hits)
{
    return hits->len == 1 && !hits->has_more && hits->at[0].match <= DIRECTORY_NAME;
}
